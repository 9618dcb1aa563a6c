/** The stage `lower`: a typed contract to IR. Pure; the digest comes in as a value. */
import type { Approval, Carried, Contract, Outcome, Rule, Tool } from "@thc/language";
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
import { conditionAtoms } from "../ir/text.ts";
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
  };
  // Facts first: their slots do not depend on which rules read them.
  for (const f of contract.facts) state.slots.of(f.root, [f.name], f.type);
  const rules = contract.rules.map((r, id) => lowerRule(state, r, id));
  const readsLabels = state.slots.readsLabels();
  const scope: Scope = { slots: state.slots, elements: [], prior: undefined };
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
  const clauses = contract.rules.flatMap((r, id) =>
    isAboutCalls(r) ? clausesOf(r, id, rules[id] as IrRule, kinds) : [],
  );
  const { perTool, global } = buildBlocks({ tools: kinds.all, booleans }, clauses);
  const asked = rules.flatMap((r) => (r.detail?.kind === "grounded" ? r.detail.values.map((v) => v.class) : []));
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
      params: t.params.map(({ name, type }) => ({ name, type })),
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
      isSource: state.grounding.sources.some((s) => s.tool === i),
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
    valueLabels: rules.reduce(
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
    currency: contract.rules.flatMap((r) =>
      r.kind === "budget" && r.measure.kind === "cost" ? [r.measure.currency] : [],
    )[0],
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
function clausesOf(rule: Rule, id: number, ir: IrRule, kinds: Kinds): readonly Clause[] {
  const own = forAgent(ir);
  if (ir.detail?.kind === "delegation") return delegationClauses(ir.detail, id, own, kinds);
  const narrowed = new Map(ir.narrowed.map((n) => [n.tool, n.condition]));
  return targetKinds(rule, narrowed, own, kinds).flatMap(({ kinds: targets, also }): Clause[] => {
    const when = also === undefined || own === undefined ? (also ?? own) : both(also, own);
    const base = { rule: id, targets, when };
    if (rule.kind !== "allow") return [{ ...base, purpose: "effect", polarity: "possible" }];
    const grants: Clause = { ...base, purpose: "effect", polarity: "certain" };
    return ir.obligations.length + ir.rates.length === 0
      ? [grants]
      : [grants, { ...base, purpose: "carry", polarity: "possible" }];
  });
}

const both = (a: IrCondition, b: IrCondition): IrCondition => ({ op: "and", parts: [a, b] });

/** The condition under which the classifier meets a rule: an agent's own is met by nobody else. */
function forAgent({ agent, when }: IrRule): IrCondition | undefined {
  if (agent === undefined) return when;
  return when === undefined ? agent.condition : both(agent.condition, when);
}

function lowerRule(s: Lowering, rule: Rule, id: number): IrRule {
  const scope: Scope = { slots: s.slots, elements: [], prior: undefined };
  const when = rule.kind === "flow" ? flowCondition(rule) : "when" in rule ? rule.when : undefined;
  if (rule.kind === "flow") s.slots.noteLabels();
  const required =
    rule.kind === "require_that" ? rule.that : rule.kind === "require_scope" ? holdsScope(rule.scope) : undefined;
  const otherwise = outcomeOf(rule);
  const approval = otherwise.find((part) => part.kind === "approval")?.approval;
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
    narrowed: rule.narrowed.map((n) => ({ tool: n.tool, condition: lowerCondition(n.when, scope) })),
    because: rule.because,
    suggest: rule.suggest,
    maps: rule.maps,
    observed: rule.observe === undefined ? undefined : (rule.observe.until ?? "for good"),
    when:
      rule.kind === "delegation" || rule.kind === "budget"
        ? actsFor(rule)
        : when === undefined
          ? undefined
          : lowerCondition(when, scope),
    otherwise: otherwise.map((part) => part.kind),
    approval: approval === undefined ? undefined : lowerApproval(s, approval),
    ...s.carried.rule(rule.name)(carriedBy(rule, otherwise)),
    labels: outcomeLabels(otherwise, s.contract),
    detail: lowerDetail(s, rule, id, scope),
    atoms: [when, required, ...conditionsOf(rule)]
      .flatMap((c) => (c === undefined ? [] : conditionAtoms(c)))
      .map(({ text, atom }) => ({ text, condition: lowerCondition(atom, scope) })),
  };
}

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
      return [{ kind: "deny" }];
    case "allow":
    case "oblige":
      return [];
    default:
      return unreachable(rule);
  }
}

function carriedBy(rule: Rule, outcome: Outcome): readonly Carried[] {
  if (rule.kind === "allow" || rule.kind === "oblige") return rule.obligations;
  return [...(outcome.find((part) => part.kind === "with")?.obligations ?? []), ...redactions(rule)];
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
      return lowerLoop(rule, s.contract, s.carried.rule(rule.name));
    case "require_prior":
      return s.priors.lower(rule, id, scope);
    case "inspect":
      return lowerInspect(rule, s.inspection);
    default:
      return undefined;
  }
}
