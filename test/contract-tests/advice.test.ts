/** A failed test says what would make it pass, in words that fit the rule that stood in the way. */
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { expect, test } from "vitest";
import { renderTests } from "../../cli/src/reports/tests.ts";
import { paint } from "../../cli/src/terminal/paint.ts";
import { runTests } from "../../cli/src/testing/run.ts";
import { readKernel } from "../../cli/src/toolchain/kernel.ts";

const CONTRACT = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }
  fact resource.env: "prod" | "dev"
  tool lookup(id: Id) read returns { id: Id }
  tool total(id: Id) read returns Money<USD>
  tool refund(id: Id, amount: Money<USD>) write irreversible
  tool mail(to: Email dest, body: Text) write
  tool drop(id: Id) delete
  lookups: allow lookup, total
  refunds: allow refund when resource.env == "prod"
  mails: allow mail with log_full
  hard_cap: deny refund when amount > 1_000 USD
  evidence: require prior ok lookup for refund matching id
  fresh: require no prior allowed drop for mail
  over_50: require approval for refund from role finance when amount > 50 USD
  known: require grounded to in user for mail
  cap: budget 100 USD of amount on refund per session
  test "t" {
    as desk
    STEPS
  }
}`;

function helpFor(steps: string, text = CONTRACT): readonly string[] {
  const source = { path: "x.contract", text: text.replace("STEPS", steps) };
  const { contract, diagnostics } = check(source);
  if (contract === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  const module = compile(contract, readKernel());
  if ("error" in module) throw new Error(module.error);
  const lines = renderTests(
    {
      path: source.path,
      contract,
      files: [{ source, tests: runTests(contract, loadSync(module.bytes)) }],
      coverage: [],
    },
    paint(false),
  );
  return lines.flatMap((line) => / = (.*)$/.exec(line)?.[1] ?? []);
}

const prod = 'fact resource.env = "prod"';
const refund = (amount: number) => `call refund(id: "A", amount: ${amount} USD)`;
const looked = 'prior lookup(id: "A") ok';

test.each([
  ["no allow", 'call drop(id: "A") expect allow', "no `allow` names this tool"],
  [
    "an allow whose condition is false",
    `fact resource.env = "dev" ${looked} ${refund(5)} expect allow`,
    '`refunds` would allow it, but its condition is not true (`resource.env == "prod"` is false)',
  ],
  [
    "an allow whose condition is unknown",
    `${looked} ${refund(5)} expect allow`,
    '(`resource.env == "prod"` is unknown)',
  ],
  [
    "a deny",
    `${prod} ${looked} ${refund(2_000)} expect allow`,
    "`hard_cap`: the call passes once it no longer applies (`args.amount > 1000 USD` is true)",
  ],
  [
    "missing evidence",
    `${prod} ${refund(5)} expect allow`,
    "`evidence`: put `prior lookup(…) ok` with matching values (`id` as the call's `id`) before the call",
  ],
  [
    "an approval",
    `${prod} ${looked} ${refund(60)} expect allow`,
    'put `approved over_50 by "someone" role finance` before the call',
  ],
  [
    "grounding",
    'call mail(to: "a@b.example", body: "x") expect allow',
    "`known`: let the value stand, before the call, in what it may come from: the user",
  ],
  [
    "a budget",
    `${prod} ${looked} prior refund(id: "A", amount: 40 USD) ok prior refund(id: "A", amount: 40 USD) ok ${refund(40)} expect allow`,
    "`cap`: with what was let through before, the call is above the limit",
  ],
  ["a rule about another tool", 'call lookup(id: "A") expect deny by hard_cap', "`hard_cap` is not about this tool"],
  [
    "a rule that does not apply",
    `${prod} ${looked} ${refund(5)} expect deny by hard_cap`,
    "`hard_cap` does not apply (`args.amount > 1000 USD` is false)",
  ],
  [
    "a requirement that is satisfied",
    `${prod} ${looked} ${refund(5)} expect deny by evidence`,
    "`evidence` is satisfied",
  ],
  ["a rule too many", `${prod} ${refund(2_000)} expect deny by only hard_cap`, "`cap`, `evidence` decided it too"],
  [
    "a decision before any rule",
    `${prod} ${looked} after 30d ${refund(2_000)} expect deny by hard_cap`,
    "`hard_cap` was not asked: the reason is `clock_jump`",
  ],
  [
    "an obligation that nobody asks for",
    'user says "a@b.example" call mail(to: "a@b.example", body: "x") expect allow with signed_receipt',
    "no rule that took effect carries `signed_receipt`",
  ],
  [
    "a prior that is refused",
    `${prod} prior refund(id: "A", amount: 5 USD) ok call lookup(id: "A") expect allow`,
    "a `prior` must be let through; use `attempt` for a call of any outcome",
  ],
  [
    "a prior that must be approved",
    `${prod} ${looked} prior refund(id: "A", amount: 60 USD) ok call lookup(id: "A") expect allow`,
    'put `approved over_50 by "someone" role finance` before the call',
  ],
  [
    "a prior that returns nothing",
    'prior total(id: "A") ok call lookup(id: "A") expect allow',
    "say what `total` returned: `prior … ok returns …`",
  ],
  [
    "an approval nobody asks for",
    'approved over_50 by "al" role finance call lookup(id: "A") expect allow',
    "`over_50` does not ask for an approval of the call that follows",
  ],
])("%s", (_name, steps, help) => {
  expect(helpFor(steps)).toContainEqual(expect.stringContaining(help));
});

test("where another outcome was wanted, nothing is said about rules and obligations", () => {
  const help = helpFor(`${prod} ${refund(2_000)} expect allow by refunds with log_full`).filter((line) =>
    line.startsWith("help: "),
  );
  expect(help.some((line) => line.includes("refunds") || line.includes("log_full"))).toBe(false);
});

test("an earlier call that matches may still fail `where`", () => {
  const strict = CONTRACT.replace("for refund matching id", 'for refund matching id where prior.result.id != "A"');
  expect(
    helpFor(`${prod} prior lookup(id: "A") ok returns { id: "A" } ${refund(5)} expect allow`, strict),
  ).toContainEqual(
    expect.stringContaining(
      "with matching values (`id` as the call's `id`) that make its `where` true before the call",
    ),
  );
});
