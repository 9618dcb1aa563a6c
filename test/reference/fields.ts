/**
 * The readable fields of a request: the built-in ones and the declared facts, as typed values by `root.name`.
 *
 * A field that is no member here reads absent. A fact that is not optional and was not sent is unknown, so that a
 * condition cannot come true by leaving it out; one that was sent and does not fit is `bad_facts`.
 */
import { type Actions, linkedActions } from "./action.ts";
import type { Contract, Decimal, Fact, Type } from "./contract.ts";
import { compareDecimals } from "./decimal.ts";
import type { JsonObject } from "./json.ts";
import { type Link, type Request, requestMember } from "./request.ts";
import { ABSENT, type Typing, typed, UNKNOWN, type Value } from "./value.ts";

/** What is built in holds no cloud action. */
const NONE: Actions = new Map();

export type Fields = ReadonlyMap<string, Value>;

const TEXTS: Type = { kind: "list", element: { kind: "text" } };
const BUILT_IN: readonly (readonly [root: string, name: string, type: Type])[] = [
  ["principal", "id", { kind: "id" }],
  ["principal", "team", { kind: "text" }],
  ["principal", "roles", TEXTS],
  ["principal", "scopes", TEXTS],
  ["context", "run", { kind: "id" }],
  ["context", "task", { kind: "id" }],
  ["context", "origin", { kind: "text" }],
  ["context", "cwd", { kind: "path" }],
];

/** Canonical; undefined when the request has no `cwd`, or a relative or malformed one. */
export function workingDirectory(whole: JsonObject): string | undefined {
  const sent = requestMember(whole, "context", "cwd");
  const value = sent === undefined ? undefined : typed({ kind: "path" }, sent, typingOf(undefined, NONE));
  return value?.kind === "text" ? value.text : undefined;
}

/** How arguments and facts are typed: exactly. */
export function typingOf(cwd: string | undefined, actions: Actions): Typing {
  return { cwd, actions, undeclared: "refused", partial: false };
}

export function readFields(contract: Contract, request: Request, agent: number): Fields | "bad_facts" {
  const fields = new Map<string, Value>();
  for (const [root, name, type] of BUILT_IN) {
    const sent = requestMember(request.whole, root, name);
    fields.set(`${root}.${name}`, sent === undefined ? ABSENT : typed(type, sent, typingOf(undefined, NONE))!);
  }
  fields.set("principal.chain", idsOf(request.chain));
  fields.set("context.session", { kind: "text", text: request.session, sent: request.session });
  const { team } = contract.agents[agent]!;
  if (team !== undefined) fields.set("principal.team", { kind: "text", text: team, sent: team });
  const typing = typingOf(workingDirectory(request.whole), linkedActions(contract));
  for (const fact of contract.facts) {
    const value = readFact(fact, request.whole, typing);
    if (value === undefined) return "bad_facts";
    fields.set(`${fact.root}.${fact.name}`, value);
  }
  const links = (request.chain ?? []).flatMap((link) => linkFacts(contract, request, link));
  return links.some(({ value }) => value === undefined) ? "bad_facts" : fields;
}

/** What `principal.chain` reads; undefined: a list that is too long. */
export function idsOf(links: readonly Link[] | undefined): Value {
  if (links === undefined) return UNKNOWN;
  if (links.length === 0) return ABSENT;
  return { kind: "list", items: links.map(({ id }) => ({ kind: "text", text: id, sent: id })) };
}

/** Facts of `principal` as a link of the chain says them, where something is delegated; undefined: of another type, or out of range. */
export function linkFacts(
  contract: Contract,
  request: Request,
  { whole }: Link,
): readonly { readonly path: string; readonly value: Value | undefined }[] {
  if (!contract.rules.some((rule) => rule.kind === "delegation")) return [];
  const typing = typingOf(workingDirectory(request.whole), linkedActions(contract));
  const said: JsonObject = { kind: "object", members: new Map([["principal", whole]]) };
  return contract.facts.flatMap((fact) => {
    const of = fact.type.kind === "optional" ? fact.type.of : fact.type;
    if (fact.root !== "principal" || LINK.includes(fact.name) || of.kind === "map") return [];
    return [{ path: fact.path, value: readFact({ ...fact, type: { kind: "optional", of } }, said, typing) }];
  });
}
/** Members of a link that are its own. */
const LINK = ["id", "team", "roles", "scopes", "at", "user"];

function readFact(fact: Fact, whole: JsonObject, typing: Typing): Value | undefined {
  const root = whole.members.get(fact.root);
  const sent = root?.kind === "object" ? root.members.get(fact.name) : undefined;
  if (sent === undefined) return fact.type.kind === "optional" ? ABSENT : UNKNOWN;
  if (sent.kind === "null" && fact.type.kind !== "optional") return undefined;
  const value = typed(fact.type, sent, typing);
  if (value?.kind === "number" && fact.range !== undefined && !within(value.value, fact.range)) return undefined;
  return value;
}

function within(value: Decimal, range: { readonly low: Decimal; readonly high: Decimal }): boolean {
  return compareDecimals(range.low, value) <= 0 && compareDecimals(value, range.high) <= 0;
}
