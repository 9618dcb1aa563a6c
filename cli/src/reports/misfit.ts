/**
 * What of a request does not fit, where the reason only says that something does not: the first member that is missing, unknown or of another
 * type. The module does not say which; this reads the request again, against the contract when one is at hand. Nothing here decides.
 */
import { type Contract, suggest, type Type } from "@thc/language";
import type { Reason } from "@thc/runtime";
import { name } from "./words.ts";

type Json = unknown;
type Members = ReadonlyMap<string, Json>;

/** One line, or none when it is not found. */
export function findMisfit(reason: Reason, request: Uint8Array, contract: Contract | undefined): string | undefined {
  if (reason !== "bad_request" && reason !== "bad_arguments") return undefined;
  const event = parsed(request);
  if (event === undefined) return undefined;
  return reason === "bad_request" ? badMember(event) : contract && badArgument(event, contract);
}

function parsed(request: Uint8Array): Members | undefined {
  try {
    return membersOf(JSON.parse(new TextDecoder().decode(request)));
  } catch {
    return undefined;
  }
}

const membersOf = (value: Json): Members | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;

// ── the request

const OBJECTS = ["principal", "action", "resource", "context", "result", "message", "chunk"];
const EVENTS = ["call", "result", "message", "chunk"];
/** What an event is `bad_request` without. */
const NEEDED: readonly (readonly [
  events: readonly string[],
  root: string,
  member: string,
  type: "string" | "number",
])[] = [
  [EVENTS, "principal", "id", "string"],
  [["call"], "action", "tool", "string"],
  [EVENTS, "context", "time", "number"],
  [["call", "result", "chunk"], "context", "call_id", "string"],
  [["result"], "result", "status", "string"],
  [["message"], "message", "from", "string"],
  [["message"], "message", "text", "string"],
  [["chunk"], "chunk", "text", "string"],
];

function badMember(event: Members): string | undefined {
  const kind = EVENTS.find((each) => each === event.get("event"));
  if (kind === undefined) return '`event` is `"call"`, `"result"`, `"message"` or `"chunk"`';
  const other = OBJECTS.find((root) => (event.get(root) ?? null) !== null && membersOf(event.get(root)) === undefined);
  if (other !== undefined) return `\`${other}\` is ${kindOf(event.get(other))}, and should be an object`;
  for (const [events, root, member, type] of NEEDED) {
    if (!events.includes(kind)) continue;
    const value = membersOf(event.get(root))?.get(member);
    if (value === undefined) return `\`${root}.${member}\` is missing`;
    if (typeof value !== type) return `\`${root}.${member}\` is ${kindOf(value)}, and should be a ${type}`;
  }
  return undefined;
}

// ── the arguments

function badArgument(event: Members, contract: Contract): string | undefined {
  const action = membersOf(event.get("action"));
  const tool = contract.tools.find((each) => each.name === action?.get("tool"));
  const args = membersOf(action?.get("args") ?? {});
  if (tool === undefined || args === undefined) return undefined;
  const known = tool.params.map((param) => param.name);
  return (tool.open ? undefined : foreign(known, args, "")) ?? badField(tool.params, args, "");
}

function foreign(known: readonly string[], given: Members, before: string): string | undefined {
  const found = [...given.keys()].find((key) => !known.includes(key));
  if (found === undefined) return undefined;
  const near = suggest(found, known);
  return `${name(`${before}${found}`)} is not declared${near === undefined ? "" : `: did you mean ${name(near)}?`}`;
}

interface Field {
  readonly name: string;
  readonly type: Type;
}

function badField(fields: readonly Field[], given: Members, before: string): string | undefined {
  for (const field of fields) {
    const place = `${before}${field.name}`;
    const value = given.get(field.name);
    const fault = value === undefined ? missing(field.type, place) : badValue(field.type, value, place);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const missing = (type: Type, place: string): string | undefined =>
  type.kind === "optional" ? undefined : `${name(place)} is missing: ${wanted(type)}`;

function badValue(type: Type, value: Json, place: string): string | undefined {
  const misfit = `${name(place)} is ${kindOf(value)}, and should be ${wanted(type)}`;
  if (value === null && type.kind !== "optional") return misfit;
  switch (type.kind) {
    case "optional":
      return value === null ? undefined : badValue(type.of, value, place);
    case "json":
      return undefined;
    case "list": {
      if (!Array.isArray(value)) return misfit;
      return first(value, (each, i) => badValue(type.element, each, `${place}[${i}]`));
    }
    case "map": {
      const members = membersOf(value);
      if (members === undefined) return misfit;
      return first([...members], ([key, each]) => badValue(type.value, each, `${place}[${JSON.stringify(key)}]`));
    }
    case "record": {
      const members = membersOf(value);
      if (members === undefined) return misfit;
      const known = type.fields.map((field) => field.name);
      return foreign(known, members, `${place}.`) ?? badField(type.fields, members, `${place}.`);
    }
    case "union":
      return membersOf(value) === undefined ? misfit : undefined;
    case "literals":
      if (typeof value !== "string") return misfit;
      return type.values.includes(value) ? undefined : `${name(place)} is none of ${type.values.map(name).join(", ")}`;
    case "bool":
      return typeof value === "boolean" ? undefined : misfit;
    case "int":
      return Number.isInteger(value) ? undefined : misfit;
    case "decimal":
    case "money":
      return typeof value === "number" ? undefined : misfit;
    default:
      return typeof value === "string" ? undefined : misfit;
  }
}

function first<T>(all: readonly T[], find: (one: T, at: number) => string | undefined): string | undefined {
  for (const [at, one] of all.entries()) {
    const found = find(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

const kindOf = (value: Json): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
};

/** What stands in JSON for it. */
function wanted(type: Type): string {
  switch (type.kind) {
    case "optional":
      return wanted(type.of);
    case "list":
      return "an array";
    case "map":
    case "record":
    case "union":
      return "an object";
    case "json":
      return "any value";
    case "bool":
      return "true or false";
    case "int":
      return "a whole number";
    case "decimal":
      return "a number";
    case "money":
      return type.minor ? `a number, of hundredths of ${type.currency}` : `a number, of ${type.currency}`;
    default:
      return "a string";
  }
}
