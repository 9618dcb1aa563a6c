/** What the audit verbs share: where they print, how they end, how they read what they are given. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { certificatesOf, directorySource, readZip, segmentNames } from "@thc/audit/read";
import { type LogSource, memorySource, type TimestampTrust } from "@thc/audit/verify";

/** Exit codes of thc: 0 fine, 1 findings, 2 usage, 4 input unreadable. */
export type ExitCode = 0 | 1 | 2 | 4;

export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly exit: (code: ExitCode) => void;
}

export interface Unreadable {
  readonly unreadable: string;
}

export const isUnreadable = (value: unknown): value is Unreadable =>
  typeof value === "object" && value !== null && "unreadable" in value;

export function readInput(path: string): Buffer | Unreadable {
  try {
    return readFileSync(path);
  } catch {
    return { unreadable: `cannot read \`${path}\`` };
  }
}

export interface OpenedSource {
  readonly source: LogSource;
  /** A bundle's own roots, key and head, when the log is in one. */
  readonly isBundle: boolean;
}

/** A log folder, a bundle folder or a bundle's zip. */
export function openSource(path: string): OpenedSource | Unreadable {
  try {
    if (!existsSync(path)) return { unreadable: `there is no \`${path}\`` };
    if (statSync(path).isDirectory()) {
      const inner = join(path, "log");
      const isBundle = existsSync(inner) && segmentNames(path).length === 0;
      const folder = isBundle ? inner : path;
      if (segmentNames(folder).length === 0 && !existsSync(join(folder, "checkpoint")))
        return { unreadable: `\`${path}\` holds no log` };
      return { source: directorySource(folder), isBundle };
    }
    const files = readZip(readFileSync(path));
    if (files === null) return { unreadable: `\`${path}\` is no bundle` };
    const log = [...files].filter(([name]) => name.startsWith("log/"));
    return { source: memorySource(new Map(log.map(([name, bytes]) => [name.slice(4), bytes]))), isBundle: true };
  } catch {
    return { unreadable: `cannot read \`${path}\`` };
  }
}

export function readTrust(path: string | undefined): TimestampTrust | undefined | Unreadable {
  if (path === undefined) return undefined;
  const pem = readInput(path);
  if (isUnreadable(pem)) return pem;
  const roots = certificatesOf(pem.toString("latin1"));
  return roots.length === 0 ? { unreadable: `\`${path}\` holds no certificate` } : { roots };
}

/** A MAC key file: JSON with the segment whose key it is. */
export function readMac(
  path: string | undefined,
): { readonly segment: number; readonly key: Uint8Array } | undefined | Unreadable {
  if (path === undefined) return undefined;
  const bytes = readInput(path);
  if (isUnreadable(bytes)) return bytes;
  const wrong = { unreadable: `\`${path}\` is no MAC key file` };
  try {
    const { segment, key } = JSON.parse(bytes.toString("utf8")) as {
      readonly segment?: unknown;
      readonly key?: unknown;
    };
    if (!Number.isSafeInteger(segment) || typeof key !== "string" || !/^(?:[0-9a-f]{2}){32,64}$/.test(key))
      return wrong;
    return { segment: segment as number, key: Buffer.from(key, "hex") };
  } catch {
    return wrong;
  }
}

export function complain(output: Output, { unreadable }: Unreadable): void {
  output.err(`error: ${unreadable}\n`);
  output.exit(4);
}

/** A usage error of an option's value. */
export function misused(output: Output, message: string): void {
  output.err(`error: ${message}\n`);
  output.exit(2);
}
