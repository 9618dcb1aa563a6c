/** Requests that are not quite right, or not right at all. */
import type { Damage } from "../event.ts";
import type { Random } from "../random.ts";
import { isWrittenObject, type Written } from "../written.ts";
import { writeMisfit } from "./values.ts";

const ODD_NAMES = [
  "event",
  "principal",
  "action",
  "context",
  "result",
  "message",
  "resource",
  "id",
  "args",
  "time",
  "x",
  "__proto__",
  "ü",
];

/** A member that nobody declared, sometimes twice. */
export function withMore(value: Written, random: Random): Written {
  if (!isWrittenObject(value)) return value;
  const more = random.several(1, 2, () => [random.pick(ODD_NAMES), writeMisfit(random)] as const);
  return { members: random.chance(0.5) ? [...value.members, ...more] : [...more, ...value.members] };
}

/** One change somewhere in the tree. */
export function disturbed(value: Written, random: Random): Written {
  if (!isWrittenObject(value) || random.chance(0.15)) {
    if (
      value !== null &&
      typeof value === "object" &&
      "items" in value &&
      value.items.length > 0 &&
      random.chance(0.7)
    ) {
      const at = random.below(value.items.length);
      return { items: value.items.map((item, i) => (i === at ? disturbed(item, random) : item)) };
    }
    return writeMisfit(random);
  }
  const { members } = value;
  const at = random.below(members.length + 1);
  return random.weighted<Written>([
    [
      6,
      () =>
        at < members.length
          ? { members: members.map((m, i) => (i === at ? [m[0], disturbed(m[1], random)] : m)) }
          : { members: [...members, [random.pick(ODD_NAMES), writeMisfit(random)]] },
    ],
    [2, () => ({ members: members.filter((_, i) => i !== at) })],
    [1, () => ({ members: [...members, members[at] ?? ["more", null]] })],
    [1, () => ({ members: members.map((m, i) => (i === at ? [m[0], null] : m)) })],
  ]);
}

export function makeDamage(random: Random): readonly Damage[] {
  const at = random.below(10_000) / 10_000;
  return random.weighted<readonly Damage[]>([
    [3, () => [{ kind: "cut", at, byte: 0 }]],
    [6, () => [{ kind: "flip", at, byte: 1 << random.below(8) }]],
    [
      4,
      () => [
        { kind: "insert", at, byte: random.pick([0x00, 0x22, 0x2c, 0x7b, 0x7d, 0x5c, 0x80, 0xc0, 0xed, 0xff, 0x30]) },
      ],
    ],
    [1, () => [{ kind: "pad", at: 0, byte: random.below(2) }]],
  ]);
}
