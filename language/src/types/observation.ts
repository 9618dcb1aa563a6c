/**
 * `observe [until DATE]`: what is tried out before it is enforced. The language has no clock: whether a date has passed, and whether there
 * must be one, is asked only when the shell says what time it is.
 */
import { error, type Report, warning } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { canonicalDate, canonicalTime } from "./canonical/moment.ts";
import type { Observation } from "./contract.ts";
import { multiplyDecimals, toNumber } from "./decimal.ts";

/** Undefined when it was reported. */
export function readObservation(
  node: Ast.ObserveNode,
  now: number | undefined,
  report: Report,
): Observation | undefined {
  if (node.until === undefined) {
    if (now === undefined) return {};
    const help = "say when the trial ends, and the rules are enforced: `observe until 2027-01-01`";
    return void report(error("THC4070", "this is observed for good", node.span, "no date", { help }));
  }
  const { text, span } = node.until;
  const seconds = canonicalDate(text) ?? canonicalTime(text);
  const until = seconds === undefined ? -1 : toNumber(multiplyDecimals(seconds, { digits: 1n, exponent: 3 }));
  if (!Number.isSafeInteger(until) || until <= 0) {
    const help = "write it as `2027-01-31` or `2027-01-31T09:00:00Z`, from 1970 on";
    return void report(error("THC3005", `\`${text}\` is no date`, span, "", { help }));
  }
  if (now !== undefined && now >= until) {
    const help = "take `observe` out, or name a later date";
    report(warning("THC4071", "the trial has ended: this is enforced", span, "has passed", { help }));
  }
  return { until };
}
