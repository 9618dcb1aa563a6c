/**
 * What tools take and return. A name has one type in all tools (optional or not), so that rules over several tools stay
 * well typed whichever they pick.
 */
import { fact, listOf, literals, mapOf, optional, record, T, unionOf } from "../../contracts/build.ts";
import type { Fact, Field, Level, Param, Tool, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { SEVERITY } from "./cloud.ts";

const EUR: Type = { kind: "money", currency: "EUR", minor: false };
const MODE = literals("fast", "safe", "slow mode");
const ITEM = record({ id: T.id, price: T.usd, mail: T.email, note: optional(T.text), tags: listOf(T.text) });

/** No two of its cases have a field of one name, so that the printed text says which is meant. */
const SOURCE = unionOf("type", {
  image: { link: T.url, size: optional(T.int) },
  file: { path: T.path, due: optional(unionOf("kind", { day: { day: T.date }, never: {} })) },
  "in-line": { body: T.text, env: mapOf(T.text) },
});

const ARGUMENTS: readonly (readonly [name: string, type: Type])[] = [
  ["order_id", T.id],
  ["customer", T.id],
  ["model", T.id],
  ["amount", T.usd],
  ["fee", T.cents],
  ["euros", EUR],
  ["count", T.int],
  ["ratio", T.decimal],
  ["note", T.text],
  ["mode", MODE],
  ["to", T.email],
  ["link", T.url],
  ["host", T.host],
  ["file", T.path],
  ["flag", T.bool],
  ["tos", listOf(T.email)],
  ["files", listOf(T.path)],
  ["links", listOf(T.url)],
  ["hosts", listOf(T.host)],
  ["ids", listOf(T.id)],
  ["lines", listOf(T.text)],
  ["nums", listOf(T.int)],
  ["meta", record({ owner: optional(T.email), level: T.int, where: record({ dir: T.path, ok: T.bool }) })],
  ["items", listOf(ITEM)],
  ["blob", T.json],
  ["env", mapOf(T.text)],
  ["limits", mapOf(T.usd)],
  ["mounts", mapOf(T.path)],
  ["parts", mapOf(record({ mail: T.email, tags: listOf(T.text) }))],
  ["nested", mapOf(mapOf(T.int))],
  ["source", SOURCE],
  ["blocks", listOf(SOURCE)],
  ["volumes", mapOf(SOURCE)],
  ["jobs", listOf(record({ id: T.id, env: mapOf(T.text) }))],
  ["addr", T.ip],
  ["addrs", listOf(T.ip)],
  ["query", T.sql],
  ["queries", listOf(T.sql)],
  ["iban", T.account],
  ["ibans", listOf(T.account)],
  ["day", T.date],
  ["days", listOf(T.date)],
  ["at", T.time],
  ["ttl", T.duration],
  ["ttls", listOf(T.duration)],
  ["command", T.command],
  ["script", T.command],
  ["commands", listOf(T.command)],
];
const DESTINATIONS = new Set(["to", "tos", "link", "links", "host", "hosts"]);

const RESULTS: readonly (readonly [name: string, type: Type])[] = [
  ["order_id", T.id],
  ["total", T.usd],
  ["cents", T.cents],
  ["size", T.int],
  ["mail", T.email],
  ["mails", listOf(T.email)],
  ["link", T.url],
  ["host", T.host],
  ["file", T.path],
  ["title", T.text],
  ["notes", listOf(T.text)],
  ["mode", MODE],
  ["done", T.bool],
  ["owner", record({ mail: T.email, id: optional(T.id) })],
  ["rows", listOf(record({ id: T.id, mail: T.email, price: T.usd }))],
  ["extra", T.json],
  ["env", mapOf(T.text)],
  ["sizes", mapOf(T.int)],
  ["body", SOURCE],
  ["addr", T.ip],
  ["iban", T.account],
  ["asked", T.sql],
  ["due", T.date],
  ["typed", T.command],
  ["slots", listOf(record({ start: T.time, length: T.duration }))],
];

const TOOL_NAMES = [
  "orders.lookup",
  "orders.list",
  "refund.issue",
  "mail.send",
  "web.fetch",
  "files.write",
  "net",
  "db.query",
  "model.invoke",
];

export function toolNames(random: Random, most: number): readonly string[] {
  return random.some(TOOL_NAMES, most);
}

export function makeTool(name: string, random: Random): Tool {
  const picked = random.some(ARGUMENTS, random.chance(0.1) ? 12 : 5);
  const model = ARGUMENTS.filter(([n]) => n === "model" && name === "model.invoke");
  const params: Param[] = [...model, ...picked.filter((each) => !model.includes(each))].map(([n, type]) => ({
    name: n,
    type: random.chance(0.25) ? optional(type) : type,
    dest: DESTINATIONS.has(n) && random.chance(0.7),
  }));
  const levels: readonly Level[] = random.chance(0.4)
    ? ["read"]
    : random.some(["read", "write", "delete", "execute"], 2);
  const irreversible = random.chance(0.2);
  return {
    name,
    params: random.chance(0.05) ? params.slice(0, model.length) : params,
    returns: random.chance(0.75) ? makeReturns(random) : undefined,
    levels,
    external: random.chance(0.3),
    irreversible,
    risk: riskOf(levels, irreversible),
    action: undefined,
    cases: [],
    riskByLevel: true,
    open: random.chance(0.1),
    definition: undefined,
    gives: [],
    trusted: undefined,
    severity: SEVERITY[riskOf(levels, irreversible)],
    span: { start: 0, end: 0 },
  };
}

function makeReturns(random: Random): Type {
  const fields: Field[] = random.some(RESULTS, 5).map(([name, type]) => ({
    name,
    type: random.chance(0.15) ? optional(type) : type,
  }));
  const whole: Type = { kind: "record", fields };
  return random.weighted<Type>([
    [8, () => whole],
    [3, () => listOf(whole)],
    [1, () => random.pick(RESULTS)[1]],
  ]);
}

function riskOf(levels: readonly Level[], irreversible: boolean): Tool["risk"] {
  const lifted = { read: "write", write: "destructive", delete: "critical", execute: "critical" } as const;
  const plain = { read: "read", write: "write", delete: "destructive", execute: "destructive" } as const;
  const order = ["read", "write", "destructive", "critical"] as const;
  return order[Math.max(...levels.map((l) => order.indexOf(irreversible ? lifted[l] : plain[l])))]!;
}

const FACTS: readonly ((random: Random) => Fact)[] = [
  () => fact("resource", "env", literals("prod", "staging", "dev")),
  (r) => fact("resource", "affected", r.chance(0.5) ? T.int : optional(T.int)),
  (r) => fact("resource", "rollback", r.chance(0.5) ? T.bool : optional(T.bool)),
  (r) => fact("resource", "size", r.chance(0.5) ? T.int : optional(T.int)),
  () => fact("principal", "trust", T.decimal, { low: { digits: 0n, exponent: 0 }, high: { digits: 1n, exponent: 0 } }),
  (r) => fact("principal", "mail", r.chance(0.5) ? T.email : optional(T.email)),
  () => fact("principal", "account", optional(T.id)),
  () => fact("context", "drill", T.bool),
  () => fact("context", "watch", optional(listOf(T.host))),
  () => fact("resource", "labels", listOf(T.text)),
  (r) => fact("resource", "tags", r.chance(0.5) ? mapOf(T.text) : optional(mapOf(T.text))),
  () => fact("action", "origin", optional(T.url)),
  () => fact("resource", "root", T.path),
  (r) => fact("resource", "since", r.chance(0.5) ? T.time : optional(T.time)),
  () => fact("context", "peer", T.ip),
  () => fact("resource", "window", T.duration),
  (r) => fact("resource", "hook", r.chance(0.5) ? T.command : optional(T.command)),
];

export function makeFacts(random: Random): readonly Fact[] {
  if (random.chance(0.4)) return [];
  return random
    .some(FACTS, 4)
    .map((make) => make(random))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
