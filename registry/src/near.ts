/**
 * Near names, for a typo: `did you mean`. Silent when nothing is near.
 *
 * Edit distance with swaps (optimal string alignment), bounded: a name of n letters may be off by n / 4, at most 4.
 */

import type { Catalogue } from "./catalogue.ts";
import { asciiLower, parseName } from "./name.ts";

/** Distance up to `limit`; anything above is `limit + 1`. Letter case does not count. */
export function distance(left: string, right: string, limit: number): number {
  const a = asciiLower(left);
  const b = asciiLower(right);
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(old[j]! + 1, row[j - 1]! + 1, old[j - 1]! + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    older = old;
    old = row;
  }
  return Math.min(old[b.length]!, limit + 1);
}

/** The nearest of `known`, nearest first, ties in the order of the alphabet; at most `most`. */
export function nearest(word: string, known: Iterable<string>, most: number): readonly string[] {
  const limit = Math.min(4, Math.max(1, Math.floor(word.length / 4)));
  const found: { readonly name: string; readonly off: number }[] = [];
  for (const name of known) {
    const off = distance(word, name, limit);
    if (off <= limit) found.push({ name, off });
  }
  found.sort((a, b) => a.off - b.off || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return found.slice(0, most).map(({ name }) => name);
}

/** Near names of an action that is not in the catalogue: in its own service, else the operation in a near service. */
export function nearActions(catalogue: Catalogue, name: string, most = 3): readonly string[] {
  const parsed = parseName(name);
  if (parsed === undefined) return [];
  const { provider, service, operation } = parsed;
  const services = catalogue.services(provider);
  const own = services.filter((each) => asciiLower(each) === asciiLower(service));
  const near = own.length > 0 ? own : nearest(service, services, 3);
  const operations = new Map<string, string>();
  for (const each of near)
    for (const entry of catalogue.entries(provider, each)) operations.set(entry.name, entry.operation);
  const wanted = new Map<string, string>();
  for (const [full, known] of operations) wanted.set(own.length > 0 ? known : full, full);
  return nearest(own.length > 0 ? operation : name, wanted.keys(), most).map((known) => wanted.get(known)!);
}
