/**
 * The canonical text of a decision record, compiled by hand for its shape: its keys are sorted here, once, by the author.
 *
 * Serialising is the cost of a chain, not hashing; the general serialiser takes several times as long on this record.
 * INVARIANT: equal to `canonicalMembers({ ...body, time })` for every body (property test), so the two can never drift apart.
 */

import type { ApprovalUsed, DecisionRecordBody, ObservedRule } from "./bodies.ts";
import { canonicalInteger, canonicalString as text } from "./canonical.ts";

/** Names of rules, tools, tags and agents come again in record after record: each is looked through once. */
const MOST_NAMES = 4096;
const LONGEST_NAME = 80;
const names = new Map<string, string>();

function name(value: string): string {
  const known = names.get(value);
  if (known !== undefined) return known;
  const written = text(value);
  if (names.size < MOST_NAMES && value.length <= LONGEST_NAME) names.set(value, written);
  return written;
}

const optional = (value: string | null): string => (value === null ? "null" : name(value));

function texts(list: readonly string[]): string {
  let out = "[";
  for (let i = 0; i < list.length; i++) out += (i === 0 ? "" : ",") + name(list[i] as string);
  return `${out}]`;
}

function approvals(list: readonly ApprovalUsed[]): string {
  let out = "[";
  for (const { approver, id, role, rule } of list)
    out += `${out === "[" ? "" : ","}{"approver":${text(approver)},"id":${text(id)},"role":${text(role)},"rule":${text(rule)}}`;
  return `${out}]`;
}

function observed(list: readonly ObservedRule[]): string {
  if (list.length === 0) return "[]";
  return `[${list.map(({ rule, would }) => `{"rule":${name(rule)},"would":${texts(would)}}`).join(",")}]`;
}

export function decisionMembers(body: DecisionRecordBody, time: string): string {
  const { contract, state } = body;
  return (
    `"action":${text(body.action)},"agent":${optional(body.agent)},"answer":${text(body.answer)},"approvals":${approvals(body.approvals)}` +
    `,"contract":{"digest":${name(contract.digest)},"name":${name(contract.name)},"version":${name(contract.version)}}` +
    `,"enforce":${body.enforce ? "true" : "false"},"kind":"decision","obligations":${texts(body.obligations)}` +
    `,"observed":${observed(body.observed)},"outcome":${name(body.outcome)},"reason":${optional(body.reason)}` +
    `,"request":${text(body.request)},"rules":${texts(body.rules)}` +
    `,"state":{"after":${text(state.after)},"before":${text(state.before)}},"tags":${texts(body.tags)}` +
    `,"time":"${time}","tool":${optional(body.tool)},"trace_id":${body.trace_id === null ? "null" : text(body.trace_id)}` +
    `,"valid_until":${body.valid_until === null ? "null" : canonicalInteger(body.valid_until)}`
  );
}
