/**
 * The actions a module links, as bytes: written here, byte by byte as docs/formats/registry.md says.
 *
 * Names are stored whole (front-coded), not hashed: a hash that a caller can search for collisions would let a name that
 * nobody judged stand for one that somebody did. The reader is read.ts, which shares no code with this file.
 */

import { EFFECTS, FLAGS, highest, LEVELS, type Level } from "../action.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Entry } from "../catalogue-text.ts";
import { formatName, keyOf, separatorOf } from "../name.ts";
import { type Selector, selectActions } from "../select.ts";

/** Actions between two restart points: within one, names share their beginnings. */
const BLOCK = 8;
const MAGIC = [0x54, 0x52, 0x45, 0x47];

export type Linked =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly actions: number; readonly level: Level }
  | { readonly ok: false; readonly selector: Selector; readonly nearest: readonly string[] };

/** Links what the selectors mean. One that selects nothing fails the whole: a typo must not link less than was written. */
export function linkActions(catalogue: Catalogue, selectors: readonly Selector[]): Linked {
  const entries = new Map<string, Entry>();
  for (const selector of selectors) {
    const selection = selectActions(catalogue, selector);
    if (!selection.ok) return { ok: false, selector, nearest: selection.nearest };
    for (const entry of selection.entries) entries.set(keyOf(entry.name), entry);
  }
  const level = highest([...entries.values()].map((entry) => entry.level)) ?? "READ";
  return { ok: true, bytes: encodeActions([...entries.values()]), actions: entries.size, level };
}

/** Level, effect and flags of an action as one number: bits 0–1 level, 2–3 effect, 4–15 flags. */
function traitsOf(entry: Entry): number {
  const flags = entry.flags.reduce((bits, flag) => bits | (1 << FLAGS.indexOf(flag)), 0);
  return LEVELS.indexOf(entry.level) | (EFFECTS.indexOf(entry.effect) << 2) | (flags << 4);
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function pushText(bytes: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) throw new Error(`a name that is not printable ASCII: ${text}`);
    bytes.push(code);
  }
}

function pushUint(bytes: number[], value: number, width: 2 | 4): void {
  for (let at = 0; at < width; at += 1) bytes.push((value >>> (8 * at)) & 0xff);
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Part {
  readonly prefix: string;
  readonly actions: readonly (readonly [rest: string, traits: number])[];
}

/** Actions by service, both sorted; a name is its service's prefix and the rest. */
function partsOf(entries: readonly Entry[], traits: ReadonlyMap<number, number>): readonly Part[] {
  const parts = new Map<string, Map<string, number>>();
  for (const entry of entries) {
    const key = keyOf(formatName(entry));
    const cut = key.indexOf(separatorOf(entry.provider), entry.provider.length + 1) + 1;
    const part = parts.get(key.slice(0, cut)) ?? new Map<string, number>();
    part.set(key.slice(cut), traits.get(traitsOf(entry))!);
    parts.set(key.slice(0, cut), part);
  }
  return [...parts.keys()]
    .sort(byCode)
    .map((prefix) => ({ prefix, actions: [...parts.get(prefix)!].sort((a, b) => byCode(a[0], b[0])) }));
}

function sharedLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** The bytes for a set of actions. The same set gives the same bytes, in whatever order it comes. */
export function encodeActions(entries: readonly Entry[]): Uint8Array {
  const distinct = [...new Set(entries.map(traitsOf))].sort((a, b) => a - b);
  const traits = new Map(distinct.map((value, at) => [value, at]));
  const parts = partsOf(entries, traits);
  const names: number[] = [];
  const blocks: number[] = [];
  const services: { readonly at: number; readonly firstBlock: number }[] = [];
  let actions = 0;
  for (const { prefix, actions: own } of parts) {
    services.push({ at: names.length, firstBlock: blocks.length });
    pushVarint(names, prefix.length);
    pushText(names, prefix);
    for (const [index, [rest, trait]] of own.entries()) {
      const first = index % BLOCK === 0;
      const shared = first ? 0 : sharedLength(own[index - 1]![0], rest);
      if (first) blocks.push(names.length);
      else pushVarint(names, shared);
      pushVarint(names, rest.length - shared);
      pushText(names, rest.slice(shared));
      pushVarint(names, trait);
      actions += 1;
    }
  }
  const bytes: number[] = [...MAGIC, 1, BLOCK];
  pushUint(bytes, distinct.length, 2);
  pushUint(bytes, services.length, 4);
  pushUint(bytes, blocks.length, 4);
  pushUint(bytes, actions, 4);
  pushUint(bytes, names.length, 4);
  for (const value of distinct) pushUint(bytes, value, 2);
  for (const { at, firstBlock } of services) {
    pushUint(bytes, at, 4);
    pushUint(bytes, firstBlock, 4);
  }
  for (const at of blocks) pushUint(bytes, at, 4);
  return Uint8Array.from(bytes.concat(names));
}
