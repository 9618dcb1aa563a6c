/** Loops: what tells calls apart, and the steps of a ladder. */
import type { Contract, Loop, Obligation, Outcome } from "@thc/language";
import type { Ir, IrDetail, Operand } from "../ir/ir.ts";
import { boundOperand } from "./conditions.ts";
import { outcomeLabels } from "./labels.ts";
import { type SlotTable, withoutOptional } from "./slots.ts";

export function lowerLoop(rule: Loop, contract: Contract, number: (o: Obligation) => number): IrDetail {
  const steps = rule.steps.map(({ count, calls, otherwise }) => ({
    count,
    calls,
    otherwise: otherwise.map((part) => part.kind),
    obligations: obligationsOf(otherwise).map(number),
    labels: outcomeLabels(otherwise, contract),
  }));
  return { kind: "loop", what: rule.what, steps };
}

/** All that may happen: what a reader of the rule must reckon with. */
export function wholeOutcome({ steps }: Loop): Outcome {
  const parts = steps.flatMap((step) => step.otherwise);
  const obligations = obligationsOf(parts);
  const others = parts.filter((part, i) => {
    if (part.kind === "with") return false;
    return part.kind === "label" || parts.findIndex((p) => p.kind === part.kind) === i;
  });
  return obligations.length === 0 ? others : [...others, { kind: "with", obligations }];
}

const obligationsOf = (outcome: Outcome): readonly Obligation[] =>
  outcome.flatMap((part) => (part.kind === "with" ? part.obligations : []));

/** Attempts are kept as far back as some step looks, this call left out. */
export function lowerLoops(contract: Contract, slots: SlotTable): Ir["loops"] {
  const calls = contract.rules.flatMap((r) => (r.kind === "loop" ? r.steps.map((step) => step.calls) : []));
  if (calls.length === 0) return undefined;
  const args = contract.tools.map((tool) =>
    tool.params.map(
      ({ name, type }): Operand =>
        boundOperand(slots, {
          kind: "reference",
          root: "args",
          depth: 0,
          path: [name],
          member: undefined,
          type: withoutOptional(type),
          optional: type.kind === "optional",
        }),
    ),
  );
  return { rows: Math.max(...calls) - 1, args };
}
