// Exact decimals, digits × 10^exponent: order, units of a budget, plain text.
import { pow10 } from "./json";

/** 9 × 10^18 / 10^i. */
const ROOM: usize = memory.data<i64>([9000000000000000000, 900000000000000000, 90000000000000000, 9000000000000000, 900000000000000, 90000000000000, 9000000000000, 900000000000, 90000000000, 9000000000, 900000000, 90000000, 9000000, 900000, 90000, 9000, 900, 90, 9]);

/** −1, 0 or 1. Scales the larger exponent down; when that overflows, its sign decides. */
export function compareDecimals(a: i64, ea: i32, b: i64, eb: i32): i32 {
  if (ea == eb) return a < b ? -1 : a > b ? 1 : 0;
  if (ea < eb) return -compareDecimals(b, eb, a, ea);
  if (a == 0) return b > 0 ? -1 : b < 0 ? 1 : 0;
  const shift = ea - eb;
  const m = a < 0 ? -a : a;
  // |a| × 10^shift against any i64
  if (shift > 18 || m > load<i64>(ROOM + (<usize>shift << 3))) return a < 0 ? -1 : 1;
  const scaled = a * pow10(shift);
  return scaled < b ? -1 : scaled > b ? 1 : 0;
}

export const NO_UNITS: i64 = -1;
const MOST_UNITS: i64 = 900000000000000000;

/** The value in units of 10^−scale, or NO_UNITS when it is negative, no whole number of them, or too large. */
export function units(digits: i64, exponent: i32, scale: i32): i64 {
  if (digits < 0) return NO_UNITS;
  if (digits == 0) return 0;
  const shift = exponent + scale;
  if (shift < 0 || shift > 17) return NO_UNITS; // a fraction has no trailing zeros: a negative shift is inexact
  if (digits > MOST_UNITS / pow10(shift)) return NO_UNITS;
  const u = digits * pow10(shift);
  return u < MOST_UNITS ? u : NO_UNITS;
}

/** The value in units of 10^−scale, rounded up, at most MOST_UNITS; NO_UNITS when it is negative. */
export function unitsUp(digits: i64, exponent: i32, scale: i32): i64 {
  if (digits < 0) return NO_UNITS;
  if (digits == 0) return 0;
  const shift = exponent + scale;
  if (shift >= 0) return shift > 17 || digits > MOST_UNITS / pow10(shift) ? MOST_UNITS : digits * pow10(shift);
  if (shift < -18) return 1;
  const unit = pow10(-shift);
  const u = digits / unit + (digits % unit ? 1 : 0);
  return u < MOST_UNITS ? u : MOST_UNITS;
}

/** Plain decimal form (docs/semantics.md, §8) at `out`, at most 64 bytes; returns the length. */
export function plain(digits: i64, exponent: i32, out: usize): u32 {
  let o = out;
  if (digits < 0) {
    store<u8>(o++, 45);
    digits = -digits;
  }
  if (exponent >= 0 || digits == 0) {
    o = putDigits(digits, 1, o);
    if (digits) for (let i = 0; i < exponent; i++) store<u8>(o++, 48);
    return <u32>(o - out);
  }
  const places = -exponent;
  const end = putDigits(digits, places + 1, o);
  // move the last `places` digits one to the right
  memory.copy(end - places + 1, end - places, places);
  store<u8>(end - places, 46);
  return <u32>(end + 1 - out);
}

/** Decimal digits of a non-negative number, at least `width` of them. */
function putDigits(v: i64, width: i32, o: usize): usize {
  let n = 1;
  let t = v / 10;
  while (t) {
    n++;
    t /= 10;
  }
  if (n < width) n = width;
  const end = o + n;
  let p = end;
  for (let i = 0; i < n; i++) {
    store<u8>(--p, 48 + <u32>(v % 10));
    v /= 10;
  }
  return end;
}
