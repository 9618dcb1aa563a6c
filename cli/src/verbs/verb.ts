/** What `main.ts` and the verbs agree on: a verb declares itself on the program and answers with an exit code. */
import type { Command } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import { complain, type Shell } from "../terminal/shell.ts";

/** Runs a verb's body: its exit code becomes the process's, an exception becomes 70. */
export type Runner = (body: (shell: Shell) => Promise<Exit>) => Promise<void>;
export type Verb = (program: Command, run: Runner) => void;

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;

/** Lines of a problem that is the user's to mend. */
export function refuse(shell: Shell, refused: { readonly exit: Exit; readonly lines: readonly string[] }): Exit {
  const [last] = refused.lines.slice(-1);
  for (const line of refused.lines.slice(0, -1)) shell.err(`${line}\n`);
  if (last !== undefined) complain(shell, last);
  return refused.exit;
}

export const unreadable = (shell: Shell, message: string): Exit =>
  refuse(shell, { exit: EXIT.unreadable, lines: [message] });
