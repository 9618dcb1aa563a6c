/**
 * A law of the language as a property: one random trial against a subject, which throws when the law is broken.
 *
 * Laws look at a subject's answers only, never at the reference's: they hold for the real module and for the reference,
 * and a mutant of either is caught by them.
 */
import { type Event, encode } from "../differential/event.ts";
import type { Random } from "../differential/random.ts";
import { type Instance, NEW_SESSION, type Subject } from "../differential/subject.ts";
import { isWrittenObject, type Written } from "../differential/written.ts";
import type { RefDecision } from "../reference/decision.ts";

export interface Law {
  readonly number: number;
  /** The property as a sentence: the name of its test. */
  readonly sentence: string;
  /** Trials that a short test run makes: enough for every planted mutant of the law to be seen. */
  readonly trials: number;
  readonly check: (subject: Subject, random: Random) => void;
}

export function holds(condition: boolean, broken: () => string): void {
  if (!condition) throw new Error(broken());
}

export interface Played {
  readonly event: Event;
  readonly decision: RefDecision;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** The digests asked for before this event. */
  readonly asked: ReadonlyMap<string, string>;
}

/** The events, one after the other, in one session. */
export function play(instance: Instance, events: readonly Event[], from: Uint8Array = NEW_SESSION): readonly Played[] {
  let state = from;
  let asked: ReadonlyMap<string, string> = new Map();
  return events.map((event) => {
    const { decision, state: after } = instance.decide(encode(event, asked), state);
    const played: Played = { event, decision, before: state, after, asked };
    state = after;
    asked = new Map([...asked, ...decision.approvals.map(({ rule, digest }) => [rule, digest] as const)]);
    return played;
  });
}

/** Another request in the same place of the history. */
export function instead(instance: Instance, played: Played, request: Written): RefDecision {
  return instance.decide(encode({ ...played.event, request }, played.asked), played.before).decision;
}

export function isLetThrough(decision: RefDecision): boolean {
  return decision.outcome === "allow" || decision.outcome === "allow_with_obligations";
}

/** 0 is the most severe. */
export function severity(decision: RefDecision): number {
  return ["deny", "require_approval", "allow_with_obligations", "allow"].indexOf(decision.outcome);
}

/** `a` permits no more than `b`: an outcome at least as severe, and every obligation. */
export function isNoWeaker(a: RefDecision, b: RefDecision): boolean {
  if (!isLetThrough(a)) return severity(a) <= severity(b);
  return isLetThrough(b) && b.obligations.every((obligation) => a.obligations.includes(obligation));
}

const RULED: readonly string[] = [
  "none",
  "no_allow",
  "denied_by_rule",
  "evidence_missing",
  "not_grounded",
  "budget_exceeded",
  "approval_required",
  "obligation_conflict",
  "flow_denied",
];

/** The rules were asked: the request passed every check. */
export function isRuled(decision: RefDecision): boolean {
  return RULED.includes(decision.reason) && !decision.duplicate;
}

export function member(value: Written, ...path: readonly string[]): Written | undefined {
  return path.reduce<Written | undefined>(
    (at, name) => (at !== undefined && isWrittenObject(at) ? at.members.find(([n]) => n === name)?.[1] : undefined),
    value,
  );
}

/** With another value at the path; undefined takes the member away. Objects on the way are made. */
export function withMember(value: Written, path: readonly string[], to: Written | undefined): Written {
  const [name, ...rest] = path;
  if (name === undefined) return to ?? null;
  const members = isWrittenObject(value) ? value.members : [];
  const old = members.find(([n]) => n === name)?.[1];
  const next = rest.length === 0 ? to : withMember(old ?? { members: [] }, rest, to);
  if (old !== undefined)
    return {
      members: members.flatMap((m) => (m[0] !== name ? [m] : next === undefined ? [] : [[name, next] as const])),
    };
  return next === undefined ? { members } : { members: [...members, [name, next]] };
}

export function isCall(event: Event): boolean {
  return member(event.request, "event") === "call";
}

export function isResult(event: Event): boolean {
  return member(event.request, "event") === "result";
}

/** Undamaged and plainly spelled, so that its members can be changed one by one. */
export function plainEvents(events: readonly Event[]): readonly Event[] {
  return events.map((event) => ({ ...event, style: undefined, damage: [] }));
}
