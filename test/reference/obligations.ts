/** What the host is told to carry out, of all that the rules carry (docs/semantics.md §5, "Obligations"). */
import type { Carried, Obligation } from "./contract.ts";

/** A rate is counted by the module, and no one else is told of it. */
export function ofHost(carried: readonly Carried[]): readonly Obligation[] {
  return carried.flatMap((one) => (one.kind === "rate" ? [] : [one]));
}

/** Redactions of a field are one; a limit that another one implies is left out. */
export function merged(carried: readonly Obligation[]): readonly Obligation[] {
  const redactions = carried.flatMap((one) => (one.kind === "redact" ? [one] : []));
  const fields = [...new Set(redactions.map((one) => one.field))];
  return [
    ...carried.filter((one) => one.kind !== "redact" && !carried.some((other) => isStricter(other, one))),
    ...fields.map((field): Obligation => {
      const classes = redactions.flatMap((one) => (one.field === field ? one.classes : []));
      return { kind: "redact", field, classes: [...new Set(classes)].sort() };
    }),
  ];
}

function isStricter(a: Obligation, b: Obligation): boolean {
  if (a.kind === "row_limit" && b.kind === "row_limit") return a.rows < b.rows;
  if (a.kind === "timeout" && b.kind === "timeout") return a.ms < b.ms;
  if (a.kind === "credential" && b.kind === "credential") return a.ms < b.ms;
  if (a.kind !== "throttle" || b.kind !== "throttle" || (a.count === b.count && a.ms === b.ms)) return false;
  // b's time is covered by so many of a's, in each of which there are at most a's calls
  return a.count * Math.ceil(b.ms / a.ms) <= b.count;
}
