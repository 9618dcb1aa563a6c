// Rows of pending calls: the one of a call, and whether its result names what the call carried. decide.ts says what a row holds.
import { CALL_HASH, H, H_OBLIGATIONS, H_OBLIGATION_BYTES, H_OBLIGATION_COUNT, H_PENDING_ROW } from "./memory";
import { equal } from "./bytes";
import { pendingCount, pendingRows, setPendingCount } from "./state";
import { KNOWN, N_NEXT, N_PTR, N_SYMBOL, S_KEPT, slot, stateOf } from "./value";

/** The row of the call at hand, whose hash is at CALL_HASH; 0: there is none. */
export function pendingRow(): usize {
  const size = H(H_PENDING_ROW);
  for (let i: u32 = 0; i < pendingCount; i++) {
    const row = pendingRows() + <usize>i * size;
    if (equal(row, CALL_HASH, 16)) return row;
  }
  return 0;
}
export function dropPending(row: usize): void {
  const size = H(H_PENDING_ROW);
  const end = pendingRows() + <usize>pendingCount * size;
  memory.copy(row, row + size, end - row - size);
  setPendingCount(pendingCount - 1);
}

/** Every kind of obligation that the call carried is among `result.kept`. */
export function allKept(row: usize): bool {
  const kept = slot(S_KEPT);
  const state = stateOf(kept);
  const n = <u32>H(H_OBLIGATION_COUNT);
  for (let o: u32 = 0; o < n; o++) {
    if (!((load<u8>(row + 56 + (<usize>o >> 3)) >> (o & 7)) & 1)) continue;
    if (state != KNOWN) return false;
    const symbol = load<u32>(H(H_OBLIGATIONS) + (<usize>o << 4), 4);
    let found = false;
    for (let e = <usize>load<u32>(kept, N_PTR); e && !found; e = <usize>load<u32>(e, N_NEXT)) found = stateOf(e) == KNOWN && load<u32>(e, N_SYMBOL) == symbol;
    if (!found) return false;
  }
  return true;
}

