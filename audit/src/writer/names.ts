/** Names in a log's folder and the small durable writes beside the segments (docs/formats/audit-log.md section 1). */

import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export const CHECKPOINT_FILE = "checkpoint";
export const LOCK_FILE = "lock";

const six = (index: number): string => String(index).padStart(6, "0");
export const segmentName = (index: number): string => `segment-${six(index)}.jsonl`;
export const sidecarName = (index: number): string => `sidecar-${six(index)}.jsonl`;

/** A name that nothing has yet: what was set aside from the same place before is kept as well. */
export function tornName(folder: string, index: number, offset: number): string {
  const name = (n: number): string => `torn-${six(index)}-${offset}${n === 1 ? "" : `-${n}`}.bin`;
  let n = 1;
  while (existsSync(join(folder, name(n)))) n += 1;
  return name(n);
}

/** Indexes of the segments in a folder, ascending. */
export function segmentIndexes(folder: string): readonly number[] {
  const indexes: number[] = [];
  for (const name of readdirSync(folder)) {
    const match = /^segment-(\d{6,})\.jsonl$/.exec(name);
    if (match !== null && segmentName(Number(match[1])) === name) indexes.push(Number(match[1]));
  }
  return indexes.sort((a, b) => a - b);
}

/** Makes a folder's entries durable. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Replaces a small file so that a reader sees the old content or the new one, also after a power cut. */
export function replaceFile(folder: string, name: string, content: string | Uint8Array): void {
  const fresh = join(folder, `${name}.new`);
  // What a crash left, or somebody put there to be written through.
  rmSync(fresh, { force: true });
  const fd = openSync(fresh, "wx", 0o644);
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(fresh, join(folder, name));
  syncFolder(folder);
}
