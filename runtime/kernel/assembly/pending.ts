// Rows of pending calls: the one of a call. decide.ts says what a row holds.
import { CALL_HASH, H, H_PENDING_ROW } from "./memory";
import { equal } from "./bytes";
import { pendingCount, pendingRows, setPendingCount } from "./state";

/** The row of the call at hand, whose hash is at CALL_HASH; 0: there is none. */
export function pendingRow(): usize {
  const size = H(H_PENDING_ROW);
  const rows = pendingRows();
  for (let i: u32 = 0; i < pendingCount; i++) {
    const row = rows + <usize>i * size;
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
