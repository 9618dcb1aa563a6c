// Prints how large the registry's bytes in a module are, and how long a look-up takes: docs/registry.md.
//
//   npm run registry:measure

import { linkActions, openActions } from "../dist/encoding/index.js";
import { PROVIDERS } from "../dist/index.js";
import { loadCatalogue } from "../dist/node.js";

const catalogue = loadCatalogue();
const service = (name) => ({ kind: "service", provider: "aws", service: name });
const pattern = (text) => ({ kind: "pattern", text });
const TWELVE = ["s3", "ec2", "iam", "rds", "logs", "sqs", "lambda", "kms", "sns", "dynamodb", "ecs", "eks"];
const sets = {
  "50 actions of s3": catalogue
    .entries("aws", "s3")
    .slice(0, 50)
    .map((entry) => pattern(entry.name)),
  "12 services": TWELVE.map(service),
  "all of AWS": [{ kind: "provider", provider: "aws" }],
  everything: PROVIDERS.map((provider) => ({ kind: "provider", provider })),
};
const ROUNDS = 7;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Microseconds a call, the median of several rounds over all names. */
function timed(names, find) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    for (const name of names) find(name);
    rounds.push(((performance.now() - begun) * 1_000) / names.length);
  }
  return median(rounds).toFixed(2);
}

const aws = catalogue.entries("aws").map((entry) => entry.name);
process.stdout.write("| linked | actions | bytes | look-up of every AWS name, µs |\n|---|---|---|---|\n");
for (const [title, selectors] of Object.entries(sets)) {
  const linked = linkActions(catalogue, selectors);
  const actions = openActions(linked.bytes);
  process.stdout.write(`| ${title} | ${linked.actions} | ${linked.bytes.length} | ${timed(aws, actions.find)} |\n`);
}
process.stdout.write(`| the catalogue itself | | | ${timed(aws, catalogue.find)} |\n`);
