/** What is wrong with a log, and exactly where: the faults of docs/formats/audit-log.md section 10. */

export type FaultKind =
  | "bad_checkpoint"
  | "bad_key"
  | "bad_mac"
  | "bad_record"
  | "bad_segment"
  | "broken_link"
  | "deleted"
  | "duplicated"
  | "edited"
  | "inserted"
  | "not_canonical"
  | "reordered"
  | "torn"
  | "truncated";

export interface Fault {
  readonly kind: FaultKind;
  /** The segment's file name; empty where no segment is at fault. */
  readonly segment: string;
  /** From 1; 0 where no line is at fault. */
  readonly line: number;
  /** Offset in the segment: of the bad byte where it is known, else of its line. */
  readonly byte: number;
  readonly message: string;
}

export interface Place {
  readonly segment: string;
  readonly line: number;
  readonly byte: number;
}

export function faultAt(kind: FaultKind, place: Place, message: string): Fault {
  return { kind, segment: place.segment, line: place.line, byte: place.byte, message: quoted(message) };
}

// Controls, format marks (bidirectional, zero-width), halves of surrogate pairs, line and paragraph separators.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const LONGEST_QUOTE = 400;

/** A log's own words as a report repeats them: on one line, so that no record can write verdicts, and of bounded length. */
export function quoted(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return short.replace(UNSAFE, (found) => `\\u{${(found.codePointAt(0) as number).toString(16)}}`);
}

export function isEarlier(a: Fault, b: Fault): boolean {
  // Names of segments are padded to one length up to a million of them, and longer names are later.
  if (a.segment !== b.segment) {
    if (a.segment.length !== b.segment.length) return a.segment.length < b.segment.length;
    return a.segment < b.segment;
  }
  return a.line < b.line;
}
