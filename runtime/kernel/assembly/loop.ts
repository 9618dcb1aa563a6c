// Loops: what a session was asked to do lately, let through or not, and how often the same (docs/semantics/history.md, §3).
//
// Attempt, 16 B, oldest first: hash of the arguments u64 · tool u32 · state u32 (1 denied, 2 the arguments are unknown)
// Loop record, 16 B: kind u8 (1 same call, 2 cycle, 3 denied call) · steps u8 · –, steps u32 (4)
// Step, 48 B: count u32 · calls u32 · outcome u32 (8) · obligations u32, count u32 (12) · rates u32, count u32 (20) · – · labels u64 (32)
import { H, H_HISTORY, H_LOOP_ARGS, H_LOOP_CAP, HASH_OUT } from "./memory";
import { R_LOOP, REQUIRES, SATISFIED, UNSATISFIED, DENY, meet, metCount, metEntry, outcome, join, rule, rejoin } from "./answer";
import { boundBytes, boundAt, boundLength } from "./approval";
import { keyedHash } from "./hashing";
import { happen } from "./outcome";
import { HAS_RATES, checkRates } from "./rates";
import { ATTEMPT, attemptCount, attemptRows, setAttemptCount } from "./state";
import { tool } from "./typed";

const SAME: u32 = 1;
const CYCLE: u32 = 2;
const DENIED: u32 = 3;
const LONGEST_CYCLE: u32 = 8;
const WAS_DENIED: u32 = 1;
const IS_UNKNOWN: u32 = 2;
/** "attempt", 0. */
const DOMAIN: u64 = 0x74706d65747461;

export const HAS_DENIED_LOOPS: u32 = 2;

/** The call at hand: its arguments' hash, and whether they are known. */
let hash: u64 = 0;
let unknown: u32 = 0;

/** Tells the call at hand apart from others. Unknown arguments are those of every call of the tool. */
export function identify(): void {
  const args = H(H_LOOP_ARGS) + (<usize>(tool - 1) << 3);
  unknown = boundBytes(<usize>load<u32>(args), load<u32>(args, 4)) ? 0 : IS_UNKNOWN;
  hash = 0;
  if (unknown) return;
  keyedHash(DOMAIN, boundAt, boundLength);
  hash = load<u64>(HASH_OUT);
}

/** Where this call's row will be. */
let here: usize = 0;
/** Attempt i back from this call, which is the 0th. */
@inline function back(i: u32): usize {
  return here - <usize>i * ATTEMPT;
}
@inline function isSame(h: u64, t: u32, s: u32, row: usize): bool {
  return load<u32>(row, 8) == t && ((s | load<u32>(row, 12)) & IS_UNKNOWN || load<u64>(row) == h);
}

/** How many of the last `calls` are this call. */
function same(calls: u32): u32 {
  let n: u32 = 1;
  for (let i: u32 = 1; i < calls && i <= attemptCount; i++) if (isSame(hash, tool, unknown, back(i))) n++;
  return n;
}
/** How often the calls up to this one repeat themselves back to back, at most as far back as `calls` go. */
function cycles(calls: u32): u32 {
  const all = attemptCount + 1 < calls ? attemptCount + 1 : calls;
  let most: u32 = 0;
  for (let period: u32 = 2; period <= LONGEST_CYCLE && period << 1 <= all; period++) {
    let length = period;
    while (length < all && isSameBack(length - period, length)) length++;
    if (length / period > most) most = length / period;
  }
  return most;
}
function isSameBack(i: u32, j: u32): bool {
  if (i == 0) return isSame(hash, tool, unknown, back(j));
  const row = back(i);
  return isSame(load<u64>(row), load<u32>(row, 8), load<u32>(row, 12), back(j));
}
function denied(calls: u32, thisOne: bool): u32 {
  let n: u32 = thisOne ? 1 : 0;
  for (let i: u32 = 1; i < calls && i <= attemptCount; i++) if (load<u32>(back(i), 12) & WAS_DENIED) n++;
  return n;
}

/** Every step that is reached happens. `thisOne`: this call is denied by other rules. */
function climb(id: u32, thisOne: bool, now: u64): void {
  const loop = <usize>load<u32>(rule(id), 4);
  const kind = <u32>load<u8>(loop);
  const steps = <u32>load<u8>(loop, 1);
  here = attemptRows() + <usize>attemptCount * ATTEMPT;
  let reached: u32 = 0;
  for (let i: u32 = 0; i < steps; i++) {
    const step = <usize>load<u32>(loop, 4) + <usize>i * 48;
    const calls = load<u32>(step, 4);
    const n = kind == SAME ? same(calls) : kind == CYCLE ? cycles(calls) : denied(calls, thisOne);
    if (n < load<u32>(step)) continue;
    reached |= 1 << (24 + i);
    happen(id, load<u32>(step, 8), now);
  }
  meet(id, reached ? reached | UNSATISFIED : SATISFIED);
}

export function checkLoop(id: u32, now: u64): void {
  if (<u32>load<u8>(<usize>load<u32>(rule(id), 4)) != DENIED) climb(id, false, now);
}
/** Loops over denied calls are asked once it is known whether this one is denied. True: it is, whatever they say. */
export function checkDenied(now: u64): bool {
  const refused = outcome == DENY;
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) {
    const e = metEntry(i);
    const id = load<u32>(e);
    if (!(load<u32>(e, 4) & REQUIRES) || <u32>load<u8>(rule(id)) != R_LOOP) continue;
    if (<u32>load<u8>(<usize>load<u32>(rule(id), 4)) == DENIED) climb(id, refused, now);
  }
  if (H(H_HISTORY) & HAS_RATES) checkRates(now);
  rejoin();
  return refused;
}

/** This call, whatever came of it. */
export function remember(wasDenied: bool): void {
  const most = <u32>H(H_LOOP_CAP);
  if (attemptCount >= most) {
    memory.copy(attemptRows(), attemptRows() + ATTEMPT, <usize>(most - 1) * ATTEMPT);
    setAttemptCount(most - 1);
  }
  const row = attemptRows() + <usize>attemptCount * ATTEMPT;
  store<u64>(row, hash);
  store<u32>(row, tool, 8);
  store<u32>(row, unknown | (wasDenied ? WAS_DENIED : 0), 12);
  setAttemptCount(attemptCount + 1);
}
