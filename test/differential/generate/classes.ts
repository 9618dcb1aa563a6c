/**
 * The class of calls: tools whose levels have conditions, hosts that are inside, and targets that ask for levels, risk or destinations.
 * What a target comes to for a tool is found by looking at every class that a call of it may have, not by reasoning about sets.
 */
import type { Condition, Contract, Level, NarrowedTarget, Tool } from "../../reference/contract.ts";
import { bytewise } from "../../reference/decision.ts";
import type { Random } from "../random.ts";
import { makeCondition } from "./conditions.ts";
import { join, ofArguments, ofRequest } from "./references.ts";

type Risk = Tool["risk"];
const LEVELS: readonly Level[] = ["read", "write", "delete", "execute"];
const RISKS: readonly Risk[] = ["read", "write", "destructive", "critical"];
const STEPS = { read: 0, write: 1, delete: 2, execute: 2 } as const;

// ── tools

const HOSTS = ["acme.example", "*.acme.example", "localhost", "10.0.0.1", "*.example", "files.example"];

/** Some levels of some tools get a condition; destinations may be inside. */
export function withClasses(contract: Contract, random: Random): Contract {
  const inside = random.chance(0.5) ? [...random.some(HOSTS, 3)].sort(bytewise) : [];
  const tools = contract.tools.map((tool, rank) =>
    random.chance(0.3) ? withCases(tool, rank, contract, random) : tool,
  );
  return { ...contract, inside, tools };
}

function withCases(tool: Tool, rank: number, contract: Contract, random: Random): Tool {
  const named = tool.action?.kind === "named" && tool.action.level;
  if (named || tool.levels.length < 2) return tool;
  const readable = join(ofArguments(contract, [rank]), ofRequest(contract));
  const scope = { readable, guarded: true, depth: 0, labels: [] };
  const chosen = random.chance(0.2) ? tool.levels : random.some(tool.levels, tool.levels.length - 1);
  const cases = LEVELS.filter((level) => chosen.includes(level)).map((level) => {
    let when = makeCondition(scope, random, 1);
    while (isAboutClass(when)) when = makeCondition(scope, random, 1);
    return { level, when };
  });
  return { ...tool, cases };
}

/** Or about what follows from it: no level can depend on that. */
function isAboutClass(condition: Condition): boolean {
  const text = JSON.stringify(condition, (_, value) => (typeof value === "bigint" ? 0 : value));
  return /"(?:level_is|risk_is|external|blast|session_has)"|"root":"action","depth":\d+,"path":\["(?:paths|writes|hosts|emails|commands|tables)/.test(
    text,
  );
}

// ── targets

export interface ClassTargets {
  readonly text: string;
  readonly targets: readonly number[];
  readonly narrowed: readonly NarrowedTarget[];
}
interface World {
  readonly levels: readonly Level[];
  readonly risk: Risk;
  readonly external: boolean;
}
interface Asked {
  readonly text: string;
  readonly condition: Condition;
  readonly holds: (world: World) => boolean;
}

export function classTargets(tools: readonly Tool[]): readonly ClassTargets[] {
  const simple = ASKED.map((asked) => targets(asked.text, tools, (worlds) => meant(asked, worlds)));
  const except = ASKED.map((asked) =>
    targets(`* except ${asked.text}`, tools, (worlds) => negated(meant(asked, worlds))),
  );
  const pairs = PAIRS.map(([a, b]) =>
    targets(`${a.text}, ${b.text}`, tools, (worlds) => either(meant(a, worlds), meant(b, worlds))),
  );
  return [...simple, ...except, ...pairs].filter((found) => found.targets.length > 0);
}

const level = (...levels: readonly Level[]): Asked => ({
  text: `level(${levels.join(", ")})`,
  condition: { kind: "level_has", levels },
  holds: (world) => world.levels.some((each) => levels.includes(each)),
});
const risk = (sign: string, ...risks: readonly Risk[]): Asked => ({
  text: `risk ${sign}`,
  condition: { kind: "risk_is", risks },
  holds: (world) => risks.includes(world.risk),
});
const EXTERNAL: Asked = { text: "external", condition: { kind: "external" }, holds: (world) => world.external };
const ASKED: readonly Asked[] = [
  ...LEVELS.flatMap((a, i) => [level(a), ...LEVELS.slice(i + 1).map((b) => level(a, b))]),
  ...RISKS.flatMap((each, r) => [risk(`>= ${each}`, ...RISKS.slice(r)), risk(`== ${each}`, each)]),
  EXTERNAL,
];
const PAIRS = [
  [level("delete"), EXTERNAL],
  [EXTERNAL, risk(">= destructive", "destructive", "critical")],
  [level("write"), level("execute")],
] as const;

function targets(text: string, tools: readonly Tool[], of: (worlds: readonly World[]) => Condition): ClassTargets {
  const all = tools.map((tool) => of(worldsOf(tool)));
  const is = (condition: Condition, value: boolean) => condition.kind === "constant" && condition.value === value;
  return {
    text,
    targets: all.flatMap((when, tool) => (is(when, false) ? [] : [tool])),
    narrowed: all.flatMap((when, tool) => (when.kind === "constant" ? [] : [{ tool, when }])),
  };
}

function meant(asked: Asked, worlds: readonly World[]): Condition {
  const value = worlds.every(asked.holds);
  return value || !worlds.some(asked.holds) ? { kind: "constant", value } : asked.condition;
}

function negated(condition: Condition): Condition {
  return condition.kind === "constant"
    ? { kind: "constant", value: !condition.value }
    : { kind: "not", part: condition };
}

function either(a: Condition, b: Condition): Condition {
  if (a.kind === "constant") return a.value ? a : b;
  if (b.kind === "constant") return b.value ? b : a;
  const parts = [a, b].sort((x, y) => bytewise(JSON.stringify(x), JSON.stringify(y)));
  return { kind: "or", parts };
}

/** Every class that a call of the tool may have. */
function worldsOf(tool: Tool): readonly World[] {
  const { action } = tool;
  const named = action?.kind === "named" ? action : undefined;
  const outside = tool.external ? [true] : tool.params.some((param) => param.dest) ? [true, false] : [false];
  const sets = named?.level ? LEVELS.map((each) => [each]) : levelSets(tool);
  return sets.flatMap((levels) =>
    (named?.risk ? RISKS : [riskOf(tool, levels)]).flatMap((each) =>
      outside.map((external) => ({ levels, risk: each, external })),
    ),
  );
}

function levelSets(tool: Tool): readonly (readonly Level[])[] {
  const conditional = tool.cases.map((each) => each.level);
  let sets: readonly (readonly Level[])[] = [tool.levels.filter((each) => !conditional.includes(each))];
  for (const each of conditional) sets = sets.flatMap((set) => [set, [...set, each]]);
  return sets.map((set) => (set.length === 0 ? tool.levels : set));
}

function riskOf(tool: Tool, levels: readonly Level[]): Risk {
  if (tool.cases.length === 0 || !tool.riskByLevel) return tool.risk;
  return RISKS[Math.max(...levels.map((each) => STEPS[each])) + (tool.irreversible ? 1 : 0)]!;
}
