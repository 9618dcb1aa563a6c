// Reads JSON text in place: strict RFC 8259, duplicate keys and numbers that two readers could read differently refused.
// Every function takes the address of the next byte and returns the address behind what it read, or 0 with `jsonError` set.
// The input is UTF-8 (checked before) and followed by NUL bytes, so that scanning needs no length.

import { DUP_HASH, DUP_KEY, alloc, bump, setBump } from "./memory";
import { equal, hash } from "./bytes";

export const BAD_JSON: u32 = 3;
export const DUPLICATE_KEY: u32 = 4;
export const NUMBER_RANGE: u32 = 5;
export const TOO_DEEP: u32 = 6;
export const TOO_LARGE: u32 = 1;
export const MAX_DEPTH: i32 = 32;
const MAX_OPEN: u32 = 1024;

export let jsonError: u32 = 0;
/** The last string read, decoded. */
export let sPtr: usize = 0;
export let sLen: u32 = 0;
/** The last number read: digits × 10^exponent. An integer has exponent 0 or more, a fraction no trailing zero. */
export let nDigits: i64 = 0;
export let nExponent: i32 = 0;
export let dupTop: u32 = 0;

export function resetJson(): void {
  jsonError = 0;
  dupTop = 0;
}
export function setDupTop(n: u32): void {
  dupTop = n;
}

/** Takes a known name for the string last read. */
export function nameString(p: usize, len: u32): void {
  sPtr = p;
  sLen = len;
}

export function fail(code: u32): usize {
  if (!jsonError) jsonError = code;
  return 0;
}

@inline export function space(p: usize): usize {
  return load<u8>(p) > 32 ? p : spaceSlow(p);
}
function spaceSlow(p: usize): usize {
  for (;;) {
    const c = load<u8>(p);
    if (c == 32 || c == 10 || c == 13 || c == 9) p++;
    else return p;
  }
  return 0;
}

/** The first quote, backslash or control byte at or after p. */
@inline function special(p: usize): usize {
  for (;;) {
    const v = v128.load(p);
    const m = <u32>i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(v, i8x16.splat(34)), i8x16.eq(v, i8x16.splat(92))), i8x16.eq(v, i8x16.min_u(v, i8x16.splat(31)))),
    );
    if (m) return p + ctz(m);
    p += 16;
  }
  return 0;
}

@inline function hexDigit(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  c |= 32;
  return c - 97 < 6 ? c - 87 : 255;
}
function hex4(p: usize): u32 {
  const a = hexDigit(load<u8>(p));
  const b = hexDigit(load<u8>(p, 1));
  const c = hexDigit(load<u8>(p, 2));
  const d = hexDigit(load<u8>(p, 3));
  if ((a | b | c | d) > 15) return 0xffffffff;
  return (a << 12) | (b << 8) | (c << 4) | d;
}
/** A \u escape at p (behind the `u`): the code point in `codePoint`; the address behind it or 0. */
let codePoint: u32 = 0;
function unicode(p: usize): usize {
  const u = hex4(p);
  if (u > 0xffff) return 0;
  p += 4;
  codePoint = u;
  if (u >= 0xd800 && u < 0xe000) {
    if (u >= 0xdc00 || load<u16>(p) != 0x755c) return 0;
    const low = hex4(p + 2);
    if (low < 0xdc00 || low > 0xdfff) return 0;
    codePoint = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
    p += 6;
  }
  return p;
}
function putCodePoint(o: usize): usize {
  const u = codePoint;
  if (u < 0x80) {
    store<u8>(o, u);
    return o + 1;
  }
  if (u < 0x800) {
    store<u8>(o, 0xc0 | (u >> 6));
    store<u8>(o, 0x80 | (u & 63), 1);
    return o + 2;
  }
  if (u < 0x10000) {
    store<u8>(o, 0xe0 | (u >> 12));
    store<u8>(o, 0x80 | ((u >> 6) & 63), 1);
    store<u8>(o, 0x80 | (u & 63), 2);
    return o + 3;
  }
  store<u8>(o, 0xf0 | (u >> 18));
  store<u8>(o, 0x80 | ((u >> 12) & 63), 1);
  store<u8>(o, 0x80 | ((u >> 6) & 63), 2);
  store<u8>(o, 0x80 | (u & 63), 3);
  return o + 4;
}
function simpleEscape(c: u32): u32 {
  if (c == 110) return 10;
  if (c == 116) return 9;
  if (c == 114) return 13;
  if (c == 98) return 8;
  if (c == 102) return 12;
  return c == 34 || c == 92 || c == 47 ? c : 0;
}

/** The length of the escaped string is known only at its end: first find it, then decode into fresh memory. */
function decode(start: usize): usize {
  let end = start;
  for (;;) {
    end = special(end);
    const c: u32 = load<u8>(end);
    if (c == 34) break;
    if (c != 92) return fail(BAD_JSON);
    end += 2;
  }
  const out = alloc(end - start + 32);
  if (!out) return fail(TOO_LARGE);
  let o = out;
  let p = start;
  while (p < end) {
    let c: u32 = load<u8>(p);
    if (c != 92) {
      store<u8>(o++, c);
      p++;
      continue;
    }
    c = load<u8>(p, 1);
    p += 2;
    if (c == 117) {
      p = unicode(p);
      if (!p) return fail(BAD_JSON);
      o = putCodePoint(o);
    } else {
      c = simpleEscape(c);
      if (!c) return fail(BAD_JSON);
      store<u8>(o++, c);
    }
  }
  if (p != end) return fail(BAD_JSON);
  sPtr = out;
  sLen = <u32>(o - out);
  v128.store(o, i64x2.splat(0));
  return end + 1;
}

/** A string whose opening quote is behind us: sPtr, sLen. */
@inline export function readString(start: usize): usize {
  const e = special(start);
  const c = load<u8>(e);
  if (c == 34) {
    sPtr = start;
    sLen = <u32>(e - start);
    return e + 1;
  }
  return c == 92 ? decode(start) : fail(BAD_JSON);
}

function skipStringSlow(p: usize): usize {
  for (;;) {
    const c = load<u8>(p);
    if (c == 34) return p + 1;
    if (c != 92) return fail(BAD_JSON);
    const d = load<u8>(p, 1);
    if (d == 117) {
      p = unicode(p + 2);
      if (!p) return fail(BAD_JSON);
    } else if (simpleEscape(d)) p += 2;
    else return fail(BAD_JSON);
    p = special(p);
  }
  return 0;
}
@inline export function skipString(start: usize): usize {
  const e = special(start);
  return load<u8>(e) == 34 ? e + 1 : skipStringSlow(e);
}

@inline function digit(c: u32): bool {
  return c - 48 < 10;
}

const POW10: usize = memory.data<u64>([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000]);
@inline export function pow10(n: i32): i64 {
  return load<i64>(POW10 + (<usize>n << 3));
}
const LIMIT_DIGITS: u64 = 1000000000000000;
const LIMIT_INTEGER: u64 = 9007199254740991;
const TOO_LONG: u64 = 0xffffffffffffffff;

/** m, then `zeros` zeros, then digit d; TOO_LONG once that cannot fit any more. */
@inline function append(m: u64, zeros: i32, d: u32): u64 {
  if (zeros == 0 && m < LIMIT_DIGITS / 10) return m * 10 + d;
  return zeros > 16 || m > LIMIT_INTEGER / <u64>pow10(zeros + 1) ? TOO_LONG : m * <u64>pow10(zeros + 1) + d;
}

/** A number in the grammar of RFC 8259, exactly (docs/semantics.md, "Numbers"). Up to 15 plain digits are the common case. */
export function readNumber(start: usize): usize {
  let p = start;
  const minus = load<u8>(p) == 45;
  if (minus) p++;
  const first = p;
  let m: i64 = 0;
  let c: u32 = load<u8>(p);
  while (c - 48 < 10) {
    m = m * 10 + <i64>(c - 48);
    c = load<u8>(++p);
  }
  const n = p - first;
  if (c == 46 || (c | 32) == 101 || n - 1 > 14 || (n > 1 && load<u8>(first) == 48)) return readAnyNumber(start);
  // integers keep their zeros: equal exponents make comparing cheap
  nExponent = 0;
  nDigits = minus ? -m : m;
  return p;
}

function readAnyNumber(p: usize): usize {
  let c: u32 = load<u8>(p);
  let negative = false;
  let m: u64 = 0;
  let zeros: i32 = 0; // zeros since the last other digit
  let fraction: i32 = 0;
  let exponent: i32 = 0;
  if (c == 45) {
    negative = true;
    c = load<u8>(++p);
  }
  if (!digit(c)) return fail(BAD_JSON);
  if (c == 48) c = load<u8>(++p);
  else {
    do {
      if (c == 48) zeros++;
      else {
        m = append(m, zeros, c - 48);
        zeros = 0;
      }
      c = load<u8>(++p);
    } while (digit(c));
  }
  if (c == 46) {
    c = load<u8>(++p);
    if (!digit(c)) return fail(BAD_JSON);
    do {
      fraction++;
      if (c == 48) {
        if (m) zeros++;
      } else {
        m = append(m, zeros, c - 48);
        zeros = 0;
      }
      c = load<u8>(++p);
    } while (digit(c));
  }
  if ((c | 32) == 101) {
    c = load<u8>(++p);
    const minus = c == 45;
    if (c == 43 || minus) c = load<u8>(++p);
    if (!digit(c)) return fail(BAD_JSON);
    do {
      // beyond any that the digits of a whole request could bring back into range
      if (exponent < 100000000) exponent = exponent * 10 + <i32>(c - 48);
      c = load<u8>(++p);
    } while (digit(c));
    if (minus) exponent = -exponent;
  }
  if (m == 0) {
    nDigits = 0;
    nExponent = 0;
    return p;
  }
  exponent = exponent - fraction + zeros;
  const short = m < LIMIT_DIGITS && exponent >= -22 && exponent <= 22;
  if (!short && (exponent < 0 || exponent > 16 || m > LIMIT_INTEGER / <u64>pow10(exponent))) return fail(NUMBER_RANGE);
  nDigits = negative ? -(<i64>m) : <i64>m;
  nExponent = exponent;
  return p;
}

/** The same without the value: up to 15 digits and no exponent always fit. */
function skipNumber(start: usize): usize {
  let p = start;
  let c: u32 = load<u8>(p);
  if (c == 45) c = load<u8>(++p);
  const first = p;
  if (c == 48) c = load<u8>(++p);
  else {
    if (!digit(c)) return fail(BAD_JSON);
    do c = load<u8>(++p);
    while (digit(c));
  }
  if (c == 46) {
    c = load<u8>(++p);
    if (!digit(c)) return fail(BAD_JSON);
    do c = load<u8>(++p);
    while (digit(c));
  }
  if ((c | 32) == 101 || p - first > 15) return readNumber(start);
  return p;
}

/** Marks the key just read (sPtr, sLen) as used in the object whose keys begin at `base`. False: refused. */
@inline export function newKey(base: u32, h: u32): bool {
  const hv = i32x4.splat(h);
  let any: i32 = 0;
  for (let i = base; i < dupTop; i += 4) {
    const left = dupTop - i;
    any |= i32x4.bitmask(i32x4.eq(hv, v128.load(DUP_HASH + (<usize>i << 2)))) & (left >= 4 ? 15 : (1 << left) - 1);
  }
  if (any && sameKey(base)) {
    fail(DUPLICATE_KEY);
    return false;
  }
  if (dupTop >= MAX_OPEN) {
    fail(TOO_LARGE);
    return false;
  }
  store<u32>(DUP_HASH + (<usize>dupTop << 2), h);
  store<u32>(DUP_KEY + (<usize>dupTop << 3), <u32>sPtr);
  store<u32>(DUP_KEY + (<usize>dupTop << 3), sLen, 4);
  dupTop++;
  return true;
}
function sameKey(base: u32): bool {
  for (let i = base; i < dupTop; i++) {
    const e = DUP_KEY + (<usize>i << 3);
    if (load<u32>(e, 4) == sLen && equal(<usize>load<u32>(e), sPtr, sLen)) return true;
  }
  return false;
}

/** Any value, only checked. `depth` counts the containers around it. */
export function skip(p: usize, depth: i32): usize {
  const c: u32 = load<u8>(p);
  if (c == 34) return skipString(p + 1);
  if (c == 45 || digit(c)) return skipNumber(p);
  if (c == 123) return skipObject(p, depth);
  if (c == 91) {
    if (depth >= MAX_DEPTH) return fail(TOO_DEEP);
    p = space(p + 1);
    if (load<u8>(p) == 93) return p + 1;
    for (;;) {
      p = skip(p, depth + 1);
      if (!p) return 0;
      p = space(p);
      const k = load<u8>(p);
      if (k == 44) p = space(p + 1);
      else return k == 93 ? p + 1 : fail(BAD_JSON);
    }
  }
  const word = load<u32>(p);
  if (word == 0x65757274 || word == 0x6c6c756e) return p + 4;
  if (word == 0x736c6166 && load<u8>(p, 4) == 101) return p + 5;
  return fail(BAD_JSON);
}

function skipObject(p: usize, depth: i32): usize {
  if (depth >= MAX_DEPTH) return fail(TOO_DEEP);
  p = space(p + 1);
  if (load<u8>(p) == 125) return p + 1;
  const base = dupTop;
  const memory = bump;
  for (;;) {
    if (load<u8>(p) != 34) return fail(BAD_JSON);
    p = readString(p + 1);
    if (!p || !newKey(base, hash(sPtr, sLen))) return 0;
    p = space(p);
    if (load<u8>(p) != 58) return fail(BAD_JSON);
    p = skip(space(p + 1), depth + 1);
    if (!p) return 0;
    p = space(p);
    const k = load<u8>(p);
    if (k == 44) {
      p = space(p + 1);
      continue;
    }
    if (k != 125) return fail(BAD_JSON);
    dupTop = base;
    setBump(memory); // decoded keys are needed no longer
    return p + 1;
  }
}

function utf8Slow(p: usize, end: usize): bool {
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (c < 0x80) {
      // bytes behind the end are NUL: whole blocks of ASCII can be stepped over
      const high = <u32>i8x16.bitmask(v128.load(p));
      p += high ? ctz(high) : 16;
      continue;
    }
    if (c < 0xc2 || c > 0xf4) return false;
    const n: usize = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (p + n > end) return false;
    const b: u32 = load<u8>(p, 1);
    if ((b & 0xc0) != 0x80) return false;
    if (c == 0xe0 && b < 0xa0) return false;
    if (c == 0xed && b > 0x9f) return false;
    if (c == 0xf0 && b < 0x90) return false;
    if (c == 0xf4 && b > 0x8f) return false;
    if (n > 2 && (load<u8>(p, 2) & 0xc0) != 0x80) return false;
    if (n > 3 && (load<u8>(p, 3) & 0xc0) != 0x80) return false;
    p += n;
  }
  return true;
}

/** RFC 3629. Sixteen ASCII bytes at a time; the slow way only when there is anything else. */
export function utf8(p: usize, end: usize): bool {
  let a: v128 = i64x2.splat(0);
  let q = p;
  while (q + 64 <= end) {
    a = v128.or(a, v128.or(v128.or(v128.load(q), v128.load(q, 16)), v128.or(v128.load(q, 32), v128.load(q, 48))));
    q += 64;
  }
  while (q + 16 <= end) {
    a = v128.or(a, v128.load(q));
    q += 16;
  }
  a = v128.or(a, v128.load(q)); // what is left, and the NUL bytes behind it
  return i8x16.bitmask(a) ? utf8Slow(p, end) : true;
}
