// The table that grounding rests on: 16-byte keyed hashes, the last byte replaced by what kind of row it is.
// INVARIANT: rows of messages and marks are never evicted; tokens of results go oldest first.
import { H, H_TOKEN_CAP, HASH_OUT } from "./memory";
import { keyedHash } from "./hashing";
import { TOKEN_ROW, forgetMarks, setTokenCount, tokenCount, tokenRows } from "./state";

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

const TOKEN: u64 = 0x6e656b6f74000000; // domain: "token" above kind and source

/** The row of a text under a kind (and a source), at HASH_OUT. */
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

function evictResult(): bool {
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) {
    const row = rows + <usize>i * TOKEN_ROW;
    if (load<u8>(row, 15) != RESULT) continue;
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
export function addMark(p: usize, len: u32): void {
  if (has(MARK, 0, p, len)) return;
  if (tokenCount >= <u32>H(H_TOKEN_CAP) && !evictResult()) return forgetMarks();
  append(HASH_OUT);
}

// ── a message: collected first, taken whole or not at all
let collected: usize = 0;
let count: u32 = 0;
let words: bool = false;
let tooMany: bool = false;

/** `at`: room for as many rows as the table has. */
export function beginMessage(at: usize): void {
  collected = at;
  count = 0;
  words = false;
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
export function addToken(kind: u32, p: usize, len: u32): void {
  if (tooMany || has(kind, 0, p, len)) return;
  for (let i: u32 = 0; i < count; i++) if (same(collected + <usize>i * TOKEN_ROW)) return;
  collect();
}
export function addWord(p: usize, len: u32): void {
  if (tooMany) return;
  words = true;
  makeRow(U_WORD, 0, p, len);
  collect();
}
export function endMessage(): void {
  if (words) {
    makeRow(U_END, 0, 0, 0);
    collect();
  }
  if (tooMany) return;
  let pinned: u32 = 0;
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) if (load<u8>(rows + <usize>i * TOKEN_ROW, 15) != RESULT) pinned++;
  const cap = <u32>H(H_TOKEN_CAP);
  if (pinned + count > cap) return;
  while (tokenCount + count > cap) evictResult();
  for (let i: u32 = 0; i < count; i++) append(collected + <usize>i * TOKEN_ROW);
}

/** Do the n word rows at `run` stand one behind the other in one message? Rows of other kinds between words do not count. */
export function wordRun(run: usize, n: u32): bool {
  const rows = tokenRows();
  for (let i: u32 = 0; i < tokenCount; i++) {
    let at = i;
    let k: u32 = 0;
    while (at < tokenCount && k < n) {
      const row = rows + <usize>at * TOKEN_ROW;
      const kind = <u32>load<u8>(row, 15);
      if (kind == U_END) break;
      at++;
      if (kind != U_WORD) {
        if (k == 0) break;
        continue;
      }
      if (v128.any_true(v128.xor(v128.load(row), v128.load(run + <usize>k * TOKEN_ROW)))) break;
      k++;
    }
    if (k == n) return true;
  }
  return false;
}
