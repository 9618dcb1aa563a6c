// Conditions with three values: 0 false, 1 unknown, 2 true; `and` is the minimum, `or` the maximum, `not` 2 − x (Kleene).
// Trees of 32-byte nodes that the compiler laid out. What the classifier decides by a table is not here (classify.ts).
//
// What they read are terms (term.ts).
//
// Condition: op u8, sub u8, depth u8, – · a u32 · b u32 · c u32 · d u32 · e u32
import { ELEMENTS, HASH_OUT } from "./memory";
import { actsFor, agentIs } from "./acting";
import { goesOutside, levelHas, levelIs, riskIs } from "./ability";
import { contains, equal, equalPadded, find, symbol } from "./bytes";
import { compareDecimals } from "./decimal";
import { keyedHash } from "./hashing";
import { OP_INCLUDES, OP_IN_RANGES, listRelation } from "./lists";
import { seenLabels } from "./seen";
import { INTERNAL_TEXT, T_LOOKUP, hashTerm, readTerm, tDigits, tExponent, tHashed, tLen, tNode, tNumber, tPtr, tState, tUnsure } from "./term";
import { KNOWN, N_NEXT, N_PTR, UNKNOWN } from "./value";

export const FALSE: u32 = 0;
export const MAYBE: u32 = 1;
export const TRUE: u32 = 2;

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

/**
 * Automaton: classes u32, accept u32, transitions u32, first sink u32 (from it on, states never change), class map 256 B at 16,
 * then what all its patterns begin with: length u32 (272, at most 16), state behind it u32, –, bytes at 288.
 * The accept value (0: none) of the whole text.
 */
export function run(automaton: usize, p: usize, len: u32): u32 {
  const classes = load<u32>(automaton);
  const next = <usize>load<u32>(automaton, 8);
  const sinks = load<u32>(automaton, 12);
  const prefix = load<u32>(automaton, 272);
  let s: u32 = 0;
  const end = p + len;
  if (len >= prefix && equalPadded(p, automaton + 288, prefix)) {
    s = load<u32>(automaton, 276);
    p += prefix;
  }
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

/** sub: 1 every, 2 any, 3 no, + 4: an absent list is unknown · a, b: list terms and their count · c: the body. */
function quantifier(c: usize): u32 {
  const every = (load<u8>(c, 1) & 3) == 1;
  const strict = load<u8>(c, 1) > 3;
  const at = ELEMENTS + (<usize>load<u8>(c, 2) << 2);
  const lists = <usize>load<u32>(c, 4);
  const n = load<u32>(c, 8);
  const body = <usize>load<u32>(c, 12);
  const stop = every ? FALSE : TRUE;
  let result = every ? TRUE : FALSE;
  for (let i: u32 = 0; i < n && result != stop; i++) {
    readTerm(<usize>load<u32>(lists + (<usize>i << 2)));
    if (tState == UNKNOWN || (strict && !tState)) {
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
    const t = <usize>load<u32>(c, 4);
    readTerm(t);
    if (tState == UNKNOWN && (load<u8>(c, 1) || (load<u8>(t) == T_LOOKUP && tUnsure))) return MAYBE;
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
  if (op == 15) return levelIs(load<u32>(c, 4), load<u8>(c, 1) != 0);
  if (op == 16) return riskIs(load<u32>(c, 4));
  if (op == 20) return levelHas(load<u32>(c, 4));
  if (op == 21) return goesOutside;
  if (op >= OP_INCLUDES && op <= OP_IN_RANGES) return listRelation(c, op);
  if (op == 75) return seenLabels & load<u64>(c, 4) ? TRUE : FALSE;
  if (op == 86) return actsFor(c) ? TRUE : FALSE;
  if (op == 85) return agentIs(c) ? TRUE : FALSE;
  return load<u32>(c, 4); // a constant
}
