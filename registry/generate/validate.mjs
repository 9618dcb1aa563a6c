// Prints how the catalogue agrees with the lists in registry/validation, and the share of guesses: docs/registry.md.
//
//   npm run registry:validate

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { agreement, agreementTable, parseList } from "../dist/generate/index.js";
import { statsOf } from "../dist/index.js";
import { loadCatalogue } from "../dist/node.js";

const catalogue = loadCatalogue();
const folder = fileURLToPath(new URL("../validation/", import.meta.url));
const agreements = readdirSync(folder)
  .sort()
  .map((file) => agreement(parseList(readFileSync(`${folder}${file}`, "utf8")), catalogue));
process.stdout.write(`${agreementTable(agreements)}\n`);
for (const { title, missed, unknown } of agreements) {
  if (missed.length > 0) process.stdout.write(`\nmissed, ${title}:\n${missed.map((row) => `  ${row}`).join("\n")}\n`);
  if (unknown.length > 0) process.stdout.write(`\nnot in the catalogue, ${title}: ${unknown.join(", ")}\n`);
}
process.stdout.write(
  "\n| provider | actions | services | READ | WRITE | DESTRUCTIVE | CRITICAL | decided by hand | low confidence |\n",
);
process.stdout.write("|---|---|---|---|---|---|---|---|---|\n");
for (const { provider, actions, services, levels, curated, low_confidence: low } of statsOf(catalogue)) {
  const { READ, WRITE, DESTRUCTIVE, CRITICAL } = levels;
  const share = ((low / actions) * 100).toFixed(2);
  process.stdout.write(
    `| ${provider} | ${actions} | ${services} | ${READ} | ${WRITE} | ${DESTRUCTIVE} | ${CRITICAL} | ${curated} | ${low} (${share} %) |\n`,
  );
}
