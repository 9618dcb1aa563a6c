/**
 * One line after another: hash, link, canonical form, kind, tree, MAC and clock, stopping at the first that is wrong.
 *
 * This is the loop that a log's size is multiplied with. With `fast` only hash and link are looked at.
 */

import { createCanonicalScan } from "./canonical-scan.ts";
import { ascii, createEnvelopeReader, type Envelope, holdsAt } from "./envelope.ts";
import type { FaultKind } from "./fault.ts";
import { createMerkleReader, type MerkleReader } from "./merkle.ts";
import type { Platform } from "./platform.ts";
import { isRecordTime, type ParsedRecord, recordProblem } from "./records.ts";
import type { VerifyMode } from "./report.ts";
import type { SegmentState } from "./segment-state.ts";
import { fromHex, toHex } from "./sha256.ts";
import type { LineWindow } from "./source.ts";

export interface LineProblem {
  readonly kind: FaultKind;
  readonly message: string;
  /** Bytes from the line's start. */
  readonly at: number;
  /** Worth asking diagnose.ts what happened; the record found there, when it is whole. */
  readonly misfit: boolean;
  readonly found: { readonly seq: number; readonly prev: string; readonly digest: string } | null;
}

export interface LineCheckOptions {
  readonly platform: Platform;
  readonly mode: VerifyMode;
  readonly state: SegmentState;
  readonly slice: boolean;
  /** Called before each record, with how many stand before it. */
  readonly beforeRecord: (size: number, tree: MerkleReader) => void;
  /** Key of a keyed segment, ratcheted by the caller; `null`: MACs are not checked. */
  readonly macKey: (segment: number) => Uint8Array | null;
  readonly onRecord: (kind: string, record: ParsedRecord) => void;
}

const DECISION = "decision";
/** In a record's time, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
const SECONDS_AT = 17;
/** Kinds of a host's own that are counted apart; the rest are counted together. */
const MOST_KINDS = 1000;
const LONGEST_KIND = 64;

export function createLineCheck(options: LineCheckOptions) {
  const { platform, mode, state } = options;
  const readEnvelope = createEnvelopeReader(platform);
  const scan = createCanonicalScan();
  const decoder = new TextDecoder();
  const joined = new Uint8Array(64);
  const kinds: Record<string, number> = {};
  let decisions = 0;
  let tree = createMerkleReader(platform, { size: 0, peaks: [] });
  let expected = 0;
  let last = createDigits();
  let lastPrev = createDigits();
  const time = new Uint8Array(24);
  let backwards = 0;
  let firstBackwards: number | null = null;
  let macKey: Uint8Array | null = null;
  let started = false;

  const bad = (kind: FaultKind, message: string, at = 0): LineProblem => ({
    kind,
    message,
    at,
    misfit: false,
    found: null,
  });

  function unreadable({ bytes, start, end }: LineWindow, envelope: Envelope): LineProblem {
    if (end === start) return bad("not_canonical", "an empty line");
    if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
      return bad("not_canonical", "a byte order mark");
    if (bytes[end - 1] === 0x0d)
      return bad("not_canonical", "a carriage return before the line's end", end - 1 - start);
    if (envelope.badAt >= 0) return { ...bad("edited", "not a record", envelope.badAt - start), misfit: true };
    return { ...bad("edited", `the bytes of record ${envelope.seq} do not give its hash`), misfit: true };
  }

  function clock(bytes: Uint8Array, at: number): LineProblem | null {
    const text = scan.timeEnd() - at === 24 ? at : -1;
    if (text < 0) return bad("bad_record", "a record without a time");
    let order = 0;
    for (let i = 0; i < 24 && order === 0; i++) order = (bytes[at + i] as number) - (time[i] as number);
    if (order === 0) return null;
    if (!isWithinMinute(bytes, at)) {
      const text = ascii(bytes, at, at + 24);
      if (!isRecordTime(text)) return bad("bad_record", `\`${text}\` is no time`);
    }
    if (order < 0 && expected > 0) {
      backwards += 1;
      firstBackwards ??= expected;
    }
    for (let i = 0; i < 24; i++) time[i] = bytes[at + i] as number;
    return null;
  }

  /** Another second of the minute that was found good before: most records need no calendar. */
  function isWithinMinute(bytes: Uint8Array, at: number): boolean {
    for (let i = 0; i < SECONDS_AT; i++) if (bytes[at + i] !== time[i]) return false;
    const digit = (i: number): boolean => (bytes[at + i] as number) >= 0x30 && (bytes[at + i] as number) <= 0x39;
    const tens = bytes[at + SECONDS_AT] as number;
    if (tens < 0x30 || tens > 0x35 || !digit(18) || !digit(20) || !digit(21) || !digit(22)) return false;
    return bytes[at + 19] === 0x2e && bytes[at + 23] === 0x5a;
  }

  function mac(bytes: Uint8Array, envelope: Envelope): LineProblem | null {
    if (envelope.macAt >= 0 !== state.isKeyed())
      return bad(
        "bad_mac",
        state.isKeyed() ? "a record without a MAC in a keyed segment" : "a MAC in a segment without a key",
      );
    if (envelope.macAt < 0) return null;
    const stated = ascii(bytes, envelope.macAt, envelope.macAt + 64);
    if (macKey !== null && toHex(platform.hmacSha256(macKey, envelope.digest)) !== stated)
      return bad("bad_mac", `the MAC of record ${envelope.seq} differs`);
    joined.set(fromHex(state.macs()) as Uint8Array);
    joined.set(fromHex(stated) as Uint8Array, 32);
    state.joinMac(joined);
    return null;
  }

  function content(window: LineWindow, envelope: Envelope, name: string, firstOfSegment: boolean): LineProblem | null {
    const { bytes, view, start, end } = window;
    const wrong = scan.members(bytes, view, envelope.membersAt, end);
    if (wrong >= 0) return bad("not_canonical", scan.reason(), wrong - start);
    // INVARIANT: nothing is parsed before the MAC's digits are known to be digits; they are the one part that no hash covers.
    if (envelope.macAt >= 0 && !isHexAt(bytes, envelope.macAt))
      return bad("bad_mac", "the MAC is not 64 lower-case hex digits", envelope.macAt - start);
    if (scan.kindAt() < 0) return bad("bad_record", "a record without a kind");
    const isDecision = scan.kindEnd() - scan.kindAt() === DECISION.length && holdsAt(bytes, scan.kindAt(), DECISION);
    if (scan.timeAt() < 0) return bad("bad_record", "a record without a time");
    const timeAt = scan.timeAt();
    if (isDecision && !firstOfSegment && mode !== "deep") decisions += 1;
    else {
      const problem = parsed(window, envelope, name, firstOfSegment);
      if (problem !== null) return problem;
    }
    return mac(bytes, envelope) ?? clock(bytes, timeAt);
  }

  function parsed(window: LineWindow, envelope: Envelope, name: string, firstOfSegment: boolean): LineProblem | null {
    const record = JSON.parse(decoder.decode(window.bytes.subarray(window.start, window.end))) as ParsedRecord;
    const kind = record.kind as string;
    const members = recordProblem(record, state.format());
    if (members !== null) return bad("bad_record", members);
    if ((kind === "segment") !== firstOfSegment)
      return bad(
        "bad_segment",
        firstOfSegment ? "the segment does not begin with a header" : "a header in the middle of a segment",
      );
    if (!started && options.slice) {
      const peaks = record.peaks as readonly string[];
      if (peaks.length !== ones(expected))
        return bad("bad_segment", "the header's peaks are not those of so many records");
      tree = createMerkleReader(platform, { size: expected, peaks });
    }
    const problem = state.record(kind, record, name, toHex(envelope.digest), tree);
    if (problem !== null) return bad(problem.kind, problem.message);
    if (kind === "segment") macKey = state.isKeyed() ? options.macKey(state.index()) : null;
    const counted =
      Object.hasOwn(kinds, kind) || (kind.length <= LONGEST_KIND && Object.keys(kinds).length < MOST_KINDS)
        ? kind
        : "x_(others)";
    kinds[counted] = (kinds[counted] ?? 0) + 1;
    options.onRecord(kind, record);
    return null;
  }

  return {
    line(window: LineWindow, name: string, firstOfSegment: boolean): LineProblem | null {
      const envelope = readEnvelope(window);
      if (envelope.badAt >= 0 || !envelope.intact) return unreadable(window, envelope);
      const { bytes } = window;
      if (!started && options.slice) {
        expected = envelope.seq;
        last.take(window.view, envelope.prevAt);
      }
      if (envelope.seq !== expected || !last.stand(window.view, envelope.prevAt)) {
        const found = {
          seq: envelope.seq,
          prev: ascii(bytes, envelope.prevAt, envelope.prevAt + 64),
          digest: toHex(envelope.digest),
        };
        return { ...bad("broken_link", `record ${expected} does not follow`), misfit: true, found };
      }
      if (mode !== "fast") {
        if (state.isSealed() && !firstOfSegment) return bad("bad_segment", "a record behind the segment's seal");
        if (started || !options.slice) options.beforeRecord(expected, tree);
        const problem = content(window, envelope, name, firstOfSegment);
        if (problem !== null) return problem;
        tree.push(envelope.digest);
      }
      started = true;
      expected += 1;
      [last, lastPrev] = [lastPrev, last];
      last.take(window.view, envelope.hashAt);
      return null;
    },
    size: () => expected,
    last: () => last.text(),
    lastPrev: () => lastPrev.text(),
    tree: () => tree,
    clock: () => ({ backwards, first: firstBackwards }),
    kinds: () => (decisions > 0 ? { ...kinds, decision: decisions + (kinds.decision ?? 0) } : { ...kinds }),
  };
}

/** Set bits of a number up to 2^53. */
function ones(value: number): number {
  let count = 0;
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/**
 * 64 digits of a hash as they stood on a line, at first zeros: compared eight at a time, and made a text only for messages.
 * INVARIANT: no digits read as NaN or as one of the two zeros, so equal numbers are equal bytes; what is no digits follows nothing.
 */
function createDigits() {
  const kept = new DataView(new Uint8Array(64).fill(0x30).buffer);
  return {
    take(from: DataView, at: number): void {
      for (let n = 0; n < 64; n += 8) kept.setFloat64(n, from.getFloat64(at + n));
    },
    stand(where: DataView, at: number): boolean {
      for (let n = 0; n < 64; n += 8) if (where.getFloat64(at + n) !== kept.getFloat64(n)) return false;
      return true;
    },
    text: () => ascii(new Uint8Array(kept.buffer), 0, 64),
  };
}

function isHexAt(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 64; i++) {
    const c = bytes[i] as number;
    if (!((c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66))) return false;
  }
  return true;
}

export type LineCheck = ReturnType<typeof createLineCheck>;
