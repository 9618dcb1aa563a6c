/**
 * What would make a failed expectation hold: one line a suggestion, most useful first.
 *
 * The suggestions are drawn from what the decision itself reports; none of them is applied, and none proposes to widen a
 * contract without naming the rule that would be widened.
 */
import type { Contract } from "@thc/language";
import type { Reason, RuleExplanation } from "@thc/runtime";
import { shortOutcome } from "../testing/compare.ts";
import type { Expectation, Mismatch, Observed } from "../testing/report.ts";
import { unreachable } from "../unreachable.ts";
import { sourcesOf } from "./hints.ts";
import { name, names } from "./words.ts";

export function advise(
  contract: Contract,
  wanted: Expectation,
  got: Observed,
  mismatches: readonly Mismatch[],
): readonly string[] {
  // Another outcome has other rules and obligations: to speak of these too would only distract.
  if (mismatches.some(({ kind }) => kind === "outcome")) return adviseOutcome(contract, wanted, got);
  return mismatches.flatMap((mismatch) => adviseDetail(got, mismatch));
}

function adviseDetail(got: Observed, mismatch: Mismatch): readonly string[] {
  switch (mismatch.kind) {
    case "outcome":
      return [];
    case "not_determining":
      return mismatch.rules.map((rule) => whyIdle(got, rule));
    case "also_determining":
      return [`${names(mismatch.rules)} decided it too: write \`by\` without \`only\`, or name every rule`];
    case "not_observed":
      return mismatch.rules.map((rule) => whyIdle(got, rule));
    case "not_carried":
      return [`no rule that took effect carries ${names(mismatch.obligations)}`];
    default:
      return unreachable(mismatch);
  }
}

function adviseOutcome(contract: Contract, wanted: Expectation, got: Observed): readonly string[] {
  const { decision } = got;
  const outcome = shortOutcome(decision.outcome);
  const hoped = wanted.by.map((rule) => contract.rules[rule]!.name);
  switch (outcome) {
    case "allow":
      return hoped.length > 0
        ? hoped.map((rule) => whyIdle(got, rule))
        : [`no rule that would ${wanted.outcome === "deny" ? "deny" : "ask"} took effect`];
    case "approval":
      if (wanted.outcome === "deny")
        return ["nothing denies this call, it only waits for an approval", ...hoped.map((rule) => whyIdle(got, rule))];
      return decision.outcome === "require_approval" ? decision.approvals.map(adviseApproval) : [];
    case "deny":
      return decision.rules.length > 0
        ? decision.rules.map((rule) => adviseDenier(contract, got, rule))
        : adviseReason(got, decision.reason);
    default:
      return unreachable(outcome);
  }
}

function adviseApproval({
  rule,
  roles,
}: {
  readonly rule: string;
  readonly roles: readonly string[] | undefined;
}): string {
  return `put \`approved ${rule} by "someone"${roles === undefined ? "" : ` role ${roles[0]}`}\` before the call`;
}

/** What would have to change so that this rule does not deny. */
function adviseDenier(contract: Contract, { decision, explanation }: Observed, rule: string): string {
  const found = explanation.rules.find((one) => one.rule === rule);
  switch (found?.kind) {
    case "require_prior": {
      const { tools, matching } = decision.hints.find((hint) => hint.rule === rule) ?? { tools: [], matching: {} };
      const same = Object.entries(matching).map(([earlier, current]) => `\`${earlier}\` as the call's \`${current}\``);
      // A `require no prior` has no hint: a call is there that must not be.
      return tools.length === 0
        ? `${name(rule)}: the call passes once it no longer applies${conditions(found)}`
        : `${name(rule)}: put \`prior ${tools[0]}(…) ok\` with matching values${same.length === 0 ? "" : ` (${same.join(", ")})`}${proviso(contract, rule)} before the call`;
    }
    case "require_grounded":
      return `${name(rule)}: let the value stand, before the call, in what it may come from: ${sourcesOf(contract, rule)}`;
    case "flow":
      return `${name(rule)}: a label stays for the session; the call passes before what gives it${conditions(found)}`;
    case "require_scope":
      return `${name(rule)}: give the agent the scope: \`as AGENT scopes "…"\``;
    case "require_that":
      return `${name(rule)}: the call passes once what it asks is true${conditions(found)}`;
    case "inspect": {
      const found = (decision.inspected?.findings ?? []).map((f) => `\`${f.inspector} ${f.class}\` in ${name(f.path)}`);
      return `${name(rule)}: the call passes without what was found${found.length === 0 ? "" : ` (${found.join(", ")})`}`;
    }
    case "budget":
      return `${name(rule)}: with what was let through before, the call is above the limit`;
    default:
      return `${name(rule)}: the call passes once it no longer applies${conditions(found)}`;
  }
}

/** An earlier call that matches may still fail what `where` asks of it. */
function proviso(contract: Contract, rule: string): string {
  const found = contract.rules.find((one) => one.name === rule);
  return found?.kind === "require_prior" && found.where !== undefined ? " that make its `where` true" : "";
}

function adviseReason(got: Observed, reason: Reason): readonly string[] {
  switch (reason) {
    case "no_allow": {
      const near = got.explanation.rules.filter(({ kind }) => kind === "allow");
      if (near.length === 0) return ["no `allow` names this tool"];
      return near.map((rule) => `${name(rule.rule)} would allow it, but its condition is not true${conditions(rule)}`);
    }
    case "unknown_agent":
      return ["check the id globs of the agent named by `as`"];
    case "bad_facts":
      return ["check the values given with `fact … = …`"];
    default:
      return [];
  }
}

function whyIdle({ decision, explanation }: Observed, rule: string): string {
  const found = explanation.rules.find((one) => one.rule === rule);
  if (found === undefined)
    return explanation.rules.length === 0
      ? `${name(rule)} was not asked: the reason is \`${decision.reason}\``
      : `${name(rule)} is not about this tool`;
  if (found.satisfied === true) return `${name(rule)} is satisfied`;
  if (found.when !== "true") return `${name(rule)} does not apply${conditions(found)}`;
  const others = decision.rules.length === 0 ? `the reason is \`${decision.reason}\`` : `${names(decision.rules)} did`;
  return `${name(rule)} did not decide this call; ${others}`;
}

/** The atoms that are to blame, with their values. */
function conditions(rule: RuleExplanation | undefined): string {
  const atoms = rule?.atoms ?? [];
  return atoms.length === 0 ? "" : ` (${atoms.map((atom) => `${name(atom.text)} is ${atom.value}`).join(", ")})`;
}
