// The ledgers beside the session: run, agent, team, global, each a blob of its own (docs/formats/state.md), and of a call that is made for
// others those of their agents and teams. Every one that the contract keeps is given with every call and result; one is written only when
// something in it changed. A contract without any pays one load.
//
// A ledger has a number: 1 run, 2 agent, 3 team, 4 global; of the n-th delegator 3 + 2n its agent's, 4 + 2n its team's.
// INVARIANT: no ledger stands in two places of one event. One that would is that with the smaller number, and what was given for the
// other is not looked at: else what is counted in the one would be lost when the other is written.
//
// Ledger record, 32 B: address of the blob given (0: not kept) u32 · of the one written u32 (4) ·
// of the counters u32 (8) · bytes of the counters u32 (12)
// Of this event, at LEDGERS, 64 B each: hash of the id 16 B · latest u64 (16) · length given i32 (24) · written i32 (28) · state u32 (32) ·
// the ledger that it is as well u32 (36, 0: it is itself)
import { BLOB, H, H_CONTRACT_DIGEST, H_DELEGATORS, H_INPUT, H_LEDGERS, HASH_OUT, LEDGERS, LEDGER_KEY } from "./memory";
import { chain, idOf as linkId, isUser, nextLink, teamOf } from "./chain";
import { equal } from "./bytes";
import { keyedHashBy, xxh64 } from "./hashing";
import { FORMAT, HEADER, MAGIC, budgets } from "./state";
import { KNOWN, N_LEN, N_PTR, S_PRINCIPAL_ID, S_RUN, S_TEAM, slot, stateOf } from "./value";

export const RUN: u32 = 1;
export const AGENT: u32 = 2;
export const TEAM: u32 = 3;
const GLOBAL: u32 = 4;
/** No ledger's number: the event has not got it. */
export const NOWHERE: u32 = 0xff;
const NOT_GIVEN: i32 = -1;
/** Faults of a ledger have its number in bits 8 to 15. */
const F_NOT_GIVEN: u32 = 8;

// state of a ledger in this event
const PRESENT: u32 = 1;
const CHANGED: u32 = 2;
const SUSPENDED: u32 = 4;

@inline function record(k: u32): usize {
  return H(H_LEDGERS) + (<usize>(k - 1) << 5);
}
@inline function event(k: u32): usize {
  return LEDGERS + (<usize>k << 6);
}
/** The greatest number. */
@inline function last(): u32 {
  return GLOBAL + (<u32>H(H_DELEGATORS) << 1);
}
/** What kind of ledger it is: the number that a principal's has. */
@inline function kindOf(k: u32): u32 {
  return k > GLOBAL ? AGENT + ((k - GLOBAL - 1) & 1) : k;
}

// ── the ABI's part
export function isLedger(k: u32): bool {
  return H(H_LEDGERS) != 0 && k - 1 < last() && load<u32>(record(k)) != 0;
}
export function ledgerIn(k: u32): usize {
  return isLedger(k) ? <usize>load<u32>(record(k)) : 0;
}
export function ledgerOut(k: u32): usize {
  return isLedger(k) ? <usize>load<u32>(record(k), 4) : 0;
}
/** That many bytes stand at `ledgerIn(k)` for the next event; 0: a new ledger. Kept one higher: memory begins with zeros. */
export function ledgerGive(k: u32, length: u32): void {
  if (isLedger(k)) store<u32>(event(k), length + 1, 24);
}
export function ledgerOutLength(k: u32): i32 {
  return isLedger(k) ? load<i32>(event(k), 28) - 1 : NOT_GIVEN;
}

// ── what budgets and loops ask
export function hasLedger(k: u32): bool {
  return (load<u32>(event(k), 32) & PRESENT) != 0;
}
export function counters(k: u32): usize {
  return k == 0 ? budgets() : <usize>load<u32>(record(k), 8);
}
/** Of the n-th delegator of a call, the agent's or the team's; 0: the principal's. */
export function ledgerOf(kind: u32, delegator: u32): u32 {
  const k = delegator ? kind + 1 + (delegator << 1) : kind;
  const same = load<u32>(event(k), 36);
  return same ? same : k;
}
/** Whose it is, of a ledger that is a delegator's; 0: the principal's. */
export function delegatorOf(k: u32): u32 {
  return k > GLOBAL ? (k - AGENT - 1) >> 1 : 0;
}
/** The ledger of that kind whose id has this hash, when the event has it; NOWHERE: it has not. */
export function ledgerWith(kind: u32, word: u64): u32 {
  const others: u32 = kind == RUN ? 0 : <u32>H(H_DELEGATORS);
  for (let n: u32 = 0; n <= others; n++) {
    const k = ledgerOf(kind, n);
    if (isLedger(k) && hasLedger(k) && load<u64>(event(k)) == word) return k;
  }
  return NOWHERE;
}
/** The first word of the hash of its id; 0 when there is none. */
export function ledgerWord(k: u32): u64 {
  return isLedger(k) && hasLedger(k) ? load<u64>(event(k)) : 0;
}
/** Something in it has changed: it will be written. The session's always is. */
export function touch(k: u32): void {
  if (k) store<u32>(event(k), load<u32>(event(k), 32) | CHANGED, 32);
}
export function isSuspended(k: u32): bool {
  return isLedger(k) && (load<u32>(event(k), 32) & SUSPENDED) != 0;
}
export function suspend(k: u32): void {
  store<u32>(event(k), load<u32>(event(k), 32) | SUSPENDED | CHANGED, 32);
}

// ── reading and writing
function idOf(k: u32): usize {
  return slot(k == RUN ? S_RUN : k == AGENT ? S_PRINCIPAL_ID : S_TEAM);
}
/** An agent's team may be the contract's word; whoever did not send it cannot have given its state. */
@inline function isSent(id: usize): bool {
  return <usize>load<u32>(id, N_PTR) >= H(H_INPUT);
}
/** The domain under which an id is hashed: its ledger's name. */
function domain(k: u32): u64 {
  return k == RUN ? 0x6e7572 : k == AGENT ? 0x746e656761 : k == TEAM ? 0x6d616574 : 0x6c61626f6c67;
}

/** Nothing is given, nothing was written: the end of an event that read no ledgers. */
export function forgetLedgers(): void {
  for (let k = RUN; k <= last(); k++) reset(k);
}
/** How many bytes were given; the place is empty then. */
function reset(k: u32): i32 {
  const e = event(k);
  const given = load<i32>(e, 24) - 1;
  memory.fill(e, 0, 40);
  return given;
}

/** Latest time of all that were read. */
export let ledgersLatest: u64 = 0;

/** What is wrong with a blob that was given, with its ledger's number in the next byte; 0: nothing. */
export function readLedgers(): u32 {
  ledgersLatest = 0;
  let fault: u32 = 0;
  for (let k = RUN; k <= GLOBAL; k++) {
    if (!load<u32>(record(k))) continue;
    const wrong = readLedger(k, k == GLOBAL ? 0 : idOf(k));
    if (wrong && !fault) fault = wrong | (k << 8);
  }
  if (!H(H_DELEGATORS)) return fault;
  const wrong = readDelegators();
  return fault ? fault : wrong;
}
/** Of the agents of the chain, so many as a chain may have; of nobody no blob is looked at. */
function readDelegators(): u32 {
  let fault: u32 = 0;
  let link = chain();
  for (let k = GLOBAL + 1; k < last(); k += 2) {
    while (link && isUser(link)) link = nextLink(link);
    for (let i: u32 = 0; i < 2; i++) {
      if (!link || !load<u32>(record(k + i))) reset(k + i);
      else {
        const wrong = readLedger(k + i, i ? teamOf(link) : linkId(link));
        if (wrong && !fault) fault = wrong | ((k + i) << 8);
      }
    }
    if (link) link = nextLink(link);
  }
  return fault;
}

/** `id`: whose it is, the node of a text; 0: everybody's. */
function readLedger(k: u32, id: usize): u32 {
  const r = record(k);
  const e = event(k);
  const given = reset(k);
  const kind = kindOf(k);
  let p: usize = 0;
  let length: u32 = 0;
  if (id && stateOf(id) == KNOWN && isSent(id)) {
    p = <usize>load<u32>(id, N_PTR);
    length = load<u32>(id, N_LEN);
  } else if (id) return given == NOT_GIVEN ? F_NOT_GIVEN : given ? 6 : 0;
  keyedHashBy(LEDGER_KEY, domain(kind), p, length);
  if (k > GLOBAL) {
    const same = ledgerLike(k, kind);
    store<u32>(e, same, 36);
    if (same) return 0;
  }
  if (given == NOT_GIVEN) return F_NOT_GIVEN;
  memory.copy(e, HASH_OUT, 16);
  store<u32>(e, PRESENT, 32);
  const size = <usize>load<u32>(r, 12);
  const to = <usize>load<u32>(r, 8);
  if (!given) {
    memory.fill(to, 0, size);
    return 0;
  }
  const s = <usize>load<u32>(r);
  if (given < <i32>(HEADER + size)) return 1;
  if (load<u32>(s) != MAGIC) return 2;
  if (load<u32>(s, 4) != FORMAT) return 3;
  if (!equal(s + 16, BLOB + H_CONTRACT_DIGEST, 16)) return 4;
  if (load<u64>(s, 8) != xxh64(s + 16, given - 16, load<u64>(s, 16))) return 5;
  if (!equal(s + 32, HASH_OUT, 16) || load<u32>(s, 76) != kind) return 6;
  if (given != <i32>(HEADER + size)) return 7;
  const time = load<u64>(s, 48);
  store<u64>(e, time, 16);
  if (time > ledgersLatest) ledgersLatest = time;
  if (load<u32>(s, 68) & 4) store<u32>(e, PRESENT | SUSPENDED, 32);
  memory.copy(to, s + HEADER, size);
  return 0;
}

/** One with a smaller number that is the ledger whose id was hashed last; 0: none. */
function ledgerLike(k: u32, kind: u32): u32 {
  for (let n: u32 = 0; n < delegatorOf(k); n++) {
    const other = ledgerOf(kind, n);
    if (hasLedger(other) && equal(event(other), HASH_OUT, 16)) return other;
  }
  return 0;
}

/** Writes those that changed. */
export function writeLedgers(now: u64): void {
  for (let k = RUN; k <= last(); k++) {
    const e = event(k);
    const state = load<u32>(e, 32);
    if (!load<u32>(record(k)) || !(state & CHANGED)) continue;
    const r = record(k);
    const s = <usize>load<u32>(r, 4);
    const size = <usize>load<u32>(r, 12);
    memory.fill(s, 0, HEADER);
    store<u32>(s, MAGIC);
    store<u32>(s, FORMAT, 4);
    memory.copy(s + 16, BLOB + H_CONTRACT_DIGEST, 16);
    memory.copy(s + 32, e, 16);
    store<u64>(s, now, 48);
    store<u32>(s, state & SUSPENDED ? 4 : 0, 68);
    store<u32>(s, kindOf(k), 76);
    memory.copy(s + HEADER, <usize>load<u32>(r, 8), size);
    const length = <u32>(HEADER + size);
    store<u64>(s, xxh64(s + 16, length - 16, load<u64>(s, 16)), 8);
    store<u32>(e, length + 1, 28);
  }
}
