/**
 * `thc`: argv in, exit code out.
 *
 * Each verb declares itself and loads what it needs when it runs. Here stands only what holds for all of them: usage errors are
 * 2, an exception of ours is 70 with one line and no stack (unless `THC_DEBUG` is set), a closed pipe is no error.
 */
import { Command, CommanderError } from "commander";
import { audit } from "./audit/command.ts";
import { EXIT } from "./exit.ts";
import { complain, processShell } from "./terminal/shell.ts";
import { visible, visibleInPlace } from "./terminal/visible.ts";
import { check } from "./verbs/check.ts";
import { compile } from "./verbs/compile.ts";
import { diff } from "./verbs/diff.ts";
import { evaluate } from "./verbs/eval.ts";
import { explain } from "./verbs/explain.ts";
import { fmt } from "./verbs/fmt.ts";
import { init } from "./verbs/init.ts";
import { inspect } from "./verbs/inspect.ts";
import { pin } from "./verbs/pin.ts";
import { replay } from "./verbs/replay.ts";
import { test } from "./verbs/test.ts";
import type { Runner } from "./verbs/verb.ts";
import { verify } from "./verbs/verify.ts";
import { VERSION } from "./version.ts";

const EXIT_CODES = `
Exit codes: 0 fine, 1 findings (eval: deny or approval), 2 usage, 3 contract invalid, 4 input unreadable or incomplete,
70 a fault of thc.
`;

const VERBS = [init, check, compile, test, fmt, evaluate, explain, inspect, verify, replay, diff, pin, audit];

async function main(argv: readonly string[]): Promise<void> {
  const shell = processShell();
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.fine);
    throw error;
  });

  const run: Runner = async (body) => {
    process.exitCode = await body(shell);
  };
  const program = new Command("thc")
    .description("behavioral contracts for AI agents: check, compile, test and replay them")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .configureOutput({ writeErr: (text) => shell.err(visibleInPlace(text)) })
    .showHelpAfterError("(`thc --help` shows how it is used)");
  for (const verb of VERBS) verb(program, run);
  // the registry's verbs bring YAML and schemas: loaded when one is named, or when all are listed
  if (!program.commands.some((command) => command.name() === argv[0])) {
    const { coverage, registry } = await import("./registry/index.ts");
    for (const verb of [registry, coverage]) verb(program, run);
  }
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError(`(\`thc ${command.name()} --help\` shows how it is used)`);

  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    else {
      process.exitCode = EXIT.internal;
      const message = error instanceof Error ? error.message : String(error);
      complain(shell, `a fault of thc, not of your input: ${visible(message).slice(0, 300)}`);
      if (process.env.THC_DEBUG) shell.err(`${error instanceof Error ? error.stack : ""}\n`);
    }
  }
}

await main(process.argv.slice(2));
