/**
 * From what a host has at hand right after a decision to what a record binds: every member of docs/formats/audit-log.md section 4.
 *
 * Takes plain values only. Who acted, with what, under which trace and with whose approval is read from the request's own bytes, so that a record cannot
 * say another than was decided. A request may be anything: what cannot be told from it is `null`, and the decision is recorded all the same.
 */

import { type Answered, answerBytes, statedAnswer } from "./answer.ts";
import type { ApprovalUsed, DecisionRecordBody } from "./bodies.ts";
import type { DecisionInput } from "./commitment.ts";

export interface Decided {
  /** Of the module that decided; `digest` is `sha256:` and 64 hex digits over its bytes. */
  readonly contract: DecisionRecordBody["contract"];
  /** The bytes that the module was asked with: a replay asks with them again. */
  readonly request: Uint8Array;
  readonly answer: Answered & { readonly state: Uint8Array };
  /** Hex, as the runtime tells it right after the decision; `undefined` where the event has no action. */
  readonly actionDigest: string | undefined;
  /** The session's state that went in. */
  readonly before: Uint8Array;
  /** Whose state it is, as the host keys it; stays in the sidecar. */
  readonly session: string;
}

export function decisionInput({ contract, request, answer, actionDigest, before, session }: Decided): DecisionInput {
  const said = readRequest(request);
  const through = answer.outcome === "allow" || answer.outcome === "allow_with_obligations";
  return {
    ...statedAnswer(answer),
    action: actionBytes(answer, actionDigest),
    agent: said.agent,
    answer: answerBytes(answer),
    approvals: through ? said.approvals.map(approvalOf) : [],
    contract: { digest: contract.digest, name: contract.name, version: contract.version },
    request,
    state: { after: answer.state, before, session },
    tool: said.tool,
    trace_id: said.trace,
  };
}

/** Denials before anything of the event was read: a digest that is told after one is of an earlier event. */
const UNREAD: readonly string[] = ["too_large", "internal"];

/** What the commitment `action` is over: the digest of the canonical action, or nothing where the event has none. */
export function actionBytes(answer: Pick<Answered, "reason">, digest: string | undefined): Uint8Array {
  const none = digest === undefined || UNREAD.includes(answer.reason);
  return none ? new Uint8Array(0) : Uint8Array.from(Buffer.from(digest, "hex"));
}

/** Longer names are not recorded in the clear, or a request that is denied could blow its record up. */
const LONGEST_NAME = 256;

function readRequest(request: Uint8Array) {
  const top = objectOf(parse(request));
  const context = objectOf(top.context);
  return {
    agent: nameOf(objectOf(top.principal).id),
    tool: nameOf(objectOf(top.action).tool),
    trace: nameOf(context.trace_id),
    approvals: listOf(context.approvals),
  };
}

function approvalOf(value: unknown): ApprovalUsed {
  const { by, id, roles, rule, user } = objectOf(value);
  const held = [...(user === true ? ["user"] : []), ...listOf(roles).map(textOf)];
  return { approver: textOf(by), id: textOf(id), role: held.join(", "), rule: textOf(rule) };
}

function parse(request: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(request));
  } catch {
    return null;
  }
}

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null));

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : NOTHING;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Half of a surrogate pair cannot stand in UTF-8; the request's own bytes keep what was sent. */
const textOf = (value: unknown): string =>
  typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : "";

const nameOf = (value: unknown): string | null =>
  typeof value === "string" && value.length <= LONGEST_NAME ? textOf(value) : null;
