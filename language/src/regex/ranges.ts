/** Sets of characters as sorted ranges of code points that neither touch nor overlap. Surrogates are no characters and in no set. */
import { CASES } from "./fold.gen.ts";

export type Range = readonly [first: number, last: number];
export type Ranges = readonly Range[];

const LAST = 0x10ffff;
const SURROGATES: Range = [0xd800, 0xdfff];

export function union(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = out.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else out.push([first, last]);
  }
  return out;
}

/** All characters but these. */
export function complement(ranges: Ranges): Ranges {
  const out: Range[] = [];
  let from = 0;
  for (const [first, last] of union([...ranges, SURROGATES])) {
    if (first > from) out.push([from, first - 1]);
    from = last + 1;
  }
  return from > LAST ? out : [...out, [from, LAST]];
}

/** With every other case of what is in it. */
export function withCases(ranges: Ranges): Ranges {
  const more: Range[] = [...ranges];
  const bases = new Set<number>();
  for (const [c, base] of cases()) {
    if (!isIn(ranges, c) && !isIn(ranges, base)) continue;
    bases.add(base);
    more.push([base, base]);
  }
  for (const [c, base] of cases()) if (bases.has(base)) more.push([c, c]);
  return union(more);
}

const isIn = (ranges: Ranges, c: number): boolean => ranges.some(([first, last]) => c >= first && c <= last);

function* cases(): Generator<readonly [character: number, base: number]> {
  for (const [first, last, step, offset] of CASES) for (let c = first; c <= last; c += step) yield [c, c + offset];
}
