/** Agents, rules inside of them, and what their `models` and `hosts` are short for. */
import type { Agent, Condition, Contract, Param, Reference, Rule, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";

const span = { start: 0, end: 0 };
/** Sorted by name, as a contract's are. */
const IDS: readonly (readonly [name: string, ids: readonly string[]])[] = [
  ["support_bot", ["support-bot-*"]],
  ["triage_bot", ["triage-*-bot", "triage"]],
  ["writer", ["writer"]],
];

export function makeAgents(random: Random): readonly Agent[] {
  const count = random.weighted([
    [6, () => 1],
    [3, () => 2],
    [1, () => 3],
  ]);
  return IDS.slice(0, count).map(([name, ids]) => {
    const team = random.chance(0.25) ? random.pick(["payments", "research"]) : undefined;
    return { name, ids, team, span };
  });
}

/** Some rules of some contracts hold for one agent alone. */
export function insideAgents(rules: readonly Rule[], contract: Contract, random: Random): readonly Rule[] {
  if (random.chance(0.6)) return rules;
  const agents = [...contract.agents.keys()];
  return rules.map((rule) => (random.chance(0.4) ? { ...rule, agent: random.pick(agents) } : rule));
}

const MODELS = ["claude-*", "gpt-5*", "llama-3"];
const HOSTS = ["acme.example", "*.acme.example", "evil.example", "*.example", "10.0.0.1"];

/** A denial as `AGENT.models` or `AGENT.hosts` makes it. */
export function makeLimits(contract: Contract, random: Random): readonly Rule[] {
  return contract.agents.flatMap(({ name }, agent) => {
    const models = random.chance(0.3) ? otherModels(contract, random) : undefined;
    const hosts = random.chance(0.3) ? otherHosts(contract, random) : undefined;
    return [
      ...(models === undefined ? [] : [{ ...models, name: `${name}.models`, agent }]),
      ...(hosts === undefined ? [] : [{ ...hosts, name: `${name}.hosts`, agent }]),
    ];
  });
}

function denial(targets: readonly number[], when: Condition): Rule {
  const base = { name: "", targets, narrowed: [], because: undefined, suggest: undefined, maps: [], span };
  return { ...base, kind: "deny", when };
}

function otherModels({ tools }: Contract, random: Random): Rule | undefined {
  const tool = tools.findIndex(({ name }) => name === "model.invoke");
  const param = tools[tool]?.params.find(({ name }) => name === "model");
  if (param === undefined) return undefined;
  const item = argument(param, param.type.kind === "optional");
  return denial([tool], {
    kind: "not",
    part: { kind: "matches", item, style: "text", globs: random.some(MODELS, 2) },
  });
}

/** Of what the menu has: a Url or a Host, alone or in a list. */
function otherHosts({ tools }: Contract, random: Random): Rule | undefined {
  // of those in maps and unions the condition is a tree of its own
  if (tools.some(({ params }) => params.some((param) => !isHost(param) && hasHost(param)))) return undefined;
  const targets = [...tools.keys()].filter((i) => tools[i]!.params.some(isHost));
  const patterns = random.some(HOSTS, 3);
  const all = targets.flatMap((i) => tools[i]!.params.filter(isHost));
  const once = all.filter((param, i) => all.findIndex(({ name }) => name === param.name) === i);
  const parts = once.map((param): Condition => {
    const everywhere = targets.every((i) =>
      tools[i]!.params.some(({ name, type }) => name === param.name && type.kind !== "optional"),
    );
    const value = argument(param, !everywhere);
    const unless = (outside: Condition): Condition =>
      everywhere ? outside : { kind: "and", parts: [{ kind: "has", value }, outside] };
    if (value.type.kind !== "list") return unless(isOutside(value, patterns));
    const element: Reference = { ...value, root: "element", path: [], type: value.type.element, optional: false };
    return { kind: "quantifier", quantifier: "any", depth: 0, lists: [value], body: isOutside(element, patterns) };
  });
  if (parts.length === 0) return undefined;
  return denial(targets, parts.length === 1 ? parts[0]! : { kind: "or", parts });
}

function isOutside(value: Reference, patterns: readonly string[]): Condition {
  const item: Reference = value.type.kind === "url" ? { ...value, member: "url.host", type: { kind: "host" } } : value;
  return { kind: "not", part: { kind: "host_in", item, patterns } };
}

const bare = (type: Type): Type => (type.kind === "optional" ? bare(type.of) : type);
function isHost({ type }: Param): boolean {
  const whole = bare(type);
  return ["url", "host"].includes(whole.kind === "list" ? whole.element.kind : whole.kind);
}

const hasHost = ({ type }: Param): boolean => /"kind":"(?:url|host)"/.test(JSON.stringify(type));

function argument({ name, type }: Param, optional: boolean): Reference {
  return { kind: "reference", root: "args", depth: 0, path: [name], member: undefined, type: bare(type), optional };
}
