// A result that comes in pieces (docs/semantics/inspection.md §7): what was held back of it, and the next piece behind that.
//
// In a pending row, at H_STREAM, 520 B: length u16 · ended u8 (2: 1 denied, 2 the last piece came) · – · the bytes held back, 512 B (8)
import { H, H_STREAM, alloc } from "./memory";

/** Bytes that are held back at most: what is sought must not be longer to be found before any of it is passed on. */
const WINDOW: u32 = 512;
export const DENIED: u32 = 1;
export const LAST: u32 = 2;

/** What is held back and the piece, together. */
export let heldPtr: usize = 0;
export let heldLen: u32 = 0;

@inline function at(row: usize): usize {
  return row + H(H_STREAM);
}
export function streamEnd(row: usize): u32 {
  return H(H_STREAM) ? <u32>load<u8>(at(row), 2) : 0;
}

/** False: there is no memory. */
export function joinPiece(row: usize, p: usize, len: u32): bool {
  const before = <u32>load<u16>(at(row));
  heldLen = before + len;
  heldPtr = alloc(<usize>heldLen + 32);
  if (!heldPtr) return false;
  memory.copy(heldPtr, at(row) + 8, before);
  memory.copy(heldPtr + before, p, len);
  return true;
}

/** Keeps the end of what is there, from the begin of a character on, or nothing; how many bytes may be passed on. */
export function keepEnd(row: usize, keeps: bool, ended: u32): u32 {
  let n: u32 = keeps ? min(heldLen, WINDOW) : 0;
  while (n && (<u32>load<u8>(heldPtr + (heldLen - n)) & 0xc0) == 0x80) n--;
  const s = at(row);
  memory.fill(s, 0, 8 + WINDOW);
  store<u16>(s, n);
  store<u8>(s, ended, 2);
  memory.copy(s + 8, heldPtr + (heldLen - n), n);
  return heldLen - n;
}
/** It was denied: nothing more of it is passed on. */
export function endStream(row: usize): void {
  memory.fill(at(row), 0, 8 + WINDOW);
  store<u8>(at(row), DENIED, 2);
}
