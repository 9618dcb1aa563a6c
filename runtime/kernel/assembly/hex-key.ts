// Keys of a request: 32 hex digits that a host sends, read into 16 bytes.
import { KNOWN, N_LEN, N_PTR, slot, stateOf } from "./value";

/** 32 hex digits into the 16 bytes at `to`; zeros without them. */
export function hexKey(s: u32, to: usize): bool {
  store<u64>(to, 0);
  store<u64>(to, 0, 8);
  if (stateOf(slot(s)) != KNOWN) return true;
  const p = <usize>load<u32>(slot(s), N_PTR);
  if (load<u32>(slot(s), N_LEN) != 32) return false;
  for (let i: usize = 0; i < 32; i++) {
    const c: u32 = load<u8>(p + i);
    const v = c - 48 < 10 ? c - 48 : c - 97 < 6 ? c - 87 : 16;
    if (v > 15) return false;
    const at = to + (i >> 1);
    store<u8>(at, i & 1 ? load<u8>(at) | v : v << 4);
  }
  return true;
}
