/**
 * The shape of a request (docs/semantics.md §1): every member that the page gives a type has it, in every event; those
 * an event needs are there. Everything else is refused as `bad_request`, or ignored where the page does not name it.
 */
import type { Decimal } from "./contract.ts";
import { safeInteger } from "./decimal.ts";
import type { JsonObject, JsonValue } from "./json.ts";

export interface Request {
  readonly event: "call" | "result" | "message" | "chunk";
  readonly principal: string;
  readonly time: number;
  readonly session: string;
  readonly key: string;
  readonly turn: number | undefined;
  /** Empty in a message. */
  readonly callId: string;
  /** Empty unless a call. */
  readonly tool: string;
  readonly args: JsonObject;
  /** Of the tool's live definition, when the host sends it. */
  readonly digest: string | undefined;
  readonly approvals: readonly ApprovalEntry[];
  /** Whom the call is made for, the first first; empty: for nobody. Undefined: a list that is too long to be known. */
  readonly chain: readonly Link[] | undefined;
  readonly status: string;
  readonly result: JsonValue;
  readonly partial: boolean;
  readonly noEffect: boolean;
  readonly kept: readonly string[];
  readonly ledgerKey: string;
  /** What the call is expected to cost, and what it did. */
  readonly estimate: Figures;
  readonly actual: Figures;
  readonly from: string;
  readonly text: string;
  readonly chunk: string;
  /** No chunk comes behind it. */
  readonly last: boolean;
  /** The whole, for facts and readable members. */
  readonly whole: JsonObject;
}

export interface Figures {
  readonly cost: Decimal | undefined;
  readonly tokens: Decimal | undefined;
  readonly elapsed: Decimal | undefined;
}

/** One who delegated, when it did so. */
export interface Link {
  readonly id: string;
  /** A person, no agent. */
  readonly user: boolean;
  readonly scopes: readonly string[];
  readonly at: number;
  /** Its members as a principal's. */
  readonly whole: JsonObject;
}
export interface ApprovalEntry {
  readonly id: string;
  readonly rule: string;
  readonly digest: string;
  readonly by: string;
  readonly roles: readonly string[];
  readonly user: boolean;
  readonly at: number;
}

const LONGEST_LIST = 1_024;

type Shape = (value: JsonValue) => boolean;
const isString: Shape = (v) => v.kind === "string";
const isBool: Shape = (v) => v.kind === "bool";
const isObject: Shape = (v) => v.kind === "object";
const isAnything: Shape = () => true;
const isNatural: Shape = (v) => v.kind === "number" && (safeInteger(v.value) ?? -1) >= 0;
const isNumber: Shape = (v) => v.kind === "number";
const isInteger: Shape = (v) => v.kind === "number" && safeInteger(v.value) !== undefined;
const isStrings: Shape = (v) => v.kind === "array" && v.items.every(isString);
const isHex =
  (digits: number): Shape =>
  (v) =>
    v.kind === "string" && v.value.length === digits && /^[0-9a-f]*$/.test(v.value);
const isOneOf =
  (...words: readonly string[]): Shape =>
  (v) =>
    v.kind === "string" && words.includes(v.value);

const APPROVAL: readonly (readonly [name: string, shape: Shape, needed: boolean])[] = [
  ["id", isString, true],
  ["rule", isString, true],
  ["digest", isHex(64), true],
  ["by", isString, true],
  ["roles", isStrings, false],
  ["user", isBool, false],
  ["at", isNatural, true],
];
const LINK: typeof APPROVAL = [
  ["id", isString, true],
  ["team", isString, false],
  ["roles", isStrings, false],
  ["scopes", isStrings, false],
  ["at", isNatural, true],
  ["user", isBool, false],
];
const isListOf =
  (members: typeof APPROVAL): Shape =>
  (v) =>
    v.kind === "array" &&
    v.items.every(
      (item) =>
        item.kind === "object" &&
        members.every(([name, shape, needed]) => {
          const member = given(item, name);
          return member === undefined ? !needed : shape(member);
        }),
    );

const FIGURES = (root: string): readonly (readonly [root: string, name: string, shape: Shape])[] => [
  [root, "cost", isNumber],
  [root, "tokens", isInteger],
  [root, "elapsed", isInteger],
];
const ROOTS = ["principal", "action", "resource", "context", "result", "message", "chunk"];
const MEMBERS: readonly (readonly [root: string, name: string, shape: Shape])[] = [
  ["principal", "id", isString],
  ["principal", "team", isString],
  ["principal", "roles", isStrings],
  ["principal", "scopes", isStrings],
  ["action", "tool", isString],
  ["action", "args", isObject],
  ["action", "digest", isString],
  ["context", "time", isNatural],
  ["context", "call_id", isString],
  ["context", "session", isString],
  ["context", "key", isHex(32)],
  ["context", "turn", isNatural],
  ["context", "run", isString],
  ["context", "task", isString],
  ["context", "origin", isString],
  ["context", "cwd", isString],
  ["context", "ledger_key", isHex(32)],
  ...FIGURES("context"),
  ["context", "approvals", isListOf(APPROVAL)],
  ["principal", "chain", isListOf(LINK)],
  ["result", "status", isOneOf("ok", "failed", "withheld")],
  ["result", "value", isAnything],
  ["result", "partial", isBool],
  ["result", "no_effect", isBool],
  ["result", "kept", isStrings],
  ...FIGURES("result"),
  ["message", "from", isString],
  ["message", "text", isString],
  ["chunk", "text", isString],
  ["chunk", "last", isBool],
];
const ALWAYS = ["principal.id", "context.time"];
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ["call", [...ALWAYS, "action.tool", "context.call_id"]],
  ["result", [...ALWAYS, "context.call_id", "result.status"]],
  ["message", [...ALWAYS, "message.from", "message.text"]],
  ["chunk", [...ALWAYS, "context.call_id", "chunk.text"]],
]);

export function readRequest(whole: JsonObject): Request | "bad_request" {
  const event = given(whole, "event");
  const needed = event?.kind === "string" ? NEEDED.get(event.value) : undefined;
  if (needed === undefined) return "bad_request";
  if (ROOTS.some((root) => (given(whole, root)?.kind ?? "object") !== "object")) return "bad_request";
  for (const [root, name, shape] of MEMBERS) {
    const value = requestMember(whole, root, name);
    if (value === undefined ? needed.includes(`${root}.${name}`) : !shape(value)) return "bad_request";
  }
  const at = (root: string, name: string) => requestMember(whole, root, name);
  const args = at("action", "args");
  const links = itemsOf(at("principal", "chain"));
  return {
    event: stringOf(event) as Request["event"],
    principal: stringOf(at("principal", "id")),
    time: naturalOf(at("context", "time"))!,
    session: stringOf(at("context", "session")),
    key: at("context", "key") === undefined ? "0".repeat(32) : stringOf(at("context", "key")),
    turn: naturalOf(at("context", "turn")),
    // one principal's id of a call is none of another's
    callId: JSON.stringify([stringOf(at("principal", "id")), stringOf(at("context", "call_id"))]),
    tool: stringOf(at("action", "tool")),
    args: args?.kind === "object" ? args : { kind: "object", members: new Map() },
    digest: at("action", "digest") === undefined ? undefined : stringOf(at("action", "digest")),
    approvals: itemsOf(at("context", "approvals")).map(approvalOf),
    chain: links.length > LONGEST_LIST ? undefined : links.map(linkOf),
    status: stringOf(at("result", "status")),
    result: at("result", "value") ?? { kind: "null" },
    partial: isTrue(at("result", "partial")),
    noEffect: isTrue(at("result", "no_effect")),
    kept: itemsOf(at("result", "kept")).map(stringOf),
    ledgerKey: at("context", "ledger_key") === undefined ? "0".repeat(32) : stringOf(at("context", "ledger_key")),
    estimate: figuresOf((name) => at("context", name)),
    actual: figuresOf((name) => at("result", name)),
    from: stringOf(at("message", "from")),
    text: stringOf(at("message", "text")),
    chunk: stringOf(at("chunk", "text")),
    last: isTrue(at("chunk", "last")),
    whole,
  };
}

/** The member of a root; undefined when the root or the member is missing or null. */
export function requestMember(whole: JsonObject, root: string, name: string): JsonValue | undefined {
  const container = given(whole, root);
  return container?.kind === "object" ? given(container, name) : undefined;
}

function given(object: JsonObject, name: string): JsonValue | undefined {
  const value = object.members.get(name);
  return value?.kind === "null" ? undefined : value;
}

function approvalOf(entry: JsonValue): ApprovalEntry {
  if (entry.kind !== "object") throw new Error("an approval that was not checked");
  const at = (name: string) => given(entry, name);
  return {
    id: stringOf(at("id")),
    rule: stringOf(at("rule")),
    digest: stringOf(at("digest")),
    by: stringOf(at("by")),
    roles: itemsOf(at("roles")).map(stringOf),
    user: isTrue(at("user")),
    at: naturalOf(at("at"))!,
  };
}

function linkOf(entry: JsonValue): Link {
  if (entry.kind !== "object") throw new Error("a link that was not checked");
  const at = (name: string) => given(entry, name);
  return {
    id: stringOf(at("id")),
    user: isTrue(at("user")),
    scopes: itemsOf(at("scopes")).map(stringOf),
    at: naturalOf(at("at"))!,
    whole: entry,
  };
}

function figuresOf(at: (name: string) => JsonValue | undefined): Figures {
  const figure = (name: string) => {
    const value = at(name);
    return value?.kind === "number" ? value.value : undefined;
  };
  return { cost: figure("cost"), tokens: figure("tokens"), elapsed: figure("elapsed") };
}

function stringOf(value: JsonValue | undefined): string {
  return value?.kind === "string" ? value.value : "";
}

function naturalOf(value: JsonValue | undefined): number | undefined {
  return value?.kind === "number" ? safeInteger(value.value) : undefined;
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value?.kind === "array" ? value.items : [];
}

function isTrue(value: JsonValue | undefined): boolean {
  return value?.kind === "bool" && value.value;
}
