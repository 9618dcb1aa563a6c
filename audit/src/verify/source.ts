/**
 * Where a reader gets a log from: segments as streams of chunks, so that no log is too large.
 *
 * Files, a database or bytes in memory (a browser) are all sources; files live in audit/src/read/directory.ts.
 */

import type { Platform } from "./platform.ts";

export interface SegmentSource {
  /** As in the log's folder: `segment-000000.jsonl`. */
  readonly name: string;
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface LogSource {
  /** In the order of their indexes. */
  segments(): Iterable<SegmentSource> | AsyncIterable<SegmentSource>;
  /** The log's own `checkpoint` file. */
  checkpoint(): Promise<string | null>;
}

/** A log held in memory. */
export function memorySource(files: ReadonlyMap<string, Uint8Array>): LogSource {
  const index = (name: string): number => Number(/^segment-(\d{6,})\.jsonl$/.exec(name)?.[1] ?? -1);
  const names = [...files.keys()].filter((name) => index(name) >= 0).sort((a, b) => index(a) - index(b));
  return {
    segments: () => names.map((name) => ({ name, chunks: () => [files.get(name) as Uint8Array] })),
    async checkpoint() {
      const bytes = files.get("checkpoint");
      return bytes === undefined ? null : new TextDecoder().decode(bytes);
    },
  };
}

export const LONGEST_LINE = 1_048_576;
const FIRST_WINDOW = 65_536;
export const SLACK = 8;

export function windowOver(buffer: ArrayBuffer, end = 0): LineWindow {
  return { bytes: new Uint8Array(buffer), view: new DataView(buffer), start: 0, end };
}

/** Whole lines of one segment, each as a range of one reused window. */
export interface LineWindow {
  readonly bytes: Uint8Array;
  /** The same bytes, several at a time from wherever they stand; it reaches at least `SLACK` bytes behind every line. */
  readonly view: DataView;
  start: number;
  /** Where the newline stands. */
  end: number;
}

export interface LineReader {
  readonly window: LineWindow;
  push(chunk: Uint8Array): void;
  /** Moves the window to the next whole line; false when more bytes are needed. */
  next(): boolean;
  /** Bytes behind the last newline. */
  rest(): number;
  /** The unfinished line is already longer than any may be. */
  tooLong(): boolean;
}

export function createLineReader(platform: Platform): LineReader {
  let room = FIRST_WINDOW;
  let filled = 0;
  let at = 0;
  let window = windowOver(new ArrayBuffer(room + SLACK));
  let newlineAt = platform.finder(window.bytes);
  return {
    get window() {
      return window;
    },
    push(chunk) {
      if (filled + chunk.length > room) {
        const needed = filled - at + chunk.length;
        if (needed > room) {
          room = Math.max(needed, 2 * room);
          const grown = windowOver(new ArrayBuffer(room + SLACK));
          grown.bytes.set(window.bytes.subarray(at, filled));
          window = grown;
          newlineAt = platform.finder(window.bytes);
        } else window.bytes.copyWithin(0, at, filled);
        filled -= at;
        at = 0;
      }
      window.bytes.set(chunk, filled);
      filled += chunk.length;
    },
    next() {
      const newline = newlineAt(0x0a, at);
      if (newline < 0 || newline >= filled) return false;
      window.start = at;
      window.end = newline;
      at = newline + 1;
      return true;
    },
    rest: () => filled - at,
    tooLong: () => filled - at > LONGEST_LINE,
  };
}
