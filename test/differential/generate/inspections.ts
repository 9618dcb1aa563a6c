/** Inspectors that meet (literals within literals, structure around them), rules that ask for them, and texts that hold them, encoded or not. */

import { allow, contract, listOf, optional, T, tool } from "../../contracts/build.ts";
import type { Condition, Contract, Inspector, InspectorPattern, Outcome, Rule } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, obj, type Written } from "../written.ts";
import { narrate, type Step } from "./history.ts";
import { suspicious } from "./suspicious.ts";

type Base = Pick<Rule, "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">;

const BARE = { fold: false, starts: false, before: undefined, after: undefined };
const exact = (name: string, severity: InspectorPattern["severity"], literal: string, rest = {}): InspectorPattern => ({
  class: name,
  severity,
  literal,
  ...BARE,
  ...rest,
});
const folded = (name: string, severity: InspectorPattern["severity"], literal: string, rest = {}): InspectorPattern =>
  exact(name, severity, literal, { fold: true, ...rest });

export const MADE_INSPECTORS: readonly Inspector[] = [
  {
    name: "keys",
    patterns: [
      exact("token", "critical", "kk-", { starts: true, after: { of: "A-Z0-9_-", least: 4 } }),
      exact("token", "high", "Kk-"),
      exact("token", "low", "k-"),
      exact("address", "medium", "@", { before: { of: "a-z.", least: 2 }, after: { of: "a-z.", least: 4 } }),
    ],
  },
  {
    name: "words",
    patterns: [
      folded("she", "high", "she"),
      folded("he", "low", "he"),
      folded("hers", "medium", "hers"),
      folded("hers", "critical", "hers hers", { starts: true }),
      folded("drop", "high", "'; drop"),
      exact("markup", "critical", "<x>"),
    ],
  },
];

export function makeInspect(base: Base, when: Condition | undefined, otherwise: Outcome, random: Random): Rule {
  const inspector = random.pick(MADE_INSPECTORS);
  const all = [...new Set(inspector.patterns.map((p) => p.class))];
  const classes = random.chance(0.5) ? undefined : [...random.some(all, 2)].sort();
  const severities = ["low", "medium", "high", "critical"] as const;
  const possible = severities.filter((severity) =>
    inspector.patterns.some(
      (p) =>
        (classes === undefined || classes.includes(p.class)) &&
        severities.indexOf(p.severity) >= severities.indexOf(severity),
    ),
  );
  return {
    ...base,
    kind: "inspect",
    what: "args",
    inspector: inspector.name,
    classes,
    atLeast: random.pick(possible),
    when,
    otherwise,
  };
}

/** Those that the rules name. */
export function withInspectors(contract: Contract): Contract {
  const named = new Set(contract.rules.flatMap((rule) => (rule.kind === "inspect" ? [rule.inspector] : [])));
  if (named.size === 0) return contract;
  return { ...contract, inspectors: MADE_INSPECTORS.filter(({ name }) => named.has(name)) };
}

/** Calls whose arguments may hold anything, under rules that look for it. */
export function tellInspections(random: Random, stepper: (contract: Contract) => Step): Case {
  const tools = [tool("send", { body: T.text, more: optional(T.json) }), tool("note", { text: listOf(T.text) })];
  const bare = contract(tools, [allow("all", ["*"])], [], ["support-bot-*"]);
  const { targets: all, ...rest } = bare.rules[0]!;
  const names = ["ia", "ib", "ic", "id"].slice(0, 1 + random.below(4));
  const rules = names.map((name) => {
    const base = { ...rest, name, targets: random.chance(0.7) ? all : [random.below(2)] };
    const outcome = random.pick(["deny", "deny", "warn"] as const);
    return makeInspect(base, undefined, [{ kind: outcome }], random);
  });
  const given = withInspectors({ ...bare, rules: [...bare.rules, ...rules] });
  const author = narrate(given, random, stepper(given));
  const text = () => suspicious(random);
  const more = (): Written => (random.chance(0.5) ? text() : obj({ [text()]: arr([text(), obj({ deep: text() })]) }));
  for (let i = 0; i < 2 + random.below(8); i += 1) {
    const toNote = random.chance(0.4);
    const args = toNote ? obj({ text: arr(random.several(0, 40, text)) }) : obj({ body: text(), more: more() });
    author.call({ tool: toNote ? 0 : 1, args });
  }
  return { contract: given, events: author.events() };
}
