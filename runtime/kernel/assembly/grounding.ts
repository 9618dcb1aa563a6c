// Grounding by value (docs/semantics.md, §8): what a message says, what results held, what the agent planted itself.
import { FORMS, H, H_CLASSES, H_ECHO, H_SOURCES, H_SOURCE_COUNT, H_STOP_WORDS, H_TOKEN_CAP, HASH_OUT, NODE, SCRATCH_NODE, TEXT, alloc, bump, setBump } from "./memory";
import { equal, find, fold } from "./bytes";
import { canonicalEmail, canonicalHost, canonicalUrl, urlBare, urlLastAlpha, urlSchemeless } from "./canonical";
import { plain } from "./decimal";
import { keyedHash } from "./hashing";
import { jsonError, nDigits, nExponent, readNumber, readString, resetJson, sLen, sPtr, skipString, space } from "./json";
import { marksForgotten } from "./state";
import {
  MARK, RESULT, U_BARE_HOST, U_EMAIL, U_HOST, U_ID, U_NUMBER, U_URL, U_WORD, addMark, addResult, addToken, addWord, beginMessage, endMessage, has,
  makeRow, wordRun,
} from "./tokens";
import { K_EMAIL, K_HOST, K_ID, K_LIST, K_MONEY, K_PATH, K_RECORD, K_URL } from "./typed";
import { KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, N_RAW, N_RAW_LEN, UNKNOWN, stateOf } from "./value";

export const CLASS_ID: u32 = 1;
export const CLASS_NUMBER: u32 = 2;
export const CLASS_EMAIL: u32 = 4;
export const CLASS_URL: u32 = 8;
export const CLASS_HOST: u32 = 16;
export const CLASS_TEXT: u32 = 32;

const ECHO: u64 = 0x6f686365; // domain "echo"

@inline function kept(c: u32): bool {
  return (<u32>H(H_CLASSES) & c) != 0;
}

// ── forms of a value
let formCount: u32 = 0;

function addForm(p: usize, len: u32): void {
  for (let i: u32 = 0; i < formCount; i++) {
    const f = FORMS + (<usize>i << 3);
    if (load<u32>(f, 4) == len && equal(<usize>load<u32>(f), p, len)) return;
  }
  const f = FORMS + (<usize>formCount << 3);
  store<u32>(f, <u32>p);
  store<u32>(f, len, 4);
  formCount++;
}
/** Forms of a string: its fold, and its canonical forms. False: out of memory. */
function stringForms(p: usize, len: u32): bool {
  formCount = 0;
  const folded = alloc(<usize>len + 32);
  if (!folded) return false;
  fold(p, len, folded);
  addForm(folded, len);
  if (canonicalEmail(p, len, SCRATCH_NODE)) addForm(<usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
  if (canonicalUrl(p, len, SCRATCH_NODE)) addForm(<usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
  if (canonicalHost(p, len, SCRATCH_NODE)) addForm(<usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
  return true;
}
function numberForm(digits: i64, exponent: i32): bool {
  formCount = 0;
  const p = alloc(64);
  if (!p) return false;
  addForm(p, plain(digits, exponent, p));
  return true;
}
function formsOf(node: usize): bool {
  const k = load<u32>(node, N_KIND);
  if (k <= K_MONEY) return numberForm(load<i64>(node, N_DIGITS), load<i32>(node, N_RAW));
  if (k >= K_EMAIL && k <= K_PATH) return stringForms(<usize>load<u32>(node, N_RAW), load<u32>(node, N_RAW_LEN));
  return stringForms(<usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN));
}

// ── words
@inline function wordByte(c: u32): bool {
  return c >= 128 || c - 48 < 10 || (c | 32) - 97 < 26;
}
/** The word rows of a text at `out` (room for `most`); how many there are, `most` + 1 when more. */
function wordRows(p: usize, len: u32, out: usize, most: u32): u32 {
  const end = p + len;
  let n: u32 = 0;
  while (p < end) {
    while (p < end && !wordByte(load<u8>(p))) p++;
    if (p == end) break;
    const start = p;
    while (p < end && wordByte(load<u8>(p))) p++;
    if (n == most) return most + 1;
    const size = <u32>(p - start);
    const folded = alloc(<usize>size + 16);
    if (!folded) return most + 1;
    fold(start, size, folded);
    if (n == 0) {
      firstWord = folded;
      firstWordLen = size;
    }
    makeRow(U_WORD, 0, folded, size);
    memory.copy(out + (<usize>n << 4), HASH_OUT, 16);
    n++;
  }
  return n;
}
let firstWord: usize = 0;
let firstWordLen: u32 = 0;

function codePoints(p: usize, len: u32): u32 {
  let n: u32 = 0;
  for (let i: u32 = 0; i < len; i++) if ((load<u8>(p + i) & 0xc0) != 0x80) n++;
  return n;
}
/** Are the text's words a run of a message's words? */
function textInUser(p: usize, len: u32): bool {
  const mark = bump;
  const most = <u32>H(H_TOKEN_CAP);
  const rows = alloc(<usize>most << 4);
  if (!rows) return false;
  const n = wordRows(p, len, rows, most);
  let ok = n > 0 && n <= most;
  if (ok && n == 1) {
    ok = codePoints(firstWord, firstWordLen) >= 3 && !find(H(H_STOP_WORDS), <u32>H(H_STOP_WORDS + 4), firstWord, firstWordLen);
  }
  ok = ok && wordRun(rows, n);
  setBump(mark);
  return ok;
}

function idInUser(p: usize, len: u32): bool {
  const folded = alloc(<usize>len + 32);
  if (!folded) return false;
  fold(p, len, folded);
  return has(U_ID, 0, folded, len);
}
/** The canonical Url in `node`: said as it is, or its host said bare. */
function urlInUser(node: usize): bool {
  const p = <usize>load<u32>(node, N_PTR);
  if (has(U_URL, 0, p, load<u32>(node, N_LEN))) return true;
  const host = load<u32>(node, N_PART);
  return has(U_BARE_HOST, 0, p + (host & 0xffff), host >> 16);
}
function hostInUser(p: usize, len: u32): bool {
  return has(U_HOST, 0, p, len) || has(U_BARE_HOST, 0, p, len);
}

function inUser(node: usize, c: u32): bool {
  if (c == CLASS_NUMBER) return has(U_NUMBER, 0, TEXT, plain(load<i64>(node, N_DIGITS), load<i32>(node, N_EXPONENT), TEXT));
  const p = <usize>load<u32>(node, N_PTR);
  const len = load<u32>(node, N_LEN);
  if (c == CLASS_EMAIL) return has(U_EMAIL, 0, p, len);
  if (c == CLASS_URL) return urlInUser(node);
  if (c == CLASS_HOST) return hostInUser(p, len);
  if (c == CLASS_ID) return idInUser(p, len);
  if (load<u32>(node, N_KIND) == K_PATH) return textInUser(<usize>load<u32>(node, N_RAW), load<u32>(node, N_RAW_LEN));
  return textInUser(p, len);
}

/** The form a value is compared in between a result and an argument, at fPtr, fLen. */
let fPtr: usize = 0;
let fLen: u32 = 0;
function classForm(node: usize, c: u32): bool {
  if (c == CLASS_NUMBER) {
    fPtr = alloc(64);
    if (!fPtr) return false;
    fLen = plain(load<i64>(node, N_DIGITS), load<i32>(node, N_EXPONENT), fPtr);
    return true;
  }
  let p = <usize>load<u32>(node, N_PTR);
  fLen = load<u32>(node, N_LEN);
  fPtr = p;
  if (c == CLASS_EMAIL || c == CLASS_URL || c == CLASS_HOST) return true;
  if (load<u32>(node, N_KIND) == K_PATH) {
    p = <usize>load<u32>(node, N_RAW);
    fLen = load<u32>(node, N_RAW_LEN);
  }
  fPtr = alloc(<usize>fLen + 32);
  if (!fPtr) return false;
  fold(p, fLen, fPtr);
  return true;
}

function marked(): bool {
  for (let i: u32 = 0; i < formCount; i++) {
    const f = FORMS + (<usize>i << 3);
    if (has(MARK, 0, <usize>load<u32>(f), load<u32>(f, 4))) return true;
  }
  return false;
}

/** Grounded requirement: values u32, count u32 · sources u32 (ids), count u32 · user u32. Value: {node u32, class u32}. */
function scalarGrounded(node: usize, c: u32, r: usize): bool {
  if (load<u32>(r, 16) && inUser(node, c)) return true;
  const n = load<u32>(r, 12);
  if (n == 0 || marksForgotten) return false;
  const mark = bump;
  let ok = false;
  if (classForm(node, c)) {
    const ids = <usize>load<u32>(r, 8);
    for (let i: u32 = 0; i < n && !ok; i++) ok = has(RESULT, load<u32>(ids + (<usize>i << 2)), fPtr, fLen);
    if (ok) ok = formsOf(node) && !marked();
  }
  setBump(mark);
  return ok;
}

export function grounded(r: usize): bool {
  const values = <usize>load<u32>(r);
  const n = load<u32>(r, 4);
  for (let i: u32 = 0; i < n; i++) {
    const v = values + (<usize>i << 3);
    const node = <usize>load<u32>(v);
    const c = load<u32>(v, 4);
    const state = stateOf(node);
    if (state == 0) continue;
    if (state == UNKNOWN) return false;
    if (load<u32>(node, N_KIND) != K_LIST) {
      if (!scalarGrounded(node, c, r)) return false;
      continue;
    }
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
      const s = stateOf(e);
      if (s == 0) continue;
      if (s == UNKNOWN || !scalarGrounded(e, c, r)) return false;
    }
  }
  return true;
}

// ── what a message leaves
@inline function cuts(c: u32): bool {
  return c <= 32 || c == 44 || c == 59 || c == 124 || c == 60 || c == 62 || c == 40 || c == 41 || c == 91 || c == 93 || c == 123 || c == 125 || c == 34 || c == 96;
}
@inline function isDigit(c: u32): bool {
  return c - 48 < 10;
}
@inline function strips(c: u32): bool {
  return c == 39 || c == 42 || c == 95 || c == 35;
}
@inline function stripsEnd(c: u32): bool {
  return strips(c) || c == 46 || c == 58 || c == 33 || c == 63;
}

/** Length of a currency sign at p: `$` 1, `£` 2, `€` 3, else 0. */
function currency(p: usize, end: usize): usize {
  const c: u32 = load<u8>(p);
  if (c == 36) return 1;
  if (p + 2 <= end && c == 0xc2 && load<u8>(p, 1) == 0xa3) return 2;
  if (p + 3 <= end && c == 0xe2 && load<u8>(p, 1) == 0x82 && load<u8>(p, 2) == 0xac) return 3;
  return 0;
}
/** Plain decimal of an amount as people write it, at TEXT; its length, 0: not a number. */
function amount(p: usize, end: usize): u32 {
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

function chunk(p: usize, end: usize): void {
  while (p < end && strips(load<u8>(p))) p++;
  while (end > p && stripsEnd(load<u8>(end - 1))) end--;
  const len = <u32>(end - p);
  if (!len) return;
  const mark = bump;
  if (kept(CLASS_ID)) {
    const folded = alloc(<usize>len + 32);
    if (folded) {
      fold(p, len, folded);
      addToken(U_ID, folded, len);
    }
  }
  if (kept(CLASS_NUMBER)) {
    const n = amount(p, end);
    if (n) addToken(U_NUMBER, TEXT, n);
  }
  const email = canonicalEmail(p, len, SCRATCH_NODE);
  if (email && kept(CLASS_EMAIL)) addToken(U_EMAIL, <usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
  if (!email && kept(CLASS_URL | CLASS_HOST) && canonicalUrl(p, len, SCRATCH_NODE) && (!urlSchemeless || urlLastAlpha)) {
    const text = <usize>load<u32>(SCRATCH_NODE, N_PTR);
    const host = load<u32>(SCRATCH_NODE, N_PART);
    if (kept(CLASS_URL)) addToken(U_URL, text, load<u32>(SCRATCH_NODE, N_LEN));
    if (urlBare) addToken(U_BARE_HOST, text + (host & 0xffff), host >> 16);
    else if (kept(CLASS_HOST)) addToken(U_HOST, text + (host & 0xffff), host >> 16);
  }
  setBump(mark);
}

export function hear(p: usize, len: u32): void {
  if (!H(H_CLASSES)) return;
  const room = alloc((H(H_TOKEN_CAP) + 1) << 4);
  if (!room) return;
  beginMessage(room);
  const end = p + len;
  if (H(H_CLASSES) & ~CLASS_TEXT) {
    let start = p;
    for (let q = p; q <= end; q++) {
      if (q < end) {
        const c: u32 = load<u8>(q);
        if (!cuts(c)) continue;
        if (c == 44 && q > p && q + 1 < end && isDigit(load<u8>(q - 1)) && isDigit(load<u8>(q, 1))) continue;
      }
      if (q > start) chunk(start, q);
      start = q + 1;
    }
  }
  if (kept(CLASS_TEXT)) {
    let q = p;
    while (q < end) {
      while (q < end && !wordByte(load<u8>(q))) q++;
      const start = q;
      while (q < end && wordByte(load<u8>(q))) q++;
      if (q == start) break;
      const mark = bump;
      const size = <u32>(q - start);
      const folded = alloc(<usize>size + 16);
      if (!folded) return;
      fold(start, size, folded);
      addWord(folded, size);
      setBump(mark);
    }
  }
  endMessage();
}

// ── the scalars of a call's arguments, as sent, names of members excepted
let scanAt: usize = 0;
let scanEnd: usize = 0;
/** The next string (sPtr, sLen; true in `scanString`) or number (nDigits, nExponent). False: no more. */
let scanString: bool = false;
function nextScalar(): bool {
  while (scanAt < scanEnd) {
    const c: u32 = load<u8>(scanAt);
    if (c == 34) {
      const start = scanAt + 1;
      scanAt = skipString(start);
      if (!scanAt) return false;
      if (load<u8>(space(scanAt)) == 58) continue; // a member's name
      readString(start);
      scanString = true;
      return true;
    }
    if (c == 45 || isDigit(c)) {
      scanAt = readNumber(scanAt);
      scanString = false;
      return scanAt != 0;
    }
    scanAt++;
  }
  return false;
}
function scalarForms(): bool {
  return scanString ? stringForms(sPtr, sLen) : numberForm(nDigits, nExponent);
}

/** Keyed hashes of the forms of a call's arguments to `out`, at most 16; their number, 255 when there are more. */
export function echoes(args: usize, end: usize, out: usize): u32 {
  let n: u32 = 0;
  const most = <u32>H(H_ECHO);
  scanAt = args;
  scanEnd = end;
  while (nextScalar()) {
    const mark = bump;
    if (!scalarForms()) return 255;
    for (let i: u32 = 0; i < formCount; i++) {
      const f = FORMS + (<usize>i << 3);
      keyedHash(ECHO, <usize>load<u32>(f), load<u32>(f, 4));
      if (inEchoes(out, n)) continue;
      if (n == most) return 255;
      memory.copy(out + (<usize>n << 4), HASH_OUT, 16);
      n++;
    }
    setBump(mark);
  }
  return n;
}
function inEchoes(list: usize, n: u32): bool {
  for (let i: u32 = 0; i < n; i++) if (equal(list + (<usize>i << 4), HASH_OUT, 16)) return true;
  return false;
}

/** Does the scalar of the scan stand on anything? Its forms are in FORMS. */
function scalarStands(): bool {
  if (!scanString) {
    if (kept(CLASS_NUMBER) && has(U_NUMBER, 0, <usize>load<u32>(FORMS), load<u32>(FORMS, 4))) return true;
  } else {
    const p = sPtr;
    const len = sLen;
    if (kept(CLASS_ID) && idInUser(p, len)) return true;
    if (kept(CLASS_EMAIL) && canonicalEmail(p, len, SCRATCH_NODE) && has(U_EMAIL, 0, <usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN))) return true;
    if (kept(CLASS_URL) && canonicalUrl(p, len, SCRATCH_NODE) && urlInUser(SCRATCH_NODE)) return true;
    if (kept(CLASS_HOST) && canonicalHost(p, len, SCRATCH_NODE) && hostInUser(<usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN))) return true;
    if (kept(CLASS_TEXT) && textInUser(p, len)) return true;
  }
  const sources = <u32>H(H_SOURCE_COUNT);
  for (let i: u32 = 0; i < formCount; i++) {
    const f = FORMS + (<usize>i << 3);
    for (let s: u32 = 0; s < sources; s++) if (has(RESULT, s, <usize>load<u32>(f), load<u32>(f, 4))) return true;
  }
  return false;
}

/** Marks what the agent put into a write without standing on anything. */
export function plant(args: usize, end: usize): void {
  scanAt = args;
  scanEnd = end;
  while (nextScalar()) {
    const mark = bump;
    if (!scalarForms()) return;
    if (!scalarStands()) {
      for (let i: u32 = 0; i < formCount; i++) {
        const f = FORMS + (<usize>i << 3);
        addMark(<usize>load<u32>(f), load<u32>(f, 4));
      }
    }
    setBump(mark);
  }
}

// ── what a result leaves. Source record, 16 B: class u32, path u32 (child indexes), length u32, tool u32
let echoList: usize = 0;
let echoCount: u32 = 0;

function take(node: usize, source: u32, path: usize, n: u32, c: u32): void {
  if (stateOf(node) != KNOWN) return;
  const kind = load<u32>(node, N_KIND);
  if (kind == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) take(e, source, path, n, c);
    return;
  }
  if (n) {
    if (kind == K_RECORD) take(<usize>load<u32>(node, N_PTR) + <usize>load<u32>(path) * NODE, source, path + 4, n - 1, c);
    return;
  }
  const mark = bump;
  if (formsOf(node)) {
    let echoed = false;
    for (let i: u32 = 0; i < formCount && !echoed; i++) {
      const f = FORMS + (<usize>i << 3);
      keyedHash(ECHO, <usize>load<u32>(f), load<u32>(f, 4));
      echoed = inEchoes(echoList, echoCount);
    }
    if (!echoed && classForm(node, c)) addResult(source, fPtr, fLen);
  }
  setBump(mark);
}

/** Tokens of an ok, fitting result of `tool` (index), typed below `root`. */
export function takeResult(tool: u32, root: usize, echo: usize, echoes: u32): void {
  if (echoes == 255) return;
  echoList = echo;
  echoCount = echoes;
  const n = <u32>H(H_SOURCE_COUNT);
  for (let s: u32 = 0; s < n; s++) {
    const r = H(H_SOURCES) + (<usize>s << 4);
    if (load<u32>(r, 12) == tool) take(root, s, <usize>load<u32>(r, 4), load<u32>(r, 8), load<u32>(r));
  }
}
