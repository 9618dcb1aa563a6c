// Evidence: rows of earlier calls, one a (rule, call) (docs/semantics.md, §6).
//
// Row: rule u32, tool u32, status u8 (1 pending, 2 ok), hasTurn u8, –, sequence u32 (12), time u64 (16), turn u64 (24),
//      call hash 16 B (32), key states u32 (48), value states u32 (52), then keys 16 B each from 64, then values 24 B each.
// Prior record, 32 B: negated u8, completion u8 (0 ok, 1 allowed), keys u8, values u8 · index u32 · within i64 · where u32 · current terms u32
import { CALL_HASH, ELEMENTS, H, H_EVIDENCE_CAP, H_EVIDENCE_ROW, H_KEYS, HASH_OUT, TEXT } from "./memory";
import { equal } from "./bytes";
import { MAYBE, TRUE, evaluate } from "./condition";
import { hashTerm, readTerm, setRow, tDigits, tExponent, tNumber, tState } from "./term";
import { plain } from "./decimal";
import { keyedHash } from "./hashing";
import { rule } from "./answer";
import { evidenceCount, evidenceRows, forgotten, nextSequence, setEvidenceCount } from "./state";
import { KNOWN, S_TURN, UNKNOWN, slot, stateOf, N_DIGITS } from "./value";

const NUMBER: u64 = 0x7265626d756e; // domain "number"
const PENDING: u32 = 1;
const OK: u32 = 2;
/** The element register that holds a result's root: the last, beyond the 64 that nested quantifiers can reach. */
export const RESULT_ROOT: usize = 79;

/** The keyed hash of the term just read, at HASH_OUT. */
function hashKey(): void {
  if (tNumber) keyedHash(NUMBER, TEXT, plain(tDigits, tExponent, TEXT));
  else hashTerm();
}

@inline function keyAt(row: usize, i: u32): usize {
  return row + 64 + (<usize>i << 4);
}
function valuesAt(row: usize): usize {
  return row + 64 + (H(H_KEYS) << 4);
}

/** Reads of one moment (0 the call, 1 the result) into the row. reads: {moment u32 (+ 2: a condition, whose truth is kept), term u32} a key, then a value. */
function fill(row: usize, prior: usize, reads: usize, moment: u32): void {
  const keys = <u32>load<u8>(prior, 2);
  const values = <u32>load<u8>(prior, 3);
  for (let i: u32 = 0; i < keys; i++, reads += 8) {
    if (load<u32>(reads) != moment) continue;
    readTerm(<usize>load<u32>(reads, 4));
    store<u32>(row, load<u32>(row, 48) | (tState << (i << 1)), 48);
    if (tState != KNOWN) continue;
    hashKey();
    memory.copy(keyAt(row, i), HASH_OUT, 16);
  }
  for (let i: u32 = 0; i < values; i++, reads += 8) {
    if ((load<u32>(reads) & 1) != moment) continue;
    const v = valuesAt(row) + <usize>i * 24;
    if (load<u32>(reads) & 2) {
      const truth = evaluate(<usize>load<u32>(reads, 4));
      store<u32>(row, load<u32>(row, 52) | ((truth == MAYBE ? UNKNOWN : KNOWN) << (i << 1)), 52);
      store<i64>(v, truth == TRUE ? 1 : 0);
      store<u32>(v, 1, 20);
      continue;
    }
    readTerm(<usize>load<u32>(reads, 4));
    store<u32>(row, load<u32>(row, 52) | (tState << (i << 1)), 52);
    if (tState != KNOWN) continue;
    store<u32>(v, tNumber ? 1 : 0, 20);
    if (tNumber) {
      store<i64>(v, tDigits);
      store<i32>(v, tExponent, 8);
    } else {
      hashTerm();
      memory.copy(v, HASH_OUT, 16);
    }
  }
}

/** `list`: count u32, then {rule u32, reads u32}: the rules that name the called tool. */
export function record(list: usize, tool: u32, now: u64): void {
  if (!list) return;
  const n = load<u32>(list);
  const size = H(H_EVIDENCE_ROW);
  // A row belongs to the call that made it: an earlier one of this id, whose pending row is gone, never completes.
  for (let i: u32 = 0; i < evidenceCount; i++) {
    const row = evidenceRows() + <usize>i * size;
    if (load<u8>(row, 8) == PENDING && equal(row + 32, CALL_HASH, 16)) memory.fill(row + 32, 0, 16);
  }
  for (let i: u32 = 0; i < n; i++) {
    const e = list + 4 + (<usize>i << 3);
    if (evidenceCount >= <u32>H(H_EVIDENCE_CAP)) evictEvidence();
    const row = evidenceRows() + <usize>evidenceCount * size;
    memory.fill(row, 0, size);
    store<u32>(row, load<u32>(e));
    store<u32>(row, tool, 4);
    store<u8>(row, PENDING, 8);
    const turn = slot(S_TURN);
    store<u8>(row, stateOf(turn) == KNOWN ? 1 : 0, 9);
    store<u64>(row, turnValue(), 24);
    store<u32>(row, nextSequence(), 12);
    store<u64>(row, now, 16);
    memory.copy(row + 32, CALL_HASH, 16);
    fill(row, priorOf(load<u32>(e)), <usize>load<u32>(e, 4), 0);
    setEvidenceCount(evidenceCount + 1);
  }
}
@inline export function priorOf(id: u32): usize {
  return <usize>load<u32>(rule(id), 4);
}
/** `context.turn` as an integer; only compared when it is known. */
export function turnValue(): u64 {
  const node = slot(S_TURN);
  if (stateOf(node) != KNOWN) return 0;
  let v = load<u64>(node, N_DIGITS);
  for (let e = load<i32>(node, 24); e > 0; e--) v *= 10;
  return v;
}

function remove(i: u32): void {
  const size = H(H_EVIDENCE_ROW);
  const row = evidenceRows() + <usize>i * size;
  memory.copy(row, row + size, <usize>(evidenceCount - i - 1) * size);
  setEvidenceCount(evidenceCount - 1);
}

/** The row with the lowest sequence number goes; its rule is forgotten. */
function evictEvidence(): void {
  const size = H(H_EVIDENCE_ROW);
  let oldest: u32 = 0;
  let lowest: u32 = 0xffffffff;
  for (let i: u32 = 0; i < evidenceCount; i++) {
    const s = load<u32>(evidenceRows() + <usize>i * size, 12);
    if (s < lowest) {
      lowest = s;
      oldest = i;
    }
  }
  const index = load<u32>(priorOf(load<u32>(evidenceRows() + <usize>oldest * size)), 4);
  const byte = forgotten() + (<usize>index >> 3);
  store<u8>(byte, <u32>load<u8>(byte) | (1 << (index & 7)));
  remove(oldest);
}

/** The call whose hash is at CALL_HASH has ended; `root` is its typed result when it is ok and fits, else 0. */
export function complete(list: usize, root: usize, now: u64): void {
  if (!list) return;
  const n = load<u32>(list);
  const size = H(H_EVIDENCE_ROW);
  let i: u32 = 0;
  while (i < evidenceCount) {
    const row = evidenceRows() + <usize>i * size;
    if (load<u8>(row, 8) != PENDING || !equal(row + 32, CALL_HASH, 16)) {
      i++;
      continue;
    }
    const id = load<u32>(row);
    const prior = priorOf(id);
    if (!root) {
      if (load<u8>(prior, 1) == 0) remove(i);
      else i++;
      continue;
    }
    store<u32>(ELEMENTS + (RESULT_ROOT << 2), <u32>root);
    for (let k: u32 = 0; k < n; k++) {
      const e = list + 4 + (<usize>k << 3);
      if (load<u32>(e) == id) fill(row, prior, <usize>load<u32>(e, 4), 1);
    }
    store<u8>(row, OK, 8);
    store<u64>(row, now, 16);
    store<u32>(row, nextSequence(), 12);
    i++;
  }
}

/** Is the requirement met? */
export function evidenceHolds(id: u32, now: u64): bool {
  const prior = priorOf(id);
  const negated = load<u8>(prior) != 0;
  const allowed = load<u8>(prior, 1) != 0;
  const keys = <u32>load<u8>(prior, 2);
  const index = load<u32>(prior, 4);
  const within = load<i64>(prior, 8);
  if (negated && (load<u8>(forgotten() + (<usize>index >> 3)) >> (index & 7)) & 1) return false;
  // the call's own keys, on the stack of the text buffer's neighbour: at most 16 × 16 bytes
  const current = TEXT + 192;
  const terms = <usize>load<u32>(prior, 20);
  for (let i: u32 = 0; i < keys; i++) {
    readTerm(<usize>load<u32>(terms + (<usize>i << 2)));
    if (tState != KNOWN) return false;
    hashKey();
    memory.copy(current + (<usize>i << 4), HASH_OUT, 16);
  }
  const hasTurn = stateOf(slot(S_TURN)) == KNOWN;
  const turn = turnValue();
  const size = H(H_EVIDENCE_ROW);
  let best: usize = 0;
  for (let r: u32 = 0; r < evidenceCount; r++) {
    const row = evidenceRows() + <usize>r * size;
    if (load<u32>(row) != id) continue;
    if (within >= 0 && now - load<u64>(row, 16) > <u64>within) continue;
    if (!negated) {
      if (!allowed && load<u8>(row, 8) != OK) continue;
      if (hasTurn && load<u8>(row, 9) && load<u64>(row, 24) == turn) continue;
    }
    const states = load<u32>(row, 48);
    let match = true;
    for (let i: u32 = 0; i < keys && match; i++) {
      const known = ((states >> (i << 1)) & 3) == KNOWN;
      if (known) match = equal(keyAt(row, i), current + (<usize>i << 4), 16);
      else match = negated;
    }
    if (!match) continue;
    if (negated) return false;
    if (!best || load<u32>(row, 12) > load<u32>(best, 12)) best = row;
  }
  if (negated) return true;
  if (!best) return false;
  const where = <usize>load<u32>(prior, 16);
  if (!where) return true;
  setRow(load<u32>(best, 52), valuesAt(best));
  return evaluate(where) == TRUE;
}
