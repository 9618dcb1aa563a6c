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

const ZEROS = "0".repeat(64);
const DECISION = "decision";

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
  let last = ZEROS;
  let lastPrev = ZEROS;
  let [time, timeText] = [new Uint8Array(24), ""];
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
    timeText = ascii(bytes, at, at + 24);
    if (!isRecordTime(timeText)) return bad("bad_record", `\`${timeText}\` is no time`);
    if (order < 0 && expected > 0) {
      backwards += 1;
      firstBackwards ??= expected;
    }
    time = bytes.slice(at, at + 24);
    return null;
  }

  function mac(bytes: Uint8Array, envelope: Envelope): LineProblem | null {
    if (envelope.macAt >= 0 !== state.isKeyed())
      return bad(
        "bad_mac",
        state.isKeyed() ? "a record without a MAC in a keyed segment" : "a MAC in a segment without a key",
      );
    if (envelope.macAt < 0) return null;
    const stated = ascii(bytes, envelope.macAt, envelope.macAt + 64);
    if (macKey !== null && toHex(platform.hmacSha256(macKey, fromHex(envelope.digest) as Uint8Array)) !== stated)
      return bad("bad_mac", `the MAC of record ${envelope.seq} differs`);
    joined.set(fromHex(state.macs()) as Uint8Array);
    joined.set(fromHex(stated) as Uint8Array, 32);
    state.joinMac(joined);
    return null;
  }

  function content(window: LineWindow, envelope: Envelope, name: string, firstOfSegment: boolean): LineProblem | null {
    const { bytes, words, start, end } = window;
    const wrong = scan.members(bytes, words, envelope.membersAt, end);
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
    const members = recordProblem(record);
    if (members !== null) return bad("bad_record", members);
    if ((kind === "segment") !== firstOfSegment)
      return bad(
        "bad_segment",
        firstOfSegment ? "the segment does not begin with a header" : "a header in the middle of a segment",
      );
    if (!started && options.slice)
      tree = createMerkleReader(platform, { size: expected, peaks: record.peaks as string[] });
    const problem = state.record(kind, record, name, envelope.digest, tree);
    if (problem !== null) return bad(problem.kind, problem.message);
    if (kind === "segment") macKey = state.isKeyed() ? options.macKey(state.index()) : null;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
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
        last = ascii(bytes, envelope.prevAt, envelope.prevAt + 64);
      }
      if (envelope.seq !== expected || !holdsAt(bytes, envelope.prevAt, last)) {
        const found = {
          seq: envelope.seq,
          prev: ascii(bytes, envelope.prevAt, envelope.prevAt + 64),
          digest: envelope.digest,
        };
        return { ...bad("broken_link", `record ${expected} does not follow`), misfit: true, found };
      }
      if (mode !== "fast") {
        if (state.isSealed() && !firstOfSegment) return bad("bad_segment", "a record behind the segment's seal");
        if (started || !options.slice) options.beforeRecord(expected, tree);
        const problem = content(window, envelope, name, firstOfSegment);
        if (problem !== null) return problem;
        tree.pushHexAt(bytes, envelope.hashAt);
      }
      started = true;
      expected += 1;
      lastPrev = last;
      last = envelope.digest;
      return null;
    },
    size: () => expected,
    last: () => last,
    lastPrev: () => lastPrev,
    tree: () => tree,
    clock: () => ({ backwards, first: firstBackwards }),
    kinds: () => (decisions > 0 ? { ...kinds, decision: decisions + (kinds.decision ?? 0) } : { ...kinds }),
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
