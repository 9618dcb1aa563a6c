// Arithmetic, sums and list operators: what is well typed, what the rest is refused for, how it is read and laid out.
import { format } from "@thc/language";
import { describe, expect, test } from "vitest";
import { codes, codesOf, conditionOf } from "./contract-of.ts";

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

const MOMENTS = `  tool t(ip: Ip, ips: List<Ip>, acc: Account, day: Date, at: Time, ttl: Duration, ttls: List<Duration>, s: Text, n: Int, h: Host) read
  let grace = 15m
  let office = ["10.0.0.0/8"]
  let deadline = 2026-12-31
`;
const found = (condition: string) =>
  codes(`${MOMENTS}  r: allow t when ${condition}`).filter((code) => !code.startsWith("THC4"));

describe("addresses, accounts, dates, times, durations", () => {
  test.each([
    ...[
      'ip == "::FFFF:10.0.0.1"',
      'ip in "10.0.0.0/8"',
      'ip in ["10.0.0.0/8", "2001:db8::/32", "::1"]',
      "ip in office",
    ],
    ...['ips subset of ["10.0.0.0/8"]', "ips overlaps office", 'ips includes "10.0.0.1"', "ip in ips"],
    ...['acc == "DE89 3704 0044 0532 0130 00"', 'acc in ["12345678", "de89370400440532013000"]'],
    ...["day < 2026-12-31", 'day == "2026-02-28"', "day >= deadline", "day in [2026-01-01, 2026-12-25]"],
    ...["at <= 2026-01-31T09:00:00Z", 'at > "2026-01-31 09:00+01:00"', "at + 15m < 2026-01-31T09:00:00Z"],
    ...["ttl <= 15m", 'ttl == "PT15M"', "ttl <= grace", "2 * ttl < 1h", "sum(ttls) <= 8h", "max(ttls) < 2 * grace"],
    ...["day + 14d <= deadline", "day - 2026-01-01 < 30d", "at - 1h < at", "max(day, deadline) == day"],
  ])("%s", (condition) => {
    expect(found(condition)).toEqual([]);
  });

  test.each([
    ['ip == "10.0.0"', "THC3005"],
    ['ip in "10.0.0.1/8"', "THC3005"],
    ['ip in ["10.0.0.0/33"]', "THC3005"],
    ['ip matches "10.*"', "THC3003"],
    ["ip == s", "THC3003"],
    ["ip == h", "THC3003"],
    ['s in "10.0.0.0/8"', "THC3001"],
    ['ip < "10.0.0.1"', "THC3001"],
    ['acc == "1234 5678"', "THC3005"],
    ['acc starts with "DE"', "THC3003"],
    ["day == 2026-02-30", "THC3005"],
    ["day < 2026-01-31T09:00:00Z", "THC3005"],
    ["at < 2026-01-31", "THC3005"],
    ["day < at", "THC3003"],
    ['day contains "2026"', "THC3003"],
    ["ttl <= 15", "THC3001"],
    ["n <= 15m", "THC3001"],
    ["day + day > 2026-01-01", "THC3040"],
    ["day + 1 > 2026-01-01", "THC3040"],
    ["ttl - day > 1h", "THC3040"],
    ["ttl * ttl > 1h", "THC3040"],
    ["9999-12-31 + 1d > day", "THC3023"],
    ["2026-01-01 + 12h > day", "THC3023"],
  ])("%s: %s", (condition, code) => {
    expect(found(condition)).toEqual([code]);
  });
});
