/**
 * From names to the catalogue's text, and from two catalogues to a diff that a person reviews. Pure.
 */

import { LEVELS, type Provider } from "../action.ts";
import { codeOf, type Entry, formatCatalogue, parseCatalogue } from "../catalogue-text.ts";
import { classify } from "../classify.ts";
import { keyOf, parseName } from "../name.ts";
import type { NamedAction } from "./kubernetes.ts";

/**
 * Classifies names, each spelling once. Spellings that differ only in letter case, where the provider ignores it, are one
 * action: all of them get the highest level that one of them gets (how a name falls into words depends on its capitals).
 */
export function classifyAll(actions: readonly NamedAction[]): readonly Entry[] {
  const byName = new Map<string, Entry>();
  const worst = new Map<string, Entry>();
  for (const { name, signal } of actions) {
    const parsed = parseName(name);
    const classified = classify(name, signal);
    if (parsed === undefined || classified === undefined || /[ \n]/.test(name))
      throw new Error(`no name of an action: ${name}`);
    const entry: Entry = { ...parsed, name, signal, ...classified };
    byName.set(name, entry);
    const other = worst.get(keyOf(name));
    if (other === undefined || isWorse(entry, other)) worst.set(keyOf(name), entry);
  }
  return [...byName.values()].map((entry) => ({ ...worst.get(keyOf(entry.name))!, ...spellingOf(entry) }));
}

function spellingOf({ name, service, operation }: Entry): Pick<Entry, "name" | "service" | "operation"> {
  return { name, service, operation };
}

function isWorse(left: Entry, right: Entry): boolean {
  const by = LEVELS.indexOf(left.level) - LEVELS.indexOf(right.level);
  return by > 0 || (by === 0 && left.name < right.name);
}

export function generate(provider: Provider, head: readonly string[], actions: readonly NamedAction[]): string {
  return formatCatalogue(provider, head, classifyAll(actions));
}

/** The committed text, classified again: the same names and signals through today's classifier. */
export function regenerate(provider: Provider, text: string): string {
  const head = text
    .split("\n")
    .filter((line) => line.startsWith("# "))
    .slice(1)
    .map((line) => line.slice(2));
  return generate(provider, head, parseCatalogue(provider, text));
}

export interface CatalogueDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** `aws:s3:DeleteBucket Dd+ delete → Cd+ curated`, lowered ones marked. */
  readonly changed: readonly string[];
}

export function diffCatalogues(provider: Provider, before: string, after: string): CatalogueDiff {
  const old = new Map(parseCatalogue(provider, before).map((entry) => [keyOf(entry.name), entry]));
  const now = new Map(parseCatalogue(provider, after).map((entry) => [keyOf(entry.name), entry]));
  const changed: string[] = [];
  for (const [key, entry] of now) {
    const was = old.get(key);
    if (was === undefined) continue;
    const [left, right] = [was, entry].map((each) => [codeOf(each), each.rule, ...each.flags].join(" "));
    if (left === right) continue;
    const lowered = LEVELS.indexOf(entry.level) < LEVELS.indexOf(was.level) ? "  LOWERED" : "";
    changed.push(`${entry.name}  ${left} → ${right}${lowered}`);
  }
  return {
    added: [...now]
      .filter(([key]) => !old.has(key))
      .map(([, entry]) => `${entry.name}  ${codeOf(entry)} ${entry.rule}`),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, entry]) => entry.name),
    changed,
  };
}
