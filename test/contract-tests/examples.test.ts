/** The examples and the starter: their own tests hold in the executable semantics, and cover every rule. */
import { readFileSync } from "node:fs";
import { check } from "@thc/language";
import { describe, expect, test } from "vitest";
import { renderTests } from "../../cli/src/reports/tests.ts";
import { paint } from "../../cli/src/terminal/paint.ts";
import { coverageOf } from "../../cli/src/testing/coverage.ts";
import { runTests } from "../../cli/src/testing/run.ts";
import { checkOptionsFor } from "../../cli/src/toolchain/check-options.ts";
import { STARTER } from "../../cli/src/verbs/starter.ts";
import { ROOT } from "../house/tree.ts";
import { referenceEngine } from "./reference-engine.ts";

const file = (path: string) => ({ path, text: readFileSync(ROOT + path, "utf8") });

const MEANT: readonly (readonly [name: string, codes: readonly string[]])[] = [
  // inviting somebody on the word of an inbox that the user named: the task that users give
  ["slack", ["THC4020", "THC4020"]],
  // reads of a server that name no owner: searches, the agent's own account
  ["workstation", ["THC4011"]],
];

describe.each([
  file("examples/banking/banking.contract"),
  file("examples/refunds/refunds.contract"),
  file("examples/retail/retail.contract"),
  file("examples/slack/slack.contract"),
  file("examples/workstation/workstation.contract"),
  { path: "the starter", text: STARTER },
])("$path", async (source) => {
  // with files and inspectors as `thc` has them; framework tags have tests of their own
  const options = await checkOptionsFor({ ...source, path: ROOT + source.path });
  const { tags: _, ...others } = options.ok ? options.value : {};
  const { contract, diagnostics } = check(source, others);

  test("checks without findings, those apart that it was written with", () => {
    const meant = MEANT.find(([name]) => source.path.includes(name));
    expect(diagnostics.map(({ code }) => code)).toEqual(meant?.[1] ?? []);
  });

  test("its tests hold, and cover every rule", () => {
    const tests = runTests(contract!, referenceEngine(contract!));
    const isShared = (rule: string) => (contract!.rulesets ?? []).some(({ alias }) => rule.startsWith(`${alias}.`));
    const coverage = coverageOf(
      contract!.rules.filter(({ name }) => !isShared(name)).map(({ name }) => ({ name, atoms: [] })),
      tests,
    );
    const faulty = tests.filter(({ verdict }) => verdict !== "passed");
    const run = { path: source.path, contract: contract!, files: [{ source, tests }], coverage };
    expect(faulty.length === 0 ? "" : renderTests(run, paint(false)).join("\n")).toBe("");
    expect(coverage.filter(({ decided }) => decided === 0)).toEqual([]);
  });
});
