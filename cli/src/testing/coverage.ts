/**
 * Which rules of a contract its tests have seen at work, and which of their conditions both true and false. A rule counts when
 * it determined a decision, warned, or would have had an effect and is only observed; an atom of a condition counts twice, once for each truth.
 */
import type { Truth } from "@thc/runtime";

export interface AtomCoverage {
  readonly text: string;
  readonly wasTrue: boolean;
  readonly wasFalse: boolean;
}
export interface RuleCoverage {
  readonly rule: string;
  /** Decisions that it determined, or in which it warned or was observed. */
  readonly decided: number;
  readonly atoms: readonly AtomCoverage[];
}
/** What a test has seen. */
export interface Seen {
  /** Rules that determined a decision, warned or were observed, once for each. */
  readonly effective: readonly string[];
  readonly atoms: readonly SeenAtom[];
}
export interface SeenAtom {
  readonly rule: string;
  readonly text: string;
  readonly value: Truth;
}
/** The rules of a contract with the texts of their conditions' atoms. */
export type RuleAtoms = readonly { readonly name: string; readonly atoms: readonly string[] }[];

export function coverageOf(rules: RuleAtoms, tests: readonly Seen[]): readonly RuleCoverage[] {
  const decided = new Map<string, number>();
  const seen = new Set<string>();
  const key = ({ rule, text, value }: SeenAtom) => `${rule}\0${text}\0${value}`;
  for (const { effective, atoms } of tests) {
    for (const rule of effective) decided.set(rule, (decided.get(rule) ?? 0) + 1);
    for (const atom of atoms) seen.add(key(atom));
  }
  return rules.map(({ name: rule, atoms }) => ({
    rule,
    decided: decided.get(rule) ?? 0,
    atoms: [...new Set(atoms)].map((text) => ({
      text,
      wasTrue: seen.has(key({ rule, text, value: "true" })),
      wasFalse: seen.has(key({ rule, text, value: "false" })),
    })),
  }));
}

export interface Share {
  readonly covered: number;
  readonly of: number;
}
export const rulesCovered = (coverage: readonly RuleCoverage[]): Share => ({
  covered: coverage.filter(({ decided }) => decided > 0).length,
  of: coverage.length,
});
export function atomsCovered(coverage: readonly RuleCoverage[]): Share {
  const atoms = coverage.flatMap((each) => each.atoms);
  return {
    covered: atoms.reduce((sum, { wasTrue, wasFalse }) => sum + Number(wasTrue) + Number(wasFalse), 0),
    of: 2 * atoms.length,
  };
}
/** Nothing to cover is covered. */
export const shareOf = ({ covered, of }: Share): number => (of === 0 ? 100 : (100 * covered) / of);
