/** Labels of a session: who gave them, and which of them a call sees (docs/semantics/flows.md). */
import { evaluate } from "./condition.ts";
import type { Contract } from "./contract.ts";
import type { Environment } from "./read.ts";
import { certain, possible } from "./truth.ts";

/** By label's name: the turns that gave it; null: an event without one. */
export type Labels = ReadonlyMap<string, ReadonlySet<number | null>>;

/** What a call of this turn sees: what its own turn gave and no other did is left out. */
export function seen(labels: Labels, turn: number | undefined): ReadonlySet<string> {
  const isSeen = (turns: ReadonlySet<number | null>) => turn === undefined || [...turns].some((t) => t !== turn);
  return new Set([...labels].filter(([, turns]) => isSeen(turns)).map(([name]) => name));
}

export function give(labels: Labels, names: readonly string[], turn: number | undefined): Labels {
  const next = new Map(labels);
  for (const name of names) next.set(name, new Set([...(next.get(name) ?? []), turn ?? null]));
  return next;
}

export interface Given {
  /** Carried by all of the result. */
  readonly whole: readonly string[];
  /** Carried by fields of it. */
  readonly part: readonly string[];
}
export const NOTHING_GIVEN: Given = { whole: [], part: [] };

/** What the call gives, by the conditions as they are before it. */
export function givenBy(environment: Environment): Given {
  const { contract, tool, call } = environment;
  const given = tool.gives.filter(({ when }) => when === undefined || possible(evaluate(when, environment)));
  const names = (part: boolean) =>
    given.filter(({ from }) => (from !== undefined) === part).map(({ label }) => contract.labels[label]!.name);
  const reads = tool.external || call.levels.some((level) => level === "read" || level === "execute");
  const trusted = tool.trusted !== undefined && certain(evaluate(tool.trusted, environment));
  return { whole: reads && !trusted ? [...names(false), "untrusted"] : names(false), part: names(true) };
}

/** Whether some rule reads a label: only then are they kept. */
export function readsLabels(contract: Contract): boolean {
  const mentions = (value: unknown): boolean => {
    if (value === null || typeof value !== "object") return false;
    if ("kind" in value && (value.kind === "session_has" || value.kind === "flow")) return true;
    return Object.values(value).some(mentions);
  };
  const asked = contract.rules.flatMap((rule) => (rule.kind === "require_grounded" ? rule.sources : []));
  const trust = asked.map((source) => (source.kind === "argument" ? contract.tools[source.tool]!.trusted : undefined));
  return mentions([contract.rules, trust]);
}
