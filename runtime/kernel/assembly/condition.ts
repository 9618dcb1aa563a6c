// Conditions with three values: 0 false, 1 unknown, 2 true; `and` is the minimum, `or` the maximum, `not` 2 − x (Kleene).
// Trees of 32-byte nodes that the compiler laid out. What the classifier decides by a table is not here (classify.ts).
//
// Condition: op u8, sub u8, depth u8, – · a u32 · b u32 · c u32 · d u32 · e u32
// Term: kind u8, member u8, depth u8, – · a u32 · b u32 · c u32 · digits i64 · exponent i32
import { ELEMENTS, H, HASH_OUT, NODE } from "./memory";
import { agentIs } from "./acting";
import { abilityRecord, severity } from "./action";
import { contains, equal, find, symbol } from "./bytes";
import { compareDecimals } from "./decimal";
import { keyedHash } from "./hashing";
import { seenLabels } from "./seen";
import { K_BOOL, K_DECIMAL, K_INT, K_MONEY } from "./typed";
import { KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, UNKNOWN, stateOf } from "./value";

export const FALSE: u32 = 0;
export const MAYBE: u32 = 1;
export const TRUE: u32 = 2;

// ── terms
const T_SLOT: u32 = 1;
const T_ELEMENT: u32 = 2;
const T_TEXT: u32 = 3;
const T_NUMBER: u32 = 4;
const T_COUNT: u32 = 5;
const T_ROW: u32 = 6;
const T_BLAST: u32 = 8;

/** The term last read. tState: 0 absent, KNOWN, UNKNOWN; tHashed: the text is at tPtr as a keyed hash of 16 bytes. */
export let tState: u32 = 0;
export let tNumber: bool = false;
export let tHashed: bool = false;
export let tPtr: usize = 0;
export let tLen: u32 = 0;
export let tDigits: i64 = 0;
export let tExponent: i32 = 0;
/** The node a reference came from, 0 otherwise. */
export let tNode: usize = 0;

/** The evidence row that `prior` stands for: mask of value states (2 bits each) and the values, 24 bytes each. */
let rowMask: u32 = 0;
let rowValues: usize = 0;
export function setRow(mask: u32, values: usize): void {
  rowMask = mask;
  rowValues = values;
}

const INTERNAL_TEXT: u64 = 0x7478657420776f72; // domain of texts in evidence rows

/** State of the record that an element's path did not get through. */
let lost: u32 = 0;
function elementNode(t: usize): usize {
  lost = 0;
  let node = <usize>load<u32>(ELEMENTS + (<usize>load<u8>(t, 2) << 2));
  const path = <usize>load<u32>(t, 4);
  const n = load<u32>(t, 8);
  for (let i: u32 = 0; i < n; i++) {
    const state = stateOf(node);
    if (state != KNOWN) {
      lost = state;
      return 0;
    }
    node = <usize>load<u32>(node, N_PTR) + <usize>load<u32>(path + (<usize>i << 2)) * NODE;
  }
  return node;
}

export function readTerm(t: usize): void {
  const kind = <u32>load<u8>(t);
  tNode = 0;
  tHashed = false;
  if (kind == T_SLOT || kind == T_ELEMENT) {
    const node = kind == T_SLOT ? <usize>load<u32>(t, 4) : elementNode(t);
    readNode(node, <u32>load<u8>(t, 1));
    return;
  }
  if (kind == T_BLAST) return blast(t);
  tState = KNOWN;
  if (kind == T_TEXT) {
    tNumber = false;
    tPtr = <usize>load<u32>(t, 4);
    tLen = load<u32>(t, 8);
  } else if (kind == T_NUMBER) {
    tNumber = true;
    tDigits = load<i64>(t, 16);
    tExponent = load<i32>(t, 24);
  } else if (kind == T_COUNT) {
    readTerm(<usize>load<u32>(t, 4));
    if (tState != KNOWN) return;
    number(<i64>load<u32>(tNode, N_LEN));
  } else {
    const i = load<u32>(t, 4);
    tState = (rowMask >> (i << 1)) & 3;
    const v = rowValues + <usize>i * 24;
    tNumber = load<u32>(v, 20) != 0;
    if (tNumber) {
      tDigits = load<i64>(v);
      tExponent = load<i32>(v, 8);
    } else {
      tHashed = true;
      tPtr = v;
      tLen = 16;
    }
  }
}

/** Thousandths that remain of severity in the environment of the term; −1: it is unknown. */
function environment(t: usize): i32 {
  if (!t) return 1000;
  readTerm(t);
  if (tState == UNKNOWN) return -1;
  if (tState != KNOWN) return 1000;
  if (tLen == 3 && load<u16>(tPtr) == 0x6564 && load<u8>(tPtr, 2) == 0x76) return 250; // dev
  if (tLen == 4 && load<u32>(tPtr) == 0x74736574) return 350; // test
  if (tLen == 7 && load<u32>(tPtr) == 0x67617473 && load<u32>(tPtr, 3) == 0x676e6967) return 600; // staging
  return 1000;
}
/** How many chances of harm so many resources are; −1: it is unknown. */
function steps(t: usize): i32 {
  if (!t) return 5;
  readTerm(t);
  if (tState == UNKNOWN) return -1;
  if (tState != KNOWN || tDigits < 0) return 5;
  let n = 1;
  if (compareDecimals(tDigits, tExponent, 2, 0) >= 0) n++;
  for (let e = 1; e <= 3; e++) if (compareDecimals(tDigits, tExponent, 1, e) >= 0) n++;
  return n;
}
/** docs/registry.md, "Blast radius": whole thousandths, rounded down at each product. */
function score(where: i32, count: i32, back: i32): i32 {
  const one = severity() * where * back / 1000000;
  let spared = 1000;
  for (let i = 0; i < count; i++) spared = spared * (1000 - one) / 1000;
  return 1000 - spared;
}
/**
 * The blast radius of the last call by the facts of term t, for the decision: score u32 in thousandths · environment u32, in
 * thousandths of severity · rollback u32 · state of the count u32 · its digits i64 · exponent i32. What is unknown counts as the worst.
 */
export function blastReport(t: usize, out: usize): void {
  const where = environment(<usize>load<u32>(t, 4));
  const count = steps(<usize>load<u32>(t, 8));
  store<u32>(out, 0, 12);
  if (load<u32>(t, 8)) {
    readTerm(<usize>load<u32>(t, 8));
    store<u32>(out, tState, 12);
    store<i64>(out, tDigits, 16);
    store<i32>(out, tExponent, 24);
  }
  let back = 1000;
  if (load<u32>(t, 12)) {
    readTerm(<usize>load<u32>(t, 12));
    if (tState == KNOWN && tDigits) back = 600;
  }
  store<u32>(out, score(where < 0 ? 1000 : where, count < 0 ? 5 : count, back));
  store<u32>(out, where < 0 ? 1000 : where, 4);
  store<u32>(out, back == 600 ? 1 : 0, 8);
}
function blast(t: usize): void {
  const where = environment(<usize>load<u32>(t, 4));
  const count = steps(<usize>load<u32>(t, 8));
  let back = 1000;
  if (load<u32>(t, 12)) {
    readTerm(<usize>load<u32>(t, 12));
    if (tState == UNKNOWN) back = -1;
    else if (tState == KNOWN && tDigits) back = 600;
  }
  tNode = 0;
  tHashed = false;
  tNumber = true;
  tState = where < 0 || count < 0 || back < 0 ? UNKNOWN : KNOWN;
  if (tState == UNKNOWN) return;
  let digits = score(where, count, back);
  let exponent = digits ? -3 : 0;
  while (digits && digits % 10 == 0) {
    digits /= 10;
    exponent++;
  }
  tDigits = digits;
  tExponent = exponent;
}

/** A node's value or a member of it. */
export function readNode(node: usize, member: u32): void {
  tHashed = false;
  tNode = node;
  tState = node ? stateOf(node) : lost;
  if (tState != KNOWN) return;
  if (!member) {
    const k = load<u32>(node, N_KIND);
    tNumber = k >= K_BOOL && k <= K_MONEY;
    if (tNumber) {
      tDigits = load<i64>(node, N_DIGITS);
      tExponent = load<i32>(node, N_EXPONENT);
    } else {
      tPtr = <usize>load<u32>(node, N_PTR);
      tLen = load<u32>(node, N_LEN);
    }
    return;
  }
  tNumber = false;
  const p = <usize>load<u32>(node, N_PTR);
  const len = load<u32>(node, N_LEN);
  const part = load<u32>(node, N_PART);
  const part1 = load<u32>(node, N_PART + 4);
  if (member == 1) {
    tPtr = p;
    tLen = part;
  } else if (member == 2) {
    tPtr = p + part + 1;
    tLen = len - part - 1;
  } else if (member == 3) {
    const host = part & 0xffff;
    if (host == 2) tState = UNKNOWN;
    tPtr = p;
    tLen = host - 3;
  } else if (member == 4) {
    tPtr = p + (part & 0xffff);
    tLen = part >> 16;
  } else if (member == 5) {
    if (part1 == 0xffffffff) tState = UNKNOWN;
    number(<i64>part1);
  } else if (member == 6) {
    tPtr = p + load<u32>(node, N_PART + 8);
    tLen = load<u32>(node, N_PART + 12);
  } else if (member == 7) {
    tPtr = p + part;
    tLen = len - part;
  } else if (member == 8) {
    tPtr = p + part1;
    tLen = len - part1;
  } else if (member == 9) {
    tPtr = p;
    tLen = part > 1 ? part - 1 : 1;
  } else {
    let n: i64 = 0;
    for (let i: u32 = 0; i < len; i++) if ((load<u8>(p + i) & 0xc0) != 0x80) n++;
    number(n);
  }
}
function number(v: i64): void {
  tNumber = true;
  tExponent = 0;
  tDigits = v;
}

/** The text of the term as it stands in evidence rows: 16 bytes at HASH_OUT. */
export function hashTerm(): void {
  if (tHashed) memory.copy(HASH_OUT, tPtr, 16);
  else keyedHash(INTERNAL_TEXT, tPtr, tLen);
}

// ── conditions

function sameText(aHashed: bool, a: usize, aLen: u32): bool {
  if (!aHashed && !tHashed) return aLen == tLen && equal(a, tPtr, aLen);
  if (aHashed) {
    hashTerm();
    return equal(a, HASH_OUT, 16);
  }
  keyedHash(INTERNAL_TEXT, a, aLen);
  return equal(tPtr, HASH_OUT, 16);
}

function compare(c: usize): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  const isNumber = tNumber;
  const p = tPtr;
  const len = tLen;
  const hashed = tHashed;
  const digits = tDigits;
  const exponent = tExponent;
  readTerm(<usize>load<u32>(c, 8));
  if (tState != KNOWN) return MAYBE;
  const op = <u32>load<u8>(c, 1);
  let r: bool;
  if (isNumber) {
    const order = compareDecimals(digits, exponent, tDigits, tExponent);
    r = op == 1 ? order == 0 : op == 2 ? order != 0 : op == 3 ? order < 0 : op == 4 ? order <= 0 : op == 5 ? order > 0 : order >= 0;
  } else {
    const same = sameText(hashed, p, len);
    r = op == 1 ? same : !same;
  }
  return r ? TRUE : FALSE;
}

/** b, c: sorted symbols and their count · d, e: the literal terms and their count. */
function member(c: usize): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  if (!tNumber && !tHashed) return hasSymbol(<usize>load<u32>(c, 8), load<u32>(c, 12), symbol(tPtr, tLen)) ? TRUE : FALSE;
  const isNumber = tNumber;
  const p = tPtr;
  const digits = tDigits;
  const exponent = tExponent;
  const list = <usize>load<u32>(c, 16);
  const n = load<u32>(c, 20);
  for (let i: u32 = 0; i < n; i++) {
    readTerm(<usize>load<u32>(list + (<usize>i << 2)));
    if (isNumber ? compareDecimals(digits, exponent, tDigits, tExponent) == 0 : sameText(true, p, 16)) return TRUE;
  }
  return FALSE;
}
export function hasSymbol(list: usize, count: u32, s: u32): bool {
  return s != 0 && symbolIndex(list, count, s) < count;
}
/** Position of s in the sorted list, or count. Lists are padded with zeros to 16 bytes, and no symbol is 0. */
@inline export function symbolIndex(list: usize, count: u32, s: u32): u32 {
  if (count > 8) return symbolSearch(list, count, s);
  const wanted = i32x4.splat(s);
  const hits = <u32>i32x4.bitmask(i32x4.eq(wanted, v128.load(list))) | (count > 4 ? <u32>i32x4.bitmask(i32x4.eq(wanted, v128.load(list, 16))) << 4 : 0);
  return s && hits ? ctz(hits) : count;
}
function symbolSearch(list: usize, count: u32, s: u32): u32 {
  let lo: u32 = 0;
  let hi = count;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (load<u32>(list + (<usize>mid << 2)) < s) lo = mid + 1;
    else hi = mid;
  }
  return lo < count && load<u32>(list + (<usize>lo << 2)) == s ? lo : count;
}

/** Host patterns: the whole name in the exact table, or what follows one of its dots in the other. */
export function hostIn(exact: usize, exactMask: u32, below: usize, belowMask: u32, p: usize, len: u32): bool {
  if (exact && find(exact, exactMask, p, len)) return true;
  if (!below) return false;
  const end = p + len;
  for (let block = p; block < end; block += 16) {
    let dots = <u32>i8x16.bitmask(i8x16.eq(v128.load(block), i8x16.splat(46)));
    while (dots) {
      const q = block + ctz(dots) + 1;
      dots &= dots - 1;
      if (q > p + 1 && q < end && find(below, belowMask, q, <u32>(end - q))) return true;
    }
  }
  return false;
}

/** Automaton: classes u32, accept u32, transitions u32, first sink u32 (from it on, states never change), class map 256 B at 16. The accept value (0: none) of the whole text. */
export function run(automaton: usize, p: usize, len: u32): u32 {
  const classes = load<u32>(automaton);
  const next = <usize>load<u32>(automaton, 8);
  const sinks = load<u32>(automaton, 12);
  let s: u32 = 0;
  const end = p + len;
  for (; p < end && s < sinks; p++) s = <u32>load<u16>(next + <usize>(s * classes + <u32>load<u8>(automaton + 16 + <usize>load<u8>(p))) * 2);
  return <u32>load<u16>(<usize>load<u32>(automaton, 4) + (<usize>s << 1));
}

function matches(c: usize): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  const list = <usize>load<u32>(c, 8);
  const n = load<u32>(c, 12);
  for (let i: u32 = 0; i < n; i++) if (run(<usize>load<u32>(list + (<usize>i << 2)), tPtr, tLen)) return TRUE;
  return FALSE;
}

function under(c: usize): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  const p = tPtr;
  const len = tLen;
  readTerm(<usize>load<u32>(c, 8));
  if (tState != KNOWN) return MAYBE;
  if (tLen == 1) return TRUE; // the root
  return len >= tLen && equal(p, tPtr, tLen) && (len == tLen || load<u8>(p + tLen) == 47) ? TRUE : FALSE;
}

function within(c: usize, op: u32): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  const q = <usize>load<u32>(c, 8);
  const n = load<u32>(c, 12);
  if (op == 12) return contains(tPtr, tLen, q, n) ? TRUE : FALSE;
  return tLen >= n && equal(tPtr, q, n) ? TRUE : FALSE;
}

/** sub: 1 every, 2 any, 3 no · a, b: list terms and their count · c: the body. */
function quantifier(c: usize): u32 {
  const every = load<u8>(c, 1) == 1;
  const at = ELEMENTS + (<usize>load<u8>(c, 2) << 2);
  const lists = <usize>load<u32>(c, 4);
  const n = load<u32>(c, 8);
  const body = <usize>load<u32>(c, 12);
  const stop = every ? FALSE : TRUE;
  let result = every ? TRUE : FALSE;
  for (let i: u32 = 0; i < n && result != stop; i++) {
    readTerm(<usize>load<u32>(lists + (<usize>i << 2)));
    if (tState == UNKNOWN) {
      result = MAYBE;
      continue;
    }
    if (tState != KNOWN) continue;
    for (let e = <usize>load<u32>(tNode, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
      store<u32>(at, <u32>e);
      const r = evaluate(body);
      result = every ? min(result, r) : max(result, r);
      if (result == stop) break;
    }
  }
  return load<u8>(c, 1) == 3 ? 2 - result : result;
}

export function evaluate(c: usize): u32 {
  const op = <u32>load<u8>(c);
  if (op == 7) return compare(c);
  if (op == 2 || op == 3) {
    const list = <usize>load<u32>(c, 4);
    const n = load<u32>(c, 8);
    const stop = op == 2 ? FALSE : TRUE;
    let result = op == 2 ? TRUE : FALSE;
    for (let i: u32 = 0; i < n && result != stop; i++) {
      const r = evaluate(<usize>load<u32>(list + (<usize>i << 2)));
      result = op == 2 ? min(result, r) : max(result, r);
    }
    return result;
  }
  if (op == 4) return 2 - evaluate(<usize>load<u32>(c, 4));
  if (op == 8) return member(c);
  if (op == 5) {
    readTerm(<usize>load<u32>(c, 4));
    return tState ? TRUE : FALSE;
  }
  if (op == 6) {
    readTerm(<usize>load<u32>(c, 4));
    return tState != KNOWN ? MAYBE : tDigits ? TRUE : FALSE;
  }
  if (op == 9) {
    readTerm(<usize>load<u32>(c, 4));
    if (tState != KNOWN) return MAYBE;
    return hostIn(<usize>load<u32>(c, 8), load<u32>(c, 12), <usize>load<u32>(c, 16), load<u32>(c, 20), tPtr, tLen) ? TRUE : FALSE;
  }
  if (op == 10) return matches(c);
  if (op == 11) return under(c);
  if (op == 12 || op == 13) return within(c, op);
  if (op == 14) return quantifier(c);
  if (op == 15) {
    const levels = load<u32>(abilityRecord(), 28);
    const want = load<u32>(c, 4);
    return (load<u8>(c, 1) ? levels == want : (levels & ~want) == 0) ? TRUE : FALSE;
  }
  if (op == 16) return load<u32>(abilityRecord(), 40) & load<u32>(c, 4) ? TRUE : FALSE;
  if (op == 75) return seenLabels & load<u64>(c, 4) ? TRUE : FALSE;
  if (op == 85) return agentIs(c) ? TRUE : FALSE;
  return load<u32>(c, 4); // a constant
}
