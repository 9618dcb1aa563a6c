/**
 * The answer to one event, decoded.
 *
 * A decision is a value: what an enforcement point needs stands in it, and `state` is the session's next blob. `explain`
 * reads what the kernel still holds, so it must be called before the next `decide` of the same module (it says so if not).
 */
import type { Blobs } from "./blobs.ts";

export type Reason =
  | "none"
  | "too_large"
  | "bad_utf8"
  | "bad_json"
  | "duplicate_key"
  | "number_range"
  | "too_deep"
  | "bad_request"
  | "unknown_agent"
  | "unknown_tool"
  | "bad_arguments"
  | "bad_facts"
  | "bad_state"
  | "clock_jump"
  | "unknown_call"
  | "call_id_reused"
  | "no_allow"
  | "denied_by_rule"
  | "evidence_missing"
  | "not_grounded"
  | "budget_exceeded"
  | "approval_required"
  | "obligation_conflict"
  | "obligation_not_kept"
  | "state_full"
  | "internal"
  | "unknown_action"
  | "tool_drift"
  | "bad_chain"
  | "suspended"
  | "scope_missing"
  | "requirement_unmet"
  | "outside_delegation"
  | "loop_detected"
  | "flow_denied"
  | "inspection_denied";
export type DenyReason = Exclude<Reason, "none" | "approval_required">;

export type NonEmpty<T> = readonly [T, ...T[]];

/** As in the manifest; `kind` is what the host must be able to carry out and name in `result.kept`. */
export type Obligation =
  | { readonly kind: "log_full" | "signed_receipt" | "snapshot_first" }
  | { readonly kind: "sandbox"; readonly profile: string }
  | { readonly kind: "row_limit"; readonly rows: number }
  | { readonly kind: "timeout" | "credential"; readonly ms: number }
  | { readonly kind: "throttle"; readonly count: number; readonly ms: number }
  | { readonly kind: "redact"; readonly field: string; readonly classes: readonly string[] };

/** What a person must grant so that this rule no longer asks. `digest`: 64 hex digits, binds what the rule looked at. */
export interface ApprovalRequest {
  readonly rule: string;
  /** Undefined: the session's verified user. */
  readonly roles: readonly string[] | undefined;
  readonly quorum: number;
  /** Milliseconds from the grant. */
  readonly expires: number | undefined;
  readonly once: boolean;
  /**
   * Undefined: the whole call is bound. Else only these arguments (`amount`) and fields of the request (`resource.env`): the others may
   * differ when the approval is used, which whoever grants it should be told.
   */
  readonly binds: readonly string[] | undefined;
  readonly digest: string;
}

/** An earlier call that is missing. */
export interface Hint {
  readonly rule: string;
  readonly tools: readonly string[];
  /** By argument of such a call: the argument of this one whose value it has to have. */
  readonly matching: { readonly [argument: string]: string };
}

/** What a rule would have done if it were enforced: denied, asked, carried obligations, warned, given a label. */
export interface ObservedRule {
  readonly rule: string;
  readonly would: readonly WouldDo[];
}
export type WouldDo = "deny" | "ask" | "oblige" | "warn" | "label";

export type Level = "read" | "write" | "delete" | "execute";
export type Risk = "read" | "write" | "destructive" | "critical";
/** How much harm the call could do, as far as the request says (docs/registry.md, "Blast radius"). */
export interface BlastRadius {
  readonly environment: "dev" | "test" | "staging" | "prod";
  /** Absent when the host did not say. */
  readonly resource_count_estimate?: number;
  readonly rollback_available: boolean;
  /** From 0 to 1, a whole number of thousandths. */
  readonly score: number;
}

export type Severity = "low" | "medium" | "high" | "critical";
/** What an inspection found in one text; the text itself is not repeated. */
export interface Finding {
  readonly inspector: string;
  readonly class: string;
  readonly severity: Severity;
  /** A JSON pointer (RFC 6901), from what was inspected on: the arguments. */
  readonly path: string;
  /** Found in the name of the member there, not in its value. */
  readonly isName: boolean;
  /** How often it was encoded: 0 means that it stood there as it is. */
  readonly layers: number;
}
export interface Inspected {
  /** Of what the rules asked about: the first 32. */
  readonly findings: readonly Finding[];
  /** There was more than may be read, or it was encoded too deep; it counts as everything, and nothing is listed. */
  readonly overLimit: boolean;
  /** There is more than the list can hold. */
  readonly more: boolean;
}

interface Answer {
  /** What the call does, as far as the rules were asked about it; empty for results, messages and what was refused before. */
  readonly levels: readonly Level[];
  readonly risk: Risk | undefined;
  /** Of contracts that link cloud actions or read `blast`: the largest of those that they read. */
  readonly blast: BlastRadius | undefined;
  /** Names of the determining rules, sorted. */
  readonly rules: readonly string[];
  /** The determining rules' own words, in the order of `rules`; rules without `because` are left out. */
  readonly because: readonly { readonly rule: string; readonly text: string }[];
  /** What to do instead: of the determining rules that say so, when the call was not let through. */
  readonly suggestions: readonly { readonly rule: string; readonly instead: string; readonly because?: string }[];
  /** Framework tags of the determining rules, sorted. */
  readonly maps: readonly string[];
  readonly warnings: readonly string[];
  /** False: the whole contract is only observed; the outcome is what it would be, and the call happens whatever it is. */
  readonly enforce: boolean;
  /** Rules that are only observed and would have had an effect, and which; sorted by name. */
  readonly observed: readonly ObservedRule[];
  readonly hints: readonly Hint[];
  /** What this call gave the session, of the labels that some rule reads; sorted. */
  readonly labels: readonly string[];
  /** What inspections saw; undefined: none looked. */
  readonly inspected: Inspected | undefined;
  /**
   * Of a chunk: how many bytes (of UTF-8) may be passed on, of those that were held back before and then of its own. The others wait for
   * the next chunk; when the answer is a denial, they are thrown away. Undefined for all other events.
   */
  readonly release: number | undefined;
  /** This call id was answered before; the answer is that one. */
  readonly duplicate: boolean;
  /** The request's time lies more than 5 s behind its session. */
  readonly clockBehind: boolean;
  /**
   * Of a result that may be handed on: it does not fit what its tool `returns`, so it is no evidence and grounds nothing. The contract
   * or the tool is wrong, and whoever keeps them should hear of it.
   */
  readonly unfit: boolean;
  /** Of a call that is not let through: milliseconds until the budgets that it exceeds have room for it, if they ever do. */
  readonly retryAfter: number | undefined;
  /** Milliseconds since 1970 after which the answer no longer counts and is asked for again; undefined: it counts for good. */
  readonly validUntil: number | undefined;
  /** The session's next state; equal to what went in when nothing was written. */
  readonly state: Uint8Array;
  /** The next states of all ledgers that the contract keeps, the session's too; what was not written is what went in, identically. */
  readonly blobs: Blobs;
  /** Which event of its module this was, counted from 1. */
  readonly event: number;
  /** Call it as a method of its decision. */
  readonly explain: () => Explanation;
}
export type Decision = Answer &
  (
    | { readonly outcome: "allow"; readonly reason: "none" }
    | {
        readonly outcome: "allow_with_obligations";
        readonly reason: "none";
        readonly obligations: NonEmpty<Obligation>;
      }
    | {
        readonly outcome: "require_approval";
        readonly reason: "approval_required";
        readonly approvals: NonEmpty<ApprovalRequest>;
      }
    | {
        readonly outcome: "deny";
        readonly reason: DenyReason;
        /** Of `bad_state`: what is wrong with the blob. */
        readonly fault: string | undefined;
      }
  );
export type OutcomeName = Decision["outcome"];

export type Truth = "true" | "false" | "unknown";
/** Every rule that took part, with its conditions' atoms and what they were. */
export interface Explanation {
  readonly rules: readonly RuleExplanation[];
  /** Labels of the session that the call saw, of those that some rule reads; sorted. */
  readonly labels: readonly string[];
}
export interface RuleExplanation {
  readonly rule: string;
  readonly kind: string;
  readonly determining: boolean;
  /** Of the `when` condition; "true" when there is none. */
  readonly when: Truth;
  /** Of a requirement or budget. */
  readonly satisfied: boolean | undefined;
  /** It is not enforced: it only says what it would have done. */
  readonly observed: boolean;
  /** Source text of the atom, and its value. */
  readonly atoms: readonly { readonly text: string; readonly value: Truth }[];
}
