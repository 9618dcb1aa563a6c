/** Agreement with lists that others made; docs/registry.md quotes it. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { statsOf } from "@thc/registry";
import { agreement, agreementTable, parseList } from "@thc/registry/generate";
import { loadCatalogue } from "@thc/registry/node";
import { expect, test } from "vitest";
import { JUDGED, judgements } from "./judged.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const catalogue = loadCatalogue();
const lists = readdirSync(at("registry/validation/"))
  .sort()
  .map((file) => parseList(readFileSync(at(`registry/validation/${file}`), "utf8")));
const agreements = lists.map((list) => agreement(list, catalogue));
/** Tables without the padding that the formatter gives them. */
const unpadded = (text: string): string => text.replace(/ *\| */g, "|").replace(/-{3,}/g, "---");
const page = unpadded(readFileSync(at("docs/registry.md"), "utf8"));

test("every list names its source and licence", () => {
  expect(lists).toHaveLength(6);
  for (const { source } of lists) expect(source).toMatch(/BSD-3-Clause|MIT|Apache-2\.0/);
});

test("every known path to more rights has an action that is at least DESTRUCTIVE", () => {
  const paths = agreements.filter(({ kind }) => kind === "paths");
  expect(paths.map(({ missed, judged }) => ({ missed, judged }))).toEqual([{ missed: [], judged: 59 }]);
});

test("an action that returns credentials is CRITICAL in nineteen of twenty cases, and the rest is explained", () => {
  const credentials = agreements.find(({ title }) => title.startsWith("Cloudsplaining: actions that return"))!;
  expect(credentials.agreed / credentials.judged).toBeGreaterThanOrEqual(0.95);
  for (const row of credentials.missed)
    expect(page).toContain(row.replace(/^aws:|:? \(\w+\)$/g, "").replace(/ .*/, ""));
});

test("the page's tables are what is measured", () => {
  expect(page).toContain(unpadded(agreementTable(agreements)));
  for (const { provider, actions, services, levels, curated, low_confidence: low } of statsOf(catalogue)) {
    const { READ, WRITE, DESTRUCTIVE, CRITICAL } = levels;
    const share = ((low / actions) * 100).toFixed(2);
    const cells = [provider, actions, services, READ, WRITE, DESTRUCTIVE, CRITICAL, curated, `${low} (${share} %)`];
    expect(page).toContain(`|${cells.join("|")}|`);
  }
  expect(page).toContain(`${judgements(JUDGED).length} well-known actions`);
});

test("fewer than three in a hundred actions are guesses, for every provider", () => {
  for (const { actions, low_confidence: low } of statsOf(catalogue)) expect(low / actions).toBeLessThan(0.03);
});

test("a list below its floor is told so", () => {
  const list = parseList(
    "# title: x\n# source: MIT\n# floor: CRITICAL\n# kind: actions\naws:s3:GetObject\naws:s3:DeleteBucket\naws:no:Such\n",
  );
  expect(agreement(list, catalogue)).toMatchObject({
    agreed: 1,
    judged: 2,
    missed: ["aws:s3:GetObject (READ)"],
    unknown: ["aws:no:Such"],
  });
});
