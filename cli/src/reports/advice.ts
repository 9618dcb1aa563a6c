/**
 * What would make a failed expectation hold: one line a suggestion, most useful first.
 *
 * The suggestions are drawn from what the decision itself reports; none of them is applied, and none proposes to widen a
 * contract without naming the rule that would be widened.
 */
import type { RuleExplanation } from "@thc/runtime";
import { shortOutcome } from "../testing/compare.ts";
import type { Expectation, Mismatch, Observed } from "../testing/report.ts";
import { name, names } from "./words.ts";

export function advise(wanted: Expectation, got: Observed, mismatches: readonly Mismatch[]): readonly string[] {
  return mismatches.flatMap((mismatch) => adviseOne(wanted, got, mismatch));
}

function adviseOne(wanted: Expectation, got: Observed, mismatch: Mismatch): readonly string[] {
  switch (mismatch.kind) {
    case "outcome":
      return adviseOutcome(wanted, got);
    case "not_determining":
      return [`${names(mismatch.rules)} did not decide this call; ${determiners(got)}`];
    case "also_determining":
      return [`${names(mismatch.rules)} decided it too: write \`by\` without \`only\`, or name every rule`];
    case "not_carried":
      return [`no rule that took effect carries ${names(mismatch.obligations)}`];
  }
}

function determiners(got: Observed): string {
  const { rules, reason } = got.decision;
  return rules.length === 0 ? `no rule did, the reason is \`${reason}\`` : `${names(rules)} did`;
}

function adviseOutcome(wanted: Expectation, got: Observed): readonly string[] {
  const { decision } = got;
  switch (shortOutcome(decision.outcome)) {
    case "allow":
      return idle(
        got,
        wanted.outcome === "deny" ? ["deny"] : ["require approval", "require_approval"],
        "did not apply",
      );
    case "approval":
      if (wanted.outcome === "deny") return ["nothing denies this call; it is only held back for approval"];
      return decision.outcome !== "require_approval"
        ? []
        : decision.approvals.map(({ rule, roles }) => {
            const role = roles === undefined ? "" : ` role ${roles[0]}`;
            return `put \`approved ${rule} by "someone"${role}\` before the call`;
          });
    case "deny":
      return adviseDenied(got);
  }
}

function adviseDenied(got: Observed): readonly string[] {
  const { decision, explanation } = got;
  switch (decision.reason) {
    case "no_allow": {
      const near = idle(got, ["allow"], "would allow it, but its condition is not true");
      return near.length > 0 ? near : ["no `allow` names this tool"];
    }
    case "denied_by_rule":
      return decision.rules.map(
        (rule) => `it passes once ${name(rule)} no longer applies${conditions(explanation.rules, rule)}`,
      );
    case "evidence_missing":
      return decision.hints.map(
        ({ rule, tools }) => `${name(rule)}: put \`prior ${tools[0]}(…) ok\` with matching values before the call`,
      );
    case "not_grounded":
      return decision.rules.map(
        (rule) => `${name(rule)}: let the value stand in \`user says\` or in a source's result before the call`,
      );
    case "budget_exceeded":
      return decision.rules.map((rule) => `${name(rule)}: what was let through before leaves too little for this call`);
    case "unknown_agent":
      return ["check the id globs of the agent named by `as`"];
    case "bad_facts":
      return ["give every fact that is not optional with `fact … = …`"];
    default:
      return [];
  }
}

function idle(got: Observed, kinds: readonly string[], what: string): readonly string[] {
  return got.explanation.rules
    .filter((rule) => kinds.includes(rule.kind) && !rule.determining)
    .map((rule) => `${name(rule.rule)} ${what}${conditions([rule], rule.rule)}`);
}

/** The atoms that are to blame, with their values. */
function conditions(rules: readonly RuleExplanation[], wanted: string): string {
  const atoms = rules.find((rule) => rule.rule === wanted)?.atoms ?? [];
  return atoms.length === 0 ? "" : ` (${atoms.map((atom) => `${name(atom.text)} is ${atom.value}`).join(", ")})`;
}
