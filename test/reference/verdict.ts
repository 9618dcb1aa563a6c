/** What one rule says about one call (docs/semantics.md §5, the table). Rules do not see each other. */
import { isDeepStrictEqual } from "node:util";
import { type Asking, ask, type Granting } from "./approval.ts";
import { spend } from "./budget.ts";
import { evaluate } from "./condition.ts";
import type { Budget, Carried, Condition, Outcome, OutcomePart, Reason, Rule } from "./contract.ts";
import { flows } from "./flow.ts";
import { viewsOf } from "./grounding/class.ts";
import { isGrounded } from "./grounding/grounded.ts";
import { finds, type Inspect, outcomeOf, redaction, type Seen } from "./inspection/inspect.ts";
import { ledgerPlace } from "./ledgers.ts";
import { reachedSteps } from "./loop.ts";
import { type WouldDo, wouldDo } from "./observe.ts";
import { hasPrior } from "./prior.ts";
import { ratesOf } from "./rates.ts";
import type { Environment } from "./read.ts";
import type { UsedApproval } from "./state.ts";
import { and, certain, possible } from "./truth.ts";
import { unreachable } from "./unreachable.ts";

export interface Verdict {
  readonly rule: Rule;
  readonly grants: boolean;
  readonly carries: readonly Carried[];
  readonly effects: readonly Effect[];
  /** That its outcome gives to the session. */
  readonly labels: readonly string[];
  /** A call of the tools it names, done first, would help. */
  readonly hint: boolean;
  /** Of an inspection: it was asked. */
  readonly looked: boolean;
  /** What the call costs, by the budget that counts it: the rule itself, or a rate that it carries. */
  readonly costs: readonly Cost[];
  readonly spent: readonly UsedApproval[];
  /** Of what is exceeded: milliseconds until it has room. */
  readonly waits: readonly (number | "never")[];
  /** Of a rule that is only observed: what it would have done. */
  readonly observed: readonly WouldDo[];
}
export interface Cost {
  readonly budget: Budget;
  /** `ledgerPlace` where it counts. */
  readonly ledger: string;
  readonly units: bigint;
}
export type Effect =
  | { readonly kind: "warn" }
  /** The run, with a denial. */
  | { readonly kind: "suspend" }
  | { readonly kind: "ask"; readonly digest: string }
  | { readonly kind: "deny"; readonly reason: Reason };

/** Where rates count. */
const SESSION = "session";
const DENY = { kind: "deny" } as const;

const SILENT: Omit<Verdict, "rule"> = {
  grants: false,
  carries: [],
  effects: [],
  labels: [],
  hint: false,
  looked: false,
  costs: [],
  spent: [],
  waits: [],
  observed: [],
};

/** What it counts it goes on counting; all else that it does is only told. */
export function setAside(verdict: Verdict): Verdict {
  return {
    ...verdict,
    carries: [],
    effects: [],
    labels: [],
    hint: false,
    spent: [],
    waits: [],
    observed: wouldDo(verdict),
  };
}

/** What the rule says under several identities, all together. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const all = <T>(of: (verdict: Verdict) => readonly T[]): readonly T[] => {
    const found = verdicts.flatMap(of);
    return found.filter((one, i) => found.findIndex((other) => isDeepStrictEqual(one, other)) === i);
  };
  return {
    rule: verdicts[0]!.rule,
    grants: verdicts.some((v) => v.grants),
    carries: all((v) => v.carries),
    effects: all((v) => v.effects),
    labels: all((v) => v.labels),
    hint: verdicts.some((v) => v.hint),
    looked: verdicts.some((v) => v.looked),
    costs: all((v) => v.costs),
    spent: all((v) => v.spent),
    waits: all((v) => v.waits),
    observed: [],
  };
}

/** The rates that the rule carries count the call, and deny it when one of them has no room. A denied call is not asked. */
export function withRates(verdict: Verdict, environment: Environment, { request, state, now }: Asking): Verdict {
  if (verdict.effects.some((effect) => effect.kind === "deny")) return verdict;
  const spent = ratesOf(verdict.rule, verdict.carries).map((budget) => ({
    budget,
    spending: spend(budget, SESSION, environment, request, state, now),
  }));
  const exceeded = spent.some(({ spending }) => spending.kind === "uncountable" || !spending.within);
  const counted = spent.flatMap(({ budget, spending }) =>
    spending.kind === "counted" ? [{ budget, ledger: SESSION, ...spending }] : [],
  );
  return {
    ...verdict,
    effects: exceeded ? [...verdict.effects, { kind: "deny", reason: "budget_exceeded" }] : verdict.effects,
    costs: [...verdict.costs, ...counted],
    waits: [...verdict.waits, ...counted.flatMap(({ wait }) => wait ?? [])],
  };
}

/** Without the rates that it carries. */
export function judge(rule: Rule, environment: Environment, asking: Asking): Verdict {
  const silent: Verdict = { rule, ...SILENT };
  const narrowed = rule.narrowed.find(({ tool }) => environment.contract.tools[tool] === environment.tool);
  const isMeant = narrowed === undefined || evaluate(narrowed.when, environment);
  const holds = (condition: Condition | undefined) =>
    and([isMeant, condition === undefined || evaluate(condition, environment)]);
  const unless = (satisfied: boolean, outcome: Outcome, reason: Reason): Verdict =>
    satisfied ? silent : { ...silent, ...effectOf(outcome, reason, rule, asking) };
  switch (rule.kind) {
    case "allow": {
      const when = holds(rule.when);
      return { ...silent, grants: certain(when), carries: possible(when) ? rule.obligations : [] };
    }
    case "oblige":
      return { ...silent, carries: possible(holds(rule.when)) ? rule.obligations : [] };
    case "deny":
      return unless(!possible(holds(rule.when)), [DENY], "denied_by_rule");
    case "require_approval":
      return unless(!possible(holds(rule.when)), [{ kind: "approval", approval: rule.approval }], "denied_by_rule");
    case "require_prior": {
      const { state, now, request } = asking;
      const satisfied = !possible(holds(rule.when)) || hasPrior(rule, environment, state, now, request.turn);
      return { ...unless(satisfied, rule.otherwise, "evidence_missing"), hint: !satisfied && !rule.negated };
    }
    case "require_scope": {
      const scopes = environment.fields.get("principal.scopes");
      const isHeld = scopes?.kind === "list" && scopes.items.some((s) => s.kind === "text" && s.text === rule.scope);
      const satisfied = !possible(holds(rule.when)) || isHeld;
      return unless(satisfied, rule.otherwise, "scope_missing");
    }
    case "require_that": {
      const satisfied = !possible(holds(rule.when)) || certain(evaluate(rule.that, environment));
      return unless(satisfied, rule.otherwise, "requirement_unmet");
    }
    case "require_grounded": {
      const view = viewsOf(environment.contract).find((each) => each.rule === rule);
      const satisfied =
        !possible(holds(rule.when)) ||
        rule.values.every((value) => isGrounded(value, rule, view, environment, asking.state.table));
      return unless(satisfied, rule.otherwise, "not_grounded");
    }
    case "flow": {
      const satisfied = !possible(holds(rule.when)) || !flows(rule, environment, asking.state, asking.request);
      return unless(satisfied, rule.otherwise, "flow_denied");
    }
    case "inspect": {
      if (!possible(holds(rule.when))) return silent;
      const seen = asking.seen();
      return { ...unless(!finds(rule, seen), outcomeOf(rule, seen), "inspection_denied"), looked: true };
    }
    case "loop": {
      if ((rule.what === "denied_call") === (asking.refused === undefined)) return silent;
      const reached = reachedSteps(rule, asking.state.attempts, asking.attempt, asking.refused === true);
      return unless(
        reached.length === 0,
        reached.flatMap((step) => step.otherwise),
        "loop_detected",
      );
    }
    case "delegation": {
      if (environment.delegator !== rule.from) return silent;
      const admits = rule.lines.some(({ targets, narrowed, when }) => {
        if (!targets.some((tool) => environment.contract.tools[tool] === environment.tool)) return false;
        const only = narrowed.find(({ tool }) => environment.contract.tools[tool] === environment.tool);
        const parts = [only?.when, when].flatMap((c) => (c === undefined ? [] : [evaluate(c, environment)]));
        return certain(and(parts));
      });
      return unless(admits, [DENY], "outside_delegation");
    }
    case "budget": {
      if (!possible(isMeant)) return silent;
      if (rule.delegator !== undefined && rule.delegator !== environment.delegator) return silent;
      // what is spent for others is a share of what is theirs
      const of = rule.delegator === undefined ? environment.link : environment.before;
      const ledger = ledgerPlace(rule.ledger, asking.request, of);
      const spending = spend(rule, ledger, environment, asking.request, asking.state, asking.now);
      if (spending.kind === "uncountable" || ledger === undefined) {
        const others = rule.otherwise.filter((part) => part.kind !== "approval" && part.kind !== "deny");
        return unless(false, [DENY, ...others], "budget_exceeded");
      }
      const { units, within, wait } = spending;
      const waits = wait === undefined ? [] : [wait];
      return { ...unless(within, rule.otherwise, "budget_exceeded"), costs: [{ budget: rule, ledger, units }], waits };
    }
    default:
      return unreachable(rule);
  }
}

/** Of a result or a message, which an inspection has looked at. */
export function judgeContent(rule: Inspect, seen: Seen, asking: Granting): Verdict {
  const looked: Verdict = { rule, ...SILENT, looked: true };
  if (!finds(rule, seen)) return looked;
  return { ...looked, ...effectOf(outcomeOf(rule, seen), "inspection_denied", rule, asking) };
}

/** All parts happen. */
function effectOf(
  outcome: Outcome,
  reason: Reason,
  rule: Rule,
  asking: Granting,
): Pick<Verdict, "effects" | "spent" | "carries" | "labels"> {
  const parts = outcome.map((part) => partOf(part, reason, rule, asking));
  return {
    effects: parts.flatMap((part) => part.effects ?? []),
    spent: parts.flatMap((part) => part.spent ?? []),
    carries: parts.flatMap((part) => part.carries ?? []),
    labels: parts.flatMap((part) => part.labels ?? []),
  };
}

function partOf(
  part: OutcomePart,
  reason: Reason,
  rule: Rule,
  asking: Granting,
): Partial<Pick<Verdict, "effects" | "spent" | "carries" | "labels">> {
  const denies = { effects: [{ kind: "deny", reason }] } as const;
  switch (part.kind) {
    case "deny":
    case "cancel":
      return denies;
    case "suspend":
      return { effects: [...denies.effects, { kind: "suspend" }] };
    case "warn":
      return { effects: [{ kind: "warn" }] };
    case "with":
      return { carries: part.obligations };
    case "label":
      return { labels: [part.label] };
    case "redact":
      return { carries: rule.kind === "inspect" ? [redaction(rule)] : [] };
    case "approval": {
      const asked = ask(rule, part.approval, asking);
      if (asked.kind === "unaskable") return denies;
      if (asked.kind === "asked") return { effects: [{ kind: "ask", digest: asked.digest }] };
      return { spent: asked.spent };
    }
    default:
      return unreachable(part);
  }
}
