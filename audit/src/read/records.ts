/** The records of a log one after another, for those who use a log rather than judge it. Verify first: this trusts the source. */

import { createLineReader, type LogSource } from "../verify/source.ts";
import { nodePlatform } from "./node-platform.ts";

export interface ReadRecord {
  readonly segment: string;
  readonly seq: number;
  readonly hash: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The line without its end; a copy. */
  readonly line: Uint8Array;
}

const decoder = new TextDecoder();

export async function* readRecords(source: LogSource): AsyncGenerator<ReadRecord> {
  for await (const segment of source.segments()) {
    const lines = createLineReader(nodePlatform());
    for await (const chunk of segment.chunks()) {
      lines.push(chunk);
      while (lines.next()) {
        const { bytes, start, end } = lines.window;
        const line = bytes.slice(start, end);
        const body = JSON.parse(decoder.decode(line)) as Record<string, unknown>;
        yield {
          segment: segment.name,
          seq: Number(body._seq),
          hash: String(body._hash),
          kind: String(body.kind),
          body,
          line,
        };
      }
      if (lines.tooLong()) throw new Error(`\`${segment.name}\` holds a line longer than any may be`);
    }
  }
}
