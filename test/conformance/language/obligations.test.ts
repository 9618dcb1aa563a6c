// Obligations and rates in the typed contract, and what a contract's own tests say of them.
import { expect, test } from "vitest";
import { codes, ruleOf } from "./contract-of.ts";

const TOOLS = "  tool look(n: Int) read\n";
const carried = (text: string) => ruleOf(`${TOOLS}  r: allow look with ${text}`, "allow").obligations;

test("a rate is so many calls in a time, beside what the host carries out", () => {
  expect(carried("rate(20 per 1h), log_full")).toEqual([
    { kind: "rate", count: 20, ms: 3_600_000 },
    { kind: "log_full" },
  ]);
  expect(ruleOf(`${TOOLS}  r: oblige look when n > 1 with rate(1 per 1d)`, "oblige").obligations).toHaveLength(1);
});

test("a rate is written with a count and a duration, and nothing else", () => {
  for (const text of ["rate", "rate(20)", "rate(1h)", "rate(20 per 1h, 3)", "rate(n per 1h)"])
    expect([text, codes(`${TOOLS}  r: allow look with ${text}`)]).toEqual([text, ["THC3018"]]);
  expect(codes(`${TOOLS}  r: allow look with rate(0 per 1h)`)).toEqual(["THC3023"]);
  expect(codes(`${TOOLS}  r: allow look with rates(2 per 1h)`)).toEqual(["THC2008"]);
});
