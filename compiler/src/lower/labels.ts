/** Labels: what each tool gives and what rules ask and give, as sets (docs/semantics/flows.md). */
import type { Condition, Contract, Outcome, Rule, Tool } from "@thc/language";
import type { IrDetail, IrGives } from "../ir/ir.ts";
import { labelSet, lowerCondition, type Scope } from "./conditions.ts";

type Flow = Extract<Rule, { kind: "flow" }>;
const UNTRUSTED = "untrusted";

/** Undefined: nothing, whatever the call. */
export function lowerGives(tool: Tool, contract: Contract, scope: Scope): IrGives | undefined {
  const conditional = tool.gives.flatMap(({ label, from, when }) =>
    when === undefined
      ? []
      : [{ labels: labelSet([label]), part: from !== undefined, when: lowerCondition(when, scope) }],
  );
  const isRead = tool.external || tool.levels.some((level) => level === "read" || level === "execute");
  const distrusted = isRead && !(tool.trusted?.kind === "constant" && tool.trusted.value);
  if (tool.gives.length === 0 && !distrusted) return undefined;
  const always = (part: boolean) =>
    labelSet(
      tool.gives.flatMap(({ label, from, when }) =>
        when === undefined && (from !== undefined) === part ? [label] : [],
      ),
    );
  const untrusted = contract.labels.findIndex((label) => label.name === UNTRUSTED);
  return {
    always: always(false),
    alwaysPart: always(true),
    conditional,
    fields: tool.gives.flatMap(({ label, from }) =>
      from === undefined ? [] : [{ labels: labelSet([label]), path: from }],
    ),
    untrusted: distrusted && untrusted >= 0 ? labelSet([untrusted]) : 0n,
    external: tool.external,
    trusted: tool.trusted === undefined ? undefined : lowerCondition(tool.trusted, scope),
  };
}

/** Of a flow by session: the labels, and its own condition. */
export function flowCondition(flow: Flow): Condition | undefined {
  if (flow.byValue) return flow.when;
  const parts: Condition[] = flow.labels.map(({ label, above, anyOf }) => ({
    kind: "session_has",
    label: above ? `above ${label}` : label,
    anyOf,
  }));
  const labels: Condition = parts.length === 1 ? (parts[0] as Condition) : { kind: flow.join, parts };
  return flow.when === undefined ? labels : { kind: "and", parts: [labels, flow.when] };
}

export function lowerValues(flow: Flow): IrDetail {
  return { kind: "values", every: flow.join === "and", labels: flow.labels.map(({ anyOf }) => labelSet(anyOf)) };
}

/** `label L` among what happens. */
export function outcomeLabels(outcome: Outcome, { labels }: Contract): bigint {
  return labelSet(outcome.flatMap((p) => (p.kind === "label" ? [labels.findIndex((l) => l.name === p.label)] : [])));
}
