// Budgets: what a call may still cost, in the ledgers of its session, run, agent, team and all (docs/semantics/history.md).
// What is let through reserves at once; the result puts the actual figure in its place.
//
// Budget record, 64 B: index u32 · measure u32 (0 calls, 1 a term) · term u32 · scale u32 · limit i64 (16, units of 10^−scale) ·
// ledger u32 (24) · window u32 (28) · counter's place in the ledger u32 (32) · term of the actual figure u32 (36, 0: none) ·
// width of a bucket u64 (40) · its number among those per agent or per team u32 (48) · 1: of such a one, what the delegator spends by
// others (52)
//
// A call that is made for others counts per agent and per team in the ledgers of all of them: each is asked in its own turn, its units
// stand behind those of the principal, in the measures and in the pending row.
import { H, H_BUDGETS, H_BUDGET_TABLE, H_DELEGATORS, H_HISTORY_ANSWER, H_PENDING_CHAIN, H_PENDING_IDS, H_SHARED } from "./memory";
import { readTerm, tDigits, tExponent, tNumber, tState } from "./term";
import { MOST, W_TURN, add, shift, used, wait } from "./counters";
import { NO_UNITS, units, unitsUp } from "./decimal";
import { rule } from "./answer";
import { agentCount } from "./acting";
import { delegatorOfTurn, turnOf } from "./chain";
import { AGENT, NOWHERE, RUN, TEAM, counters, delegatorOf, hasLedger, ledgerOf, ledgerWith, ledgerWord, touch } from "./ledgers";
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
@inline function counter(b: usize, ledger: u32): usize {
  return counters(ledger) + <usize>load<u32>(b, 32);
}
/** In which ledger it counts this turn. */
function ledgerNow(b: usize): u32 {
  const kind = load<u32>(b, 24);
  if (!agentCount() || !H(H_DELEGATORS) || !isPersonal(kind)) return kind;
  return ledgerOf(kind, load<u32>(b, 52) ? delegatorOfTurn() : turnOf());
}
@inline function isPersonal(kind: u32): bool {
  return kind == AGENT || kind == TEAM;
}
/** From the beginning of measures, or of a row's units: where those of a ledger stand. */
function placeOf(b: usize, ledger: u32): usize {
  const n = <usize>delegatorOf(ledger);
  if (!n) return <usize>load<u32>(b) << 3;
  return (H(H_BUDGETS) + (n - 1) * H(H_SHARED) + <usize>load<u32>(b, 48)) << 3;
}
@inline function width(b: usize): u64 {
  return load<u32>(b, 28) == W_TURN ? integer(S_TURN) : load<u64>(b, 40);
}
/** The ledger's id is known, so that something can be counted in it. */
function isCounted(b: usize, ledger: u32): bool {
  return load<u32>(b, 28) == W_TURN ? stateOf(slot(S_TURN)) == KNOWN : ledger == 0 || hasLedger(ledger);
}

export function resetMeasures(): void {
  const n = H(H_BUDGETS) + H(H_DELEGATORS) * H(H_SHARED);
  for (let i: usize = 0; i < n; i++) store<i64>(measures() + (i << 3), NO_UNITS);
}

/** 0: satisfied · 1: exceeded · 2: the measure or the counter is unknown, or the sum could not be kept. */
export function budgetVerdict(id: u32, now: u64): u32 {
  return verdict(id, <usize>load<u32>(rule(id), 4), now);
}
/** `id`: the rule that asks, whose own budget it is, or that carries it as a rate. */
export function verdict(id: u32, b: usize, now: u64): u32 {
  const ledger = ledgerNow(b);
  if (!isCounted(b, ledger)) return 2;
  const c = counter(b, ledger);
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
  const spent = used(c, load<u32>(b, 28), width(b), now);
  if (spent < 0 || spent >= MOST - u) return 2; // forgotten; the sum itself might wrap
  store<i64>(measures() + placeOf(b, ledger), u);
  if (spent + u <= load<i64>(b, 16)) return 0;
  if (!isObserved(rule(id))) noteWait(wait(c, load<u32>(b, 28), width(b), now, u, load<i64>(b, 16)));
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
    reserve(b, load<u32>(b, 24), u, now);
  }
  const ids = H(H_PENDING_IDS);
  if (ids) {
    store<u64>(row + ids, ledgerWord(1));
    store<u64>(row + ids, ledgerWord(3), 8);
  }
  for (let d: u32 = 1; d <= <u32>H(H_DELEGATORS); d++) {
    const at = unitsOf(row, d);
    store<u64>(at - 16, ledgerWord(ledgerOf(AGENT, d)));
    store<u64>(at - 8, ledgerWord(ledgerOf(TEAM, d)));
    for (let i: usize = 0; i < n; i++) {
      const b = recordOf(i);
      if (!isPersonal(load<u32>(b, 24))) continue;
      const ledger = load<u32>(b, 24) + 1 + (d << 1);
      const u = load<i64>(measures() + placeOf(b, ledger));
      store<i64>(at + (<usize>load<u32>(b, 48) << 3), u);
      reserve(b, ledger, u, now);
    }
  }
}
function reserve(b: usize, ledger: u32, u: i64, now: u64): void {
  // a figure that is 0 for now has its place as well: the result may say more
  if (u == NO_UNITS || (u == 0 && !load<u32>(b, 36))) return;
  add(counter(b, ledger), load<u32>(b, 28), width(b), now, u);
  touch(ledger);
}
/** Of a delegator's ledgers, in a pending row; before them stand the words of their hashes. */
function unitsOf(row: usize, delegator: u32): usize {
  return row + H(H_PENDING_CHAIN) + <usize>(delegator - 1) * (16 + (H(H_SHARED) << 3)) + 16;
}

/** Units of the figure that the result names, rounded up; NO_UNITS: it names none. */
function actual(b: usize): i64 {
  const term = <usize>load<u32>(b, 36);
  if (!term) return NO_UNITS;
  readTerm(term);
  return tState != KNOWN || !tNumber ? NO_UNITS : unitsUp(tDigits, tExponent, load<i32>(b, 12));
}
/** The ledger that the call was counted in, when the event has it. Session, agent and all are the same whenever the call is. */
function sameLedger(kind: u32, row: usize): u32 {
  if (kind == AGENT) return hasLedger(AGENT) ? AGENT : NOWHERE;
  if (kind != RUN && kind != TEAM) return kind;
  const ids = row + H(H_PENDING_IDS);
  return ledgerWith(kind, kind == RUN ? load<u64>(ids) : load<u64>(ids, 8));
}

/** The result of a call of `time` and `turn`: the actual figure in the reservation's place; `released`: it had no effect. */
export function settle(row: usize, time: u64, turn: u64, released: bool, now: u64): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) {
    const b = recordOf(i);
    const kind = load<u32>(b, 24);
    const delta = deltaOf(b, load<i64>(row + (i << 3)), time, released, now);
    if (delta) putRight(b, sameLedger(kind, row), time, turn, delta);
    if (!isPersonal(kind)) continue;
    for (let d: u32 = 1; d <= <u32>H(H_DELEGATORS); d++) {
      const at = unitsOf(row, d);
      const other = deltaOf(b, load<i64>(at + (<usize>load<u32>(b, 48) << 3)), time, released, now);
      if (other) putRight(b, ledgerWith(kind, load<u64>(at - (kind == AGENT ? 16 : 8))), time, turn, other);
    }
  }
}
/** How much more than was reserved; 0: nothing is to be put right. */
function deltaOf(b: usize, u: i64, time: u64, released: bool, now: u64): i64 {
  if (u == NO_UNITS) return 0;
  const a = actual(b);
  const delta = (a != NO_UNITS ? a : released ? 0 : u) - u;
  return delta < 0 && now - time > COMMITS ? 0 : delta;
}
function putRight(b: usize, ledger: u32, time: u64, turn: u64, delta: i64): void {
  if (ledger == NOWHERE) return;
  const window = load<u32>(b, 28);
  shift(counter(b, ledger), window, window == W_TURN ? turn : load<u64>(b, 40), time, delta);
  touch(ledger);
}
