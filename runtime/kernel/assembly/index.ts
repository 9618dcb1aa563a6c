// The kernel's exports: the ABI (docs/formats/abi.md). No imports; one event at a time; nothing is held between events.
import { ACTION_DIGEST, APPROVAL_DIGEST, BLAST_OUT, H, H_ANSWER, H_HISTORY_ANSWER, H_INPUT, H_STATE_IN, H_STATE_OUT, reserve, setBump } from "./memory";
import { decideEvent } from "./event";
import { release as releaseOf, stateFault, stateLength, validUntil } from "./decide";
import { actionDigest, eventDigest } from "./digest";
import { validate } from "./reading";
import { ledgerGive, ledgerIn, ledgerOut, ledgerOutLength } from "./ledgers";
import { actionClass } from "./action";
import { approvalDigest } from "./approval";
import { tool } from "./typed";
import { evaluate as evaluateCondition } from "./condition";
import { blastReport } from "./term";
import { plain } from "./decimal";
import { putNumber } from "./jcs";
import { keyedHash, xxh64 } from "./hashing";
import { sha256 as hash } from "./sha256";

export const abi: i32 = 1;

/** Where the request goes; makes room for `len` bytes. 0: there is none. */
export function input(len: u32): usize {
  const at = H(H_INPUT);
  return reserve(at + len + 128) ? at : 0;
}
export function state_in(): usize {
  return H(H_STATE_IN);
}
export function state_out(): usize {
  return H(H_STATE_OUT);
}
/** Bytes written at `state_out`; −1: the old state stands. */
export function state_out_length(): i32 {
  return <i32>stateLength;
}
export function state_fault(): u32 {
  return stateFault;
}
/** Where the blob of a ledger goes: 1 run, 2 agent, 3 team, 4 global; of the n-th delegator 3 + 2n agent, 4 + 2n team. 0: the contract keeps none of that kind. */
export function ledger_in(ledger: u32): usize {
  return ledgerIn(ledger);
}
/** `length` bytes stand there for the next event; 0: a new ledger. Called for every ledger that the contract keeps, before each event. */
export function ledger_give(ledger: u32, length: u32): void {
  ledgerGive(ledger, length);
}
export function ledger_out(ledger: u32): usize {
  return ledgerOut(ledger);
}
/** Bytes written at `ledger_out`; −1: the old blob stands. */
export function ledger_out_length(ledger: u32): i32 {
  return ledgerOutLength(ledger);
}
/** Milliseconds until the budgets that were exceeded have room again; 0: none was; −1: never. */
export function retry_after(): f64 {
  return H(H_HISTORY_ANSWER) ? <f64>load<i64>(H(H_HISTORY_ANSWER)) : 0;
}
/** Milliseconds since 1970 until which the answer counts; 0: for good, or it is a denial before any rule. */
export function valid_until(): f64 {
  return <f64>validUntil;
}
/** Of a chunk: how many bytes may be passed on, of those held back before and then of its own. */
export function release(): u32 {
  return releaseOf;
}
export function answer(): usize {
  return H(H_ANSWER);
}
/** The last event's tool, counted from 1 in the manifest's order; 0: none that the contract knows. */
export function last_tool(): u32 {
  return tool;
}
export function decide(request_length: u32, state_length: u32): u32 {
  return decideEvent(H(H_INPUT), request_length, state_length);
}
/** Three-valued truth of a condition of the contract for the last event: 0 false, 1 unknown, 2 true. */
export function evaluate(condition: usize): u32 {
  return evaluateCondition(condition);
}
/** What `term` says of the last call's blast radius: 32 bytes there (docs/formats/abi.md); 0: no call was evaluated. */
export function blast(term: usize): usize {
  if (!load<u32>(H(H_ANSWER), 12)) return 0;
  blastReport(term, BLAST_OUT);
  return BLAST_OUT;
}
/** SHA-256 of the last call's canonical action: 32 bytes there; 0: none. */
export function action_digest(): usize {
  return actionDigest() ? ACTION_DIGEST : 0;
}
/** What rule `id` asks to be approved for the last call: 32 bytes there; 0: cannot be asked. */
export function approval_digest(id: u32): usize {
  return eventDigest() && approvalDigest(id) ? APPROVAL_DIGEST : 0;
}
export function sha256(p: usize, len: u32, out: usize): void {
  hash(p, len, out);
}
// For the kernel's unit tests and the benchmark's floor.
/** Reads the request as JSON and nothing else: what any reader of it must do. 1: well-formed. */
export function test_validate(length: u32): u32 {
  return validate(H(H_INPUT), length) ? 1 : 0;
}
export function test_keyed_hash(domain: u64, p: usize, len: u32): void {
  keyedHash(domain, p, len);
}
export function test_xxh64(p: usize, len: u32, seed: u64): u64 {
  return xxh64(p, len, seed);
}
export function test_plain(digits: i64, exponent: i32, out: usize): u32 {
  return plain(digits, exponent, out);
}
export function test_action(p: usize, len: u32, free: usize): i32 {
  setBump(free);
  return actionClass(p, len);
}
export function test_number(digits: i64, exponent: i32, out: usize): usize {
  return putNumber(digits, exponent, out);
}
