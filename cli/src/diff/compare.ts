/**
 * Two versions of a contract asked the same: which calls come out otherwise, grouped by what changed, each group with the
 * smallest story that shows it. A story ends at its first difference: from there on the two have different histories.
 */
import { OBLIGATION_KINDS } from "@thc/language";
import type { Decision } from "@thc/runtime";
import { EMPTY_STATE, type Engine, encodeRequest } from "../engine.ts";
import { writeObligation } from "../testing/compare.ts";
import type { Story, StoryEvent } from "./stories.ts";

/** By how much it matters to a reviewer: what is newly possible first. */
export const DIRECTIONS = [
  "newly_allowed",
  "newly_asked",
  "loosened",
  "newly_denied",
  "newly_approval",
  "tightened",
] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Side {
  readonly outcome: Decision["outcome"];
  readonly reason: Decision["reason"];
  readonly rules: readonly string[];
  readonly obligations: readonly string[];
}
export interface Change {
  readonly direction: Direction;
  readonly tool: string;
  readonly before: Side;
  readonly after: Side;
  /** Calls of this kind. */
  readonly count: number;
  readonly witness: Story;
}

const START = Date.UTC(2026, 0, 1);

interface Difference {
  readonly at: number;
  readonly before: Side;
  readonly after: Side;
}
/** A story that is told again and again has nothing to say once so many of its calls were denied: no loop looks back further. */
const MOST_DENIED = 64;

/** The first call that comes out otherwise, and what both say; none: whether the last call was let through. */
function firstDifference(story: Story, before: Engine, after: Engine): Difference | boolean {
  let old: Uint8Array = EMPTY_STATE;
  let now: Uint8Array = EMPTY_STATE;
  let time = START;
  let turn = 1;
  let denied = 0;
  let isThrough = false;
  for (const [at, event] of story.events.entries()) {
    time += event.after;
    const request = requestOf(story, event, at, { time, turn });
    const [one, other] = [before.decide(request, old), after.decide(request, now)];
    [old, now] = [one.state, other.state];
    if (event.kind === "message") {
      turn += 1;
      continue;
    }
    const [a, b] = [sideOf(one), sideOf(other)];
    if (a.outcome !== b.outcome || a.obligations.join() !== b.obligations.join()) return { at, before: a, after: b };
    isThrough = one.outcome === "allow" || one.outcome === "allow_with_obligations";
    if (!isThrough && ++denied > MOST_DENIED) return false;
    if (!isThrough || event.result === undefined) continue;
    const result = resultOf(story, event.result, at, { time, turn });
    turn += 1;
    [old, now] = [before.decide(result, old).state, after.decide(result, now).state];
  }
  return isThrough;
}

function sideOf(decision: Decision): Side {
  const { outcome, reason, rules } = decision;
  const obligations =
    decision.outcome === "allow_with_obligations" ? decision.obligations.map(writeObligation).sort() : [];
  return { outcome, reason, rules, obligations };
}

/** Milliseconds since 1970, and which turn of the session it is. */
interface Moment {
  readonly time: number;
  readonly turn: number;
}

function base(story: Story, moment: Moment, context: object): object {
  const facts = (root: string) =>
    Object.fromEntries(story.facts.filter((fact) => fact.root === root).map(({ name, value }) => [name, value]));
  const principal = facts("principal");
  return {
    principal: {
      ...principal,
      id: story.principal,
      team: story.team,
      ...(story.of === undefined ? {} : { chain: [{ ...principal, id: story.of, team: story.ofTeam, at: START }] }),
    },
    resource: facts("resource"),
    context: { cwd: "/work", run: "diff", ...facts("context"), ...context, ...moment, session: "diff" },
  };
}
function requestOf(story: Story, event: StoryEvent, at: number, moment: Moment): Uint8Array {
  if (event.kind === "message")
    return encodeRequest({ event: "message", ...base(story, moment, {}), message: { from: "user", text: event.text } });
  const own = Object.fromEntries(
    story.facts.filter((fact) => fact.root === "action").map(({ name, value }) => [name, value]),
  );
  const action = { ...own, tool: event.tool, args: event.args };
  return encodeRequest({ event: "call", action, ...base(story, moment, { call_id: `call-${at}`, ...event.figures }) });
}
const resultOf = (story: Story, value: unknown, at: number, moment: Moment): Uint8Array =>
  encodeRequest({
    event: "result",
    ...base(story, moment, { call_id: `call-${at}` }),
    result: { status: "ok", value, kept: OBLIGATION_KINDS },
  });

const RANK = { deny: 0, require_approval: 1, allow_with_obligations: 2, allow: 3 } as const;
export function directionOf(before: Side["outcome"], after: Side["outcome"]): Direction {
  const [a, b] = [RANK[before], RANK[after]];
  if (a < 2 && b >= 2) return "newly_allowed";
  if (a === 0 && b === 1) return "newly_asked";
  if (a >= 2 && b === 0) return "newly_denied";
  if (a === 1 && b === 0) return "newly_denied";
  if (a >= 2 && b === 1) return "newly_approval";
  return b > a ? "loosened" : "tightened";
}

export function createComparison(before: Engine, after: Engine) {
  const groups = new Map<string, Change>();
  const size = (story: Story): number => JSON.stringify(story).length;
  return {
    /** Whether the story's last call was let through by both, alike. */
    add(story: Story): boolean {
      const found = firstDifference(story, before, after);
      if (typeof found === "boolean") return found;
      const event = story.events[found.at]!;
      if (event.kind !== "call") return false;
      const direction = directionOf(found.before.outcome, found.after.outcome);
      const key = JSON.stringify([direction, event.tool, keyOf(found.before), keyOf(found.after)]);
      const known = groups.get(key);
      const short = { ...story, events: story.events.slice(0, found.at + 1) };
      const witness = known === undefined || size(short) < size(known.witness) ? short : known.witness;
      const { before: a, after: b } = found;
      groups.set(key, { direction, tool: event.tool, before: a, after: b, count: (known?.count ?? 0) + 1, witness });
      return false;
    },
    changes(): readonly Change[] {
      const all = [...groups.values()].map((change) => ({ ...change, witness: shrink(change, before, after) }));
      return all.sort((a, b) => DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction) || b.count - a.count);
    },
  };
}

const keyOf = ({ outcome, reason, rules, obligations }: Side) => [outcome, reason, rules, obligations];

/** The same change from less: events, facts and arguments are left out while it stays. */
function shrink(change: Change, before: Engine, after: Engine): Story {
  const isSame = (story: Story): boolean => {
    const found = firstDifference(story, before, after);
    return (
      typeof found !== "boolean" &&
      found.at === story.events.length - 1 &&
      JSON.stringify([keyOf(found.before), keyOf(found.after)]) ===
        JSON.stringify([keyOf(change.before), keyOf(change.after)])
    );
  };
  let story = change.witness;
  const attempt = (smaller: Story): void => {
    if (isSame(smaller)) story = smaller;
  };
  // many at once first: a budget's story has hundreds
  for (let many = story.events.length >> 1; many >= 1; many >>= 1)
    for (let to = story.events.length - 1; to > 0; to -= many) {
      const from = Math.max(0, to - many);
      attempt({ ...story, events: story.events.filter((_, at) => at < from || at >= to) });
    }
  for (const fact of story.facts) attempt({ ...story, facts: story.facts.filter((each) => each !== fact) });
  attempt({ ...story, team: undefined, ofTeam: undefined });
  for (const [at, event] of story.events.entries()) {
    if (event.kind !== "call") continue;
    const inPlace = (other: StoryEvent): Story => ({
      ...story,
      events: story.events.map((each, i) => (i === at ? other : each)),
    });
    attempt(inPlace({ ...event, figures: {} }));
    // what was denied had none, and is told as an attempt
    attempt(inPlace({ ...(story.events[at] as typeof event), result: undefined }));
    for (const name of Object.keys(event.args)) {
      const now = story.events[at] as typeof event;
      const args = Object.fromEntries(Object.entries(now.args).filter(([other]) => other !== name));
      attempt(inPlace({ ...now, args }));
    }
  }
  return story;
}
