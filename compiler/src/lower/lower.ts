/** The stage `lower`: a typed contract to IR. Pure; the digest comes in as a value. */
import type { Approval, Carried, Condition, Contract, Outcome, Rule, Tool } from "@thc/language";
import { unreachable } from "@thc/language";
import {
  FIRST_FREE_SLOT,
  type Ir,
  type IrApproval,
  type IrBudget,
  type IrCondition,
  type IrDetail,
  type IrInspection,
  type IrRule,
  type IrTool,
  type Operand,
} from "../ir/ir.ts";
import { conditionText } from "../ir/text.ts";
import { reportedBlasts } from "./blasts.ts";
import { buildBlocks, type Clause } from "./blocks.ts";
import { delegatorsOf, ledgersOf, lowerBudget } from "./budgets.ts";
import { asksForExternal, lowerCases, lowerOutside } from "./call-class.ts";
import { boundOperand, lowerCondition, type Scope } from "./conditions.ts";
import { actsFor, conditionsOf, delegationClauses, lowerDelegation } from "./delegations.ts";
import { createGrounding, type GroundingTables } from "./grounding.ts";
import { isAboutCalls, lowerInspect, lowerInspection, redactions } from "./inspection.ts";
import { flowCondition, lowerGives, lowerValues, outcomeLabels } from "./labels.ts";
import { lowerLoop, lowerLoops, wholeOutcome } from "./loops.ts";
import { createObligations, type ObligationTable } from "./obligations.ts";
import { createPriors, type Priors } from "./priors.ts";
import { holdsScope } from "./scopes.ts";
import { createSlots, type SlotTable } from "./slots.ts";
import { holdsCommand, lowerTouched } from "./touched.ts";
import { type Kinds, kindsOf, targetKinds } from "./variants.ts";

interface Lowering {
  readonly contract: Contract;
  readonly slots: SlotTable;
  readonly grounding: GroundingTables;
  readonly carried: ObligationTable;
  readonly priors: Priors;
  readonly budgets: IrBudget[];
  readonly inspection: IrInspection | undefined;
  /** Of whatever asks the request alone. */
  readonly scope: Scope;
  /** Of a condition that many rules have, once. */
  readonly atoms: Map<Condition, IrRule["atoms"]>;
}

export function lower(contract: Contract, digest: Uint8Array): Ir {
  const slots = createSlots();
  const budgets: IrBudget[] = [];
  const state: Lowering = {
    contract,
    slots,
    grounding: createGrounding(contract, slots),
    carried: createObligations(budgets),
    priors: createPriors(contract),
    budgets,
    inspection: lowerInspection(contract),
    scope: { slots, elements: [], prior: undefined, lowered: new Map() },
    atoms: new Map(),
  };
  // Facts first: their slots do not depend on which rules read them.
  for (const f of contract.facts) state.slots.of(f.root, [f.name], f.type);
  const rules = contract.rules.map((r, id) => lowerRule(state, r, id));
  const readsLabels = state.slots.readsLabels();
  const { scope } = state;
  const gives = contract.tools.map((t) => (readsLabels ? lowerGives(t, contract, scope) : undefined));
  const isAsked = rules.some(asksForExternal);
  const classes = contract.tools.map((t) => ({
    cases: lowerCases(t, scope),
    outside: lowerOutside(t, contract, isAsked, scope),
  }));
  const touched = lowerTouched(contract, state.slots);
  const loops = lowerLoops(contract, state.slots);
  const suspends = rules.some((r) => r.otherwise.includes("suspend"));
  const kinds = kindsOf(contract.tools, contract.registry?.actions ?? []);
  const booleans = new Set(state.slots.slots.flatMap((s, i) => (s.type.kind === "bool" ? [FIRST_FREE_SLOT + i] : [])));
  const clauses: Clause[] = [];
  contract.rules.forEach((rule, id) => {
    if (isAboutCalls(rule)) addClauses(rule, id, rules[id] as IrRule, kinds, clauses);
  });
  const sources = new Set(state.grounding.sources.map(({ tool }) => tool));
  const params = sharedParams();
  const { perTool, global } = buildBlocks({ tools: kinds.all, booleans }, clauses);
  const special = rules.filter((r) => r.detail !== undefined);
  const asked = special.flatMap((r) => (r.detail?.kind === "grounded" ? r.detail.values.map((v) => v.class) : []));
  const grounded = new Set([...asked, ...state.grounding.naming]);
  return {
    name: contract.name,
    version: contract.version,
    owner: contract.owner,
    digest,
    agents: contract.agents.map(({ name, ids, team }) => ({ name, ids: [...ids].sort(), team })),
    facts: contract.facts.map(({ root, name, type, range }) => ({ root, name, type, range })),
    slots: state.slots.slots,
    envelope: [...state.slots.envelope].sort((a, b) => a - b),
    tools: contract.tools.map((t, i) => ({
      name: t.name,
      params: params(t.params),
      returns: t.returns,
      levels: t.levels,
      risk: t.risk,
      severity: t.severity,
      names: namesOf(t),
      action: namedAction(state, t, kinds.byClass[i]),
      irreversible: t.irreversible,
      external: t.external,
      cases: classes[i]?.cases,
      outside: classes[i]?.outside,
      isSource: sources.has(i),
      open: t.open,
      definition: t.definition,
      gives: gives[i],
      block: perTool[i],
      evidence: state.priors.evidence[i] ?? [],
      since: state.priors.since[i] ?? [],
    })),
    variants: kinds.all
      .slice(contract.tools.length)
      .map(({ tool, levels, risk }, i) => ({ tool, levels, risk, block: perTool[contract.tools.length + i] })),
    registry: contract.registry,
    imports: contract.imports,
    rulesets: contract.rulesets ?? [],
    touched,
    readsCommands: holdsCommand(contract),
    rules,
    blasts: reportedBlasts(contract, rules, state.slots),
    global,
    obligations: state.carried.obligations,
    sources: state.grounding.sources,
    classes: [...grounded].sort(),
    minor: state.grounding.minor,
    labels: readsLabels ? contract.labels.map((label) => label.name) : [],
    valueLabels: special.reduce(
      (all, r) => (r.detail?.kind === "values" ? r.detail.labels : []).reduce((a, l) => a | l, all),
      0n,
    ),
    budgets: state.budgets,
    ledgers: ledgersOf(state.budgets, suspends),
    delegators: delegatorsOf(contract.rules, state.budgets),
    rows: contract.state,
    loops,
    inspection: state.inspection,
    suspends,
    currency: currencyOf(contract.rules),
    priors: state.priors.counts.priors,
    sinces: state.priors.counts.sinces,
    valid: contract.valid ?? 0,
    observed: contract.observe === undefined ? undefined : (contract.observe.until ?? "for good"),
    stateful:
      readsLabels ||
      suspends ||
      state.inspection?.results.some((about) => about.length > 0) === true ||
      rules.some((r) => keepsHistory(r) || r.approval !== undefined),
  };
}

function currencyOf(rules: readonly Rule[]): string | undefined {
  for (const rule of rules) if (rule.kind === "budget" && rule.measure.kind === "cost") return rule.measure.currency;
  return undefined;
}

/** A requirement about the request alone keeps nothing. */
const keepsHistory = ({ detail, rates }: IrRule): boolean =>
  rates.length > 0 || (detail !== undefined && !["that", "inspection", "delegation"].includes(detail.kind));

function namesOf({ action, params }: Tool): IrTool["names"] {
  if (action === undefined) return undefined;
  return action.kind === "is" ? { is: action.action.name } : { argument: params[action.param]?.name ?? "" };
}

function namedAction(s: Lowering, tool: Tool, variants: readonly (number | undefined)[] | undefined): IrTool["action"] {
  if (tool.action?.kind !== "named" || variants === undefined) return undefined;
  const param = tool.params[tool.action.param];
  if (param === undefined) throw new Error("a tool's action is none of its arguments");
  return { slot: s.slots.of("args", [param.name], param.type), variants };
}

/** How the classifier meets a rule (docs/semantics.md, §5). */
function addClauses(rule: Rule, id: number, ir: IrRule, kinds: Kinds, to: Clause[]): void {
  const own = forAgent(ir);
  if (ir.detail?.kind === "delegation") return void to.push(...delegationClauses(ir.detail, id, own, kinds));
  const narrowed = ir.narrowed.length === 0 ? NONE : new Map(ir.narrowed.map((n) => [n.tool, n.condition]));
  const polarity = rule.kind === "allow" ? "certain" : "possible";
  const carries = rule.kind === "allow" && ir.obligations.length + ir.rates.length > 0;
  for (const { kinds: targets, also } of targetKinds(rule, narrowed, own, kinds)) {
    const when = also === undefined || own === undefined ? (also ?? own) : both(also, own);
    to.push({ rule: id, targets, purpose: "effect", polarity, when });
    if (carries) to.push({ rule: id, targets, purpose: "carry", polarity: "possible", when });
  }
}

const NONE: ReadonlyMap<number, IrCondition> = new Map();
const both = (a: IrCondition, b: IrCondition): IrCondition => ({ op: "and", parts: [a, b] });

/** The condition under which the classifier meets a rule: an agent's own is met by nobody else. */
function forAgent({ agent, when }: IrRule): IrCondition | undefined {
  if (agent === undefined) return when;
  return when === undefined ? agent.condition : both(agent.condition, when);
}

const DENIES: IrRule["otherwise"] = ["deny"];
const NOTHING_ELSE: IrRule["otherwise"] = [];

/** The rules that contracts have thousands of: their parts are few. All members in each, in one order. */
function lowerPlain(s: Lowering, rule: Extract<Rule, { kind: "allow" | "deny" | "oblige" }>): IrRule {
  const { when } = rule;
  const { obligations, rates } = s.carried.rule(rule.name, rule.kind === "deny" ? NOTHING_CARRIED : rule.obligations);
  return {
    name: rule.name,
    kind: rule.kind,
    targets: rule.targets,
    isAboutCalls: true,
    agent: undefined,
    narrowed: NOT_NARROWED,
    because: rule.because,
    suggest: rule.suggest,
    maps: rule.maps,
    observed: undefined,
    when: when === undefined ? undefined : lowerCondition(when, s.scope),
    otherwise: rule.kind === "deny" ? DENIES : NOTHING_ELSE,
    approval: undefined,
    obligations,
    rates,
    labels: 0n,
    detail: undefined,
    atoms: atomsOf(s, when),
  };
}

function lowerRule(s: Lowering, rule: Rule, id: number): IrRule {
  const isPlain = rule.kind === "deny" || rule.kind === "allow" || rule.kind === "oblige";
  if (isPlain && rule.narrowed.length === 0 && rule.agent === undefined && rule.observe === undefined)
    return lowerPlain(s, rule);
  const { scope } = s;
  const when = rule.kind === "flow" ? flowCondition(rule) : "when" in rule ? rule.when : undefined;
  if (rule.kind === "flow") s.slots.noteLabels();
  const required =
    rule.kind === "require_that" ? rule.that : rule.kind === "require_scope" ? holdsScope(rule.scope) : undefined;
  const otherwise = outcomeOf(rule);
  const approval = otherwise.find((part) => part.kind === "approval")?.approval;
  const narrowed =
    rule.narrowed.length === 0
      ? NOT_NARROWED
      : rule.narrowed.map((n) => ({ tool: n.tool, condition: lowerCondition(n.when, scope) }));
  const lowered =
    rule.kind === "delegation" || rule.kind === "budget"
      ? actsFor(rule)
      : when === undefined
        ? undefined
        : lowerCondition(when, scope);
  const { obligations, rates } = s.carried.rule(rule.name, carriedBy(rule, otherwise));
  const detail = lowerDetail(s, rule, id, scope);
  return {
    name: rule.name,
    kind: rule.kind,
    targets: rule.targets,
    isAboutCalls: isAboutCalls(rule),
    agent:
      rule.agent === undefined
        ? undefined
        : {
            number: rule.agent,
            condition: { op: "agent_is", agents: [rule.agent], count: s.contract.agents.length },
          },
    narrowed,
    because: rule.because,
    suggest: rule.suggest,
    maps: rule.maps,
    observed: rule.observe === undefined ? undefined : (rule.observe.until ?? "for good"),
    when: lowered,
    otherwise: otherwise.map((part) => part.kind),
    approval: approval === undefined ? undefined : lowerApproval(s, approval),
    obligations,
    rates,
    labels: otherwise.length === 0 ? 0n : outcomeLabels(otherwise, s.contract),
    detail,
    atoms:
      required === undefined && rule.kind !== "delegation"
        ? atomsOf(s, when)
        : [when, required, ...conditionsOf(rule)].flatMap((c) => atomsOf(s, c)),
  };
}

const NOT_NARROWED: IrRule["narrowed"] = [];
const NO_ATOMS: IrRule["atoms"] = [];

/** What a condition is made of, below its `and`, `or` and `not`. */
function atomsOf(s: Lowering, c: Condition | undefined): IrRule["atoms"] {
  if (c === undefined) return NO_ATOMS;
  let made = s.atoms.get(c);
  if (made === undefined) {
    if (c.kind === "not") made = atomsOf(s, c.part);
    else if (c.kind === "and" || c.kind === "or") made = c.parts.flatMap((part) => atomsOf(s, part));
    else made = [{ text: conditionText(c), condition: lowerCondition(c, s.scope) }];
    s.atoms.set(c, made);
  }
  return made;
}

/** Tools of one kind have their arguments in common: so do those of the IR. */
function sharedParams(): (params: Tool["params"]) => IrTool["params"] {
  const known = new Map<Tool["params"], IrTool["params"]>();
  return (params) => {
    let made = known.get(params);
    if (made === undefined) {
      made = params.map(({ name, type }) => ({ name, type }));
      known.set(params, made);
    }
    return made;
  };
}

const DENY: Outcome = [{ kind: "deny" }];
const NOTHING: Outcome = [];

/** What happens where the rule stands in the way; nothing of what only grants or obliges. */
function outcomeOf(rule: Rule): Outcome {
  switch (rule.kind) {
    case "require_approval":
      return [{ kind: "approval", approval: rule.approval }];
    case "require_prior":
    case "require_grounded":
    case "require_scope":
    case "require_that":
    case "budget":
    case "flow":
    case "inspect":
      return rule.otherwise;
    case "loop":
      return wholeOutcome(rule);
    case "deny":
    case "delegation":
      return DENY;
    case "allow":
    case "oblige":
      return NOTHING;
    default:
      return unreachable(rule);
  }
}

const NOTHING_CARRIED: readonly Carried[] = [];

function carriedBy(rule: Rule, outcome: Outcome): readonly Carried[] {
  if (rule.kind === "allow" || rule.kind === "oblige") return rule.obligations;
  const carried = outcome.find((part) => part.kind === "with")?.obligations ?? NOTHING_CARRIED;
  return rule.kind === "inspect" ? [...carried, ...redactions(rule)] : carried;
}

function lowerApproval(s: Lowering, a: Approval): IrApproval {
  const binds: Operand[] = a.binds.map((r) => boundOperand(s.slots, r));
  return {
    roles: a.roles === undefined ? undefined : [...a.roles].sort(),
    quorum: a.quorum,
    expires: a.expires,
    once: a.once,
    orRequester: a.orRequester,
    whole: a.whole,
    binds,
    ...(a.whole
      ? {}
      : { named: a.binds.map(({ root, path }) => (root === "args" ? path : [root, ...path]).join(".")) }),
  };
}

function lowerDetail(s: Lowering, rule: Rule, id: number, scope: Scope): IrDetail | undefined {
  switch (rule.kind) {
    case "flow":
      return rule.byValue ? lowerValues(rule) : undefined;
    case "require_grounded":
      return s.grounding.lower(rule);
    case "require_that":
      return { kind: "that", condition: lowerCondition(rule.that, scope) };
    case "require_scope":
      return { kind: "that", condition: lowerCondition(holdsScope(rule.scope), scope) };
    case "delegation":
      return lowerDelegation(rule, scope);
    case "budget":
      return { kind: "budget", index: s.budgets.push(lowerBudget(rule, s.slots)) - 1 };
    case "loop":
      return lowerLoop(rule, s.contract, (carried) => s.carried.rule(rule.name, carried));
    case "require_prior":
      return s.priors.lower(rule, id, scope);
    case "inspect":
      return lowerInspect(rule, s.inspection);
    default:
      return undefined;
  }
}
