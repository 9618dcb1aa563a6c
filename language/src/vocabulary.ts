/**
 * The closed word lists that every layer shares, with their wire codes.
 *
 * INVARIANT: codes are append-only. They stand in modules, decisions and state blobs.
 */

/** Outcomes by severity: the join of a decision is the minimum code. */
export const OUTCOMES = ["deny", "require_approval", "allow_with_obligations", "allow"] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** What may stand behind `then` and `else`; part i is bit i of an outcome in modules. */
export const OUTCOME_PARTS = ["deny", "approval", "warn", "with", "redact", "label", "suspend", "cancel"] as const;
export type OutcomePartKind = (typeof OUTCOME_PARTS)[number];

/** What has a state of its own; the index is its number in modules and states. */
export const LEDGERS = ["session", "run", "agent", "team", "global"] as const;
export type Ledger = (typeof LEDGERS)[number];

export const LEVELS = ["read", "write", "delete", "execute"] as const;
export type Level = (typeof LEVELS)[number];

export const RISKS = ["read", "write", "destructive", "critical"] as const;
export type Risk = (typeof RISKS)[number];

/** Of what an inspector finds, the least first; nothing found is `none`. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const OBLIGATION_KINDS = [
  "log_full",
  "signed_receipt",
  "snapshot_first",
  "sandbox",
  "row_limit",
  "timeout",
  "credential",
  "throttle",
  "redact",
] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];

/**
 * Why a decision is what it is; the index is the wire code. The order from `too_large` to `call_id_reused` is also the
 * order in which these checks decide: the first that fails gives the reason (docs/semantics.md, "Checks");
 * `unknown_action`, appended later, stands behind `bad_arguments`, and `tool_drift` before it.
 */
export const REASONS = [
  "none",
  "too_large",
  "bad_utf8",
  "bad_json",
  "duplicate_key",
  "number_range",
  "too_deep",
  "bad_request",
  "unknown_agent",
  "unknown_tool",
  "bad_arguments",
  "bad_facts",
  "bad_state",
  "clock_jump",
  "unknown_call",
  "call_id_reused",
  "no_allow",
  "denied_by_rule",
  "evidence_missing",
  "not_grounded",
  "budget_exceeded",
  "approval_required",
  "obligation_conflict",
  "obligation_not_kept",
  "state_full",
  "internal",
  "unknown_action",
  "tool_drift",
  "bad_chain",
  "suspended",
  "scope_missing",
  "requirement_unmet",
  "outside_delegation",
  "loop_detected",
  "flow_denied",
  "inspection_denied",
] as const;
export type Reason = (typeof REASONS)[number];
