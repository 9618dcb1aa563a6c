/**
 * `thc audit replay LOG --module M --sidecar DIR`: every decision made again, compared byte for byte.
 *
 * How a module becomes a function of bytes is the runtime's; the shell that mounts this verb hands it in.
 */

import { createHash } from "node:crypto";
import { type Decide, directorySidecar, nodePlatform, replayLog, replayText } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { visibleInPlace, visibleJson } from "../terminal/visible.ts";
import { complain, isUnreadable, type Output, openSource, readInput } from "./shell.ts";

export interface ReplayFlags {
  readonly module: string;
  readonly sidecar: string;
  readonly json?: true;
}

/** Loads a module's bytes; a message when they are none. */
export type LoadDecider = (module: Uint8Array) => Promise<Decide | string>;

export async function replay(path: string, flags: ReplayFlags, load: LoadDecider, output: Output): Promise<void> {
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const module = readInput(flags.module);
  if (isUnreadable(module)) return complain(output, module);
  const decide = await load(Uint8Array.from(module));
  if (typeof decide === "string") return complain(output, { unreadable: `\`${flags.module}\`: ${decide}` });
  const { integrity } = await verifyLog(opened.source, { platform: nodePlatform(), mode: "deep" });
  if (!integrity.ok) {
    output.err(`error: the log is broken, nothing was recomputed: ${integrity.fault.message}\n`);
    return output.exit(1);
  }
  const moduleDigest = `sha256:${createHash("sha256").update(module).digest("hex")}`;
  const report = await replayLog(opened.source, { decide, moduleDigest, sidecar: directorySidecar(flags.sidecar) });
  output.out(flags.json ? `${visibleJson(JSON.stringify(report, null, 2))}\n` : visibleInPlace(replayText(report)));
  // Where nothing was made again, nothing was shown to be equal.
  if (report.ok && report.decisions > 0 && report.recomputed === 0)
    return complain(output, { unreadable: "no decision could be recomputed with this module and this sidecar" });
  output.exit(report.ok ? 0 : 1);
}
