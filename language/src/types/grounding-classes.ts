/** Grounding classes: values and sources meet only within one (docs/semantics/grounding.md). */
import type { GroundedValue, Type } from "./contract.ts";
import { isScalar, showType, stripOptional } from "./type.ts";

/** The class of a scalar or of a list's elements, as the reader knows it; undefined: nothing can ground it. */
export function classOf(type: Type): string | undefined {
  const bare = stripOptional(type);
  const scalar = bare.kind === "list" ? stripOptional(bare.element) : bare;
  if (!isScalar(scalar)) return undefined;
  switch (scalar.kind) {
    case "bool":
    case "json":
    case "cloud_action":
    case "ip":
    case "account":
    case "sql":
    case "command":
    case "date":
    case "time":
    case "duration":
      return undefined;
    case "money":
      return `Money<${scalar.currency}>`;
    case "int":
    case "decimal":
      return "a number";
    case "text":
    case "path":
    case "literals":
      return "a text";
    default:
      return showType(scalar);
  }
}

/** What is grounded: the argument's own type, or that of the tokens in it. */
export function typeOfValue({ reference, tokens }: GroundedValue): Type {
  if (tokens === undefined) return reference.type;
  return { kind: tokens === "urls" ? "url" : "email" };
}

/** Recognised inside any text without doubt, and no one is paid or written to by it alone. */
export const isLink = (valueClass: string): boolean => valueClass === "Url" || valueClass === "Host";

/** Through `optional` and lists, to what stands inside. */
export function enter(type: Type): Exclude<Type, { kind: "list" | "optional" }> {
  if (type.kind === "list") return enter(type.element);
  if (type.kind === "optional") return enter(type.of);
  return type;
}
