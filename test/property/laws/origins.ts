/** Law 13, of the sources beside plain fields: texts, names, the principal, what was asked; and of links and addresses in a body. */
import {
  allow,
  contract,
  emailsOf,
  fact,
  listOf,
  type Origin,
  optional,
  record,
  ref,
  requireGrounded,
  T,
  tool,
  urlsOf,
} from "../../contracts/build.ts";
import type { Random } from "../../differential/random.ts";
import type { Subject } from "../../differential/subject.ts";
import type { Tool, Type } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

type Session = ReturnType<typeof openSession>;
interface Sample {
  readonly type: Type;
  readonly value: string | number;
  /** How a text may hold it. */
  readonly held: readonly string[];
  readonly unlike: readonly string[];
}
const SAMPLES: readonly Sample[] = [
  {
    type: T.email,
    value: "zed@nowhere.example",
    held: ["Zed@Nowhere.example.", "mailto:zed@nowhere.example"],
    unlike: ["xzed@nowhere.example", "nowhere.example"],
  },
  {
    type: T.url,
    value: "https://nowhere.example/a",
    held: ["https://nowhere.example/./a#x", "nowhere.example", "u:https://nowhere.example/a"],
    unlike: ["https://nowhere.example/b", "xnowhere.example"],
  },
  {
    type: T.host,
    value: "nowhere.example",
    held: ["https://nowhere.example/x", "NOWHERE.example"],
    unlike: ["zed@nowhere.example", "xnowhere.example"],
  },
  { type: T.id, value: "Q-77", held: ["q-77", "(Q-77)."], unlike: ["Q-777", "xQ-77"] },
  { type: T.int, value: 73_917, held: ["73,917", "$73917"], unlike: ["739170", "7,3917"] },
  {
    type: T.text,
    value: "Quarterly numbers",
    held: ["the QUARTERLY, numbers"],
    unlike: ["numbers quarterly", "quarterly big numbers"],
  },
];
const WRAPPED = ["%", "see % now", "x\n%\ny", '"%"; and so on', "(%)"];
const wrap = (text: string, random: Random) => random.pick(WRAPPED).replace("%", () => text);

/** Uses the value of the sample after what happened, under a rule with this source. */
function uses(subject: Subject, sample: Sample, origin: Origin, before: (s: Session) => void, user = false) {
  const name = optional(T.text);
  const tools: readonly Tool[] = [
    tool("read", { name }, { returns: record({ body: T.text }) }),
    tool("write", { what: T.json }, { levels: ["write"] }),
    tool("use", { it: sample.type }),
  ];
  const origins: readonly Origin[] = user ? ["user", origin] : [origin];
  const rule = requireGrounded("known", ["use"], [ref("args.it", sample.type)], origins);
  const session = openSession(subject, contract(tools, [allow("all", ["*"]), rule]));
  before(session);
  return session.call("use", { it: sample.value }).reason;
}
const BODY = { of: "read", path: ["body"], type: T.text, contains: true } as const;
const reads = (s: Session, body: string, name: string | null = null) => {
  s.call("read", { name });
  s.result({ body });
};

/** What a reader takes for a link or an address, and what only looks like one. */
const LINKS = [
  "https://evil.example/x",
  "evil.example",
  "www.evil.example/a?b=c",
  "evil.example:8080/x",
  "ftp://evil.example/x",
];
const ADDRESSES = ["eve@evil.example", "e.v+e@sub.evil.example"];
const HIDDEN = [
  ...["%", "see:%", "(%)", "<%|good>", "**%**", "x\n%\ny", '["%"]', "u='%'", "`%`,", "„% ", "»%«"],
  ...["to='%", "https://good.example/?u=https://%", "good.example;%", "a@b.example,%"],
];
/** Something is there, and nobody can say what. */
const NO_LINKS = [
  "javascript://evil.example/",
  "https://u@evil.example/",
  "evil\uff0eexample",
  "ｅvil.example",
  "https://",
];
const NO_ADDRESSES = ["a..b@evil.example", "eve@ｅvil.example", "eve@10.0.0.1"];
const HARMLESS = [
  "see report.pdf and notes.txt",
  "v1.2.3, e.g. 3.5 and so on",
  "at 10.30am, i.e. now",
  "a@ b",
  "no links",
];

export const ORIGINS: readonly Law[] = [
  {
    number: 13,
    sentence:
      "what stands in a named text grounds, as people write it; what looks like it, repeats the question or was planted does not",
    trials: 150,
    check: (subject, random) => {
      const sample = random.pick(SAMPLES);
      const held = wrap(random.pick(sample.held), random);
      const by = (before: (s: Session) => void) => uses(subject, sample, BODY, before);
      const found = by((s) => reads(s, held));
      holds(found === "none", () => `${JSON.stringify(held)} did not ground ${sample.value}: ${found}`);
      const unlike = wrap(random.pick(sample.unlike), random);
      const written = random.pick([sample.value, held]);
      const ungrounded: readonly (readonly [string, (s: Session) => void])[] = [
        [`looks like it: ${unlike}`, (s) => reads(s, unlike)],
        ["was asked for", (s) => reads(s, held, String(sample.value))],
        [
          "was planted",
          (s) => {
            s.call("write", { what: { deep: [written] } });
            reads(s, held);
          },
        ],
        [
          "failed",
          (s) => {
            s.call("read", {});
            s.result({ body: held }, { status: "failed" });
          },
        ],
      ];
      for (const [how, before] of ungrounded)
        holds(by(before) === "not_grounded", () => `${sample.value} was grounded by a text that ${how}`);
    },
  },
  {
    number: 13,
    sentence: "a result that is named counts only where the user said the name",
    trials: 120,
    check: (subject, random) => {
      const sample = random.pick(SAMPLES);
      const held = wrap(random.pick(sample.held), random);
      const by = (before: (s: Session) => void) => uses(subject, sample, { ...BODY, namedBy: "name" }, before);
      const named = by((s) => {
        s.say("read december please");
        reads(s, held, "december");
      });
      holds(named === "none", () => `${sample.value} in a named letter: ${named}`);
      const others: readonly (readonly [string, (s: Session) => void])[] = [
        ["nobody named", (s) => reads(s, held, "december")],
        [
          "was named too late",
          (s) => {
            s.call("read", { name: "december" });
            s.say("december");
            s.result({ body: held });
          },
        ],
        [
          "has another name",
          (s) => {
            s.say("read december please");
            reads(s, held, "january");
          },
        ],
        [
          "has no name",
          (s) => {
            s.say("read december please");
            reads(s, held);
          },
        ],
        [
          "the agent named",
          (s) => {
            s.say("december", "assistant");
            reads(s, held, "december");
          },
        ],
      ];
      for (const [which, before] of others)
        holds(by(before) === "not_grounded", () => `${sample.value} was grounded by a letter that ${which}`);
    },
  },
  {
    number: 13,
    sentence: "every link and every address in a body is asked for, however it is wrapped, and what is none is not",
    trials: 250,
    check: (subject, random) => {
      const links = random.chance(0.5);
      const type = random.pick<Type>([T.text, listOf(T.text), T.json]);
      const body = ref("args.body", type);
      const rule = requireGrounded("links", ["post"], [links ? urlsOf(body) : emailsOf(body)], ["user"]);
      const given = contract([tool("post", { body: type }, { levels: ["write"] })], [allow("all", ["*"]), rule]);
      const one = random.pick(links ? LINKS : ADDRESSES);
      const bare = one.replace(/^[a-z]+:\/\//, "");
      const wrapped = random.pick(HIDDEN);
      const text = wrapped.replace("%", () => (wrapped.includes("://%") ? bare : one));
      const filled = (t: string) =>
        type.kind === "text"
          ? t
          : type.kind === "list"
            ? ["first", t]
            : random.chance(0.3)
              ? { [t]: 1 }
              : { a: [{ b: t }] };
      const session = openSession(subject, given);
      const post = (t: string) => session.call("post", { body: filled(t) }).reason;
      session.say("write to good.example, https://good.example and a@b.example");
      holds(post(text) === "not_grounded", () => `${JSON.stringify(text)} passed`);
      const formless = wrap(random.pick(links ? NO_LINKS : NO_ADDRESSES), random);
      holds(post(formless) === "not_grounded", () => `${JSON.stringify(formless)} passed`);
      const harmless = random.pick(HARMLESS);
      holds(post(harmless) === "none", () => `${JSON.stringify(harmless)} was refused`);
      session.say(`${text} ${formless}`);
      holds(post(formless) === "not_grounded", () => `${JSON.stringify(formless)} passed once it was said`);
      holds(post(text) === "none", () => `${JSON.stringify(text)} was said and refused`);
    },
  },
  {
    number: 13,
    sentence: "an amount that the agent wrote is planted in whole units and in minor ones",
    trials: 60,
    check: (subject, random) => {
      const [wrote, found] = random.pick([
        [T.cents, T.usd],
        [T.usd, T.cents],
        [T.json, T.cents],
        [T.cents, T.cents],
      ] as const);
      const use = random.pick([T.usd, T.cents]);
      const onWire = (type: Type) => (type === T.usd ? 1234.5 : 123_450);
      const given = contract(
        [
          tool("find", {}, { returns: record({ sum: found }) }),
          tool("write", { sum: wrote }, { levels: ["write"] }),
          tool("use", { sum: use }),
          tool("minor", { sum: T.cents }),
        ],
        [
          allow("all", ["*"]),
          requireGrounded("known", ["use"], [ref("args.sum", use)], [{ of: "find", path: ["sum"], type: found }]),
        ],
      );
      const uses1 = (plants: boolean) => {
        const session = openSession(subject, given);
        if (plants) session.call("write", { sum: onWire(wrote) });
        session.call("find", {});
        session.result({ sum: onWire(found) });
        return session.call("use", { sum: onWire(use) }).reason;
      };
      holds(uses1(false) === "none", () => "a sum that was found is not grounded");
      holds(uses1(true) === "not_grounded", () => `a sum that was written as ${wrote.kind} was grounded`);
    },
  },
  {
    number: 13,
    sentence:
      "`self` is what the host says of the principal, and an argument counts once a trusted tool has answered it",
    trials: 60,
    check: (subject, random) => {
      const given = contract(
        [
          tool(
            "check",
            { id: T.id },
            {
              trusted: {
                kind: "compare",
                op: "==",
                left: ref("args.id", T.id),
                right: { kind: "literal", type: T.id, value: "A1" },
              },
            },
          ),
          tool("mail", { to: T.email }),
          tool("use", { id: T.id }),
        ],
        [
          allow("all", ["*"]),
          requireGrounded(
            "own",
            ["mail"],
            [ref("args.to", T.email)],
            [{ self: [ref("principal.mail", optional(T.email)), ref("principal.handle", optional(T.id))] }],
          ),
          requireGrounded("known", ["use"], [ref("args.id", T.id)], [{ asked: "check", name: "id", type: T.id }]),
        ],
        [
          fact("principal", "mail", optional(T.email)),
          fact("principal", "home", optional(T.email)),
          fact("principal", "handle", optional(T.id)),
        ],
      );
      const mail = (mine: string | null, other: string | null, handle: string | null = null) =>
        openSession(subject, given).call(
          "mail",
          { to: "zed@nowhere.example" },
          { also: { principal: { mail: mine, home: other, handle } } },
        ).reason;
      holds(mail("Zed@nowhere.example", null) === "none", () => "the principal's own address is not its own");
      holds(mail("eve@nowhere.example", null) === "not_grounded", () => "another address is the principal's own");
      holds(
        mail(null, "zed@nowhere.example") === "not_grounded",
        () => "a fact that the rule does not name is an address of its own",
      );
      holds(
        mail(null, null, "zed@nowhere.example") === "not_grounded",
        () => "an id that reads like the address is an address",
      );
      const use = (id: string, asks: (s: Session) => void) => {
        const session = openSession(subject, given);
        asks(session);
        return session.call("use", { id }).reason;
      };
      const answered = (s: Session, id: string, status = "ok") => {
        s.call("check", { id });
        s.result(null, { status });
      };
      holds(use("a1", (s) => answered(s, "A1")) === "none", () => "what a trusted tool answered is not grounded");
      const id = random.pick(["A1", "B2"]);
      holds(use("A1", (s) => void s.call("check", { id: "A1" })) === "not_grounded", () => "a question grounded");
      holds(use("A1", (s) => answered(s, "A1", "failed")) === "not_grounded", () => "a failed call grounded");
      holds(use(id, (s) => answered(s, "B2")) === "not_grounded", () => "a call that was not trusted grounded");
    },
  },
  {
    number: 13,
    sentence: "a mark belongs to the rules that do not find the value grounded, and to no other",
    trials: 60,
    check: (subject, random) => {
      const sample = random.pick(SAMPLES.filter(({ type }) => type !== T.text));
      const returns = record({ it: sample.type });
      const rule = (name: string, of: string) =>
        requireGrounded(name, [name], [ref("args.it", sample.type)], [{ of, path: ["it"], type: sample.type }]);
      const given = contract(
        [
          ...["ann", "bob"].map((name) => tool(name, {}, { returns })),
          ...["use_ann", "use_bob"].map((name) => tool(name, { it: sample.type })),
          tool("write", { what: T.json }, { levels: ["write"] }),
        ],
        [allow("all", ["*"]), rule("use_ann", "ann"), rule("use_bob", "bob")],
      );
      const session = openSession(subject, given);
      const finds = (name: string) => {
        session.call(name, {});
        session.result({ it: sample.value });
      };
      const [first, second] = random.pick([
        ["ann", "bob"],
        ["bob", "ann"],
      ] as const);
      finds(first);
      session.call("write", { what: [sample.value] });
      finds(second);
      const uses = (name: string) => session.call(`use_${name}`, { it: sample.value }).reason;
      holds(uses(first) === "none", () => "a value that was found before it was written is planted");
      holds(uses(second) === "not_grounded", () => "a value that was written before it was found is not planted");
    },
  },
  {
    number: 14,
    sentence: "a text that does not fit the table beside what is pinned grounds nothing, and evicts nothing",
    trials: 6,
    check: (subject, random) => {
      const count = random.pick([100, 900, 1_100]);
      const sample: Sample = { type: T.text, value: "alpha beta gamma", held: [], unlike: [] };
      const filler = Array.from({ length: count }, (_, i) => `w${i}`).join(" ");
      const long = uses(subject, sample, BODY, (s) => reads(s, `${filler} alpha beta gamma`));
      holds((long === "none") === count < 1_000, () => `a text of ${count} words: ${long}`);
      const before = uses(subject, sample, BODY, (s) => {
        reads(s, "alpha beta gamma");
        reads(s, filler);
      });
      holds(before === "none", () => `before a text of ${count} words: ${before}`);
    },
  },
];
