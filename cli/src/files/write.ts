/**
 * Writing whole files or none: the text goes to a new file beside the target, which then takes its place. A reader never
 * meets half a module, and a failed run leaves what was there.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { visible } from "../terminal/visible.ts";
import { problem, type Read, reasonOf } from "./read.ts";

export function writeWhole(path: string, content: Uint8Array | string): Read<undefined> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    const target = existing(path);
    // A pipe or a device has nothing to be replaced.
    if (target !== undefined && !target.isFile) writeFileSync(target.path, bytes);
    else replace(target?.path ?? path, target?.mode ?? 0o644, bytes);
    return { ok: true, value: undefined };
  } catch (error) {
    // What is missing is never the file itself: that is made.
    const isFolderMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = isFolderMissing ? "there is no such folder" : reasonOf(error);
    return problem(`cannot write \`${visible(path)}\`: ${reason}`);
  }
}

function existing(path: string): { path: string; isFile: boolean; mode: number } | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : { path: realpathSync(path), isFile: stat.isFile(), mode: stat.mode & 0o777 };
}

function replace(path: string, mode: number, bytes: Uint8Array): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  // `wx`: a link planted under this name is not followed.
  const file = openSync(beside, "wx", mode);
  try {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    unlinkSync(beside);
    throw error;
  }
}
