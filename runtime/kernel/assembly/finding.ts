// What inspections look for, and how it is found in one text (docs/semantics/inspection.md §2): an automaton over all literals, folded to
// small letters, and for each pattern what must stand around it. Linear in the text.
//
// Record: states u32 · root u32 (u16 × 256: the next state) · patterns u32 · count of them u32 · by tool {rules about its results, count} u32 (16, 0: none) · rules about messages u32 (20), count u32 (24)
// State, 16 B: fail u16 · hit u16 (2: nearest state with an end, by fails) · first pattern + 1 u16 (4) · edges u16 (6) · list u32 (8) of {byte u8, –, next u16}
// Pattern, 32 B: kind u16 · next that ends there + 1 u16 (2) · length u8 (4) · flags u8 (5: 1 exact, 2 at the start of a word) ·
//   characters before u8 (6), behind u8 (7) · literal u32 (8) · set before u32 (12, 0: none), behind u32 (16); a set is 128 bits
import { H, H_INSPECTION } from "./memory";
import { equal } from "./bytes";

/** A bit for each kind that was found in this event: 32 B. */
export const FOUND: usize = 48032;
/** By kind, in the text at hand: layers of encoding around it + 1, 0: not found. 256 B. */
export const DEPTHS: usize = 47776;

const EXACT: u32 = 1;
const STARTS: u32 = 2;

@inline function isWordByte(c: u32): bool {
  return c - 48 < 10 || (c | 32) - 97 < 26 || c == 95;
}
@inline function isOf(set: usize, c: u32): bool {
  return c < 128 && ((<u32>load<u8>(set + (c >> 3)) >> (c & 7)) & 1) != 0;
}

/** Of pattern `q`, whose letters end at `end`, everything else is there too. */
function holds(q: usize, start: usize, end: usize, limit: usize): bool {
  const flags = <u32>load<u8>(q, 5);
  const at = end - <usize>load<u8>(q, 4);
  if (flags & EXACT && !equal(at, <usize>load<u32>(q, 8), <u32>load<u8>(q, 4))) return false;
  if (flags & STARTS && at > start && isWordByte(load<u8>(at - 1))) return false;
  const before = <usize>load<u32>(q, 12);
  if (before) {
    const n = <usize>load<u8>(q, 6);
    if (at - start < n) return false;
    for (let p = at - n; p < at; p++) if (!isOf(before, load<u8>(p))) return false;
  }
  const behind = <usize>load<u32>(q, 16);
  if (behind) {
    const n = <usize>load<u8>(q, 7);
    if (limit - end < n) return false;
    for (let p = end; p < end + n; p++) if (!isOf(behind, load<u8>(p))) return false;
  }
  return true;
}

function ends(hit: usize, states: usize, patterns: usize, start: usize, end: usize, limit: usize, depth: u32): void {
  for (let s = hit; s; ) {
    const state = states + (s << 4);
    for (let n = <u32>load<u16>(state, 4); n; ) {
      const q = patterns + (<usize>(n - 1) << 5);
      const kind = <usize>load<u16>(q);
      const known = <u32>load<u8>(DEPTHS + kind);
      if ((!known || known > depth) && holds(q, start, end, limit)) store<u8>(DEPTHS + kind, depth);
      n = <u32>load<u16>(q, 2);
    }
    s = <usize>load<u16>(states + (<usize>load<u16>(state) << 4), 2);
  }
}

/** Notes every kind that the text holds. `depth`: layers of encoding around it + 1. */
export function search(p: usize, len: u32, depth: u32): void {
  const record = H(H_INSPECTION);
  const states = <usize>load<u32>(record);
  const root = <usize>load<u32>(record, 4);
  const patterns = <usize>load<u32>(record, 8);
  const start = p;
  const limit = p + len;
  let s: usize = 0;
  while (p < limit) {
    let c: u32 = load<u8>(p++);
    if (c - 65 < 26) c |= 32;
    for (;;) {
      if (!s) {
        s = <usize>load<u16>(root + (<usize>c << 1));
        break;
      }
      const state = states + (s << 4);
      const next = edge(state, c);
      if (next) {
        s = next;
        break;
      }
      s = <usize>load<u16>(state);
    }
    if (!s) continue;
    const hit = <usize>load<u16>(states + (s << 4), 2);
    if (hit) ends(hit, states, patterns, start, p, limit, depth);
  }
}

/** Most states have one. */
@inline function edge(state: usize, c: u32): usize {
  const list = <usize>load<u32>(state, 8);
  const n = <usize>load<u16>(state, 6);
  for (let e = list; e < list + (n << 2); e += 4) if (<u32>load<u8>(e) == c) return <usize>load<u16>(e, 2);
  return 0;
}
