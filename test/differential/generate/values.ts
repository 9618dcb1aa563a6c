/**
 * Arguments, results and facts as they are written. What was seen before in the session is written again with good
 * probability: evidence, grounding and echoes only happen where values meet.
 */
import type { Field, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { arr, isWrittenObject, num, obj, type Written } from "../written.ts";
import { BAD_NUMBERS, numberFor, textFor } from "./pools.ts";
import { ALL_KEYS } from "./references.ts";
import { suspicious } from "./suspicious.ts";

/** Scalars seen in the session, by the kind of their type; numbers under one. */
export type Seen = Map<string, string[]>;

export function remember(seen: Seen, type: Type, value: string): void {
  const kind = seenAs(type);
  const values = seen.get(kind) ?? [];
  values.push(value);
  seen.set(kind, values.slice(-8));
}

function seenAs(type: Type): string {
  return ["int", "decimal", "money"].includes(type.kind) ? "number" : type.kind;
}

export function writeValue(type: Type, random: Random, seen: Seen): Written {
  switch (type.kind) {
    case "optional":
      return random.chance(0.2) ? null : writeValue(type.of, random, seen);
    case "bool":
      return random.chance(0.5);
    case "int":
    case "decimal":
    case "money":
      return num(scalar(type, random, seen, () => numberFor(type, random)));
    case "list":
      return arr(random.several(0, random.chance(0.02) ? 30 : 3, () => writeValue(type.element, random, seen)));
    case "map": {
      const keys = random.chance(0.02) ? Array.from({ length: 30 }, (_, i) => `k${i}`) : random.some(ALL_KEYS, 4);
      return obj(Object.fromEntries(keys.map((key) => [key, writeValue(type.value, random, seen)])));
    }
    case "union": {
      const one = writeValue(random.pick(type.cases).type, random, seen);
      // the tag stands anywhere
      return isWrittenObject(one) && random.chance(0.3) ? { members: [...one.members].reverse() } : one;
    }
    case "record":
      return writeFields(type.fields, random, seen);
    case "json":
      return writeAnything(random, seen, 3);
    case "literals":
      return random.pick(type.values);
    case "text":
    case "id":
      return random.chance(0.15) ? suspicious(random) : scalar(type, random, seen, () => textFor(type, random));
    default:
      return scalar(type, random, seen, () => textFor(type, random));
  }
}

export function writeFields(fields: readonly Field[], random: Random, seen: Seen): Written {
  return obj(
    Object.fromEntries(
      fields.map((f) => [
        f.name,
        f.type.kind === "optional" && random.chance(0.2) ? undefined : writeValue(f.type, random, seen),
      ]),
    ),
  );
}

function scalar(type: Type, random: Random, seen: Seen, make: () => string): string {
  const before = seen.get(seenAs(type)) ?? [];
  const value = before.length > 0 && random.chance(0.5) ? random.pick(before) : make();
  remember(seen, type, value);
  return value;
}

function writeAnything(random: Random, seen: Seen, depth: number): Written {
  const below = () => writeAnything(random, seen, depth - 1);
  return random.weighted<Written>([
    [3, () => writeValue({ kind: random.pick(["email", "id", "text", "url", "host"]) }, random, seen)],
    [2, () => writeValue({ kind: "decimal" }, random, seen)],
    [1, () => random.pick([true, false, null])],
    [depth > 0 ? 2 : 0, () => arr(random.several(0, 3, below))],
    [
      depth > 0 ? 2 : 0,
      () =>
        obj(
          Object.fromEntries(
            random.several(0, 3, () => [
              random.chance(0.1) ? suspicious(random) : random.pick(["a", "b", "ü", ""]),
              below(),
            ]),
          ),
        ),
    ],
  ]);
}

/** A value of no type in particular, for where it does not belong. */
export function writeMisfit(random: Random): Written {
  return random.pick(random.chance(0.75) ? WELL_FORMED : NOT_JSON);
}

const WELL_FORMED: readonly Written[] = [
  null,
  true,
  "",
  "x",
  num("1"),
  num("1.5"),
  num("-1"),
  arr([]),
  arr([null]),
  obj({}),
  obj({ a: "b" }),
  { raw: '"\\ud83d\\ude00"' },
];
const NOT_JSON: readonly Written[] = [
  ...BAD_NUMBERS.map(num),
  {
    members: [
      ["a", true],
      ["a", true],
    ],
  },
  { raw: "[".repeat(40) },
  { raw: "01" },
  { raw: "nul" },
  { raw: '"\\ud83d"' },
  { raw: '"\u0001"' },
];
