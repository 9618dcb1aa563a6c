/**
 * Calls that are made for others (docs/semantics/delegation.md): whether the chain holds, and the identities under each of which the rules
 * are asked. A link is one who delegated; the principal stands behind the last.
 */
import { agentOf } from "./agent.ts";
import type { Contract, Delegation } from "./contract.ts";
import type { Event } from "./event.ts";
import { type Fields, idsOf, linkFacts } from "./fields.ts";
import type { Link, Request } from "./request.ts";
import { requestMember } from "./request.ts";
import { typed, UNKNOWN, type Value } from "./value.ts";

/** Links of one call. */
const MOST = 15;
const LONGEST = 1_024;

export function chainHolds(contract: Contract, request: Request, agent: number, now: number): boolean {
  const { chain } = request;
  if (chain === undefined || chain.length > MOST) return false;
  const compares = comparesScopes(contract);
  return chain.every((link, i) => {
    const next = chain[i + 1];
    const scopes = next?.scopes ?? textsOf(requestMember(request.whole, "principal", "scopes"));
    if (link.at > now || (compares && !isWithin(scopes, link.scopes))) return false;
    if (link.user) return i === 0;
    if (next?.user === true) return false;
    const [from, to] = [agentAt(contract, link), next === undefined ? agent : agentAt(contract, next)];
    const block = delegations(contract).find((rule) => rule.from === from && rule.agent === to);
    if (block === undefined) return false;
    return chain.length - i <= block.depth && (block.ttl === undefined || now - link.at <= block.ttl);
  });
}

/** A list that is too long is unknown: it is within none, and holds none. */
function isWithin(scopes: readonly string[], most: readonly string[]): boolean {
  return scopes.length <= LONGEST && scopes.every((scope) => most.length <= LONGEST && most.includes(scope));
}

/** Scopes that no rule reads are not compared, unless something is delegated. */
function comparesScopes(contract: Contract): boolean {
  if (delegations(contract).length > 0 || contract.rules.some((rule) => rule.kind === "require_scope")) return true;
  const finds = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null) return false;
    if ("root" in value && "path" in value && value.root === "principal")
      return Array.isArray(value.path) && value.path[0] === "scopes";
    return Object.values(value).some(finds);
  };
  return finds(contract.rules) || finds(contract.tools);
}

const delegations = (contract: Contract): readonly Delegation[] =>
  contract.rules.flatMap((rule) => (rule.kind === "delegation" ? [rule] : []));
const agentAt = (contract: Contract, { id, whole }: Link): number | undefined =>
  agentOf(contract, id, given(whole, "team"));

export interface Identity {
  readonly agent: number;
  /** The agent that delegated to it in this call. */
  readonly delegator: number | undefined;
  readonly fields: Fields;
  /** Of another than the principal; and that of who delegated to it. */
  readonly link: Link | undefined;
  readonly before: Link | undefined;
}

/** Whose rules a result or a message is asked by: everybody's that the contract knows, the principal's always. */
export function agentsOf(contract: Contract, request: Request, agent: number): readonly number[] {
  const { chain = [] } = request;
  const links = chain.length > MOST ? [] : chain.filter((link) => !link.user);
  return [agent, ...links.flatMap(({ id }) => agentOf(contract, id, undefined) ?? [])];
}

/** Agents of the chain, the first first; the principal is the last. */
export function identitiesOf({ contract, request }: Event, agent: number, fields: Fields): readonly Identity[] {
  const links = request.chain!.filter((link) => !link.user);
  const others = links.map((link) => ({
    agent: agentAt(contract, link)!,
    fields: fieldsOf(contract, request, link, fields),
  }));
  return [...others, { agent, fields }].map((each, i, all) => ({
    ...each,
    delegator: all[i - 1]?.agent,
    link: links[i],
    before: links[i - 1],
  }));
}

/** What is not said of a delegator is unknown. */
function fieldsOf(contract: Contract, request: Request, link: Link, own: Fields): Fields {
  const fields = new Map<string, Value>([...own].map(([name, value]) => [name, isOwn(name) ? UNKNOWN : value]));
  const texts = { kind: "list", element: { kind: "text" } } as const;
  const members = { id: { kind: "id" }, team: { kind: "text" }, roles: texts, scopes: texts } as const;
  for (const [name, type] of Object.entries(members)) {
    const sent = given(link.whole, name);
    if (sent !== undefined) fields.set(`principal.${name}`, typed(type, sent, PLAIN)!);
  }
  const before = request.chain!.indexOf(link);
  fields.set("principal.chain", idsOf(request.chain!.slice(0, before)));
  for (const { path, value } of linkFacts(contract, request, link))
    if (value !== undefined && value.kind !== "absent") fields.set(path, value);
  const { team } = contract.agents[agentAt(contract, link)!]!;
  if (team !== undefined) fields.set("principal.team", { kind: "text", text: team, sent: team });
  return fields;
}

const isOwn = (name: string): boolean => name.startsWith("principal.");
const PLAIN = { cwd: undefined, actions: new Map(), undeclared: "refused", partial: false } as const;

function given(object: Link["whole"], name: string) {
  const value = object.members.get(name);
  return value?.kind === "null" ? undefined : value;
}

function textsOf(value: ReturnType<typeof requestMember>): readonly string[] {
  return value?.kind === "array" ? value.items.flatMap((item) => (item.kind === "string" ? [item.value] : [])) : [];
}
