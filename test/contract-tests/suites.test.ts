/** Suites: YAML becomes the steps that a contract's own tests are, and what is wrong in one has its line. */
import { readFileSync } from "node:fs";
import { check } from "@thc/language";
import { describe, expect, test } from "vitest";
import { runTests } from "../../cli/src/testing/run.ts";
import { readSuite, type SuiteTests } from "../../cli/src/testing/suite.ts";
import { SUITE_SCHEMA } from "../../cli/src/testing/suite-schema.ts";
import { LINKED } from "../contracts/linked.ts";
import { ROOT } from "../house/tree.ts";
import { referenceEngine } from "./reference-engine.ts";

const CONTRACT = `contract "desk" version "1" {
  agent desk { id "desk-*" }
  fact resource.env: "prod" | "dev"
  tool orders.lookup(order_id: Id) read returns { order_id: Id, total: Money<USD> }
  tool refund.issue(order_id: Id, amount: Money<USD>) write
  looks: allow orders.lookup
  refunds: allow refund.issue with log_full, row_limit(10)
  seen: require prior ok orders.lookup for refund.issue matching order_id within 15m
  over: require approval for refund.issue from role finance when amount > 500 USD
  prod: deny refund.issue when resource.env == "prod"
}`;
const { contract } = check({ path: "desk.contract", text: CONTRACT });

function typed(steps: string): SuiteTests {
  const read = readSuite(`contract: desk.contract\ntests:\n  - name: t\n    steps:\n${steps.trimEnd()}\n`);
  return read.ok ? read.suite.tests(contract!) : read;
}
const problems = (steps: string): readonly string[] => {
  const read = typed(steps);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
};
function verdictOf(steps: string) {
  const read = typed(steps);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return runTests(contract!, referenceEngine(contract!), read.tests)[0]!;
}

const WHOLE = `
      - { as: desk, scopes: [a] }
      - fact: { resource.env: dev }
      - user_says: "Refund A1, please."
      - { at: "2026-01-01T09:00:00Z" }
      - { prior: orders.lookup, args: { order_id: A1 }, returns: { order_id: A1, total: 900 } }
      - { attempt: refund.issue, args: { order_id: B2, amount: 1 } }
      - { call: refund.issue, args: { order_id: A1, amount: 800 }, expect: { outcome: approval, by: [over], only: true } }
      - { approved: over, by: ann, role: finance }
      - { call: refund.issue, args: { order_id: A1, amount: 800 }, expect: { outcome: allow, by: [refunds], with: [log_full, "row_limit( 10 )"] } }
      - { after: 16m }
      - { call: refund.issue, args: { order_id: A1, amount: 5 }, expect: deny }
`;

test("every kind of step happens as the same words in a contract would have it", () => {
  expect(verdictOf(WHOLE)).toMatchObject({ verdict: "passed", faults: [] });
});

test("an expectation that does not hold fails at the step that says it", () => {
  const wrong = WHOLE.replace("expect: deny", "expect: allow");
  const { verdict, faults } = verdictOf(wrong);
  expect(verdict).toBe("failed");
  expect(faults[0]).toMatchObject({ kind: "expectation", mismatches: [{ kind: "outcome" }] });
});

const STREAMING = `contract "stream" version "1" {
  agent desk { id "desk-*" }
  tool page.read(url: Url) read returns { body: Text }
  reads: allow page.read
  leaked: inspect results of page.read for secrets(private_key) >= critical then deny
  said: inspect messages of * for secrets >= high then deny
  dear: budget 5 USD of cost on page.read per session
}`;

test("results, pieces of them, expected messages and costs are steps of a suite too", () => {
  const steps = `
      - { user_says: "hello", expect: allow }
      - { user_says: "AKIAIOSFODNN7EXAMPLE", expect: { outcome: deny, by: [said], only: true } }
      - fact: { context.cost: 2, result.cost: 4 }
      - { call: page.read, args: { url: "https://a.example/" }, expect: allow }
      - { chunk: "-----BEGIN PRI", expect: allow }
      - { chunk: "VATE KEY-----", last: true, expect: { outcome: deny, by: [leaked] } }
      - { call: page.read, args: { url: "https://a.example/" }, expect: allow }
      - { result: { body: "nothing" }, expect: allow }
      - { call: page.read, args: { url: "https://a.example/" }, expect: { outcome: deny, by: [dear] } }
`;
  const read = readSuite(`contract: x.contract\ntests:\n  - name: t\n    steps:${steps.trimEnd()}\n`);
  const { contract: streaming } = check(
    { path: "stream.contract", text: STREAMING },
    { inspectors: LINKED.inspectors! },
  );
  const tests = read.ok ? read.suite.tests(streaming!) : read;
  if (!tests.ok) throw new Error(JSON.stringify(tests.problems));
  const [report] = runTests(streaming!, referenceEngine(streaming!), tests.tests);
  expect(report).toMatchObject({ verdict: "passed", faults: [] });
});

test("a result that does not fit what its tool returns is the test's error", () => {
  const prior = (total: string) => `
      - fact: { resource.env: dev }
      - { prior: orders.lookup, args: { order_id: A1 }, returns: { order_id: A1, total: ${total} } }
      - { call: refund.issue, args: { order_id: A1, amount: 5 }, expect: allow }
`;
  expect(verdictOf(prior("900"))).toMatchObject({ verdict: "passed" });
  expect(verdictOf(prior('"900"'))).toMatchObject({
    verdict: "error",
    faults: [{ kind: "result_unfit", tool: "orders.lookup" }],
  });
});

describe("what is wrong has its line and says what would be right", () => {
  test.each([
    ["- { as: dsk }", "5: unknown agent `dsk`: did you mean `desk`?"],
    [
      "- { as: desk }\n      - { call: refund.isue, expect: deny }",
      "6: unknown tool `refund.isue`: did you mean `refund.issue`?",
    ],
    ["- { fact: { resource.evn: dev } }", "5: unknown fact `resource.evn`: did you mean `resource.env`?"],
    [
      "- { fact: { context.cost: much } }",
      "5: `context.cost` is a number: the contract's currency, tokens, milliseconds",
    ],
    [`- ${"[".repeat(300)}`, "1: the file is nested too deeply"],
    ["- { chunk: x }", "5: this is no step"],
    ["- { result: { a: 1 } }", "5: this is no step"],
    ["- { approved: ovr, by: ann }", "5: unknown rule `ovr`: did you mean `over`?"],
    ["- { at: noon }", "5: `noon` is no time: write `2026-01-31T09:00:00Z`"],
    ["- { after: -1 }", "5: this is no step"],
    ["- { after: soon }", "5: `soon` is no duration: write `20s`, `16m`, `2h`"],
    [
      "- { call: refund.issue, expect: { outcome: allow, with: [log_ful] } }",
      "5: no rule carries `log_ful`: did you mean `log_full`?",
    ],
    [
      "- { call: refund.issue, expect: { outcome: deny, with: [log_full] } }",
      "5: obligations come with `outcome: allow` only",
    ],
    ["- { call: refund.issue, expect: maybe }", "5: this is no step"],
    ["- { call: refund.issue }", "5: this is no step"],
    ["- { shout: hello }", "5: this is no step"],
    ["- { as: desk, as: desk }", "5: map keys must be unique"],
    ["- &a { as: desk }\n      - *a", "aliases are not read"],
  ])("%s", (steps, words) => {
    expect(problems(`      ${steps}`).join("\n")).toContain(words);
  });

  test("a file that is no suite at all", () => {
    for (const text of ["", "[]", "contract: 3\ntests: []\n", "\u0000", "a: [", "contract: x\ntests:\n"])
      expect(readSuite(text).ok, text).toBe(false);
  });
});

test("the published schema is the one that suites are checked against", () => {
  expect(JSON.parse(readFileSync(`${ROOT}docs/formats/test-suite.schema.json`, "utf8"))).toEqual(SUITE_SCHEMA);
});
