/**
 * The coverage map: which ids of a framework the rules of contracts map to, in three states.
 *
 * enforced: a rule maps to it and a test exercises that rule. mapped: a rule maps to it and no test exercises it.
 * not_covered: no rule maps to it. Pure: how rules and tests are found is the shell's and the language's business.
 */

import type { FrameworkPack } from "./packs.ts";
import { checkTag } from "./tag.ts";

/** One rule of a contract. */
export interface MappedRule {
  readonly rule: string;
  readonly maps: readonly string[];
  /** Names of the tests that exercise the rule. */
  readonly testedBy: readonly string[];
}

export type CoverageState = "enforced" | "mapped" | "not_covered";

export interface CoverageRow {
  readonly id: string;
  /** Empty where the licence forbids it. */
  readonly name: string;
  readonly state: CoverageState;
  readonly withdrawn: boolean;
  readonly rules: readonly string[];
  readonly tests: readonly string[];
}

export interface CoverageMap {
  readonly framework: string;
  readonly version: string;
  readonly title: string;
  readonly licence: string;
  readonly rows: readonly CoverageRow[];
  readonly totals: Readonly<Record<CoverageState, number>>;
  /** Tags of the rules that no pack knows, each with its rule. */
  readonly unknown: readonly { readonly rule: string; readonly tag: string; readonly nearest?: string }[];
}

interface Gathered {
  readonly rules: Set<string>;
  readonly tests: Set<string>;
}

const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort();

export function coverageMap(
  rules: readonly MappedRule[],
  pack: FrameworkPack,
  packs: readonly FrameworkPack[],
): CoverageMap {
  const gathered = new Map<string, Gathered>();
  const unknown: { rule: string; tag: string; nearest?: string }[] = [];
  for (const { rule, maps, testedBy } of rules) {
    for (const tag of maps) {
      const check = checkTag(tag, packs);
      if (check.kind === "unknown") {
        unknown.push({ rule, tag, ...(check.nearest === undefined ? {} : { nearest: check.nearest }) });
        continue;
      }
      if (check.pack.id !== pack.id) continue;
      const row = gathered.get(check.id) ?? { rules: new Set<string>(), tests: new Set<string>() };
      row.rules.add(rule);
      for (const test of testedBy) row.tests.add(test);
      gathered.set(check.id, row);
    }
  }
  const rows: CoverageRow[] = [];
  for (const [id, name] of pack.ids) {
    const found = gathered.get(id);
    const withdrawn = pack.withdrawn.has(id);
    // Nobody is asked to cover what has been withdrawn.
    if (withdrawn && found === undefined) continue;
    const state = found === undefined ? "not_covered" : found.tests.size > 0 ? "enforced" : "mapped";
    rows.push({ id, name, state, withdrawn, rules: sorted(found?.rules ?? []), tests: sorted(found?.tests ?? []) });
  }
  const count = (state: CoverageState): number => rows.filter((row) => row.state === state).length;
  return {
    framework: pack.id,
    version: pack.version,
    title: pack.title,
    licence: pack.licence,
    rows,
    totals: { enforced: count("enforced"), mapped: count("mapped"), not_covered: count("not_covered") },
    unknown,
  };
}
