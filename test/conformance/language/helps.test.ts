// What a finding advises, where the advice depends on what stands around it.
import { check } from "@thc/language";
import { expect, test } from "vitest";
import { LINKED } from "../../contracts/linked.ts";

const WORLD = `agent bot { id "bot-*" }
  agent other { id "other-*" }
  labels low < high
  tool a(x: Int, y: Id, slot_id: Id, text: Text) write irreversible returns { r: Id }
  tool b(z: Id) read returns List<{ slot_id: Id, day: Id }>
  tool pay(amount: Money<EUR>) write
  all: allow *`;

test.each([
  ["use std.secrets", 'a ruleset stands in quotes: `use "std/secrets"`'],
  ["n: budget 3 calls per session per hour", "a window is a duration, `per 1h`, or `day`, `week` or `month`"],
  ["labels c > d", "labels go from the lowest up: `labels public < secret`"],
  ["d: deny a when x > 5tons", "numbers have no unit; an amount has its currency, `5 USD`"],
  ["d: deny a when x > 5usd", "a currency is written `USD`"],
  ["p: require prior ok b for a within 20 minutes", "write `20m`"],
  ["p: require prior ok b for a within 200 milliseconds", "write `200ms`"],
  ["p: require prior ok b for a within 20 when x > 1", "a duration has its unit: `20m`"],
  ["p: require prior ok b for a within 20", "a duration has its unit: `20m`"],
  ["delegate from bot to other { only a budgets 10 }", "write `10%`"],
  ["p: require approval for a from pilot", "write `role pilot`"],
  ["p: require approval for a from usr", "did you mean `user`?"],
  ["n: budget 3 calls per hour", "write whose calls count, then the window: `per session per 1h`"],
  [
    "n: budget 3 calls per session then block",
    "outcomes are `deny`, `warn`, `approval from …`, `with …`, `label …`, `suspend run` and `cancel`",
  ],
  [
    "n: inspect args of a for secrets >= high then block",
    "outcomes are `deny`, `warn`, `approval from …`, `with …`, `label …`, `suspend run`, `redact` and `cancel`",
  ],
  [
    "tool c(z: Id) read returns { r: Id } gives high from r when has r",
    "`when` behind `gives` reads the call's arguments, not its result",
  ],
  [
    "delegate from bot to other { only a, pay when amount < 2 EUR }",
    "write a second line, `only pay when …`: of several one must fit",
  ],
  [
    "p: require prior ok b for a matching slot_id in prior.result",
    "of one row of it: write `slot_id = prior.row.slot_id`",
  ],
  ["p: require grounded y in b.rarely for a", undefined],
  ["p: require grounded y in b.r for a", "`a` does: write `a.r`"],
  ["d: deny a when payload == 3", "there are `x`, `y`, `slot_id` and `text`"],
  ["d: deny b when payload == 3", "there is `z`"],
] as const)("%s", (statement, help) => {
  const text = `contract "x" version "1" {\n  ${WORLD}\n  ${statement}\n}\n`;
  const { diagnostics } = check({ path: "x", text }, LINKED);
  expect(diagnostics.filter(({ severity }) => severity === "error").map((d) => d.help)).toEqual([help]);
});

test("a ruleset without quotes, first in the contract", () => {
  const { diagnostics } = check({ path: "x", text: 'contract "x" version "1" {\n  use std.secrets\n}\n' }, LINKED);
  expect(diagnostics.map(({ help }) => help)).toContain('a ruleset stands in quotes: `use "std/secrets"`');
});

test("an amount without its currency in a test is none", () => {
  const steps = "as bot\n    call pay(amount: 40)\n    expect allow";
  const text = `contract "x" version "1" {\n  ${WORLD}\n  test "t" {\n    ${steps}\n  }\n}\n`;
  const errors = check({ path: "x", text }, LINKED).diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ message, help }) => [message, help])).toEqual([["`40` is no Money<EUR>", "write `40 EUR`"]]);
});
