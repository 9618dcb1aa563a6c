/** `thc init`: a first contract to start from. Writes one file and never overwrites one. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT, type Exit } from "../exit.ts";
import { reasonOf } from "../files/read.ts";
import { complain, printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { STARTER, STARTER_NAME } from "./starter.ts";
import { examples, type Verb } from "./verb.ts";

export const init: Verb = (program, run) => {
  program
    .command("init")
    .description("write a first, commented contract whose tests pass")
    .argument("[dir]", "the folder to write it to", ".")
    .addHelpText("after", examples("thc init", "thc init contracts/support-bot"))
    .action((dir: string) => run(async (shell) => writeStarter(dir, shell)));
};

function writeStarter(dir: string, shell: Shell): Exit {
  const path = join(dir, STARTER_NAME);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(path, STARTER, { flag: "wx" });
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    complain(
      shell,
      exists ? `\`${visible(path)}\` is already there` : `cannot write \`${visible(path)}\`: ${reasonOf(error)}`,
    );
    return EXIT.unreadable;
  }
  printLines(shell, [`wrote ${visible(path)}`, `next: thc test ${visible(path)}`]);
  return EXIT.fine;
}
