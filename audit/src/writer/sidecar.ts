/**
 * The sidecar as its owner changes it: its length when a log is opened, and erasing one record's entry in place.
 *
 * What it holds opens commitments; the chain never refers to it, which is why erasing breaks nothing. Files are walked in chunks: with states of tens of
 * kilobytes one grows to gigabytes. Reading it is audit/src/read/sidecar.ts.
 */

import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { sidecarName } from "./names.ts";

const CHUNK = 1_048_576;

/** Length of a segment's sidecar after a torn last line was cut off (its record never became durable). */
export function recoverSidecar(folder: string, segment: number): number {
  const path = join(folder, sidecarName(segment));
  if (!existsSync(path)) return 0;
  const fd = openSync(path, "r+");
  try {
    const { size } = fstatSync(fd);
    const buffer = Buffer.allocUnsafe(CHUNK);
    let whole = 0;
    for (let end = size; end > 0 && whole === 0; end -= CHUNK) {
      const start = Math.max(0, end - CHUNK);
      const read = readSync(fd, buffer, 0, end - start, start);
      const newline = buffer.subarray(0, read).lastIndexOf(0x0a);
      if (newline >= 0) whole = start + newline + 1;
    }
    if (whole < size) ftruncateSync(fd, whole);
    return whole;
  } finally {
    closeSync(fd);
  }
}

/** Where lines begin with `mark`, and how long they are without their end. */
function linesWith(fd: number, mark: Buffer): readonly { readonly at: number; readonly length: number }[] {
  const found: { readonly at: number; readonly length: number }[] = [];
  const buffer = Buffer.allocUnsafe(CHUNK);
  let lineAt = 0;
  let matched = 0;
  for (let offset = 0; ; ) {
    const read = readSync(fd, buffer, 0, CHUNK, offset);
    if (read === 0) return found;
    for (let i = 0; i < read; ) {
      // `matched` counts the line's first bytes that are the mark's; -1: they are not.
      while (i < read && matched >= 0 && matched < mark.length && buffer[i] !== 0x0a) {
        matched = buffer[i] === mark[matched] ? matched + 1 : -1;
        i += 1;
      }
      if (i === read) break;
      const newline = buffer.subarray(0, read).indexOf(0x0a, i);
      if (newline < 0) break;
      if (matched === mark.length) found.push({ at: lineAt, length: offset + newline - lineAt });
      i = newline + 1;
      lineAt = offset + i;
      matched = 0;
    }
    offset += read;
  }
}

/** Overwrites the entries of one record; answers how many there were. */
export function eraseEntry(folder: string, segments: number, record: number): number {
  let erased = 0;
  for (let segment = segments; segment >= 0 && erased === 0; segment--) {
    const path = join(folder, sidecarName(segment));
    if (!existsSync(path)) continue;
    const fd = openSync(path, "r+");
    try {
      for (const { at, length } of linesWith(fd, Buffer.from(`{"record":${record},`))) {
        const blank = Buffer.from(`{"record":${record},"erased":true}`.padEnd(length, " "));
        for (let done = 0; done < blank.length; ) done += writeSync(fd, blank, done, blank.length - done, at + done);
        erased += 1;
      }
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
  return erased;
}
