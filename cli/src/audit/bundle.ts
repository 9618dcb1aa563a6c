/** `thc audit bundle LOG -o OUT`: evidence that verifies alone, as a folder or a .zip. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeBundle, nodePlatform, writeZip } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { complain, isUnreadable, misused, type Output, openSource, readInput, readTrust } from "./shell.ts";

export interface BundleFlags {
  readonly output: string;
  readonly from?: string;
  readonly to?: string;
  readonly roots?: string;
  readonly module?: string;
  readonly frameworks?: string;
  readonly head?: string;
  readonly key?: string;
}

const NUMBER = /^(?:0|[1-9]\d{0,15})$/;

export async function bundle(path: string, flags: BundleFlags, output: Output): Promise<void> {
  const { from, to } = flags;
  if ((from === undefined) !== (to === undefined)) return misused(output, "`--from` and `--to` belong together");
  if (from !== undefined && to !== undefined && !(NUMBER.test(from) && NUMBER.test(to) && Number(from) <= Number(to)))
    return misused(output, `\`${from}\` to \`${to}\` is no range of records`);
  if (existsSync(flags.output)) return misused(output, `\`${flags.output}\` exists`);
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const trust = readTrust(flags.roots);
  if (isUnreadable(trust)) return complain(output, trust);
  const read = (file: string | undefined) => (file === undefined ? undefined : readInput(file));
  const [roots, module, frameworks, head] = [
    read(flags.roots),
    read(flags.module),
    read(flags.frameworks),
    read(flags.head),
  ];
  for (const input of [roots, module, frameworks, head]) if (isUnreadable(input)) return complain(output, input);
  const titles = frameworks === undefined ? undefined : parseTitles(String(frameworks));
  if (titles === null) return complain(output, { unreadable: `\`${flags.frameworks}\` is no JSON object of titles` });
  const report = await verifyLog(opened.source, {
    platform: nodePlatform(),
    ...(trust === undefined ? {} : { trust }),
    ...(head === undefined ? {} : { head: String(head) }),
    ...(flags.key === undefined ? {} : { trustedKey: flags.key }),
  });
  if (!report.integrity.ok) {
    output.err(`error: the log is broken, no evidence was made: ${report.integrity.fault.message}\n`);
    return output.exit(1);
  }
  const files = await makeBundle({
    source: opened.source,
    report,
    ...(from === undefined ? {} : { slice: { from: Number(from), to: Number(to) } }),
    ...(roots === undefined ? {} : { rootsPem: String(roots) }),
    ...(module === undefined ? {} : { module: { bytes: module as Buffer } }),
    ...(titles === undefined ? {} : { frameworks: titles }),
    ...(head === undefined ? {} : { head: String(head) }),
  });
  if (flags.output.endsWith(".zip")) writeFileSync(flags.output, writeZip(files));
  else
    for (const [name, content] of files) {
      mkdirSync(dirname(join(flags.output, name)), { recursive: true });
      writeFileSync(join(flags.output, name), content);
    }
  output.out(`${files.size} files in ${flags.output}\n`);
  output.exit(report.ok ? 0 : 1);
}

function parseTitles(text: string): Readonly<Record<string, string>> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return Object.values(value).every((title) => typeof title === "string") ? (value as Record<string, string>) : null;
  } catch {
    return null;
  }
}
