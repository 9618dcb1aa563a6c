/** `thc inspect`: what a module says about itself. Loads it first, so that nothing is said by a damaged one. */
import { EXIT, type Exit } from "../exit.ts";
import { readBytes } from "../files/read.ts";
import { renderFields } from "../reports/fields.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { count } from "../terminal/table.ts";
import { openModule } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

export const inspect: Verb = (program, run) => {
  program
    .command("inspect")
    .description("print what a module says about itself: contract, tools, obligations, facts, sizes")
    .argument("<module>", "a module that `thc compile` wrote")
    .option("--json", "print the manifest as JSON")
    .addHelpText("after", examples("thc inspect refunds.wasm", "thc inspect refunds.wasm --json"))
    .action((path: string, options: { json?: true }) => run((shell) => inspectOne(path, options.json === true, shell)));
};

async function inspectOne(path: string, json: boolean, shell: Shell): Promise<Exit> {
  const bytes = readBytes(path);
  if (!bytes.ok) return unreadable(shell, bytes.message);
  const opened = await openModule(path, bytes.value);
  if (!opened.ok) return refuse(shell, opened);
  const { manifest } = opened.value.runtime;
  if (json) printJson(shell, manifest);
  else printLines(shell, [`${count(bytes.value.length)} bytes`, ...renderFields(manifest)]);
  return EXIT.fine;
}
