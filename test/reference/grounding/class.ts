/** What kind of token can ground a value, and what a contract asks for (docs/semantics.md §8). */
import type { Contract, Source, Type } from "../contract.ts";

export type GroundingClass = "email" | "url" | "host" | "id" | "number" | "text";
export type ResultSource = Extract<Source, { kind: "result" }>;

/** Of a scalar, or of a list's elements. Money and plain numbers share a class here: the checker keeps them apart. */
export function classOf(type: Type): GroundingClass {
  switch (type.kind) {
    case "email":
    case "url":
    case "host":
    case "id":
      return type.kind;
    case "int":
    case "decimal":
    case "money":
      return "number";
    case "text":
    case "path":
    case "literals":
      return "text";
    case "list":
      return classOf(type.element);
    case "optional":
      return classOf(type.of);
    default:
      throw new Error(`a value of type ${type.kind} cannot be grounded`);
  }
}

/** The classes of the values that any `require grounded` names, whatever its sources. */
export function classesKept(contract: Contract): ReadonlySet<GroundingClass> {
  return new Set(
    contract.rules.flatMap((rule) =>
      rule.kind === "require_grounded" ? rule.values.map((value) => classOf(value.type)) : [],
    ),
  );
}

/** Each `T.path` once, in the order in which the rules name them first. */
export function resultSources(contract: Contract): readonly ResultSource[] {
  const found = new Map<string, ResultSource>();
  for (const rule of contract.rules)
    if (rule.kind === "require_grounded")
      for (const source of rule.sources)
        if (source.kind === "result" && !found.has(sourceKey(source))) found.set(sourceKey(source), source);
  return [...found.values()];
}

export function sourceKey(source: ResultSource): string {
  return JSON.stringify([source.tool, ...source.path]);
}
