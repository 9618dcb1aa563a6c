// One event, in the order of docs/semantics.md: the checks, every rule against the old state, the join, the write.
//
// Pending row: call hash 16 B, action digest 16 B, time u64 (32), turn u64 (40), tool u32 (48), hasTurn u8 (52), outcome u8 (53),
//              echo count u8 (54, 255: too many), reason u8 (55), obligation set (56), reserved i64 a budget, then (contracts with sources) named u32, arguments u8, –, echoes 8 B × 32, rows of arguments 16 B × 8
import {
  ACTION_DIGEST, CALL_HASH, H, H_ANSWER, H_ORIGINS, H_GLOBAL_BLOCK, H_HISTORY, H_INSPECTION, H_LEDGERS, H_LOOP_CAP, H_OBLIGATION_BYTES, H_RULE_COUNT, H_FLOW_ROW, H_LABELS, H_PENDING_CAP, H_PENDING_ROW,
  H_SOURCE_COUNT, H_STATEFUL, H_VALID, H_TOOL_RECORDS, H_TOUCHED, H_BUDGETS, HASH_OUT, alloc,
} from "./memory";
import { agentCount } from "./acting";
import { chainHolds, finish as finishTurns, keepFacts, noteAgents, take } from "./chain";
import { possibleLevels, possibleRisks } from "./ability";
import { abilityRecord } from "./action";
import { settleClass } from "./cases";
import { equal } from "./bytes";
import { argsEnd, argsPtr, resetTyped, setTool, tool, typed } from "./typed";
import {
  KNOWN, N_DIGITS, N_LEN, N_PTR, S_CALL_ID, S_CHAIN, S_CHUNK, S_EVENT, S_FROM, S_LAST, S_NO_EFFECT, S_PRINCIPAL_ID, S_SESSION, S_STATUS, S_TEXT, S_TIME, integer, nextGeneration, slot, stateOf,
} from "./value";
import {
  ADMITS, ALLOW, ALLOW_WITH, APPROVAL, DENY, FLAG_CHUNK, FLAG_CLOCK_BEHIND, FLAG_DUPLICATE, FLAG_UNFIT, GRANTED, HINTS, denyFull, REDACTS, REQUIRES, R_APPROVAL, R_BUDGET, R_DELEGATION, R_FLOW, R_GROUNDED, R_INSPECT, R_LOOP, R_PRIOR, R_SCOPE, R_THAT,
  SATISFIED, SUSPENDS, answerAlone, bringBack, join, meet, metCount, metEntry, obligationSet, outcome, reason, resetAnswer, rule, setAside, setFlag, setOutcome,
} from "./answer";
import { classify } from "./classify";
import { TRUE, evaluate } from "./condition";
import { keyedHash } from "./hashing";
import { NOTHING, actionDigest, resetDigest } from "./digest";
import { complete, evidenceHolds, priorOf, record, turnValue } from "./evidence";
import { grounded } from "./grounding";
import { hear } from "./heard";
import { isContractObserved, resetObserved } from "./observed";
import { asked, echoes, namesSaid, plant } from "./planting";
import { allKept, takeLabelled, typedResult } from "./fitting";
import { DENIED, LAST, endStream, heldLen, heldPtr, joinPiece, keepEnd, streamEnd } from "./stream";
import { readRequest } from "./reading";
import { takeResult } from "./taking";
import { checkInspection, inspectResult, inspectText, isMessageInspected, isResultInspected, resetInspection } from "./inspection";
import { checkFlow, resetFlows } from "./flows";
import { giveLabels, givenPart, givenWhole, labelsOfCall, labelsOfOutcomes, seeLabels } from "./labels";
import { fillTouched } from "./touched";
import { use } from "./approval";
import { dropPending, pendingRow } from "./pending";
import { uncountable, unsatisfied } from "./outcome";
import { budgetVerdict, reserveAll, resetMeasures, settle } from "./budget";
import { RUN, forgetLedgers, hasLedger, isSuspended, ledgersLatest, readLedgers, suspend, writeLedgers } from "./ledgers";
import { HAS_RATES, checkRates } from "./rates";
import { HAS_DENIED_LOOPS, checkDenied, checkLoop, identify, remember } from "./loop";
import { latest, pendingCount, pendingRows, readState, sessionHash, setLatest, setPendingCount, suspendSession, suspended, writeState } from "./state";
import { S_TURN } from "./value";

/** Of a pending row's origins: where the rows of the call's own arguments begin. */
const ARGUMENTS: usize = 264;
const CALL: u64 = 0x6c6c6163; // domain "call"

const R_DENIED_BY_RULE: u32 = 17;
const R_BAD_STATE: u32 = 12;
const R_CLOCK_JUMP: u32 = 13;
const R_UNKNOWN_CALL: u32 = 14;
const R_REUSED: u32 = 15;
const R_NOT_KEPT: u32 = 23;
const R_INTERNAL: u32 = 25;
const R_BAD_CHAIN: u32 = 28;
const R_SUSPENDED: u32 = 29;
const R_INSPECTION: u32 = 35;

const MORE_THAN_READ: u32 = 14;
const SUSPENDS_RUNS: u32 = 1; // in H_HISTORY

const EVENT_CALL: i64 = 1;
const EVENT_RESULT: i64 = 2;
const EVENT_MESSAGE: i64 = 3;
const EVENT_CHUNK: i64 = 4;
const STATUS_OK: i64 = 1;

/** Length of the state that was written; 0xFFFFFFFF: nothing was, the old one stands. */
export let stateLength: u32 = 0xffffffff;
/** What was wrong with the state blob (state.ts), for a message. */
export let stateFault: u32 = 0;
/** Until when the answer counts, in milliseconds; 0: for good. */
export let validUntil: u64 = 0;
/** The latest time that anybody has seen. */
export let now: u64 = 0;

@inline function deny(r: u32): void {
  answerAlone(DENY, r);
}
@inline function known(s: u32): bool {
  return stateOf(slot(s)) == KNOWN;
}
function truth(s: u32): bool {
  return known(s) && load<i64>(slot(s), N_DIGITS) != 0;
}
function toolRecord(): usize {
  return H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
}

function check(id: u32, admitted: bool): void {
  const r = rule(id);
  const kind = <u32>load<u8>(r);
  if (kind == R_APPROVAL) return unsatisfied(id, now);
  if (kind == R_PRIOR) {
    if (evidenceHolds(id, now)) return meet(id, SATISFIED);
    if (!load<u8>(priorOf(id))) meet(id, HINTS);
    return unsatisfied(id, now);
  }
  if (kind == R_GROUNDED) return grounded(<usize>load<u32>(r, 4)) ? meet(id, SATISFIED) : unsatisfied(id, now);
  if (kind == R_DELEGATION) return admitted ? meet(id, SATISFIED) : unsatisfied(id, now);
  if (kind == R_SCOPE || kind == R_THAT) return evaluate(<usize>load<u32>(<usize>load<u32>(r, 4))) == TRUE ? meet(id, SATISFIED) : unsatisfied(id, now);
  if (kind == R_FLOW) return checkFlow(id, now);
  if (kind == R_INSPECT) return checkInspection(id, now);
  if (kind == R_LOOP) return checkLoop(id, now);
  if (kind == R_BUDGET) {
    const v = budgetVerdict(id, now);
    if (v == 0) meet(id, SATISFIED);
    else if (v == 2) uncountable(id, now);
    else unsatisfied(id, now);
  }
}

function evaluateRules(): void {
  resetAnswer();
  if (H(H_BUDGETS)) resetMeasures();
  if (H(H_INSPECTION)) resetInspection();
  if (H(H_LABELS)) {
    seeLabels(known(S_TURN), turnValue());
    resetFlows();
  }
  if (H(H_LOOP_CAP)) identify();
  if (agentCount()) {
    if (!askEach()) {
      wasDenied = true;
      return answerAlone(DENY, R_INTERNAL);
    }
  } else ask();
  if (H(H_HISTORY) & HAS_RATES) checkRates(now);
  join();
  wasDenied = H(H_HISTORY) & HAS_DENIED_LOOPS ? checkDenied(now) : outcome == DENY;
}
/** The rules, for one agent. */
function ask(): void {
  settleClass(tool);
  if (H(H_TOUCHED)) fillTouched(tool);
  store<u32>(H(H_ANSWER), possibleLevels | (possibleRisks << 8), 12);
  const block = <usize>load<u32>(abilityRecord(), 4);
  if (block) classify(block);
  if (H(H_GLOBAL_BLOCK)) classify(H(H_GLOBAL_BLOCK));
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) {
    const e = metEntry(i);
    if (load<u32>(e, 4) & REQUIRES) check(load<u32>(e), (load<u32>(e, 4) & ADMITS) != 0);
  }
}
/** For every agent of the chain, the principal last; all that is met is met. False: no memory. */
function askEach(): bool {
  const turns = agentCount();
  const width = (H(H_RULE_COUNT) << 3) + 8;
  const aside = alloc(width * <usize>turns);
  if (!aside || !keepFacts()) return false;
  for (let i: u32 = 0; i < turns; i++) {
    const to = aside + width * <usize>i;
    take(i);
    ask();
    store<u32>(to, setAside(to + 8));
  }
  finishTurns();
  for (let i: u32 = 0; i < turns; i++) bringBack(aside + width * <usize>i + 8, load<u32>(aside + width * <usize>i));
  return true;
}
/** The call at hand is denied, whatever loops over denied calls say of it. */
let wasDenied: bool = false;

// ── the write

/** Marks the approvals that let this call through as used; false: no room. */
function useApprovals(): bool {
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) {
    const e = metEntry(i);
    if (load<u32>(e, 4) & GRANTED && !use(load<u32>(e), now)) return false;
  }
  return true;
}

function letThrough(): void {
  const size = H(H_PENDING_ROW);
  if (pendingCount >= <u32>H(H_PENDING_CAP)) {
    const rows = pendingRows();
    let oldest = rows;
    for (let i: u32 = 1; i < pendingCount; i++) {
      const row = rows + <usize>i * size;
      if (load<u64>(row, 32) < load<u64>(oldest, 32)) oldest = row;
    }
    dropPending(oldest);
  }
  if (H(H_LABELS)) {
    labelsOfCall(tool);
    giveLabels(givenWhole | givenPart, known(S_TURN), turnValue());
  }
  const r = toolRecord();
  const row = pendingRows() + <usize>pendingCount * size;
  memory.fill(row, 0, size);
  memory.copy(row, CALL_HASH, 16);
  memory.copy(row + 16, ACTION_DIGEST, 16);
  store<u64>(row, now, 32);
  store<u64>(row, turnValue(), 40);
  store<u32>(row, tool, 48);
  store<u8>(row, known(S_TURN) ? 1 : 0, 52);
  // what happens though it is not let through is a denial when it is asked for again
  const isRefused = outcome < ALLOW_WITH;
  store<u8>(row, isRefused ? DENY : outcome, 53);
  store<u8>(row, !isRefused ? 0 : outcome == DENY ? reason : R_DENIED_BY_RULE, 55);
  if (!isRefused) memory.copy(row + 56, obligationSet(), H(H_OBLIGATION_BYTES));
  if (H(H_FLOW_ROW)) {
    store<u64>(row + H(H_FLOW_ROW), givenWhole);
    store<u64>(row + H(H_FLOW_ROW), givenPart, 8);
  }
  const reserved = row + 56 + H(H_OBLIGATION_BYTES);
  reserveAll(reserved, now);
  if (H(H_ORIGINS) && load<u32>(r, 8) & 8) {
    const origins = reserved + (H(H_BUDGETS) << 3);
    store<u32>(origins, namesSaid(tool - 1));
    if (H(H_ORIGINS) > ARGUMENTS) store<u8>(origins, asked(tool - 1, origins + ARGUMENTS), 4);
    if (argsPtr) store<u8>(row, echoes(tool - 1, argsPtr, argsEnd, origins + 8), 54);
  }
  setPendingCount(pendingCount + 1);
  record(<usize>load<u32>(r, 16), tool, now);
  if (H(H_SOURCE_COUNT) && possibleLevels & MORE_THAN_READ && argsPtr) plant(argsPtr, argsEnd);
}

function call(): void {
  if (!H(H_STATEFUL)) {
    now = integer(S_TIME);
    evaluateRules();
    return;
  }
  if (!actionDigest()) return deny(R_INTERNAL);
  const row = pendingRow();
  if (row) {
    if (!equal(row + 16, ACTION_DIGEST, 16)) return deny(R_REUSED);
    answerAlone(<u32>load<u8>(row, 53), <u32>load<u8>(row, 55));
    memory.copy(obligationSet(), row + 56, H(H_OBLIGATION_BYTES));
    setFlag(FLAG_DUPLICATE);
    given = load<u64>(row, 32);
    return;
  }
  evaluateRules();
  if (outcome >= ALLOW_WITH && !useApprovals()) {
    // nothing of this call may stay, used approvals neither
    readState(stateIn);
    denyFull();
    wasDenied = true;
  }
  if (outcome >= ALLOW_WITH || isContractObserved) letThrough();
  if (H(H_LOOP_CAP)) remember(wasDenied);
  if (H(H_HISTORY) & SUSPENDS_RUNS && met(SUSPENDS)) suspendRun();
  if (H(H_LABELS)) {
    const said = labelsOfOutcomes();
    if (said) giveLabels(said, known(S_TURN), turnValue());
  }
  finish();
}
/** Of an answer that was given before: when. */
let given: u64 = 0;
let stateIn: u32 = 0;

/** Some rule has this effect. */
function met(effect: u32): bool {
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) if (load<u32>(metEntry(i), 4) & effect) return true;
  return false;
}
/** Without a name for the run, it is the session. */
function suspendRun(): void {
  if (isContractObserved) return; // it goes on
  if (hasLedger(RUN)) suspend(RUN);
  else suspendSession();
}

function behind(): void {
  if (integer(S_TIME) + 5000 < now) setFlag(FLAG_CLOCK_BEHIND);
}
function finish(): void {
  setLatest(now);
  if (H(H_LEDGERS)) writeLedgers(now);
  stateLength = writeState();
}

/** Rules about what comes in were asked: approvals are used, labels given. Is it let through? */
function admit(): bool {
  if (!H(H_STATEFUL)) return outcome >= ALLOW_WITH;
  if (outcome >= ALLOW_WITH && !useApprovals()) {
    readState(stateIn); // approvals that were used
    denyFull();
  }
  if (H(H_LABELS)) {
    const said = labelsOfOutcomes();
    if (said) giveLabels(said, known(S_TURN), turnValue());
  }
  return outcome >= ALLOW_WITH;
}

function result(): void {
  if (!H(H_STATEFUL)) return answerAlone(ALLOW, 0);
  const row = pendingRow();
  if (!row) return deny(R_UNKNOWN_CALL);
  const keptAll = allKept(row);
  setTool(load<u32>(row, 48));
  answerAlone(keptAll ? ALLOW : DENY, keptAll ? 0 : R_NOT_KEPT);
  let passes = keptAll || isContractObserved;
  if (keptAll && isResultInspected(tool)) {
    if (streamEnd(row) == DENIED) answerAlone(DENY, R_INSPECTION);
    else inspectResult(now);
    passes = admit() || isContractObserved;
    if (H(H_HISTORY) & SUSPENDS_RUNS && met(SUSPENDS)) suspendRun();
    if (outcome == APPROVAL && !isContractObserved) return finish();
  }
  const ok = passes && load<i64>(slot(S_STATUS), N_DIGITS) == STATUS_OK;
  const root = ok ? typedResult() : 0;
  if (ok && !root) setFlag(FLAG_UNFIT);
  const r = toolRecord();
  const reserved = row + 56 + H(H_OBLIGATION_BYTES);
  if (H(H_BUDGETS)) settle(reserved, load<u64>(row, 32), load<u64>(row, 40), !ok && truth(S_NO_EFFECT), now);
  complete(<usize>load<u32>(r, 16), root, now);
  if (H(H_FLOW_ROW) && passes) takeLabelled(row + H(H_FLOW_ROW));
  if (root && load<u32>(r, 8) & 8) {
    const origins = reserved + (H(H_BUDGETS) << 3);
    takeResult(tool - 1, root, load<u32>(origins), origins + 8, <u32>load<u8>(row, 54), origins + ARGUMENTS, <u32>load<u8>(origins, 4));
  }
  dropPending(row);
  finish();
}

/** A piece of the result of a call that is pending. */
function chunk(): void {
  const text = slot(S_CHUNK);
  const len = load<u32>(text, N_LEN);
  release = 0;
  if (!H(H_STATEFUL)) {
    answerAlone(ALLOW, 0);
    release = len;
    return setFlag(FLAG_CHUNK);
  }
  const row = pendingRow();
  if (!row) {
    deny(R_UNKNOWN_CALL);
    return setFlag(FLAG_CHUNK);
  }
  setTool(load<u32>(row, 48));
  answerAlone(ALLOW, 0);
  if (!isResultInspected(tool)) release = len;
  else if (streamEnd(row)) answerAlone(DENY, R_INSPECTION);
  else {
    inspectText(joinPiece(row, <usize>load<u32>(text, N_PTR), len) ? heldPtr : 0, heldLen, now);
    const passes = admit();
    if (H(H_HISTORY) & SUSPENDS_RUNS && met(SUSPENDS)) suspendRun();
    if (passes) release = keepEnd(row, !truth(S_LAST) && !met(REDACTS), truth(S_LAST) ? LAST : 0);
    else if (outcome == DENY) endStream(row);
  }
  setFlag(FLAG_CHUNK);
  finish();
}
/** Of a chunk: how many bytes may be passed on, of what was held back and then of it. */
export let release: u32 = 0;

function message(): void {
  answerAlone(ALLOW, 0);
  let passes = true;
  if (isMessageInspected()) {
    setTool(0);
    inspectText(<usize>load<u32>(slot(S_TEXT), N_PTR), load<u32>(slot(S_TEXT), N_LEN), now);
    passes = admit() || isContractObserved;
  }
  if (!H(H_STATEFUL)) return;
  const from = slot(S_FROM);
  const user: u32 = 0x72657375; // "user"
  if (passes && load<u32>(from, N_LEN) == 4 && load<u32>(<usize>load<u32>(from, N_PTR)) == user) hear(<usize>load<u32>(slot(S_TEXT), N_PTR), load<u32>(slot(S_TEXT), N_LEN));
  finish();
}

/** The event passed all checks. */
export let isChecked: bool = false;

/** Outcome (bits 0–7) and reason (8–15); the rest stands in the answer region and the work tables. */
export function decideOne(input: usize, len: u32, stateLen: u32): u32 {
  nextGeneration();
  resetTyped();
  resetDigest(NOTHING);
  stateLength = 0xffffffff;
  stateFault = 0;
  validUntil = 0;
  isChecked = false;
  const refused = readRequest(input, len);
  if (refused) {
    if (H(H_LEDGERS)) forgetLedgers();
    deny(refused);
    return outcome | (reason << 8);
  }
  const event = load<i64>(slot(S_EVENT), N_DIGITS);
  resetDigest(<u32>event);
  given = u64.MAX_VALUE;
  now = integer(S_TIME);
  if (event != EVENT_CALL && stateOf(slot(S_CHAIN))) noteAgents();
  if (!H(H_STATEFUL) && event == EVENT_CALL && !chainHolds(now)) {
    deny(R_BAD_CHAIN);
    return outcome | (reason << 8);
  }
  if (H(H_STATEFUL)) {
    const session = slot(S_SESSION);
    sessionHash(<usize>load<u32>(session, N_PTR), load<u32>(session, N_LEN));
    stateIn = stateLen;
    stateFault = readState(stateLen);
    if (H(H_LEDGERS)) {
      const wrong = event != EVENT_MESSAGE ? readLedgers() : 0;
      if (event == EVENT_MESSAGE) forgetLedgers();
      if (!stateFault) stateFault = wrong;
    }
    if (stateFault) {
      deny(R_BAD_STATE);
      return outcome | (reason << 8);
    }
    if (stateLen && now > latest + 86400000) {
      deny(R_CLOCK_JUMP);
      return outcome | (reason << 8);
    }
    if (event == EVENT_CALL && H(H_HISTORY) & SUSPENDS_RUNS && (suspended || isSuspended(RUN))) {
      deny(R_SUSPENDED);
      return outcome | (reason << 8);
    }
    if (latest > now) now = latest;
    if (H(H_LEDGERS) && event != EVENT_MESSAGE && ledgersLatest > now) now = ledgersLatest;
    if (event == EVENT_CALL && !chainHolds(now)) {
      deny(R_BAD_CHAIN);
      return outcome | (reason << 8);
    }
    if (known(S_CALL_ID)) {
      // an id is its principal's: another agent must not be answered with what this one was granted
      keyedHash(CALL, <usize>load<u32>(slot(S_PRINCIPAL_ID), N_PTR), load<u32>(slot(S_PRINCIPAL_ID), N_LEN));
      keyedHash(load<u64>(HASH_OUT), <usize>load<u32>(slot(S_CALL_ID), N_PTR), load<u32>(slot(S_CALL_ID), N_LEN));
      memory.copy(CALL_HASH, HASH_OUT, 16);
    }
  }
  resetObserved(now);
  if (event == EVENT_CALL) call();
  else if (event == EVENT_RESULT) result();
  else if (event == EVENT_CHUNK) chunk();
  else message();
  if (reason == R_UNKNOWN_CALL || reason == R_REUSED) return outcome | (reason << 8);
  isChecked = true;
  if (H(H_STATEFUL)) behind();
  if (H(H_VALID)) validUntil = min(<u64>integer(S_TIME), given) + H(H_VALID);
  return outcome | (reason << 8);
}
