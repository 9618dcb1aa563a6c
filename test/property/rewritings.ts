/**
 * One value in the many ways that its standard treats as the same, made at random: the address in RFC 4291's notations, the IBAN in its
 * electronic and printed formats (ISO 13616), the instant in any offset (RFC 3339), the length in any units (ISO 8601).
 */
import type { Random } from "../differential/random.ts";
import type { Literal } from "../reference/contract.ts";
import { decimal } from "../reference/decimal.ts";

export interface Rewritten {
  readonly literal: Literal;
  readonly spell: () => string;
  /** Another value of the type, and near. */
  readonly other: () => string;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");
const seconds = (n: bigint, exponent = 0) => decimal(n, exponent);

// ── Ip

function spellSix(groups: readonly number[], random: Random): string {
  const written = groups.map((group) => {
    const hex = random.chance(0.3) ? group.toString(16).padStart(1 + random.below(4), "0") : group.toString(16);
    return random.chance(0.3) ? hex.toUpperCase() : hex;
  });
  // an IPv4 address may stand for the last two groups
  const last = groups.slice(6).flatMap((group) => [group >> 8, group & 255]);
  const parts = random.chance(0.2) ? [...written.slice(0, 6), last.join(".")] : written;
  const zeros = [...groups.keys()].filter((i) => groups[i] === 0 && i < (parts.length === 8 ? 8 : 6));
  if (zeros.length === 0 || random.chance(0.3)) return parts.join(":");
  const start = random.pick(zeros);
  let end = start + 1;
  while (zeros.includes(end) && random.chance(0.8)) end += 1;
  return `${parts.slice(0, start).join(":")}::${parts.slice(end).join(":")}`;
}

export function rewriteIp(random: Random): Rewritten {
  const isFour = random.chance(0.4);
  const groups = isFour
    ? [0, 0, 0, 0, 0, 0xffff, random.below(65_536), random.below(65_536)]
    : Array.from({ length: 8 }, (_, i) => (i === 0 ? 0x2001 : random.chance(0.5) ? 0 : random.below(65_536)));
  const four = (of: readonly number[]) =>
    of
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join(".");
  const near = groups.map((group, i) => (i === 7 ? group ^ 1 : group));
  return {
    literal: { kind: "literal", type: { kind: "ip" }, value: isFour ? four(groups) : canonicalSix(groups) },
    spell: () => (isFour && random.chance(0.5) ? four(groups) : spellSix(groups, random)),
    other: () => (isFour && random.chance(0.5) ? four(near) : spellSix(near, random)),
  };
}

/** RFC 5952 §4. */
function canonicalSix(groups: readonly number[]): string {
  const runs = groups.map((_, i) => {
    const end = groups.findIndex((group, k) => k >= i && group !== 0);
    return { start: i, length: (end < 0 ? 8 : end) - i };
  });
  const longest = runs.reduce((best, next) => (next.length > best.length ? next : best));
  const hex = groups.map((group) => group.toString(16));
  if (longest.length < 2) return hex.join(":");
  return `${hex.slice(0, longest.start).join(":")}::${hex.slice(longest.start + longest.length).join(":")}`;
}

// ── Account

export function rewriteAccount(random: Random): Rewritten {
  const isIban = random.chance(0.7);
  const letter = () => String.fromCharCode(65 + random.below(26));
  const any = () => (random.chance(0.7) ? String(random.below(10)) : letter());
  const rest = Array.from({ length: isIban ? 11 + random.below(20) : 1 + random.below(12) }, any).join("");
  const account = isIban ? `${letter()}${letter()}${random.below(10)}${random.below(10)}${rest}` : rest;
  const cased = (text: string) => [...text].map((c) => (random.chance(0.5) ? c.toLowerCase() : c)).join("");
  const printed = (text: string) => (text.match(/.{1,4}/g) ?? []).join(random.pick([" ", "-"]));
  const spell = (text: string) => cased(isIban && random.chance(0.6) ? printed(text) : text);
  const at = isIban ? 4 + random.below(account.length - 4) : random.below(account.length);
  const near = `${account.slice(0, at)}${account[at] === "7" ? "8" : "7"}${account.slice(at + 1)}`;
  return {
    literal: { kind: "literal", type: { kind: "account" }, value: account },
    spell: () => spell(account),
    other: () => spell(near),
  };
}

// ── Time and Duration

export function rewriteTime(random: Random): Rewritten {
  const whole = BigInt(random.below(4_000_000_000)) - 1_000_000_000n;
  const fraction = random.chance(0.5)
    ? ""
    : String(1 + random.below(999_999))
        .padStart(6, "0")
        .replace(/0+$/, "");
  const value = seconds(whole * 10n ** BigInt(fraction.length) + BigInt(`0${fraction}`), -fraction.length);
  const spell = (at: bigint) => {
    const minutes = random.chance(0.4) ? 0 : random.below(1_439);
    const sign = random.pick([1, -1]);
    const local = new Date(Number(at) * 1_000 + sign * minutes * 60_000).toISOString();
    const zone =
      minutes === 0 && random.chance(0.7)
        ? random.pick(["Z", "z"])
        : `${sign > 0 ? "+" : "-"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
    const more = fraction === "" ? random.pick(["", ".0", ".000"]) : `.${fraction}${random.pick(["", "0", "00"])}`;
    const isShort = local.slice(17, 19) === "00" && more === "" && random.chance(0.5);
    return `${local.slice(0, 10)}${random.pick(["T", "t", " "])}${local.slice(11, isShort ? 16 : 19)}${more}${zone}`;
  };
  return {
    literal: { kind: "literal", type: { kind: "time" }, value },
    spell: () => spell(whole),
    other: () => spell(whole + random.pick([1n, -1n, 3_600n, -86_400n])),
  };
}

export function rewriteDuration(random: Random): Rewritten {
  const whole = random.chance(0.5) ? random.below(200) * 86_400 : random.below(2_000_000);
  const spell = (of: number): string => {
    const style = random.below(4);
    if (style === 0) return `PT${of}S`;
    if (style === 1 && of % 604_800 === 0) return `P${of / 604_800}W`;
    if (style === 2) return `PT${Math.floor(of / 60)}M${of % 60}S`;
    const days = random.below(1 + Math.floor(of / 86_400));
    const rest = of - days * 86_400;
    const zero = random.pick(["", ".0", ".00"]);
    return `P${days}DT${Math.floor(rest / 3_600)}H${Math.floor((rest % 3_600) / 60)}M${rest % 60}${zero}S`;
  };
  return {
    literal: { kind: "literal", type: { kind: "duration" }, value: seconds(BigInt(whole)) },
    spell: () => spell(whole),
    other: () => spell(whole + 1 + random.below(3)),
  };
}

export const REWRITE: readonly ((random: Random) => Rewritten)[] = [
  rewriteIp,
  rewriteAccount,
  rewriteTime,
  rewriteDuration,
];
