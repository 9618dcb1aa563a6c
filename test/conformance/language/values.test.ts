// Arithmetic, sums and list operators: what is well typed, what the rest is refused for, how it is read and laid out.
import { format } from "@thc/language";
import { describe, expect, test } from "vitest";
import { codesOf, conditionOf } from "./contract-of.ts";

describe("accepted", () => {
  test.each([
    ...["n + 1 > 2", "n - 1 - 2 < d", "m * 2 <= 100 USD", "0.5 * m > cap", "(n + d) * 2 > 3", "(n) > 1", "n - -1 > 0"],
    ...["m + cap <= 1_000 USD", "2 * n == n + n", "n * (d - 1) != 0", "count(l) * 2 > n", "s.length + 1 > n"],
    ...["sum(ns) <= 10", "min(ns) > 0", "max(ns) < max(n, d, 3)", "min(m, cap) > 1 USD", "has on and n + on > 1"],
    ...['l includes "Ann@acme.example"', "l includes e", "e in l", '"a@b.example" in l', "n in ns"],
    ...['l subset of ["a@b.example"]', "l overlaps l", "action.emails subset of l", "has ol and ol subset of names"],
    ...["action.hosts subset of ours", "ours overlaps action.hosts", 'has ol and ["a", "b"] subset of ol'],
    ...["not (n + 1 > 2) and (n * 2 == 4 or (n + n) in [2, 4])"],
  ])("%s", (condition) => {
    expect(codesOf(condition).filter((code) => !code.startsWith("THC4"))).toEqual([]);
  });
});

describe("refused", () => {
  test.each([
    ["m + 1 EUR > 2 USD", "THC3002"],
    ["m + n > 2 USD", "THC3040"],
    ["m * m > 2 USD", "THC3040"],
    ['s + "x" == "y"', "THC3040"],
    ["b + 1 == 2", "THC3040"],
    ["e + 1 == 2", "THC3040"],
    ["j + 1 == 2", "THC3001"],
    ["n*2 > 1", "THC1001"],
    ["n *d > 1", "THC1001"],
    ["n + on > 1", "THC3004"],
    ["sum(l) > 1", "THC3040"],
    ["sum(ns, 1) > 1", "THC3010"],
    ["sum(n) > 1", "THC3010"],
    ["max(m, n) > 1 USD", "THC3001"],
    ["max(m, 1 EUR) > 1 USD", "THC3002"],
    ["9_007_199_254_740_991 * 10 > n", "THC3023"],
    [`n ${"+ 1 ".repeat(33)}> 0`, "THC3040"],
    ["l includes s", "THC3003"],
    ["s in l", "THC3003"],
    ['l includes ["a@b.example"]', "THC3010"],
    ["ol subset of names", "THC3004"],
    ["s subset of names", "THC3010"],
    ["l subset of ns", "THC3003"],
    ["action.paths subset of logs", "THC3001"],
    ['["a"] subset of names', "THC3001"],
    ['ns subset of ["1"]', "THC3001"],
    ['action.hosts subset of ["a b"]', "THC3005"],
    ["action.paths overlaps action.hosts", "THC3003"],
  ])("%s: %s", (condition, code) => {
    expect(codesOf(condition)).toEqual([code]);
  });
});

test("`*` binds stronger than `+`, and both go from left to right", () => {
  const n = expect.objectContaining({ kind: "reference", path: ["n"] });
  const d = expect.objectContaining({ kind: "reference", path: ["d"] });
  expect(conditionOf("n - d + n * d > 0")).toMatchObject({
    left: {
      op: "+",
      left: { op: "-", left: n, right: d },
      right: { op: "*", left: n, right: d },
    },
  });
  expect(conditionOf("n - (d + n) > 0")).toMatchObject({ left: { op: "-", left: n, right: { op: "+" } } });
});

test("what is computed from literals alone is one literal", () => {
  expect(conditionOf("m < 2 * 250 USD + 0.5 USD")).toMatchObject({
    right: { kind: "literal", value: { digits: 5005n, exponent: -1 } },
  });
});

test("all of a written list is in a list when each of it is", () => {
  expect(conditionOf('has ol and ["a", "b"] subset of ol')).toMatchObject({
    parts: [{ kind: "has" }, { kind: "and", parts: [{ kind: "includes" }, { kind: "includes" }] }],
  });
});

test("parentheses that mean something stay, others go", () => {
  const body = (condition: string) =>
    `contract "x" version "1" {\n  agent bot { id "bot" }\n  tool t(n: Int, d: Int, l: List<Int>) read\n  r: allow t when ${condition}\n}\n`;
  const laid = (condition: string) => {
    const { text } = format({ path: "x", text: body(condition) }) as { text: string };
    return /when (.*)\n/.exec(text)?.[1];
  };
  expect(laid("(n*  2)>1")).toBeUndefined();
  expect(laid("((n * 2)) + d > (1)")).toBe("n * 2 + d > 1");
  expect(laid("(n + 2) * d > 1 and l subset  of [1,2]")).toBe("(n + 2) * d > 1 and l subset of [1, 2]");
  expect(laid("n - (d - (2)) > max( n,d ,sum(l))")).toBe("n - (d - 2) > max(n, d, sum(l))");
});
