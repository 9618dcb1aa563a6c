// Values seen under labels: what results leave for flows by value, and what the arguments of a call hold of it (docs/semantics/flows.md §4).
//
// Row: keyed hash u64, labels u64. Rows are never evicted: a table that is full says so, and flows by value are then by session.
import { H, H_TOOL_RECORDS, H_VALUE_CAP, HASH_OUT, TEXT, alloc, allocClear, bump, setBump } from "./memory";
import { equal } from "./bytes";
import { plain } from "./decimal";
import { keyedHash } from "./hashing";
import { nDigits, nExponent, readNumber, readString, sLen, sPtr, skip, skipString, space } from "./json";
import { VALUE_ROW, addValueRow, fillValues, valueCount, valueRows, valuesFull } from "./state";

const PIECE: u64 = 0x65756c617601; // domain "value" behind the kind
const NUMBER: u64 = 0x65756c617602;
const WORDS: u64 = 0x65756c617603;

/** Bytes that words of fewer than four must have together, and one word alone. */
const FEW_WORDS: usize = 8;
const ONE_WORD: usize = 16;
const PIECE_BYTES: usize = 5;
const NUMBER_DIGITS: u32 = 4;

/** u32 × slots: number of a row + 1, 0 empty. At most half full. */
let slots: usize = 0;
let mask: u32 = 0;
let rows: usize = 0;
/** 0: looking; else what is taken carries these labels. */
let taking: u64 = 0;
let held: u64 = 0;

function openIndex(): bool {
  let size: u32 = 16;
  while (size < <u32>H(H_VALUE_CAP) * 2) size <<= 1;
  slots = allocClear(<usize>size << 2);
  mask = size - 1;
  if (!slots) return false;
  rows = valueRows();
  for (let i: u32 = 0; i < valueCount; i++) put(load<u64>(rows + <usize>i * VALUE_ROW), i + 1);
  return true;
}
function put(row: u64, n: u32): void {
  let i = <u32>row & mask;
  while (load<u32>(slots + (<usize>i << 2))) i = (i + 1) & mask;
  store<u32>(slots + (<usize>i << 2), n);
}

function token(domain: u64, p: usize, len: u32): void {
  keyedHash(domain, p, len);
  const row = load<u64>(HASH_OUT);
  let i = <u32>row & mask;
  let n = load<u32>(slots + (<usize>i << 2));
  while (n) {
    const at = rows + <usize>(n - 1) * VALUE_ROW;
    if (load<u64>(at) == row) {
      if (taking) store<u64>(at, load<u64>(at, 8) | taking, 8);
      else held |= load<u64>(at, 8);
      return;
    }
    i = (i + 1) & mask;
    n = load<u32>(slots + (<usize>i << 2));
  }
  if (!taking) return;
  if (valueCount >= <u32>H(H_VALUE_CAP)) return fillValues();
  put(row, valueCount + 1);
  addValueRow(row, taking);
}

@inline function isDigit(c: u32): bool {
  return c - 48 < 10;
}
@inline function isWord(c: u32): bool {
  return c >= 128 || isDigit(c) || (c | 32) - 97 < 26;
}
@inline function isCut(c: u32): bool {
  return c <= 32 || c == 34 || c == 39 || c == 40 || c == 41 || c == 44 || c == 59 || c == 60 || c == 62 || c == 91 || c == 93 || c == 96 || c == 123 || c == 124 || c == 125;
}

/** Digits without grouping or needless zeros, at most one point: the number's plain form at `out`; its length, 0: no number. */
function numberForm(p: usize, end: usize, out: usize): u32 {
  let o = out;
  let digits: u32 = 0;
  let point: usize = 0;
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    if (isDigit(c)) {
      if (o == out + 1 && load<u8>(out) == 48 && !point) o = out; // a leading zero
      store<u8>(o++, c);
      digits++;
    } else if (c == 46 && !point && digits) {
      point = o;
      store<u8>(o++, c);
    } else if (c != 44 || point) return 0;
  }
  if (!digits) return 0;
  if (point) {
    while (load<u8>(o - 1) == 48) o--;
    if (o - 1 == point) o--;
  }
  return <u32>(o - out);
}
function digitsOf(p: usize, len: u32): u32 {
  let n: u32 = 0;
  for (let i: u32 = 0; i < len; i++) if (isDigit(load<u8>(p + i))) n++;
  return n;
}
function numberToken(p: usize, end: usize, out: usize): bool {
  const len = numberForm(p, end, out);
  if (len && digitsOf(out, len) >= NUMBER_DIGITS) token(NUMBER, out, len);
  return len != 0;
}

/** What stands between blanks and brackets, without what no word has at its ends: when it has a digit or `@`, it tells. */
function piece(p: usize, end: usize, out: usize): void {
  while (p < end && !isWord(load<u8>(p))) p++;
  while (end > p && !isWord(load<u8>(end - 1))) end--;
  if (p == end || numberToken(p, end, out)) return;
  if (end - p < PIECE_BYTES) return;
  let tells = false;
  let o = out;
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    if (isDigit(c) || c == 64) tells = true;
    store<u8>(o++, c - 65 < 26 ? c | 32 : c);
  }
  if (tells) token(PIECE, out, <u32>(o - out));
}

/** The words in small letters with one blank between them; looked up by every run of up to four, taken in blocks of four. */
function words(p: usize, end: usize, out: usize): void {
  let o = out;
  // where the last four words begin: the one before last but two, …, the last
  let a: usize = 0;
  let b: usize = 0;
  let c: usize = 0;
  let d: usize = 0;
  let n: u32 = 0;
  while (p < end) {
    while (p < end && !isWord(load<u8>(p))) p++;
    if (p == end) break;
    if (n) store<u8>(o++, 32);
    a = b;
    b = c;
    c = d;
    d = o;
    n++;
    for (; p < end && isWord(load<u8>(p)); p++) {
      const x: u32 = load<u8>(p);
      store<u8>(o++, x - 65 < 26 ? x | 32 : x);
    }
    if (taking) {
      if (!(n & 3)) token(WORDS, a, <u32>(o - a));
      continue;
    }
    if (n >= 4) token(WORDS, a, <u32>(o - a));
    if (n >= 3 && o - b >= FEW_WORDS) token(WORDS, b, <u32>(o - b));
    if (n >= 2 && o - c >= FEW_WORDS) token(WORDS, c, <u32>(o - c));
    if (o - d >= ONE_WORD) token(WORDS, d, <u32>(o - d));
  }
  if (!taking || !(n & 3)) return;
  if (n > 4) token(WORDS, a, <u32>(o - a));
  else if (<usize>(o - out) >= (n == 1 ? ONE_WORD : FEW_WORDS)) token(WORDS, out, <u32>(o - out));
}

function text(p: usize, len: u32): void {
  const mark = bump;
  const out = alloc(<usize>len + 32);
  if (!out) {
    if (taking) fillValues();
    else held = 0xffffffffffffffff;
    return;
  }
  const end = p + len;
  let start = p;
  for (let q = p; q <= end; q++) {
    if (q < end) {
      const c: u32 = load<u8>(q);
      if (!isCut(c)) continue;
      if (c == 44 && q > p && q + 1 < end && isDigit(load<u8>(q - 1)) && isDigit(load<u8>(q, 1))) continue;
    }
    if (q > start) piece(start, q, out);
    start = q + 1;
  }
  words(p, end, out);
  setBump(mark);
}

/** Every scalar of the JSON text; names of members only when looking. */
function scan(p: usize, end: usize): void {
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (c == 34) {
      const start = p + 1;
      p = skipString(start);
      if (!p) return;
      if (taking && load<u8>(space(p)) == 58) continue;
      const mark = bump;
      readString(start);
      text(sPtr, sLen);
      setBump(mark);
    } else if (c == 45 || isDigit(c)) {
      p = readNumber(p);
      if (!p) return;
      const len = plain(nDigits < 0 ? -nDigits : nDigits, nExponent, TEXT);
      if (digitsOf(TEXT, len) >= NUMBER_DIGITS) token(NUMBER, TEXT, len);
    } else p++;
  }
}
/** The result's text carries these labels. */
export function takeValues(p: usize, end: usize, labels: u64): void {
  if (!labels || valuesFull) return;
  const mark = bump;
  taking = labels;
  if (openIndex()) scan(p, end);
  else fillValues();
  taking = 0;
  setBump(mark);
}

/** Below the names of a path; lists are entered. What is no object where a name should be is taken whole. */
function takeBelow(p: usize, end: usize, path: usize, names: u32, labels: u64): void {
  if (!names || (load<u8>(p) != 123 && load<u8>(p) != 91)) return takeValues(p, end, labels);
  const isObject = load<u8>(p) == 123;
  p = space(p + 1);
  while (p < end && load<u8>(p) != 125 && load<u8>(p) != 93) {
    let wanted = !isObject;
    if (isObject) {
      const mark = bump;
      p = readString(p + 1);
      if (!p) return;
      wanted = sLen == load<u32>(path, 4) && equal(sPtr, <usize>load<u32>(path), sLen);
      setBump(mark);
      p = space(space(p) + 1);
    }
    const start = p;
    p = skip(p, 0);
    if (!p) return;
    if (wanted) takeBelow(start, p, isObject ? path + 8 : path, isObject ? names - 1 : names, labels);
    p = space(p);
    if (load<u8>(p) == 44) p = space(p + 1);
  }
}

/** The fields of a result of this tool that carry what its call gave in part. */
export function takeFields(p: usize, end: usize, tool: u32, given: u64): void {
  const g = <usize>load<u32>(H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64, 56);
  if (!g) return;
  const n = load<u32>(g, 36);
  for (let i: u32 = 0; i < n; i++) {
    const f = <usize>load<u32>(g, 40) + (<usize>i << 4);
    takeBelow(p, end, <usize>load<u32>(f, 8), load<u32>(f, 12), given & load<u64>(f));
  }
}

/** Labels under which something was seen that the text holds. */
export function heldIn(p: usize, end: usize): u64 {
  held = 0;
  const mark = bump;
  taking = 0;
  if (valueCount) {
    if (openIndex()) scan(p, end);
    else held = 0xffffffffffffffff;
  }
  setBump(mark);
  return held;
}
