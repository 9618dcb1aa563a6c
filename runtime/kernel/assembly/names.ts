// Names of members: the entry of one in a record's table, the case that the tag of an object says (descriptor.ts has the layouts), and
// the order of a map's keys.
import { NODE, bump, setBump } from "./memory";
import { equal, equalPadded, find } from "./bytes";
import { D_CHILDREN, D_NEEDED, F_OPEN, F_TREE, LEARNED, M_GUESS, M_GUESS_LENGTH, M_LENGTH, M_NAME, M_REST } from "./descriptor";
import { skip, space } from "./json";
import { readString, sLen, sPtr, stops } from "./strings";
import { N_LEN, N_NEXT, N_PTR } from "./value";

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

/**
 * The entry of an undeclared name in a record that takes such names; 0: it has none. The first few that the record meets get one for good:
 * so what a name has, an entry or none, never changes while a record is read, and telling it from its equals stays with its bit.
 */
export function strangerOf(d: usize, h: u32): usize {
  if ((load<u8>(d, 1) & (F_OPEN | F_TREE)) != F_OPEN || sLen > 13) return 0;
  const end = load<u32>(d, D_CHILDREN) + (LEARNED << 6);
  for (let e = <usize>load<u32>(d, D_CHILDREN); e && e < end; e += 64) {
    const n = load<u32>(e, M_LENGTH);
    if (!n) return learn(e, h);
    if (load<u32>(e) == h && n == sLen + 1 && equal(sPtr, e + M_GUESS + 1, sLen)) return e;
  }
  return 0;
}
/** The bits of such entries; without any of them those of the last members. */
export const LEARNED_BITS: u64 = 1 << (64 - LEARNED);
/** Of an entry with a bit: nothing declares it. */
@inline export function isStranger(e: usize): bool {
  return load<u32>(e, M_NAME) == 0;
}
function learn(e: usize, h: u32): usize {
  const n = sLen;
  // what an escape stands for is never compared as it stands
  if (stops(sPtr) << (32 - n)) return 0;
  store<u32>(e, h);
  store<u32>(e, n + 1, M_LENGTH);
  memory.fill(e + M_GUESS, 0, 16);
  store<u8>(e, 34, M_GUESS);
  memory.copy(e + M_GUESS + 1, sPtr, n);
  store<u16>(e + M_GUESS + 1 + n, 0x3a22);
  store<u8>(e, n + 3, M_GUESS_LENGTH);
  store<u32>(e, 0xffff & ~((1 << (n + 3)) - 1), M_REST);
  return e;
}

/** The key of value `a` stands before the text at p: by bytes. */
function isBefore(a: usize, p: usize, n: u32): bool {
  const len = load<u32>(a - NODE, N_LEN);
  const order = memory.compare(<usize>load<u32>(a - NODE, N_PTR), p, min(len, n));
  return order < 0 || (order == 0 && len < n);
}
/** Puts a value, whose key is in the node before it, into the chain of a map; `last`: the end of the chain so far. The end of it now. */
export function link(map: usize, value: usize, last: usize): usize {
  const p = <usize>load<u32>(value - NODE, N_PTR);
  const n = load<u32>(value - NODE, N_LEN);
  let before: usize = 0;
  let at: usize = 0;
  // senders write keys in order more often than not
  if (last && isBefore(last, p, n)) before = last;
  else for (at = <usize>load<u32>(map, N_PTR); at && isBefore(at, p, n); at = <usize>load<u32>(at, N_NEXT)) before = at;
  store<u32>(value, <u32>at, N_NEXT);
  store<u32>(value - NODE, at ? <u32>at - NODE : 0, N_NEXT);
  if (before) {
    store<u32>(before, <u32>value, N_NEXT);
    store<u32>(before - NODE, <u32>value - NODE, N_NEXT);
  } else store<u32>(map, <u32>value, N_PTR);
  return at ? last : value;
}
