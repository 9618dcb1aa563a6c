/** `thc audit verify LOG`: every verdict apart, exit 1 when one of them is bad. */

import { openLog } from "@thc/audit";
import { nodePlatform } from "@thc/audit/read";
import { reportText, verifyLog } from "@thc/audit/verify";
import { visibleInPlace, visibleJson } from "../terminal/visible.ts";
import { complain, isUnreadable, misused, type Output, openSource, readInput, readMac, readTrust } from "./shell.ts";

export interface VerifyFlags {
  readonly fast?: true;
  readonly deep?: true;
  readonly json?: true;
  readonly slice?: true;
  readonly repair?: true;
  readonly key?: string;
  readonly head?: string;
  readonly roots?: string;
  readonly macKey?: string;
  readonly signingKey?: string;
}

export async function verify(path: string, flags: VerifyFlags, output: Output): Promise<void> {
  if (flags.fast && flags.deep) return misused(output, "`--fast` and `--deep` exclude each other");
  if (flags.repair && !(await repair(path, flags, output))) return;
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const trust = readTrust(flags.roots);
  if (isUnreadable(trust)) return complain(output, trust);
  const mac = readMac(flags.macKey);
  if (isUnreadable(mac)) return complain(output, mac);
  const head = flags.head === undefined ? undefined : readInput(flags.head);
  if (isUnreadable(head)) return complain(output, head);
  const report = await verifyLog(opened.source, {
    platform: nodePlatform(),
    mode: flags.fast ? "fast" : flags.deep ? "deep" : "full",
    slice: flags.slice ?? false,
    ...(flags.key === undefined ? {} : { trustedKey: flags.key.trim() }),
    ...(head === undefined ? {} : { head: head.toString("utf8") }),
    ...(trust === undefined ? {} : { trust }),
    ...(mac === undefined ? {} : { mac }),
  });
  output.out(flags.json ? `${visibleJson(JSON.stringify(report, null, 2))}\n` : visibleInPlace(reportText(report)));
  output.exit(report.ok ? 0 : 1);
}

/** Opens the log as its writer would, so that a damaged tail is set aside; says what was. */
async function repair(path: string, flags: VerifyFlags, output: Output): Promise<boolean> {
  if (flags.signingKey === undefined) {
    misused(output, "`--repair` writes a record and needs the log's `--signing-key`");
    return false;
  }
  const key = readInput(flags.signingKey);
  if (isUnreadable(key)) {
    complain(output, key);
    return false;
  }
  const mac = readMac(flags.macKey);
  if (isUnreadable(mac)) {
    complain(output, mac);
    return false;
  }
  const origin = await originOf(path);
  try {
    const { log, setAside } = openLog({
      folder: path,
      origin,
      signingKey: key.toString(),
      repair: true,
      ...(mac === undefined ? {} : { mac }),
    });
    await log.close();
    output.err(
      setAside === null
        ? "nothing to repair\n"
        : `set aside ${setAside.bytes} bytes in \`${setAside.file}\` (SHA-256 ${setAside.digest})\n`,
    );
    return true;
  } catch (error) {
    output.err(`error: not repaired: ${(error as Error).message}\n`);
    output.exit(1);
    return false;
  }
}

/** The log's name, by its own word; empty where there is none to be found. */
export async function originOf(path: string): Promise<string> {
  const opened = openSource(path);
  if (isUnreadable(opened)) return "";
  for await (const segment of opened.source.segments())
    for await (const chunk of segment.chunks())
      return /"origin":"([^"\\]+)"/.exec(Buffer.from(chunk).toString("latin1", 0, 4096))?.[1] ?? "";
  return "";
}
