/** Labels and flows: laws 4 (unknown by position), 5 (turns), 12 (values in whatever spelling) and 14 (what is forgotten). */
import {
  allow,
  approval,
  compare,
  contract,
  deny,
  fact,
  flow,
  labelsOf,
  lit,
  record,
  ref,
  requireApproval,
  sessionHas,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Condition, Tool } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const ORDERS = ["internal < secret", "hostile"];
const labels = labelsOf(ORDERS);
const id = (name: string) => labels.findIndex((label) => label.name === name);
const unsent = fact("resource", "unsent", T.text);
const UNKNOWN: Condition = compare(ref("resource.unsent", T.text), "==", lit("x"));
const ALWAYS: Condition = { kind: "constant", value: true };
const NEVER: Condition = { kind: "constant", value: false };

const read = (rest: Partial<Tool> = {}) => tool("read", { id: T.id }, { trusted: ALWAYS, ...rest });
const send = tool("send", { body: T.json }, { levels: ["write"], risk: "write" });
const made = (tools: readonly Tool[], ...rules: Parameters<typeof contract>[1]) =>
  contract(tools, [allow("all", ["*"]), ...rules], [unsent], ["bot"], undefined, ORDERS);
const gives = (label: string, when?: Condition) => ({ gives: [{ label: id(label), from: undefined, when }] });

export const FLOWS: readonly Law[] = [
  {
    number: 4,
    sentence: "where it is unknown, a flow applies, a label is given, and a result is not trusted",
    trials: 40,
    check: (subject, random) => {
      const bare = random.pick([UNKNOWN, { kind: "not", part: UNKNOWN } as const]);
      const condition: Condition = random.pick([
        bare,
        { kind: "and", parts: [bare, ALWAYS] },
        { kind: "or", parts: [NEVER, bare] },
      ]);
      const after = (first: Tool, rule: Parameters<typeof contract>[1][number]) => {
        const session = openSession(subject, made([first, send], rule));
        session.call("read", { id: "1" });
        return session.call("send", { body: "x" }).reason;
      };
      const onSecret = (when?: Condition) => flow("leak", ["send"], ["secret"], { when }, ORDERS);
      holds(after(read(gives("secret")), onSecret(condition)) === "flow_denied", () => "an unknown flow did not apply");
      holds(after(read(gives("secret")), onSecret(NEVER)) === "none", () => "a flow whose condition is false applied");
      holds(after(read(gives("secret", condition)), onSecret()) === "flow_denied", () => "a label was not given");
      holds(after(read(gives("secret", NEVER)), onSecret()) === "none", () => "a label was given for nothing");
      const steered = flow("steered", ["send"], ["untrusted"], {}, ORDERS);
      holds(after(read({ trusted: condition }), steered) === "flow_denied", () => "a result was trusted");
      holds(after(read(), steered) === "none", () => "a trusted result was not");
    },
  },
  {
    number: 5,
    sentence: "calls of one turn do not see each other's labels, calls of all others do",
    trials: 40,
    check: (subject, random) => {
      const rule = deny("after", ["send"], sessionHas(random.pick(["internal", "secret"]), ORDERS));
      const session = openSession(subject, made([read(gives("secret")), send], rule));
      const [turn, other] = random.pick([
        [1, 2],
        [2, 1],
        [0, 7],
      ] as const);
      const sends = (at?: number) => session.call("send", { body: 1 }, at === undefined ? {} : { turn: at }).outcome;
      session.call("read", { id: "1" }, { turn });
      holds(sends(turn) === "allow", () => "a call saw a label of its own turn");
      holds(sends(other) === "deny" && sends() === "deny", () => "a label was not seen in another turn");
      session.call("read", { id: "2" }, random.chance(0.5) ? { turn: other } : {});
      holds(
        sends(turn) === "deny" && sends(other) === "deny",
        () => "a label of two turns was not seen in one of them",
      );
    },
  },
  {
    number: 12,
    sentence: "by value a copy is found in whatever letter case, grouping and place, and nothing else is",
    trials: 80,
    check: (subject, random) => {
      const shown = tool(
        "read",
        {},
        { ...gives("secret"), trusted: ALWAYS, returns: record({ text: T.text, n: T.decimal }) },
      );
      const session = openSession(
        subject,
        made([shown, send], flow("leak", ["send"], ["above internal"], { byValue: true }, ORDERS)),
      );
      const words = Array.from(
        { length: 12 + random.below(8) },
        (_, i) => `${random.pick(["Vor", "Mit", "Für"])}${"abcdefghijklmnopqrst"[i]}`,
      );
      const amount = 10_000 + random.below(80_000);
      session.call("read", {});
      session.result({
        text: `Re: (Ann.${amount}@Acme.example) ${words.join(random.pick([" ", ", ", "\n"]))}`,
        n: amount,
      });
      const denies = (body: Parameters<typeof session.call>[1]) =>
        session.call("send", { body }).reason === "flow_denied";
      const at = random.below(words.length - 6);
      const copy = words
        .slice(at, at + 7)
        .join(random.pick([" ", "-", " / "]))
        .toUpperCase()
        .replaceAll("Ü", "ü");
      const grouped = `${Math.floor(amount / 1000)},${String(amount % 1000).padStart(3, "0")}`;
      const held = [
        copy,
        words.slice(-4).join(" "),
        `so: ${grouped}.00!`,
        `0${amount}`,
        amount,
        `<ann.${amount}@acme.EXAMPLE>`,
        { [`key ${copy}`]: 1 },
      ];
      for (const value of held) {
        const body = random.pick([value, [value], { deep: [{ value }] }, ["other", value]]);
        holds(denies(body), () => `not found: ${JSON.stringify(body)}`);
      }
      for (const free of [
        words
          .slice(at, at + 3)
          .reverse()
          .join(" "),
        amount + 1,
        `x${amount}`,
        "nothing of it",
        null,
      ])
        holds(!denies({ free }), () => `found where it is not: ${JSON.stringify(free)}`);
    },
  },
  {
    number: 14,
    sentence: "labels stay, whatever becomes of the call's result and of the session",
    trials: 20,
    check: (subject, random) => {
      const asked = requireApproval("ask", ["read"], approval({ once: true }), NEVER);
      const session = openSession(
        subject,
        made(
          [read(gives("hostile")), tool("peek", {}, { ...gives("internal"), trusted: ALWAYS }), send],
          asked,
          deny("after", ["send"], sessionHas("hostile", ORDERS)),
          // so that its label is kept too
          deny("inside", ["peek"], {
            kind: "and",
            parts: [sessionHas("internal", ORDERS), sessionHas("secret", ORDERS)],
          }),
        ),
      );
      const denied = () => session.call("send", { body: 1 }).outcome === "deny";
      holds(!denied(), () => "a new session has a label");
      session.call("read", { id: "1" }, { id: "first" });
      const status = random.pick(["failed", "withheld", "ok"]);
      if (random.chance(0.7)) session.result(null, { status, no_effect: random.chance(0.5) }, "first");
      for (let i = random.below(50); i > 0; i -= 1) session.call("send", { body: i });
      if (random.chance(0.5)) session.call("peek", {});
      session.wait(random.below(80_000_000));
      if (random.chance(0.3)) session.say("hello");
      holds(denied(), () => `the label went away (${status})`);
    },
  },
  {
    number: 14,
    sentence: "a flow by value is one by session once a value was forgotten",
    trials: 6,
    check: (subject, random) => {
      const many = tool("read", { id: T.id }, { ...gives("secret"), trusted: ALWAYS });
      const session = openSession(
        subject,
        made([many, send], flow("leak", ["send"], ["secret"], { byValue: true }, ORDERS)),
      );
      const show = (count: number, prefix: string) => {
        session.call("read", { id: prefix });
        session.result(Array.from({ length: count }, (_, i) => `${prefix}-${10_000 + i}`));
      };
      const sends = (body: string) => session.call("send", { body }).outcome === "allow";
      show(256, "first");
      holds(sends("none of it") && !sends("first-10255"), () => "a table with room is not asked");
      show(256, "more");
      holds(sends("none of it") && !sends("more-10255"), () => "a table that is just full has forgotten nothing");
      show(1 + random.below(3), "last");
      holds(!sends("none of it"), () => "a value was forgotten, and yet the flow is by value");
    },
  },
];
