// Names of members: the entry of one in a record's table, and the case that the tag of an object says (descriptor.ts has the layouts).
import { bump, setBump } from "./memory";
import { equalPadded, find } from "./bytes";
import { D_NEEDED, M_LENGTH, M_NAME } from "./descriptor";
import { skip, space } from "./json";
import { readString, sLen, sPtr } from "./strings";

/** The number of the case that an object's tag names; 0: none. What is no JSON is found by whoever reads on. */
export function caseOf(p: usize, d: usize, depth: i32): u32 {
  const mark = bump;
  let which: u32 = 0;
  p = space(p + 1);
  while (load<u8>(p) == 34) {
    p = readString(p + 1);
    if (!p) break;
    const isTag = sLen == load<u32>(d, D_NEEDED + 4) && equalPadded(sPtr, <usize>load<u32>(d, D_NEEDED), sLen);
    p = space(p);
    if (load<u8>(p) != 58) break;
    p = space(p + 1);
    if (isTag) {
      if (load<u8>(p) == 34 && readString(p + 1)) which = find(<usize>load<u32>(d, 4), load<u32>(d, 8), sPtr, sLen);
      break;
    }
    p = skip(p, depth);
    if (!p) break;
    p = space(p);
    if (load<u8>(p) != 44) break;
    p = space(p + 1);
  }
  setBump(mark);
  return which;
}

/** The entry of the name just read, or 0. */
export function entryOf(table: usize, mask: u32, h: u32): usize {
  let i = h & mask;
  for (;;) {
    const e = table + (<usize>i << 6);
    const n = load<u32>(e, M_LENGTH);
    if (!n) return 0;
    if (load<u32>(e) == h && n == sLen + 1 && equalPadded(sPtr, <usize>load<u32>(e, M_NAME), sLen)) return e;
    i = (i + 1) & mask;
  }
  return 0;
}
