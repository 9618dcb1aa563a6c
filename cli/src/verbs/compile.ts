/** `thc compile`: a contract to one module. An invalid contract leaves no file, and leaves alone what was there. */
import { EXIT, type Exit } from "../exit.ts";
import { locate } from "../files/read.ts";
import { writeWhole } from "../files/write.ts";
import { complain, printLines, type Shell } from "../terminal/shell.ts";
import { count, plural } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { type Compiled, compileFile } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

interface Options {
  readonly output?: string;
  readonly emit?: string;
}

export const compile: Verb = (program, run) => {
  program
    .command("compile")
    .description("compile a contract to one self-contained WebAssembly module")
    .argument("<file>", "a contract, or a folder with one")
    .option("-o, --output <out>", "where to write; with --emit, standard output when left out")
    .option("--emit <what>", "`ir` or `manifest` instead of the module, as text")
    .addHelpText(
      "after",
      examples("thc compile refunds.contract -o refunds.wasm", "thc compile refunds.contract --emit ir"),
    )
    .action((file: string, options: Options) => run((shell) => compileOne(file, options, shell)));
};

async function compileOne(path: string, { output, emit }: Options, shell: Shell): Promise<Exit> {
  if (emit !== undefined && emit !== "ir" && emit !== "manifest") {
    complain(shell, `unknown \`--emit ${visible(emit)}\`: it is \`ir\` or \`manifest\``);
    return EXIT.usage;
  }
  if (emit === undefined && output === undefined) {
    complain(shell, "say where to write the module: `-o OUT`");
    return EXIT.usage;
  }
  const located = locate(path);
  if (!located.ok) return unreadable(shell, located.message);
  const compiled = await compileFile(located.value, shell.paintErr);
  if (!compiled.ok) return refuse(shell, compiled);
  const { contract, isRuleset, module, warnings } = compiled.value;
  for (const line of warnings) shell.err(`${line}\n`);
  if (isRuleset && emit === undefined) {
    complain(shell, `\`${visible(located.value)}\` is a ruleset: a contract uses it, and is compiled`);
    return EXIT.invalid;
  }
  const content = emit === undefined ? module.bytes : await textOf(emit, module);
  if (output === undefined) {
    shell.out(String(content));
    return EXIT.fine;
  }
  const written = writeWhole(output, content);
  if (!written.ok) return unreadable(shell, written.message);
  const sizes = `${plural(contract.tools.length, "tool")}, ${plural(contract.rules.length, "rule")}, ${count(content.length)} bytes`;
  printLines(shell, [`${visible(located.value)} -> ${visible(output)} (${sizes})`]);
  return EXIT.fine;
}

async function textOf(emit: "ir" | "manifest", module: Compiled["module"]): Promise<string> {
  const { printIr } = await import("@thc/compiler");
  const text = emit === "ir" ? printIr(module.ir) : JSON.stringify(module.manifest, undefined, 2);
  return text.endsWith("\n") ? text : `${text}\n`;
}
