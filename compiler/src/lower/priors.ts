/** `require prior`: what each named tool leaves for it, and what it asks (docs/semantics/evidence.md). */
import type { Contract, EvidenceKey, Reference, RequirePrior } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrDetail, IrRead } from "../ir/ir.ts";
import { lowerCondition, operand, type Scope, slotOperand } from "./conditions.ts";
import { type Kept, lowerWhere } from "./where.ts";

/** A row's states are two bits each in 32. */
const MOST_READS = 15;

export interface Priors {
  /** By tool: what it leaves, and the rules that have it behind `since`. */
  readonly evidence: readonly { rule: number; reads: readonly IrRead[] }[][];
  readonly since: readonly number[][];
  readonly counts: { priors: number; sinces: number };
  readonly lower: (rule: RequirePrior, id: number, scope: Scope) => IrDetail;
}

export function createPriors(contract: Contract): Priors {
  const evidence: { rule: number; reads: readonly IrRead[] }[][] = contract.tools.map(() => []);
  const since: number[][] = contract.tools.map(() => []);
  const counts = { priors: 0, sinces: 0 };
  return {
    evidence,
    since,
    counts,
    lower(rule, id, scope) {
      const where = rule.where === undefined ? undefined : lowerWhere(rule.where, scope);
      const kept = where?.kept ?? [];
      const ofRows = where?.keptOfRows ?? [];
      if (Math.max(rule.keys.length, kept.length, ofRows.length) > MOST_READS)
        throw contractTooLarge(`\`${rule.name}\` reads more than ${MOST_READS} keys or values of an earlier call`);
      for (const t of rule.tools) {
        const past: Scope = { ...scope, prior: contract.tools[t]?.returns };
        const reads = [
          ...rule.keys.map((k) => readKey(k, past)),
          ...[...kept, ...ofRows].map((k) => readKept(k, past)),
        ];
        evidence[t]?.push({ rule: id, reads });
      }
      const mark = rule.since === undefined ? undefined : counts.sinces++;
      if (mark !== undefined) for (const t of rule.since ?? []) since[t]?.push(mark);
      const kinds = rule.keys.map(kindOf);
      return {
        kind: "prior",
        index: counts.priors++,
        negated: rule.negated,
        completion: rule.completion,
        tools: rule.tools,
        within: rule.within,
        where: where?.condition,
        matching: rule.keys.flatMap(({ current, prior, isIn }) =>
          isIn || prior.root !== "prior_args" || current.root !== "args"
            ? []
            : [[prior.path.join("."), current.path.join(".")] as const],
        ),
        current: rule.keys.map((k) => slotOperand(scope.slots, k.current)),
        kinds,
        values: kept.length,
        rowValues: ofRows.length,
        readsRows: kinds.includes("row") || ofRows.length > 0,
        whereRows: ofRows.length > 0,
        since: mark,
      };
    },
  };
}

const momentOf = ({ root }: Reference): IrRead["moment"] =>
  root === "prior_args" ? "call" : root === "prior_row" ? "row" : "result";
const kindOf = ({ prior, isIn }: EvidenceKey): "one" | "list" | "row" =>
  isIn ? "list" : prior.root === "prior_row" ? "row" : "one";

const readKey = ({ prior, isIn }: EvidenceKey, past: Scope): IrRead => ({
  moment: momentOf(prior),
  list: isIn,
  read: operand(prior, past),
});

function readKept(k: Kept, past: Scope): IrRead {
  const read =
    k.kind === "value" ? operand(k.of, past) : ({ kind: "truth", condition: lowerCondition(k.of, past) } as const);
  return { moment: k.moment, list: false, read };
}
