/**
 * How often each construct was exercised. The list is closed: a construct that never came up is a goal not met, so that
 * a generator that has gone stale cannot pass for a test.
 */
import type { Condition, Contract, Delegation, Rule, Type } from "../reference/contract.ts";
import { classOfValue } from "../reference/grounding/class.ts";
import type { Observed } from "./compare.ts";
import { CONSTRUCTS } from "./constructs.ts";
import { countBound, countValues } from "./coverage-values.ts";
import type { Event } from "./event.ts";
import { referencesIn } from "./generate/conditions.ts";
import { isWrittenObject, type Written } from "./written.ts";

export interface Coverage {
  readonly contract: (contract: Contract) => void;
  readonly event: (seen: Observed) => void;
  readonly counts: () => readonly (readonly [group: string, name: string, count: number])[];
}

export function coverage(): Coverage {
  const counts = new Map<string, number>();
  for (const [group, names] of Object.entries(CONSTRUCTS)) for (const name of names) counts.set(`${group}: ${name}`, 0);
  const count = (group: string, name: string, when = true): void => {
    const key = `${group}: ${name}`;
    const before = counts.get(key);
    if (before === undefined) throw new Error(`\`${key}\` is not in the list of constructs`);
    if (when) counts.set(key, before + 1);
  };
  return {
    contract: (contract) => countContract(contract, count),
    event: (seen) => {
      countEvent(seen, count);
      countChain(seen, count);
      countRefused(seen, count);
    },
    counts: () =>
      [...counts].map(([key, n]) => {
        const [group, name] = key.split(": ");
        return [group!, name!, n] as const;
      }),
  };
}

type Count = (group: string, name: string, when?: boolean) => void;

function countContract(contract: Contract, count: Count): void {
  count("labels", "label", contract.labels.length > 1);
  count(
    "labels",
    "order",
    contract.labels.some((label) => label.above.length > 1),
  );
  count("labels", "several", contract.labels.length > 3);
  for (const tool of contract.tools) {
    for (const param of tool.params) countType(param.type, count);
    count("gives", "label", tool.gives.length > 0);
    count(
      "gives",
      "from",
      tool.gives.some((g) => g.from !== undefined),
    );
    for (const { when } of tool.gives) count("gives", "when", when !== undefined);
    count("gives", "trusted", tool.trusted?.kind === "constant");
    count("gives", "trusted when", tool.trusted !== undefined && tool.trusted.kind !== "constant");
    count("gives", "external only", tool.external && !tool.levels.some((l) => l === "read" || l === "execute"));
    if (tool.returns !== undefined) countType(tool.returns, count);
    count("tool", "imported", tool.definition !== undefined);
    count("tool", "open", tool.open);
    count("tool", "levels with conditions", tool.cases.length > 0);
    count("tool", "no level without", tool.cases.length === tool.levels.length);
    count("action", "is", tool.action?.kind === "is");
    if (tool.action?.kind !== "named") continue;
    count("action", "level of", tool.action.level);
    count("action", tool.action.risk ? "risk of" : "own risk");
    count("action", "few linked", (contract.registry?.actions.length ?? 0) < 3);
  }
  count("class", "inside", contract.inside.length > 0);
  for (const rule of contract.rules) countRule(rule, count);
  countAgents(contract, count);
  const conditions = contract.rules.flatMap(conditionsOf).reduce((sum, c) => sum + sizeOf(c), 0);
  count("size", "rows said", contract.state !== undefined);
  count("size", "60 rules", contract.rules.length >= 60);
  count("size", "128 conditions", conditions > 128);
}

function countAgents({ agents, rules }: Contract, count: Count): void {
  count("agent", "several", agents.length > 1);
  for (const { team } of agents) count("agent", "team", team !== undefined);
  for (const { name, agent } of rules) {
    count("agent", "own rule", agent !== undefined);
    count("agent", "models", agent !== undefined && name.endsWith(".models"));
    count("agent", "hosts", agent !== undefined && name.endsWith(".hosts"));
  }
}

function countDelegation(rule: Delegation, count: Count): void {
  count("delegation", "depth", rule.depth > 1);
  count("delegation", "share", rule.share !== undefined);
  count("delegation", "ttl", rule.ttl !== undefined);
  count("delegation", "several lines", rule.lines.length > 1);
  count("delegation", "oneself", rule.from === rule.agent);
  for (const { when, narrowed } of rule.lines) {
    count("delegation", "when", when !== undefined);
    count("delegation", "narrowed line", narrowed.length > 0);
  }
}

function countType(type: Type, count: Count): void {
  count("type", type.kind === "money" && type.minor ? "money minor" : type.kind);
  if (type.kind === "list") countType(type.element, count);
  if (type.kind === "map") countType(type.value, count);
  if (type.kind === "union") for (const each of type.cases) countType(each.type, count);
  if (type.kind === "optional") countType(type.of, count);
  if (type.kind === "record") for (const field of type.fields) countType(field.type, count);
}

function countRule(rule: Rule, count: Count): void {
  count("rule", rule.kind);
  count("observed", "rule", rule.observe !== undefined);
  count("observed", "until", rule.observe?.until !== undefined);
  if (rule.kind === "delegation") countDelegation(rule, count);
  count("action", "narrowed target", rule.narrowed.length > 0);
  for (const { when } of rule.narrowed) {
    count("condition", "level_has", when.kind === "level_has");
    count("class", "level target", when.kind === "level_has");
    count("class", "risk target", when.kind === "risk_is");
    count("class", "external target", when.kind === "external");
    count("class", "except", when.kind === "not");
    count("class", "either", when.kind === "or");
  }
  for (const condition of conditionsOf(rule)) countCondition(condition, count);
  if (rule.kind === "allow" || rule.kind === "oblige") for (const o of rule.obligations) count("obligation", o.kind);
  if (rule.kind === "require_prior") {
    count("prior", "negated", rule.negated);
    count("prior", rule.completion);
    count("prior", "keys", rule.keys.length > 0);
    count(
      "prior",
      "result key",
      rule.keys.some((k) => k.prior.root === "prior_result"),
    );
    count(
      "prior",
      "list key",
      rule.keys.some((k) => k.isIn),
    );
    count(
      "prior",
      "row key",
      rule.keys.some((k) => k.prior.root === "prior_row"),
    );
    count("prior", "since", rule.since !== undefined);
    count("prior", "no prior where", rule.negated && rule.where !== undefined);
    count("prior", "within", rule.within !== undefined);
    count("prior", "where", rule.where !== undefined);
    count("prior", "several tools", rule.tools.length > 1);
  }
  if (rule.kind === "require_grounded") {
    for (const source of rule.sources) {
      count("grounded", source.kind);
      if (source.kind !== "result") continue;
      count("grounded", "contains", source.contains);
      count("grounded", "named by", source.namedBy !== undefined);
      count("grounded", "whole result", source.path.length === 0);
      count(
        "grounded",
        "host for url",
        source.type.kind === "host" && rule.values.some((v) => classOfValue(v) === "url"),
      );
    }
    for (const value of rule.values) {
      const { type } = value.reference;
      count("grounded", "list", type.kind === "list");
      if (value.tokens === undefined) count("grounded", type.kind === "list" ? type.element.kind : type.kind);
      else count("grounded", `${value.tokens} of ${type.kind === "list" ? "texts" : type.kind}`);
    }
  }
  if (rule.kind === "flow") {
    count("flow", rule.byValue ? "by value" : "by session");
    count(
      "flow",
      "above",
      rule.labels.some(({ above }) => above),
    );
    if (rule.labels.length > 1) count("flow", rule.join);
    count("flow", "when", rule.when !== undefined);
    count("flow", "several tools", rule.targets.length > 1);
  }
  if (rule.kind === "inspect") {
    count("inspect", rule.what);
    count("inspect", "classes", rule.classes !== undefined);
    count("inspect", "when", rule.when !== undefined);
  }
  if (rule.kind === "budget") {
    count("budget", rule.measure.kind);
    count("ledger", rule.ledger);
    if (rule.window !== undefined) count("window", rule.window.kind);
  }
  if (rule.kind === "loop") {
    count("loop", rule.what);
    count("loop", "ladder", rule.steps.length > 1);
    for (const part of rule.steps.flatMap((step) => step.otherwise)) count("otherwise", part.kind);
  }
  if ("otherwise" in rule) for (const part of rule.otherwise) count("otherwise", part.kind);
  count("otherwise", "several", "otherwise" in rule && rule.otherwise.length > 1);
  const approval =
    rule.kind === "require_approval"
      ? rule.approval
      : "otherwise" in rule
        ? rule.otherwise.find((part) => part.kind === "approval")?.approval
        : undefined;
  if (approval === undefined) return;
  count("approval", approval.roles === undefined ? "user" : "role");
  count("approval", "quorum", approval.quorum > 1);
  count("approval", "expires", approval.expires !== undefined);
  count("approval", "once", approval.once);
  count("approval", "requester", approval.orRequester);
  count("approval", "binds", approval.binds.length > 0);
  countBound(approval, count);
}

function conditionsOf(rule: Rule): readonly Condition[] {
  const where = rule.kind === "require_prior" ? rule.where : undefined;
  const that = rule.kind === "require_that" ? rule.that : undefined;
  const lines = rule.kind === "delegation" ? rule.lines.map((line) => line.when) : [];
  return ["when" in rule ? rule.when : undefined, where, that, ...lines].filter((c) => c !== undefined);
}

function sizeOf(condition: Condition): number {
  if (condition.kind === "and" || condition.kind === "or")
    return condition.parts.reduce((sum, p) => sum + sizeOf(p), 0);
  if (condition.kind === "not") return sizeOf(condition.part);
  return condition.kind === "quantifier" ? 1 + sizeOf(condition.body) : 1;
}

function countCondition(condition: Condition, count: Count): void {
  count("condition", condition.kind);
  if (condition.kind === "compare" && condition.left.kind === "blast") {
    const { environment, count: resources, rollback } = condition.left;
    count("blast", "environment", environment !== undefined);
    count("blast", "count", resources !== undefined);
    count("blast", "rollback", rollback !== undefined);
    count("blast", "no facts", environment === undefined && resources === undefined && rollback === undefined);
  }
  count("action", "member", condition.kind === "member" && condition.values[0]?.type.kind === "cloud_action");
  const read = condition.kind === "quantifier" ? condition.lists : leafReferences(condition);
  count(
    "delegation",
    "chain read",
    read.some(({ root, path }) => root === "principal" && path[0] === "chain"),
  );
  countValues(condition, read, count);
  for (const reference of read) {
    count("root", reference.root);
    if (reference.member !== undefined) count("member", reference.member);
  }
  if (condition.kind === "and" || condition.kind === "or")
    for (const part of condition.parts) countCondition(part, count);
  if (condition.kind === "not") countCondition(condition.part, count);
  if (condition.kind === "quantifier") {
    count("quantifier", condition.quantifier);
    count("quantifier", "nested", condition.depth > 0);
    count("quantifier", "several lists", condition.lists.length > 1);
    countCondition(condition.body, count);
  }
}

function leafReferences(condition: Condition) {
  return ["and", "or", "not"].includes(condition.kind) ? [] : referencesIn(condition);
}

/** Results that were ok, fit, and of whose named fields nothing new was taken; calls that only a mark kept out. */
function countRefused({ decision, before, after }: Observed, count: Count): void {
  const taken = after.table.results.length > before.table.results.length;
  const closed = before.pending.find((call) => !after.pending.includes(call));
  const completed = closed !== undefined && decision.reason === "none" && after.calls === before.calls;
  count("state", "echo refused", completed && !taken && (closed.echo?.size ?? 0) > 0);
  const marked = [...before.table.marks.keys()].map((key) => key.slice(key.indexOf(" ") + 1));
  const both = before.table.results.some((row) => row.kind === "token" && marked.includes(row.form));
  count("state", "planted value refused", decision.reason === "not_grounded" && both);
}

/** Distinct ones of the host, of the last call, before they were merged. */
function carriedBefore({ pending }: Observed["after"]): number {
  const carried = pending.at(-1)?.obligations ?? [];
  return new Set(carried.map((one) => JSON.stringify(one))).size;
}

/** Links of the call's chain, by what is said of each. */
function countChain(observed: Observed, count: Count): void {
  const { event, decision } = observed;
  const members = (value: Written | undefined) =>
    new Map(value !== undefined && isWrittenObject(value) ? value.members : []);
  const chain = members(members(event.request).get("principal")).get("chain");
  const links = chain !== null && typeof chain === "object" && "items" in chain ? chain.items.map(members) : [];
  const isLetThrough = decision.outcome !== "deny" && members(event.request).get("event") === "call";
  const agents = links.filter((link) => link.get("user") !== true);
  count("delegation", "let through", isLetThrough && agents.length > 0);
  count("delegation", "several hops", isLetThrough && agents.length > 1);
  count("delegation", "for a person", isLetThrough && links.length > agents.length);
  const principal = members(members(event.request).get("principal"));
  const own = [place("agent", principal.get("id")), place("team", principal.get("team"))];
  const theirs = agents.flatMap((link) => [place("agent", link.get("id")), place("team", link.get("team"))]);
  countSpent(observed, own, theirs, count);
}

const place = (ledger: string, id: Written | undefined): string => JSON.stringify([ledger, id]);

/** What is counted in ledgers of the principal, and of those that it acts for. */
function countSpent(
  { decision, before, after }: Observed,
  own: readonly string[],
  theirs: readonly string[],
  count: Count,
): void {
  const tell = (name: string, when: boolean) => count("delegation", name, when);
  const isCalled = after.calls > before.calls;
  const reserved = isCalled ? after.pending.at(-1)!.reserved : [];
  const others = theirs.filter((ledger) => !own.includes(ledger));
  const foreign = reserved.filter(({ ledger }) => others.includes(ledger));
  const isShare = (rule: string) => /\.to\.[^.]+\./.test(rule);
  const counters = (state: Observed["after"]) =>
    new Map(others.flatMap((ledger) => [...state.counters].filter(([name]) => ledgerOf(name) === ledger)));
  const [earlier, later] = [counters(before), counters(after)];
  tell("counted for a delegator", foreign.length > 0);
  tell(
    "share of a delegator's",
    foreign.some(({ budget }) => isShare(budget)),
  );
  tell(
    "one ledger of several",
    reserved.some(({ ledger }) => own.includes(ledger) && theirs.includes(ledger)),
  );
  tell("put right for a delegator", !isCalled && [...later].some(([name, now]) => earlier.get(name) !== now));
  const spent = new Set([...earlier.keys()].map((name) => JSON.parse(name)[1]));
  const isExceeded = decision.reason === "budget_exceeded" && decision.rules.every((r) => isShare(r) && spent.has(r));
  tell("exceeded by a delegator", isExceeded);
}
const ledgerOf = (counter: string): string => JSON.parse(counter)[0];

function countFound({ findings, overLimit }: NonNullable<Observed["decision"]["inspected"]>, count: Count): void {
  count("found", "over the limit", overLimit);
  count("found", "nothing", !overLimit && findings.length === 0);
  count("found", "several", findings.length > 1);
  for (const { layers, isName } of findings) {
    count("found", ["literal", "one layer", "two layers", "three layers"][layers]!);
    count("found", "name", isName);
  }
}

/** A result or message that rules looked at. */
function countContent({ request }: Event, decision: Observed["decision"], count: Count): void {
  const members = new Map(isWrittenObject(request) ? request.members : []);
  const context = members.get("context") ?? null;
  const what = String(members.get("event"));
  const refused = what === "result" ? "result withheld" : `${what} refused`;
  count("content", refused, decision.outcome === "deny");
  count("content", "chunk passed", (decision.release ?? 0) > 0);
  count("content", "bytes kept", what === "chunk" && decision.release === 0 && decision.outcome.startsWith("allow"));
  count("content", `${what} held back`, decision.outcome === "require_approval");
  count("content", "label given", decision.labels.length > 0);
  const granted =
    isWrittenObject(context) && context.members.some(([name, v]) => name === "approvals" && v !== undefined);
  count("content", "approved", granted && decision.outcome.startsWith("allow"));
}

function isFromUser({ request }: Event): boolean {
  const message = isWrittenObject(request) ? request.members.find(([name]) => name === "message")?.[1] : undefined;
  if (message === undefined || !isWrittenObject(message)) return false;
  return message.members.some(([name, value]) => name === "from" && value === "user");
}

function countEvent({ event, decision, before, after }: Observed, count: Count): void {
  const [earlierSeen, seen] = [before.values.tokens, after.values.tokens];
  count("state", "value seen", seen.size > earlierSeen.size);
  count(
    "state",
    "value seen under another label",
    [...earlierSeen].some(([token, labels]) => (seen.get(token)?.size ?? 0) > labels.size),
  );
  count("state", "values full", after.values.full && !before.values.full);
  count("state", "label said in a denial", decision.outcome === "deny" && decision.labels.length > 0);
  for (const [name, turns] of after.labels) {
    const earlier = before.labels.get(name);
    count("state", "label given", earlier === undefined);
    count("state", "label shared", earlier?.size === 1 && turns.size > 1);
  }
  const turns = [...before.labels.values()].filter((t) => t.size === 1 && !t.has(null)).map((t) => [...t][0]);
  const turn = after.pending[after.pending.length - 1]?.turn;
  count("state", "label unseen in its turn", after.calls > before.calls && turn !== undefined && turns.includes(turn));
  if (decision.inspected !== undefined) countFound(decision.inspected, count);
  if (decision.inspected !== undefined && decision.levels.length === 0) countContent(event, decision, count);
  count("outcome", decision.outcome);
  count("reason", decision.reason);
  count("answer", "duplicate", decision.duplicate);
  count("answer", "clock behind", decision.clockBehind);
  count("answer", "result that does not fit", decision.unfit);
  count("answer", "warnings", decision.warnings.length > 0);
  count("answer", "hints", decision.hints.length > 0);
  count("answer", "several approvals", decision.approvals.length > 1);
  count("answer", "several rules", decision.rules.length > 1);
  count("answer", "merged", decision.obligations.length > 0 && carriedBefore(after) > decision.obligations.length);
  const rates = [...before.counters.keys()].flatMap((key) => /"([^"]+) rate \d+ \d+"\]$/.exec(key)?.[1] ?? []);
  count(
    "answer",
    "rate exceeded",
    decision.reason === "budget_exceeded" && decision.rules.some((r) => rates.includes(r)),
  );
  count("answer", "observed", decision.observed.length > 0);
  for (const text of decision.observed)
    for (const would of text.split(" would ")[1]!.split(", ")) count("observed", would);
  count("observed", "not enforced", !decision.enforce);
  count(
    "observed",
    "happens though denied",
    !decision.enforce && decision.outcome === "deny" && after.calls > before.calls,
  );
  count("observed", "a denial again", decision.duplicate && decision.outcome === "deny");
  count("answer", "valid until", decision.validUntil !== undefined);
  count("answer", "valid until, again", decision.duplicate && decision.validUntil !== undefined);
  count("answer", "retry after", decision.retryAfter !== undefined);

  const called = after.calls > before.calls;
  const total = (counters: Observed["after"]["counters"]) =>
    [...counters.values()].flatMap((counter) => [...counter.values()]).reduce((sum, n) => sum + n, 0n);
  const results = after.table.results;
  count("state", "evidence made", called && after.sequence > before.sequence);
  count("state", "evidence completed", !called && after.sequence > before.sequence);
  count("state", "evidence dropped", after.evidence.length < before.evidence.length);
  count("state", "evidence evicted", after.forgotten.size > before.forgotten.size);
  count("state", "pending evicted", called && after.pending.length === before.pending.length);
  count("state", "approval used", after.approvals.length > before.approvals.length);
  count(
    "state",
    "approvals expired",
    before.approvals.some((a) => !after.approvals.some((b) => a.id === b.id && a.rule === b.rule)),
  );
  count("state", "budget reserved", total(after.counters) > total(before.counters));
  count("state", "budget released", total(after.counters) < total(before.counters));
  count("state", "figure put right", !called && total(after.counters) > total(before.counters));
  count("state", "ledger written", after.ledgers !== before.ledgers);
  const attempt = after.attempts === before.attempts ? undefined : after.attempts.at(-1);
  count("state", "unknown attempt", attempt !== undefined && attempt.key === undefined);
  count("state", "denied attempt", attempt?.denied === true);
  const suspendedRuns = (ledgers: Observed["after"]["ledgers"]) =>
    [...ledgers.values()].filter((l) => l.suspended).length;
  count("state", "run suspended", suspendedRuns(after.ledgers) > suspendedRuns(before.ledgers));
  count("state", "session suspended", after.suspended && !before.suspended);
  count(
    "state",
    "window passed",
    [...after.counters.values()].some((counter) => counter.size > 1),
  );
  count(
    "state",
    "message heard",
    after.table.tokens.size > before.table.tokens.size || after.table.messages.length > before.table.messages.length,
  );
  const heard = ({ table }: Observed["before"]) => table.tokens.size + table.messages.flat().length;
  const isRefused = isFromUser(event) && decision.reason === "none" && heard(after) === heard(before);
  count("state", "message refused", isRefused && heard(after) > 900);
  count("state", "mark planted", after.table.marks.size > before.table.marks.size);
  count("state", "marks forgotten", after.table.marksForgotten && !before.table.marksForgotten);
  count(
    "state",
    "token taken",
    results.some((t) => !before.table.results.includes(t)),
  );
  count(
    "state",
    "token evicted",
    before.table.results.some((t) => !results.includes(t)),
  );
  count(
    "state",
    "words taken",
    results.some((row) => row.kind === "end" && !before.table.results.includes(row)),
  );
  const call = after.pending.at(-1);
  count("state", "named and not said", called && call !== undefined && call.named.size === 0);
  count("state", "argument waits", called && (call?.asked?.length ?? 0) > 0);
  count(
    "state",
    "mark shared",
    [...after.table.marks.values()].some((marks) => marks.has(23)),
  );
  count("state", "too many echoes", called && after.pending[after.pending.length - 1]?.echo === undefined);
}
