/**
 * Verifies a whole log from a source, streaming: docs/formats/audit-log.md, read by somebody who trusts nobody.
 *
 * Memory does not grow with the log but for its anchors and keys. What is not asked for (a head, roots, a MAC key) is reported as unknown, never as fine.
 */

import { createAnchorJudge } from "./anchors.ts";
import { diagnose } from "./diagnose.ts";
import { type Fault, faultAt, isEarlier, type Place } from "./fault.ts";
import { createLineCheck } from "./line-check.ts";
import { type Checkpoint, isSignedAmongOthers, parseCheckpoint, parseVerificationKey, splitNote } from "./note.ts";
import type { Platform } from "./platform.ts";
import type { ParsedRecord } from "./records.ts";
import type { Completeness, Report, VerifyMode } from "./report.ts";
import { createSegmentState } from "./segment-state.ts";
import { createLineReader, type LogSource } from "./source.ts";
import type { TimestampTrust } from "./timestamp/trust.ts";

export interface VerifyOptions {
  readonly platform: Platform;
  readonly mode?: VerifyMode;
  readonly trustedKey?: string;
  /** A checkpoint note that was kept elsewhere. */
  readonly head?: string;
  readonly trust?: TimestampTrust;
  readonly mac?: { readonly segment: number; readonly key: Uint8Array };
  /** The log is a slice that starts in the middle. */
  readonly slice?: boolean;
  /** Every record that was parsed: with `deep` all, else all but decisions. */
  readonly onRecord?: (kind: string, record: ParsedRecord) => void;
}

interface Mark extends Checkpoint {
  readonly note: string;
  met: "waiting" | "right" | "wrong";
}

const INDEX = /^segment-(\d{6,})\.jsonl$/;
const RATCHET = new TextEncoder().encode("thc-audit-ratchet/1");

export async function verifyLog(source: LogSource, options: VerifyOptions): Promise<Report> {
  const { platform } = options;
  const mode = options.mode ?? "full";
  const slice = options.slice ?? false;
  const own = await source.checkpoint();
  const ownMark = markOf(own);
  const head = markOf(options.head ?? null);
  const marks = [ownMark, head].filter((mark): mark is Mark => mark !== null);
  const state = createSegmentState({ platform, trustedKey: options.trustedKey ?? null, slice });
  const judge = createAnchorJudge(platform, options.trust ?? null);
  const check = createLineCheck({
    platform,
    mode,
    state,
    slice,
    beforeRecord(size, tree) {
      for (const mark of marks) if (mark.size === size) mark.met = tree.root() === mark.root ? "right" : "wrong";
    },
    macKey: macKeys(platform, options.mac ?? null),
    onRecord: options.onRecord ?? (() => {}),
  });

  let fault: Fault | null = null;
  let [segments, bytes, position] = [0, 0, 0];
  let place: Place = { segment: "", line: 0, byte: 0 };
  const found = (next: Fault): void => {
    if (fault === null || isEarlier(next, fault)) fault = next;
  };
  let awaited: {
    readonly place: Place;
    readonly check: () => Promise<{ kind: Fault["kind"]; message: string } | null>;
  }[] = [];
  const settle = async (): Promise<void> => {
    for (const task of awaited) {
      const problem = await task.check();
      if (problem !== null) found(faultAt(problem.kind, task.place, problem.message));
    }
    awaited = [];
    for (const anchor of state.takeAnchors()) await judge.judge(anchor, state.cadence());
  };

  let due = -1;
  for await (const segment of source.segments()) {
    const index = Number(INDEX.exec(segment.name)?.[1] ?? -1);
    if (due < 0) due = slice ? index : 0;
    if (index !== due) {
      found(faultAt("deleted", { segment: segment.name, line: 0, byte: 0 }, `segment ${due} is missing`));
      break;
    }
    due += 1;
    segments += 1;
    const lines = createLineReader(platform);
    let [line, offset] = [0, 0];
    reading: for await (const chunk of segment.chunks()) {
      lines.push(chunk);
      bytes += chunk.length;
      while (lines.next()) {
        const { window } = lines;
        line += 1;
        const problem = check.line(window, segment.name, line === 1);
        if (problem !== null) {
          place = { segment: segment.name, line, byte: offset + problem.at };
          const said = problem.misfit
            ? await diagnose(platform, source, {
                position,
                expected: check.size(),
                last: check.last(),
                lastPrev: check.lastPrev(),
                found: problem.found,
              })
            : null;
          found(faultAt(said?.kind ?? problem.kind, place, said?.message ?? problem.message));
          break reading;
        }
        if (state.hasLater())
          for (const task of state.takeLater())
            awaited.push({ place: { segment: segment.name, line, byte: offset }, check: task });
        offset += window.end + 1 - window.start;
        position += 1;
      }
      if (lines.tooLong()) {
        found(
          faultAt(
            "not_canonical",
            { segment: segment.name, line: line + 1, byte: offset },
            "a line is longer than 1 MiB",
          ),
        );
        break;
      }
      await settle();
    }
    await settle();
    if (fault === null && lines.rest() > 0)
      found(
        faultAt(
          "torn",
          { segment: segment.name, line: line + 1, byte: offset },
          `the last line has no end (${lines.rest()} bytes)`,
        ),
      );
    if (fault === null && line === 0 && mode !== "fast" && segments > 1 && !state.isSealed())
      found(
        faultAt(
          "bad_segment",
          { segment: segment.name, line: 0, byte: 0 },
          "an empty segment after one that is not sealed",
        ),
      );
    if (fault !== null) break;
  }
  if (segments === 0 && fault === null)
    found(faultAt(own === null ? "bad_segment" : "truncated", place, "the log has no segments"));
  if (mode !== "fast" && fault === null) {
    for (const mark of marks)
      if (mark.size === check.size()) mark.met = check.tree().root() === mark.root ? "right" : "wrong";
    const problem = ownCheckpointProblem(own, ownMark, state.newestNote(), check.size(), slice);
    if (problem !== null) found(problem);
  }
  const completeness = await judgeHead(
    options,
    head,
    mode,
    check.size(),
    fault,
    state.inForce().map((entry) => entry.key),
  );
  const cadence = judge.cadence(state.cadence(), check.size());
  const anchors = judge.verdicts();
  const refused = anchors.some((anchor) => anchor.verdict === "refused");
  return {
    ok: fault === null && !refused && completeness.verdict !== "incomplete" && cadence.verdict !== "missed",
    mode,
    origin: state.origin(),
    segments,
    records: check.size(),
    bytes,
    root: mode === "fast" ? "" : check.tree().root(),
    integrity: fault === null ? { ok: true } : { ok: false, fault },
    completeness,
    keys: {
      inForce: [...state.inForce()],
      trusted: options.trustedKey !== undefined && state.inForce()[0]?.key === options.trustedKey,
    },
    macs: !state.isKeyed() ? "none" : options.mac === undefined ? "unchecked" : "checked",
    anchors,
    anchored: judge.covered(),
    unanchored: check.size() - judge.covered(),
    anchorFailures: state.failures(),
    cadence,
    clock: check.clock(),
    kinds: check.kinds(),
  };
}

function markOf(note: string | null): Mark | null {
  const parts = note === null ? null : splitNote(note);
  const checkpoint = parts === null ? null : parseCheckpoint(parts.text);
  return checkpoint === null ? null : { ...checkpoint, note: note as string, met: "waiting" };
}

/** The log's own checkpoint file must be the newest checkpoint that stands in it. */
function ownCheckpointProblem(
  own: string | null,
  mark: Mark | null,
  newest: string | null,
  size: number,
  slice: boolean,
): Fault | null {
  const place: Place = { segment: "", line: 0, byte: 0 };
  if (own === null)
    return newest === null || slice
      ? null
      : faultAt("bad_checkpoint", place, "the log has no checkpoint file, though it holds checkpoints");
  if (own === newest) return null;
  if (mark === null) return faultAt("bad_checkpoint", place, "the checkpoint file is no checkpoint");
  if (mark.size > size)
    return faultAt("truncated", place, `the log has ${size} records, its checkpoint file says ${mark.size}`);
  if (mark.met === "wrong") return faultAt("bad_checkpoint", place, "the checkpoint file says another root");
  // A crash between a checkpoint record and its file leaves the file one behind; anything else is not of this log.
  return mark.met === "right" && isNewer(newest, mark.size)
    ? null
    : faultAt("bad_checkpoint", place, "the checkpoint file is not a checkpoint of this log");
}

function isNewer(note: string | null, size: number): boolean {
  const newest = markOf(note);
  return newest !== null && newest.size > size;
}

async function judgeHead(
  options: VerifyOptions,
  head: Mark | null,
  mode: VerifyMode,
  size: number,
  fault: Fault | null,
  keys: readonly string[],
): Promise<Completeness> {
  if (options.head === undefined) return { verdict: "unknown", reason: "no head from outside was given" };
  if (head === null) return { verdict: "incomplete", reason: "the given head is no checkpoint" };
  if (mode === "fast") return { verdict: "unknown", reason: "a head is not compared with --fast" };
  const note = splitNote(head.note);
  let signed = false;
  for (const text of keys) {
    const key = parseVerificationKey(options.platform, text);
    if (key !== null && note !== null && (await isSignedAmongOthers(options.platform, note, key))) signed = true;
  }
  if (!signed) return { verdict: "incomplete", reason: "the given head is not signed by a key of this log" };
  if (head.size > size)
    return { verdict: "incomplete", reason: `the log has ${size} records, the head says ${head.size}` };
  if (fault !== null && head.met === "waiting")
    return { verdict: "unknown", reason: "the log is broken before the head" };
  if (head.met !== "right")
    return { verdict: "incomplete", reason: "the log's root at the head's size is another: it was rewritten" };
  return { verdict: "complete", size: head.size, beyond: size - head.size };
}

/** Keys by segment, ratcheted forward once each. */
function macKeys(platform: Platform, given: { readonly segment: number; readonly key: Uint8Array } | null) {
  let [segment, key] = [given?.segment ?? 0, given?.key ?? null];
  return (index: number): Uint8Array | null => {
    if (key === null || index < segment) return null;
    for (; segment < index; segment++) key = platform.hmacSha256(key, RATCHET);
    return key;
  };
}
