// The session's history: one flat blob in, one out; between them work tables at full capacity.
// Byte by byte in docs/formats/state.md. INVARIANT: the same rows give the same bytes; nothing is read that the
// checksum, the contract's digest and the session's keyed hash did not cover.
import {
  H, H_APPROVAL_CAP, H_CONTRACT_DIGEST, H_COUNTERS, BLOB, H_EVIDENCE_CAP, H_EVIDENCE_ROW, H_ITEM_CAP, H_ITEM_ROW, H_LABELS, H_LOOP_CAP, H_PENDING_CAP, H_PENDING_ROW, H_PRIORS, H_SINCE,
  H_STATE_IN, H_STATE_OUT, H_STATE_WORK, H_TOKEN_CAP, H_VALUE_CAP, HASH_OUT, SESSION_HASH,
} from "./memory";
import { equal } from "./bytes";
import { keyedHash, xxh64 } from "./hashing";

export const MAGIC: u32 = 0x53434854; // "THCS"
export const FORMAT: u32 = 2;
export const HEADER: usize = 80;
const SESSION: u64 = 0x6e6f6973736573; // domain "session"

export let latest: u64 = 0;
export let sequence: u32 = 0;
export let marksForgotten: bool = false;
export let pendingCount: u32 = 0;
export let approvalCount: u32 = 0;
export let evidenceCount: u32 = 0;
export let tokenCount: u32 = 0;
export let attemptCount: u32 = 0;
/** Of calls that name no run: they are denied. */
export let suspended: bool = false;
export let valueCount: u32 = 0;
export let itemCount: u32 = 0;
export let valuesFull: bool = false;

export function setLatest(t: u64): void {
  latest = t;
}
export function nextSequence(): u32 {
  return ++sequence;
}
export function forgetMarks(): void {
  marksForgotten = true;
}
export function setPendingCount(n: u32): void {
  pendingCount = n;
}
export function setApprovalCount(n: u32): void {
  approvalCount = n;
}
export function setEvidenceCount(n: u32): void {
  evidenceCount = n;
}
export function setAttemptCount(n: u32): void {
  attemptCount = n;
}
export function suspendSession(): void {
  suspended = true;
}
export function setTokenCount(n: u32): void {
  tokenCount = n;
}

export function setItemCount(n: u32): void {
  itemCount = n;
}
/** A rule (its index among `require prior`) has lost something. */
export function forget(index: u32): void {
  const byte = forgotten() + (<usize>index >> 3);
  store<u8>(byte, <u32>load<u8>(byte) | (1 << (index & 7)));
}
export function isForgotten(index: u32): bool {
  return ((<u32>load<u8>(forgotten() + (<usize>index >> 3)) >> (index & 7)) & 1) != 0;
}

export function addValueRow(row: u64, labels: u64): void {
  const at = valueRows() + <usize>valueCount * VALUE_ROW;
  store<u64>(at, row);
  store<u64>(at, labels, 8);
  valueCount++;
}
export function fillValues(): void {
  valuesFull = true;
}

// ── work tables, one behind the other
export const APPROVAL_ROW: usize = 32;
export const TOKEN_ROW: usize = 16;
export const VALUE_ROW: usize = 16;
export const ATTEMPT: usize = 16;
@inline function forgottenBytes(): usize {
  return ((H(H_PRIORS) + 63) >> 6) << 3;
}
/** Counters of the session and of its turn (counters.ts). */
export function budgets(): usize {
  return H(H_STATE_WORK);
}
/** A bit per `require prior` rule: a row of it was evicted. */
export function forgotten(): usize {
  return budgets() + H(H_COUNTERS);
}
/** A u32 a rule with `since`: the sequence number of the last call or result of that. */
export function sinceMark(i: u32): usize {
  return forgotten() + forgottenBytes() + (<usize>i << 2);
}
@inline function sinceBytes(): usize {
  return ((H(H_SINCE) + 1) >> 1) << 3;
}
/** Labels given (u64), those that every call sees (u64), and by label the one turn that gave it (labels.ts). */
export function labelWords(): usize {
  return forgotten() + forgottenBytes() + sinceBytes();
}
@inline function labelBytes(): usize {
  return H(H_LABELS) ? 16 + (H(H_LABELS) << 3) : 0;
}
/** What stands before the rows, whatever was written. */
function fixedBytes(): usize {
  return H(H_COUNTERS) + forgottenBytes() + sinceBytes() + labelBytes();
}
export function pendingRows(): usize {
  return budgets() + fixedBytes();
}
export function approvalRows(): usize {
  return pendingRows() + H(H_PENDING_CAP) * H(H_PENDING_ROW);
}
export function evidenceRows(): usize {
  return approvalRows() + H(H_APPROVAL_CAP) * APPROVAL_ROW;
}
export function tokenRows(): usize {
  return evidenceRows() + H(H_EVIDENCE_CAP) * H(H_EVIDENCE_ROW);
}
/** Values seen under labels (values.ts). */
export function valueRows(): usize {
  return tokenRows() + H(H_TOKEN_CAP) * TOKEN_ROW;
}
/** What was asked for lately, oldest first (loop.ts). */
export function attemptRows(): usize {
  return valueRows() + H(H_VALUE_CAP) * VALUE_ROW;
}
/** What stood in lists (items.ts). */
export function itemRows(): usize {
  return attemptRows() + H(H_LOOP_CAP) * ATTEMPT;
}
/** Behind the tables: this call's measures, an i64 a budget. */
export function measures(): usize {
  return itemRows() + H(H_ITEM_CAP) * H(H_ITEM_ROW);
}

export function sessionHash(p: usize, len: u32): void {
  keyedHash(SESSION, p, len);
  memory.copy(SESSION_HASH, HASH_OUT, 16);
}

/** What is wrong with the blob that was given; 0: nothing. Fills the work tables.  */
export function readState(len: u32): u32 {
  const fixed = fixedBytes();
  if (len == 0) {
    memory.fill(budgets(), 0, fixed);
    latest = 0;
    sequence = 0;
    marksForgotten = false;
    pendingCount = 0;
    approvalCount = 0;
    evidenceCount = 0;
    tokenCount = 0;
    valueCount = 0;
    itemCount = 0;
    valuesFull = false;
    attemptCount = 0;
    suspended = false;
    return 0;
  }
  const s = H(H_STATE_IN);
  if (len < <u32>(HEADER + fixed)) return 1;
  if (load<u32>(s) != MAGIC) return 2;
  if (load<u32>(s, 4) != FORMAT) return 3;
  if (!equal(s + 16, BLOB + H_CONTRACT_DIGEST, 16)) return 4;
  if (load<u64>(s, 8) != xxh64(s + 16, len - 16, load<u64>(BLOB + H_CONTRACT_DIGEST))) return 5;
  if (!equal(s + 32, SESSION_HASH, 16) || load<u32>(s, 76)) return 6;
  pendingCount = <u32>load<u16>(s, 60);
  approvalCount = <u32>load<u16>(s, 62);
  evidenceCount = <u32>load<u16>(s, 64);
  tokenCount = <u32>load<u16>(s, 66);
  valueCount = <u32>load<u16>(s, 72);
  attemptCount = <u32>load<u16>(s, 74);
  itemCount = <u32>load<u16>(s, 70);
  if (valueCount > <u32>H(H_VALUE_CAP) || attemptCount > <u32>H(H_LOOP_CAP) || itemCount > <u32>H(H_ITEM_CAP)) return 7;
  if (pendingCount > <u32>H(H_PENDING_CAP) || approvalCount > <u32>H(H_APPROVAL_CAP) || evidenceCount > <u32>H(H_EVIDENCE_CAP) || tokenCount > <u32>H(H_TOKEN_CAP)) return 7;
  const a = <usize>pendingCount * H(H_PENDING_ROW);
  const b = <usize>approvalCount * APPROVAL_ROW;
  const c = <usize>evidenceCount * H(H_EVIDENCE_ROW);
  const d = <usize>tokenCount * TOKEN_ROW;
  const v = <usize>valueCount * VALUE_ROW;
  const t = <usize>attemptCount * ATTEMPT;
  const w = <usize>itemCount * H(H_ITEM_ROW);
  if (len != <u32>(HEADER + fixed + a + b + c + d + v + t + w)) return 7;
  marksForgotten = (load<u16>(s, 68) & 1) != 0;
  valuesFull = (load<u16>(s, 68) & 2) != 0;
  suspended = (load<u16>(s, 68) & 4) != 0;
  latest = load<u64>(s, 48);
  sequence = load<u32>(s, 56);
  let p = s + HEADER;
  memory.copy(budgets(), p, fixed);
  p += fixed;
  memory.copy(pendingRows(), p, a);
  p += a;
  memory.copy(approvalRows(), p, b);
  p += b;
  memory.copy(evidenceRows(), p, c);
  p += c;
  memory.copy(tokenRows(), p, d);
  p += d;
  memory.copy(valueRows(), p, v);
  p += v;
  memory.copy(attemptRows(), p, t);
  p += t;
  memory.copy(itemRows(), p, w);
  return 0;
}

/** Writes the blob; its length.  */
export function writeState(): u32 {
  const fixed = fixedBytes();
  const s = H(H_STATE_OUT);
  store<u32>(s, MAGIC);
  store<u32>(s, FORMAT, 4);
  memory.copy(s + 16, BLOB + H_CONTRACT_DIGEST, 16);
  memory.copy(s + 32, SESSION_HASH, 16);
  store<u64>(s, latest, 48);
  store<u32>(s, sequence, 56);
  store<u16>(s, pendingCount, 60);
  store<u16>(s, approvalCount, 62);
  store<u16>(s, evidenceCount, 64);
  store<u16>(s, tokenCount, 66);
  store<u32>(s, (marksForgotten ? 1 : 0) | (valuesFull ? 2 : 0) | (suspended ? 4 : 0) | (itemCount << 16), 68);
  store<u64>(s, <u64>valueCount | (<u64>attemptCount << 16), 72);
  let p = s + HEADER;
  memory.copy(p, budgets(), fixed);
  p += fixed;
  const a = <usize>pendingCount * H(H_PENDING_ROW);
  memory.copy(p, pendingRows(), a);
  p += a;
  const b = <usize>approvalCount * APPROVAL_ROW;
  memory.copy(p, approvalRows(), b);
  p += b;
  const c = <usize>evidenceCount * H(H_EVIDENCE_ROW);
  memory.copy(p, evidenceRows(), c);
  p += c;
  const d = <usize>tokenCount * TOKEN_ROW;
  memory.copy(p, tokenRows(), d);
  p += d;
  const v = <usize>valueCount * VALUE_ROW;
  memory.copy(p, valueRows(), v);
  p += v;
  const t = <usize>attemptCount * ATTEMPT;
  memory.copy(p, attemptRows(), t);
  p += t;
  const w = <usize>itemCount * H(H_ITEM_ROW);
  memory.copy(p, itemRows(), w);
  p += w;
  const len = <u32>(p - s);
  store<u64>(s, xxh64(s + 16, len - 16, load<u64>(BLOB + H_CONTRACT_DIGEST)), 8);
  return len;
}
