/**
 * What of a request does not fit, where the reason only says that something does not: the first member that is missing, unknown or of another
 * type. The module does not say which; this reads the request again, against the contract when one is at hand. Nothing here decides.
 */
import type { Contract } from "@thc/language";
import type { Reason } from "@thc/runtime";
import { asPath, badFields, kindOf, type Members, membersOf, undeclared } from "./fault.ts";

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
  const place = asPath("");
  return (tool.open ? undefined : undeclared(known, args, place)) ?? badFields(tool.params, args, place, "exact");
}
