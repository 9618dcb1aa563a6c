/**
 * Exact decimals and durations from their literals. A number must fit the wire's rule (docs/semantics.md, "Numbers"), so that every
 * literal can be compared with what a request may carry.
 */
import type { Decimal } from "./contract.ts";

const UNITS: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Of `-1_000.50`; undefined when it does not fit. */
export function readDecimal(text: string): Decimal | undefined {
  const plain = text.replaceAll("_", "");
  if (plain.length > 400) return undefined;
  const [whole = "", fraction = ""] = plain.split(".");
  const decimal = normalise({ digits: BigInt(whole + fraction), exponent: 0 - fraction.length });
  return fitsNumber(decimal) ? decimal : undefined;
}

/** What a request may carry (docs/semantics.md, "Numbers"), and so what arithmetic may come to. */
export function fitsNumber({ digits, exponent }: Decimal): boolean {
  const magnitude = digits < 0n ? -digits : digits;
  if (magnitude < 10n ** 15n && exponent >= -22 && exponent <= 22) return true;
  return exponent >= 0 && exponent <= 22 && magnitude * 10n ** BigInt(exponent) <= 2n ** 53n - 1n;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const units = (d: Decimal): bigint => d.digits * 10n ** BigInt(d.exponent - exponent);
  return normalise({ digits: units(a) + units(b), exponent });
}

export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal =>
  normalise({ digits: a.digits * b.digits, exponent: a.exponent + b.exponent });

export function normalise({ digits, exponent }: Decimal): Decimal {
  if (digits === 0n) return { digits: 0n, exponent: 0 };
  let [d, e] = [digits, exponent];
  while (d % 10n === 0n) [d, e] = [d / 10n, e + 1];
  return { digits: d, exponent: e };
}

export const isInteger = (value: Decimal): boolean => value.exponent >= 0;

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.exponent === b.exponent) return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
  const low = Math.min(a.exponent, b.exponent);
  const left = a.digits * 10n ** BigInt(a.exponent - low);
  const right = b.digits * 10n ** BigInt(b.exponent - low);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** For tests in wire form. Exact in the sense of the wire: it prints and reads back as the same decimal. */
export const toNumber = (value: Decimal): number => Number(`${value.digits}e${value.exponent}`);

/** Milliseconds of `15m`; undefined when that is no safe integer. */
export function readDuration(text: string): number | undefined {
  const found = /^(\d[\d_]*)(ms|s|m|h|d|w)$/.exec(text);
  if (found === null) return undefined;
  const ms = Number(found[1]!.replaceAll("_", "")) * UNITS[found[2]!]!;
  return Number.isSafeInteger(ms) ? ms : undefined;
}
