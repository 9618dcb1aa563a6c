/** What to do instead. */

import { keyOf, LEVELS, SUGGESTIONS, suggestionFor } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import { expect, test } from "vitest";

const catalogue = loadCatalogue();
const rank = (name: string): number => LEVELS.indexOf(catalogue.find(name)?.level ?? "CRITICAL");

test("there are at least sixty, one an action, each with a reason and an agentic risk", () => {
  expect(SUGGESTIONS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(SUGGESTIONS.map(({ action }) => keyOf(action))).size).toBe(SUGGESTIONS.length);
  for (const { because, maps } of SUGGESTIONS) {
    expect(because).toMatch(/^[A-Z].{15,100}\.$/);
    expect(maps.length).toBeGreaterThan(0);
    for (const tag of maps) expect(tag).toMatch(/^ASI(?:0[1-9]|10)$/);
  }
});

test("both actions of a suggestion exist", () => {
  const missing = SUGGESTIONS.flatMap(({ action, instead }) => [action, instead]).filter(
    (name) => catalogue.find(name) === undefined,
  );
  expect(missing).toEqual([]);
});

test("what is suggested is never worse, and only for a few as bad as what it replaces", () => {
  const notBetter = SUGGESTIONS.filter(({ action, instead }) => rank(instead) >= rank(action));
  expect(notBetter.filter(({ action, instead }) => rank(instead) > rank(action))).toEqual([]);
  // The same level, but it can be taken back: stopping for deleting.
  expect(notBetter.map(({ action }) => action)).toEqual(["azure:Microsoft.Compute/virtualMachines/delete"]);
});

test("what is replaced is DESTRUCTIVE or CRITICAL", () => {
  expect(SUGGESTIONS.filter(({ action }) => rank(action) < 2)).toEqual([]);
});

test("a suggestion is found whatever the capitals, where the provider ignores them", () => {
  expect(suggestionFor("aws:S3:deletebucket")?.instead).toBe("aws:s3:PutBucketVersioning");
  expect(suggestionFor("aws:s3:GetObject")).toBeUndefined();
});
