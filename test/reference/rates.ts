/** Rates: a rule that carries one counts the calls for which it does, in the session (docs/semantics/history.md §2). */
import type { Budget, Carried, Contract, Rule } from "./contract.ts";
import { decimal } from "./decimal.ts";

/** Each once, as the budget that it is: its name is that of no rule. */
export function ratesOf(rule: Rule, carried: readonly Carried[]): readonly Budget[] {
  const budgets = carried.flatMap((one): [string, Budget][] => {
    if (one.kind !== "rate") return [];
    const name = `${rule.name} rate ${one.count} ${one.ms}`;
    return [
      [
        name,
        {
          ...rule,
          name,
          kind: "budget",
          limit: decimal(BigInt(one.count), 0),
          measure: { kind: "calls" },
          ledger: "session",
          window: { kind: "rolling", ms: one.ms },
          otherwise: [{ kind: "deny" }],
        },
      ],
    ];
  });
  return [...new Map(budgets).values()];
}

export function allCarried(rule: Rule): readonly Carried[] {
  if (rule.kind === "allow" || rule.kind === "oblige") return rule.obligations;
  const outcomes =
    rule.kind === "loop" ? rule.steps.map((step) => step.otherwise) : "otherwise" in rule ? [rule.otherwise] : [];
  return outcomes.flat().flatMap((part) => (part.kind === "with" ? part.obligations : []));
}

/** Rules that are budgets, and those that stand behind `with rate`. */
export function budgetsOf(contract: Contract): readonly Budget[] {
  return contract.rules
    .flatMap((rule) => (rule.kind === "budget" ? [rule] : []))
    .concat(contract.rules.flatMap((rule) => ratesOf(rule, allCarried(rule))));
}
