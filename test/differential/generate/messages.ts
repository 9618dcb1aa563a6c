/** What a user says: words, and values of every kind, punctuated as people do. */
import type { Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { numberFor, textFor } from "./pools.ts";
import { suspicious } from "./suspicious.ts";
import { remember, type Seen } from "./values.ts";

const FILLER = ["please", "send it to", "the", "and", "look up", "report", "now", "Grüße", "for", "ok,", "—", "pay"];
const KINDS: readonly Type[] = [
  { kind: "email" },
  { kind: "url" },
  { kind: "host" },
  { kind: "id" },
  { kind: "path" },
  { kind: "text" },
  { kind: "literals", values: ["fast", "safe", "slow mode"] },
  { kind: "decimal" },
  { kind: "int" },
];

export function writeMessage(random: Random, seen: Seen): string {
  const part = () => (random.chance(0.4) ? random.pick(FILLER) : value(random, seen));
  const parts = random.several(1, 6, () => (random.chance(0.06) ? suspicious(random) : part()));
  return parts.join(random.pick([" ", " ", ", ", "; ", "\n", ",", " | "]));
}

function value(random: Random, seen: Seen): string {
  const type = random.pick(KINDS);
  const numeric = type.kind === "int" || type.kind === "decimal";
  const before = seen.get(numeric ? "number" : type.kind) ?? [];
  const text =
    before.length > 0 && random.chance(0.4)
      ? random.pick(before)
      : numeric
        ? numberFor(type, random)
        : textFor(type, random);
  remember(seen, type, text);
  return wrapped(numeric && /^\d{4,}$/.test(text) && random.chance(0.6) ? thousands(text) : text, numeric, random);
}

function wrapped(text: string, numeric: boolean, random: Random): string {
  if (numeric && random.chance(0.4))
    return random.pick([`$${text}`, `${text}€`, `£${text}`, `${text}%`, `$${text}%`, `#${text}`]);
  return random.weighted([
    [6, () => text],
    [1, () => `*${text}*`],
    [1, () => `"${text}"`],
    [1, () => `(${text}).`],
    [1, () => `<${text}>`],
    [1, () => `${text}!?`],
    [1, () => `'_${text}_':`],
  ]);
}

function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
