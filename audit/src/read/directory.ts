/** A log in a folder, as a source for the verifier: chunks are read one after another into one buffer. */

import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { LogSource } from "../verify/source.ts";

const CHUNK = 65_536;
const SEGMENT = /^segment-(\d{6,})\.jsonl$/;

export function segmentNames(folder: string): readonly string[] {
  const index = (name: string): number => Number(SEGMENT.exec(name)?.[1]);
  return readdirSync(folder)
    .filter((name) => SEGMENT.test(name))
    .sort((a, b) => index(a) - index(b));
}

function* chunksOf(path: string): Iterable<Uint8Array> {
  const fd = openSync(path, "r");
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
      const path = join(folder, "checkpoint");
      return existsSync(path) ? readFileSync(path, "utf8") : null;
    },
  };
}
