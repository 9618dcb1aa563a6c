/** Flows of every shape, and labels among what happens. */
import type { Condition, Contract, FlowLabel, Label, Outcome, Rule } from "../../reference/contract.ts";
import type { Random } from "../random.ts";

type Base = Pick<Rule, "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">;

export function makeFlow(
  base: Base,
  { labels }: Contract,
  when: Condition | undefined,
  otherwise: Outcome,
  random: Random,
): Rule {
  return {
    ...base,
    kind: "flow",
    join: random.pick(["and", "or"]),
    labels: random.several(1, 2, () => makeLabel(labels, random)),
    byValue: random.chance(0.5),
    when,
    otherwise,
  };
}

/** As it is read from text: one label alone is joined by `and`. */
export function asRead(rule: Rule): Rule {
  return rule.kind === "flow" && rule.labels.length === 1 ? { ...rule, join: "and" } : rule;
}

function makeLabel(labels: readonly Label[], random: Random): FlowLabel {
  const at = random.below(labels.length);
  const { name, above } = labels[at]!;
  if (above.length > 0 && random.chance(0.5)) return { label: name, above: true, anyOf: above };
  return { label: name, above: false, anyOf: [at, ...above].sort((a, b) => a - b) };
}

/** Now and then a label more: of parts, it stands before `suspend` and `cancel`. */
export function withLabel(rule: Rule, { labels }: Contract, random: Random): Rule {
  if (!("otherwise" in rule) || !random.chance(0.15)) return rule;
  const named = [...new Set(random.several(1, 2, () => random.pick(labels).name))].sort();
  const parts = named.map((label) => ({ kind: "label", label }) as const);
  const isBefore = (kind: string) => kind !== "suspend" && kind !== "cancel";
  const before = rule.otherwise.filter(({ kind }) => isBefore(kind));
  const behind = rule.otherwise.filter(({ kind }) => !isBefore(kind));
  return { ...rule, otherwise: [...before, ...parts, ...behind] };
}
