/** Inspections: the kinds of finding that rules ask about, by number, and the patterns that find them (docs/semantics/inspection.md). */
import { type Carried, type Contract, type Rule, SEVERITIES } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrCondition, IrContentRule, IrDetail, IrFindingKind, IrInspection } from "../ir/ir.ts";

type Inspect = Extract<Rule, { kind: "inspect" }>;
/** The kernel keeps a bit for each (runtime/kernel/assembly/inspection.ts). */
const MOST_KINDS = 256;

/** Undefined: no rule inspects. Patterns that no rule asks about are left out. */
export function lowerInspection({ rules, inspectors = [], tools, agents }: Contract): IrInspection | undefined {
  const asking = rules.filter((rule): rule is Inspect => rule.kind === "inspect" && rule.what !== "descriptions");
  if (asking.length === 0) return undefined;
  const kinds: IrFindingKind[] = [];
  const patterns: IrInspection["patterns"][number][] = [];
  for (const { name, patterns: all } of inspectors)
    for (const pattern of all) {
      const kind = { inspector: name, class: pattern.class, severity: pattern.severity };
      if (!asking.some((rule) => asksAbout(rule, kind))) continue;
      const known = kinds.findIndex((k) => sameKind(k, kind));
      patterns.push({ ...pattern, kind: known < 0 ? kinds.push(kind) - 1 : known });
    }
  if (kinds.length > MOST_KINDS)
    throw contractTooLarge(`the inspections are about more than ${MOST_KINDS} classes and severities`);
  const about = (what: Inspect["what"], tool: number | undefined): readonly IrContentRule[] =>
    rules.flatMap((rule, id) =>
      rule.kind === "inspect" && rule.what === what && (tool === undefined || rule.targets.includes(tool))
        ? [{ rule: id, only: onlyFor(rule, agents.length) }]
        : [],
    );
  return {
    kinds,
    patterns,
    results: tools.map((_, tool) => about("results", tool)),
    messages: about("messages", undefined),
  };
}

const onlyFor = ({ agent }: Inspect, count: number): IrCondition | undefined =>
  agent === undefined ? undefined : { op: "agent_is", agents: [agent], count };

/** What the host takes out where `redact` happens: of all arguments or of the result, what the rule looks for. */
export function redactions(rule: Rule): readonly Carried[] {
  if (rule.kind !== "inspect" || !rule.otherwise.some(({ kind }) => kind === "redact")) return [];
  const classes = rule.classes?.map((name) => `${rule.inspector}.${name}`) ?? [rule.inspector];
  return [{ kind: "redact", field: rule.what === "args" ? "args" : "result", classes }];
}

/** The classifier meets it at calls. */
export const isAboutCalls = (rule: Rule): boolean => rule.kind !== "inspect" || rule.what === "args";

export function lowerInspect(rule: Inspect, inspection: IrInspection | undefined): IrDetail {
  const kinds = (inspection?.kinds ?? []).flatMap((kind, i) => (asksAbout(rule, kind) ? [i] : []));
  return { kind: "inspection", kinds };
}

function asksAbout({ inspector, classes, atLeast }: Inspect, kind: IrFindingKind): boolean {
  return (
    kind.inspector === inspector &&
    (classes === undefined || classes.includes(kind.class)) &&
    SEVERITIES.indexOf(kind.severity) >= SEVERITIES.indexOf(atLeast)
  );
}

const sameKind = (a: IrFindingKind, b: IrFindingKind): boolean =>
  a.inspector === b.inspector && a.class === b.class && a.severity === b.severity;
