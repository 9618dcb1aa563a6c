/** What an approval binds, from the rule that asks for it: request fields that its conditions read, and that its tools' levels rest on. */
import type { Approval, Condition, Contract, Outcome, Reference, Rule } from "../../reference/contract.ts";
import { referencesIn, unmembered } from "./conditions.ts";

const SCOPES: Reference = {
  kind: "reference",
  root: "principal",
  depth: 0,
  path: ["scopes"],
  member: undefined,
  type: { kind: "list", element: { kind: "text" } },
  optional: true,
};

export function withBinds(rule: Rule, contract: Contract): Rule {
  const read = readBy(rule, contract);
  const bound = (approval: Approval): Approval => {
    const alsoRead = ofTheCall(rule);
    const whole = approval.whole || readsEverything(rule, [...read, ...alsoRead]);
    const binds = bindsOf([...read, ...alsoRead], whole);
    // nothing at all cannot be written
    return whole || binds.length === 0
      ? { ...approval, whole: true, binds: bindsOf(read, true) }
      : { ...approval, whole, binds };
  };
  const within = (outcome: Outcome): Outcome =>
    outcome.map((part) => (part.kind === "approval" ? { ...part, approval: bound(part.approval) } : part));
  if (rule.kind === "loop")
    return { ...rule, steps: rule.steps.map((step) => ({ ...step, otherwise: within(step.otherwise) })) };
  if (rule.kind === "require_approval") return { ...rule, approval: bound(rule.approval) };
  return "otherwise" in rule ? { ...rule, otherwise: within(rule.otherwise) } : rule;
}

function readBy(rule: Rule, { tools }: Contract): readonly Reference[] {
  const conditions: readonly (Condition | undefined)[] = [
    "when" in rule ? rule.when : undefined,
    rule.kind === "require_that" ? rule.that : undefined,
    rule.kind === "require_prior" ? rule.where : undefined,
    ...rule.narrowed.map((narrowed) => narrowed.when),
  ];
  const given = conditions.filter((condition) => condition !== undefined);
  const cases = given.some(asksForClass) ? rule.targets.flatMap((tool) => tools[tool]!.cases.map((c) => c.when)) : [];
  return [...own(rule), ...[...given, ...cases].flatMap(referencesIn)];
}

/** `binds(…)` must name all that the rule reads, and cannot name what is derived from all arguments. */
function readsEverything(rule: Rule, read: readonly Reference[]): boolean {
  if (rule.kind === "loop" || rule.kind === "inspect" || (rule.kind === "flow" && rule.byValue)) return true;
  const derived = read.some(
    (r) => r.root === "action" && ["paths", "writes", "hosts", "emails", "commands", "tables"].includes(r.path[0]!),
  );
  // a case is no value that could be named: the union is
  const asksForCase = read.some((r) => r.cases !== undefined && r.type.kind === "record");
  return (
    derived ||
    asksForCase ||
    read.some((r) => r.maps !== undefined) ||
    JSON.stringify(rule, plainly).includes('"external"')
  );
}
const plainly = (_: string, value: unknown): unknown => (typeof value === "bigint" ? 0 : value);

/** Beside what its conditions read. */
function ofTheCall(rule: Rule): readonly Reference[] {
  if (rule.kind === "require_grounded") return rule.values.map(({ reference }) => reference);
  if (rule.kind === "require_prior") return rule.keys.map((key) => key.current);
  if (rule.kind !== "budget") return [];
  if (rule.measure.kind === "argument") return [rule.measure.value];
  return rule.measure.kind === "count" ? [rule.measure.list] : [];
}

/** What a rule reads beside its conditions. */
function own(rule: Rule): readonly Reference[] {
  if (rule.kind === "require_scope") return [SCOPES];
  if (rule.kind !== "require_grounded") return [];
  return rule.sources.flatMap((source) => (source.kind === "self" ? source.identifiers : []));
}

function asksForClass(condition: Condition): boolean {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.some(asksForClass);
    case "not":
      return asksForClass(condition.part);
    case "quantifier":
      return asksForClass(condition.body);
    default:
      return ["level_is", "level_has", "risk_is", "external"].includes(condition.kind);
  }
}

/** Request fields, and arguments unless the whole call is bound; whole where a member is read; each once, sorted by path. */
export function bindsOf(references: readonly Reference[], whole: boolean): readonly Reference[] {
  const roots = ["principal", "resource", "context", "action", ...(whole ? [] : ["args"])];
  const fields = references.filter((r) => roots.includes(r.root));
  const byPath = new Map(fields.map(unmembered).map((r) => [[r.root, ...r.path].join("."), r]));
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}
