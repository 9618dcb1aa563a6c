/** What `require grounded` asks: the class of each value, and the result fields that may ground it. */
import type { Contract, RequireGrounded, Type } from "@thc/language";
import type { GroundingClass, IrDetail, IrSource } from "../ir/ir.ts";
import { childPath } from "./conditions.ts";
import { type SlotTable, withoutOptional } from "./slots.ts";

export const CLASS_BITS: Readonly<Record<GroundingClass, number>> = {
  id: 1,
  number: 2,
  email: 4,
  url: 8,
  host: 16,
  text: 32,
};

export function groundingClass(type: Type): GroundingClass {
  const t = withoutOptional(type);
  switch (t.kind) {
    case "list":
      return groundingClass(t.element);
    case "id":
    case "email":
    case "url":
    case "host":
      return t.kind;
    case "int":
    case "decimal":
    case "money":
      return "number";
    case "text":
    case "path":
    case "literals":
      return "text";
    default:
      throw new Error(`a ${t.kind} cannot be grounded`);
  }
}

export interface SourceTable {
  readonly sources: readonly IrSource[];
  readonly of: (tool: number, path: readonly string[]) => number;
}
export function createSources(contract: Contract): SourceTable {
  const sources: IrSource[] = [];
  const numbers = new Map<string, number>();
  return {
    sources,
    of(tool, path) {
      const returns = contract.tools[tool]?.returns;
      if (returns === undefined) throw new Error("a source without `returns`");
      const child = childPath(returns, path, true);
      const key = `${tool} ${child.indexes.join()}`;
      let n = numbers.get(key);
      if (n === undefined) {
        n = sources.length;
        numbers.set(key, n);
        sources.push({ tool, path: child.indexes, class: groundingClass(child.type) });
      }
      return n;
    },
  };
}

export function lowerGrounded(rule: RequireGrounded, slots: SlotTable, sources: SourceTable): IrDetail {
  return {
    kind: "grounded",
    values: rule.values.map((v) => ({ slot: slots.of(v.root, v.path, v.type), class: groundingClass(v.type) })),
    user: rule.sources.some((s) => s.kind === "user"),
    sources: rule.sources.flatMap((s) => (s.kind === "result" ? [sources.of(s.tool, s.path)] : [])),
  };
}
