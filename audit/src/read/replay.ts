/**
 * Replay: every decision of a log made again by the module, compared byte for byte with what the log committed to.
 *
 * The module comes in as a function, so that this package needs no runtime. What the sidecar no longer holds is reported as such and is no difference;
 * a commitment that the sidecar does not open is one.
 */

import { createHash } from "node:crypto";
import type { StatedAnswer } from "../record/answer.ts";
import { type AuditFormat, FORMAT, FORMATS } from "../record/bodies.ts";
import { createStates } from "../record/session-states.ts";
import type { LogSource } from "../verify/source.ts";
import { readRecords } from "./records.ts";
import type { SegmentEntries, SidecarEntry, SidecarSource } from "./sidecar.ts";

/** Same request, same state, same answer: a module as a pure function of bytes. */
export type Decide = (request: Uint8Array, state: Uint8Array) => MadeAgain;

export interface MadeAgain {
  /** What the commitment `action` is over (`actionBytes`). */
  readonly action: Uint8Array;
  /** As segments of this format commit to them. */
  readonly answerBytes: (format: AuditFormat) => Uint8Array;
  readonly stateAfter: Uint8Array;
  /** What of the answer stands in the record in the clear (`statedAnswer`). */
  readonly stated: StatedAnswer;
}

export interface ReplayOptions {
  readonly decide: Decide;
  /** `sha256:…` of the module that `decide` runs; decisions of other modules are passed over and counted. */
  readonly moduleDigest: string;
  readonly sidecar: SidecarSource;
}

export interface Difference {
  readonly record: number;
  readonly what: "action" | "answer" | "request" | "state_after" | "state_before" | "stated" | "module";
  readonly message: string;
}

export interface NotRecomputable {
  readonly record: number;
  readonly reason: "erased" | "missing" | "state_unknown";
}

export interface ReplayReport {
  /** Nothing differs. */
  readonly ok: boolean;
  readonly decisions: number;
  readonly recomputed: number;
  readonly otherModule: number;
  readonly firstDifference: Difference | null;
  /** How many are not recomputable because their sidecar entry was erased, or because it or the state before is not known. */
  readonly erased: number;
  readonly unknown: number;
  /** The first of them, at most 1,000. */
  readonly notRecomputable: readonly NotRecomputable[];
}

const MOST_LISTED = 1000;

type Kept = Extract<SidecarEntry, { readonly state: "kept" }>;

function commitment(label: string, salt: Uint8Array, value: Uint8Array): string {
  return createHash("sha256")
    .update(Buffer.of(2))
    .update(salt)
    .update(Buffer.of(label.length))
    .update(label)
    .update(value)
    .digest("hex");
}

/** Does the value open the commitment? Without its salt nothing does. */
function opens(entry: Kept, label: string, stated: unknown, value: Uint8Array): boolean {
  const salt = entry.salts.get(label);
  return salt !== undefined && salt.length === 16 && commitment(label, salt, value) === stated;
}

export async function replayLog(source: LogSource, options: ReplayOptions): Promise<ReplayReport> {
  const states = createStates();
  const notRecomputable: NotRecomputable[] = [];
  let [decisions, recomputed, otherModule, erased, unknown] = [0, 0, 0, 0, 0];
  const pass = (one: NotRecomputable): void => {
    if (one.reason === "erased") erased += 1;
    else unknown += 1;
    if (notRecomputable.length < MOST_LISTED) notRecomputable.push(one);
  };
  let firstDifference: Difference | null = null;
  let gap = false;
  let segment = "";
  let format: AuditFormat = FORMAT;
  let entries: SegmentEntries = new Map();

  for await (const record of readRecords(source)) {
    if (record.segment !== segment) {
      segment = record.segment;
      entries = options.sidecar.entries(segment);
    }
    if (record.kind === "segment") format = FORMATS.find((each) => each === record.body.format) ?? FORMAT;
    if (record.kind !== "decision") continue;
    decisions += 1;
    const { seq } = record;
    const entry = entries.get(seq);
    if (entry === undefined || entry.state === "erased") {
      pass({ record: seq, reason: entry === undefined ? "missing" : "erased" });
      gap = true;
      continue;
    }
    const body = record.body as unknown as Committed;
    if (body.contract.digest !== options.moduleDigest) {
      otherModule += 1;
      // Its state after is not known here; whoever continues from it brings its own blob or cannot be recomputed.
      states.forget(entry.session);
      gap = true;
      continue;
    }
    const state = entry.stateBefore ?? states.of(entry.session);
    if (
      state === undefined ||
      (gap && entry.stateBefore === null && !opens(entry, "state_before", body.state.before, state))
    ) {
      pass({ record: seq, reason: "state_unknown" });
      states.forget(entry.session);
      continue;
    }
    const { difference, stateAfter } = judge(seq, body, entry, state, format, options.decide);
    if (stateAfter !== null) states.keep(entry.session, stateAfter);
    if (difference !== null) firstDifference ??= difference;
    else recomputed += 1;
  }
  const ok = firstDifference === null;
  return { ok, decisions, recomputed, otherModule, erased, unknown, firstDifference, notRecomputable };
}

interface Committed extends StatedAnswer {
  readonly action: string;
  readonly answer: string;
  readonly request: string;
  readonly state: { readonly after: string; readonly before: string };
  readonly contract: { readonly digest: string };
}

const STATED_FIRST = ["obligations", "outcome", "reason", "rules", "tags"] as const;
const STATED = ["enforce", ...STATED_FIRST, "observed", "valid_until"] as const;

function judge(record: number, body: Committed, entry: Kept, state: Uint8Array, format: AuditFormat, decide: Decide) {
  const differs = (what: Difference["what"], message: string, stateAfter: Uint8Array | null = null) => ({
    difference: { record, what, message },
    stateAfter,
  });
  if (!opens(entry, "request", body.request, entry.request))
    return differs("request", "the sidecar's request is not the one that was recorded");
  if (!opens(entry, "action", body.action, entry.action))
    return differs("action", "the sidecar's action is not the one that was recorded");
  if (!opens(entry, "state_before", body.state.before, state))
    return differs("state_before", "the state before is not the one that was recorded");
  let made: MadeAgain;
  try {
    made = decide(entry.request, state);
  } catch (error) {
    return differs("module", `the module failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!opens(entry, "action", body.action, made.action))
    return differs("action", "the module sees another action than was recorded", made.stateAfter);
  const stated = format === FORMAT ? STATED : STATED_FIRST;
  const misstated = stated.find((member) => JSON.stringify(body[member]) !== JSON.stringify(made.stated[member]));
  if (misstated !== undefined)
    return differs("stated", `the record's \`${misstated}\` is not what the module answers`, made.stateAfter);
  if (!opens(entry, "answer", body.answer, made.answerBytes(format)))
    return differs("answer", "the module answers otherwise than was recorded", made.stateAfter);
  if (!opens(entry, "state_after", body.state.after, made.stateAfter))
    return differs("state_after", "the module leaves another state than was recorded", made.stateAfter);
  return { difference: null, stateAfter: made.stateAfter };
}

export function replayText(report: ReplayReport): string {
  const { decisions, recomputed, otherModule, erased, unknown, firstDifference } = report;
  const lines = [`decisions     ${decisions}, recomputed and equal: ${recomputed}`];
  if (otherModule > 0) lines.push(`other module  ${otherModule}`);
  if (erased > 0) lines.push(`erased        ${erased} not recomputable (erased)`);
  if (unknown > 0)
    lines.push(`unknown       ${unknown} not recomputable (no sidecar entry, or the state before is gone)`);
  lines.push(
    firstDifference === null
      ? "differences   none"
      : `DIFFERS       record ${firstDifference.record} (${firstDifference.what}): ${firstDifference.message}`,
  );
  return `${lines.join("\n")}\n`;
}
