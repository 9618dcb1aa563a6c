/** `thc fmt`: one layout for every contract. The formatter re-reads what it wrote and refuses to change a meaning. */
import { EXIT, type Exit, worst } from "../exit.ts";
import { locateAll, readText } from "../files/read.ts";
import { writeWhole } from "../files/write.ts";
import { printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { formatSource, renderDiagnostics } from "../toolchain/contract.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

export const fmt: Verb = (program, run) => {
  program
    .command("fmt")
    .description("lay contracts out in the one agreed way; comments stay")
    .argument("<path...>", "contracts, or folders: the contracts in them and below")
    .option("--check", "change nothing; exit 1 when a contract is laid out differently")
    .addHelpText("after", examples("thc fmt refunds.contract", "thc fmt --check examples"))
    .action((paths: string[], options: { check?: true }) =>
      run((shell) => formatAll(paths, options.check === true, shell)),
    );
};

async function formatAll(paths: readonly string[], checkOnly: boolean, shell: Shell): Promise<Exit> {
  const exits: Exit[] = [];
  for (const path of paths) {
    const located = locateAll(path);
    if (!located.ok) exits.push(unreadable(shell, located.message));
    else for (const file of located.value) exits.push(await formatOne(file, checkOnly, shell));
  }
  return worst(exits);
}

async function formatOne(path: string, checkOnly: boolean, shell: Shell): Promise<Exit> {
  const text = readText(path);
  if (!text.ok) return unreadable(shell, text.message);
  const source = { path, text: text.value };
  const formatted = await formatSource(source);
  if ("diagnostics" in formatted) {
    const lines = await renderDiagnostics(source, formatted.diagnostics, shell.paintErr);
    return refuse(shell, { exit: EXIT.invalid, lines: [...lines, `\`${visible(path)}\` cannot be formatted`] });
  }
  if (formatted.text === text.value) return EXIT.fine;
  if (checkOnly) {
    printLines(shell, [`${visible(path)}: not formatted`]);
    return EXIT.findings;
  }
  const written = writeWhole(path, formatted.text);
  if (!written.ok) return unreadable(shell, written.message);
  printLines(shell, [`${visible(path)}: formatted`]);
  return EXIT.fine;
}
