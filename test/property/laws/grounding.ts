/** Law 13: grounding is by value: what the user said, or what a named field of a result held; never the agent's word. */

import { allow, contract, listOf, literals, record, ref, requireGrounded, T, tool } from "../../contracts/build.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Random } from "../../differential/random.ts";
import { num, type Written } from "../../differential/written.ts";
import type { Rule, Type } from "../../reference/contract.ts";
import {
  holds,
  instead,
  isCall,
  isLetThrough,
  isRuled,
  type Law,
  member,
  plainEvents,
  play,
  withMember,
} from "../law.ts";
import { openSession } from "../session-of.ts";

interface Sample {
  readonly type: Type;
  /** As an argument. */
  readonly value: string | number;
  /** How a user may say it. */
  readonly said: readonly string[];
  /** What looks like it and is not. */
  readonly unsaid: readonly string[];
}

const SAMPLES: readonly Sample[] = [
  {
    type: T.email,
    value: "Zed@nowhere.example",
    said: ["zed@nowhere.example", "ZED@nowhere.example."],
    unsaid: ["xzed@nowhere.example", "nowhere.example", "zed @nowhere.example"],
  },
  {
    type: T.url,
    value: "https://nowhere.example/a",
    said: ["https://nowhere.example/a", "nowhere.example", "HTTPS://Nowhere.example:443/./a#x", "nowhere.example/a"],
    unsaid: [
      "https://nowhere.example/b",
      "http://nowhere.example/a",
      "https://nowhere.example/",
      "sub.nowhere.example",
      "nowhere.example/b",
    ],
  },
  {
    type: T.host,
    value: "nowhere.example",
    said: ["nowhere.example", "https://nowhere.example/x?y", "NOWHERE.example."],
    unsaid: ["xnowhere.example", "zed@nowhere.example", "nowhere.example.org"],
  },
  { type: T.id, value: "Q-77", said: ["Q-77", "q-77"], unsaid: ["Q-777", "Q-7 7", "Q77"] },
  {
    type: T.int,
    value: 73_917,
    said: ["73917", "73,917", "$73,917", "73917€", "73917.0"],
    unsaid: ["739170", "7,3917", "73917x", "1-73917", "73.917"],
  },
  {
    type: T.usd,
    value: 1234.5,
    said: ["1234.5", "$1,234.50", "£1234.50"],
    unsaid: ["1234", "1234.51", "$$1234.5", "1.234,5"],
  },
  { type: T.cents, value: 123_450, said: ["1234.5", "$1,234.50"], unsaid: ["123450", "1234.05"] },
  {
    type: T.text,
    value: "Quarterly numbers",
    said: ["Quarterly numbers", "QUARTERLY, numbers"],
    unsaid: ["numbers quarterly", "quarterly big numbers", "quarterly"],
  },
  { type: literals("blue", "red"), value: "blue", said: ["blue", "Blue!"], unsaid: ["blueish", "b l u e"] },
  {
    type: T.path,
    value: "/srv/zed/plan.txt",
    said: ["/srv/zed/plan.txt", "srv zed plan txt"],
    unsaid: ["/srv/zed/plan", "/srv/plan.txt"],
  },
];
const WRAPPED = ["use %", "%", "please take (%), thanks", 'it is "%".', "x\n%\ny", "**%**; now"];

export const GROUNDING: readonly Law[] = [
  {
    number: 13,
    sentence: "what the user said grounds, in every way people write it, and nothing that merely looks like it",
    trials: 250,
    check: (subject, random) => {
      const sample = random.pick(SAMPLES);
      const asList = random.chance(0.3);
      const type = asList ? listOf(sample.type) : sample.type;
      const use = tool("use", { it: type }, { levels: ["write"] });
      const rule = requireGrounded("known", ["use"], [ref("args.it", type)], ["user"]);
      const given = contract([use], [allow("all", ["*"]), rule]);
      const it = asList ? [sample.value] : sample.value;
      const try1 = (text: string, from = "user") => {
        const session = openSession(subject, given);
        session.say(
          random.pick(WRAPPED).replace("%", () => text),
          from,
        );
        return session.call("use", { it }).reason;
      };
      const said = random.pick(sample.said);
      const unsaid = random.pick(sample.unsaid);
      holds(try1(said) === "none", () => `\`${said}\` did not ground ${sample.value}`);
      holds(try1(said, "assistant") === "not_grounded", () => "the agent's own words grounded");
      holds(try1(unsaid) === "not_grounded", () => `\`${unsaid}\` grounded ${sample.value}`);
    },
  },
  {
    number: 13,
    sentence: "a value that nobody but the agent brought up is not grounded, whatever happened before",
    trials: 250,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      // of every agent and enforced, so that they are met whoever calls
      const rules = given.rules.map((rule): Rule => {
        const { agent: _agent, observe: _observe, ...everybodys } = rule;
        if (everybodys.kind !== "require_grounded") return rule;
        return { ...everybodys, narrowed: [], when: undefined, otherwise: [{ kind: "deny" }] };
      });
      const instance = subject.compile({ ...given, rules });
      for (const played of play(instance, plainEvents(events)).filter((p) => isCall(p.event) && isRuled(p.decision)))
        for (const rule of rules)
          if (rule.kind === "require_grounded") {
            const tool = given.tools.findIndex((t) => t.name === member(played.event.request, "action", "tool"));
            const { reference, tokens } = random.pick(rule.values);
            const { path: at } = reference;
            if (!rule.targets.includes(tool) || !given.tools[tool]!.params.some((p) => p.name === at[0])) continue;
            const path = ["action", "args", ...at];
            if (at.length > 1 && member(played.event.request, ...path.slice(0, -1)) == null) continue;
            const type: Type = tokens === undefined ? reference.type : tokens === "urls" ? T.url : T.email;
            const one = newValue(type, random);
            const isList = tokens !== undefined && reference.type.kind === "list";
            const brought = one === undefined || !isList ? one : { items: [one] };
            if (brought === undefined) continue;
            const request = withMember(withMember(played.event.request, path, brought), ["context", "call_id"], "new");
            holds(!isLetThrough(instead(instance, played, request)), () => `${JSON.stringify(brought)} was grounded`);
          }
    },
  },
  {
    number: 13,
    sentence: "a named field of a result grounds; other fields, other tools, echoes and what the agent planted do not",
    trials: 150,
    check: (subject, random) => {
      const sample = random.pick(SAMPLES);
      const field = { of: "find", path: ["rows", "it"], type: sample.type };
      const row = record({ it: sample.type, other: sample.type });
      const tools = [
        tool("find", { about: T.json }, { returns: record({ rows: listOf(row) }) }),
        tool("peek", {}, { returns: record({ rows: listOf(row) }) }),
        tool("write", { what: T.json }, { levels: [random.pick(["write", "delete", "execute"])] }),
        tool("use", { it: sample.type }, { levels: ["write"] }),
      ];
      const rule = requireGrounded("known", ["use"], [ref("args.it", sample.type)], [field]);
      const given = contract(tools, [allow("all", ["*"]), rule]);
      const filler: Record<string, string | number> = {
        email: "a@b.example",
        url: "https://b.example/",
        host: "b.example",
        literals: "red",
        path: "/x",
      };
      const bland = typeof sample.value === "number" ? 1 : (filler[sample.type.kind] ?? "bland");
      const result = (it: string | number, other: string | number) => ({
        rows: [
          { it: bland, other: bland },
          { it, other },
        ],
      });
      const uses = (before: (session: ReturnType<typeof openSession>) => void) => {
        const session = openSession(subject, given);
        before(session);
        return session.call("use", { it: sample.value }).reason;
      };
      const found = uses((s) => {
        s.call("find", { about: 1 });
        s.result(result(sample.value, bland));
      });
      holds(found === "none", () => `${sample.value} in the named field: ${found}`);
      const ungrounded: readonly (readonly [string, string])[] = [
        [
          "another field",
          uses((s) => {
            s.call("find", { about: 1 });
            s.result(result(bland, sample.value));
          }),
        ],
        [
          "another tool",
          uses((s) => {
            s.call("peek", {});
            s.result(result(sample.value, bland));
          }),
        ],
        [
          "a failed call",
          uses((s) => {
            s.call("find", { about: 1 });
            s.result(result(sample.value, bland), { status: "failed" });
          }),
        ],
        [
          "a result that does not fit",
          uses((s) => {
            s.call("find", { about: 1 });
            s.result({ rows: [{ it: sample.value, other: bland }, { it: sample.value }] });
          }),
        ],
        [
          "an echo",
          uses((s) => {
            s.call("find", { about: { deep: [sample.value] } });
            s.result(result(sample.value, bland));
          }),
        ],
        [
          "planted before",
          uses((s) => {
            s.call("write", { what: ["x", sample.value] });
            s.call("find", { about: 1 });
            s.result(result(sample.value, bland));
          }),
        ],
      ];
      for (const [how, reason] of ungrounded) holds(reason === "not_grounded", () => `${how} grounded ${sample.value}`);
    },
  },
];

/** A value that no generator makes; undefined where a type has only so many. */
function newValue(type: Type, random: Random): Written | undefined {
  const n = 100_000 + random.below(899_999);
  switch (type.kind) {
    case "email":
      return `new${n}@brought.example`;
    case "url":
      return `https://brought${n}.example/x`;
    case "host":
      return `brought${n}.example`;
    case "id":
      return `new-${n}`;
    case "text":
      return `brought up ${n}`;
    case "path":
      return `/brought/up/${n}`;
    case "int":
    case "money":
    case "decimal":
      return num(`7${n}7`);
    case "list": {
      const one = newValue(type.element, random);
      return one === undefined ? undefined : { items: [one] };
    }
    default:
      return undefined;
  }
}
