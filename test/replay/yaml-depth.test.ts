/** What the reader of YAML is given never takes it near the end of the stack, and what people write is never refused for it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isMap, isSeq, parseDocument } from "yaml";
import { nestsTooDeep } from "../../cli/src/files/yaml-depth.ts";

/** Levels of the stack that a document of these texts may cost; the reader overflows it at about 780. */
const SAFE = 390;

/** The depth that the reader itself finds: collections inside each other. */
function depthOf(text: string): number {
  let deepest = 0;
  const open: [node: unknown, depth: number][] = [[parseDocument(text, { logLevel: "silent" }).contents, 0]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const [node, depth] = entry;
    deepest = Math.max(deepest, depth);
    if (isSeq(node)) for (const item of node.items) open.push([item, depth + 1]);
    if (isMap(node)) for (const { key, value } of node.items) open.push([key, depth + 1], [value, depth + 1]);
  }
  return deepest;
}

const times = fc.constantFrom(1, 2, 30, 60, 100, 190);
const piece = fc
  .tuple(
    fc.constantFrom("[", "{a: ", "- ", "? ", "a: ", "'", '"', "]", "}", ",", "a: ,", "x: [], ", "x", "&a ", "!t "),
    times,
  )
  .map(([text, count]) => text.repeat(count));
const line = fc
  .tuple(fc.constantFrom(0, 1, 2, 20, 60, 120, 180, 250), fc.array(piece, { maxLength: 4 }))
  .map(([indent, pieces]) => " ".repeat(indent) + pieces.join(""));

test("what is let through is at most half as deep as the stack allows, whatever opens the levels", () => {
  let deep = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const text = lines.join("\n");
      if (nestsTooDeep(text)) deep += 1;
      else expect(depthOf(text)).toBeLessThan(SAFE);
    }),
    { numRuns: 2_000 },
  );
  expect(deep).toBeGreaterThan(100);
});

test.each([
  ["brackets", "[".repeat(201)],
  ["braces", "{a: ".repeat(201)],
  ["brackets that look closed in quotes", '["]",'.repeat(201)],
  ["brackets behind quotes that are none", "[it's, ".repeat(201)],
  ["dashes in a line", "- ".repeat(201)],
  ["keys in a line", "? ".repeat(201)],
  ["steps", Array.from({ length: 201 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
  ["steps of several", Array.from({ length: 21 }, (_, i) => " ".repeat(20 * i) + "- ".repeat(10)).join("\n")],
])("deep: %s", (_name, text) => {
  expect(nestsTooDeep(text)).toBe(true);
});

test.each([
  ["many lists side by side", `[${"[1, [2]], ".repeat(10_000)}]`],
  ["many records", "- a: 1\n  b: { c: [1] }\n".repeat(5_000)],
  ["brackets in text", `a: |\n  ${"[".repeat(500)}\nb: "${"[{".repeat(500)}"\n`],
  ["text that is moved in far", `a: |\n${" ".repeat(400)}- x\n`],
  ["a hundred levels of brackets", "[".repeat(100) + "]".repeat(100)],
  ["forty levels of keys", Array.from({ length: 40 }, (_, i) => `${"  ".repeat(i)}a:`).join("\n")],
])("not deep: %s", (_name, text) => {
  expect(nestsTooDeep(text)).toBe(false);
});
