/**
 * "Did you mean": the known name nearest to what was written, by edit distance with transpositions (Damerau, optimal string alignment).
 * Silent when nothing is near: a third of the length, at most three edits. Long input is not compared at all.
 */
import { list } from "./diagnostic.ts";

/** Among more names nothing is looked for, for the sake of time. */
const MOST_KNOWN = 2_000;

export function suggest(written: string, known: Iterable<string>): string | undefined {
  if (written.length > 80) return undefined;
  const limit = Math.min(3, Math.max(1, Math.floor(written.length / 3)));
  let best: string | undefined;
  let bestDistance = limit + 1;
  let compared = 0;
  for (const name of known) {
    if (++compared > MOST_KNOWN) return undefined;
    if (Math.abs(name.length - written.length) >= bestDistance || name === written) continue;
    const distance = edits(written.toLowerCase(), name.toLowerCase(), bestDistance);
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && name < best)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean …?` as a help text, or nothing. */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  const nearest = suggest(written, known);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}

/** The same, or what there is, where that is not too much to read. */
export function nearest(written: string, known: readonly string[], others: readonly string[] = []): string | undefined {
  const near = didYouMean(written, [...known, ...others]);
  const all = [...new Set(known)];
  if (near !== undefined || all.length === 0 || all.length > MOST_LISTED) return near;
  return all.length === 1 ? `there is \`${all[0]}\`` : `there are ${list(all, "and")}`;
}
const MOST_LISTED = 8;

/** `stop + 1` for more than `stop`. What lies further off the diagonal than that is too far in any case, and not looked at. */
function edits(a: string, b: string, stop: number): number {
  const far = stop + 1;
  const row = (): number[] => new Array<number>(b.length + 2).fill(far);
  let [before, last, next] = [row(), row(), row()];
  for (let j = 0; j <= Math.min(stop, b.length); j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - stop);
    const to = Math.min(b.length, i + stop);
    next[from - 1] = from === 1 ? Math.min(i, far) : far;
    let least = next[from - 1]!;
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(last[j]! + 1, next[j - 1]! + 1, last[j - 1]! + same, far);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, before[j - 2]! + 1);
      next[j] = value;
      least = Math.min(least, value);
    }
    next[to + 1] = far;
    if (least > stop) return far;
    [before, last, next] = [last, next, before];
  }
  return last[b.length]!;
}
