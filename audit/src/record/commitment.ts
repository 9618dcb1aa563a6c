/**
 * Salted commitments and the sidecar line that opens them (docs/formats/audit-log.md section 8).
 *
 * A digest of a request, an action or a state can be guessed from likely values; a commitment with 128 random bits cannot, and once its salt
 * is erased nobody can confirm a guess. Each value has a salt of its own, so one can be disclosed without the others.
 */

import { hash, randomFillSync } from "node:crypto";
import type { DecisionRecordBody } from "./bodies.ts";

export const COMMITTED = ["action", "answer", "request", "state_after", "state_before"] as const;
export type CommitmentLabel = (typeof COMMITTED)[number];

/** A decision as the host knows it: values in the clear, of which only commitments reach the log. */
export interface DecisionInput extends Omit<DecisionRecordBody, "action" | "answer" | "kind" | "request" | "state"> {
  readonly action: Uint8Array;
  readonly answer: Uint8Array;
  readonly request: Uint8Array;
  /** `session` names whose state it is; it stays in the sidecar. */
  readonly state: { readonly after: Uint8Array; readonly before: Uint8Array; readonly session: string };
}

const SALT_BYTES = 16;
const PREFIX = 0x02;

export function commitmentOf(label: string, salt: Uint8Array, value: Uint8Array): string {
  const name = Buffer.from(label, "ascii");
  return hash("sha256", Buffer.concat([Buffer.of(PREFIX), salt, Buffer.of(name.length), name, value]), "hex");
}

export interface CommittedDecision {
  readonly body: DecisionRecordBody;
  /** The sidecar line for a record number, without its end. `state` is left out where it continues the session's record before. */
  readonly sidecarLine: (record: number, withState: boolean) => string;
}

export function commitDecision(input: DecisionInput): CommittedDecision {
  const salts = randomFillSync(Buffer.alloc(SALT_BYTES * COMMITTED.length));
  const values: Readonly<Record<CommitmentLabel, Uint8Array>> = {
    action: input.action,
    answer: input.answer,
    request: input.request,
    state_after: input.state.after,
    state_before: input.state.before,
  };
  const salt = (i: number) => salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES);
  const [action, answer, request, after, before] = COMMITTED.map((label, i) =>
    commitmentOf(label, salt(i), values[label]),
  ) as [string, string, string, string, string];
  const { state, ...rest } = input;
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  return {
    body: { ...rest, kind: "decision", action, answer, request, state: { after, before } },
    sidecarLine: (record, withState) =>
      JSON.stringify({
        record,
        action: base64(input.action),
        answer: base64(input.answer),
        request: base64(input.request),
        salts: Object.fromEntries(COMMITTED.map((label, i) => [label, base64(salt(i))])),
        session: state.session,
        state: withState ? base64(state.before) : null,
      }),
  };
}
