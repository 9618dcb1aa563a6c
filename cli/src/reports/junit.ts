/** `thc test --reporter junit`: the XML that build servers read (the de facto schema of Apache Ant's JUnit task). */
import { visible } from "../terminal/visible.ts";
import type { ContractRun } from "../testing/report.ts";
import { faultsOf, lineOfTest } from "./tests.ts";

const escaped = (text: string): string =>
  visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export function renderJunit(runs: readonly ContractRun[]): string[] {
  const suites = runs.flatMap(({ path, contract, files }) =>
    files.map(({ source, tests }) => {
      const count = (verdict: string) => tests.filter((test) => test.verdict === verdict).length;
      const cases = tests.flatMap((test) => {
        const at = `name="${escaped(test.name)}" classname="${escaped(contract.name)}" file="${escaped(source.path)}" line="${lineOfTest(source, test)}"`;
        if (test.verdict === "passed") return [`    <testcase ${at}/>`];
        const element = test.verdict === "failed" ? "failure" : "error";
        const faults = faultsOf(source, contract, test);
        const text = faults.flatMap(({ line, details }) => [`${source.path}:${line}`, ...details]);
        return [
          `    <testcase ${at}>`,
          `      <${element} type="${faults[0]?.kind ?? "error"}" message="${escaped(faults[0]?.details[0] ?? "")}">${text.map(escaped).join("\n")}</${element}>`,
          "    </testcase>",
        ];
      });
      const counts = `tests="${tests.length}" failures="${count("failed")}" errors="${count("error")}"`;
      return {
        tests: tests.length,
        failed: count("failed"),
        errors: count("error"),
        lines: [
          `  <testsuite name="${escaped(source.path)}" package="${escaped(path)}" ${counts}>`,
          ...cases,
          "  </testsuite>",
        ],
      };
    }),
  );
  const sum = (of: (suite: (typeof suites)[number]) => number) => suites.reduce((total, suite) => total + of(suite), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${sum((s) => s.tests)}" failures="${sum((s) => s.failed)}" errors="${sum((s) => s.errors)}">`,
    ...suites.flatMap((suite) => suite.lines),
    "</testsuites>",
  ];
}
