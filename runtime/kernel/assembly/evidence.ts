// Evidence: rows of earlier calls, one a (rule, call) (docs/semantics/evidence.md). Lists of theirs are in items.ts.
//
// Row: rule u32, tool u32, status u8 (1 pending, 2 ok), hasTurn u8, rows u8 (10: state of the list whose rows are read), –, sequence u32 (12), time u64 (16), turn u64 (24),
//      call hash 16 B (32), key states u32 (48), value states u32 (52), first sequence u32 (56), –, then keys 16 B each from 64, then values 24 B each.
// Prior record, 48 B: negated u8, completion u8 (0 ok, 1 allowed), keys u8, values u8 · index u32 · within i64 · where u32 · current terms u32 ·
//      since u32 (24: its number + 1, 0: none) · item values u8 (28), flags u8 (29) · key kinds u32 (32: 2 bits each).
import { CALL_HASH, CURRENT_KEYS, ELEMENTS, H, H_EVIDENCE_CAP, H_EVIDENCE_ROW, H_ITEM_CAP, H_KEYS, HASH_OUT, TEXT } from "./memory";
import { equal } from "./bytes";
import { FALSE, MAYBE, TRUE, evaluate } from "./condition";
import { hashTerm, readNode, readTerm, setItem, setRow, tDigits, tExponent, tNode, tNumber, tState } from "./term";
import { plain } from "./decimal";
import { keyedHash } from "./hashing";
import { rule } from "./answer";
import { ROWS, addItem, dropItems, isKey, isKnown, item, itemValues, nextItem, openItems, setKey } from "./items";
import { evidenceCount, evidenceRows, forget, isForgotten, itemCount, nextSequence, setEvidenceCount, sinceMark } from "./state";
import { KNOWN, S_TURN, UNKNOWN, slot, stateOf, N_DIGITS, N_LEN, N_NEXT, N_PTR } from "./value";

const NUMBER: u64 = 0x7265626d756e; // domain "number"
const ROW_KEY: u64 = 0x79656b20776f72; // domain "row key"
const PENDING: u32 = 1;
const OK: u32 = 2;
/** The element register that holds a result's root: the last, beyond the 64 that nested quantifiers can reach. */
export const RESULT_ROOT: usize = 79;
/** And that of the row of it that is read. */
const RESULT_ELEMENT: usize = 78;

/** Kinds of keys: one value, one of a list, one of a row. */
const OF_LIST: u32 = 1;
const OF_ROW: u32 = 2;
/** Flags: items are made of the result's rows; `where` reads them. */
const READS_ROWS: u32 = 1;
const WHERE_ROWS: u32 = 2;
/** Reads: 0 the call, 1 the result; then a condition, whose truth is kept; a list; of a row. */
const TRUTH_OF: u32 = 2;
const LIST: u32 = 4;
const IN_ROW: u32 = 8;

/** The keyed hash of the term just read, at HASH_OUT. */
function hashKey(): void {
  if (tNumber) keyedHash(NUMBER, TEXT, plain(tDigits, tExponent, TEXT));
  else hashTerm();
}
/** Of n keys of a row, one behind the other at `keys`, the key of all together, at HASH_OUT. */
function combine(keys: usize, n: u32): void {
  if (n > 1) keyedHash(ROW_KEY, keys, n << 4);
  else if (n) memory.copy(HASH_OUT, keys, 16);
  else memory.fill(HASH_OUT, 0, 16);
}

@inline export function priorOf(id: u32): usize {
  return <usize>load<u32>(rule(id), 4);
}
@inline function keyKind(prior: usize, i: u32): u32 {
  return (load<u32>(prior, 32) >> (i << 1)) & 3;
}
@inline function keyAt(row: usize, i: u32): usize {
  return row + 64 + (<usize>i << 4);
}
function valuesAt(row: usize): usize {
  return row + 64 + (H(H_KEYS) << 4);
}

/** A value or a truth at v, its state in the mask at `states`. */
function keep(read: usize, v: usize, states: usize, i: u32): void {
  if (load<u32>(read) & TRUTH_OF) {
    const truth = evaluate(<usize>load<u32>(read, 4));
    store<u32>(states, load<u32>(states) | ((truth == MAYBE ? UNKNOWN : KNOWN) << (i << 1)));
    store<i64>(v, truth == TRUE ? 1 : 0);
    store<u32>(v, 1, 20);
    return;
  }
  readTerm(<usize>load<u32>(read, 4));
  store<u32>(states, load<u32>(states) | (tState << (i << 1)));
  if (tState != KNOWN) return;
  store<u32>(v, tNumber ? 1 : 0, 20);
  if (tNumber) {
    store<i64>(v, tDigits);
    store<i32>(v, tExponent, 8);
  } else {
    hashTerm();
    memory.copy(v, HASH_OUT, 16);
  }
}

/** Reads of one moment (0 the call, 1 the result) into the row. reads: {moment and flags u32, term u32}: keys, then values, then values of rows. */
function fill(row: usize, prior: usize, reads: usize, moment: u32): void {
  const keys = <u32>load<u8>(prior, 2);
  const values = <u32>load<u8>(prior, 3);
  for (let i: u32 = 0; i < keys; i++) {
    const read = reads + (<usize>i << 3);
    const how = load<u32>(read);
    if ((how & 1) != moment || how & IN_ROW) continue;
    readTerm(<usize>load<u32>(read, 4));
    store<u32>(row, load<u32>(row, 48) | (tState << (i << 1)), 48);
    if (tState != KNOWN) continue;
    if (how & LIST) elements(row, prior, i);
    else {
      hashKey();
      memory.copy(keyAt(row, i), HASH_OUT, 16);
    }
  }
  reads += <usize>keys << 3;
  for (let i: u32 = 0; i < values; i++) {
    const read = reads + (<usize>i << 3);
    if ((load<u32>(read) & 1) == moment) keep(read, valuesAt(row) + <usize>i * 24, row + 52, i);
  }
  if (moment && load<u8>(prior, 29) & READS_ROWS) rowsOf(row, prior, reads - (<usize>keys << 3));
}
/** Items of the list just read, for key i. */
function elements(row: usize, prior: usize, i: u32): void {
  const first = <usize>load<u32>(tNode, N_PTR);
  const index = load<u32>(prior, 4);
  openItems(load<u32>(tNode, N_LEN), index);
  for (let e = first; e; e = <usize>load<u32>(e, N_NEXT)) {
    const at = addItem(load<u32>(row, 56), load<u32>(row), index, i);
    if (!at) continue;
    readNode(e, 0);
    if (tState != KNOWN) continue;
    hashKey();
    setKey(at);
  }
}
/** Items of the result's rows. */
function rowsOf(row: usize, prior: usize, reads: usize): void {
  const root = <usize>load<u32>(ELEMENTS + (RESULT_ROOT << 2));
  store<u8>(row, stateOf(root), 10);
  if (stateOf(root) != KNOWN) return;
  const index = load<u32>(prior, 4);
  openItems(load<u32>(root, N_LEN), index);
  for (let e = <usize>load<u32>(root, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
    const at = addItem(load<u32>(row, 56), load<u32>(row), index, ROWS);
    if (!at) continue;
    store<u32>(ELEMENTS + (RESULT_ELEMENT << 2), <u32>e);
    rowOf(at, prior, reads);
  }
}
function rowOf(at: usize, prior: usize, reads: usize): void {
  const keys = <u32>load<u8>(prior, 2);
  let n: u32 = 0;
  let known = true;
  for (let i: u32 = 0; i < keys && known; i++) {
    const read = reads + (<usize>i << 3);
    if (!(load<u32>(read) & IN_ROW)) continue;
    readTerm(<usize>load<u32>(read, 4));
    known = tState == KNOWN;
    if (!known) break;
    hashKey();
    memory.copy(CURRENT_KEYS + (<usize>n << 4), HASH_OUT, 16);
    n++;
  }
  if (known) {
    combine(CURRENT_KEYS, n);
    setKey(at);
  }
  reads += <usize>(keys + <u32>load<u8>(prior, 3)) << 3;
  const values = <u32>load<u8>(prior, 28);
  for (let i: u32 = 0; i < values; i++) keep(reads + (<usize>i << 3), itemValues(at) + <usize>i * 24, at + 12, i);
}

/** `list`: count u32, then {rule u32, reads u32}: the rules that name the called tool; then how many have it behind `since`, and their numbers. */
export function record(list: usize, tool: u32, now: u64): void {
  if (!list) return;
  const n = load<u32>(list);
  const size = H(H_EVIDENCE_ROW);
  // A row belongs to the call that made it: an earlier one of this id, whose pending row is gone, never completes.
  const rows = evidenceRows();
  for (let i: u32 = 0; i < evidenceCount; i++) {
    const row = rows + <usize>i * size;
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
    const made = nextSequence();
    store<u32>(row, made, 12);
    store<u32>(row, made, 56);
    store<u64>(row, now, 16);
    memory.copy(row + 32, CALL_HASH, 16);
    setEvidenceCount(evidenceCount + 1);
    fill(row, priorOf(load<u32>(e)), <usize>load<u32>(e, 4), 0);
  }
  markSince(list);
}
/** Evidence that was made before counts no more for the rules that say so. */
function markSince(list: usize): void {
  const at = list + 4 + (<usize>load<u32>(list) << 3);
  const n = load<u32>(at);
  if (!n) return;
  const mark = nextSequence();
  for (let i: u32 = 0; i < n; i++) store<u32>(sinceMark(load<u32>(at + 4 + (<usize>i << 2))), mark);
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
  if (H(H_ITEM_CAP)) dropItems(load<u32>(row, 56));
  memory.copy(row, row + size, <usize>(evidenceCount - i - 1) * size);
  setEvidenceCount(evidenceCount - 1);
}

/** The row with the lowest sequence number goes; its rule is forgotten. */
function evictEvidence(): void {
  const size = H(H_EVIDENCE_ROW);
  let oldest: u32 = 0;
  let lowest: u32 = 0xffffffff;
  const rows = evidenceRows();
  for (let i: u32 = 0; i < evidenceCount; i++) {
    const s = load<u32>(rows + <usize>i * size, 12);
    if (s < lowest) {
      lowest = s;
      oldest = i;
    }
  }
  forget(load<u32>(priorOf(load<u32>(rows + <usize>oldest * size)), 4));
  remove(oldest);
}

/** The call whose hash is at CALL_HASH has ended; `root` is its typed result when it is ok and fits, else 0. */
export function complete(list: usize, root: usize, now: u64): void {
  if (!list) return;
  const n = load<u32>(list);
  const size = H(H_EVIDENCE_ROW);
  const rows = evidenceRows();
  let i: u32 = 0;
  while (i < evidenceCount) {
    const row = rows + <usize>i * size;
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
  markSince(list);
}

// ── is the requirement met?

/** The call's own keys, hashed at CURRENT_KEYS; behind them the one that all keys of a row are together. False: one is not known. */
let rowKey: usize = 0;
function ownKeys(prior: usize): bool {
  const keys = <u32>load<u8>(prior, 2);
  const terms = <usize>load<u32>(prior, 20);
  rowKey = CURRENT_KEYS + (<usize>keys << 4);
  let n: u32 = 0;
  for (let i: u32 = 0; i < keys; i++) {
    readTerm(<usize>load<u32>(terms + (<usize>i << 2)));
    if (tState != KNOWN) return false;
    hashKey();
    memory.copy(CURRENT_KEYS + (<usize>i << 4), HASH_OUT, 16);
    if (keyKind(prior, i) == OF_ROW) {
      memory.copy(rowKey + (<usize>n << 4), HASH_OUT, 16);
      n++;
    }
  }
  combine(rowKey, n);
  memory.copy(rowKey, HASH_OUT, 16);
  return true;
}
@inline function stateOfKey(row: usize, i: u32): u32 {
  return (load<u32>(row, 48) >> (i << 1)) & 3;
}
function hasItem(row: usize, part: u32, key: usize): bool {
  const owner = load<u32>(row, 56);
  for (let i = nextItem(0, owner, part); i < itemCount; i = nextItem(i + 1, owner, part)) if (isKey(item(i), key)) return true;
  return false;
}
function matches(row: usize, prior: usize): bool {
  const keys = <u32>load<u8>(prior, 2);
  for (let i: u32 = 0; i < keys; i++) {
    const kind = keyKind(prior, i);
    const key = CURRENT_KEYS + (<usize>i << 4);
    if (kind == OF_ROW) continue;
    if (kind == OF_LIST ? !hasItem(row, i, key) : stateOfKey(row, i) != KNOWN || !equal(keyAt(row, i), key, 16)) return false;
  }
  return !(load<u8>(prior, 29) & READS_ROWS) || hasItem(row, ROWS, rowKey);
}
/** For certain: what is unknown does not differ. */
function differs(row: usize, prior: usize): bool {
  const keys = <u32>load<u8>(prior, 2);
  const owner = load<u32>(row, 56);
  for (let i: u32 = 0; i < keys; i++) {
    const kind = keyKind(prior, i);
    const key = CURRENT_KEYS + (<usize>i << 4);
    if (kind == OF_ROW || stateOfKey(row, i) != KNOWN) continue;
    if (kind != OF_LIST) {
      if (!equal(keyAt(row, i), key, 16)) return true;
      continue;
    }
    let k = nextItem(0, owner, i);
    while (k < itemCount && isKnown(item(k)) && !isKey(item(k), key)) k = nextItem(k + 1, owner, i);
    if (k == itemCount) return true;
  }
  const where = <usize>load<u32>(prior, 16);
  const flags = <u32>load<u8>(prior, 29);
  if (where) setRow(load<u32>(row, 52), valuesAt(row));
  if (where && !(flags & WHERE_ROWS) && evaluate(where) == FALSE) return true;
  if (!(flags & READS_ROWS) || load<u8>(row, 10) != KNOWN) return false;
  for (let k = nextItem(0, owner, ROWS); k < itemCount; k = nextItem(k + 1, owner, ROWS)) {
    if (isKnown(item(k)) && !isKey(item(k), rowKey)) continue;
    if (!where || !(flags & WHERE_ROWS)) return false;
    setItem(load<u32>(item(k), 12), itemValues(item(k)));
    if (evaluate(where) != FALSE) return false;
  }
  return true;
}
/** `where`, of the latest row that matches. */
function whereHolds(row: usize, prior: usize): bool {
  const where = <usize>load<u32>(prior, 16);
  if (!where) return true;
  setRow(load<u32>(row, 52), valuesAt(row));
  if (!(load<u8>(prior, 29) & WHERE_ROWS)) return evaluate(where) == TRUE;
  const owner = load<u32>(row, 56);
  for (let k = nextItem(0, owner, ROWS); k < itemCount; k = nextItem(k + 1, owner, ROWS)) {
    if (!isKey(item(k), rowKey)) continue;
    setItem(load<u32>(item(k), 12), itemValues(item(k)));
    if (evaluate(where) == TRUE) return true;
  }
  return false;
}

export function evidenceHolds(id: u32, now: u64): bool {
  const prior = priorOf(id);
  const negated = load<u8>(prior) != 0;
  const allowed = load<u8>(prior, 1) != 0;
  const within = load<i64>(prior, 8);
  const since = load<u32>(prior, 24);
  const mark = since ? load<u32>(sinceMark(since - 1)) : 0;
  if (negated && isForgotten(load<u32>(prior, 4))) return false;
  if (!ownKeys(prior)) return false;
  const hasTurn = stateOf(slot(S_TURN)) == KNOWN;
  const turn = turnValue();
  const size = H(H_EVIDENCE_ROW);
  const first = evidenceRows();
  const end = first + <usize>evidenceCount * size;
  // most rows are of other values: that of the first key tells them at once
  const quick = !negated && load<u8>(prior, 2) > 0 && keyKind(prior, 0) == 0;
  const key = v128.load(CURRENT_KEYS);
  let best: usize = 0;
  for (let row = first; row < end; row += size) {
    if (quick && v128.any_true(v128.xor(v128.load(row, 64), key))) continue;
    if (load<u32>(row) != id || load<u32>(row, 56) <= mark) continue;
    if (within >= 0 && now - load<u64>(row, 16) > <u64>within) continue;
    if (negated) {
      if (!differs(row, prior)) return false;
      continue;
    }
    if (!allowed && load<u8>(row, 8) != OK) continue;
    if (hasTurn && load<u8>(row, 9) && load<u64>(row, 24) == turn) continue;
    if (matches(row, prior) && (!best || load<u32>(row, 12) > load<u32>(best, 12))) best = row;
  }
  return negated || (best != 0 && whereHolds(best, prior));
}
