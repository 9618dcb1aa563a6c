/** Does a decision meet an `expect` step? `allow` covers both ways of allowing; `by` means among the determining rules. */
import type { Carried, Contract } from "@thc/language";
import type { Decision } from "@thc/runtime";
import { unreachable } from "../unreachable.ts";
import type { Expectation, Mismatch } from "./report.ts";

export function compare(contract: Contract, wanted: Expectation, got: Decision): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  if (shortOutcome(got.outcome) !== wanted.outcome) mismatches.push({ kind: "outcome" });
  const named = wanted.by.map((rule) => contract.rules[rule]!.name);
  const absent = named.filter((name) => !got.rules.includes(name));
  if (absent.length > 0) mismatches.push({ kind: "not_determining", rules: absent });
  const others = wanted.only ? got.rules.filter((name) => !named.includes(name)) : [];
  if (others.length > 0) mismatches.push({ kind: "also_determining", rules: others });
  const trial = wanted.observed.map((rule) => contract.rules[rule]!.name);
  const silent = trial.filter((name) => !got.observed.some(({ rule }) => rule === name));
  if (silent.length > 0) mismatches.push({ kind: "not_observed", rules: silent });
  const missing = wanted.obligations.filter((one) => !isCarried(one, contract, got)).map(writeObligation);
  if (missing.length > 0) mismatches.push({ kind: "not_carried", obligations: missing });
  return mismatches;
}

/** What is merged holds each of its parts; a rate is none of the host's: a rule that decides says it. */
function isCarried(wanted: Carried, contract: Contract, got: Decision): boolean {
  if (wanted.kind === "rate") {
    const deciding = contract.rules.filter((rule) => got.rules.includes(rule.name));
    return deciding.some((rule) => carriedBy(rule).some((one) => writeObligation(one) === writeObligation(wanted)));
  }
  if (got.outcome !== "allow_with_obligations") return false;
  return got.obligations.some((one) =>
    one.kind === "redact" && wanted.kind === "redact"
      ? one.field === wanted.field && wanted.classes.every((name) => one.classes.includes(name))
      : writeObligation(one) === writeObligation(wanted),
  );
}

/** All that a rule may carry. */
export function carriedBy(rule: Contract["rules"][number]): readonly Carried[] {
  if ("obligations" in rule) return rule.obligations;
  const outcomes =
    rule.kind === "loop" ? rule.steps.map((step) => step.otherwise) : "otherwise" in rule ? [rule.otherwise] : [];
  return outcomes.flat().flatMap((part): readonly Carried[] => {
    if (part.kind === "with") return part.obligations;
    return part.kind === "redact" && rule.kind === "inspect" ? [redaction(rule)] : [];
  });
}

function redaction({ what, inspector, classes }: Extract<Contract["rules"][number], { kind: "inspect" }>): Carried {
  const names = classes?.map((name) => `${inspector}.${name}`) ?? [inspector];
  return { kind: "redact", field: what === "args" ? "args" : "result", classes: names };
}

export function shortOutcome(outcome: Decision["outcome"]): "allow" | "approval" | "deny" {
  switch (outcome) {
    case "allow":
    case "allow_with_obligations":
      return "allow";
    case "require_approval":
      return "approval";
    case "deny":
      return "deny";
    default:
      return unreachable(outcome);
  }
}

/** As it is written in a contract; equal obligations are written alike. */
export function writeObligation(obligation: Carried): string {
  switch (obligation.kind) {
    case "log_full":
    case "signed_receipt":
    case "snapshot_first":
      return obligation.kind;
    case "sandbox":
      return `sandbox(${obligation.profile})`;
    case "row_limit":
      return `row_limit(${obligation.rows})`;
    case "timeout":
    case "credential":
      return `${obligation.kind}(${writeDuration(obligation.ms)})`;
    case "throttle":
    case "rate":
      return `${obligation.kind}(${obligation.count} per ${writeDuration(obligation.ms)})`;
    case "redact":
      return `redact(${[obligation.field, ...[...obligation.classes].sort()].join(", ")})`;
    default:
      return unreachable(obligation);
  }
}

/** The largest unit that leaves a whole number: `90s`, `15m`, `1h`. */
export function writeDuration(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
  ] as const;
  const fitting = units.find(([, size]) => ms >= size && ms % size === 0);
  return fitting === undefined ? `${ms}ms` : `${ms / fitting[1]}${fitting[0]}`;
}
