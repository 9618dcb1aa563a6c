/**
 * Which blast radius a decision reports: those that the rules read; of a contract that links cloud actions and reads none, the
 * one of the facts with the usual names (language/src/types/blast.ts has the same names for the bare word).
 */
import type { Contract } from "@thc/language";
import type { IrCondition, IrRule, Operand } from "../ir/ir.ts";
import type { SlotTable } from "./slots.ts";

type IrBlast = Extract<Operand, { kind: "blast" }>;

export function reportedBlasts(contract: Contract, rules: readonly IrRule[], slots: SlotTable): IrBlast[] {
  const found = new Map<string, IrBlast>();
  const facts = (b: IrBlast) => [b.environment, b.count, b.rollback];
  // an element exists only while its quantifier runs
  const lines = rules.flatMap(({ detail }) => (detail?.kind === "delegation" ? detail.lines : []));
  const asked = new Set<IrCondition>();
  for (const { when } of rules) if (when !== undefined) asked.add(when);
  for (const { when } of lines) if (when !== undefined) asked.add(when);
  for (const when of asked)
    for (const b of blastsIn(when))
      if (!facts(b).some((fact) => fact?.kind === "element")) found.set(JSON.stringify(facts(b)), b);
  if (found.size > 0) return [...found.values()];
  if (contract.registry === undefined) return [];
  const usual = (path: string, kinds: readonly string[]): Operand | undefined => {
    const fact = contract.facts.find((f) => f.path === path);
    const type = fact?.type.kind === "optional" ? fact.type.of : fact?.type;
    if (fact === undefined || type === undefined || !kinds.includes(type.kind)) return undefined;
    return { kind: "slot", slot: slots.of(fact.root, [fact.name], fact.type), member: undefined };
  };
  return [
    {
      kind: "blast",
      environment: usual("resource.env", ["text", "literals"]),
      count: usual("resource.affected", ["int"]),
      rollback: usual("resource.rollback", ["bool"]),
    },
  ];
}

function blastsIn(c: IrCondition): IrBlast[] {
  switch (c.op) {
    case "and":
    case "or":
      return c.parts.flatMap(blastsIn);
    case "not":
      return blastsIn(c.part);
    case "compare":
      return [c.left, c.right].filter((o) => o.kind === "blast");
    case "member":
      return c.item.kind === "blast" ? [c.item] : [];
    case "quantifier":
      return blastsIn(c.body);
    default:
      return [];
  }
}
