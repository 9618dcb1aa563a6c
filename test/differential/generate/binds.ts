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
  const binds = bindsOf(readBy(rule, contract));
  const bound = (approval: Approval): Approval => ({ ...approval, binds });
  const within = (outcome: Outcome): Outcome =>
    outcome.map((part) => (part.kind === "approval" ? { ...part, approval: bound(part.approval) } : part));
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

/** Request fields only, whole where a member is read; each once, sorted by path. */
export function bindsOf(references: readonly Reference[]): readonly Reference[] {
  const fields = references.filter((r) => ["principal", "resource", "context", "action"].includes(r.root));
  const byPath = new Map(fields.map(unmembered).map((r) => [[r.root, ...r.path].join("."), r]));
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}
