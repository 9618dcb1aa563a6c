/**
 * Writes test/conformance/vectors, after a change that means to change what they say:
 *
 *   node scripts/run-ts.mjs test/conformance/make-vectors.ts && npm run format
 *
 * They are committed, so that the change is seen; formats.test.ts fails until they are what the module answers.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { modules, stories } from "./stories/all.ts";
import { tell } from "./stories/tell.ts";

function write(name: string, vector: object): void {
  const path = `test/conformance/vectors/${name}.json`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(vector, null, 2)}\n`);
}

for (const story of stories) write(story.name, await tell(story));
for (const { name, vector } of modules()) write(name, vector);
