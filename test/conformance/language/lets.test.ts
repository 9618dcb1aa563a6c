// A `let` with an expression means what its text means where its name stands, and nothing that stands around the name.
import { check } from "@thc/language";
import { expect, test } from "vitest";

const contract = (lets: string, when: string) =>
  check({
    path: "x",
    text: `contract "x" version "1" {
  agent bot { id "bot" }
  fact resource.limit: Money<USD>?
  let cap = 500 USD
  let ours = hosts ["a.example", "*.b.example"]
  ${lets}
  tool t(amount: Money<USD>, fee: Money<USD>, note: Text?, hosts: List<Host>, notes: List<Text>, rows: List<{ n: Int }>) write
  all: allow *
  r: deny t when ${when}
}`,
  });
const conditionOf = (lets: string, when: string) => {
  const { contract: checked, diagnostics } = contract(lets, when);
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  const rule = checked?.rules.find(({ name }) => name === "r");
  return rule?.kind === "deny" ? rule.when : undefined;
};
/** Unused `let`s aside, but for x. */
const codesOf = (lets: string, when: string) =>
  contract(lets, when).diagnostics.flatMap(({ code, message }) =>
    code === "THC4004" && !message.includes("`x`") ? [] : [code],
  );

test.each([
  ["amount > cap", "x", "amount > cap"],
  ["amount + fee", "x > 600 USD", "amount + fee > 600 USD"],
  ["2 * 250 USD", "amount > x", "amount > 2 * 250 USD"],
  ["amount + fee", "x * 2 > cap", "(amount + fee) * 2 > cap"],
  ["max(amount, fee)", "x > cap", "max(amount, fee) > cap"],
  ["count(notes)", "x > 3", "count(notes) > 3"],
  ['has note and note contains "a"', "not x", 'not (has note and note contains "a")'],
  ["amount > cap or fee > cap", "x and level == write", "(amount > cap or fee > cap) and level == write"],
  ["any h in hosts (not (h in ours))", "x", "any h in hosts (not (h in ours))"],
  ["any h in hosts (h in ours)", "any n in notes (x)", "any n in notes (any h in hosts (h in ours))"],
  ["/a+b/i", "any n in notes (n matches x)", "any n in notes (n matches /a+b/i)"],
  ["level in [write, delete]", "x", "level in [write, delete]"],
  ["amount", "x > cap", "amount > cap"],
  ["sum(rows.n)", "x == 3", "sum(rows.n) == 3"],
])("`let x = %s` in `%s`", (value, when, written) => {
  expect(conditionOf(`let x = ${value}`, when)).toEqual(conditionOf("", written));
});

test("what `has` proves in it is proven where it stands", () => {
  expect(codesOf("let x = has note", 'x and note == "a"')).toEqual([]);
  expect(codesOf('let x = note == "a"', "has note and x")).toEqual([]);
  expect(codesOf('let x = note == "a"', "x")).toEqual(["THC3004"]);
});

test("a name that a quantifier gives is none of its own", () => {
  expect(conditionOf("let x = amount > cap", "any amount in notes (x)")).toEqual(
    conditionOf("", "any other in notes (amount > cap)"),
  );
  expect(codesOf('let x = other == "a"', "any other in notes (x)")).toEqual(["THC2004"]);
});

test.each([
  ["let x = y\n  let y = amount > cap", "x or y", ["THC2080"]],
  ["let x = not x", "x", ["THC2080"]],
  [`let x = ${Array.from({ length: 40 }, () => "amount > cap").join(" and ")}`, "x", ["THC2080"]],
  ["let x = amount > cap", "x > 5", ["THC3008"]],
  ["let x = amount", "x", ["THC3008"]],
  ["let x = nothing > cap", "x", ["THC2004"]],
  ["let x = amount > cap", "amount > cap", ["THC4004"]],
  ["let x = /(/", "any n in notes (n matches x)", ["THC3110"]],
  ["let x = /a/", "any n in notes (n == x)", ["THC3001"]],
])("%s: `%s` is refused", (lets, when, codes) => {
  expect(codesOf(lets, when)).toEqual(codes);
});
