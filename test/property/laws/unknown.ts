/** Law 4: errors deny, by position. Whatever cannot be known, in a request or in what was recorded, never helps. */
import type { Event } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import { isWrittenObject, plain, type Written } from "../../differential/written.ts";
import type { Contract, Rule, Type } from "../../reference/contract.ts";
import {
  holds,
  instead,
  isCall,
  isLetThrough,
  isNoWeaker,
  isResult,
  isRuled,
  type Law,
  member,
  plainEvents,
  play,
  withMember,
} from "../law.ts";

/** A text without a form of any kind: no Email, Url, Host or Path has a control character. */
const FORMLESS = "\u0007";
const FORMED: readonly string[] = [
  ...["email", "url", "host", "path"],
  ...["ip", "account", "date", "time", "duration", "command", "sql"],
];
const TOO_LONG = 1_025;

/** A text without a form is another text, and flows by value and inspections look for the one that was sent. */
const looks = (rule: Rule): boolean => rule.kind === "inspect" || (rule.kind === "flow" && rule.byValue);

export const UNKNOWN_DENIES: readonly Law[] = [
  {
    number: 4,
    sentence: "putting unknown in place of any value never weakens the decision",
    trials: 250,
    check: (subject, random) => {
      const { contract: made, events } = makeCase(random.below(1e9));
      if (events.length > 60) return;
      const contract = { ...made, rules: made.rules.filter((rule) => !looks(rule)) };
      const instance = subject.compile(contract);
      for (const played of play(instance, plainEvents(events)).filter((p) => isCall(p.event) && isRuled(p.decision)))
        for (const request of withUnknowns(played.event, contract)) {
          const unsure = instead(instance, played, request);
          holds(
            isNoWeaker(unsure, played.decision),
            () => `${played.decision.outcome} became ${unsure.outcome}: ${plain(request).slice(0, 500)}`,
          );
        }
    },
  },
  {
    number: 4,
    sentence: "a value of a result that is unknown never weakens what is decided later",
    trials: 250,
    check: (subject, random) => {
      const made = makeCase(random.below(1e9));
      const { events } = made;
      if (events.length > 60) return;
      const contract = { ...made.contract, rules: made.contract.rules.filter((r) => !looks(r)) };
      const clear = plainEvents(events);
      const unsure = clear.map((event) => withUnknownResult(event, contract, clear));
      const instance = subject.compile(contract);
      const there = play(instance, unsure);
      for (const [i, { event, decision }] of play(instance, clear).entries()) {
        const other = there[i]!.decision;
        holds(isNoWeaker(other, decision), () => `event ${i}: ${decision.outcome} became ${other.outcome}`);
        if (isCall(event) && isLetThrough(other) !== isLetThrough(decision)) return;
      }
    },
  },
];

/** One request for each value that can be made unknown: a form spoilt, a list too long, a fact left out. */
function withUnknowns(event: Event, contract: Contract): readonly Written[] {
  const { request } = event;
  const tool = contract.tools.find((t) => t.name === member(request, "action", "tool"));
  const args = (tool?.params ?? []).flatMap((param) => {
    const value = member(request, "action", "args", param.name);
    if (value === undefined || value === null) return [];
    return spoilt(value, param.type).map((v) => withMember(request, ["action", "args", param.name], v));
  });
  const facts = contract.facts.flatMap((fact) => {
    const value = member(request, fact.root, fact.name);
    if (value === undefined || value === null) return [];
    const left = fact.type.kind === "optional" ? [] : [withMember(request, [fact.root, fact.name], undefined)];
    return [...left, ...spoilt(value, fact.type).map((v) => withMember(request, [fact.root, fact.name], v))];
  });
  return [...args, ...facts];
}

/** The value with one part of it unknown, in every way there is. */
function spoilt(value: Written, type: Type): readonly Written[] {
  if (type.kind === "optional") return value === null ? [] : spoilt(value, type.of);
  if (FORMED.includes(type.kind)) return typeof value === "string" ? [FORMLESS] : [];
  if (type.kind === "list" && value !== null && typeof value === "object" && "items" in value) {
    const { items } = value;
    const inside = items.flatMap((item, i) =>
      spoilt(item, type.element).map((v) => ({ items: items.map((x, j) => (i === j ? v : x)) })),
    );
    return items.length === 0 ? [] : [...inside, { items: Array.from({ length: TOO_LONG }, () => items[0]!) }];
  }
  if (type.kind === "record" && isWrittenObject(value))
    return type.fields.flatMap((field) => {
      const part = member(value, field.name);
      return part === undefined ? [] : spoilt(part, field.type).map((v) => withMember(value, [field.name], v));
    });
  return [];
}

/** A result whose every value that can be is unknown. */
function withUnknownResult(event: Event, contract: Contract, events: readonly Event[]): Event {
  if (!isResult(event)) return event;
  const id = member(event.request, "context", "call_id");
  const call = events.find((e) => isCall(e) && member(e.request, "context", "call_id") === id);
  const tool = contract.tools.find((t) => call !== undefined && t.name === member(call.request, "action", "tool"));
  const value = member(event.request, "result", "value");
  if (tool?.returns === undefined || value === undefined) return event;
  return { ...event, request: withMember(event.request, ["result", "value"], allSpoilt(value, tool.returns)) };
}

function allSpoilt(value: Written, type: Type): Written {
  if (type.kind === "optional") return value === null ? value : allSpoilt(value, type.of);
  if (FORMED.includes(type.kind)) return typeof value === "string" ? FORMLESS : value;
  if (type.kind === "list" && value !== null && typeof value === "object" && "items" in value)
    return { items: value.items.map((item) => allSpoilt(item, type.element)) };
  if (type.kind === "record" && isWrittenObject(value))
    return {
      members: value.members.map(([n, v]) => {
        const field = type.fields.find((f) => f.name === n);
        return [n, field === undefined ? v : allSpoilt(v, field.type)] as const;
      }),
    };
  return value;
}
