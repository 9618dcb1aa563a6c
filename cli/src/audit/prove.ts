/** `thc audit prove LOG N`: a C2SP tlog-proof that record N stands in the log under its newest checkpoint. */

import { writeFileSync } from "node:fs";
import { nodePlatform, proveInclusion } from "@thc/audit/read";
import { complain, isUnreadable, misused, type Output, openSource } from "./shell.ts";

export interface ProveFlags {
  /** Where the record's line goes, which the proof is checked against. */
  readonly line?: string;
}

export async function prove(path: string, number: string, flags: ProveFlags, output: Output): Promise<void> {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(number)) return misused(output, `\`${number}\` is no record number`);
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const made = await proveInclusion(nodePlatform(), opened.source, Number(number));
  if (!made.ok) {
    output.err(`error: ${made.reason}\n`);
    return output.exit(1);
  }
  if (flags.line !== undefined) writeFileSync(flags.line, made.line);
  output.out(made.proof);
  output.exit(0);
}
