/** Obligations as a decision hands them out: a manifest has each class of a `redact` by itself, a decision those of a field together. */
import type { Obligation } from "./decision.ts";

export function together(carried: readonly Obligation[]): readonly Obligation[] {
  const classes = new Map<string, string[]>();
  for (const one of carried)
    if (one.kind === "redact") classes.set(one.field, [...(classes.get(one.field) ?? []), ...one.classes]);
  if (classes.size === 0) return carried;
  const redactions = [...classes].map(
    ([field, names]): Obligation => ({ kind: "redact", field, classes: Object.freeze([...new Set(names)].sort()) }),
  );
  return [...carried.filter((one) => one.kind !== "redact"), ...redactions.map((one) => Object.freeze(one))];
}
