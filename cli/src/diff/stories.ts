/**
 * Stories to try on two versions of a contract: a few messages, calls and results, as a host would send them. The last calls are
 * what matters; what stands before gives evidence, grounding and labels something to rest on.
 */
import type { Contract, FactRoot, FigureName, Json, Type } from "@thc/language";
import type { Dice } from "./dice.ts";
import type { Pools } from "./values.ts";

export type StoryEvent =
  | { readonly kind: "message"; readonly text: string; readonly after: number }
  | {
      readonly kind: "call";
      readonly tool: string;
      readonly args: Readonly<Record<string, Json>>;
      /** Reported as completed, if it is let through; undefined: no result comes. */
      readonly result: Json | undefined;
      /** What it is expected to cost, where some budget counts that. */
      readonly figures: { readonly [name in FigureName]?: number };
      /** Milliseconds since what stood before. */
      readonly after: number;
    };
export interface Story {
  readonly principal: string;
  readonly team: string | undefined;
  /** Whom it acts for. */
  readonly of?: string;
  readonly ofTeam?: string | undefined;
  readonly facts: readonly { readonly root: FactRoot; readonly name: string; readonly value: Json }[];
  readonly events: readonly StoryEvent[];
}

const TEXT: Type = { kind: "text" };
const maybe = (of: Type): Type => ({ kind: "optional", of });
/** What a host may send of every request beside the contract's facts. */
const SENT = [
  { root: "principal", name: "roles", type: maybe({ kind: "list", element: TEXT }) },
  { root: "context", name: "task", type: maybe({ kind: "id" }) },
  { root: "context", name: "origin", type: maybe(TEXT) },
] as const;

const GAPS = [1_000, 1_000, 1_000, 600_000, 2_400_000, 90_000_000 - 3_700_000] as const;

export function tellStory(before: Contract, after: Contract, pools: Pools, dice: Dice): Story {
  const contract = dice.below(4) === 0 ? before : after;
  const agents = contract.agents.flatMap(({ ids, team }) =>
    ids.map((id) => ({ id: id.replaceAll("*", "test"), team })),
  );
  // said where no agent says it
  const some = pools.pick(maybe(TEXT), dice) as string | undefined;
  const facts = [...contract.facts, ...SENT].flatMap(({ root, name, type }) => {
    const value = pools.pick(type, dice);
    return value === undefined ? [] : [{ root, name, value }];
  });
  const scopes = scopesOf([before, after]).filter(() => dice.below(4) > 0);
  if (scopes.length > 0) facts.push({ root: "principal", name: "scopes", value: scopes });
  const figures = figuresOf([before, after]);
  const target = dice.below(contract.tools.length);
  const earlier = dice.below(2) === 0 ? [] : priorsOf(contract, target).filter(() => dice.below(4) > 0);
  const others = Array.from({ length: dice.below(3) === 0 ? dice.below(3) : 0 }, () =>
    dice.below(contract.tools.length),
  );
  const again = dice.below(6) === 0 ? [target] : [];
  const said = remember(pools);
  const calls = [...others, ...earlier, ...again, target].map((tool) => ({
    ...call(contract.tools[tool]!, said, dice),
    figures: Object.fromEntries(figures.map((name) => [name, costOf(name, pools, dice)])),
  }));
  const says = dice.below(2) === 0 ? [{ kind: "message" as const, text: spoken(calls), after: 1_000 }] : [];
  const events = [...says, ...calls];
  const delegations = contract.rules.filter((rule) => rule.kind === "delegation");
  if (delegations.length > 0 && dice.below(2) === 0) {
    const { agent, from } = dice.of(delegations);
    const [to, by] = [contract.agents[agent], contract.agents[from]];
    const teams = { team: to?.team ?? some, ofTeam: by?.team ?? some };
    return { principal: idOf(contract, agent), of: idOf(contract, from), ...teams, facts, events };
  }
  const { id, team = some } = agents.length === 0 ? { id: "nobody" } : dice.of(agents);
  return { principal: id, team, facts, events };
}

const scopesOf = (contracts: readonly Contract[]): string[] => [
  ...new Set(
    contracts.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === "require_scope" ? rule.scope : []))),
  ),
];

/** What the budgets count of what a host says. */
const figuresOf = (contracts: readonly Contract[]): FigureName[] => [
  ...new Set(
    contracts.flatMap(({ rules }) =>
      rules.flatMap((rule) => {
        const kind = rule.kind === "budget" ? rule.measure.kind : undefined;
        return kind === "cost" || kind === "tokens" || kind === "elapsed" ? [kind] : [];
      }),
    ),
  ),
];

/** Mostly nothing: what costs too much is denied whatever else is so. */
function costOf(name: FigureName, pools: Pools, dice: Dice): number {
  if (dice.below(3) > 0) return 0;
  const cost = Math.abs(Number(pools.pick({ kind: "decimal" }, dice) ?? 0));
  return name === "cost" ? cost : Math.round(cost);
}

const idOf = ({ agents }: Contract, agent: number): string => (agents[agent]?.ids[0] ?? "").replaceAll("*", "test");

/** Tools whose earlier calls a rule about this one asks for: found by shape, whatever kind of rule it is. */
function priorsOf(contract: Contract, target: number): readonly number[] {
  const found = new Set<number>();
  for (const rule of contract.rules) {
    if (!("targets" in rule) || !rule.targets.includes(target)) continue;
    const { tools, sources } = rule as { readonly tools?: readonly number[]; readonly sources?: readonly object[] };
    for (const tool of tools ?? []) found.add(tool);
    for (const source of sources ?? []) if ("tool" in source && typeof source.tool === "number") found.add(source.tool);
  }
  return [...found];
}

/** Values by type, most of which come back: stories in which nothing meets anything again show little. */
function remember(pools: Pools): Pools {
  const known = new Map<string, Json[]>();
  return {
    pick(type, dice) {
      const key = JSON.stringify(type);
      const seen = known.get(key) ?? [];
      if (seen.length > 0 && dice.below(3) > 0) return dice.of(seen);
      const value = pools.pick(type, dice);
      if (value !== undefined) known.set(key, [...seen, value]);
      return value;
    },
  };
}

type Call = Extract<StoryEvent, { kind: "call" }>;

function call({ name, params, returns }: Contract["tools"][number], said: Pools, dice: Dice): Omit<Call, "figures"> {
  const members = (fields: readonly { readonly name: string; readonly type: Type }[]) =>
    fields.flatMap(({ name, type }) => {
      const value = said.pick(type, dice);
      return value === undefined ? [] : [[name, value] as const];
    });
  const args = Object.fromEntries(members(params));
  const result =
    returns?.kind === "record"
      ? // what was asked for comes back
        { ...Object.fromEntries(members(returns.fields)), ...shared(args, returns.fields) }
      : returns === undefined
        ? null
        : (said.pick(returns, dice) ?? null);
  return { kind: "call", tool: name, args, result: dice.below(6) === 0 ? undefined : result, after: dice.of(GAPS) };
}

function shared(args: Call["args"], fields: readonly { readonly name: string }[]): Call["args"] {
  return Object.fromEntries(fields.flatMap(({ name }) => (Object.hasOwn(args, name) ? [[name, args[name]!]] : [])));
}

/** A user who names every value that the calls use. */
function spoken(calls: readonly Call[]): string {
  const values: string[] = [];
  const visit = (value: Json): void => {
    if (typeof value === "string" || typeof value === "number") values.push(String(value));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  for (const { args } of calls) visit(args);
  return values.slice(0, 20).join(" and ");
}
