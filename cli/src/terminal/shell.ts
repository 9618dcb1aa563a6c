/**
 * What a verb may touch of the world beside files: two streams and their manners.
 *
 * Verbs get it as an argument, so that a test can run a verb without a process.
 */

import { type Paint, paint, wantsColour } from "./paint.ts";
import { visibleJson } from "./visible.ts";

export interface Shell {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly paintErr: Paint;
  /** Progress is shown on standard error, to people only. */
  readonly showsProgress: boolean;
}

export function processShell(): Shell {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    paint: paint(wantsColour(stdout.isTTY === true, env)),
    paintErr: paint(wantsColour(stderr.isTTY === true, env)),
    showsProgress: stderr.isTTY === true,
  };
}

export const printLines = (shell: Shell, lines: readonly string[]): void => {
  if (lines.length > 0) shell.out(`${lines.join("\n")}\n`);
};

export const printJson = (shell: Shell, value: unknown): void =>
  shell.out(`${visibleJson(JSON.stringify(value, undefined, 2))}\n`);

/** A problem with the input, in one line: `thc: …`. */
export const complain = (shell: Shell, message: string): void =>
  shell.err(`${shell.paintErr.bad("thc:")} ${message}\n`);
