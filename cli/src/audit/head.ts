/** `thc audit head LOG`: the newest checkpoint note, to be kept where the log's owner cannot change it. */

import { nodePlatform } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { complain, isUnreadable, type Output, openSource } from "./shell.ts";

export async function head(path: string, output: Output): Promise<void> {
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const note = await opened.source.checkpoint();
  if (note === null) return complain(output, { unreadable: "the log has no checkpoint yet" });
  // A head of a broken log would vouch for what nobody should vouch for.
  const { integrity } = await verifyLog(opened.source, { platform: nodePlatform() });
  if (!integrity.ok) {
    output.err(`error: the log is broken: ${integrity.fault.message}\n`);
    return output.exit(1);
  }
  output.out(note);
  output.exit(0);
}
