/** The blast radius. */

import { type BlastFacts, blast, ENVIRONMENTS, FLAGS, LEVELS } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import fc from "fast-check";
import { expect, test } from "vitest";

const facts = fc.record({
  environment: fc.constantFrom(...ENVIRONMENTS),
  count: fc.oneof(fc.nat(3_000), fc.constantFrom(0, 1, 2, 9, 10, 99, 100, 999, 1_000)),
  rollback: fc.boolean(),
});
const action = fc.record({ level: fc.constantFrom(...LEVELS), flags: fc.subarray([...FLAGS]) });
const runs = { numRuns: 3_000 };

test("deleting one production bucket that cannot be rolled back scores 0.92", () => {
  const bucket = loadCatalogue().find("aws:s3:DeleteBucket")!;
  expect(blast({ environment: "prod", count: 1, rollback: false }, bucket)).toEqual({
    environment: "prod",
    resource_count_estimate: 1,
    rollback_available: false,
    score: 0.92,
  });
});

test("the score is a whole number of thousandths from 0 to 1", () => {
  fc.assert(
    fc.property(facts, action, (given, what) => {
      const { score } = blast(given, what);
      return score >= 0 && score <= 1 && Number.isInteger(Math.round(score * 1_000 * 1e6) / 1e6);
    }),
    runs,
  );
});

test("it never falls when the environment is nearer to production", () => {
  fc.assert(
    fc.property(facts, action, fc.constantFrom(...ENVIRONMENTS), (given, what, environment) => {
      const nearer = ENVIRONMENTS.indexOf(environment) >= ENVIRONMENTS.indexOf(given.environment);
      const [a, b] = [blast(given, what).score, blast({ ...given, environment }, what).score];
      return nearer ? b >= a : b <= a;
    }),
    runs,
  );
});

test("it never falls when more resources are touched", () => {
  fc.assert(
    fc.property(facts, action, fc.nat(3_000), (given, what, more) => {
      return blast({ ...given, count: given.count + more }, what).score >= blast(given, what).score;
    }),
    runs,
  );
});

test("it never rises when there is a way back", () => {
  fc.assert(
    fc.property(facts, action, (given, what) => {
      return blast({ ...given, rollback: true }, what).score <= blast({ ...given, rollback: false }, what).score;
    }),
    runs,
  );
});

test("it never falls when the level is higher or a flag is added", () => {
  fc.assert(
    fc.property(facts, action, fc.constantFrom(...LEVELS), fc.constantFrom(...FLAGS), (given, what, level, flag) => {
      const score = blast(given, what).score;
      const higher = LEVELS.indexOf(level) >= LEVELS.indexOf(what.level);
      const flags = FLAGS.filter((each) => each === flag || what.flags.includes(each));
      return (
        (!higher || blast(given, { ...what, level }).score >= score) && blast(given, { ...what, flags }).score >= score
      );
    }),
    runs,
  );
});

test("what is not known counts as the worst", () => {
  const what = { level: "DESTRUCTIVE", flags: [] } as const;
  const worst = blast({ environment: "prod", count: 1_000, rollback: false }, what).score;
  const odd: readonly BlastFacts[] = [{}, { environment: "production?" }, { count: Number.NaN }, { count: -1 }];
  for (const given of odd) expect(blast(given, what).score).toBe(worst);
});

test("each argument tells in the score", () => {
  const what = { level: "DESTRUCTIVE", flags: [] } as const;
  const scores = [
    blast({ environment: "dev", count: 1, rollback: true }, what),
    blast({ environment: "dev", count: 1, rollback: false }, what),
    blast({ environment: "prod", count: 1, rollback: false }, what),
    blast({ environment: "prod", count: 50, rollback: false }, what),
    blast({ environment: "prod", count: 50, rollback: false }, { ...what, level: "CRITICAL" }),
  ].map(({ score }) => score);
  expect(scores).toEqual([0.09, 0.15, 0.6, 0.936, 0.999]);
});
