/**
 * Stories in which much happens: what budgets and loops count shows only then. One story that got through is told again and
 * again, each time about other things: its ids are renamed alike wherever they stand, so that what belonged together still does;
 * and, half of the time, with all of its numbers being one that the contracts speak of, or lies next to one.
 */
import type { Contract, Json } from "@thc/language";
import type { Dice } from "./dice.ts";
import type { Story, StoryEvent } from "./stories.ts";
import type { Pools } from "./values.ts";

const TIMES = [2, 3, 4, 5, 6, 8, 8, 12, 20, 60, 200] as const;
/** Of each tool. */
const MOST_KEPT = 64;

/** How a story is told this time. */
interface Telling {
  readonly time: number;
  /** All numbers; undefined: as they were. */
  readonly number: number | undefined;
  readonly isFree: boolean;
}

export function createFloods(contracts: readonly Contract[], pools: Pools) {
  const counted = new Set(contracts.flatMap(countedIn));
  const through = new Map<string, Story[]>();
  return {
    /** A story whose last call was let through. */
    keep(story: Story, dice: Dice): void {
      const last = story.events.at(-1);
      if (last?.kind !== "call" || !counted.has(last.tool)) return;
      const kept = through.get(last.tool) ?? [];
      through.set(last.tool, kept);
      if (kept.length < MOST_KEPT) kept.push(story);
      else kept[dice.below(MOST_KEPT)] = story;
    },
    /** Undefined where nothing is counted, or nothing of it got through yet. */
    tell(dice: Dice): Story | undefined {
      const tools = [...through.keys()];
      if (tools.length === 0) return undefined;
      const story = dice.of(through.get(dice.of(tools))!);
      const times = dice.of(TIMES);
      const number = dice.below(2) === 0 ? undefined : (pools.pick({ kind: "decimal" }, dice) as number);
      const isFree = dice.below(2) === 0;
      const events = Array.from({ length: times }, (_, time) =>
        story.events.map((event) => again(event, { time, number, isFree })),
      );
      return { ...story, events: events.flat() };
    },
  };
}

/** Tools whose calls a budget or a loop counts. */
function countedIn({ rules, tools }: Contract): readonly string[] {
  const some = rules.flatMap((rule) => (rule.kind === "budget" || rule.kind === "loop" ? rule.targets : []));
  return [...new Set(some)].flatMap((tool) => tools[tool]?.name ?? []);
}

function again(event: StoryEvent, telling: Telling): StoryEvent {
  if (event.kind === "message") return { ...event, text: retold(event.text, telling) as string };
  const { args, result, figures } = event;
  return {
    ...event,
    args: retold(args, telling) as typeof args,
    result: result === undefined ? undefined : retold(result, telling),
    figures: telling.isFree ? Object.fromEntries(Object.keys(figures).map((name) => [name, 0])) : figures,
  };
}

/** As values.ts makes them up: a letter or more, then digits. */
const ID = /\b[A-Z]{1,3}\d{1,6}\b/g;
const renamed = (id: string, time: number): string => (time === 0 ? id : `${id}0${time}`);

function retold(value: Json, telling: Telling): Json {
  if (typeof value === "string") return value.replaceAll(ID, (id) => renamed(id, telling.time));
  if (typeof value === "number" && telling.number !== undefined)
    return Number.isInteger(value) ? Math.trunc(telling.number) : telling.number;
  if (Array.isArray(value)) return value.map((each) => retold(each, telling));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, retold(each, telling)]));
}
