/**
 * Laws 1 and 4 for what a tool is: a definition that nobody reviewed and an argument that nobody declared are denied, and what a rule
 * asks of a call's class it asks of what the class rests on.
 */

import { approval } from "../../contracts/build.ts";
import { withBinds } from "../../differential/generate/binds.ts";
import { makeCase, stepper } from "../../differential/generate/case.ts";
import { makeContract } from "../../differential/generate/contract.ts";
import { narrate } from "../../differential/generate/history.ts";
import { allowEverything } from "../../differential/generate/rules.ts";
import type { Random } from "../../differential/random.ts";
import type { Condition, Contract, Param, Reference, Rule, Tool } from "../../reference/contract.ts";
import { holds, instead, isCall, isRuled, type Law, member, plainEvents, play, withMember } from "../law.ts";

const span = { start: 0, end: 0 };

export const TOOL_LAWS: readonly Law[] = [
  {
    number: 1,
    sentence: "a call under a definition that is not the pinned one is denied before any rule",
    trials: 120,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      if (contract.imports.length === 0) return;
      const instance = subject.compile(contract);
      for (const played of play(instance, plainEvents(events))) {
        const tool = toolOf(contract, played.event.request);
        if (!isCall(played.event) || tool?.definition === undefined || !isRuled(played.decision)) continue;
        const at = random.below(64);
        const digit = tool.definition[at] === "0" ? "1" : "0";
        for (const digest of [
          `${tool.definition.slice(0, at)}${digit}${tool.definition.slice(at + 1)}`,
          "",
          tool.definition.slice(1),
        ]) {
          const { reason } = instead(instance, played, withMember(played.event.request, ["action", "digest"], digest));
          holds(reason === "tool_drift", () => `another definition: ${reason}`);
        }
      }
    },
  },
  {
    number: 1,
    sentence: "an argument that is not declared is denied, unless the tool is open: then nothing else changes",
    trials: 80,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const instance = subject.compile(contract);
      for (const played of play(instance, plainEvents(events))) {
        const tool = toolOf(contract, played.event.request);
        if (!isCall(played.event) || tool === undefined || !isRuled(played.decision)) continue;
        const request = withMember(played.event.request, ["action", "args", "no_such_argument"], true);
        const { outcome, reason } = instead(instance, played, request);
        const same = outcome === played.decision.outcome || played.decision.outcome === "require_approval";
        // what was approved binds the arguments as they were
        const asks = outcome === "require_approval";
        holds(
          tool.open ? same || asks || reason === "call_id_reused" : reason === "bad_arguments",
          () => `${tool.name}: ${outcome}, ${reason}`,
        );
      }
    },
  },
  {
    number: 4,
    sentence: "a rule for a class of calls is a rule for what the class rests on, in every position",
    trials: 400,
    check: (subject, random) => {
      const made = withAsked(random);
      if (made === undefined) return;
      const { contract, tool, asked, restsOn } = made;
      const byClass = rulesFor(contract, tool, asked, undefined, random.below(4));
      const byCondition = rulesFor(contract, tool, undefined, restsOn, byClass.kind);
      const classy = { ...contract, rules: byClass.rules };
      // levels have no conditions there: nothing of the class is left to ask
      const tools = contract.tools.map((each) => ({ ...each, cases: [] }));
      const plain = { ...contract, tools, rules: byCondition.rules };
      const author = narrate(classy, random, stepper(classy));
      for (let i = 0; i < 6; i += 1) author.call({ tool });
      const events = plainEvents(author.events());
      const others = play(subject.compile(plain), events);
      for (const [i, { decision }] of play(subject.compile(classy), events).entries()) {
        const other = others[i]!.decision;
        const same =
          decision.outcome === other.outcome &&
          decision.reason === other.reason &&
          decision.rules.join() === other.rules.join();
        holds(
          same,
          () =>
            `by class ${decision.outcome} (${decision.rules.join()}), by condition ${other.outcome} (${other.rules.join()})`,
        );
      }
    },
  },
];

const toolOf = ({ tools }: Contract, request: Parameters<typeof member>[0]): Tool | undefined =>
  tools.find(({ name }) => name === member(request, "action", "tool"));

interface Asked {
  readonly contract: Contract;
  readonly tool: number;
  readonly asked: Condition;
  readonly restsOn: Condition;
}

/** A level that depends on a condition, or a destination: what a target asks, and the same written out. */
function withAsked(random: Random): Asked | undefined {
  const made = makeContract(random);
  const silent = made.tools.map((each) => ({ ...each, gives: [], trusted: undefined }));
  const contract: Contract = { ...made, labels: [], tools: silent };
  const choices = contract.tools.flatMap((each, tool): readonly Asked[] => {
    const always = each.levels.filter((level) => !each.cases.some((c) => c.level === level));
    const levels = always.length === 0 ? [] : each.cases;
    const dest = each.params.filter((param) => param.dest);
    return [
      ...levels.map(
        ({ level, when }): Asked => ({ contract, tool, asked: { kind: "level_has", levels: [level] }, restsOn: when }),
      ),
      ...(each.external || dest.length === 0
        ? []
        : [
            {
              contract,
              tool,
              asked: { kind: "external" } as const,
              restsOn: { kind: "or", parts: dest.map((p) => outside(p, contract.inside)) } as const,
            },
          ]),
    ];
  });
  return choices.length === 0 ? undefined : random.pick(choices);
}

function outside({ name, type }: Param, inside: readonly string[]): Condition {
  const bare = type.kind === "optional" ? type.of : type;
  const value: Reference = {
    kind: "reference",
    root: "args",
    depth: 0,
    path: [name],
    member: undefined,
    type: bare,
    optional: type.kind === "optional",
  };
  const elsewhere = (of: Reference): Condition => {
    const { kind } = of.type;
    const member = kind === "url" ? "url.host" : kind === "email" ? "email.domain" : undefined;
    return {
      kind: "not",
      part: { kind: "host_in", item: { ...of, member, type: { kind: "host" } }, patterns: inside },
    };
  };
  if (bare.kind !== "list") return { kind: "and", parts: [{ kind: "has", value }, elsewhere(value)] };
  const element: Reference = { ...value, root: "element", path: [], type: bare.element, optional: false };
  return { kind: "quantifier", quantifier: "any", depth: 0, lists: [value], body: elsewhere(element) };
}

/** One rule that asks, among rules that make its answer show. */
function rulesFor(
  contract: Contract,
  tool: number,
  asked: Condition | undefined,
  when: Condition | undefined,
  kind: number,
): { readonly rules: readonly Rule[]; readonly kind: number } {
  const narrowed = asked === undefined ? [] : [{ tool, when: asked }];
  const base = {
    name: "asks",
    targets: [tool],
    narrowed,
    because: undefined,
    suggest: undefined,
    maps: [],
    span,
    when,
  };
  const rest = allowEverything(contract);
  const rules: readonly (readonly Rule[])[] = [
    [{ ...base, kind: "allow", obligations: [] }],
    [rest, { ...base, kind: "deny" }],
    [rest, { ...base, kind: "oblige", obligations: [{ kind: "log_full" }] }],
    [rest, withBinds({ ...base, kind: "require_approval", approval: approval() }, contract)],
  ];
  return { rules: [...rules[kind]!].sort((a, b) => (a.name < b.name ? -1 : 1)), kind };
}
