// What stands in a text, chunk by chunk: numbers, addresses, links (docs/semantics/grounding.md, "Chunks and tokens").
// Pulled one by one: `startText`, `nextChunk`, in a chunk `startEmails`, `nextEmail`, then `startUrls`, `nextUrl`. One text at a time.
import { SCRATCH_NODE, TEXT } from "./memory";
import { canonicalEmail, canonicalUrl, urlBare, urlLastAlpha, urlSchemeless } from "./canonical";
import { plain } from "./decimal";
import { jsonError, nDigits, nExponent, readNumber, resetJson } from "./json";
import { N_LEN, N_PART, N_PTR } from "./value";

export const NONE: u32 = 0;
/** In canonical form at tokenPtr, tokenLen. */
export const FOUND: u32 = 1;
/** Something is there that has no form. */
export const FORMLESS: u32 = 2;
const MOST: u32 = 8;

@inline function isDigit(c: u32): bool {
  return c - 48 < 10;
}
@inline function isLetter(c: u32): bool {
  return (c | 32) - 97 < 26;
}
@inline function cuts(c: u32): bool {
  return c <= 32 || c == 44 || c == 59 || c == 124 || c == 60 || c == 62 || c == 40 || c == 41 || c == 91 || c == 93 || c == 123 || c == 125 || c == 34 || c == 96;
}
@inline function strips(c: u32): bool {
  return c == 39 || c == 42 || c == 95 || c == 35;
}
@inline function stripsEnd(c: u32): bool {
  return strips(c) || c == 46 || c == 58 || c == 33 || c == 63;
}
@inline function hostByte(c: u32): bool {
  return c >= 128 || isDigit(c) || isLetter(c) || c == 45 || c == 46 || c == 95;
}
@inline function schemeByte(c: u32): bool {
  return isDigit(c) || isLetter(c) || c == 43 || c == 45 || c == 46;
}
@inline function trims(c: u32): bool {
  return c == 45 || c == 46 || c == 95;
}
/** ``[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]`` */
@inline function localByte(c: u32): bool {
  return isDigit(c) || isLetter(c) || c == 33 || (c >= 35 && c <= 39) || c == 42 || c == 43 || (c >= 45 && c <= 47) || c == 61 || c == 63 || (c >= 94 && c <= 96) || (c >= 123 && c <= 126);
}

/** Bytes of a blank, quote, bracket, dash or ellipsis beyond ASCII at q, whose first byte is c; 0: none of them. */
function wideCut(q: usize, c: u32): usize {
  const d: u32 = load<u8>(q, 1);
  if (c == 0xc2) return d == 0xa0 || d == 0xab || d == 0xbb ? 2 : 0;
  const e: u32 = load<u8>(q, 2);
  if (c == 0xe2 && d == 0x80) return e <= 0x8b || e == 0x93 || e == 0x94 || (e >= 0x98 && e <= 0x9f) || e == 0xa6 || e == 0xb9 || e == 0xba ? 3 : 0;
  if (c == 0xe3 && d == 0x80) return e <= 0x81 || (e >= 0x8c && e <= 0x8f) ? 3 : 0;
  return c == 0xef && d == 0xbc && (e == 0x88 || e == 0x89 || e == 0x8c) ? 3 : 0;
}

// ── chunks
export let chunkPtr: usize = 0;
export let chunkEnd: usize = 0;
let textStart: usize = 0;
let textAt: usize = 0;
let textEnd: usize = 0;

export function startText(p: usize, len: u32): void {
  textStart = p;
  textAt = p;
  textEnd = p + len;
}
export function nextChunk(): bool {
  while (textAt < textEnd) {
    let p = textAt;
    let q = p;
    let cut: usize = 1;
    for (; q < textEnd; q++) {
      const c: u32 = load<u8>(q);
      if (c >= 128) {
        cut = wideCut(q, c);
        if (cut) break;
        continue;
      }
      cut = 1;
      if (!cuts(c)) continue;
      if (c != 44 || q == textStart || q + 1 >= textEnd || !isDigit(load<u8>(q - 1)) || !isDigit(load<u8>(q, 1))) break;
    }
    textAt = q + cut;
    while (p < q && strips(load<u8>(p))) p++;
    while (q > p && stripsEnd(load<u8>(q - 1))) q--;
    if (p == q) continue;
    chunkPtr = p;
    chunkEnd = q;
    return true;
  }
  return false;
}

export let tokenPtr: usize = 0;
export let tokenLen: u32 = 0;
function found(): u32 {
  tokenPtr = <usize>load<u32>(SCRATCH_NODE, N_PTR);
  tokenLen = load<u32>(SCRATCH_NODE, N_LEN);
  return FOUND;
}

// ── addresses
let emailAt: usize = 0;
let emailCount: u32 = 0;

export function startEmails(): void {
  emailAt = chunkPtr;
  emailCount = 0;
}
export function nextEmail(): u32 {
  if (emailAt == chunkPtr && canonicalEmail(chunkPtr, <u32>(chunkEnd - chunkPtr), SCRATCH_NODE)) {
    emailAt = chunkEnd;
    return found();
  }
  while (emailAt < chunkEnd) {
    const at = emailAt++;
    if (load<u8>(at) != 64) continue;
    if (emailCount == MOST) {
      emailAt = chunkEnd;
      return FORMLESS;
    }
    emailCount++;
    let s = at;
    while (s > chunkPtr && localByte(load<u8>(s - 1))) s--;
    let e = at + 1;
    while (e < chunkEnd && hostByte(load<u8>(e))) e++;
    while (e > at + 1 && trims(load<u8>(e - 1))) e--;
    if (s == at || e == at + 1) continue;
    return canonicalEmail(s, <u32>(e - s), SCRATCH_NODE) ? found() : FORMLESS;
  }
  return NONE;
}

/** Where a reader takes the address to begin, in the Email just found: an offset, 0 for the whole. */
export function narrowed(p: usize, len: u32): u32 {
  let at: u32 = 0;
  while (at < len && load<u8>(p + at) != 64) at++;
  let s = at;
  while (s > 0) {
    const c: u32 = load<u8>(p + s - 1);
    if (!(isDigit(c) || isLetter(c) || c == 46 || c == 95 || c == 37 || c == 43 || c == 45)) break;
    s--;
  }
  return s;
}

// ── links
/** Of the Url just found: its host, and whether nothing else is said. */
export let urlHost: usize = 0;
export let urlHostLen: u32 = 0;
export let urlIsBare: bool = false;
const DONE: u32 = 0;
const WHOLE: u32 = 1;
const SITES: u32 = 2;
const SCHEMES: u32 = 3;
let phase: u32 = 0;
let siteAt: usize = 0;
let headEnd: usize = 0;
let schemeFrom: usize = 0;
let linkCount: u32 = 0;

export function startUrls(): void {
  phase = WHOLE;
  linkCount = 0;
}
function foundUrl(): u32 {
  found();
  const host = load<u32>(SCRATCH_NODE, N_PART);
  urlHost = tokenPtr + (host & 0xffff);
  urlHostLen = host >> 16;
  urlIsBare = urlBare;
  return FOUND;
}
/** The next `://` at or behind p; 0: none. */
function separator(p: usize): usize {
  for (; p + 2 < chunkEnd; p++) if (load<u8>(p) == 58 && load<u8>(p, 1) == 47 && load<u8>(p, 2) == 47) return p;
  return 0;
}
function schemeStart(at: usize): usize {
  while (at > chunkPtr && schemeByte(load<u8>(at - 1))) at--;
  return at;
}
function tooMany(): bool {
  if (++linkCount <= MOST) return false;
  phase = DONE;
  return true;
}

export function nextUrl(): u32 {
  if (phase == WHOLE) {
    const len = <u32>(chunkEnd - chunkPtr);
    if (canonicalEmail(chunkPtr, len, SCRATCH_NODE)) phase = DONE;
    else if (canonicalUrl(chunkPtr, len, SCRATCH_NODE) && (!urlSchemeless || urlLastAlpha)) {
      phase = urlSchemeless ? DONE : SCHEMES;
      if (!urlSchemeless) schemeFrom = separator(chunkPtr) + 1;
      return foundUrl();
    } else {
      const first = separator(chunkPtr);
      headEnd = first ? schemeStart(first) : chunkEnd;
      schemeFrom = chunkPtr;
      siteAt = chunkPtr;
      phase = SITES;
    }
  }
  if (phase == SITES) {
    const site = nextSite();
    if (site) return site;
    phase = SCHEMES;
  }
  if (phase != SCHEMES) return NONE;
  const at = separator(schemeFrom);
  if (!at) {
    phase = DONE;
    return NONE;
  }
  schemeFrom = at + 1;
  if (tooMany()) return FORMLESS;
  const begin = schemeStart(at);
  return canonicalUrl(begin, <u32>(chunkEnd - begin), SCRATCH_NODE) ? foundUrl() : FORMLESS;
}

/** Runs of the head that read as hosts and are no part of an address. */
function nextSite(): u32 {
  while (siteAt < headEnd) {
    let a = siteAt;
    if (!hostByte(load<u8>(a))) {
      siteAt++;
      continue;
    }
    let b = a;
    while (b < headEnd && hostByte(load<u8>(b))) b++;
    siteAt = b;
    if (b + 1 < chunkEnd && load<u8>(b) == 64 && hostByte(load<u8>(b, 1))) continue;
    if (a >= chunkPtr + 2 && load<u8>(a - 1) == 64 && localByte(load<u8>(a - 2))) continue;
    while (a < b && trims(load<u8>(a))) a++;
    while (b > a && trims(load<u8>(b - 1))) b--;
    if (!readsAsHost(a, b)) continue;
    if (tooMany()) return FORMLESS;
    if (canonicalUrl(a, <u32>(headEnd - a), SCRATCH_NODE) || canonicalUrl(a, <u32>(b - a), SCRATCH_NODE)) return foundUrl();
    return FORMLESS;
  }
  return NONE;
}

/** U+3002, U+FF0E, U+FF61, U+2024: what people and browsers read as a dot. */
@inline function wideDot(p: usize): bool {
  const w = load<u32>(p) & 0xffffff;
  return w == 0x8280e3 || w == 0x8ebcef || w == 0xa1bdef || w == 0xa480e2;
}
function readsAsHost(a: usize, b: usize): bool {
  let dot: usize = 0;
  for (let p = a; p < b; p++) {
    const c: u32 = load<u8>(p);
    if (c == 46) dot = p;
    else if (c >= 128 && p > a && p + 3 < b && wideDot(p)) {
      const before: u32 = load<u8>(p - 1);
      const after: u32 = load<u8>(p, 3);
      if ((isDigit(before) || isLetter(before)) && (isDigit(after) || isLetter(after))) return true;
    }
  }
  if (!dot) return false;
  const label = dot + 1;
  let letters = b - label > 1;
  for (let p = label; p < b; p++) {
    const c: u32 = load<u8>(p);
    if (c >= 128) return true;
    if (!isLetter(c)) letters = false;
  }
  return letters || (b - label >= 4 && (load<u32>(label) | 0x2020) == 0x2d2d6e78);
}

/** Of a canonical Url: would a reader make a link of it? endings, mask: what ends the names of files. */
export function lastLabel(): usize {
  let p = urlHost + urlHostLen;
  while (p > urlHost && load<u8>(p - 1) != 46) p--;
  return p;
}
export function readsAsLink(): bool {
  if (load<u8>(tokenPtr) != 47) return true;
  const label = lastLabel();
  const n = <u32>(urlHost + urlHostLen - label);
  if (n >= 4 && load<u32>(label) == 0x2d2d6e78) return true;
  if (n < 2) return false;
  for (let i: u32 = 0; i < n; i++) if (!isLetter(load<u8>(label + i))) return false;
  return true;
}

// ── numbers

/** Length of a currency sign at p: `$` 1, `£` 2, `€` 3, else 0. */
function currency(p: usize, end: usize): usize {
  const c: u32 = load<u8>(p);
  if (c == 36) return 1;
  if (p + 2 <= end && c == 0xc2 && load<u8>(p, 1) == 0xa3) return 2;
  if (p + 3 <= end && c == 0xe2 && load<u8>(p, 1) == 0x82 && load<u8>(p, 2) == 0xac) return 3;
  return 0;
}
/** Plain decimal of an amount as people write it, at TEXT; its length, 0: not a number. */
export function amount(p: usize, end: usize): u32 {
  if (p == end) return 0;
  const lead = currency(p, end);
  if (lead) p += lead;
  else if (end > p && (load<u8>(end - 1) == 37 || load<u8>(end - 1) == 36)) end--;
  else if (end - p > 2 && currency(end - 2, end) == 2) end -= 2;
  else if (end - p > 3 && currency(end - 3, end) == 3) end -= 3;
  if (end <= p || end - p > 64) return 0;
  let o = TEXT + 128;
  if (load<u8>(p) == 45) {
    store<u8>(o++, 45);
    p++;
  }
  const digits = o;
  let group: u32 = 0; // digits since the last comma; commas seen
  let commas: u32 = 0;
  while (p < end && (isDigit(load<u8>(p)) || load<u8>(p) == 44)) {
    if (load<u8>(p) == 44) {
      if (group == 0 || group > 3 || (commas && group != 3)) return 0;
      commas++;
      group = 0;
    } else {
      store<u8>(o++, load<u8>(p));
      group++;
    }
    p++;
  }
  if (o == digits || (commas && group != 3)) return 0;
  if (p < end) {
    if (load<u8>(p) != 46) return 0;
    store<u8>(o++, 46);
    p++;
    if (p == end) return 0;
    for (; p < end; p++) {
      if (!isDigit(load<u8>(p))) return 0;
      store<u8>(o++, load<u8>(p));
    }
  }
  store<u8>(o, 0);
  // JSON has no leading zeros
  let start = digits;
  while (start + 1 < o && load<u8>(start) == 48 && isDigit(load<u8>(start, 1))) start++;
  if (digits != TEXT + 128) store<u8>(--start, 45);
  const errorBefore = jsonError;
  const ok = readNumber(start) == o;
  if (!errorBefore) resetJson();
  return ok ? plain(nDigits, nExponent, TEXT) : 0;
}
