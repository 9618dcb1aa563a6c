/** `thc audit export LOG --ocsf|--cef`: decisions as lines for a SIEM. */

import { cefLine, nodePlatform, ocsfMapper, readRecords } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { complain, isUnreadable, misused, type Output, openSource } from "./shell.ts";

export interface ExportFlags {
  readonly ocsf?: true;
  readonly cef?: true;
  readonly slice?: true;
}

export async function exportLines(path: string, flags: ExportFlags, output: Output): Promise<void> {
  if (flags.ocsf === flags.cef) return misused(output, "give one of `--ocsf` and `--cef`");
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  // What is handed on is what was recorded, or nothing.
  const { integrity } = await verifyLog(opened.source, {
    platform: nodePlatform(),
    mode: "deep",
    slice: flags.slice ?? false,
  });
  if (!integrity.ok) {
    output.err(`error: the log is broken, nothing was exported: ${integrity.fault.message}\n`);
    return output.exit(1);
  }
  let [origin, key] = ["", ""];
  let ocsf = ocsfMapper(origin, key);
  for await (const record of readRecords(opened.source)) {
    if (record.kind === "segment" && origin === "") {
      [origin, key] = [String(record.body.origin), String(record.body.key)];
      ocsf = ocsfMapper(origin, key);
    }
    if (record.kind === "decision") output.out(`${flags.ocsf ? ocsf(record) : cefLine(origin, record)}\n`);
  }
  output.exit(0);
}
