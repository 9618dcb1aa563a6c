// Canonical forms of Host, Email, Url and Path (docs/semantics.md, §3): false when the text has none.
// The canonical text goes to fresh memory and into the node; `part` keeps where its members lie.
import { alloc } from "./memory";
import { N_LEN, N_PART, N_PTR } from "./value";

@inline function lower(c: u32): u32 {
  return c - 65 < 26 ? c | 32 : c;
}
@inline function isDigit(c: u32): bool {
  return c - 48 < 10;
}
@inline function isAlpha(c: u32): bool {
  return (c | 32) - 97 < 26;
}
function hexValue(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  c |= 32;
  return c - 97 < 6 ? c - 87 : 255;
}

/** Length of the last host written; whether it was four numbers. */
let hostLen: u32 = 0;
let hostNumeric: bool = false;
let hostLabels: u32 = 0;
let hostLastAlpha: bool = false;

/** Writes the canonical host of [p, p+len) to o. */
function putHost(p: usize, len: u32, o: usize): bool {
  if (len && load<u8>(p + len - 1) == 46) len--;
  if (len == 0 || len > 253) return false;
  let labelStart: u32 = 0;
  let labels: u32 = 0;
  for (let i: u32 = 0; i <= len; i++) {
    const c: u32 = i < len ? lower(load<u8>(p + i)) : 46;
    if (c == 46) {
      const n = i - labelStart;
      if (n == 0 || n > 63) return false;
      if (load<u8>(o + labelStart) == 45 || load<u8>(o + i - 1) == 45) return false;
      labels++;
      if (i < len) {
        store<u8>(o + i, 46);
        labelStart = i + 1;
      }
      continue;
    }
    if (!(isDigit(c) || c - 97 < 26 || c == 45 || c == 95)) return false;
    store<u8>(o + i, c);
  }
  hostLen = len;
  hostLabels = labels;
  hostNumeric = numericLabel(o + labelStart, len - labelStart);
  hostLastAlpha = isAlpha(load<u8>(o + labelStart));
  return !hostNumeric || (labels == 4 && dottedQuad(o, len));
}
function numericLabel(p: usize, n: u32): bool {
  if (n >= 2 && load<u8>(p) == 48 && load<u8>(p, 1) == 120) {
    for (let i: u32 = 2; i < n; i++) if (hexValue(load<u8>(p + i)) > 15) return false;
    return true;
  }
  for (let i: u32 = 0; i < n; i++) if (!isDigit(load<u8>(p + i))) return false;
  return true;
}
function dottedQuad(p: usize, len: u32): bool {
  let v: u32 = 0;
  let n: u32 = 0;
  for (let i: u32 = 0; i <= len; i++) {
    const c: u32 = i < len ? load<u8>(p + i) : 46;
    if (c == 46) {
      if (n == 0 || v > 255) return false;
      v = 0;
      n = 0;
    } else {
      if (!isDigit(c) || n == 3 || (n > 0 && v == 0)) return false;
      v = v * 10 + (c - 48);
      n++;
    }
  }
  return true;
}

@inline function finish(node: usize, at: usize, len: u32): void {
  store<u32>(node, <u32>at, N_PTR);
  store<u32>(node, len, N_LEN);
}

/**
 * The common host, up to 32 bytes and canonical as it stands: lower-case letters, digits, `_`, single dots inside, hyphens
 * not beside them, a last label that does not begin with a digit.
 */
function plainHost(p: usize, len: u32): bool {
  if (len - 1 > 31) return false;
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const letters = inRange(a, 97, 25) | (inRange(b, 97, 25) << 16);
  const digits = inRange(a, 48, 9) | (inRange(b, 48, 9) << 16);
  const dots = equals(a, 46) | (equals(b, 46) << 16);
  const hyphens = equals(a, 45) | (equals(b, 45) << 16);
  const others = equals(a, 95) | (equals(b, 95) << 16);
  const all: u32 = len == 32 ? 0xffffffff : (1 << len) - 1;
  if (((letters | digits | dots | hyphens | others) & all) != all) return false;
  const edges = ((dots & all) << 1) | (dots >> 1) | 1 | (1 << (len - 1));
  if ((dots | hyphens) & edges & all) return false;
  const inside = dots & all;
  const last = inside ? 32 - clz(inside) : 0; // where the last label begins
  return ((digits >> last) & 1) == 0;
}
@inline function inRange(v: v128, low: i32, width: i32): u32 {
  const d = i8x16.sub(v, i8x16.splat(<i8>low));
  return <u32>i8x16.bitmask(i8x16.eq(d, i8x16.min_u(d, i8x16.splat(<i8>width))));
}
@inline function equals(v: v128, c: i32): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(v, i8x16.splat(<i8>c)));
}

export function canonicalHost(p: usize, len: u32, node: usize): bool {
  if (plainHost(p, len)) {
    finish(node, p, len);
    return true;
  }
  const o: usize = len > 254 ? 0 : alloc(len + 16);
  if (!o || !putHost(p, len, o)) return false;
  finish(node, o, hostLen);
  return true;
}

/** ``[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]`` as two 64-bit sets. */
@inline function localByte(c: u32): bool {
  if (c >= 128) return false;
  return c < 64 ? ((<u64>0xa3ffecfa00000000) >> <u64>c) & 1 ? true : false : ((<u64>0x7fffffffc7fffffe) >> <u64>(c - 64)) & 1 ? true : false;
}
/** part 0: offset of `@`. */
export function canonicalEmail(p: usize, len: u32, node: usize): bool {
  let at: u32 = 0;
  while (at < len && load<u8>(p + at) != 64) at++;
  if (at == 0 || at > 64 || at == len || len > 64 + 1 + 254) return false;
  const o = alloc(len + 16);
  if (!o) return false;
  let before: u32 = 46;
  for (let i: u32 = 0; i < at; i++) {
    const c: u32 = load<u8>(p + i);
    if (!localByte(c) || (c == 46 && before == 46)) return false;
    store<u8>(o + i, lower(c));
    before = c;
  }
  if (before == 46) return false;
  store<u8>(o + at, 64);
  if (!putHost(p + at + 1, len - at - 1, o + at + 1) || hostNumeric) return false;
  finish(node, o, at + 1 + hostLen);
  store<u32>(node, at, N_PART);
  return true;
}

/** `http ws` 80, `https wss` 443, `ftp` 21; 0: not one of ours. */
function schemePort(o: usize, n: u32): u32 {
  const w = load<u32>(o);
  if (n == 4 && w == 0x70747468) return 80;
  if (n == 5 && w == 0x70747468 && load<u8>(o, 4) == 115) return 443;
  if (n == 2 && (w & 0xffff) == 0x7377) return 80;
  if (n == 3 && (w & 0xffffff) == 0x737377) return 443;
  if (n == 3 && (w & 0xffffff) == 0x707466) return 21;
  return 0;
}
@inline function unreserved(c: u32): bool {
  return isDigit(c) || isAlpha(c) || c == 45 || c == 46 || c == 95 || c == 126;
}
/** Copies [p, end) to o with normalised percent triples; the new o, or 0. */
function putEscaped(p: usize, end: usize, o: usize): usize {
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (c != 37) {
      store<u8>(o++, c);
      p++;
      continue;
    }
    if (p + 2 >= end) return 0;
    const a = hexValue(load<u8>(p, 1));
    const b = hexValue(load<u8>(p, 2));
    if ((a | b) > 15) return 0;
    const v = (a << 4) | b;
    if (unreserved(v)) store<u8>(o++, v);
    else {
      store<u8>(o, 37);
      store<u8>(o, a < 10 ? 48 + a : 55 + a, 1);
      store<u8>(o, b < 10 ? 48 + b : 55 + b, 2);
      o += 3;
    }
    p += 3;
  }
  return o;
}
/** Removes dot segments (RFC 3986 §5.2.4) of the absolute path [p, end), in place; the new end. */
function removeDots(p: usize, end: usize): usize {
  let o = p;
  let i = p;
  while (i < end) {
    // i is at a slash
    let e = i + 1;
    while (e < end && load<u8>(e) != 47) e++;
    const n = e - i - 1;
    const dot = n == 1 && load<u8>(i, 1) == 46;
    const dots = n == 2 && load<u8>(i, 1) == 46 && load<u8>(i, 2) == 46;
    if (dots) {
      while (o > p && load<u8>(--o) != 47) {}
    }
    if (dot || dots) {
      if (e == end) store<u8>(o++, 47);
    } else {
      memory.copy(o, i, n + 1);
      o += n + 1;
    }
    i = e;
  }
  return o;
}

/** part 0: offset of the host | length << 16, 1: port or 0xFFFFFFFF, 2: offset of the path, 3: its length. */
export function canonicalUrl(p: usize, len: u32, node: usize): bool {
  const end = p + len;
  for (let q = p; q < end; q++) {
    const c: u32 = load<u8>(q);
    if (c <= 32 || c >= 127 || c == 92) return false;
  }
  const out = alloc(len + 48);
  if (!out) return false;
  let o = out;
  let rest = p;
  let port: u32 = 0;
  let scheme = p;
  while (scheme + 2 < end && !(load<u8>(scheme) == 58 && load<u8>(scheme, 1) == 47 && load<u8>(scheme, 2) == 47)) scheme++;
  const schemeless = scheme + 2 >= end;
  if (!schemeless) {
    const n = <u32>(scheme - p);
    if (n > 5) return false;
    for (let i: u32 = 0; i < n; i++) store<u8>(o + i, lower(load<u8>(p + i)));
    port = schemePort(o, n);
    if (!port) return false;
    o += n;
    store<u8>(o++, 58);
    rest = scheme + 3;
  }
  store<u16>(o, 0x2f2f);
  o += 2;
  let authority = rest;
  let colon: usize = 0;
  while (authority < end) {
    const c: u32 = load<u8>(authority);
    if (c == 47 || c == 63 || c == 35) break;
    if (c == 64) return false;
    if (c == 58) colon = authority;
    authority++;
  }
  let given: u32 = 0xffffffff;
  if (colon) {
    if (authority - colon > 6) return false;
    if (authority - colon > 1) {
      given = 0;
      for (let q = colon + 1; q < authority; q++) {
        if (!isDigit(load<u8>(q))) return false;
        given = given * 10 + (load<u8>(q) - 48);
      }
      if (given > 65535) return false;
    }
  }
  const hostAt = o;
  if (!putHost(rest, <u32>((colon ? colon : authority) - rest), o)) return false;
  if (schemeless && hostLabels < 2) return false;
  const n = hostLen;
  o += n;
  if (given != 0xffffffff && (schemeless || given != port)) {
    store<u8>(o++, 58);
    o = putPort(given, o);
  }
  let query = authority;
  while (query < end && load<u8>(query) != 63 && load<u8>(query) != 35) query++;
  let fragment = query;
  while (fragment < end && load<u8>(fragment) != 35) fragment++;
  const pathAt = o;
  if (query == authority) store<u8>(o++, 47);
  else {
    o = putEscaped(authority, query, o);
    if (!o) return false;
    o = removeDots(pathAt, o);
  }
  const pathEnd = o;
  if (fragment > query) {
    o = putEscaped(query, fragment, o);
    if (!o) return false;
  }
  finish(node, out, <u32>(o - out));
  store<u32>(node, <u32>(hostAt - out) | (n << 16), N_PART);
  store<u32>(node, given != 0xffffffff ? given : schemeless ? 0xffffffff : port, N_PART + 4);
  store<u32>(node, <u32>(pathAt - out), N_PART + 8);
  store<u32>(node, <u32>(pathEnd - pathAt), N_PART + 12);
  urlBare = schemeless && given == 0xffffffff && pathEnd - pathAt == 1 && o == pathEnd;
  urlLastAlpha = hostLastAlpha;
  urlSchemeless = schemeless;
  return true;
}
/** Of the last Url: schemeless with nothing but a host; whether its last label begins with a letter. */
export let urlBare: bool = false;
export let urlLastAlpha: bool = false;
export let urlSchemeless: bool = false;

function putPort(v: u32, o: usize): usize {
  let n: usize = v > 9999 ? 5 : v > 999 ? 4 : v > 99 ? 3 : v > 9 ? 2 : 1;
  const end = o + n;
  while (n) {
    store<u8>(o + --n, 48 + (v % 10));
    v /= 10;
  }
  return end;
}

/** part 0: offset of the name, 1: offset of the extension (or the length). `base`: an absolute path for a relative one. `literal`: any characters stand for themselves. */
export function canonicalPath(base: usize, baseLen: u32, p: usize, len: u32, node: usize, literal: bool = false): bool {
  if (len == 0 || (load<u8>(p) == 126 && !literal)) return false;
  for (let i: u32 = 0; i < len && !literal; i++) {
    const c: u32 = load<u8>(p + i);
    if (c < 32 || c == 127 || c == 92) return false;
    if (c == 37 && i + 2 < len && (hexValue(load<u8>(p + i + 1)) | hexValue(load<u8>(p + i + 2))) < 16) return false;
  }
  const absolute = load<u8>(p) == 47;
  if (!absolute && base == 0) return false;
  const out = alloc(baseLen + len + 32);
  if (!out) return false;
  let o = out;
  if (!absolute && baseLen > 1) {
    memory.copy(o, base, baseLen);
    o += baseLen;
  }
  const end = p + len;
  let i = p;
  while (i < end) {
    let e = i;
    while (e < end && load<u8>(e) != 47) e++;
    const n = e - i;
    if (n == 2 && load<u8>(i) == 46 && load<u8>(i, 1) == 46) {
      while (o > out && load<u8>(--o) != 47) {}
    } else if (n > 0 && !(n == 1 && load<u8>(i) == 46)) {
      store<u8>(o++, 47);
      memory.copy(o, i, n);
      o += n;
    }
    i = e + 1;
  }
  if (o == out) store<u8>(o++, 47);
  const total = <u32>(o - out);
  let name = total;
  while (load<u8>(out + name - 1) != 47) name--;
  let ext = total;
  let dot = total;
  while (dot > name && load<u8>(out + dot - 1) != 46) dot--;
  if (dot > name + 1) ext = dot; // a dot that is not the name's first character
  finish(node, out, total);
  store<u32>(node, name, N_PART);
  store<u32>(node, ext, N_PART + 4);
  return true;
}
