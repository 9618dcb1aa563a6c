/** The examples and the starter: their own tests hold in the executable semantics, and cover every rule. */
import { readFileSync } from "node:fs";
import { check } from "@thc/language";
import { describe, expect, test } from "vitest";
import { renderTests } from "../../cli/src/reports/tests.ts";
import { paint } from "../../cli/src/terminal/paint.ts";
import { runTests } from "../../cli/src/testing/run.ts";
import { STARTER } from "../../cli/src/verbs/starter.ts";
import { ROOT } from "../house/tree.ts";
import { referenceEngine } from "./reference-engine.ts";

const file = (path: string) => ({ path, text: readFileSync(ROOT + path, "utf8") });

describe.each([
  file("examples/banking/banking.contract"),
  file("examples/refunds/refunds.contract"),
  { path: "the starter", text: STARTER },
])("$path", (source) => {
  test("checks without findings", () => {
    expect(check(source).diagnostics).toEqual([]);
  });

  test("its tests hold, and cover every rule", () => {
    const { contract } = check(source);
    const report = runTests(contract!, referenceEngine(contract!));
    const faulty = report.tests.filter(({ verdict }) => verdict !== "passed");
    expect(faulty.length === 0 ? "" : renderTests(source, contract!, report, paint(false)).join("\n")).toBe("");
    expect(report.uncovered).toEqual([]);
  });
});
