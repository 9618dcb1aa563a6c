/** What one rule says about one call (docs/semantics.md §5, the table). Rules do not see each other. */
import { type Asking, ask } from "./approval.ts";
import { spend } from "./budget.ts";
import { evaluate } from "./condition.ts";
import type { Condition, Obligation, Outcome, Reason, Rule } from "./contract.ts";
import { viewsOf } from "./grounding/class.ts";
import { isGrounded } from "./grounding/grounded.ts";
import { hasPrior } from "./prior.ts";
import type { Environment } from "./read.ts";
import type { UsedApproval } from "./state.ts";
import { certain, possible } from "./truth.ts";
import { unreachable } from "./unreachable.ts";

export interface Verdict {
  readonly rule: Rule;
  readonly grants: boolean;
  readonly carries: readonly Obligation[];
  readonly effect: Effect;
  /** A call of the tools it names, done first, would help. */
  readonly hint: boolean;
  /** Of a budget: what the call costs. */
  readonly units: bigint | undefined;
  readonly spent: readonly UsedApproval[];
}
export type Effect =
  | { readonly kind: "none" }
  | { readonly kind: "warn" }
  | { readonly kind: "ask"; readonly digest: string }
  | { readonly kind: "deny"; readonly reason: Reason };

const SILENT: Omit<Verdict, "rule"> = {
  grants: false,
  carries: [],
  effect: { kind: "none" },
  hint: false,
  units: undefined,
  spent: [],
};

export function judge(rule: Rule, environment: Environment, asking: Asking): Verdict {
  const silent: Verdict = { rule, ...SILENT };
  const holds = (condition: Condition | undefined) => condition === undefined || evaluate(condition, environment);
  const unless = (satisfied: boolean, outcome: Outcome, reason: Reason): Verdict =>
    satisfied ? silent : { ...silent, ...effectOf(outcome, reason, rule, environment, asking) };
  switch (rule.kind) {
    case "allow": {
      const when = holds(rule.when);
      return { ...silent, grants: certain(when), carries: possible(when) ? rule.obligations : [] };
    }
    case "oblige":
      return { ...silent, carries: possible(holds(rule.when)) ? rule.obligations : [] };
    case "deny":
      return unless(!possible(holds(rule.when)), { kind: "deny" }, "denied_by_rule");
    case "require_approval":
      return unless(!possible(holds(rule.when)), { kind: "approval", approval: rule.approval }, "denied_by_rule");
    case "require_prior": {
      const { state, now, request } = asking;
      const satisfied = !possible(holds(rule.when)) || hasPrior(rule, environment, state, now, request.turn);
      return { ...unless(satisfied, rule.otherwise, "evidence_missing"), hint: !satisfied && !rule.negated };
    }
    case "require_grounded": {
      const view = viewsOf(environment.contract).find((each) => each.rule === rule);
      const satisfied =
        !possible(holds(rule.when)) ||
        rule.values.every((value) => isGrounded(value, rule, view, environment, asking.state.table));
      return unless(satisfied, rule.otherwise, "not_grounded");
    }
    case "budget": {
      const spending = spend(rule, environment, asking.state.used.get(rule.name) ?? 0n);
      if (spending.kind === "uncountable") return unless(false, { kind: "deny" }, "budget_exceeded");
      return { ...unless(spending.within, rule.otherwise, "budget_exceeded"), units: spending.units };
    }
    default:
      return unreachable(rule);
  }
}

function effectOf(
  outcome: Outcome,
  reason: Reason,
  rule: Rule,
  environment: Environment,
  asking: Asking,
): Pick<Verdict, "effect" | "spent"> {
  switch (outcome.kind) {
    case "deny":
      return { effect: { kind: "deny", reason }, spent: [] };
    case "warn":
      return { effect: { kind: "warn" }, spent: [] };
    case "approval": {
      const asked = ask(rule, outcome.approval, environment, asking);
      if (asked.kind === "unaskable") return { effect: { kind: "deny", reason }, spent: [] };
      if (asked.kind === "asked") return { effect: { kind: "ask", digest: asked.digest }, spent: [] };
      return { effect: { kind: "none" }, spent: asked.spent };
    }
    default:
      return unreachable(outcome);
  }
}
