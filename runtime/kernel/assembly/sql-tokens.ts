// The tokens of SQL as all common dialects cut them (docs/semantics/sql.md, "Tokens"). False where they would cut the text in different ways.
//
// Token, 16 B: kind u32 · value u32 · address u32 · length u32. Four empty ones stand before the first and behind the last.
//   word    the table's value (compiler/src/link/sql-words.ts), or 0 · its text, folded
//   quoted  the table's value of its text · its name, where all agree on it, else 0, 0 · sign: its character, 256 for `::`
import { H, H_SQL_WORDS, alloc, setBump } from "./memory";
import { find, fold } from "./bytes";

export const T_WORD: u32 = 1;
export const T_QUOTED: u32 = 2;
export const T_NUMBER: u32 = 3;
const T_STRING: u32 = 4;
export const T_PARAMETER: u32 = 5;
const T_SIGN: u32 = 6;
export const CAST: u32 = 256;
/** Of a word's value. */
const CLIENT: u32 = 0x4000;

/** The first token, and their number. */
export let tokens: usize = 0;
export let tokenCount: i32 = 0;
/** The text in small letters: every word stands in it where it stands in the text. */
let folded: usize = 0;
let text: usize = 0;
let textLength: usize = 0;

@inline export function kindOf(i: i32): u32 {
  return load<u32>(tokens + ((<isize>i) << 4));
}
@inline export function valueOf(i: i32): u32 {
  return load<u32>(tokens + ((<isize>i) << 4), 4);
}
@inline export function textOf(i: i32): usize {
  return <usize>load<u32>(tokens + ((<isize>i) << 4), 8);
}
@inline export function lengthOf(i: i32): u32 {
  return load<u32>(tokens + ((<isize>i) << 4), 12);
}
@inline export function isSign(i: i32, c: u32): bool {
  return kindOf(i) == T_SIGN && valueOf(i) == c;
}
/** What stands at p in small letters, as written. */
@inline export function written(p: usize): usize {
  return p - folded + text;
}
/** Where a name that was read at p may be written: over the small letters of the same place. */
@inline export function writable(p: usize): usize {
  return p - text < textLength ? folded + (p - text) : p;
}

@inline function isDigit(c: u32): bool {
  return c - 48 < 10;
}
@inline function isFirst(c: u32): bool {
  return (c | 32) - 97 < 26 || c == 95;
}
@inline function isInner(c: u32): bool {
  return isFirst(c) || isDigit(c) || c == 36;
}
@inline function isHex(c: u32): bool {
  return isDigit(c) || (c | 32) - 97 < 6;
}
@inline function isBlank(c: u32): bool {
  return c == 32 || c == 9 || c == 10 || c == 13;
}
/** The byte at p; 0 at the end, as a zero inside ends nothing but the reading. */
@inline function at(p: usize, end: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0;
}

function put(kind: u32, value: u32, p: usize, len: u32): bool {
  const t = alloc(16);
  if (!t) return false;
  store<u32>(t, kind);
  store<u32>(t, value, 4);
  store<u32>(t, <u32>p, 8);
  store<u32>(t, len, 12);
  return true;
}

/** Cuts the text; what it needs stays allocated. */
export function cut(p: usize, len: u32): bool {
  text = p;
  textLength = len;
  folded = alloc(<usize>len + 32);
  if (!folded) return false;
  fold(p, len, folded);
  if (hasClientLine(p, p + len)) return false;
  for (let i = 0; i < 4; i++) if (!put(0, 0, 0, 0)) return false;
  tokenCount = 0;
  const end = p + len;
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (isBlank(c) || c == 12) {
      p++;
      continue;
    }
    const next = at(p + 1, end);
    if (c == 45 && next == 45) {
      p = lineComment(p + 2, end);
      if (!p) return false;
      continue;
    }
    if (c == 47 && next == 42) {
      p = blockComment(p + 2, end);
      if (!p) return false;
      continue;
    }
    p = token(p, end, c, next);
    if (!p) return false;
    tokenCount++;
  }
  const last = alloc(16);
  if (!last) return false;
  tokens = last - (<usize>tokenCount << 4);
  store<u32>(last, 0);
  for (let i = 0; i < 4; i++) if (!put(0, 0, 0, 0)) return false;
  return true;
}

/** The text in small letters stays, where names stand; tokens go. */
export function dropTokens(): void {
  setBump(tokens - 64);
}

/** A client takes such a line for itself, wherever it stands: SQL Server's, Oracle's, PostgreSQL's or SQLite's. */
function hasClientLine(p: usize, end: usize): bool {
  let isStart = true;
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    if (c == 10 || c == 13) isStart = true;
    else if (isStart && c > 32) {
      isStart = false;
      // ! # . : @ \
      if (c == 33 || c == 35 || c == 46 || c == 58 || c == 64 || c == 92) return true;
      if (c == 47 && at(p + 1, end) != 42) return true;
      if (isFirst(c) && wordAt(p, end) & CLIENT) return true;
    }
  }
  return false;
}
@inline function behindWord(p: usize, end: usize): usize {
  while (isInner(at(p, end))) p++;
  return p;
}
/** The table's value of the word at p. */
function wordAt(p: usize, end: usize): u32 {
  return valueFrom(p, behindWord(p, end));
}
function valueFrom(p: usize, q: usize): u32 {
  return find(H(H_SQL_WORDS), <u32>H(H_SQL_WORDS + 4), folded + (p - text), <u32>(q - p));
}

/** Some dialects want a blank behind the `--`; some end the comment at a carriage return. */
function lineComment(p: usize, end: usize): usize {
  if (p < end && !isBlank(load<u8>(p))) return 0;
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    if (c == 10) return p;
    if (c == 0 || (c == 13 && at(p + 1, end) != 10)) return 0;
  }
  return p;
}
/** One in another ends in two ways; MySQL runs what stands in `/*!`, its kin what stands in `/*M!` and `/*T!`. */
function blockComment(p: usize, end: usize): usize {
  const first = at(p, end);
  if (first == 33 || first == 43 || (isFirst(first) && at(p + 1, end) == 33)) return 0;
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    const next = at(p + 1, end);
    if (c == 42 && next == 47) return p + 2;
    if (c == 0 || (c == 47 && next == 42)) return 0;
  }
  return 0;
}

/** Behind the token that begins at p; 0: none does. */
function token(p: usize, end: usize, c: u32, next: u32): usize {
  if (isFirst(c)) return word(p, end, c, next);
  if (c == 34) return quoted(p + 1, end, c);
  if (c == 96) return backquoted(p + 1, end);
  if (c == 91) return bracketed(p + 1, end);
  if (c == 39) return string(p + 1, end);
  if (isDigit(c) || (c == 46 && isDigit(next))) return whole(number(p, end), end, T_NUMBER);
  if (c == 63) {
    p++;
    while (isDigit(at(p, end))) p++;
    return whole(p, end, T_PARAMETER);
  }
  if (c == 36) {
    if (!isDigit(next)) return 0;
    p++;
    while (isDigit(at(p, end))) p++;
    return whole(p, end, T_PARAMETER);
  }
  if (c == 58 && next == 58) return put(T_SIGN, CAST, 0, 0) ? p + 2 : 0;
  if (c == 58 || c == 64) {
    const q = c == 64 && next == 64 ? p + 2 : p + 1;
    if (isFirst(at(q, end))) {
      p = q;
      while (isInner(at(p, end))) p++;
      return put(T_PARAMETER, 0, 0, 0) ? p : 0;
    }
    return put(T_SIGN, c, 0, 0) ? p + 1 : 0;
  }
  // ! % & ( ) * + , - . / ; < = > ^ | ~
  const isKnown = c == 33 || (c >= 37 && c <= 47 && c != 39) || (c >= 59 && c <= 62) || c == 94 || c == 124 || c == 126;
  return isKnown && put(T_SIGN, c, 0, 0) ? p + 1 : 0;
}
/** A token that goes on as a word would is another one in some dialect. */
function whole(p: usize, end: usize, kind: u32): usize {
  return !isInner(at(p, end)) && put(kind, 0, 0, 0) ? p : 0;
}
function word(p: usize, end: usize, c: u32, next: u32): usize {
  const small = c | 32;
  // Oracle's q'[…]', and names in escapes
  if (next == 39 && small == 113) return 0;
  if (small == 110 && (next | 32) == 113 && at(p + 2, end) == 39) return 0;
  if (small == 117 && next == 38 && (at(p + 2, end) == 39 || at(p + 2, end) == 34)) return 0;
  const q = behindWord(p, end);
  return put(T_WORD, valueFrom(p, q), folded + (p - text), <u32>(q - p)) ? q : 0;
}
function quoted(p: usize, end: usize, quote: u32): usize {
  for (let q = p; q < end; q++) {
    const c: u32 = load<u8>(q);
    if (c == 0 || c == 92) return 0;
    if (c != quote) continue;
    if (at(q + 1, end) != quote) return name(p, q);
    q++;
  }
  return 0;
}
/** PostgreSQL takes a backquote for an operator: nothing may stand between two that it would read as more than a name. */
function backquoted(p: usize, end: usize): usize {
  const q = behindWord(p, end);
  return q > p && at(q, end) == 96 && at(q + 1, end) != 96 ? name(p, q) : 0;
}
function bracketed(p: usize, end: usize): usize {
  for (let q = p; q < end; q++) {
    const c: u32 = load<u8>(q);
    if (c == 93) return name(p, q);
    if (!isInner(c) && c != 32 && c != 44 && c != 46) return 0;
  }
  return 0;
}
/** What is quoted from p to its closing quote at q: a name that all dialects read alike has small letters only. */
function name(p: usize, q: usize): usize {
  let plain = q > p && !isDigit(load<u8>(p)) && load<u8>(p) != 36;
  for (let r = p; r < q; r++) {
    const c: u32 = load<u8>(r);
    if (!isInner(c) || c - 65 < 26) plain = false;
  }
  return put(T_QUOTED, valueFrom(p, q), plain ? p : 0, plain ? <u32>(q - p) : 0) ? q + 1 : 0;
}
/** A quote behind an odd number of backslashes ends the string in some dialects only. */
function string(p: usize, end: usize): usize {
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (c == 0) return 0;
    if (c == 92) {
      const next = at(p + 1, end);
      if (next == 0 || next == 39) return 0;
      p += 2;
    } else if (c != 39) p++;
    else if (at(p + 1, end) == 39) p += 2;
    else return put(T_STRING, 0, 0, 0) ? p + 1 : 0;
  }
  return 0;
}
function number(p: usize, end: usize): usize {
  if (load<u8>(p) == 48 && (at(p + 1, end) | 32) == 120 && isHex(at(p + 2, end))) {
    p += 2;
    while (isHex(at(p, end))) p++;
    return p;
  }
  while (isDigit(at(p, end))) p++;
  if (at(p, end) == 46) p++;
  while (isDigit(at(p, end))) p++;
  if ((at(p, end) | 32) != 101) return p;
  const sign = at(p + 1, end);
  let q = p + (sign == 43 || sign == 45 ? 2 : 1);
  if (!isDigit(at(q, end))) return p;
  while (isDigit(at(q, end))) q++;
  return q;
}
