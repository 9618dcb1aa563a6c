/**
 * The canonical text of a decision record, compiled by hand for its shape: its keys are sorted here, once, by the author.
 *
 * Serialising is the cost of a chain, not hashing; the general serialiser takes several times as long on this record.
 * INVARIANT: equal to `canonicalMembers({ ...body, time })` for every body (property test), so the two can never drift apart.
 */

import type { ApprovalUsed, DecisionRecordBody } from "./bodies.ts";
import { canonicalString as text } from "./canonical.ts";

const optional = (value: string | null): string => (value === null ? "null" : text(value));

function texts(list: readonly string[]): string {
  let out = "[";
  for (let i = 0; i < list.length; i++) out += (i === 0 ? "" : ",") + text(list[i] as string);
  return `${out}]`;
}

function approvals(list: readonly ApprovalUsed[]): string {
  let out = "[";
  for (const { approver, id, role, rule } of list)
    out += `${out === "[" ? "" : ","}{"approver":${text(approver)},"id":${text(id)},"role":${text(role)},"rule":${text(rule)}}`;
  return `${out}]`;
}

export function decisionMembers(body: DecisionRecordBody, time: string): string {
  const { contract, state } = body;
  return (
    `"action":${text(body.action)},"agent":${optional(body.agent)},"answer":${text(body.answer)},"approvals":${approvals(body.approvals)}` +
    `,"contract":{"digest":${text(contract.digest)},"name":${text(contract.name)},"version":${text(contract.version)}}` +
    `,"kind":"decision","obligations":${texts(body.obligations)},"outcome":${text(body.outcome)},"reason":${optional(body.reason)}` +
    `,"request":${text(body.request)},"rules":${texts(body.rules)}` +
    `,"state":{"after":${text(state.after)},"before":${text(state.before)}},"tags":${texts(body.tags)}` +
    `,"time":"${time}","tool":${optional(body.tool)},"trace_id":${optional(body.trace_id)}`
  );
}
