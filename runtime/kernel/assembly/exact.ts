// Exact arithmetic of decimals (docs/semantics/values.md, "Arithmetic"): a result is what the numbers come to, or there is none.
//
// A result that is kept is xDigits × 10^xExponent without trailing zeros, |xDigits| below 9 × 10^18; `fits` says what its type asks beyond.
import { pow10 } from "./json";

const MOST: u64 = 9000000000000000000;
const DAY: i64 = 86400;
/** Seconds from 1970 to the first moment of the year 1, and to the first of the year 10000. */
const FIRST: i64 = -62135596800;
const BEHIND: i64 = 253402300800;

export let xDigits: i64 = 0;
export let xExponent: i32 = 0;

/** False: too many digits. */
function keep(negative: bool, m: u64, e: i32): bool {
  if (m == 0) e = 0;
  else
    while (m % 10 == 0) {
      m /= 10;
      e++;
    }
  if (m >= MOST) return false;
  xDigits = negative ? -(<i64>m) : <i64>m;
  xExponent = e;
  return true;
}
@inline function magnitude(v: i64): u64 {
  return v < 0 ? <u64>-v : <u64>v;
}
@inline function power(n: i32): u64 {
  return n == 19 ? 10000000000000000000 : <u64>pow10(n);
}

/** a × 10^ea + b × 10^eb. */
export function addExact(a: i64, ea: i32, b: i64, eb: i32): bool {
  if (a == 0) return keep(b < 0, magnitude(b), eb);
  if (b == 0) return keep(a < 0, magnitude(a), ea);
  if (ea < eb) return addExact(b, eb, a, ea);
  let small = magnitude(b);
  while (small % 10 == 0 && ea > eb) {
    small /= 10;
    eb++;
  }
  // Now the last digit of the sum is no zero, unless the exponents are equal: what is too long here stays too long.
  const shift = ea - eb;
  if (shift > 19 || magnitude(a) > (2 * MOST) / power(shift)) return false;
  const large = magnitude(a) * power(shift);
  if (a < 0 == b < 0) return large < MOST && keep(a < 0, large + small, eb);
  return large > small ? keep(a < 0, large - small, eb) : keep(b < 0, small - large, eb);
}

/** a × b × 10^e. */
export function multiplyExact(a: i64, b: i64, e: i32): bool {
  let m = magnitude(a);
  let n = magnitude(b);
  if (m == 0 || n == 0) return keep(false, 0, 0);
  // every ten of the product goes before it is made: those of one factor, and those that a two and a five of both make
  while (m % 10 == 0) {
    m /= 10;
    e++;
  }
  while (n % 10 == 0) {
    n /= 10;
    e++;
  }
  while (m % 2 == 0 && n % 5 == 0) {
    m /= 2;
    n /= 5;
    e++;
  }
  while (m % 5 == 0 && n % 2 == 0) {
    m /= 5;
    n /= 2;
    e++;
  }
  return m <= (MOST - 1) / n && keep(a < 0 != b < 0, m * n, e);
}

export const AS_NUMBER: u32 = 0;
export const AS_DATE: u32 = 1;
export const AS_TIME: u32 = 2;
export const AS_DURATION: u32 = 3;

/** Whether the result is a value of the type: of numbers those that a request may carry. */
export function fits(type: u32): bool {
  const m = magnitude(xDigits);
  const e = xExponent;
  if (e < -22 || e > 22) return false;
  if (type == AS_NUMBER) return m < 1000000000000000 || (e == 0 && m <= 9007199254740991);
  if (type == AS_DURATION) return true;
  let whole: i64 = <i64>m;
  if (e < 0) whole = e < -18 ? 0 : whole / pow10(-e);
  for (let i = 0; i < e && whole < BEHIND; i++) whole *= 10;
  const seconds = xDigits < 0 ? -whole - (e < 0 ? 1 : 0) : whole;
  if (seconds < FIRST || seconds >= BEHIND) return false;
  return type == AS_TIME || (e >= 0 && seconds % DAY == 0);
}

// ── sums: the digits from 10^−22 up, nine in each of eight limbs; a limb may be negative until the end

const LIMBS: usize = 49216; // i64 × 8
const BASE: i64 = 1000000000;
const LOWEST: i32 = -22;

export function startSum(): void {
  memory.fill(LIMBS, 0, 64);
}
/** Of at most 1,024 values with an exponent from −22 to 22. */
export function addToSum(digits: i64, exponent: i32): void {
  const place = exponent - LOWEST;
  const factor = pow10(place % 9);
  let limb = LIMBS + (<usize>(place / 9) << 3);
  while (digits) {
    const part = (digits % BASE) * factor;
    digits /= BASE;
    store<i64>(limb, load<i64>(limb) + part % BASE);
    store<i64>(limb, load<i64>(limb, 8) + part / BASE, 8);
    limb += 8;
  }
}
/** Every limb from 0 to BASE − 1; −1 when the sum is negative. */
function carry(): i64 {
  let over: i64 = 0;
  for (let i: usize = 0; i < 64; i += 8) {
    const v = load<i64>(LIMBS + i) + over;
    over = v / BASE;
    let rest = v % BASE;
    if (rest < 0) {
      rest += BASE;
      over--;
    }
    store<i64>(LIMBS + i, rest);
  }
  return over;
}
/** The sum without trailing zeros; false: too many digits. */
export function takeSum(): bool {
  const negative = carry() < 0;
  if (negative) {
    for (let i: usize = 0; i < 64; i += 8) store<i64>(LIMBS + i, -load<i64>(LIMBS + i));
    carry();
  }
  let low: i32 = 0;
  while (low < 7 && load<i64>(LIMBS + (<usize>low << 3)) == 0) low++;
  let last = <u64>load<i64>(LIMBS + (<usize>low << 3));
  let digits = 9; // of the lowest limb that count
  while (last != 0 && last % 10 == 0) {
    last /= 10;
    digits--;
  }
  let m: u64 = 0;
  for (let i = 7; i > low; i--) {
    if (m >= 9000000000) return false;
    m = m * <u64>BASE + <u64>load<i64>(LIMBS + (<usize>i << 3));
  }
  const factor = <u64>pow10(digits);
  return m <= MOST / factor && keep(negative, m * factor + last, LOWEST + 9 * low + 9 - digits);
}
