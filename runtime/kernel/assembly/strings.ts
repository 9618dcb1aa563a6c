// UTF-8 (RFC 3629) and the strings of JSON.
//
// INVARIANT: no reader gets past a byte above 127 before the whole text was found to be UTF-8. Text without such a byte is
// never looked at twice: scanning for a string's end finds them on the way, and outside strings none is well-formed.
import { alloc } from "./memory";
import { BAD_JSON, BAD_UTF8, TOO_LARGE, fail } from "./fault";

/** The last string read, decoded. */
export let sPtr: usize = 0;
export let sLen: u32 = 0;

/** Takes a known name for the string last read. */
export function nameString(p: usize, len: u32): void {
  sPtr = p;
  sLen = len;
}

let textStart: usize = 0;
let textEnd: usize = 0;
let isUtf8: bool = false;

/** A new text: [start, end), followed by NUL bytes. */
export function beginText(start: usize, end: usize): void {
  textStart = start;
  textEnd = end;
  isUtf8 = false;
}
/** Is the text UTF-8? It is looked at once. */
export function validUtf8(): bool {
  return validUtf8From(textStart);
}
/** The same, where all before p was read and found to be. */
function validUtf8From(p: usize): bool {
  if (!isUtf8) isUtf8 = utf8(p, textEnd);
  return isUtf8;
}

function utf8(p: usize, end: usize): bool {
  for (;;) {
    // what lies up to 64 bytes behind the end is read, and does not count
    while (!i8x16.bitmask(v128.or(v128.or(v128.load(p), v128.load(p, 16)), v128.or(v128.load(p, 32), v128.load(p, 48))))) {
      p += 64;
      if (p >= end) return true;
    }
    let high = <u32>i8x16.bitmask(v128.load(p));
    while (!high) {
      p += 16;
      high = <u32>i8x16.bitmask(v128.load(p));
    }
    p += ctz(high);
    if (p >= end) return true;
    do {
      const n = sequence(p, end);
      if (!n) return false;
      p += n;
    } while (load<u8>(p) >= 0x80); // a NUL stands at the end
  }
  return false;
}
/** Length of the well-formed sequence at p, whose first byte is above 127; 0: it is none. */
@inline function sequence(p: usize, end: usize): usize {
  const c: u32 = load<u8>(p);
  if (c < 0xc2 || c > 0xf4) return 0;
  const n: usize = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (p + n > end) return 0;
  const b: u32 = load<u8>(p, 1);
  if ((b & 0xc0) != 0x80) return 0;
  if (c == 0xe0 && b < 0xa0) return 0;
  if (c == 0xed && b > 0x9f) return 0;
  if (c == 0xf0 && b < 0x90) return 0;
  if (c == 0xf4 && b > 0x8f) return 0;
  if (n > 2 && (load<u8>(p, 2) & 0xc0) != 0x80) return 0;
  if (n > 3 && (load<u8>(p, 3) & 0xc0) != 0x80) return 0;
  return n;
}

const CONSTANTS: usize = memory.data<u8>([2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,33,33,33,33,33,33,33,33,33,33,33,33,33,33,33,33,92,92,92,92,92,92,92,92,92,92,92,92,92,92,92,92], 16);

/**
 * Of the 16 bytes at p, a bit for each quote, backslash, control byte and byte above 127. `x ^ 2` puts the quote (34) right
 * behind the control bytes (0 to 31) and the space and `!` above it; bytes above 127 are negative.
 */
@inline export function stops(p: usize): u32 {
  const v = v128.load(p);
  // constants from memory: engines load one in one step, and make a splat in three
  const below = i8x16.lt_s(v128.xor(v, v128.load(CONSTANTS)), v128.load(CONSTANTS, 16));
  return <u32>i8x16.bitmask(v128.or(below, i8x16.eq(v, v128.load(CONSTANTS, 32))));
}
/** The same without the bytes above 127. */
@inline function quotes(p: usize): u32 {
  const v = v128.load(p);
  const x = v128.xor(v, i8x16.splat(2));
  return <u32>i8x16.bitmask(v128.or(i8x16.eq(x, i8x16.min_u(x, i8x16.splat(32))), i8x16.eq(v, i8x16.splat(92))));
}

/** The first byte at or after p that is one of `stops`. */
@inline export function stop(p: usize): usize {
  const m = stops(p);
  return m ? p + ctz(m) : laterStop(p + 16);
}
function laterStop(p: usize): usize {
  let m = stops(p);
  while (!m) {
    p += 16;
    m = stops(p);
  }
  return p + ctz(m);
}
/** The first quote, backslash or control byte at or after p; 0: a byte before it shows that the text is no UTF-8. */
function quote(p: usize): usize {
  p = stop(p);
  if (load<u8>(p) < 128) return p;
  if (!validUtf8From(p)) return fail(BAD_UTF8);
  let m = quotes(p);
  while (!m) {
    p += 16;
    m = quotes(p);
  }
  return p + ctz(m);
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
    end = quote(end);
    if (!end) return 0;
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

/** A string from `start` whose first stop, at e, is no quote: sPtr, sLen, and the address behind its closing quote. */
export function readStringFrom(start: usize, e: usize): usize {
  e = quote(e);
  if (!e) return 0;
  const c = load<u8>(e);
  if (c == 34) {
    sPtr = start;
    sLen = <u32>(e - start);
    return e + 1;
  }
  return c == 92 ? decode(start) : fail(BAD_JSON);
}
/** A string whose opening quote is behind us: sPtr, sLen. */
@inline export function readString(start: usize): usize {
  const e = stop(start);
  if (load<u8>(e) == 34) {
    sPtr = start;
    sLen = <u32>(e - start);
    return e + 1;
  }
  return readStringFrom(start, e);
}

/** A string whose first stop, at p, is no quote: the address behind its closing quote. */
export function skipStringFrom(p: usize): usize {
  for (;;) {
    p = quote(p);
    if (!p) return 0;
    const c = load<u8>(p);
    if (c == 34) return p + 1;
    if (c != 92) return fail(BAD_JSON);
    const d = load<u8>(p, 1);
    if (d == 117) {
      p = unicode(p + 2);
      if (!p) return fail(BAD_JSON);
    } else if (simpleEscape(d)) p += 2;
    else return fail(BAD_JSON);
  }
  return 0;
}
@inline export function skipString(start: usize): usize {
  const e = stop(start);
  return load<u8>(e) == 34 ? e + 1 : skipStringFrom(e);
}
