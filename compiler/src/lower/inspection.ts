/** Inspections: the kinds of finding that rules ask about, by number, and the patterns that find them (docs/semantics/inspection.md). */
import { type Contract, type Rule, SEVERITIES } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrDetail, IrFindingKind, IrInspection } from "../ir/ir.ts";

type Inspect = Extract<Rule, { kind: "inspect" }>;
/** The kernel keeps a bit for each (runtime/kernel/assembly/inspection.ts). */
const MOST_KINDS = 256;

/** Undefined: no rule inspects. Patterns that no rule asks about are left out. */
export function lowerInspection({ rules, inspectors = [] }: Contract): IrInspection | undefined {
  const asking = rules.filter((rule): rule is Inspect => rule.kind === "inspect");
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
  return { kinds, patterns };
}

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
