// Date, Time and Duration (docs/semantics/values.md): exact seconds, since 1970 in UTC or of a length, as a number in the node.
import { addExact, fits, multiplyExact, xDigits, xExponent, AS_DURATION, AS_TIME } from "./exact";
import { N_DIGITS, N_EXPONENT, N_PTR } from "./value";

const DAY: i64 = 86400;

function keepAt(node: usize): bool {
  store<i64>(node, xDigits, N_DIGITS);
  store<i32>(node, xExponent, N_EXPONENT);
  store<u64>(node, 0, N_PTR); // no text
  return true;
}

let at: usize = 0;
let end: usize = 0;
/** The next n characters as a number; −1: they are not all digits. */
function digits(n: i32): i32 {
  if (at + n > end) return -1;
  let v = 0;
  for (let i = 0; i < n; i++) {
    const d = <i32>load<u8>(at++) - 48;
    if (<u32>d > 9) return -1;
    v = v * 10 + d;
  }
  return v;
}
@inline function next(c: u32): bool {
  return at < end && <u32>load<u8>(at++) == c;
}

/** Days since 1970 of the date at `at`; NO_DAY: none. (Counted from March, so that the leap day is the last of its year.) */
const NO_DAY: i64 = i64.MIN_VALUE;
function day(): i64 {
  const year = digits(4);
  if (year < 1 || !next(45)) return NO_DAY;
  const month = digits(2);
  if (month < 1 || month > 12 || !next(45)) return NO_DAY;
  const d = digits(2);
  const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const most = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  if (d < 1 || d > most) return NO_DAY;
  const y = <i64>(month > 2 ? year : year - 1);
  const m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + <i64>((153 * m + 2) / 5 + d - 1) - 719468;
}

export function canonicalDate(p: usize, len: u32, node: usize): bool {
  at = p;
  end = p + len;
  const d = day();
  return d != NO_DAY && at == end && addExact(d * DAY, 0, 0, 0) && keepAt(node);
}

export function canonicalTime(p: usize, len: u32, node: usize): bool {
  at = p;
  end = p + len;
  const d = day();
  if (d == NO_DAY || at >= end) return false;
  const between: u32 = load<u8>(at++);
  if (between != 84 && between != 116 && between != 32) return false;
  const hour = digits(2);
  if (hour < 0 || hour > 23 || !next(58)) return false;
  const minute = digits(2);
  if (minute < 0 || minute > 59) return false;
  let second = 0;
  let fraction: i64 = 0;
  let places = 0;
  if (at < end && load<u8>(at) == 58) {
    at++;
    second = digits(2);
    if (second < 0 || second > 59) return false;
    if (at < end && load<u8>(at) == 46) {
      at++;
      while (at < end && <u32>load<u8>(at) - 48 < 10) {
        if (places == 9) return false;
        fraction = fraction * 10 + <i64>load<u8>(at++) - 48;
        places++;
      }
      if (!places) return false;
    }
  }
  if (at >= end) return false;
  const zone: u32 = load<u8>(at++);
  let ahead = 0;
  if (zone == 43 || zone == 45) {
    const zoneHour = digits(2);
    if (zoneHour < 0 || zoneHour > 23 || !next(58)) return false;
    const zoneMinute = digits(2);
    if (zoneMinute < 0 || zoneMinute > 59) return false;
    ahead = (zoneHour * 3600 + zoneMinute * 60) * (zone == 45 ? -1 : 1);
  } else if ((zone | 32) != 122) return false;
  if (at != end) return false;
  const seconds = d * DAY + <i64>(hour * 3600 + minute * 60 + second - ahead);
  return addExact(seconds, 0, fraction, -places) && fits(AS_TIME) && keepAt(node);
}

/** Letters of units in their order, and their seconds: weeks stand alone. */
function unitOf(c: u32, clock: bool): i64 {
  if (clock) return c == 72 ? 3600 : c == 77 ? 60 : c == 83 ? 1 : 0;
  return c == 87 ? 604800 : c == 68 ? DAY : 0;
}

export function canonicalDuration(p: usize, len: u32, node: usize): bool {
  at = p;
  end = p + len;
  if (!next(80)) return false;
  let total: i64 = 0;
  let exponent = 0;
  let clock = false;
  let last: i64 = i64.MAX_VALUE;
  let parts = 0;
  while (at < end) {
    if (load<u8>(at) == 84) {
      if (clock || last == 604800) return false;
      clock = true;
      last = DAY;
      at++;
      if (at == end) return false;
      continue;
    }
    let v: i64 = 0;
    let n = 0;
    let places = 0;
    while (at < end && <u32>load<u8>(at) - 48 < 10) {
      if (n == 9) return false;
      v = v * 10 + <i64>load<u8>(at++) - 48;
      n++;
    }
    if (!n) return false;
    if (at < end && load<u8>(at) == 46) {
      at++;
      while (at < end && <u32>load<u8>(at) - 48 < 10) {
        if (places == 9) return false;
        v = v * 10 + <i64>load<u8>(at++) - 48;
        places++;
      }
      if (!places) return false;
    }
    if (at >= end) return false;
    const unit = unitOf(load<u8>(at++), clock);
    if (!unit || unit >= last || last == 604800) return false;
    if (places && at != end) return false; // only the last has a fraction
    last = unit;
    parts++;
    if (!multiplyExact(v, unit, -places) || !addExact(total, exponent, xDigits, xExponent)) return false;
    total = xDigits;
    exponent = xExponent;
  }
  if (!parts) return false;
  return addExact(total, exponent, 0, 0) && fits(AS_DURATION) && keepAt(node);
}
