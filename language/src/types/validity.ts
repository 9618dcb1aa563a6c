/** `decision valid 60s`: for how long an answer counts. More than a day is none: such a session is refused in any case. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { positiveDuration } from "./numbers.ts";

const MOST = 86_400_000;

/** Milliseconds. Undefined when it was reported. */
export function readValidity({ valid }: Ast.DecisionNode, report: Report): number | undefined {
  const ms = positiveDuration(valid, report);
  if (ms === undefined || ms <= MOST) return ms;
  return void report(error("THC3140", "a decision is valid for a day at most", valid.span));
}
