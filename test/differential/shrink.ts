/**
 * Makes a failing case small: fewer events, rules, conditions and members, as long as it still fails.
 *
 * Greedy and bounded. Candidates stay well typed because they only take away; what others refer to is kept.
 */
import type { Arithmetic, Condition, Contract, Rule, Term, Tool } from "../reference/contract.ts";
import type { Case, Event } from "./event.ts";
import { isWrittenObject, type Written } from "./written.ts";

const MOST_ATTEMPTS = 3_000;

export function shrink(given: Case, fails: (candidate: Case) => boolean): Case {
  let smallest = given;
  let attempts = 0;
  const isKept = (candidate: Case): boolean => {
    attempts += 1;
    if (attempts > MOST_ATTEMPTS || !fails(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (let progress = true; progress && attempts <= MOST_ATTEMPTS; ) {
    // what makes every further attempt cheaper comes first
    reduce(smallest.events, (events) => isKept({ ...smallest, events }));
    reduce(smallest.contract.rules, (rules) => isKept({ ...smallest, contract: { ...smallest.contract, rules } }));
    progress = false;
    for (const candidate of candidates(smallest)) {
      progress = isKept(candidate);
      if (progress) break;
    }
  }
  return smallest;
}

/** Takes away a half, a quarter … an item, each wherever it can be missed. */
function reduce<T>(items: readonly T[], isKept: (fewer: readonly T[]) => boolean): void {
  let left = items;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let start = 0; start < left.length; ) {
      const fewer = [...left.slice(0, start), ...left.slice(start + size)];
      if (isKept(fewer)) left = fewer;
      else start += size;
    }
}

function* candidates({ contract, events }: Case): Generator<Case> {
  if (contract.observe !== undefined) {
    const { observe: _observe, ...enforced } = contract;
    yield { contract: enforced, events };
  }
  if (contract.valid !== undefined) {
    const { valid: _valid, ...forGood } = contract;
    yield { contract: forGood, events };
  }
  for (const [at, rule] of contract.rules.entries())
    for (const simpler of simplerRules(rule)) yield { contract: withRule(contract, at, simpler), events };
  for (let at = 0; at < contract.tools.length; at += 1) {
    const fewer = withoutTool(contract, at);
    if (fewer !== undefined) yield { contract: fewer, events };
  }
  for (const facts of without(contract.facts))
    if (!contract.facts.some((f) => !facts.includes(f) && isRead(contract, f.root, f.name)))
      yield { contract: { ...contract, facts }, events };
  for (const [at, tool] of contract.tools.entries())
    for (const simpler of simplerTools(tool))
      yield { contract: { ...contract, tools: contract.tools.map((t, i) => (i === at ? simpler : t)) }, events };
  for (const [at, event] of events.entries())
    for (const simpler of simplerEvents(event))
      yield { contract, events: events.map((e, i) => (i === at ? simpler : e)) };
}

function* simplerTools(tool: Tool): Generator<Tool> {
  for (const gives of without(tool.gives)) yield { ...tool, gives };
  for (const [at, given] of tool.gives.entries())
    if (given.when !== undefined)
      yield { ...tool, gives: tool.gives.map((g, i) => (i === at ? { ...g, when: undefined } : g)) };
  if (tool.trusted !== undefined) yield { ...tool, trusted: undefined };
}

/** The list without a half, a quarter … an item. */
function* without<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let start = 0; start < items.length; start += size)
      yield [...items.slice(0, start), ...items.slice(start + size)];
}

function withRule(contract: Contract, at: number, rule: Rule): Contract {
  return { ...contract, rules: contract.rules.map((r, i) => (i === at ? rule : r)) };
}

function* simplerRules(rule: Rule): Generator<Rule> {
  if (rule.observe !== undefined) {
    const { observe: _observe, ...enforced } = rule;
    yield enforced;
  }
  if (rule.agent !== undefined && rule.kind !== "delegation") {
    const { agent: _agent, ...everyone } = rule;
    yield everyone;
  }
  if (rule.narrowed.length > 0) yield { ...rule, narrowed: [] };
  // narrowed targets are what a level or risk means: taken away together, or not at all
  if (rule.kind === "delegation") {
    for (const lines of without(rule.lines)) if (lines.length > 0) yield { ...rule, lines };
    if (rule.ttl !== undefined) yield { ...rule, ttl: undefined };
    for (const [i, line] of rule.lines.entries()) {
      const whens = line.when === undefined ? [] : [undefined, ...simplerConditions(line.when)];
      for (const when of whens) yield { ...rule, lines: rule.lines.map((l, k) => (k === i ? { ...l, when } : l)) };
    }
    return;
  }
  if (rule.targets.length > 1 && rule.narrowed.length === 0)
    for (const targets of without(rule.targets)) if (targets.length > 0) yield { ...rule, targets };
  if ("when" in rule && rule.when !== undefined) {
    yield { ...rule, when: undefined };
    for (const when of simplerConditions(rule.when)) yield { ...rule, when };
  }
  if (rule.kind === "allow" && rule.obligations.length > 0) yield { ...rule, obligations: [] };
  if (rule.kind === "oblige" && rule.obligations.length > 1) yield { ...rule, obligations: rule.obligations.slice(1) };
  if (rule.kind === "loop") {
    for (const steps of without(rule.steps)) if (steps.length > 0) yield { ...rule, steps };
    for (const [i, step] of rule.steps.entries())
      for (const otherwise of without(step.otherwise))
        if (otherwise.length > 0)
          yield { ...rule, steps: rule.steps.map((s, at) => (at === i ? { ...s, otherwise } : s)) };
  }
  if ("otherwise" in rule) {
    for (const otherwise of without(rule.otherwise)) if (otherwise.length > 0) yield { ...rule, otherwise };
    if (rule.otherwise.some((part) => part.kind !== "deny")) yield { ...rule, otherwise: [{ kind: "deny" }] };
  }
  if (rule.kind === "require_prior") {
    if (rule.where !== undefined) yield { ...rule, where: undefined };
    if (rule.where !== undefined) for (const where of simplerConditions(rule.where)) yield { ...rule, where };
    if (rule.within !== undefined) yield { ...rule, within: undefined };
    if (rule.since !== undefined) yield { ...rule, since: undefined };
    for (const keys of without(rule.keys)) yield { ...rule, keys };
    for (const tools of without(rule.tools)) if (tools.length > 0) yield { ...rule, tools };
  }
  if (rule.kind === "flow") {
    if (rule.labels.length > 1)
      for (const labels of without(rule.labels)) if (labels.length > 0) yield { ...rule, labels };
    if (rule.byValue) yield { ...rule, byValue: false };
  }
  if (rule.kind === "inspect") {
    if (rule.classes !== undefined) yield { ...rule, classes: undefined };
    if (rule.atLeast !== "low") yield { ...rule, atLeast: "low" };
  }
  if (rule.kind === "require_that") for (const that of simplerConditions(rule.that)) yield { ...rule, that };
  if (rule.kind === "require_grounded") {
    for (const values of without(rule.values)) if (values.length > 0) yield { ...rule, values };
    for (const sources of without(rule.sources)) if (sources.length > 0) yield { ...rule, sources };
  }
}

function* simplerConditions(condition: Condition): Generator<Condition> {
  if (condition.kind === "and" || condition.kind === "or") {
    yield* condition.parts;
    for (const parts of without(condition.parts)) if (parts.length > 1) yield { ...condition, parts };
    for (const [at, part] of condition.parts.entries())
      for (const simpler of simplerConditions(part))
        yield { ...condition, parts: condition.parts.map((p, i) => (i === at ? simpler : p)) };
  }
  if (condition.kind === "not") {
    yield condition.part;
    for (const part of simplerConditions(condition.part)) yield { ...condition, part };
  }
  if (condition.kind === "quantifier") {
    for (const lists of without(condition.lists)) if (lists.length > 0) yield { ...condition, lists };
    for (const body of simplerConditions(condition.body)) yield { ...condition, body };
  }
  if (condition.kind === "compare") {
    for (const left of simplerTerms(condition.left)) yield { ...condition, left };
    for (const right of simplerTerms(condition.right)) yield { ...condition, right };
  }
  if (condition.kind === "member")
    for (const values of without(condition.values)) if (values.length > 0) yield { ...condition, values };
  if (condition.kind === "matches")
    for (const globs of without(condition.globs)) if (globs.length > 0) yield { ...condition, globs };
}

/** Parts of what is computed that are of its own type. */
function* simplerTerms(term: Term): Generator<Term> {
  const parts = term.kind === "arithmetic" ? [term.left, term.right] : term.kind === "pick" ? term.of : [];
  for (const part of parts) if ("type" in part && part.type.kind === (term as Arithmetic).type.kind) yield part;
  if (term.kind !== "arithmetic") return;
  for (const left of simplerTerms(term.left)) yield { ...term, left };
  for (const right of simplerTerms(term.right)) yield { ...term, right };
}

/** Without a tool that no rule needs to name; ranks above it move down. */
function withoutTool(contract: Contract, tool: number): Contract | undefined {
  const moved = (ranks: readonly number[]) => ranks.filter((r) => r !== tool).map((r) => (r > tool ? r - 1 : r));
  const rules: Rule[] = [];
  for (const rule of contract.rules) {
    const targets = moved(rule.targets);
    if (targets.length === 0) continue;
    const narrowed = rule.narrowed.flatMap((n) =>
      n.tool === tool ? [] : [{ ...n, tool: n.tool > tool ? n.tool - 1 : n.tool }],
    );
    if (rule.kind === "delegation") {
      if (rule.lines.some((line) => line.narrowed.length > 0 || moved(line.targets).length === 0)) return undefined;
      rules.push({ ...rule, targets, lines: rule.lines.map((line) => ({ ...line, targets: moved(line.targets) })) });
    } else if (rule.kind === "require_prior") {
      const tools = moved(rule.tools);
      if (tools.length === 0) return undefined;
      const since = rule.since && moved(rule.since);
      rules.push({ ...rule, targets, narrowed, tools, since: since?.length === 0 ? undefined : since });
    } else if (rule.kind === "require_grounded") {
      if (rule.sources.some((s) => "tool" in s && s.tool === tool)) return undefined;
      const sources = rule.sources.map((s) => ("tool" in s && s.tool > tool ? { ...s, tool: s.tool - 1 } : s));
      rules.push({ ...rule, targets, narrowed, sources });
    } else rules.push({ ...rule, targets, narrowed });
  }
  return { ...contract, tools: contract.tools.filter((_, i) => i !== tool), rules };
}

function isRead(contract: Contract, root: string, name: string): boolean {
  const text = JSON.stringify([contract.rules, contract.tools], (_, v) => (typeof v === "bigint" ? `${v}` : v));
  return text.includes(`"root":"${root}","depth":0,"path":["${name}"`);
}

function* simplerEvents(event: Event): Generator<Event> {
  if (event.style !== undefined) yield { ...event, style: undefined };
  for (const damage of without(event.damage)) yield { ...event, damage };
  for (const request of simplerWritten(event.request)) yield { ...event, request };
}

function* simplerWritten(value: Written): Generator<Written> {
  if (isWrittenObject(value)) {
    for (const members of without(value.members)) yield { members };
    for (const [at, [name, member]] of value.members.entries())
      for (const simpler of simplerWritten(member))
        yield { members: value.members.map((m, i) => (i === at ? [name, simpler] : m)) };
  } else if (value !== null && typeof value === "object" && "items" in value) {
    for (const items of without(value.items)) yield { items };
    for (const [at, item] of value.items.entries())
      for (const simpler of simplerWritten(item)) yield { items: value.items.map((x, i) => (i === at ? simpler : x)) };
  }
}
