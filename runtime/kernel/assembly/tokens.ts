// The table that grounding rests on: 16-byte keyed hashes, the last byte replaced by what kind of row it is.
// A mark's bytes 12 to 14 are the rules it is for; byte 14 of a result's word says whether the call's own arguments have it.
// INVARIANT: rows of messages and marks are never evicted; rows of results go oldest first.
import { H, H_TOKEN_CAP, HASH_OUT, alloc } from "./memory";
import { fold } from "./bytes";
import { keyedHash } from "./hashing";
import { TOKEN_ROW, forgetMarks, marksForgotten, setTokenCount, tokenCount, tokenRows } from "./state";

export const U_ID: u32 = 1;
export const U_NUMBER: u32 = 2;
export const U_EMAIL: u32 = 3;
export const U_URL: u32 = 4;
export const U_BARE_HOST: u32 = 5;
export const U_HOST: u32 = 6;
export const U_WORD: u32 = 7;
export const U_END: u32 = 8;
export const MARK: u32 = 9;
export const RESULT: u32 = 10;
export const R_WORD: u32 = 11;
export const R_END: u32 = 12;

const TOKEN: u64 = 0x6e656b6f74000000; // domain: "token" above kind and source
@inline function exceptMarks(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, -1);
}
@inline function exceptEcho(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, -1);
}

/** The row of a text under a kind (and a source, or a mark's class), at HASH_OUT. */
export function makeRow(kind: u32, source: u32, p: usize, len: u32): void {
  keyedHash(TOKEN | (<u64>kind) | ((<u64>source) << 8), p, len);
  store<u8>(HASH_OUT, kind, 15);
}

@inline function same(row: usize): bool {
  return !v128.any_true(v128.xor(v128.load(row), v128.load(HASH_OUT)));
}

/** Is the row at HASH_OUT in the table? */
export function present(): bool {
  let row = tokenRows();
  const end = row + <usize>tokenCount * TOKEN_ROW;
  const v = v128.load(HASH_OUT);
  for (; row < end; row += TOKEN_ROW) if (!v128.any_true(v128.xor(v128.load(row), v))) return true;
  return false;
}
export function has(kind: u32, source: u32, p: usize, len: u32): bool {
  makeRow(kind, source, p, len);
  return present();
}

function isResult(kind: u32): bool {
  return kind >= RESULT;
}
function evictResult(): bool {
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) {
    const row = rows + <usize>i * TOKEN_ROW;
    if (!isResult(load<u8>(row, 15))) continue;
    memory.copy(row, row + TOKEN_ROW, <usize>(tokenCount - i - 1) * TOKEN_ROW);
    setTokenCount(tokenCount - 1);
    return true;
  }
  return false;
}
function append(row: usize): void {
  memory.copy(tokenRows() + <usize>tokenCount * TOKEN_ROW, row, TOKEN_ROW);
  setTokenCount(tokenCount + 1);
}

/** A token of a result. */
export function addResult(source: u32, p: usize, len: u32): void {
  if (has(RESULT, source, p, len)) return;
  if (tokenCount >= <u32>H(H_TOKEN_CAP) && !evictResult()) return;
  append(HASH_OUT);
}

/** A row that was made before: of what a call asked. */
export function addRow(row: usize): void {
  memory.copy(HASH_OUT, row, 16);
  if (present()) return;
  if (tokenCount >= <u32>H(H_TOKEN_CAP) && !evictResult()) return;
  append(row);
}

// ── marks
function markIn(row: usize, end: usize): usize {
  const v = v128.and(v128.load(HASH_OUT), exceptMarks());
  for (; row < end; row += TOKEN_ROW) if (!v128.any_true(v128.xor(v128.and(v128.load(row), exceptMarks()), v))) return row;
  return 0;
}
@inline function marksOf(row: usize): u32 {
  return load<u32>(row, 12) & 0xffffff;
}
/** The row of a mark at HASH_OUT. */
export function makeMark(c: u32, p: usize, len: u32): void {
  makeRow(MARK, c, p, len);
}
export function isMarked(c: u32, p: usize, len: u32, marks: u32): bool {
  makeMark(c, p, len);
  const row = markIn(tokenRows(), tokenRows() + <usize>tokenCount * TOKEN_ROW);
  return row != 0 && (marksOf(row) & marks) != 0;
}

// A call's marks are collected first: all of them are judged by the table as it was.
let marks: usize = 0;
let markCount: u32 = 0;
/** False: no memory. */
export function beginMarks(): bool {
  marks = alloc((H(H_TOKEN_CAP) + 1) << 4);
  markCount = 0;
  return marks != 0;
}
/** More than the table has rows cannot be added in any case. */
export function collectMark(c: u32, p: usize, len: u32, forRules: u32): void {
  if (!forRules) return;
  makeMark(c, p, len);
  let row = markIn(marks, marks + (<usize>markCount << 4));
  if (!row) {
    if (markCount > <u32>H(H_TOKEN_CAP)) return;
    row = marks + (<usize>markCount << 4);
    markCount++;
    memory.copy(row, HASH_OUT, 16);
    store<u16>(row, 0, 12);
    store<u8>(row, 0, 14);
  }
  const all = marksOf(row) | forRules;
  store<u16>(row, all, 12);
  store<u8>(row, all >> 16, 14);
}
export function endMarks(): void {
  for (let i: u32 = 0; i < markCount && !marksForgotten; i++) {
    const mark = marks + (<usize>i << 4);
    memory.copy(HASH_OUT, mark, 16);
    const row = markIn(tokenRows(), tokenRows() + <usize>tokenCount * TOKEN_ROW);
    if (row) {
      const all = marksOf(row) | marksOf(mark);
      store<u16>(row, all, 12);
      store<u8>(row, all >> 16, 14);
    } else if (tokenCount >= <u32>H(H_TOKEN_CAP) && !evictResult()) forgetMarks();
    else append(mark);
  }
}

// ── a message, or a text of a result: collected first, taken whole or not at all
let collected: usize = 0;
let count: u32 = 0;
let tooMany: bool = false;

/** `at`: room for one row more than the table has. */
export function beginText(at: usize): void {
  collected = at;
  count = 0;
  tooMany = false;
}
function collect(): void {
  if (count >= <u32>H(H_TOKEN_CAP)) {
    tooMany = true;
    return;
  }
  memory.copy(collected + <usize>count * TOKEN_ROW, HASH_OUT, TOKEN_ROW);
  count++;
}
export function addToken(kind: u32, source: u32, p: usize, len: u32): void {
  if (tooMany || has(kind, source, p, len)) return;
  for (let i: u32 = 0; i < count; i++) if (same(collected + <usize>i * TOKEN_ROW)) return;
  collect();
}
export function addWord(kind: u32, source: u32, p: usize, len: u32, echoed: bool): void {
  if (tooMany) return;
  makeRow(kind, source, p, len);
  if (kind == R_WORD) store<u8>(HASH_OUT, echoed ? 1 : 0, 14);
  collect();
}
export function addEnd(kind: u32, source: u32): void {
  makeRow(kind, source, 0, 0);
  collect();
}
export function endText(): void {
  if (tooMany) return;
  let pinned: u32 = 0;
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) if (!isResult(load<u8>(rows + <usize>i * TOKEN_ROW, 15))) pinned++;
  const cap = <u32>H(H_TOKEN_CAP);
  if (pinned + count > cap) return;
  while (tokenCount + count > cap) evictResult();
  for (let i: u32 = 0; i < count; i++) append(collected + <usize>i * TOKEN_ROW);
}

// ── words
@inline export function wordByte(c: u32): bool {
  return c >= 128 || c - 48 < 10 || (c | 32) - 97 < 26;
}
/** The next word of [p, end): folded at wordPtr, wordLen; where the search goes on, 0: none. */
export let wordPtr: usize = 0;
export let wordLen: u32 = 0;
export function nextWord(p: usize, end: usize): usize {
  while (p < end && !wordByte(load<u8>(p))) p++;
  if (p >= end) return 0;
  const start = p;
  while (p < end && wordByte(load<u8>(p))) p++;
  wordLen = <u32>(p - start);
  wordPtr = alloc(<usize>wordLen + 16);
  if (!wordPtr) return 0;
  fold(start, wordLen, wordPtr);
  return p;
}

/**
 * Do the n word rows at `run`, of one kind, stand one behind the other in one text? Rows of other kinds between words do not count.
 * Of a result not all of them may be words of the call's own arguments.
 */
export function wordRun(kind: u32, end: u32, run: usize, n: u32): bool {
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) {
    let at = i;
    let k: u32 = 0;
    let own = kind == R_WORD;
    while (at < tokenCount && k < n) {
      const row = rows + <usize>at * TOKEN_ROW;
      const found = <u32>load<u8>(row, 15);
      if (found == end) break;
      at++;
      if (found != kind) {
        if (k == 0) break;
        continue;
      }
      if (v128.any_true(v128.and(v128.xor(v128.load(row), v128.load(run + <usize>k * TOKEN_ROW)), kind == R_WORD ? exceptEcho() : i8x16.splat(-1)))) break;
      if (kind == R_WORD && !load<u8>(row, 14)) own = false;
      k++;
    }
    if (k == n && !own) return true;
  }
  return false;
}
