// Items of evidence: one for each element of a list that a key looks into, and of a result whose rows are read (docs/semantics/evidence.md).
// What stood in a list when it was seen, as keyed hashes and typed copies: the lists themselves are not kept.
//
// Item, 32 B and 24 a value: owner u32 (the row's first sequence number) · rule u32 · of u8 (8: the key's number, ROWS for a row), key state u8 (9), – ·
// value states u32 (12) · key 16 B (16) · values
import { H, H_ITEM_CAP, H_ITEM_ROW, HASH_OUT } from "./memory";
import { equal } from "./bytes";
import { forget, itemCount, itemRows, setItemCount } from "./state";
import { KNOWN } from "./value";

/** What an item is of, when it is of a row. */
export const ROWS: u32 = 255;

export function item(i: u32): usize {
  return itemRows() + <usize>i * H(H_ITEM_ROW);
}
export function itemValues(at: usize): usize {
  return at + 32;
}

/** New ones that are left out, as they would be the oldest of more than fit. */
let skipped: u32 = 0;
/** Room for n of a rule (`index` among those that can forget): the oldest go. `indexOf`: by rule. */
export function openItems(n: u32, index: u32): void {
  const cap = <u32>H(H_ITEM_CAP);
  const total = itemCount + n;
  skipped = 0;
  if (total <= cap) return;
  const drop = total - cap;
  const old = min(drop, itemCount);
  for (let i: u32 = 0; i < old; i++) forget(load<u32>(item(i), 4) >> 16);
  memory.copy(itemRows(), item(old), <usize>(itemCount - old) * H(H_ITEM_ROW));
  setItemCount(itemCount - old);
  skipped = drop - old;
  if (skipped) forget(index);
}
/** A fresh item, or 0 for one that is left out. `index` stands above the rule's number. */
export function addItem(owner: u32, id: u32, index: u32, part: u32): usize {
  if (skipped) {
    skipped--;
    return 0;
  }
  const at = item(itemCount);
  memory.fill(at, 0, H(H_ITEM_ROW));
  store<u32>(at, owner);
  store<u32>(at, id | (index << 16), 4);
  store<u8>(at, part, 8);
  setItemCount(itemCount + 1);
  return at;
}
/** Its key, known, is the hash at HASH_OUT. */
export function setKey(at: usize): void {
  store<u8>(at, KNOWN, 9);
  memory.copy(at + 16, HASH_OUT, 16);
}

export function dropItems(owner: u32): void {
  let kept: u32 = 0;
  for (let i: u32 = 0; i < itemCount; i++) {
    const at = item(i);
    if (load<u32>(at) == owner) continue;
    if (kept != i) memory.copy(item(kept), at, H(H_ITEM_ROW));
    kept++;
  }
  setItemCount(kept);
}

/** The next item at or behind number i of a row's list; itemCount: none. */
export function nextItem(i: u32, owner: u32, part: u32): u32 {
  for (; i < itemCount; i++) if (load<u32>(item(i)) == owner && load<u8>(item(i), 8) == part) return i;
  return itemCount;
}
@inline export function isKnown(at: usize): bool {
  return load<u8>(at, 9) == KNOWN;
}
export function isKey(at: usize, key: usize): bool {
  return isKnown(at) && equal(at + 16, key, 16);
}
