// What a text may be in another writing (docs/semantics/inspection.md §3): escapes of every kind at once, runs of base64 and of hexadecimal
// digits. Decoded bytes are searched as they are; they need not be a text.

/** Letters of base64 that a run has at least, and hexadecimal digits. */
export const BASE64_RUN: usize = 12;
export const HEX_RUN: usize = 16;

@inline function hex(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  c |= 32;
  return c - 97 < 6 ? c - 87 : 16;
}
/** Six bits; 64: no letter of base64. */
@inline function six(c: u32): u32 {
  if (c - 65 < 26) return c - 65;
  if (c - 97 < 26) return c - 71;
  if (c - 48 < 10) return c + 4;
  return c == 43 || c == 45 ? 62 : c == 47 || c == 95 ? 63 : 64;
}
@inline export function isHexDigit(c: u32): bool {
  return hex(c) < 16;
}
@inline export function isBase64(c: u32): bool {
  return six(c) < 64;
}

// ── escapes

/** Where the next byte of the decoded text goes. */
let o: usize = 0;

function put(u: u32): void {
  if (u < 0x80) store<u8>(o++, u);
  else if (u < 0x800) {
    store<u8>(o, 0xc0 | (u >> 6));
    store<u8>(o, 0x80 | (u & 63), 1);
    o += 2;
  } else if (u < 0x10000) {
    store<u8>(o, 0xe0 | (u >> 12));
    store<u8>(o, 0x80 | ((u >> 6) & 63), 1);
    store<u8>(o, 0x80 | (u & 63), 2);
    o += 3;
  } else {
    store<u8>(o, 0xf0 | (u >> 18));
    store<u8>(o, 0x80 | ((u >> 12) & 63), 1);
    store<u8>(o, 0x80 | ((u >> 6) & 63), 2);
    store<u8>(o, 0x80 | (u & 63), 3);
    o += 4;
  }
}
/** A code point that is none of a surrogate is put; false: there is no such character. */
function putScalar(u: u32): bool {
  if (u > 0x10ffff || u - 0xd800 < 0x800) return false;
  put(u);
  return true;
}

/** `digits` hexadecimal digits at p, as a number; 0xFFFFFFFF: they are not there. */
function hexAt(p: usize, end: usize, digits: usize): u32 {
  if (end - p < digits) return 0xffffffff;
  let v: u32 = 0;
  for (let i: usize = 0; i < digits; i++) {
    const d = hex(load<u8>(p + i));
    if (d > 15) return 0xffffffff;
    v = (v << 4) | d;
  }
  return v;
}

let number: u32 = 0;
/** 1 to `most` digits at p, then `last`: the number, and the address behind; 0: they are not there. */
function closed(p: usize, end: usize, base: u32, most: usize, last: u32): usize {
  number = 0;
  let q = p;
  for (; q < end && <usize>(q - p) < most; q++) {
    const d = hex(load<u8>(q));
    if (d >= base) break;
    number = number * base + d;
  }
  return q > p && q < end && <u32>load<u8>(q) == last ? q + 1 : 0;
}

/** Behind a backslash at p. */
function backslash(p: usize, end: usize): usize {
  if (p + 1 >= end) return 0;
  const c: u32 = load<u8>(p, 1);
  if (c == 120) {
    const v = hexAt(p + 2, end, 2);
    if (v > 255) return 0;
    store<u8>(o++, v);
    return p + 4;
  }
  if (c == 117) {
    if (p + 2 < end && load<u8>(p, 2) == 123) {
      const q = closed(p + 3, end, 16, 6, 125);
      return q && putScalar(number) ? q : 0;
    }
    const v = hexAt(p + 2, end, 4);
    if (v > 0xffff) return 0;
    if (v - 0xd800 >= 0x400) return putScalar(v) ? p + 6 : 0;
    const low = p + 8 <= end && load<u16>(p, 6) == 0x755c ? hexAt(p + 8, end, 4) : 0;
    if (low - 0xdc00 >= 0x400) return 0;
    put(0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00));
    return p + 12;
  }
  const v: u32 = c == 110 ? 10 : c == 116 ? 9 : c == 114 ? 13 : c == 98 ? 8 : c == 102 ? 12 : c == 34 || c == 92 || c == 47 ? c : 0;
  if (!v) return 0;
  store<u8>(o++, v);
  return p + 2;
}

@inline function named(p: usize, end: usize, n: usize, low: u32, high: u32): bool {
  if (end - p < n) return false;
  const word = (<u64>high << 32) | low;
  const mask: u64 = n == 8 ? 0xffffffffffffffff : (<u64>1 << (<u64>n << 3)) - 1;
  return ((load<u64>(p) ^ word) & mask) == 0;
}

/** `&lt;` and the like, `&#60;`, `&#x3c;`. */
function entity(p: usize, end: usize): usize {
  if (p + 3 >= end) return 0;
  if (load<u8>(p, 1) == 35) {
    const x = (<u32>load<u8>(p, 2) | 32) == 120;
    const q = x ? closed(p + 3, end, 16, 6, 59) : closed(p + 2, end, 10, 7, 59);
    return q && putScalar(number) ? q : 0;
  }
  let v: u32 = 0;
  let n: usize = 0;
  p++;
  if (named(p, end, 3, 0x3b746c, 0)) (v = 60), (n = 3); // lt;
  else if (named(p, end, 3, 0x3b7467, 0)) (v = 62), (n = 3); // gt;
  else if (named(p, end, 4, 0x3b706d61, 0)) (v = 38), (n = 4); // amp;
  else if (named(p, end, 5, 0x746f7571, 0x3b)) (v = 34), (n = 5); // quot;
  else if (named(p, end, 5, 0x736f7061, 0x3b)) (v = 39), (n = 5); // apos;
  else if (named(p, end, 5, 0x7073626e, 0x3b)) (v = 32), (n = 5); // nbsp;
  if (!n) return 0;
  store<u8>(o++, v);
  return p + n;
}

/** The text without its escapes, at `out`, which has room for it: its length; 0xFFFFFFFF: it has none. */
export function unescape(p: usize, end: usize, out: usize): u32 {
  o = out;
  let any = false;
  while (p < end) {
    const c: u32 = load<u8>(p);
    let q: usize = 0;
    if (c == 37) {
      const v = hexAt(p + 1, end, 2);
      if (v < 256) {
        store<u8>(o++, v);
        q = p + 3;
      }
    } else if (c == 92) q = backslash(p, end);
    else if (c == 38) q = entity(p, end);
    if (q) {
      any = true;
      p = q;
    } else {
      store<u8>(o++, c);
      p++;
    }
  }
  return any ? <u32>(o - out) : 0xffffffff;
}

// ── runs

@inline function isLine(c: u32): bool {
  return c == 10 || c == 13;
}

/** The run of base64 that the last search found: where it begins and ends, and how many letters it has; line ends stand in it. */
export let runStart: usize = 0;
export let runEnd: usize = 0;
export let runLetters: usize = 0;

/** The next run at or behind p that is long enough; false: there is none. */
export function nextBase64(p: usize, end: usize): bool {
  while (p < end) {
    while (p < end && !isBase64(load<u8>(p))) p++;
    runStart = p;
    runLetters = 0;
    while (p < end) {
      const c: u32 = load<u8>(p);
      if (isBase64(c)) {
        runLetters++;
        runEnd = ++p;
      } else if (isLine(c)) p++;
      else break;
    }
    if (runLetters >= BASE64_RUN) return true;
  }
  return false;
}
export function nextHex(p: usize, end: usize): bool {
  while (p < end) {
    while (p < end && !isHexDigit(load<u8>(p))) p++;
    runStart = p;
    while (p < end && isHexDigit(load<u8>(p))) p++;
    runEnd = p;
    if (p - runStart >= HEX_RUN) return true;
  }
  return false;
}

/** The run without its first `skip` letters, decoded: how many bytes. */
export function decodeBase64(p: usize, end: usize, skip: u32, out: usize): u32 {
  let bits: u32 = 0;
  let have: u32 = 0;
  let at = out;
  for (; p < end; p++) {
    const v = six(load<u8>(p));
    if (v > 63) continue;
    if (skip) {
      skip--;
      continue;
    }
    bits = (bits << 6) | v;
    have += 6;
    if (have >= 8) {
      have -= 8;
      store<u8>(at++, bits >> have);
    }
  }
  return <u32>(at - out);
}
export function decodeHex(p: usize, end: usize, skip: usize, out: usize): u32 {
  let at = out;
  for (p += skip; p + 1 < end; p += 2) store<u8>(at++, (hex(load<u8>(p)) << 4) | hex(load<u8>(p, 1)));
  return <u32>(at - out);
}
