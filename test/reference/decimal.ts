/**
 * Exact decimals: digits × 10^exponent with a bigint, so that nothing rounds (docs/semantics.md §2, "Numbers").
 *
 * INVARIANT: every Decimal is normalised: no trailing zero in `digits`, zero is 0 × 10^0; equal values are equal pairs.
 */
import type { Decimal } from "./contract.ts";

const GREATEST_INTEGER = 9_007_199_254_740_991n; // 2^53 − 1
const DIGITS_LIMIT = 10n ** 15n;

export function decimal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits: 0n, exponent: 0 };
  let d = digits;
  let e = exponent;
  while (d % 10n === 0n) {
    d /= 10n;
    e += 1;
  }
  return { digits: d, exponent: e };
}

/** The value of a JSON number literal, or undefined when it is outside the range that every reader reads alike. */
export function decimalOfLiteral(literal: string): Decimal | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (parts === null) throw new Error("not a number literal");
  const fraction = parts[3] ?? "";
  const digits = `${parts[2]}${fraction}`.replace(/^0+/, "");
  if (digits === "") return { digits: 0n, exponent: 0 };
  const significant = digits.replace(/0+$/, "");
  // Sixteen digits are the most that 2^53 − 1 has; longer ones need no arithmetic on a megabyte of digits.
  if (significant.length > 16) return undefined;
  const written = /^([+-]?)0*(\d*)$/.exec(parts[4] ?? "0")!;
  if (written[2]!.length > 9) return undefined;
  const exponent = Number(`${written[1]}${written[2] === "" ? "0" : written[2]}`);
  const value: Decimal = {
    digits: BigInt(`${parts[1]}${significant}`),
    exponent: exponent - fraction.length + (digits.length - significant.length),
  };
  return fits(value) ? value : undefined;
}

/** Whether a request may carry it. */
export function fits(value: Decimal): boolean {
  const magnitude = value.digits < 0n ? -value.digits : value.digits;
  if (magnitude < DIGITS_LIMIT && value.exponent >= -22 && value.exponent <= 22) return true;
  return value.exponent >= 0 && value.exponent <= 16 && magnitude * 10n ** BigInt(value.exponent) <= GREATEST_INTEGER;
}

/** The value as a safe integer, or undefined when it has a fraction or a magnitude above 2^53 − 1. */
export function safeInteger(value: Decimal): number | undefined {
  if (value.exponent < 0 || value.exponent > 16) return undefined;
  const whole = value.digits * 10n ** BigInt(value.exponent);
  return whole <= GREATEST_INTEGER && whole >= -GREATEST_INTEGER ? Number(whole) : undefined;
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = scaled(a, exponent) - scaled(b, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `value` in units of 10^exponent; `exponent` is at most the value's own. */
export function scaled(value: Decimal, exponent: number): bigint {
  return value.digits * 10n ** BigInt(value.exponent - exponent);
}

/** §8: no exponent, no needless zero. */
export function plainDecimal(value: Decimal): string {
  if (value.exponent >= 0) return (value.digits * 10n ** BigInt(value.exponent)).toString();
  const sign = value.digits < 0n ? "-" : "";
  const digits = (value.digits < 0n ? -value.digits : value.digits).toString().padStart(1 - value.exponent, "0");
  return `${sign}${digits.slice(0, value.exponent)}.${digits.slice(value.exponent)}`;
}
