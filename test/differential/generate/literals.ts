/** Literals of a type, from its pool, and the patterns that hosts are looked up in. */
import type { Literal, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { decimalFor, poolOf } from "./pools.ts";

export const HOST_PATTERNS = ["acme.example", "*.acme.example", "*.example", "evil.example", "localhost", "10.0.0.1"];

export function makeLiteral(type: Type, random: Random): Literal {
  switch (type.kind) {
    case "bool":
      return { kind: "literal", type, value: random.chance(0.5) };
    case "money":
      // A literal counts whole units, also beside an argument in minor ones.
      return { kind: "literal", type: { ...type, minor: false }, value: decimalFor(type, random) };
    case "int":
    case "decimal":
      return { kind: "literal", type, value: decimalFor(type, random) };
    default:
      return { kind: "literal", type, value: random.pick(poolOf(type).canonical) };
  }
}
