/** A log in a folder, as a source for the verifier: chunks are read one after another into one buffer. */

import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { LogSource } from "../verify/source.ts";

const CHUNK = 65_536;
const LONGEST_NOTE = 65_536;
const SEGMENT = /^segment-(\d{6,})\.jsonl$/;

export function segmentNames(folder: string): readonly string[] {
  const index = (name: string): number => Number(SEGMENT.exec(name)?.[1]);
  return readdirSync(folder)
    .filter((name) => SEGMENT.test(name))
    .sort((a, b) => index(a) - index(b));
}

/** A file that is one: a pipe or a device would keep a reader waiting for ever. */
function openPlain(path: string): number {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw Object.assign(new Error(`\`${path}\` is no file`), { code: "EINVAL", syscall: "open" });
}

function* chunksOf(path: string): Iterable<Uint8Array> {
  const fd = openPlain(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const read = readSync(fd, buffer, 0, CHUNK, null);
      if (read === 0) return;
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(fd);
  }
}

export function directorySource(folder: string): LogSource {
  return {
    segments: () => segmentNames(folder).map((name) => ({ name, chunks: () => chunksOf(join(folder, name)) })),
    async checkpoint() {
      let fd: number;
      try {
        fd = openPlain(join(folder, "checkpoint"));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
      try {
        // What is longer is no note either way.
        const buffer = Buffer.alloc(LONGEST_NOTE);
        return buffer.toString("utf8", 0, readSync(fd, buffer, 0, LONGEST_NOTE, 0));
      } finally {
        closeSync(fd);
      }
    },
  };
}
