/**
 * One record's line, laid out so that its hash needs no copy: docs/formats/audit-log.md section 2.
 *
 * The body is written first, at the place it will keep; `0x00 {` stands before it while it is hashed and is then overwritten by the envelope.
 */

import { hash } from "node:crypto";
import { auditFailure } from "../failure.ts";
import type { SegmentMac } from "./mac.ts";

/** Bytes before `"_prev"`: `{"_hash":"` 64 `",` and, in keyed segments, `"_mac":"` 64 `",`. */
const PLAIN_ENVELOPE = 76;
const KEYED_ENVELOPE = 150;
/** `"_prev":"` 64 `","_seq":` at most 16 digits and a comma. */
const LINK_BYTES = 100;
export const LONGEST_LINE = 1_048_576;

/** Room that a line of this body can need at most. */
export function lineRoom(members: string): number {
  return KEYED_ENVELOPE + LINK_BYTES + members.length * 3 + 2;
}

export interface WrittenLine {
  readonly hash: string;
  /** Bytes with the line's end. */
  readonly length: number;
}

/** Writes a line at `at`; the caller has made `lineRoom(members)` bytes of room. */
export function writeLine(
  buffer: Buffer,
  at: number,
  prev: string,
  seq: number,
  members: string,
  mac: SegmentMac | null,
): WrittenLine {
  const body = at + (mac === null ? PLAIN_ENVELOPE : KEYED_ENVELOPE);
  const end = body + buffer.write(`"_prev":"${prev}","_seq":${seq},${members}}`, body, "utf8");
  // INVARIANT: refused before the MAC is made, or the running digest of MACs would count a line that is never written.
  if (end - at > LONGEST_LINE)
    throw auditFailure("bad_body", `a record of ${end - at} bytes is longer than ${LONGEST_LINE}`);
  buffer[body - 2] = 0x00;
  buffer[body - 1] = 0x7b;
  const digest = hash("sha256", buffer.subarray(body - 2, end), "hex");
  const keyed = mac === null ? "" : `"_mac":"${mac.over(digest)}",`;
  buffer.write(`{"_hash":"${digest}",${keyed}`, at, "latin1");
  buffer[end] = 0x0a;
  return { hash: digest, length: end + 1 - at };
}
