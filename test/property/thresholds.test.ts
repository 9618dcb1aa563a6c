/**
 * Many thresholds of one number: which rules hold is what comparing says, whichever way the signs of a contract look. With few the
 * classifier keeps classes that it drops with many (compiler/src/lower/blocks.ts), so fuzzed contracts seldom get there.
 */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { expect, test } from "vitest";

const SIGNS = {
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  "==": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
};
type Sign = keyof typeof SIGNS;
const LIMITS = [-3, 0, 0.5, 1, 2.25, 10, 100];
const VALUES = [-4, -3, -2.5, 0, 0.25, 0.5, 0.75, 1, 2, 2.25, 2.3, 9.9, 10, 10.1, 99, 100, 101];

interface Comparison {
  readonly sign: Sign;
  readonly limit: number;
  readonly flipped: boolean;
  readonly negated: boolean;
}
const textOf = ({ sign, limit, flipped, negated }: Comparison): string => {
  const compared = flipped ? `${limit} ${sign} n` : `n ${sign} ${limit}`;
  return negated ? `not (${compared})` : compared;
};
const holds = ({ sign, limit, flipped, negated }: Comparison, n: number): boolean =>
  SIGNS[sign](flipped ? limit : n, flipped ? n : limit) !== negated;

function asked(comparisons: readonly Comparison[]): (n: number | undefined) => readonly string[] {
  const rules = comparisons.map((c, i) => `  r${10 + i}: deny act when has n and ${textOf(c)}`).join("\n");
  const text = `contract "t" version "1" {\n  agent a { id "a" }\n  tool act(n: Decimal?) read\n  may: allow act\n${rules}\n}\n`;
  const { contract, diagnostics } = check({ path: "t.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  return (n) => {
    const args = n === undefined ? {} : { n };
    const request = {
      event: "call",
      principal: { id: "a" },
      action: { tool: "act", args },
      context: { time: 1, call_id: "c" },
    };
    const { outcome, rules: named } = runtime.decide(request);
    return outcome === "allow" ? [] : named;
  };
}

const ways = (Object.keys(SIGNS) as Sign[]).flatMap((sign) =>
  [false, true].flatMap((flipped) => [false, true].map((negated) => ({ signs: [sign], flipped, negated }))),
);
const mixed = (
  [
    [">", "<="],
    ["<", ">="],
    [">", ">="],
    ["<", "==", ">"],
  ] as const
).map((signs) => ({ signs, flipped: false, negated: false }));

test.each([...ways, ...mixed])("$signs, constant first: $flipped, negated: $negated", ({ signs, flipped, negated }) => {
  const comparisons = LIMITS.map((limit, i) => ({ sign: signs[i % signs.length] as Sign, limit, flipped, negated }));
  const ask = asked(comparisons);
  for (const n of VALUES)
    expect(ask(n), `n = ${n}`).toEqual(comparisons.flatMap((c, i) => (holds(c, n) ? [`r${10 + i}`] : [])));
  expect(ask(undefined), "n is absent").toEqual([]);
});
