/** Rules of every kind, well typed for the tools they name. */
import type {
  Approval,
  Carried,
  Condition,
  Contract,
  EvidenceKey,
  Outcome,
  OutcomePart,
  OutcomePartKind,
  Reference,
  Rule,
  Type,
} from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { withBinds } from "./binds.ts";
import { makeBudget } from "./budgets.ts";
import { makeCondition } from "./conditions.ts";
import { asRead, makeFlow, withLabel } from "./flows.ts";
import { makeGrounding } from "./grounding.ts";
import { makeInspect } from "./inspections.ts";
import { makeLoop } from "./loops.ts";
import { join, ofArguments, ofRequest, ofResults, ofRows } from "./references.ts";
import { isStorable } from "./storable.ts";
import { makeTargets } from "./targets.ts";

const MINUTE = 60_000;
export const HISTORIES_BEGIN = 1_767_225_600_000;

export function makeRule(name: string, contract: Contract, random: Random): Rule {
  return observed(withBinds(withLabel(asRead(bareRule(name, contract, random)), contract, random), contract), random);
}

/** Some for good, some until a moment that histories come to, some no longer. */
function observed(rule: Rule, random: Random): Rule {
  if (rule.kind === "allow" || !random.chance(0.12)) return rule;
  const until = random.pick([undefined, 0, 2, 60, 3_600]);
  return { ...rule, observe: until === undefined ? {} : { until: HISTORIES_BEGIN + until * 1_000 } };
}

function bareRule(name: string, contract: Contract, random: Random): Rule {
  const { targets, narrowed } = makeTargets(contract, random);
  const base = {
    name,
    targets,
    narrowed,
    because: undefined,
    suggest: undefined,
    maps: [],
    span: { start: 0, end: 0 },
  };
  const args = ofArguments(contract, targets);
  // Arguments are what most conditions read: they stand three times among what may be picked.
  const readable = join(args, args, args, ofRequest(contract));
  const { labels } = contract;
  const scope = { readable, guarded: true, depth: 0, labels };
  const when = (often: number) => (random.chance(often) ? makeCondition(scope, random) : undefined);
  const allow = (): Rule => {
    const obligations = random.chance(0.3) ? random.several(1, 2, () => makeObligation(random)) : [];
    return { ...base, kind: "allow", when: when(0.35), obligations };
  };
  const approvalRule = (): Rule => {
    const condition = when(0.6);
    return { ...base, kind: "require_approval", when: condition, approval: makeApproval(random) };
  };
  const groundedRule = (condition: Condition | undefined): Rule => {
    const found = makeGrounding(contract, base.targets, random);
    if (found === undefined) return allow();
    return {
      ...base,
      kind: "require_grounded",
      ...found,
      when: condition,
      otherwise: makeOutcome(random),
    };
  };
  const thatRule = (condition: Condition | undefined): Rule => {
    const that = makeCondition({ ...scope, guarded: false }, random);
    return { ...base, kind: "require_that", that, when: condition, otherwise: makeOutcome(random) };
  };
  const scopeRule = (condition: Condition | undefined): Rule => ({
    ...base,
    kind: "require_scope",
    scope: random.pick(["refunds:write", "refunds:write", "hello", "Refunds:write"]),
    when: condition,
    otherwise: makeOutcome(random),
  });
  return random.weighted<Rule>([
    [5, allow],
    [3, () => ({ ...base, kind: "deny", when: when(0.95) })],
    [
      2,
      () => ({
        ...base,
        kind: "oblige",
        when: when(0.6),
        obligations: random.several(1, 2, () => makeObligation(random)),
      }),
    ],
    [4, () => makePrior(base, contract, random, when(0.3)) ?? allow()],
    [2, approvalRule],
    [4, () => groundedRule(when(0.2))],
    [1, () => scopeRule(when(0.3))],
    [2, () => thatRule(when(0.3))],
    [4, () => makeBudget(base, contract, makeOutcome(random), random)],
    [3, () => makeFlowRule(base, contract, random, when(0.4))],
    [2, () => makeInspect(base, contract, when(0.3), makeOutcome(random), random)],
    [2, () => makeLoop(base, contract.tools.length, () => makeOutcome(random), random)],
  ]);
}

/** The one rule that makes most calls of a contract go through. */
export function allowEverything(contract: Contract): Rule {
  const targets = contract.tools.map((_, i) => i);
  const span = { start: 0, end: 0 };
  const base = { name: "all", targets, narrowed: [], because: undefined, suggest: undefined, maps: [], span };
  return { ...base, kind: "allow", when: undefined, obligations: [] };
}

type Base = Pick<Rule, "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">;

function makePrior(base: Base, contract: Contract, random: Random, when: Condition | undefined): Rule | undefined {
  const all = contract.tools.map((_, i) => i);
  const tools = random.some(all, 2);
  const current = ofArguments(contract, base.targets);
  const rows = join(ofArguments(contract, tools, "prior_args"), ofResults(contract, tools), ofRows(contract, tools));
  const pairs = keysOf(contract, tools, current.scalars, rows);
  const ofRow = pairs.filter((key) => key.prior.root === "prior_row" || key.isIn);
  const preferred = ofRow.length > 0 && random.chance(0.6) ? ofRow : pairs;
  const keys = preferred.length > 0 && random.chance(0.75) ? random.some(preferred, 2) : [];
  const scope = { readable: join(current, rows), guarded: false, depth: 0, labels: contract.labels };
  const asked = random.chance(0.4) && rows.scalars.length > 0 ? makeCondition(scope, random, 1) : undefined;
  const where = asked !== undefined && isStorable(asked) ? asked : undefined;
  return {
    ...base,
    kind: "require_prior",
    negated: random.chance(0.3),
    completion: random.chance(0.7) ? "ok" : "allowed",
    tools,
    keys,
    within: random.chance(0.4) ? random.pick([1, 5, 15]) * MINUTE : undefined,
    since: random.chance(0.25) ? random.some(all, 2) : undefined,
    where,
    when,
    otherwise: makeOutcome(random),
  };
}

/** Every key that two of them make: of one value, or of a value and a list. */
function keysOf(
  contract: Contract,
  tools: readonly number[],
  current: readonly Reference[],
  earlier: { readonly scalars: readonly Reference[]; readonly lists: readonly Reference[] },
): EvidenceKey[] {
  const sides = [
    ...earlier.scalars.filter((p) => p.member === undefined).map((prior) => ({ prior, type: prior.type, isIn: false })),
    ...earlier.lists.flatMap((prior) =>
      prior.type.kind === "list" && prior.root !== "prior_row" ? [{ prior, type: prior.type.element, isIn: true }] : [],
    ),
  ].filter(({ prior }) => prior.maps === undefined && prior.member === undefined && isInAll(contract, tools, prior));
  return current
    .filter((c) => c.member === undefined && c.maps === undefined)
    .flatMap((c) =>
      sides
        .filter(({ type }) => sameType(type.kind === "optional" ? type.of : type, c.type))
        .map(({ prior, isIn }) => ({ current: c, prior, isIn })),
    );
}

/** A key is read of every tool that may be the evidence. */
function isInAll(contract: Contract, tools: readonly number[], prior: Reference): boolean {
  const has = (tool: number) => contract.tools[tool]!.params.some((param) => param.name === prior.path[0]);
  return prior.root !== "prior_args" || tools.every(has);
}

function makeFlowRule(base: Base, contract: Contract, random: Random, when: Condition | undefined): Rule {
  return makeFlow(base, contract, when, makeOutcome(random), random);
}

function makeOutcome(random: Random): Outcome {
  const part = (kind: OutcomePartKind): OutcomePart => {
    switch (kind) {
      case "approval":
        return { kind, approval: makeApproval(random) };
      case "with":
        return { kind, obligations: random.several(1, 2, () => makeObligation(random)) };
      case "label":
      case "redact":
        throw new Error(`\`${kind}\` does not stand here yet`);
      case "suspend":
        return { kind, ledger: "run" };
      default:
        return { kind };
    }
  };
  if (random.chance(0.75)) return [part(random.pick(["deny", "deny", "approval", "approval", "warn"]))];
  const kinds = (["deny", "approval", "warn", "with", "suspend", "cancel"] as const).filter(
    (kind) => !["deny", "suspend", "cancel"].includes(kind) || random.chance(0.3),
  );
  const chosen = random.some(kinds, 3);
  return kinds.filter((kind) => chosen.includes(kind)).map(part);
}

/** What it binds follows from the rule (binds.ts). */
function makeApproval(random: Random): Approval {
  const roles = random.chance(0.25) ? undefined : random.some(["finance", "lead", "oncall"], 2);
  return {
    roles,
    quorum: roles === undefined || random.chance(0.7) ? 1 : 2,
    expires: random.chance(0.4) ? random.pick([1, 30]) * MINUTE : undefined,
    once: random.chance(0.4),
    orRequester: random.chance(0.2),
    whole: random.chance(0.75),
    binds: [],
  };
}

const OBLIGATIONS: readonly Carried[] = [
  { kind: "log_full" },
  { kind: "signed_receipt" },
  { kind: "snapshot_first" },
  { kind: "sandbox", profile: "read_replica" },
  { kind: "sandbox", profile: "jail" },
  { kind: "row_limit", rows: 200 },
  { kind: "row_limit", rows: 50 },
  { kind: "row_limit", rows: 1_000 },
  { kind: "timeout", ms: 30_000 },
  { kind: "timeout", ms: 5_000 },
  { kind: "credential", ms: 900_000 },
  { kind: "credential", ms: 60_000 },
  { kind: "throttle", count: 6, ms: 60_000 },
  { kind: "throttle", count: 10, ms: 60_000 },
  { kind: "throttle", count: 400, ms: 3_600_000 },
  { kind: "throttle", count: 100, ms: 3_600_000 },
  { kind: "redact", field: "result", classes: ["pii"] },
  { kind: "redact", field: "result", classes: ["pii", "secrets"] },
  { kind: "redact", field: "result", classes: ["keys"] },
  { kind: "rate", count: 2, ms: 60_000 },
  { kind: "rate", count: 3, ms: 3_600_000 },
  { kind: "rate", count: 40, ms: 86_400_000 },
];

export function makeObligation(random: Random): Carried {
  return random.pick(OBLIGATIONS);
}

function sameType(a: Type, b: Type): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
