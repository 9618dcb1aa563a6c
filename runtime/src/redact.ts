/**
 * Takes out what inspections found, as `redact(args, …)` and `redact(result, …)` ask: texts as a whole, and names with what they name.
 * A decision that carries one of these lists every place (docs/semantics/inspection.md §6).
 */
import type { Finding, Obligation } from "./decision.ts";

/** What stands in the place of a text. */
export const REDACTED = "[redacted]";

/** The value without what was found; what it was made of is not changed. */
export function redact(value: unknown, findings: readonly Finding[]): unknown {
  return findings.reduce((all, { path, isName }) => without(all, stepsOf(path), isName), value);
}

/** Of a decision: these it is enough to redact for. */
export const isOfInspection = (one: Obligation): boolean =>
  one.kind === "redact" && (one.field === "args" || one.field === "result");

const stepsOf = (path: string): readonly string[] =>
  path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

function without(value: unknown, [step, ...rest]: readonly string[], isName: boolean): unknown {
  if (step === undefined) return typeof value === "string" ? REDACTED : value;
  if (Array.isArray(value)) return value.map((item, i) => (`${i}` === step ? without(item, rest, isName) : item));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return value;
  const isLast = isName && rest.length === 0;
  // built from entries: a member may be called `__proto__`
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (name !== step) return [[name, member]];
      return isLast ? [] : [[name, without(member, rest, isName)]];
    }),
  );
}
