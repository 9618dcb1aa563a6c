// Budgets: what a call may still cost, in the ledgers of its session, run, agent, team and all (docs/semantics/history.md).
// What is let through reserves at once; the result puts the actual figure in its place.
//
// Budget record, 64 B: index u32 · measure u32 (0 calls, 1 a term) · term u32 · scale u32 · limit i64 (16, units of 10^−scale) ·
// ledger u32 (24) · window u32 (28) · counter's place in the ledger u32 (32) · term of the actual figure u32 (36, 0: none) ·
// width of a bucket u64 (40)
import { H, H_BUDGETS, H_BUDGET_TABLE, H_HISTORY_ANSWER, H_PENDING_IDS } from "./memory";
import { readTerm, tDigits, tExponent, tNumber, tState } from "./term";
import { MOST, W_TURN, add, shift, used, wait } from "./counters";
import { NO_UNITS, units, unitsUp } from "./decimal";
import { rule } from "./answer";
import { isDelegators } from "./chain";
import { AGENT, TEAM, counters, hasLedger, ledgerWord, touch } from "./ledgers";
import { isObserved } from "./observed";
import { measures } from "./state";
import { KNOWN, S_TURN, integer, slot, stateOf } from "./value";

/** Later than this after its call, a result gives nothing back. */
const COMMITS: u64 = 3600000;
/** In the answer, where 0 means that no budget was exceeded: one was, and never gets room again. */
const FOR_EVER: i64 = -1;

@inline function recordOf(i: usize): usize {
  return <usize>load<u32>(H(H_BUDGET_TABLE) + (i << 2));
}
@inline function counter(b: usize): usize {
  return counters(load<u32>(b, 24)) + <usize>load<u32>(b, 32);
}
@inline function width(b: usize): u64 {
  return load<u32>(b, 28) == W_TURN ? integer(S_TURN) : load<u64>(b, 40);
}
/** The ledger's id is known, so that something can be counted in it. */
function isCounted(b: usize): bool {
  const ledger = load<u32>(b, 24);
  if (isDelegators() && (ledger == AGENT || ledger == TEAM)) return false;
  return load<u32>(b, 28) == W_TURN ? stateOf(slot(S_TURN)) == KNOWN : ledger == 0 || hasLedger(ledger);
}

export function resetMeasures(): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) store<i64>(measures() + (i << 3), NO_UNITS);
}

/** 0: satisfied · 1: exceeded · 2: the measure or the counter is unknown, or the sum could not be kept. */
export function budgetVerdict(id: u32, now: u64): u32 {
  return verdict(id, <usize>load<u32>(rule(id), 4), now);
}
/** `id`: the rule that asks, whose own budget it is, or that carries it as a rate. */
export function verdict(id: u32, b: usize, now: u64): u32 {
  if (!isCounted(b)) return 2;
  let digits: i64 = 1;
  let exponent: i32 = 0;
  if (load<u32>(b, 4)) {
    readTerm(<usize>load<u32>(b, 8));
    if (tState != KNOWN || !tNumber) return 2;
    digits = tDigits;
    exponent = tExponent;
  }
  const u = units(digits, exponent, load<i32>(b, 12));
  if (u == NO_UNITS) return 2;
  const spent = used(counter(b), load<u32>(b, 28), width(b), now);
  if (spent < 0 || spent >= MOST - u) return 2; // forgotten; the sum itself might wrap
  store<i64>(measures() + (<usize>load<u32>(b) << 3), u);
  if (spent + u <= load<i64>(b, 16)) return 0;
  if (!isObserved(rule(id))) noteWait(wait(counter(b), load<u32>(b, 28), width(b), now, u, load<i64>(b, 16)));
  return 1;
}

/** The longest of all that were exceeded. */
function noteWait(ms: i64): void {
  const at = H(H_HISTORY_ANSWER);
  const before = load<i64>(at);
  if (before == FOR_EVER || (ms != FOR_EVER && ms <= before)) return;
  store<i64>(at, ms);
}

/** Reserves this call's measures; `row` keeps them for the result. */
export function reserveAll(row: usize, now: u64): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) {
    const u = load<i64>(measures() + (i << 3));
    store<i64>(row + (i << 3), u);
    const b = recordOf(i);
    // a figure that is 0 for now has its place as well: the result may say more
    if (u == NO_UNITS || (u == 0 && !load<u32>(b, 36))) continue;
    add(counter(b), load<u32>(b, 28), width(b), now, u);
    touch(load<u32>(b, 24));
  }
  const ids = H(H_PENDING_IDS);
  if (!ids) return;
  store<u64>(row + ids, ledgerWord(1));
  store<u64>(row + ids, ledgerWord(3), 8);
}

/** Units of the figure that the result names, rounded up; NO_UNITS: it names none. */
function actual(b: usize): i64 {
  const term = <usize>load<u32>(b, 36);
  if (!term) return NO_UNITS;
  readTerm(term);
  return tState != KNOWN || !tNumber ? NO_UNITS : unitsUp(tDigits, tExponent, load<i32>(b, 12));
}
/** Is it the ledger that the call was counted in? Session, agent and all are the same whenever the call is. */
function isSame(ledger: u32, row: usize): bool {
  if (ledger == 0) return true;
  if (!hasLedger(ledger)) return false;
  const ids = H(H_PENDING_IDS);
  return ledger == 1 ? load<u64>(row + ids) == ledgerWord(1) : ledger == 3 ? load<u64>(row + ids, 8) == ledgerWord(3) : true;
}

/** The result of a call of `time` and `turn`: the actual figure in the reservation's place; `released`: it had no effect. */
export function settle(row: usize, time: u64, turn: u64, released: bool, now: u64): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) {
    const u = load<i64>(row + (i << 3));
    if (u == NO_UNITS) continue;
    const b = recordOf(i);
    const a = actual(b);
    const delta = (a != NO_UNITS ? a : released ? 0 : u) - u;
    if (delta == 0 || (delta < 0 && now - time > COMMITS) || !isSame(load<u32>(b, 24), row)) continue;
    const window = load<u32>(b, 28);
    shift(counter(b), window, window == W_TURN ? turn : load<u64>(b, 40), time, delta);
    touch(load<u32>(b, 24));
  }
}
