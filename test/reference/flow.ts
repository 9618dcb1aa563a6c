/** Flows (docs/semantics/flows.md §3, §4): whether what stands in their way is there. */
import type { Contract, Rule } from "./contract.ts";
import type { Given } from "./labels.ts";
import type { Environment } from "./read.ts";
import type { Request } from "./request.ts";
import type { RefState } from "./state.ts";
import { addSeen, fieldsAt, heldIn, type SeenValues } from "./values.ts";

type Flow = Extract<Rule, { kind: "flow" }>;

export function flows(rule: Flow, environment: Environment, state: RefState, request: Request): boolean {
  const { labels } = environment.contract;
  const byValue = rule.byValue && !state.values.full;
  const have = byValue ? heldIn(state.values, request.args) : environment.labels;
  const has = (anyOf: readonly number[]) => anyOf.some((label) => have.has(labels[label]!.name));
  return rule.join === "and"
    ? rule.labels.every(({ anyOf }) => has(anyOf))
    : rule.labels.some(({ anyOf }) => has(anyOf));
}

/** Labels that some flow by value is about; only their values are kept. */
function valueLabels(contract: Contract): ReadonlySet<string> {
  const flowsByValue = contract.rules.filter((rule) => rule.kind === "flow" && rule.byValue) as readonly Flow[];
  return new Set(
    flowsByValue.flatMap((rule) => rule.labels.flatMap(({ anyOf }) => anyOf)).map((i) => contract.labels[i]!.name),
  );
}

/** A result that is handed on, also of a call that failed. */
export function see(seen: SeenValues, contract: Contract, tool: number, given: Given, request: Request): SeenValues {
  const kept = valueLabels(contract);
  const whole = given.whole.filter((label) => kept.has(label));
  const items = contract.tools[tool]!.gives.filter(({ label, from }) => {
    const { name } = contract.labels[label]!;
    return from !== undefined && given.part.includes(name) && kept.has(name);
  });
  const first = addSeen(seen, request.result, whole);
  return items.reduce(
    (all, { label, from }) =>
      fieldsAt(request.result, from!).reduce(
        (next, value) => addSeen(next, value, [contract.labels[label]!.name]),
        all,
      ),
    first,
  );
}
