/** Rules: clauses taken, targets resolved, conditions typed, one typed rule out. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type { Names, RuleEntry } from "../resolve/names.ts";
import { resolvePattern, resolveTargets, type Targets } from "../resolve/targets.ts";
import type * as Ast from "../syntax/ast.ts";
import { readApproval } from "./approvals.ts";
import { readBudget } from "./budgets.ts";
import { type Clauses, takeClauses } from "./clauses.ts";
import { typeCondition } from "./conditions.ts";
import type { Condition, Measure, Reference, Rule } from "./contract.ts";
import { typeDelegation, typeShare } from "./delegations.ts";
import { readFlowLabels } from "./flows.ts";
import { ownReads, readGrounding } from "./grounding.ts";
import { fitsOutcome, inspectDescriptions, readInspect } from "./inspect.ts";
import { readKeys } from "./keys.ts";
import { typeLimit } from "./limits.ts";
import { readLoop } from "./loops.ts";
import { mixedMoments } from "./moments.ts";
import { positiveDuration } from "./numbers.ts";
import { readObligations } from "./obligations.ts";
import { readObservation } from "./observation.ts";
import { readOutcome } from "./outcomes.ts";
import type { Scope } from "./scope.ts";
import { readSuggestion, usualSuggestion } from "./suggestions.ts";
import { type CheckTag, readTags } from "./tags.ts";

/** What `require scope` reads, for what an approval binds. */
const SCOPES: Condition = {
  kind: "has",
  value: {
    kind: "reference",
    root: "principal",
    depth: 0,
    path: ["scopes"],
    member: undefined,
    type: { kind: "list", element: { kind: "text" } },
    optional: true,
  },
};

const NOTHING: ReadonlySet<string> = new Set();

type RuleBase = Pick<
  Rule,
  "name" | "targets" | "narrowed" | "agent" | "because" | "suggest" | "maps" | "observe" | "span"
>;
/** What a clause gives: nothing there, or a fault that was reported. */
type Maybe<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };
const given = <T>(value: T | undefined): Maybe<T> => (value === undefined ? { ok: false } : { ok: true, value });

/** Undefined when something was reported. */
export function typeRule(
  entry: RuleEntry,
  names: Names,
  options: { readonly tags?: CheckTag; readonly now?: number },
  report: Report,
): Rule | undefined {
  const { tags, now } = options;
  if (entry.origin.kind === "delegate") return typeDelegation(entry, names, report);
  if (entry.origin.kind === "share")
    return typeShare(entry, names, (budget) => typeRule(budget, names, options, () => undefined));
  if (entry.origin.kind !== "written") return typeLimit(entry, names, report);
  const { node } = entry.origin;
  const clauses = takeClauses(node, report);
  if (clauses === undefined) return undefined;
  const found = targetsOf(node.head, clauses, names, report);
  const maps = readTags(clauses.maps?.tags ?? [], tags, report);
  const observe = node.observe === undefined ? {} : readObserve(node, now, report);
  if (found === undefined || maps === undefined || observe === undefined) return undefined;
  const { targets, narrowed } = found;
  const scope: Scope = {
    names,
    report,
    tools: targets.map((i) => names.tools[i]!),
    narrowed: narrowed.map((target) => target.when),
    prior: undefined,
    elements: [],
    strict: true,
    present: NOTHING,
    written: names.written,
  };
  const agent = entry.agent === undefined ? undefined : names.agentIndex.get(entry.agent);
  const suggest = readSuggestion(clauses.suggest?.instead, scope);
  if (clauses.suggest !== undefined && suggest === undefined) return undefined;
  const base: RuleBase = {
    name: node.name.text,
    targets,
    narrowed,
    ...(agent === undefined ? {} : { agent }),
    because: clauses.because?.text.value,
    suggest,
    maps,
    ...observe,
    span: node.name.span,
  };
  return typeHead(node.head, clauses, base, scope);
}

/** What grants is never only looked at: nothing would be granted by it. */
function readObserve(
  node: Ast.RuleNode,
  now: number | undefined,
  report: Report,
): Pick<RuleBase, "observe"> | undefined {
  if (node.head.kind === "allow") {
    const help = "an `allow` that is tried out grants nothing: leave it out; `observe` is for rules that narrow";
    return void report(error("THC3141", "an `allow` cannot be observed", node.observe!.span, "", { help }));
  }
  const observe = readObservation(node.observe!, now, report);
  return observe && { observe };
}

function targetsOf(head: Ast.Head, clauses: Clauses, names: Names, report: Report): Targets | undefined {
  if (
    head.kind === "allow" ||
    head.kind === "deny" ||
    head.kind === "oblige" ||
    head.kind === "flow" ||
    head.kind === "inspect"
  )
    return resolveTargets(head.targets, names, report);
  const clause = head.kind === "budget" ? clauses.on : clauses.for;
  const every: Ast.TargetsNode = { include: [{ kind: "star", span: head.span }], except: [], span: head.span };
  return resolveTargets(clause?.targets ?? every, names, report);
}

function when(clauses: Clauses, scope: Scope): Maybe<Condition | undefined> {
  return clauses.when === undefined
    ? { ok: true, value: undefined }
    : given(typeCondition(clauses.when.condition, scope));
}

function typeHead(head: Ast.Head, clauses: Clauses, base: RuleBase, scope: Scope): Rule | undefined {
  switch (head.kind) {
    case "deny": {
      const condition = when(clauses, scope);
      if (!condition.ok) return undefined;
      const suggest = base.suggest ?? usualSuggestion(condition.value, scope);
      return { ...base, kind: "deny", suggest, when: condition.value };
    }
    case "allow":
    case "oblige": {
      const condition = when(clauses, scope);
      const obligations = readObligations(clauses.with?.obligations ?? [], scope);
      if (!condition.ok || obligations === undefined) return undefined;
      return { ...base, kind: head.kind, when: condition.value, obligations };
    }
    case "approval": {
      const condition = when(clauses, scope);
      const conditions = condition.ok ? [condition.value] : [];
      const approval = readApproval(clauses.from!.approvers, conditions, scope);
      if (!condition.ok || approval === undefined) return undefined;
      return { ...base, kind: "require_approval", when: condition.value, approval };
    }
    case "grounded": {
      const condition = when(clauses, scope);
      const grounding = readGrounding(head, scope);
      const read = [condition.ok ? condition.value : undefined, ...ownReads(grounding?.sources ?? [])];
      const values = (grounding?.values ?? []).map(({ reference }) => reference);
      const otherwise = readOutcome(clauses.else?.outcomes, read, { ...scope, reads: values });
      if (!condition.ok || grounding === undefined || otherwise === undefined) return undefined;
      return { ...base, kind: "require_grounded", ...grounding, when: condition.value, otherwise };
    }
    case "scope": {
      const condition = when(clauses, scope);
      const asked = head.scope.value;
      if (asked === "")
        return void scope.report(error("THC3062", "a scope is not empty", head.scope.span, "no scope has this name"));
      const otherwise = readOutcome(
        clauses.else?.outcomes,
        [condition.ok ? condition.value : undefined, SCOPES],
        scope,
      );
      if (!condition.ok || otherwise === undefined) return undefined;
      return { ...base, kind: "require_scope", scope: asked, when: condition.value, otherwise };
    }
    case "that": {
      const condition = when(clauses, scope);
      const that = typeCondition(head.condition, { ...scope, strict: false });
      const otherwise = readOutcome(clauses.else?.outcomes, [condition.ok ? condition.value : undefined, that], scope);
      if (!condition.ok || that === undefined || otherwise === undefined) return undefined;
      return { ...base, kind: "require_that", that, when: condition.value, otherwise };
    }
    case "budget": {
      const budget = readBudget(head, clauses, scope);
      const otherwise = readOutcome(clauses.then?.outcomes, [], { ...scope, reads: measured(budget) });
      if (budget === undefined || otherwise === undefined) return undefined;
      return { ...base, kind: "budget", ...budget, otherwise };
    }
    case "loop": {
      const loop = readLoop(head, scope);
      return loop && { ...base, kind: "loop", ...loop };
    }
    case "flow": {
      const condition = when(clauses, scope);
      const labels = readFlowLabels(head, scope);
      const byValue = clauses["by value"] !== undefined;
      const reading: Scope = byValue ? { ...scope, reads: "everything" } : scope;
      const otherwise = readOutcome(clauses.then?.outcomes, condition.ok ? [condition.value] : [], reading);
      if (!condition.ok || labels === undefined || otherwise === undefined) return undefined;
      return { ...base, kind: "flow", join: head.join, labels, byValue, when: condition.value, otherwise };
    }
    case "inspect": {
      const inspect = readInspect(head, clauses, scope);
      const condition = when(clauses, scope);
      const reading: Scope = { ...scope, reads: "everything" };
      const otherwise = readOutcome(clauses.then?.outcomes, condition.ok ? [condition.value] : [], reading, true);
      if (!condition.ok || inspect === undefined || otherwise === undefined) return undefined;
      if (!fitsOutcome(inspect.what, otherwise, clauses.then?.outcomes ?? [], scope.report)) return undefined;
      if (inspect.what === "descriptions") inspectDescriptions(head, { ...inspect, otherwise }, scope);
      // what a call was, its result does not say: all of a tool's results are looked at
      const narrowed = inspect.what === "args" ? base.narrowed : [];
      return { ...base, narrowed, kind: "inspect", ...inspect, when: condition.value, otherwise };
    }
    case "prior":
      return prior(head, clauses, base, scope);
  }
}

/** Of the call, what a budget counts. */
function measured(budget: { readonly measure: Measure } | undefined): readonly Reference[] {
  const measure = budget?.measure;
  if (measure?.kind === "argument") return [measure.value];
  return measure?.kind === "count" ? [measure.list] : [];
}

function prior(
  head: Extract<Ast.Head, { kind: "prior" }>,
  clauses: Clauses,
  base: RuleBase,
  scope: Scope,
): Rule | undefined {
  const { names, report } = scope;
  const found = head.tools.map((pattern) => resolvePattern(pattern, names, report));
  const condition = when(clauses, scope);
  const within = clauses.within && positiveDuration(clauses.within.duration, report);
  if (!found.every((tools) => tools !== undefined)) return undefined;
  const tools = [...new Set(found.flat())].sort((a, b) => a - b);
  const inner: Scope = { ...scope, prior: tools.map((i) => names.tools[i]!), strict: false };
  const keys = readKeys(clauses.matching?.keys ?? [], inner);
  const where: Maybe<Condition | undefined> =
    clauses.where === undefined ? { ok: true, value: undefined } : given(typeCondition(clauses.where.condition, inner));
  if (where.ok && where.value !== undefined && mixedMoments(where.value) !== undefined) {
    const help = "compare a value of the earlier call with one of this call, or ask each of them alone";
    const message = "this asks two calls, or a call and its result, at once";
    return void report(error("THC3017", message, clauses.where!.condition.span, "", { help }));
  }
  const conditions = [condition.ok ? condition.value : undefined, where.ok ? where.value : undefined];
  const reads = (keys ?? []).map((key) => key.current);
  const otherwise = readOutcome(clauses.else?.outcomes, conditions, { ...scope, reads });
  const since = clauses.since && resolveTargets(clauses.since.targets, names, report)?.targets;
  if (!condition.ok || !where.ok || keys === undefined || otherwise === undefined) return undefined;
  if (clauses.since !== undefined && since === undefined) return undefined;
  if (clauses.within !== undefined && within === undefined) return undefined;
  return {
    ...base,
    kind: "require_prior",
    negated: head.negated,
    completion: head.completion,
    tools,
    keys,
    within,
    since,
    where: where.value,
    when: condition.value,
    otherwise,
  };
}
