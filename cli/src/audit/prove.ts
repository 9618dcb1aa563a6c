/** `thc audit prove LOG N`: a C2SP tlog-proof that record N stands in the log under its newest checkpoint. */

import { writeFileSync } from "node:fs";
import { nodePlatform, proveInclusion } from "@thc/audit/read";
import { bracketOf, verifyLog } from "@thc/audit/verify";
import { complain, isUnreadable, misused, type Output, openSource, readTrust } from "./shell.ts";

export interface ProveFlags {
  /** Where the record's line goes, which the proof is checked against. */
  readonly line?: string;
  /** Trusted time-stamp authorities, to say between which times the record was written. */
  readonly roots?: string;
}

export async function prove(path: string, number: string, flags: ProveFlags, output: Output): Promise<void> {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(number)) return misused(output, `\`${number}\` is no record number`);
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const trust = readTrust(flags.roots);
  if (isUnreadable(trust)) return complain(output, trust);
  const report = await verifyLog(opened.source, {
    platform: nodePlatform(),
    ...(trust === undefined ? {} : { trust }),
  });
  if (!report.integrity.ok) {
    output.err(`error: the log is broken, nothing was proved: ${report.integrity.fault.message}\n`);
    return output.exit(1);
  }
  const made = await proveInclusion(nodePlatform(), opened.source, Number(number));
  if (!made.ok) {
    output.err(`error: ${made.reason}\n`);
    return output.exit(1);
  }
  if (flags.line !== undefined) writeFileSync(flags.line, made.line);
  if (trust !== undefined) {
    const { after, before } = bracketOf(report, Number(number));
    output.err(`record ${number} was written after ${after ?? "(unknown)"} and before ${before ?? "(unknown)"}\n`);
  }
  output.out(made.proof);
  output.exit(0);
}
