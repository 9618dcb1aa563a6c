/** `thc check`: what is wrong with contracts, all of it at once. Warnings do not change the exit code, unless it is asked for. */
import { Option } from "commander";
import { EXIT, type Exit, worst } from "../exit.ts";
import { locateAll } from "../files/read.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { plural } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { type Checked, errorsOf, renderDiagnostics } from "../toolchain/contract.ts";
import { checkWhole } from "../toolchain/subject.ts";
import { examples, unreadable, type Verb } from "./verb.ts";

const REPORTERS = ["text", "json", "sarif"] as const;
interface Options {
  readonly reporter: (typeof REPORTERS)[number];
  readonly json?: true;
  readonly denyWarnings?: true;
}

export const check: Verb = (program, run) => {
  program
    .command("check")
    .description("check contracts and print what is wrong with them")
    .argument("<path...>", "contracts, or folders: the contracts in them and below")
    .addOption(new Option("--reporter <kind>", "how to print what was found").choices(REPORTERS).default("text"))
    .option("--json", "the same as --reporter json")
    .option("--deny-warnings", "exit with 1 when there are warnings")
    .addHelpText(
      "after",
      examples(
        "thc check refunds.contract",
        "thc check examples --deny-warnings",
        "thc check contracts --reporter sarif > thc.sarif",
      ),
    )
    .action((paths: string[], options: Options) => run((shell) => checkAll(paths, options, shell)));
};

async function checkAll(paths: readonly string[], options: Options, shell: Shell): Promise<Exit> {
  const reporter = options.json === true ? "json" : options.reporter;
  const exits: Exit[] = [];
  const all: Checked[] = [];
  for (const path of paths) {
    const located = locateAll(path);
    if (!located.ok) {
      exits.push(unreadable(shell, located.message));
      continue;
    }
    for (const file of located.value) {
      const checked = await checkWhole(file, Date.now());
      if (!checked.ok) {
        exits.push(unreadable(shell, checked.message));
        continue;
      }
      const { contract, diagnostics } = checked.value;
      const isDenied = options.denyWarnings === true && diagnostics.length > 0;
      exits.push(contract === undefined ? EXIT.invalid : isDenied ? EXIT.findings : EXIT.fine);
      if (reporter === "text") await printText(checked.value, shell);
      else all.push(checked.value);
    }
  }
  if (reporter === "json") {
    const { diagnosticToJson } = await import("@thc/language");
    const files = all.map(({ source, diagnostics }) => ({
      path: source.path,
      diagnostics: diagnostics.map((one) => diagnosticToJson(one, source)),
    }));
    printJson(shell, { files });
  }
  if (reporter === "sarif") printJson(shell, (await import("../reports/sarif.ts")).sarif(all));
  return worst(exits);
}

async function printText({ source, contract, diagnostics }: Checked, shell: Shell): Promise<void> {
  const errors = errorsOf(diagnostics);
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
  printLines(shell, [`${visible(source.path)}: ${verdict}${sizes}`]);
}
