// What a call carries: the obligations of all rules that carry some, merged (docs/semantics.md, §5).
//
// Obligation record, 16 B: kind u32 · symbol of the kind u32 (4) · symbol of a sandbox's profile u32 (8) · its limit u32 (12, 0: none)
// Limit, 16 B: amount i64 · of a throttle in how many milliseconds i64 (8)
import { H, H_ANSWER, H_OBLIGATIONS, H_OBLIGATION_COUNT } from "./memory";

export let carriedCount: u32 = 0;
let profile: u32 = 0;
/** Carried ones with a limit. */
let limited: u32 = 0;

@inline function carriedSet(): usize {
  return H(H_ANSWER) + 16;
}
@inline function recordOf(o: u32): usize {
  return H(H_OBLIGATIONS) + (<usize>o << 4);
}
@inline function limitOf(o: u32): usize {
  return <usize>load<u32>(recordOf(o), 12);
}
@inline function has(o: u32): bool {
  return ((<u32>load<u8>(carriedSet() + (<usize>o >> 3)) >> (o & 7)) & 1) != 0;
}
function drop(o: u32): void {
  const byte = carriedSet() + (<usize>o >> 3);
  store<u8>(byte, <u32>load<u8>(byte) & ~(1 << (o & 7)));
  carriedCount--;
}

/** Nothing is carried yet; the set is empty. */
export function beginCarried(): void {
  profile = 0;
  carriedCount = 0;
  limited = 0;
}
/** Adds obligations to the set. False: one is another sandbox than one that is in it. */
export function collect(list: usize, n: u32): bool {
  const set = carriedSet();
  for (let k: u32 = 0; k < n; k++) {
    const o = load<u32>(list + (<usize>k << 2));
    const byte = set + (<usize>o >> 3);
    const bit = 1 << (o & 7);
    if (load<u8>(byte) & bit) continue;
    store<u8>(byte, load<u8>(byte) | bit);
    carriedCount++;
    if (limitOf(o)) limited++;
    const p = load<u32>(recordOf(o), 8);
    if (p) {
      if (profile && profile != p) return false;
      profile = p;
    }
  }
  return true;
}

/** Leaves out each limit that another carried one implies. Every comparison of two, but of throttles, leaves out one of them. */
export function mergeCarried(): void {
  if (limited < 2) return;
  const n = <u32>H(H_OBLIGATION_COUNT);
  for (let i: u32 = 0; i < n; i++) {
    if (!has(i) || !limitOf(i)) continue;
    for (let j = i + 1; j < n; j++) {
      if (!has(j) || !limitOf(j) || load<u32>(recordOf(i)) != load<u32>(recordOf(j))) continue;
      if (implies(limitOf(i), limitOf(j))) drop(j);
      else if (implies(limitOf(j), limitOf(i))) {
        drop(i);
        break;
      }
    }
  }
}
/** Whoever keeps `a` keeps `b`: so much in a's time is, in as many of them as cover b's, no more than b allows. */
function implies(a: usize, b: usize): bool {
  const width = load<i64>(a, 8);
  const times = width ? (load<i64>(b, 8) + width - 1) / width : 1;
  return load<i64>(a) <= load<i64>(b) / times;
}
