// Terms: what a condition reads. One global register holds the term last read; a condition that needs two keeps the first itself.
//
// Term, 32 B: kind u8, member u8, depth u8, – · a u32 · b u32 · c u32 · digits i64 · exponent i32
import { ELEMENTS, HASH_OUT, NODE } from "./memory";
import { severity } from "./action";
import { equal } from "./bytes";
import { compareDecimals } from "./decimal";
import { addExact, addToSum, fits, multiplyExact, startSum, takeSum, xDigits, xExponent } from "./exact";
import { keyedHash } from "./hashing";
import { K_DATE, K_DURATION } from "./spelled";
import { K_MONEY } from "./typed";
import { KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, UNKNOWN, stateOf } from "./value";

const T_SLOT: u32 = 1;
const T_ELEMENT: u32 = 2;
const T_TEXT: u32 = 3;
const T_NUMBER: u32 = 4;
const T_COUNT: u32 = 5;
const T_ROW: u32 = 6;
const T_BLAST: u32 = 8;
const T_ITEM: u32 = 13;
export const T_LOOKUP: u32 = 14;
const T_FOLD: u32 = 20;
const T_ARITHMETIC: u32 = 21;
const T_PICK: u32 = 22;
/** Members of a Sql value, from the first bit of what it does on. */
const SQL_READS: u32 = 20;
const SQL_TABLES_OF: u32 = 24;
const SUM: u32 = 0;
const MIN: u32 = 1;

/** Members from here on are the lists of a Command, in this order (command-store.ts). */
export const M_COMMAND: u32 = 13;

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

/** The item that `prior.row` stands for. */
let itemMask: u32 = 0;
let itemValues: usize = 0;
export function setItem(mask: u32, values: usize): void {
  itemMask = mask;
  itemValues = values;
}

export const INTERNAL_TEXT: u64 = 0x7478657420776f72; // domain of texts in evidence rows

/** State of the record that an element's path did not get through. */
let lost: u32 = 0;
@inline function elementNode(t: usize): usize {
  return below(<usize>load<u32>(ELEMENTS + (<usize>load<u8>(t, 2) << 2)), <usize>load<u32>(t, 4), load<u32>(t, 8));
}
/** The node at a path of child numbers. */
function below(node: usize, path: usize, n: u32): usize {
  lost = 0;
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
  if (kind == T_LOOKUP) return lookup(t);
  if (kind >= T_FOLD) return computed(t, kind);
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
    tState = ((kind == T_ITEM ? itemMask : rowMask) >> (i << 1)) & 3;
    const v = (kind == T_ITEM ? itemValues : rowValues) + <usize>i * 24;
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

/** Of the last lookup: the map is not known, so neither is whether it has the key. */
export let tUnsure: bool = false;
/** a: the map · b, c: the key and its length · d, e: path below the value and its length; the key of a value stands in the node before it. */
function lookup(t: usize): void {
  readTerm(<usize>load<u32>(t, 4));
  tUnsure = tState == UNKNOWN;
  if (tState != KNOWN) {
    tNode = 0;
    return;
  }
  const key = <usize>load<u32>(t, 8);
  const n = load<u32>(t, 12);
  let value = <usize>load<u32>(tNode, N_PTR);
  while (value && !(load<u32>(value - NODE, N_LEN) == n && equal(<usize>load<u32>(value - NODE, N_PTR), key, n))) value = <usize>load<u32>(value, N_NEXT);
  if (value) value = below(value, <usize>load<u32>(t, 16), load<u32>(t, 20));
  else lost = 0;
  readNode(value, <u32>load<u8>(t, 1));
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

// ── what is computed (docs/semantics/values.md, "Arithmetic"): member: which operation, depth: what type it comes to

function computed(t: usize, kind: u32): void {
  const op = <u32>load<u8>(t, 1);
  const type = <u32>load<u8>(t, 2);
  let known: bool;
  if (kind == T_ARITHMETIC) known = arithmetic(t, op);
  else if (kind == T_PICK) known = pick(t, op);
  else known = fold(t, op);
  tNode = 0;
  tNumber = true;
  tState = known && fits(type) ? KNOWN : UNKNOWN;
  tDigits = xDigits;
  tExponent = xExponent;
}
/** op: 0 +, 1 −, 2 × · a, b: the operands. */
function arithmetic(t: usize, op: u32): bool {
  readTerm(<usize>load<u32>(t, 4));
  if (tState != KNOWN) return false;
  const digits = tDigits;
  const exponent = tExponent;
  readTerm(<usize>load<u32>(t, 8));
  if (tState != KNOWN) return false;
  if (op == 2) return multiplyExact(digits, tDigits, exponent + tExponent);
  return addExact(digits, exponent, op ? -tDigits : tDigits, tExponent);
}
/** a, b: the values, as terms, and their count. */
function pick(t: usize, op: u32): bool {
  const terms = <usize>load<u32>(t, 4);
  const n = load<u32>(t, 8);
  let digits: i64 = 0;
  let exponent = 0;
  for (let i: u32 = 0; i < n; i++) {
    readTerm(<usize>load<u32>(terms + (<usize>i << 2)));
    if (tState != KNOWN) return false;
    if (i && !better(op, digits, exponent)) continue;
    digits = tDigits;
    exponent = tExponent;
  }
  return multiplyExact(digits, 1, exponent);
}
/** The number just read comes before this one. */
@inline function better(op: u32, digits: i64, exponent: i32): bool {
  const order = compareDecimals(tDigits, tExponent, digits, exponent);
  return op == MIN ? order < 0 : order > 0;
}
/** a: the list · b, c: path below an element and its length. */
function fold(t: usize, op: u32): bool {
  readTerm(<usize>load<u32>(t, 4));
  if (tState != KNOWN) return false;
  const path = <usize>load<u32>(t, 8);
  const n = load<u32>(t, 12);
  let digits: i64 = 0;
  let exponent = 0;
  if (op == SUM) startSum();
  let first = true;
  for (let e = <usize>load<u32>(tNode, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
    readNode(below(e, path, n), 0);
    if (tState != KNOWN) return false;
    if (op == SUM) addToSum(tDigits, tExponent);
    else if (first || better(op, digits, exponent)) {
      digits = tDigits;
      exponent = tExponent;
    }
    first = false;
  }
  return op == SUM ? takeSum() : !first && multiplyExact(digits, 1, exponent);
}

const LENGTH: u32 = 10;
const VALUES: u32 = 12;
/** Stands for a map's list of keys; only its first element and length are read. */
const KEYS: usize = memory.data(64, 16);

/** A node's value or a member of it. */
export function readNode(node: usize, member: u32): void {
  tHashed = false;
  tNode = node;
  tState = node ? stateOf(node) : lost;
  if (tState != KNOWN) return;
  if (!member) {
    const k = load<u32>(node, N_KIND);
    tNumber = k <= K_MONEY || (k >= K_DATE && k <= K_DURATION);
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
  if (member >= M_COMMAND && member < SQL_READS) return readNode(<usize>load<u32>(node, N_PART) + <usize>(member - M_COMMAND) * NODE, 0);
  if (member > LENGTH && member < SQL_READS) {
    // a map: its node is the list of its values; that of its keys begins one node before
    if (member == VALUES) return;
    store<u32>(KEYS, p ? <u32>p - NODE : 0, N_PTR);
    store<u32>(KEYS, len, N_LEN);
    tNode = KEYS;
    return;
  }
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
  } else if (member == SQL_TABLES_OF) tNode = <usize>part1;
  else if (member >= SQL_READS) number(<i64>((part >> (member - SQL_READS)) & 1));
  else {
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
