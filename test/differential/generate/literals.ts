/** Literals of a type, from its pool, and the patterns that hosts are looked up in. */
import { dateValue, durationValue, timeValue } from "../../reference/canonical/moment.ts";
import type { Literal, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { decimalFor, poolOf } from "./pools.ts";

export const HOST_PATTERNS = ["acme.example", "*.acme.example", "*.example", "evil.example", "localhost", "10.0.0.1"];

export const RANGES = [
  "10.0.0.0/8",
  "10.1.0.0/16",
  "127.0.0.1/32",
  "0.0.0.0/0",
  "192.168.0.0/23",
  "::/0",
  "2001:db8::/32",
  "fe80::/10",
  "::1/128",
  "2001:db8:0:8000::/49",
];

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
    case "date":
      return { kind: "literal", type, value: dateValue(random.pick(poolOf(type).canonical))! };
    case "time":
      return { kind: "literal", type, value: timeValue(random.pick(poolOf(type).canonical))! };
    case "duration":
      return { kind: "literal", type, value: durationValue(random.pick(poolOf(type).canonical))! };
    default:
      return { kind: "literal", type, value: random.pick(poolOf(type).canonical) };
  }
}
