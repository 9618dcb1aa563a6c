/** Laws 1 and 4 for cloud actions: a name that the contract does not link is no action at all, and only the name decides. */

import type { Case } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import { CLOUD_POOL } from "../../differential/generate/cloud.ts";
import type { Random } from "../../differential/random.ts";
import type { Condition } from "../../reference/contract.ts";
import {
  holds,
  instead,
  isCall,
  isRuled,
  type Law,
  member,
  type Played,
  plainEvents,
  play,
  withMember,
} from "../law.ts";

/** A case with a tool that names its action, found by trying. */
function withNamedTool(random: Random): Case {
  for (;;) {
    const made = makeCase(random.below(1e9));
    if (made.contract.tools.some((tool) => tool.action?.kind === "named")) return made;
  }
}

/** Calls of such tools that reach the rules, with the argument's name and what was sent. */
function namedCalls({ contract }: Case, played: readonly Played[]) {
  return played.flatMap((p) => {
    const tool = contract.tools.find(({ name }) => name === member(p.event.request, "action", "tool"));
    if (!isCall(p.event) || tool?.action?.kind !== "named" || !isRuled(p.decision)) return [];
    const path = ["action", "args", tool.params[tool.action.param]!.name];
    const sent = member(p.event.request, ...path);
    return typeof sent === "string" ? [{ played: p, path, sent }] : [];
  });
}

export const ACTIONS: readonly Law[] = [
  {
    number: 1,
    sentence: "a call of a cloud action that is not linked is denied before any rule, however near its name is to one",
    trials: 60,
    check: (subject, random) => {
      const made = withNamedTool(random);
      const instance = subject.compile(made.contract);
      const linked = new Set(made.contract.registry?.actions.map(({ name }) => name));
      for (const { played, path, sent } of namedCalls(made, play(instance, plainEvents(made.events)))) {
        const cut = random.below(sent.length);
        for (const name of [
          ...CLOUD_POOL.canonical.filter((each) => !linked.has(each)),
          ...CLOUD_POOL.formless,
          `${sent}s`,
          `${sent.slice(0, cut)}~${sent.slice(cut + 1)}`,
          sent.slice(0, -1),
          `${sent.slice(0, cut)}\u0000${sent.slice(cut)}`,
          `${sent.slice(0, cut)}\u212a${sent.slice(cut + 1)}`,
        ]) {
          const { reason, rules } = instead(instance, played, withMember(played.event.request, path, name));
          holds(reason === "unknown_action" && rules.length === 0, () => `${JSON.stringify(name)}: ${reason}`);
        }
      }
    },
  },
  {
    number: 12,
    sentence: "letter case of a cloud action's name counts exactly where its provider counts it",
    trials: 60,
    check: (subject, random) => {
      const made = withNamedTool(random);
      const instance = subject.compile(made.contract);
      for (const { played, path, sent } of namedCalls(made, play(instance, plainEvents(made.events)))) {
        const provider = sent.slice(0, sent.indexOf(":") + 1);
        const other = `${provider}${sent.slice(provider.length).toUpperCase()}`;
        if (other === sent) continue;
        const { reason } = instead(instance, played, withMember(played.event.request, path, other));
        holds((reason === "unknown_action") === (provider === "gcp:"), () => `${sent} as ${other}: ${reason}`);
      }
    },
  },
  {
    number: 3,
    sentence: "a rule for a level or risk says nothing of a call whose action has another",
    trials: 60,
    check: (subject, random) => {
      const made = withNamedTool(random);
      const { contract } = made;
      const instance = subject.compile(contract);
      for (const { played, sent } of namedCalls(made, play(instance, plainEvents(made.events)))) {
        const name = sent.startsWith("gcp:") ? sent : sent.toLowerCase();
        const action = contract.registry?.actions.find((each) => each.name === name);
        const tool = contract.tools.findIndex((each) => each.name === member(played.event.request, "action", "tool"));
        const { action: how } = contract.tools[tool]!;
        if (action === undefined || how?.kind !== "named" || !how.level || !how.risk) continue;
        for (const rule of contract.rules.filter((each) => played.decision.rules.includes(each.name))) {
          const narrowed = rule.narrowed.find((each) => each.tool === tool);
          holds(
            narrowed === undefined || isFor(narrowed.when, action),
            () => `${rule.name} decided ${name}, which it is not for`,
          );
        }
      }
    },
  },
];

/** What a target asks of the class of an action, where no destination counts. */
function isFor(when: Condition, action: { readonly level: string; readonly risk: string }): boolean {
  switch (when.kind) {
    case "and":
      return when.parts.every((part) => isFor(part, action));
    case "or":
      return when.parts.some((part) => isFor(part, action));
    case "not":
      return !isFor(when.part, action) || when.part.kind === "external";
    case "level_has":
      return when.levels.some((level) => level === action.level);
    case "risk_is":
      return when.risks.some((risk) => risk === action.risk);
    default:
      return when.kind === "external";
  }
}
