// Value nodes: what a typed JSON value becomes. 64 bytes, at a fixed slot or in a tree behind the request.
//   0 tag     generation × 4 + state; any other generation reads as absent, so slots are never cleared
//   4 symbol  the contract's number of the canonical text, when the descriptor wants it
//   8 ptr,len canonical text · raw JSON (Json) · first child (record) · first element, count (list)
//  16 digits  i64, 24 exponent: a number; a Bool is 0 or 1
//  28 raw     ptr,len of the text as sent (Email, Url, Host, Path)
//  36 part    offsets of members inside the canonical text (canonical.ts)
//  52 next    the next element of the list
import { DUMMY, H, H_RULE_COUNT, H_SLOTS, H_SLOTS_END, H_STAMPS, NODE } from "./memory";

export const KNOWN: u32 = 1;
export const UNKNOWN: u32 = 2;

export const N_SYMBOL: usize = 4;
export const N_PTR: usize = 8;
export const N_LEN: usize = 12;
export const N_DIGITS: usize = 16;
export const N_EXPONENT: usize = 24;
export const N_RAW: usize = 28;
export const N_RAW_LEN: usize = 32;
export const N_PART: usize = 36; // u32 × 4
export const N_NEXT: usize = 52;
export const N_KIND: usize = 56; // the descriptor's kind

let generation: u32 = 0;
/** The tag of a known value. */
let known: u32 = 0;

/** A new event: every slot is absent. */
export function nextGeneration(): void {
  generation++;
  if (generation > 0x3ffffffe) {
    memory.fill(H(H_SLOTS), 0, H(H_SLOTS_END) - H(H_SLOTS));
    memory.fill(H(H_STAMPS), 0, H(H_RULE_COUNT) << 3);
    generation = 1;
  }
  known = (generation << 2) | KNOWN;
}
@inline export function stamp(): u32 {
  return generation;
}
@inline export function setState(node: usize, state: u32): void {
  store<u32>(node, (generation << 2) | state);
}
@inline export function setKnown(node: usize): void {
  store<u32>(node, known);
}
/** 0 absent, KNOWN, UNKNOWN. */
@inline export function stateOf(node: usize): u32 {
  const tag = load<u32>(node);
  return tag >> 2 == generation ? tag & 3 : 0;
}
@inline export function slot(i: u32): usize {
  return H(H_SLOTS) + <usize>i * NODE;
}
export function dummy(): usize {
  return DUMMY;
}

// Slots of the envelope; the compiler numbers them alike (compiler/src/lower/envelope.ts).
export const S_EVENT: u32 = 0;
export const S_PRINCIPAL_ID: u32 = 1;
export const S_TEAM: u32 = 2;
export const S_SCOPES: u32 = 4;
export const S_TIME: u32 = 5;
export const S_CALL_ID: u32 = 6;
export const S_SESSION: u32 = 7;
export const S_KEY: u32 = 8;
export const S_TURN: u32 = 9;
export const S_RUN: u32 = 10;
export const S_CWD: u32 = 13;
export const S_APPROVALS: u32 = 14;
export const S_STATUS: u32 = 15;
export const S_VALUE: u32 = 16;
export const S_PARTIAL: u32 = 17;
export const S_NO_EFFECT: u32 = 18;
export const S_KEPT: u32 = 19;
export const S_FROM: u32 = 20;
export const S_TEXT: u32 = 21;
export const S_DIGEST: u32 = 28;
export const S_LEDGER_KEY: u32 = 39;
export const S_CHAIN: u32 = 41;
export const S_CHAIN_IDS: u32 = 42;
export const S_CHUNK: u32 = 46;
export const S_LAST: u32 = 47;

/** A whole number that is not negative; 0 when it is not known. */
export function integer(s: u32): u64 {
  const node = slot(s);
  if (stateOf(node) != KNOWN) return 0;
  let v = load<u64>(node, N_DIGITS);
  for (let e = load<i32>(node, N_EXPONENT); e > 0; e--) v *= 10;
  return v;
}
