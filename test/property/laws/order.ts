/** Law 2: order never matters. Rules have no order but that of their names; so names are given out the other way round. */
import type { Event } from "../../differential/event.ts";
import { digestOf } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Random } from "../../differential/random.ts";
import { isWrittenObject, type Written } from "../../differential/written.ts";
import type { Condition, Contract, Rule, Term } from "../../reference/contract.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { holds, type Law, play } from "../law.ts";

/** Longer histories fill tables, and which row goes first may follow the order of names. */
const SHORT = 40;

export const ORDER: readonly Law[] = [
  {
    number: 2,
    sentence: "which name comes first decides nothing but the reason that is told",
    trials: 250,
    check: (subject, random) => {
      const { contract, events: all } = makeCase(random.below(1e9));
      if (all.length > SHORT) return;
      // damage falls elsewhere where names have other lengths
      const events = all.map((event) => ({ ...event, damage: [] }));
      const names = contract.rules.map((rule) => rule.name);
      const other = new Map(names.map((name, i) => [name, names[names.length - 1 - i]!]));
      const rules = contract.rules.map((rule) => ({ ...rule, name: other.get(rule.name)! })).reverse();
      const renamed: Contract = { ...contract, rules };
      const there = play(
        subject.compile(renamed),
        events.map((event) => renamedEvent(event, other)),
      );
      for (const [i, { decision }] of play(subject.compile(contract), events).entries())
        same(decision, there[i]!.decision, (name) => other.get(name)!);
    },
  },
  {
    number: 2,
    sentence: "conditions, lists and patterns may be written in any order",
    trials: 60,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const shuffled: Contract = { ...contract, rules: contract.rules.map((rule) => shuffledRule(rule, random)) };
      const there = play(subject.compile(shuffled), events);
      for (const [i, { decision }] of play(subject.compile(contract), events).entries())
        same(decision, there[i]!.decision, (name) => name);
    },
  },
];

function same(a: RefDecision, b: RefDecision, name: (rule: string) => string): void {
  const shape = (d: RefDecision, of: (rule: string) => string) =>
    JSON.stringify([
      d.outcome,
      d.outcome === "deny" && d.rules.length > 0 ? "" : d.reason,
      d.obligations,
      [d.rules, d.warnings, d.hints, d.approvals.map((x) => x.rule)].map((list) => list.map(of).sort()),
      d.duplicate,
    ]);
  holds(shape(a, name) === shape(b, (n) => n), () => `${JSON.stringify(a)} became ${JSON.stringify(b)}`);
}

function renamedEvent(event: Event, other: ReadonlyMap<string, string>): Event {
  const rename = (value: Written): Written => {
    if (isWrittenObject(value))
      return {
        members: value.members.map(([n, v]) => [
          n,
          n === "rule" && typeof v === "string" ? (other.get(v) ?? v) : rename(v),
        ]),
      };
    if (value !== null && typeof value === "object" && "items" in value) return { items: value.items.map(rename) };
    if (typeof value !== "string") return value;
    const asked = [...other.keys()].find((name) => digestOf(name) === value);
    return asked === undefined ? value : digestOf(other.get(asked)!);
  };
  return { ...event, request: rename(event.request) };
}

function shuffledRule(rule: Rule, random: Random): Rule {
  const shuffle = <T>(items: readonly T[]): readonly T[] => (random.chance(0.5) ? [...items].reverse() : items);
  const term = (t: Term): Term => {
    if (t.kind === "pick") return { ...t, of: shuffle(t.of.map(term)) };
    if (t.kind !== "arithmetic") return t;
    const [left, right] = t.op === "-" ? [t.left, t.right] : shuffle([t.left, t.right]);
    return { ...t, left: term(left!), right: term(right!) };
  };
  const condition = (c: Condition): Condition => {
    switch (c.kind) {
      case "and":
      case "or":
        return { ...c, parts: shuffle(c.parts.map(condition)) };
      case "not":
        return { ...c, part: condition(c.part) };
      case "member":
        return { ...c, values: shuffle(c.values) };
      case "host_in":
        return { ...c, patterns: shuffle(c.patterns) };
      case "matches":
        return { ...c, globs: shuffle(c.globs) };
      case "compare":
        return { ...c, left: term(c.left), right: term(c.right) };
      case "subset":
      case "overlaps":
        return c.set.kind === "values" ? { ...c, set: { ...c.set, values: shuffle(c.set.values) } } : c;
      case "quantifier":
        return { ...c, lists: shuffle(c.lists), body: condition(c.body) };
      default:
        return c;
    }
  };
  const when = !("when" in rule) || rule.when === undefined ? {} : { when: condition(rule.when) };
  const own = rule.kind === "require_grounded" ? { values: shuffle(rule.values) } : {};
  const keys = rule.kind === "require_prior" ? { keys: shuffle(rule.keys) } : {};
  return { ...rule, ...when, ...own, ...keys } as Rule;
}
