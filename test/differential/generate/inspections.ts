/** Inspectors that meet (literals within literals, structure around them), rules that ask for them, and texts that hold them, encoded or not. */

import { allow, approval, contract, flow, listOf, optional, record, T, tool } from "../../contracts/build.ts";
import type { Condition, Contract, Inspector, InspectorPattern, Outcome, Rule } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, obj, type Written } from "../written.ts";
import { narrate, type Step } from "./history.ts";
import { suspicious } from "./suspicious.ts";

type Inspected = "args" | "results" | "messages";
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

export function makeInspect(
  base: Base,
  contract: Contract,
  when: Condition | undefined,
  otherwise: Outcome,
  random: Random,
  what: Inspected = random.pick(["args", "args", "results", "messages"]),
): Rule {
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
  const isCall = what === "args";
  return {
    ...base,
    targets: what === "messages" ? contract.tools.map((_, i) => i) : base.targets,
    narrowed: isCall ? base.narrowed : [],
    kind: "inspect",
    what,
    inspector: inspector.name,
    classes,
    atLeast: random.pick(possible),
    when: isCall ? when : undefined,
    otherwise: withRedaction(
      isCall ? otherwise : ofContent(what, otherwise),
      what !== "messages" && random.chance(0.35),
    ),
  };
}

/** In the order of the parts. */
function withRedaction(otherwise: Outcome, redacts: boolean): Outcome {
  if (!redacts) return otherwise;
  const isBehind = ({ kind }: Outcome[number]) => ["label", "suspend", "cancel"].includes(kind);
  return [...otherwise.filter((p) => !isBehind(p)), { kind: "redact" }, ...otherwise.filter(isBehind)];
}

/** Without what has no place there; where nothing is left, a warning. */
function ofContent(what: "results" | "messages", otherwise: Outcome): Outcome {
  const parts = otherwise.flatMap((part): Outcome => {
    if (part.kind === "suspend" && what === "messages") return [];
    if (part.kind !== "with") return [part];
    const obligations = part.obligations.filter(({ kind }) => kind !== "rate" && kind !== "redact");
    return obligations.length === 0 ? [] : [{ kind: "with", obligations }];
  });
  return parts.length === 0 ? [{ kind: "warn" }] : parts;
}

/** Those that the rules name. */
export function withInspectors(contract: Contract): Contract {
  const named = new Set(contract.rules.flatMap((rule) => (rule.kind === "inspect" ? [rule.inspector] : [])));
  if (named.size === 0) return contract;
  return { ...contract, inspectors: MADE_INSPECTORS.filter(({ name }) => named.has(name)) };
}

/** Calls, results and messages that may hold anything, under rules that look for it. */
export function tellInspections(random: Random, stepper: (contract: Contract) => Step): Case {
  const tools = [
    tool("note", { text: listOf(T.text) }, { returns: record({ said: T.text, more: optional(T.json) }) }),
    tool(
      "send",
      { body: T.text, more: optional(T.json) },
      { levels: ["write"], risk: "destructive", irreversible: true },
    ),
  ];
  const leak = [flow("leak", ["send"], ["hostile"], {}, ["hostile"])];
  const bare = contract(
    tools,
    [allow("all", ["*"]), ...(random.chance(0.5) ? leak : [])],
    [],
    ["support-bot-*"],
    undefined,
    ["hostile"],
  );
  const { targets: all, obligations: _, ...rest } = bare.rules.find((rule) => rule.kind === "allow")!;
  const names = ["ia", "ib", "ic", "id"].slice(0, 1 + random.below(4));
  const rules = names.map((name) => {
    const base = { ...rest, name, targets: random.chance(0.7) ? all : [random.below(2)] };
    const what = random.pick(["args", "results", "results", "messages"] as const);
    return makeInspect(base, bare, undefined, outcomeOf(random), random, what);
  });
  const given = withInspectors({
    ...bare,
    rules: [...bare.rules, ...rules].sort((a, b) => (a.name < b.name ? -1 : 1)),
  });
  const author = narrate(given, random, stepper(given));
  const text = () => suspicious(random);
  const more = (): Written => (random.chance(0.5) ? text() : obj({ [text()]: arr([text(), obj({ deep: text() })]) }));
  const call = (): void => {
    const toNote = random.chance(0.6);
    const plain = () => (random.chance(0.6) ? "x" : text());
    const args = toNote
      ? obj({ text: arr(random.several(0, random.chance(0.2) ? 40 : 2, plain)) })
      : obj({ body: plain(), more: more() });
    author.call({ tool: toNote ? 0 : 1, args });
  };
  const stream = (): void => {
    if (random.chance(0.5)) call();
    const around = () => ["grüße ".repeat(random.below(160)), "ok ".repeat(random.below(200))] as const;
    const [before, behind] = random.chance(0.5) ? ["", ""] : around();
    author.stream(`${before}${text()} ${behind}`);
  };
  for (let i = 0; i < 2 + random.below(8); i += 1)
    random.weighted<void>([
      [3, call],
      [3, () => author.result(obj({ said: text(), more: more() }))],
      [1, () => author.message(text())],
      [3, stream],
    ]);
  return { contract: given, events: author.events() };
}

function outcomeOf(random: Random): Outcome {
  const lead = approval({ once: random.chance(0.3) });
  return random.pick<Outcome>([
    [{ kind: "deny" }],
    [{ kind: "deny" }, { kind: "label", label: "hostile" }],
    [{ kind: "label", label: "hostile" }],
    [{ kind: "approval", approval: lead }],
    [
      { kind: "approval", approval: lead },
      { kind: "label", label: "hostile" },
    ],
    [{ kind: "with", obligations: [{ kind: "log_full" }] }],
  ]);
}
