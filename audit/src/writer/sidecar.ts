/**
 * The sidecar as its owner changes it: its length when a log is opened, and erasing one record's entry in place.
 *
 * What it holds opens commitments; the chain never refers to it, which is why erasing breaks nothing. Reading it is audit/src/read/sidecar.ts.
 */

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { sidecarName } from "./names.ts";

/** Length of a segment's sidecar after a torn last line was cut off (its record never became durable). */
export function recoverSidecar(folder: string, segment: number): number {
  const path = join(folder, sidecarName(segment));
  if (!existsSync(path)) return 0;
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  return whole;
}

/** Overwrites the entries of one record; answers how many there were. */
export function eraseEntry(folder: string, segments: number, record: number): number {
  let erased = 0;
  for (let segment = segments; segment >= 0 && erased === 0; segment--) {
    const path = join(folder, sidecarName(segment));
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    const mark = Buffer.from(`{"record":${record},`);
    const fd = openSync(path, "r+");
    try {
      for (let at = 0; at < bytes.length; ) {
        const end = bytes.indexOf(0x0a, at);
        if (end < 0) break;
        if (bytes.subarray(at, at + mark.length).equals(mark)) {
          const blank = `{"record":${record},"erased":true}`.padEnd(end - at, " ");
          writeSync(fd, blank, at, "latin1");
          erased += 1;
        }
        at = end + 1;
      }
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
  return erased;
}
