/** Lists of tools from somebody who wants harm: whatever they hold, checking ends, throws nothing, and no tool slips in half read. */
import { check } from "@thc/language";
import { readToolList } from "@thc/language/tool-lists";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "../differential/generate/imports.ts";
import { asker, checkWith, contractWith, tool } from "./lists.ts";

const ODD_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "",
  " ",
  "a.b",
  "*",
  "{a}",
  "name",
  "ü",
  "\u202e",
  "`",
  "for",
];
const KEYWORDS = [
  ...["type", "properties", "required", "items", "enum", "const", "anyOf", "oneOf", "allOf", "not", "$ref", "$defs"],
  ...["additionalProperties", "patternProperties", "prefixItems", "format", "default"],
];
const WORDS = [
  "object",
  "array",
  "string",
  "integer",
  "number",
  "boolean",
  "null",
  "#",
  "#/properties/x",
  "#/$defs/a",
  "any",
];

const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(...WORDS, ...ODD_NAMES, 0, -1, 1.5, true, false, null),
    fc.array(tie("schema"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYWORDS, ...ODD_NAMES, "x", "a"), tie("schema"), { maxKeys: 6 }),
  ),
}));
const definition = fc.record(
  {
    name: fc.constantFrom<unknown>(...ODD_NAMES, "one", "two", "three", 5, null),
    inputSchema: schema,
    outputSchema: schema,
    annotations: schema,
  },
  { requiredKeys: [] },
);

test("any list is read or refused, and what is read is checked, compiled and asked", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.array(definition, { maxLength: 4 }), fc.boolean(), (list, wrapped) => {
      const text = JSON.stringify(wrapped ? { tools: list } : list);
      const { contract, diagnostics } = checkWith(text, ["all: allow srv.*"]);
      if (contract === undefined) {
        expect(diagnostics.some((d) => d.severity === "error")).toBe(true);
        return;
      }
      const ask = asker(contract);
      for (const { name, params } of contract.tools) {
        const { outcome, reason } = ask(name, {});
        const isComplete = params.every(({ type }) => type.kind === "optional");
        expect([outcome, reason]).toEqual(isComplete ? ["allow", "none"] : ["deny", "bad_arguments"]);
      }
    }),
    { numRuns: 400 },
  );
});

test("any text is read or refused", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json(),
        fc.json().map((t) => `[{"name":"a","x":${t}}`),
      ),
      (text) => {
        const read = readToolList(text, sha256);
        if (!read.ok) expect(read.problem).not.toBe("");
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ["nested a hundred thousand deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  [
    "a schema nested a thousand deep",
    `[{"name":"a","inputSchema":${'{"items":'.repeat(1_000)}{}${"}".repeat(1_000)}}]`,
  ],
  ["an unclosed text of a million characters", `[{"name":"${"a".repeat(1_000_000)}`],
  ["a million escapes", `[{"name":"${"\\u0061".repeat(1_000_000)}"}]`],
  ["a million blanks", `[${" ".repeat(1_000_000)}`],
  ["a number of a million digits", `[{"name":"a","x":${"9".repeat(1_000_000)}}]`],
  ["two hundred thousand tools", JSON.stringify(Array.from({ length: 200_000 }, (_, i) => ({ name: `t${i}` })))],
])("%s is refused in time", (_what, text) => {
  const start = performance.now();
  expect(readToolList(text, sha256).ok).toBe(false);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("a thousand tools with a hundred arguments each are checked in time", () => {
  const properties = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, { type: "string" }]));
  const list = Array.from({ length: 1_000 }, (_, i) => tool(`t${i}`, properties));
  const start = performance.now();
  const contract = contractWith(list, [
    "classify srv.* read",
    "refine srv.*.a7: Path",
    'all: allow srv.* when has a7 and a7 under "/srv"',
  ]);
  expect(contract.tools).toHaveLength(1_000);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("arguments with names that JavaScript has another use for are arguments like any other", () => {
  const text =
    '[{"name":"__proto__","inputSchema":{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}},"required":["__proto__"]}}]';
  const contract = contractWith(text, ["classify srv.* read", 'all: allow srv.* when args.__proto__ == "ok"']);
  expect(contract.tools.map(({ name, params }) => [name, params.map((p) => p.name)])).toEqual([
    ["srv.__proto__", ["__proto__", "constructor"]],
  ]);
  const ask = asker(contract);
  expect(ask("srv.__proto__", JSON.parse('{"__proto__":"ok"}')).outcome).toBe("allow");
  expect(ask("srv.__proto__", JSON.parse('{"__proto__":"no"}')).reason).toBe("no_allow");
  expect(ask("srv.__proto__", {}).reason).toBe("bad_arguments");
  expect(ask("srv.__proto__", JSON.parse('{"__proto__":"ok","constructor":"x"}')).reason).toBe("bad_arguments");
});

test("a pattern with very many choices is answered, not unfolded", () => {
  const braces = `{${"a,".repeat(40)}b}`;
  const text = `contract "x" version "1" { agent bot { id "b" }\nclassify srv.${braces.repeat(6)} read\n}`;
  const files = { sha256, read: () => ({ ok: true, text: '[{"name":"a"}]' }) as const };
  expect(check({ path: "x", text }, { files }).diagnostics.length).toBeGreaterThan(0);
});
