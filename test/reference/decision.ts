/** The decision, and the join of all verdicts on a call (docs/semantics.md §5). Lists of names are sorted bytewise. */
import type { Obligation, OutcomeName, Reason } from "./contract.ts";
import type { Inspected } from "./inspection/inspect.ts";
import { merged, ofHost } from "./obligations.ts";
import type { Verdict } from "./verdict.ts";

export interface RefDecision {
  readonly outcome: OutcomeName;
  readonly reason: Reason;
  readonly rules: readonly string[];
  /** Each as `obligationText` prints it; distinct, sorted. */
  readonly obligations: readonly string[];
  /** By rule; digests in lower-case hex. */
  readonly approvals: readonly { readonly rule: string; readonly digest: string }[];
  readonly warnings: readonly string[];
  /** Each as `rule would do`, by rule. */
  readonly observed: readonly string[];
  readonly hints: readonly string[];
  /** What the call gave the session. */
  readonly labels: readonly string[];
  /** What the inspections that were asked saw; undefined: none was. */
  readonly inspected: Inspected | undefined;
  /** Of a chunk: bytes that may be passed on. */
  readonly release: number | undefined;
  /** All levels that the call has or may have, and the highest risk; nothing of what no rule was asked about. */
  readonly levels: readonly string[];
  readonly risk: string | undefined;
  readonly duplicate: boolean;
  readonly clockBehind: boolean;
  /** An ok result that is handed on does not fit what its tool returns. */
  readonly unfit: boolean;
  /** Of a call that is not let through: milliseconds until the budgets it exceeds have room. */
  readonly retryAfter: number | undefined;
  /** When the answer no longer counts. */
  readonly validUntil: number | undefined;
  /** False: the contract is only observed, and the call happens whatever the outcome. */
  readonly enforce: boolean;
}

const BARE: RefDecision = {
  outcome: "allow",
  reason: "none",
  rules: [],
  obligations: [],
  approvals: [],
  warnings: [],
  observed: [],
  hints: [],
  labels: [],
  inspected: undefined,
  release: undefined,
  levels: [],
  risk: undefined,
  duplicate: false,
  clockBehind: false,
  unfit: false,
  retryAfter: undefined,
  validUntil: undefined,
  enforce: true,
};

export function denied(reason: Reason): RefDecision {
  return { ...BARE, outcome: "deny", reason };
}

export function allowed(obligations: readonly Obligation[]): RefDecision {
  const texts = distinct(merged(obligations));
  return { ...BARE, outcome: texts.length === 0 ? "allow" : "allow_with_obligations", obligations: texts };
}

/** Deny over approval over obligations over allow; without a grant (of one made for others: under each identity), deny. */
export function join(verdicts: readonly Verdict[], granted: boolean): RefDecision {
  const observed = verdicts
    .filter((v) => v.observed.length > 0)
    .sort((a, b) => bytewise(a.rule.name, b.rule.name))
    .map((v) => `${v.rule.name} would ${v.observed.join(", ")}`);
  const joined = { ...joinEffects(verdicts, granted), observed };
  if (joined.outcome !== "deny" && joined.outcome !== "require_approval") return joined;
  return { ...joined, retryAfter: longestWait(verdicts) };
}

/** Undefined when no budget was exceeded, or one never has room again. */
function longestWait(verdicts: readonly Verdict[]): number | undefined {
  const waits = verdicts.flatMap((v) => v.waits);
  return waits.length === 0 || waits.includes("never") ? undefined : Math.max(...waits.map(Number));
}

function joinEffects(verdicts: readonly Verdict[], granted: boolean): RefDecision {
  const carriers = verdicts.filter((v) => v.carries.length > 0);
  const carried = carriers.flatMap((v) => v.carries);
  const warnings = namesOf(verdicts.filter((v) => v.effects.some((e) => e.kind === "warn")));
  const hints = namesOf(verdicts.filter((v) => v.hint));

  const denying = verdicts.filter((v) => v.effects.some((e) => e.kind === "deny"));
  if (denying.length > 0 || !granted) {
    const rules = namesOf(denying);
    const first = denying.find((v) => v.rule.name === rules[0])?.effects.find((e) => e.kind === "deny");
    return { ...denied(first?.reason ?? "no_allow"), rules, hints };
  }
  const profiles = new Set(carried.flatMap((o) => (o.kind === "sandbox" ? [o.profile] : [])));
  if (profiles.size > 1) {
    const rules = namesOf(carriers.filter((v) => v.carries.some((o) => o.kind === "sandbox")));
    return { ...denied("obligation_conflict"), rules, hints };
  }
  const approvals = verdicts
    .flatMap((v) => v.effects.flatMap((e) => (e.kind === "ask" ? [{ rule: v.rule.name, digest: e.digest }] : [])))
    .sort((a, b) => bytewise(a.rule, b.rule));
  if (approvals.length > 0) {
    const rules = approvals.map((a) => a.rule);
    return { ...BARE, outcome: "require_approval", reason: "approval_required", rules, approvals, warnings, hints };
  }
  const rules = namesOf(verdicts.filter((v) => v.grants || v.carries.length > 0));
  return { ...allowed(ofHost(carried)), rules, warnings, hints };
}

/** Members in the order of their names: equal obligations have equal texts. */
export function obligationText(obligation: Obligation): string {
  return JSON.stringify(Object.fromEntries(Object.entries(obligation).sort(([a], [b]) => bytewise(a, b))));
}

function distinct(obligations: readonly Obligation[]): readonly string[] {
  return [...new Set(obligations.map(obligationText))].sort(bytewise);
}

function namesOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map((v) => v.rule.name).sort(bytewise);
}

export function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
