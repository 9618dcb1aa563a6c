/** UTF-8 of a range of characters as sequences of byte ranges (RFC 3629): each sequence is all texts that take one byte of each. */
import type { Range } from "./ranges.ts";

/** Where the number of bytes grows. */
const LENGTHS: readonly Range[] = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xffff],
  [0x10000, 0x10ffff],
];

export function byteSequences([first, last]: Range): readonly (readonly Range[])[] {
  return LENGTHS.flatMap(([low, high], i) => {
    const [from, to] = [Math.max(first, low), Math.min(last, high)];
    return from > to ? [] : split(from, to, i);
  });
}

/** Both have `more` bytes behind the first one. */
function split(from: number, to: number, more: number): readonly (readonly Range[])[] {
  for (let rest = 1; rest <= more; rest++) {
    // the last `rest` bytes hold these bits; a range that does not hold all of their values is cut where they begin anew
    const mask = (1 << (6 * rest)) - 1;
    if ((from & ~mask) === (to & ~mask)) continue;
    if ((from & mask) !== 0) return [...split(from, from | mask, more), ...split((from | mask) + 1, to, more)];
    if ((to & mask) !== mask) return [...split(from, (to & ~mask) - 1, more), ...split(to & ~mask, to, more)];
  }
  const [a, b] = [bytesOf(from, more), bytesOf(to, more)];
  return [a.map((byte, i): Range => [byte, b[i]!])];
}

function bytesOf(c: number, more: number): readonly number[] {
  if (more === 0) return [c];
  const lead = [0, 0xc0, 0xe0, 0xf0][more]! | (c >> (6 * more));
  return [lead, ...Array.from({ length: more }, (_, i) => 0x80 | ((c >> (6 * (more - 1 - i))) & 63))];
}
