/** Counts and durations where the grammar wants them: positive, whole, in range. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { isInteger, readDecimal, readDuration, toNumber } from "./decimal.ts";

/** Milliseconds, at least one. Undefined when it was reported. */
export function positiveDuration(node: Ast.DurationNode, report: Report): number | undefined {
  const ms = readDuration(node.text);
  if (ms !== undefined && ms > 0) return ms;
  return void report(error("THC3023", "the duration is out of range", node.span));
}

/** At least one, at most `most`. Undefined when it was reported. */
export function positiveCount(node: Ast.NumberNode, most: number, report: Report): number | undefined {
  const value = node.unit === undefined ? readDecimal(node.text) : undefined;
  const count = value === undefined || !isInteger(value) ? 0 : toNumber(value);
  if (count >= 1 && count <= most) return count;
  return void report(error("THC3023", `this is a whole number from 1 to ${most}`, node.span));
}
