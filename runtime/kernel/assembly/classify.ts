// Which rules hold: a bit-vector classifier. Every field that simple atoms read is put into a class by a table; every class
// has a row of bits, one a term; the AND over the fields' rows leaves the terms that hold (Lakshman, Stiliadis 1998).
// A term is a conjunction of literals of one rule; what no table can decide is its condition tree, asked last.
//
// Block: fields u32, words u32 (of 128 bits), field records u32, terms u32, first row u32 (all terms of the block)
// Field, 32 B: kind u8, member u8, equal u8 (of a number), – · slot address u32 · count u32 · table u32 · rows u32 · c u32 · d u32 · e u32
// Term, 16 B: rule u32, effects u32, condition u32, polarity u8 (1: must be true, 0: may be unknown), –
import { ROWS } from "./memory";
import { meet } from "./answer";
import { compareDecimals } from "./decimal";
import { MAYBE, TRUE, evaluate, hostIn, symbolIndex } from "./condition";
import { readNode, tDigits, tExponent, tLen, tPtr, tState } from "./term";
import { agent } from "./acting";
import { symbol } from "./bytes";
import { ability } from "./action";
import { KNOWN, N_SYMBOL, stateOf } from "./value";

const C_NUMBER: u32 = 1;
const C_SYMBOL: u32 = 2;
const C_BOOL: u32 = 3;
const C_HAS: u32 = 4;
const C_HOST: u32 = 5;
const C_TOOL: u32 = 6;
const C_AGENT: u32 = 15;

// Every field but C_HAS, C_TOOL and C_AGENT has a last class for a value that is absent: `has` of the slot is read off it.

/**
 * Thresholds t0 < t1 < …: classes 0 (below t0), 1 (t0), 2, 3 (t1), …, 2n; 2n + 1 is unknown. Where `equal` is 1 or 2, a threshold itself
 * is of what is below it, or above it: classes 0 to n; n + 1 is unknown.
 */
function numberClass(f: usize, node: usize): u32 {
  const n = load<u32>(f, 8);
  const equal = <u32>load<u8>(f, 2);
  readNode(node, <u32>load<u8>(f, 1));
  if (tState != KNOWN) return (equal ? n : 2 * n) + (tState ? 1 : 2);
  const table = <usize>load<u32>(f, 12);
  if (n <= 4) {
    // few thresholds (each has a class of its own): add up, so that there is nothing to predict
    let c: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const t = table + (<usize>i << 4);
      c += <u32>(compareDecimals(tDigits, tExponent, load<i64>(t), load<i32>(t, 8)) + 1);
    }
    return c;
  }
  let lo: u32 = 0;
  let hi = n;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    const t = table + (<usize>mid << 4);
    const order = compareDecimals(tDigits, tExponent, load<i64>(t), load<i32>(t, 8));
    if (order == 0) return equal ? mid + equal - 1 : 2 * mid + 1;
    if (order < 0) hi = mid;
    else lo = mid + 1;
  }
  return equal ? lo : 2 * lo;
}

/** The n symbols of the table, then every other text (n), then unknown (n + 1). */
function symbolClass(f: usize, node: usize): u32 {
  const n = load<u32>(f, 8);
  const m = <u32>load<u8>(f, 1);
  let s: u32 = 0;
  if (m) {
    readNode(node, m);
    if (tState != KNOWN) return tState ? n + 1 : n + 2;
    s = symbol(tPtr, tLen);
  } else {
    const state = stateOf(node);
    if (state != KNOWN) return state ? n + 1 : n + 2;
    s = load<u32>(node, N_SYMBOL);
  }
  return symbolIndex(<usize>load<u32>(f, 12), n, s);
}

/** 0 false, 1 unknown, 2 true, 3 absent. */
function boolClass(f: usize, node: usize): u32 {
  readNode(node, <u32>load<u8>(f, 1));
  return tState != KNOWN ? (tState ? MAYBE : 3) : tDigits ? 2 : 0;
}
function hostClass(f: usize, node: usize): u32 {
  readNode(node, <u32>load<u8>(f, 1));
  if (tState != KNOWN) return tState ? MAYBE : 3;
  return hostIn(<usize>load<u32>(f, 12), load<u32>(f, 20), <usize>load<u32>(f, 24), load<u32>(f, 28), tPtr, tLen) ? 2 : 0;
}

export function classify(block: usize): void {
  const fields = load<u32>(block);
  const words = load<u32>(block, 4);
  let f = <usize>load<u32>(block, 8);
  const terms = <usize>load<u32>(block, 12);
  const stride = <usize>words << 4;
  for (let i: u32 = 0; i < fields; i++, f += 32) {
    const kind = <u32>load<u8>(f);
    const node = <usize>load<u32>(f, 4);
    let c: u32 = 0;
    if (kind == C_SYMBOL) c = symbolClass(f, node);
    else if (kind == C_NUMBER) c = numberClass(f, node);
    else if (kind == C_BOOL) c = boolClass(f, node);
    else if (kind == C_HAS) c = stateOf(node) ? 1 : 0;
    else if (kind == C_HOST) c = hostClass(f, node);
    else if (kind == C_AGENT) c = agent() - 1;
    else c = <u32>load<u16>(<usize>load<u32>(f, 12) + (<usize>ability() << 1));
    store<u32>(ROWS + (<usize>i << 2), load<u32>(f, 16) + <u32>(stride * c));
  }
  const base = <usize>load<u32>(block, 16);
  for (let w: u32 = 0; w < words; w++) {
    const o = <usize>w << 4;
    let acc = v128.load(base + o);
    for (let i: u32 = 0; i < fields; i++) acc = v128.and(acc, v128.load(<usize>load<u32>(ROWS + (<usize>i << 2)) + o));
    if (!v128.any_true(acc)) continue;
    surviving(v128.extract_lane<u64>(acc, 0), terms + (<usize>w << 11));
    surviving(v128.extract_lane<u64>(acc, 1), terms + (<usize>w << 11) + 1024);
  }
}

function surviving(bits: u64, terms: usize): void {
  while (bits) {
    const t = terms + (<usize>ctz(bits) << 4);
    bits &= bits - 1;
    const condition = <usize>load<u32>(t, 8);
    if (condition) {
      const r = evaluate(condition);
      if (load<u8>(t, 12) ? r != TRUE : r == 0) continue;
    }
    meet(load<u32>(t), load<u32>(t, 4));
  }
}
