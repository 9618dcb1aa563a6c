/**
 * The answer of a module as bytes (docs/formats/audit-log.md section 4): what the commitment `answer` commits to, and what a replay compares.
 *
 * Defined here alone, over a plain shape that a runtime's decision has, so that a log can be written and replayed without this package knowing a runtime.
 * Every member always stands there; the state and functions are not part of the answer.
 */

import { type AuditFormat, type DecisionOutcome, FORMAT, type ObservedRule } from "./bodies.ts";
import { canonicalText } from "./canonical.ts";

export type AnsweredObligation =
  | { readonly kind: "log_full" | "signed_receipt" | "snapshot_first" }
  | { readonly kind: "sandbox"; readonly profile: string }
  | { readonly kind: "row_limit"; readonly rows: number }
  | { readonly kind: "timeout" | "credential"; readonly ms: number }
  | { readonly kind: "throttle"; readonly count: number; readonly ms: number }
  | { readonly kind: "redact"; readonly field: string; readonly classes: readonly string[] };

/** A decision as a runtime answers it; members that an outcome does not have are left out. */
export interface Answered {
  readonly outcome: DecisionOutcome;
  /** `none` where nothing speaks against it. */
  readonly reason: string;
  readonly rules: readonly string[];
  readonly because: readonly { readonly rule: string; readonly text: string }[];
  readonly maps: readonly string[];
  readonly warnings: readonly string[];
  readonly hints: readonly { readonly rule: string; readonly tools: readonly string[] }[];
  readonly duplicate: boolean;
  readonly clockBehind: boolean;
  readonly obligations?: readonly AnsweredObligation[];
  readonly approvals?: readonly {
    readonly rule: string;
    readonly roles: readonly string[] | undefined;
    readonly quorum: number;
    readonly expires: number | undefined;
    readonly once: boolean;
    readonly digest: string;
  }[];
  readonly fault?: string | undefined;
  readonly enforce: boolean;
  readonly observed: readonly ObservedRule[];
  readonly validUntil?: number | undefined;
}

/** @throws AuditFailure where the answer holds what no record can, such as half of a surrogate pair */
export function answerBytes(answer: Answered, format: AuditFormat = FORMAT): Uint8Array {
  const text = canonicalText({
    approvals: (answer.approvals ?? []).map(({ rule, roles, quorum, expires, once, digest }) => ({
      digest,
      expires: expires ?? null,
      once,
      quorum,
      roles: roles ?? null,
      rule,
    })),
    because: answer.because.map(({ rule, text }) => ({ rule, text })),
    clock_behind: answer.clockBehind,
    duplicate: answer.duplicate,
    ...(format === FORMAT ? unenforced(answer) : {}),
    fault: answer.fault ?? null,
    hints: answer.hints.map(({ rule, tools }) => ({ rule, tools })),
    maps: answer.maps,
    obligations: obligationTexts(answer),
    outcome: answer.outcome,
    reason: answer.reason,
    rules: answer.rules,
    warnings: answer.warnings,
  });
  return new TextEncoder().encode(text);
}

/** What the first format does not have. */
function unenforced({ enforce, observed, validUntil }: Answered) {
  return {
    enforce,
    observed: observed.map(({ rule, would }) => ({ rule, would })),
    valid_until: validUntil ?? null,
  };
}

/** The part of an answer that stands in its record in the clear. */
export interface StatedAnswer {
  readonly enforce: boolean;
  readonly obligations: readonly string[];
  readonly observed: readonly ObservedRule[];
  readonly outcome: DecisionOutcome;
  readonly reason: string | null;
  readonly rules: readonly string[];
  readonly tags: readonly string[];
  readonly valid_until: number | null;
}

export function statedAnswer(answer: Answered): StatedAnswer {
  return {
    ...unenforced(answer),
    obligations: obligationTexts(answer),
    outcome: answer.outcome,
    reason: answer.reason === "none" ? null : answer.reason,
    rules: answer.rules,
    tags: answer.maps,
  };
}

const obligationTexts = (answer: Answered): readonly string[] => (answer.obligations ?? []).map(obligationText);

/** As a contract spells it; equal obligations are spelled alike. */
function obligationText(obligation: AnsweredObligation): string {
  switch (obligation.kind) {
    case "log_full":
    case "signed_receipt":
    case "snapshot_first":
      return obligation.kind;
    case "sandbox":
      return `sandbox(${obligation.profile})`;
    case "row_limit":
      return `row_limit(${obligation.rows})`;
    case "timeout":
    case "credential":
      return `${obligation.kind}(${durationText(obligation.ms)})`;
    case "throttle":
      return `throttle(${obligation.count} per ${durationText(obligation.ms)})`;
    case "redact":
      return `redact(${[obligation.field, ...[...obligation.classes].sort()].join(", ")})`;
    default:
      return unreachable(obligation);
  }
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** The largest unit that leaves a whole number: `90s`, `15m`, `1h`. */
function durationText(ms: number): string {
  const fitting = UNITS.find(([, size]) => ms >= size && ms % size === 0);
  return fitting === undefined ? `${ms}ms` : `${ms / fitting[1]}${fitting[0]}`;
}

function unreachable(value: never): never {
  throw new Error(`an obligation of kind \`${String((value as { readonly kind?: unknown }).kind)}\` has no spelling`);
}
