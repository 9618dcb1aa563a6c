/**
 * The bodies of records, kind by kind: docs/formats/audit-log.md section 4 as types.
 *
 * `time` is missing here because the writer adds it. What a body may hold is checked when it is written (canonical.ts);
 * how it is read is the verifier's own business, which imports nothing from here.
 */

import type { JsonValue } from "./canonical.ts";

export type DecisionOutcome = "allow" | "allow_with_obligations" | "require_approval" | "deny";

export interface ApprovalUsed {
  readonly approver: string;
  readonly id: string;
  readonly role: string;
  readonly rule: string;
}

/** The format of segments that a writer begins. */
export const FORMAT = "thc-audit-log/2";
/** Those that can still be read, newest first: segments of the first say nothing of what is only observed. */
export const FORMATS = [FORMAT, "thc-audit-log/1"] as const;
export type AuditFormat = (typeof FORMATS)[number];

/** What a rule that is only observed would have done. */
export interface ObservedRule {
  readonly rule: string;
  readonly would: readonly ("deny" | "ask" | "oblige" | "warn" | "label")[];
}

/** An answer of a contract. `action`, `answer`, `request` and `state` are salted commitments (commitment.ts). */
export interface DecisionRecordBody {
  readonly kind: "decision";
  readonly action: string;
  readonly agent: string | null;
  readonly answer: string;
  readonly approvals: readonly ApprovalUsed[];
  readonly contract: { readonly digest: string; readonly name: string; readonly version: string };
  /** False: the contract was only observed, and the call happened whatever the outcome says. */
  readonly enforce: boolean;
  readonly obligations: readonly string[];
  readonly observed: readonly ObservedRule[];
  readonly outcome: DecisionOutcome;
  readonly reason: string | null;
  readonly request: string;
  readonly rules: readonly string[];
  readonly state: { readonly after: string; readonly before: string };
  readonly tags: readonly string[];
  readonly tool: string | null;
  readonly trace_id: string | null;
  /** Milliseconds since 1970 until which the answer counts; `null`: for good. */
  readonly valid_until: number | null;
}

export interface AnchorBody {
  readonly kind: "anchor";
  readonly checkpoint: number;
  readonly nonce: string;
  readonly received: string;
  readonly response: string;
  readonly sent: string;
  readonly tsa: string;
}

export interface AnchorFailedBody {
  readonly kind: "anchor_failed";
  readonly checkpoint: number;
  readonly reason: string;
  readonly tsa: string;
}

/** A record of the host's own. */
export interface HostBody {
  readonly kind: `x_${string}`;
  readonly [key: string]: JsonValue;
}

/** What may be handed to a writer; segments, seals, checkpoints, rotations and recoveries it writes itself. */
export type AppendableBody = DecisionRecordBody | AnchorBody | AnchorFailedBody | HostBody;

/** How long a record may wait for an anchor, as the log declares it. */
export interface Cadence {
  readonly records: number;
  readonly seconds: number;
}
