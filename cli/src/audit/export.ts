/** `thc audit export LOG --ocsf|--cef`: decisions as lines for a SIEM. */

import { cefLine, ocsfMapper, readRecords } from "@thc/audit/read";
import { complain, isUnreadable, misused, type Output, openSource } from "./shell.ts";

export interface ExportFlags {
  readonly ocsf?: true;
  readonly cef?: true;
}

export async function exportLines(path: string, flags: ExportFlags, output: Output): Promise<void> {
  if (flags.ocsf === flags.cef) return misused(output, "give one of `--ocsf` and `--cef`");
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  let [origin, key] = ["", ""];
  let ocsf = ocsfMapper(origin, key);
  try {
    for await (const record of readRecords(opened.source)) {
      if (record.kind === "segment" && origin === "") {
        [origin, key] = [String(record.body.origin), String(record.body.key)];
        ocsf = ocsfMapper(origin, key);
      }
      if (record.kind === "decision") output.out(`${flags.ocsf ? ocsf(record) : cefLine(origin, record)}\n`);
    }
  } catch {
    return complain(output, { unreadable: `\`${path}\` holds a line that is no record (verify it)` });
  }
  output.exit(0);
}
