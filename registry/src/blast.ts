/**
 * Blast radius: how much one call could do harm here, from 0 to 1 in steps of a thousandth.
 *
 *     one   = severity(level, flags) × where(environment) × back(rollback)
 *     score = 1 − (1 − one) ^ steps(count)
 *
 * Each further order of magnitude of resources is one more chance of the same harm. Whole thousandths, rounded down at each
 * step, so that the kernel and every host compute the same; monotonic in every argument (why: docs/registry.md; checked:
 * test/registry/blast.test.ts). What is not known counts as the worst: an unknown environment as production, an unknown
 * count as the largest, no word of a rollback as none.
 */

import type { Flag, Level } from "./action.ts";

export const ENVIRONMENTS = ["dev", "test", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** The facts of a request, as the host sends them; what is missing counts as the worst. */
export interface BlastFacts {
  /** Any other word counts as `prod`. */
  readonly environment?: string | undefined;
  /** How many resources are touched, estimated; 1 or more. */
  readonly count?: number | undefined;
  readonly rollback?: boolean | undefined;
}

/** What a decision returns. */
export interface Blast {
  readonly environment: Environment;
  /** Absent when the host did not say. */
  readonly resource_count_estimate?: number;
  readonly rollback_available: boolean;
  /** From 0 to 1, a whole number of thousandths. */
  readonly score: number;
}

/** In thousandths. A kernel may copy these tables; the order of flags is that of FLAGS. */
export const BLAST_TABLES = {
  level: { READ: 20, WRITE: 250, DESTRUCTIVE: 600, CRITICAL: 880 },
  flag: {
    secret: 10,
    credential: 30,
    data: 10,
    privesc: 40,
    exposure: 40,
    exec: 20,
    audit: 30,
    irreversible: 30,
    payment: 40,
    dns: 30,
    crypto: 10,
    dynamic: 20,
  },
  environment: { dev: 250, test: 350, staging: 600, prod: 1_000 },
  rollback: 600,
  /** From this many resources on, one more step each. */
  steps: [2, 10, 100, 1_000],
} as const satisfies {
  readonly level: Readonly<Record<Level, number>>;
  readonly flag: Readonly<Record<Flag, number>>;
  readonly environment: Readonly<Record<Environment, number>>;
  readonly rollback: number;
  readonly steps: readonly number[];
};

export function severityOf(level: Level, flags: readonly Flag[]): number {
  return Math.min(
    1_000,
    flags.reduce<number>((sum, flag) => sum + BLAST_TABLES.flag[flag], BLAST_TABLES.level[level]),
  );
}

/** 1 for a single resource, 5 for a thousand and more, and for what is no number of resources. */
function stepsOf(count: number | undefined): number {
  if (count === undefined || !(count >= 0)) return BLAST_TABLES.steps.length + 1;
  return 1 + BLAST_TABLES.steps.filter((from) => count >= from).length;
}

function environmentOf(word: string | undefined): Environment {
  return ENVIRONMENTS.find((each) => each === word) ?? "prod";
}

/** The score of an action with this level and these flags, given the facts. */
export function blast(facts: BlastFacts, action: { readonly level: Level; readonly flags: readonly Flag[] }): Blast {
  const environment = environmentOf(facts.environment);
  const rollback = facts.rollback === true;
  const back = rollback ? BLAST_TABLES.rollback : 1_000;
  const severity = severityOf(action.level, action.flags);
  const one = Math.floor((severity * BLAST_TABLES.environment[environment] * back) / 1_000_000);
  let spared = 1_000;
  for (let step = stepsOf(facts.count); step > 0; step -= 1) spared = Math.floor((spared * (1_000 - one)) / 1_000);
  return {
    environment,
    ...(facts.count === undefined ? {} : { resource_count_estimate: facts.count }),
    rollback_available: rollback,
    score: (1_000 - spared) / 1_000,
  };
}
