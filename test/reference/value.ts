/**
 * Values: absent, unknown or known, and how JSON becomes one under a type (docs/semantics.md §3).
 *
 * What was sent is kept beside the canonical form: grounding compares texts, paths and the agent's echoes as sent.
 */

import { type Actions, canonicalAction } from "./action.ts";
import { canonicalAccount } from "./canonical/account.ts";
import { canonicalEmail } from "./canonical/email.ts";
import { canonicalHost } from "./canonical/host.ts";
import { canonicalIp } from "./canonical/ip.ts";
import { dateValue, durationValue, timeValue } from "./canonical/moment.ts";
import { canonicalPath, literalPath } from "./canonical/path.ts";
import { canonicalUrl } from "./canonical/url.ts";
import { readCommand, type Segment } from "./command/command.ts";
import type { Decimal, Field, Tool, Type } from "./contract.ts";
import { decimal, safeInteger } from "./decimal.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { classifySql } from "./sql/classify.ts";
import { unreachable } from "./unreachable.ts";

export type Value =
  | { readonly kind: "absent" }
  /** Present, but nobody knows what it is: no canonical form, too long, not sent though the contract says it is. */
  | { readonly kind: "unknown" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: Decimal; readonly sent: Decimal }
  | { readonly kind: "text"; readonly text: string; readonly sent: string }
  /** A date, a time, a duration, in seconds. */
  | { readonly kind: "moment"; readonly value: Decimal; readonly sent: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** Members in the bytewise order of their names. */
  | { readonly kind: "map"; readonly fields: ReadonlyMap<string, Value>; readonly sent: JsonObject }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, Value> }
  /** What it runs, by member; as text nobody compares it. */
  | { readonly kind: "command"; readonly members: ReadonlyMap<string, Value>; readonly sent: string }
  | { readonly kind: "json"; readonly value: JsonValue };

export const ABSENT: Value = { kind: "absent" };
export const UNKNOWN: Value = { kind: "unknown" };

export interface Typing {
  readonly actions: Actions;
  /** Canonical; undefined when the request has none that is known. */
  readonly cwd: string | undefined;
  /** Members that the type does not declare: refused in arguments and facts, ignored in results. */
  readonly undeclared: "refused" | "ignored";
  /** A declared member that is missing is unknown instead of a misfit. */
  readonly partial: boolean;
}

export const LONGEST_LIST = 1_024;

/** The value of `json` under `type`, or undefined when it does not fit. */
export function typed(type: Type, json: JsonValue, typing: Typing): Value | undefined {
  switch (type.kind) {
    case "optional":
      return json.kind === "null" ? ABSENT : typed(type.of, json, typing);
    case "bool":
      return json.kind === "bool" ? { kind: "bool", value: json.value } : undefined;
    case "int":
      return json.kind === "number" && safeInteger(json.value) !== undefined
        ? { kind: "number", value: json.value, sent: json.value }
        : undefined;
    case "decimal":
      return json.kind === "number" ? { kind: "number", value: json.value, sent: json.value } : undefined;
    case "money":
      return json.kind === "number" ? money(json.value, type.minor) : undefined;
    case "text":
    case "id":
    case "literals":
    case "email":
    case "url":
    case "host":
    case "path":
    case "cloud_action":
    case "ip":
    case "account":
    case "sql":
      return json.kind === "string" ? text(type, json.value, typing) : undefined;
    case "command":
      return json.kind === "string" ? command(json.value, typing.cwd) : undefined;
    case "date":
      return json.kind === "string" ? moment(dateValue, json.value) : undefined;
    case "time":
      return json.kind === "string" ? moment(timeValue, json.value) : undefined;
    case "duration":
      return json.kind === "string" ? moment(durationValue, json.value) : undefined;
    case "list":
      return json.kind === "array" ? list(type.element, json.items, typing) : undefined;
    case "map":
      return json.kind === "object" ? map(type.value, json, typing) : undefined;
    case "union": {
      const said = json.kind === "object" ? json.members.get(type.tag) : undefined;
      const found = type.cases.find(({ name }) => said?.kind === "string" && said.value === name);
      const value = found && typed(found.type, json, typing);
      if (value === undefined) return undefined;
      return { kind: "record", fields: new Map(type.cases.map((c) => [c.name, c === found ? value : ABSENT])) };
    }
    case "record":
      return json.kind === "object" ? typedRecord(type.fields, json, typing) : undefined;
    case "json":
      return { kind: "json", value: json };
    default:
      return unreachable(type);
  }
}

function money(sent: Decimal, minor: boolean): Value | undefined {
  if (!minor) return { kind: "number", value: sent, sent };
  if (safeInteger(sent) === undefined) return undefined;
  return { kind: "number", value: decimal(sent.digits, sent.exponent - 2), sent };
}

function text(type: Type, sent: string, typing: Typing): Value | undefined {
  if (type.kind === "literals" && !type.values.includes(sent)) return undefined;
  const form = canonicalText(type, sent, typing);
  return form === undefined ? UNKNOWN : { kind: "text", text: form, sent };
}

function canonicalText(type: Type, sent: string, { cwd, actions }: Typing): string | undefined {
  switch (type.kind) {
    case "email":
      return canonicalEmail(sent);
    case "url":
      return canonicalUrl(sent);
    case "host":
      return canonicalHost(sent);
    case "path":
      return canonicalPath(sent, cwd);
    case "cloud_action":
      return canonicalAction(sent, actions);
    case "ip":
      return canonicalIp(sent);
    case "account":
      return canonicalAccount(sent);
    case "sql":
      return classifySql(sent) === undefined ? undefined : sent;
    default:
      return sent;
  }
}

function command(sent: string, cwd: string | undefined): Value {
  const read = readCommand(sent);
  if (read === undefined) return UNKNOWN;
  const { segments, countless } = read;
  const members = new Map<string, Value>([
    ["segments", { kind: "list", items: segments.map(segmentValue) }],
    ["programs", { kind: "list", items: segments.map((s) => known(s.program)) }],
    [
      "paths",
      listed(
        countless.has("paths"),
        read.paths.map((p) => known(literalPath(p, cwd))),
      ),
    ],
    ["hosts", listed(countless.has("hosts"), read.hosts.map(known))],
    [
      "writes",
      listed(
        countless.has("writes"),
        read.writes.map((p) => known(literalPath(p, cwd))),
      ),
    ],
  ]);
  return { kind: "command", members, sent };
}

const listed = (countless: boolean, items: readonly Value[]): Value =>
  countless || items.length > LONGEST_LIST ? UNKNOWN : { kind: "list", items };

function segmentValue({ program, words, adds, from }: Segment): Value {
  const countless = adds || words.some((w) => w.many);
  const args = words.map((w) => known(w.known ? w.text : undefined));
  const fields = new Map<string, Value>([
    ["program", known(program)],
    ["args", countless ? UNKNOWN : { kind: "list", items: args }],
    ["stdin_from", { kind: "list", items: from.map(known) }],
  ]);
  return { kind: "record", fields };
}

const known = (of: string | undefined): Value => (of === undefined ? UNKNOWN : { kind: "text", text: of, sent: of });

function moment(read: (text: string) => Decimal | undefined, sent: string): Value {
  const value = read(sent);
  return value === undefined ? UNKNOWN : { kind: "moment", value, sent };
}

/** What is ordered and computed with. */
export function numberOf(value: Value): Decimal | undefined {
  return value.kind === "number" || value.kind === "moment" ? value.value : undefined;
}

function list(element: Type, items: readonly JsonValue[], typing: Typing): Value | undefined {
  const values: Value[] = [];
  for (const item of items) {
    const value = typed(element, item, typing);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.length > LONGEST_LIST ? UNKNOWN : { kind: "list", items: values };
}

function map(type: Type, sent: JsonObject, typing: Typing): Value | undefined {
  const fields = new Map<string, Value>();
  const members = [...sent.members].sort(([a], [b]) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8")));
  for (const [key, json] of members) {
    const value = typed(type, json, typing);
    if (value === undefined) return undefined;
    fields.set(key, value);
  }
  return { kind: "map", fields, sent };
}

/** The arguments of a call. Of an open tool, what it does not declare is passed over; what lies in its arguments is not. */
export function typedArguments({ params, open }: Tool, json: JsonObject, typing: Typing): Value | undefined {
  const declared = new Map([...json.members].filter(([name]) => !open || params.some((p) => p.name === name)));
  return typedRecord(params, { ...json, members: declared }, typing);
}

function typedRecord(fields: readonly Field[], json: JsonObject, typing: Typing): Value | undefined {
  const values = new Map<string, Value>();
  for (const field of fields) {
    const value = typedMember(field.type, json.members.get(field.name), typing);
    if (value === undefined) return undefined;
    values.set(field.name, value);
  }
  if (typing.undeclared === "refused" && [...json.members.keys()].some((name) => !values.has(name))) return undefined;
  return { kind: "record", fields: values };
}

function typedMember(type: Type, json: JsonValue | undefined, typing: Typing): Value | undefined {
  if (json === undefined) return typing.partial ? UNKNOWN : type.kind === "optional" ? ABSENT : undefined;
  if (json.kind === "null" && type.kind !== "optional") return undefined;
  return typed(type, json, typing);
}

/** Equality of two known scalars; undefined when a side is not known or they are no scalars. */
export function equalValues(a: Value, b: Value): boolean | undefined {
  if (a.kind === "bool" && b.kind === "bool") return a.value === b.value;
  if (a.kind === "text" && b.kind === "text") return a.text === b.text;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === undefined || y === undefined) return undefined;
  return x.digits === y.digits && x.exponent === y.exponent;
}
