/** `thc check`: what is wrong with contracts, all of it at once. Warnings are shown and do not change the exit code. */
import { EXIT, type Exit, worst } from "../exit.ts";
import { locateAll } from "../files/read.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { plural } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { checkFile, errorsOf, renderDiagnostics } from "../toolchain/contract.ts";
import { examples, unreadable, type Verb } from "./verb.ts";

export const check: Verb = (program, run) => {
  program
    .command("check")
    .description("check contracts and print what is wrong with them")
    .argument("<path...>", "contracts, or folders: the contracts in them and below")
    .option("--json", "print the diagnostics as JSON")
    .addHelpText("after", examples("thc check refunds.contract", "thc check examples --json"))
    .action((paths: string[], options: { json?: true }) =>
      run((shell) => checkAll(paths, options.json === true, shell)),
    );
};

async function checkAll(paths: readonly string[], json: boolean, shell: Shell): Promise<Exit> {
  const exits: Exit[] = [];
  const files: object[] = [];
  for (const path of paths) {
    const located = locateAll(path);
    if (!located.ok) {
      exits.push(unreadable(shell, located.message));
      continue;
    }
    for (const file of located.value) {
      const { exit, report } = await checkOne(file, json, shell);
      exits.push(exit);
      if (report !== undefined) files.push(report);
    }
  }
  if (json) printJson(shell, { files });
  return worst(exits);
}

async function checkOne(path: string, json: boolean, shell: Shell): Promise<{ exit: Exit; report?: object }> {
  const checked = await checkFile(path);
  if (!checked.ok) return { exit: unreadable(shell, checked.message) };
  const { source, contract, diagnostics } = checked.value;
  const errors = errorsOf(diagnostics);
  const exit = contract === undefined ? EXIT.invalid : EXIT.fine;
  if (json) {
    const { diagnosticToJson } = await import("@thc/language");
    return { exit, report: { path, diagnostics: diagnostics.map((one) => diagnosticToJson(one, source)) } };
  }
  printLines(shell, await renderDiagnostics(source, diagnostics, shell.paint));
  const warnings = diagnostics.length - errors;
  const found = [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""].filter(
    Boolean,
  );
  const sizes =
    contract === undefined
      ? ""
      : ` (${plural(contract.tools.length, "tool")}, ${plural(contract.rules.length, "rule")}, ${plural(contract.tests.length, "test")})`;
  const verdict =
    errors > 0
      ? shell.paint.bad(found.join(", "))
      : found.length > 0
        ? `ok, ${found.join(", ")}`
        : shell.paint.good("ok");
  printLines(shell, [`${visible(path)}: ${verdict}${sizes}`]);
  return { exit };
}
