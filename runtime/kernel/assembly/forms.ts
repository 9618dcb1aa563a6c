// Forms: what is compared of a value in its class, and who said it (docs/semantics/grounding.md, "A form", "Grounded").
import { H, H_MINOR, H_SOURCES, H_STOP_WORDS, H_TOKEN_CAP, HASH_OUT, SPELLINGS, alloc, bump, setBump } from "./memory";
import { find, fold } from "./bytes";
import { plain } from "./decimal";
import {
  RESULT, R_END, R_WORD, U_BARE_HOST, U_EMAIL, U_END, U_HOST, U_ID, U_NUMBER, U_URL, U_WORD, has, isMarked, makeRow, nextWord, wordLen, wordPtr, wordRun,
} from "./tokens";
import { K_MONEY, K_PATH } from "./typed";
import { N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_PTR, N_RAW, N_RAW_LEN } from "./value";

export const CLASS_ID: u32 = 1;
export const CLASS_NUMBER: u32 = 2;
export const CLASS_EMAIL: u32 = 4;
export const CLASS_URL: u32 = 8;
export const CLASS_HOST: u32 = 16;
export const CLASS_TEXT: u32 = 32;
/** Beside the classes of values: numbers read as minor units, words of what is searched. */
export const CLASS_AMOUNT: u32 = 64;
export const CLASS_WORD: u32 = 128;
/** Hosts that could ground a Url. */
export const CLASS_SITE: u32 = 256;

/**
 * Source record, 32 B: class u32, path u32 (child indexes), length u32, tool u32, flags u32 (1 contains, 2 amounts, 4 an argument),
 * slot of the argument that names the result, its class, its bit. Of an argument: its slot instead of the path, and at 20 when the call is trusted.
 */
export const SOURCE: usize = 32;
export const CONTAINS: u32 = 1;
export const MONEY: u32 = 2;
export const ARGUMENT: u32 = 4;
export function source(i: u32): usize {
  return H(H_SOURCES) + <usize>i * SOURCE;
}

/** The form of a typed scalar, at formPtr, formLen. False: no memory. */
export let formPtr: usize = 0;
export let formLen: u32 = 0;
export function formOf(node: usize, c: u32): bool {
  if (c == CLASS_NUMBER) {
    formPtr = alloc(64);
    if (!formPtr) return false;
    formLen = plain(load<i64>(node, N_DIGITS), load<i32>(node, N_EXPONENT), formPtr);
    return true;
  }
  const raw = load<u32>(node, N_KIND) == K_PATH;
  const p = <usize>load<u32>(node + (raw ? N_RAW : N_PTR));
  formLen = load<u32>(node + (raw ? N_RAW_LEN : N_LEN));
  if (c != CLASS_ID && c != CLASS_TEXT) {
    formPtr = p;
    return true;
  }
  formPtr = alloc(<usize>formLen + 32);
  if (!formPtr) return false;
  fold(p, formLen, formPtr);
  return true;
}
/** Money, where a number on the wire may be minor units of it. */
export function isAmount(node: usize): bool {
  return load<u32>(node, N_KIND) == K_MONEY && H(H_MINOR) != 0;
}

/** The host in a canonical Url, at hostPtr, hostLen: from behind its `//` to a `:` or `/`. */
let hostPtr: usize = 0;
let hostLen: u32 = 0;
function hostIn(p: usize, len: u32): void {
  const end = p + len;
  while (load<u16>(p) != 0x2f2f) p++;
  p += 2;
  hostPtr = p;
  while (p < end && load<u8>(p) != 58 && load<u8>(p) != 47) p++;
  hostLen = <u32>(p - hostPtr);
}

/**
 * How a Url may be spelt: a scheme that is left out is http and https; those two are not each other. {address, length} at SPELLINGS; their
 * number, 0: no memory.
 */
export function spellings(p: usize, len: u32): u32 {
  store<u32>(SPELLINGS, <u32>p);
  store<u32>(SPELLINGS, len, 4);
  const schemeless = load<u8>(p) == 47;
  const http = !schemeless && load<u32>(p) == 0x70747468;
  if (!schemeless && !http) return 1;
  if (http) {
    const n: u32 = load<u8>(p, 4) == 58 ? 5 : 6;
    store<u32>(SPELLINGS, <u32>p + n, 8);
    store<u32>(SPELLINGS, len - n, 12);
    return 2;
  }
  const q = alloc((<usize>len << 1) + 32);
  if (!q) return 0;
  store<u32>(q, 0x70747468);
  store<u8>(q, 58, 4);
  memory.copy(q + 5, p, len);
  const s = q + <usize>len + 8;
  store<u32>(s, 0x70747468);
  store<u16>(s, 0x3a73, 4);
  memory.copy(s + 6, p, len);
  store<u32>(SPELLINGS, <u32>q, 8);
  store<u32>(SPELLINGS, len + 5, 12);
  store<u32>(SPELLINGS, <u32>s, 16);
  store<u32>(SPELLINGS, len + 6, 20);
  return 3;
}
@inline export function spelled(i: u32): usize {
  return <usize>load<u32>(SPELLINGS + (<usize>i << 3));
}
@inline export function spelledLen(i: u32): u32 {
  return load<u32>(SPELLINGS + (<usize>i << 3), 4);
}
function urlIn(kind: u32, place: u32, p: usize, len: u32): bool {
  const n = spellings(p, len);
  for (let i: u32 = 0; i < n; i++) if (has(kind, place, spelled(i), spelledLen(i))) return true;
  return false;
}
function urlMarked(p: usize, len: u32, marks: u32): bool {
  const n = spellings(p, len);
  for (let i: u32 = 0; i < n; i++) if (isMarked(CLASS_URL, spelled(i), spelledLen(i), marks)) return true;
  return n == 0;
}

// ── words
function codePoints(p: usize, len: u32): u32 {
  let n: u32 = 0;
  for (let i: u32 = 0; i < len; i++) if ((load<u8>(p + i) & 0xc0) != 0x80) n++;
  return n;
}
/** Are the words of a folded text a run of one message (U_WORD), or of one text of a source? */
function runIn(kind: u32, end: u32, place: u32, p: usize, len: u32): bool {
  const mark = bump;
  const most = <u32>H(H_TOKEN_CAP);
  const rows = alloc(<usize>most << 4);
  if (!rows) return false;
  let n: u32 = 0;
  let says = true;
  for (let q = nextWord(p, p + len); q; q = nextWord(q, p + len)) {
    if (n == most) {
      setBump(mark);
      return false;
    }
    if (n == 0) says = codePoints(wordPtr, wordLen) >= 3 && !find(H(H_STOP_WORDS), <u32>H(H_STOP_WORDS + 4), wordPtr, wordLen);
    makeRow(kind, place, wordPtr, wordLen);
    memory.copy(rows + (<usize>n << 4), HASH_OUT, 16);
    n++;
  }
  const ok = n > 0 && (n > 1 || says) && wordRun(kind, end, rows, n);
  setBump(mark);
  return ok;
}

/** Did the user say it? */
export function said(c: u32, p: usize, len: u32): bool {
  if (c == CLASS_EMAIL) return has(U_EMAIL, 0, p, len);
  if (c == CLASS_NUMBER) return has(U_NUMBER, 0, p, len);
  if (c == CLASS_ID) return has(U_ID, 0, p, len);
  if (c == CLASS_HOST) return has(U_HOST, 0, p, len) || has(U_BARE_HOST, 0, p, len);
  if (c == CLASS_TEXT) return runIn(U_WORD, U_END, 0, p, len);
  if (urlIn(U_URL, 0, p, len)) return true;
  hostIn(p, len);
  return has(U_BARE_HOST, 0, hostPtr, hostLen);
}

/**
 * Grounded requirement, 40 B: values u32, count u32 · sources u32 (numbers), count u32 · flags u32 (1 user) · own identifiers u32, count u32 ·
 * marks u32 (its bit) · classes of its marks u32.
 */
export function heldBySource(r: usize, c: u32, p: usize, len: u32): bool {
  const ids = <usize>load<u32>(r, 8);
  const n = load<u32>(r, 12);
  for (let i: u32 = 0; i < n; i++) {
    const id = load<u32>(ids + (<usize>i << 2));
    const s = source(id);
    const own = load<u32>(s);
    const searched = (load<u32>(s, 16) & CONTAINS) != 0;
    if (own != c) continue;
    if (searched && c == CLASS_TEXT) {
      if (runIn(R_WORD, R_END, id, p, len)) return true;
      continue;
    }
    if (c == CLASS_URL ? urlIn(RESULT, id, p, len) : has(RESULT, id, p, len)) return true;
  }
  return false;
}

/** Does a source hold a host that grounds what lies below it? */
export function siteHeld(r: usize, p: usize, len: u32): bool {
  const ids = <usize>load<u32>(r, 8);
  const n = load<u32>(r, 12);
  for (let i: u32 = 0; i < n; i++) {
    const id = load<u32>(ids + (<usize>i << 2));
    const s = source(id);
    const own = load<u32>(s);
    if ((own == CLASS_HOST || (own == CLASS_URL && load<u32>(s, 16) & CONTAINS)) && has(RESULT, id, p, len)) return true;
  }
  return false;
}
/** On a host that a source holds. */
export function belowSite(r: usize, p: usize, len: u32): bool {
  hostIn(p, len);
  return siteHeld(r, hostPtr, hostLen);
}
/** On a host that a source holds and that is not planted. */
export function belowOwnSite(r: usize, p: usize, len: u32): bool {
  return belowSite(r, p, len) && !isMarked(CLASS_SITE, hostPtr, hostLen, load<u32>(r, 28));
}
/** Did the user say the host and nothing else? */
export function siteSaid(p: usize, len: u32): bool {
  return has(U_BARE_HOST, 0, p, len);
}

/** Is the form marked for the rule? */
export function planted(r: usize, c: u32, p: usize, len: u32, money: bool): bool {
  const marks = load<u32>(r, 28);
  if (c == CLASS_URL ? urlMarked(p, len, marks) : isMarked(c, p, len, marks)) return true;
  if (money && isMarked(CLASS_AMOUNT, p, len, marks)) return true;
  if (c != CLASS_TEXT || !(load<u32>(r, 32) & CLASS_WORD)) return false;
  const mark = bump;
  let any = false;
  let all = true;
  for (let q = nextWord(p, p + len); q && all; q = nextWord(q, p + len)) {
    any = true;
    all = isMarked(CLASS_WORD, wordPtr, wordLen, marks);
  }
  setBump(mark);
  return any && all;
}
