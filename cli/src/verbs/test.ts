/** `thc test`: runs the tests that stand in contracts, against the compiled module. */
import { EXIT, type Exit, worst } from "../exit.ts";
import { locateAll } from "../files/read.ts";
import { renderTests, testsJson } from "../reports/tests.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { openSubject } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

export const test: Verb = (program, run) => {
  program
    .command("test")
    .description("run the tests that stand in contracts")
    .argument("<path...>", "contracts, or folders: the contracts in them and below")
    .option("--json", "print the outcome as JSON")
    .addHelpText("after", examples("thc test refunds.contract", "thc test examples --json"))
    .action((paths: string[], options: { json?: true }) =>
      run((shell) => testAll(paths, options.json === true, shell)),
    );
};

async function testAll(paths: readonly string[], json: boolean, shell: Shell): Promise<Exit> {
  const exits: Exit[] = [];
  const contracts: object[] = [];
  for (const path of paths) {
    const located = locateAll(path);
    if (!located.ok) {
      exits.push(unreadable(shell, located.message));
      continue;
    }
    for (const file of located.value) {
      const { exit, report } = await testOne(file, json, shell);
      exits.push(exit);
      if (report !== undefined) contracts.push(report);
    }
  }
  if (json) printJson(shell, { contracts });
  return worst(exits);
}

async function testOne(path: string, json: boolean, shell: Shell): Promise<{ exit: Exit; report?: object }> {
  const opened = await openSubject(path, shell.paintErr);
  if (!opened.ok) return { exit: refuse(shell, opened) };
  const { runtime, contract, source } = opened.value;
  if (contract === undefined || source === undefined)
    return { exit: unreadable(shell, "a module carries no tests: name its contract") };
  const { runTests } = await import("../testing/run.ts");
  const report = runTests(contract, runtime);
  const exit = report.tests.every((one) => one.verdict === "passed") ? EXIT.fine : EXIT.findings;
  if (json) return { exit, report: testsJson(source, contract, report) };
  printLines(shell, renderTests(source, contract, report, shell.paint));
  return { exit };
}
