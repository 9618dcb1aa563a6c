/**
 * What happened at a line that does not follow: deleted, reordered, duplicated, inserted, or edited.
 *
 * A chain alone only says that something is wrong. This reads the log once more, looks for the record that should have come and for an earlier
 * stand of the one that did, and tells them apart. It runs only after a fault.
 */

import { ascii, createEnvelopeReader } from "./envelope.ts";
import type { FaultKind } from "./fault.ts";
import type { Platform } from "./platform.ts";
import { toHex } from "./sha256.ts";
import { createLineReader, type LogSource } from "./source.ts";

export interface Misfit {
  /** How many lines of the log stand before it. */
  readonly position: number;
  readonly expected: number;
  /** `_hash` of the last good record, and its `_prev`. */
  readonly last: string;
  readonly lastPrev: string;
  /** The line itself; `null` when it is no whole record. */
  readonly found: { readonly seq: number; readonly prev: string; readonly digest: string } | null;
}

export interface Diagnosis {
  readonly kind: FaultKind;
  readonly message: string;
}

export async function diagnose(platform: Platform, source: LogSource, misfit: Misfit): Promise<Diagnosis | null> {
  const { found, expected, position } = misfit;
  const seen = await look(platform, source, misfit);
  if (found === null)
    return seen.successor
      ? { kind: "inserted", message: `a line that is no record stands before record ${expected}` }
      : null;
  if (seen.earlier) return { kind: "duplicated", message: `record ${found.seq} stands here for the second time` };
  if (found.seq > expected) {
    if (seen.successor)
      return {
        kind: "reordered",
        message: `record ${found.seq} stands where record ${expected} should, which comes later`,
      };
    const last = found.seq - 1;
    const which = last === expected ? `record ${expected} is` : `records ${expected} to ${last} are`;
    return { kind: "deleted", message: `${which} missing` };
  }
  if (found.seq === expected && !seen.successor)
    return { kind: "broken_link", message: `record ${expected} does not follow the record before it` };
  const claimed = found.seq === expected - 1 && found.prev === misfit.lastPrev && position > 0;
  const message = claimed
    ? `two records claim to be record ${found.seq}`
    : `a record that calls itself ${found.seq} stands where record ${expected} should`;
  return { kind: "inserted", message };
}

async function look(platform: Platform, source: LogSource, misfit: Misfit) {
  const read = createEnvelopeReader(platform);
  let line = 0;
  let earlier = false;
  for await (const segment of source.segments()) {
    const lines = createLineReader(platform);
    for await (const chunk of segment.chunks()) {
      lines.push(chunk);
      while (lines.next()) {
        const { window } = lines;
        const here = line++;
        if (here === misfit.position) continue;
        const envelope = read(window);
        if (envelope.badAt >= 0 || !envelope.intact) continue;
        if (here < misfit.position) earlier ||= toHex(envelope.digest) === misfit.found?.digest;
        else if (
          envelope.seq === misfit.expected &&
          ascii(window.bytes, envelope.prevAt, envelope.prevAt + 64) === misfit.last
        )
          return { earlier, successor: true };
      }
      if (lines.tooLong()) return { earlier, successor: false };
    }
  }
  return { earlier, successor: false };
}
