// The rules met in this event and what each of them does; at the end, the join.
//
// Answer region: 0 met count · 4 obligation count · 8 flags · 16 obligation set (bytes by the header) ·
// then met entries {rule u32, effects u32}. docs/formats/decision.md has it byte by byte.
import { H, H_ANSWER, H_FINDINGS_ANSWER, H_FLOW_ANSWER, H_HISTORY_ANSWER, H_OBLIGATION_BYTES, H_RULES, H_STAMPS } from "./memory";
import { isObserved, moved } from "./observed";
import { beginCarried, carriedCount, collect, mergeCarried } from "./obligations";
import { stamp } from "./value";

export const GRANTS: u32 = 1;
export const CARRIES: u32 = 2;
export const DENIES: u32 = 4;
export const ASKS: u32 = 8;
export const WARNS: u32 = 16;
export const HINTS: u32 = 32;
export const SATISFIED: u32 = 64;
export const UNSATISFIED: u32 = 128;
export const REQUIRES: u32 = 256;
export const LABELS: u32 = 512;
export const REDACTS: u32 = 1024;
export const SUSPENDS: u32 = 2048;
export const CANCELS: u32 = 4096;
/** A line of the delegation admits the call. */
export const ADMITS: u32 = 8192;
/** An approval was asked for, and was granted. */
export const GRANTED: u32 = 16384;
/** A rate that the rule carries has no room for the call. */
export const EXCEEDS: u32 = 32768;

export const RULE: usize = 64;
// 1 allow, 2 deny, 3 oblige: their terms say what they do (classify.ts)
export const R_PRIOR: u32 = 4;
export const R_APPROVAL: u32 = 5;
export const R_GROUNDED: u32 = 6;
export const R_BUDGET: u32 = 7;
export const R_SCOPE: u32 = 8;
export const R_THAT: u32 = 9;
export const R_LOOP: u32 = 10;
export const R_INSPECT: u32 = 11;
export const R_FLOW: u32 = 12;
export const R_DELEGATION: u32 = 14;

export const FLAG_DUPLICATE: u32 = 1;
export const FLAG_CLOCK_BEHIND: u32 = 2;
/** The whole contract is only observed. */
export const FLAG_OBSERVED: u32 = 16;
/** Of a result or message that rules looked at: only those that were met took part. */
export const FLAG_CONTENT: u32 = 4;
/** The event was a chunk, and `release` is said of it. */
export const FLAG_CHUNK: u32 = 8;
/** An ok result that is handed on does not fit what its tool returns. */
export const FLAG_UNFIT: u32 = 32;

let met: u32 = 0;
let entries: usize = 0;
/** In some turn of a call that is made for others nothing granted it. */
let ungranted: bool = false;

export function resetAnswer(): void {
  const a = H(H_ANSWER);
  met = 0;
  ungranted = false;
  entries = a + 16 + H(H_OBLIGATION_BYTES);
  store<u64>(a, 0);
  const flow = H(H_FLOW_ANSWER);
  store<u64>(a, 0, 8);
  if (flow) v128.store(flow, i64x2.splat(0));
  if (H(H_HISTORY_ANSWER)) store<u64>(H(H_HISTORY_ANSWER), 0);
  if (H(H_FINDINGS_ANSWER)) store<u64>(H(H_FINDINGS_ANSWER), 0);
  for (let i: usize = 0; i < H(H_OBLIGATION_BYTES); i += 8) store<u64>(a + 16 + i, 0);
}
@inline export function rule(id: u32): usize {
  return H(H_RULES) + <usize>id * RULE;
}
@inline export function metCount(): u32 {
  return met;
}
@inline export function metEntry(i: u32): usize {
  return entries + (<usize>i << 3);
}
export function obligationSet(): usize {
  return H(H_ANSWER) + 16;
}
export function setFlag(flag: u32): void {
  store<u32>(H(H_ANSWER), load<u32>(H(H_ANSWER), 8) | flag, 8);
}

/** The entry of a rule, which is made when the rule is met for the first time in this event. */
function entryOf(id: u32): usize {
  const n = met;
  if (n <= FEW) {
    for (let i: u32 = 0; i < n; i++) if (load<u32>(metEntry(i)) == id) return metEntry(i);
    if (n == FEW) for (let i: u32 = 0; i < n; i++) mark(load<u32>(metEntry(i)), i);
  } else {
    const s = stampOf(id);
    if (load<u32>(s) == stamp()) return metEntry(load<u32>(s, 4));
  }
  if (n >= FEW) mark(id, n);
  const e = metEntry(n);
  store<u32>(e, id);
  store<u32>(e, 0, 4);
  met = n + 1;
  store<u32>(H(H_ANSWER), n + 1);
  return e;
}
/** So many entries are looked through; of more, each rule's stamp says which is its own. Stamps lie far apart, and a large contract's are in no cache. */
const FEW: u32 = 8;
@inline function stampOf(id: u32): usize {
  return H(H_STAMPS) + (<usize>id << 3);
}
function mark(id: u32, i: u32): void {
  store<u32>(stampOf(id), stamp());
  store<u32>(stampOf(id), i, 4);
}

/** Adds effects to a rule's entry. */
export function meet(id: u32, what: u32): void {
  const effects = isObserved(rule(id)) ? moved(what) : what;
  const e = entryOf(id);
  store<u32>(e, load<u32>(e, 4) | effects, 4);
}

/** What was met so far, out of the way of the next turn: at `to`, where there is room for all rules. Returns how many. */
export function setAside(to: usize): u32 {
  const n = met;
  memory.copy(to, entries, <usize>n << 3);
  let granted: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    granted |= load<u32>(metEntry(i), 4);
    store<u32>(stampOf(load<u32>(metEntry(i))), 0);
  }
  if (!(granted & GRANTS)) ungranted = true;
  met = 0;
  store<u32>(H(H_ANSWER), 0);
  return n;
}
/** Adds what was set aside. What one turn does not find satisfied is not. */
export function bringBack(from: usize, n: u32): void {
  for (let i: u32 = 0; i < n; i++) {
    const id = load<u32>(from + (<usize>i << 3));
    meet(id, load<u32>(from + (<usize>i << 3), 4));
    const e = entryOf(id);
    if (load<u32>(e, 4) & UNSATISFIED) store<u32>(e, load<u32>(e, 4) & ~SATISFIED, 4);
  }
}

// ── the join
export const DENY: u32 = 0;
export const APPROVAL: u32 = 1;
export const ALLOW_WITH: u32 = 2;
export const ALLOW: u32 = 3;

const REASON_NO_ALLOW: u32 = 16;
const REASON_CONFLICT: u32 = 22;
const REASON_APPROVAL: u32 = 21;
const REASON_STATE_FULL: u32 = 24;

/** Reason of a rule that denies: wire codes of REASONS (language/src/vocabulary.ts). */
function reasonOf(id: u32, effects: u32): u32 {
  if (effects & EXCEEDS) return 20;
  const kind = <u32>load<u8>(rule(id));
  if (kind == R_LOOP) return 33;
  if (kind == R_DELEGATION) return 32;
  if (kind == R_INSPECT) return 35;
  return kind == R_PRIOR ? 18 : kind == R_GROUNDED ? 19 : kind == R_BUDGET ? 20 : kind == R_FLOW ? 34 : kind == R_SCOPE ? 30 : kind == R_THAT ? 31 : 17;
}

export let outcome: u32 = 0;
export let reason: u32 = 0;

export function setOutcome(o: u32, r: u32): void {
  outcome = o;
  reason = r;
}
/** No row is left for an approval that was used: nothing of what was counted is waited for. */
export function denyFull(): void {
  if (H(H_HISTORY_ANSWER)) store<u64>(H(H_HISTORY_ANSWER), 0);
  setOutcome(DENY, REASON_STATE_FULL);
}
/** Nothing was met: an answer from before or beside the rules. */
export function answerAlone(o: u32, r: u32): void {
  resetAnswer();
  setOutcome(o, r);
}

export function join(): void {
  joinWith(0);
}
/** `all`: effects that are there before any rule. */
export function joinWith(all: u32): void {
  let first: u32 = 0xffffffff; // the denying rule first by name
  let why: u32 = 0;
  for (let i: u32 = 0; i < met; i++) {
    const e = metEntry(i);
    const effects = load<u32>(e, 4);
    all |= effects;
    if (effects & DENIES && load<u32>(e) < first) {
      first = load<u32>(e);
      why = effects;
    }
  }
  if (all & DENIES) return setOutcome(DENY, reasonOf(first, why));
  if (!(all & GRANTS) || ungranted) return setOutcome(DENY, REASON_NO_ALLOW);
  // nobody is asked for what could not be let through
  if (all & CARRIES && !carry()) return setOutcome(DENY, REASON_CONFLICT);
  if (all & ASKS) {
    if (all & CARRIES) memory.fill(obligationSet(), 0, H(H_OBLIGATION_BYTES));
    return setOutcome(APPROVAL, REASON_APPROVAL);
  }
  if (!(all & CARRIES)) return setOutcome(ALLOW, 0);
  store<u32>(H(H_ANSWER), carriedCount, 4);
  setOutcome(carriedCount ? ALLOW_WITH : ALLOW, 0);
}

/** Fills the set of obligations. False: two sandboxes with different profiles, which cannot both be kept. */
function carry(): bool {
  beginCarried();
  for (let i: u32 = 0; i < met; i++) {
    const e = metEntry(i);
    if (!(load<u32>(e, 4) & CARRIES)) continue;
    const r = rule(load<u32>(e));
    if (<u32>load<u8>(r) != R_LOOP) {
      if (!collect(<usize>load<u32>(r, 8), load<u32>(r, 12))) return false;
    } else {
      for (let rest = load<u32>(e, 4) >> 24; rest; rest &= rest - 1) {
        const step = stepOf(r, ctz(rest));
        if (!collect(<usize>load<u32>(step, 12), load<u32>(step, 16))) return false;
      }
    }
  }
  mergeCarried();
  return true;
}

/** A step of a loop's ladder (loop.ts); those that were reached are bits 24 to 31 of its entry. */
@inline export function stepOf(r: usize, i: u32): usize {
  return <usize>load<u32>(<usize>load<u32>(r, 4), 4) + <usize>i * 48;
}
/** Labels that the rule of an entry says. */
export function labelsSaid(e: usize): u64 {
  const r = rule(load<u32>(e));
  if (<u32>load<u8>(r) != R_LOOP) return load<u64>(r, 32);
  let labels: u64 = 0;
  for (let rest = load<u32>(e, 4) >> 24; rest; rest &= rest - 1) labels |= load<u64>(stepOf(r, ctz(rest)), 32);
  return labels;
}
/** The join once more, after rules that wait for the first. */
export function rejoin(): void {
  for (let i: usize = 0; i < H(H_OBLIGATION_BYTES); i += 8) store<u64>(obligationSet() + i, 0);
  store<u32>(H(H_ANSWER), 0, 4);
  join();
}
