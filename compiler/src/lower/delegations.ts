/**
 * Delegations (docs/semantics/delegation.md): a rule inside the agent that is delegated to. The classifier meets it in every call that
 * is made for the delegator, and again, as what a line admits, where one of its lines is true.
 */
import type { Budget, Condition, Delegation, Rule } from "@thc/language";
import type { IrCondition, IrDetail } from "../ir/ir.ts";
import type { Clause } from "./blocks.ts";
import { lowerCondition, type Scope } from "./conditions.ts";
import { type Kinds, targetKinds } from "./variants.ts";

type Detail = Extract<IrDetail, { kind: "delegation" }>;

/** Undefined: of a budget that counts whatever is spent. */
export function actsFor(rule: Delegation | Budget): IrCondition | undefined {
  const agent = rule.kind === "budget" ? rule.delegator : rule.from;
  return agent === undefined ? undefined : { op: "acts_for", agent };
}

/** Of its lines, for explanations. */
export const conditionsOf = (rule: Rule): readonly (Condition | undefined)[] =>
  rule.kind === "delegation" ? rule.lines.map((line) => line.when) : [];

export function lowerDelegation(rule: Delegation, scope: Scope): Detail {
  return {
    kind: "delegation",
    from: rule.from,
    to: rule.agent,
    depth: rule.depth,
    ttl: rule.ttl,
    lines: rule.lines.map(({ targets, narrowed, when }) => ({
      targets,
      narrowed: narrowed.map((n) => ({ tool: n.tool, condition: lowerCondition(n.when, scope) })),
      when: when === undefined ? undefined : lowerCondition(when, scope),
    })),
  };
}

/** `own`: that the call is of such a chain. */
export function delegationClauses(
  { lines }: Detail,
  rule: number,
  own: IrCondition | undefined,
  kinds: Kinds,
): readonly Clause[] {
  const clauses = (
    targets: readonly number[],
    narrowed: Detail["lines"][number]["narrowed"],
    when: IrCondition | undefined,
    as: Pick<Clause, "purpose" | "polarity">,
  ): readonly Clause[] => {
    const asked = new Map(narrowed.map((n) => [n.tool, n.condition]));
    return targetKinds({ targets }, asked, when, kinds).map(({ kinds: of, also }) => ({
      ...as,
      rule,
      targets: of,
      when: allOf([also, when]),
    }));
  };
  const all = [...new Set(kinds.all.map((kind) => kind.tool))];
  return [
    ...clauses(all, [], own, { purpose: "effect", polarity: "possible" }),
    ...lines.flatMap(({ targets, narrowed, when }) =>
      clauses(targets, narrowed, allOf([own, when]), { purpose: "carry", polarity: "certain" }),
    ),
  ];
}

function allOf(conditions: readonly (IrCondition | undefined)[]): IrCondition | undefined {
  const parts = conditions.filter((c) => c !== undefined);
  return parts.length < 2 ? parts[0] : { op: "and", parts };
}
