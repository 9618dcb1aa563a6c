/** Obligations as a decision hands them out: a manifest has each class of a `redact` by itself, a decision those of a field together. */
import type { Obligation } from "./decision.ts";

export function together(carried: readonly Obligation[]): readonly Obligation[] {
  const classes = new Map<string, string[]>();
  for (const one of carried)
    if (one.kind === "redact") classes.set(one.field, [...(classes.get(one.field) ?? []), ...one.classes]);
  const isFirst = (field: string, i: number): boolean =>
    carried.findIndex((one) => one.kind === "redact" && one.field === field) === i;
  return carried.flatMap((one, i): readonly Obligation[] => {
    if (one.kind !== "redact") return [one];
    if (!isFirst(one.field, i)) return [];
    const all = Object.freeze([...new Set(classes.get(one.field))].sort());
    return [Object.freeze({ kind: "redact", field: one.field, classes: all })];
  });
}
