/**
 * Stories about texts: letters that hold values among words, tools that are asked by name, and a desk that sends bodies with links
 * in them. What is said, found, repeated and written meets in the same few values, wrapped as people and attackers wrap them.
 */
import {
  allow,
  contract,
  type Draft,
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
import type { Contract, Type } from "../../reference/contract.ts";
import { classOf } from "../../reference/grounding/class.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, num, obj, type Written } from "../written.ts";
import { narrate, type Step } from "./history.ts";
import { numberFor, poolOf } from "./pools.ts";

const TYPES: readonly Type[] = [T.email, T.url, T.host, T.id, T.text, T.int, T.usd, T.cents];
const PHRASES = ["annual report", "pay invoice 42", "hello world", "report 42", "invoice", "the", "Köln", "to"];
const WRAPPED: readonly (readonly [often: number, text: string])[] = [
  [6, "%"],
  [3, "see % now"],
  [2, "(%)."],
  [1, "x:%"],
  [1, "to='%'"],
  [1, "mailto:%?a"],
  [1, "%,%"],
  [1, "u=%/p"],
  [1, "<%|good>"],
  [1, "https://%/a"],
  [1, "at@%"],
  [1, "**%**; annual report"],
];

export function writeLetters(random: Random, stepper: (contract: Contract) => Step): Case {
  const type = random.pick(TYPES);
  const numeric = ["int", "money"].includes(type.kind);
  const values = random.several(2, 3, () => spelled(type, random));
  const given = makeDesk(type, random);
  const author = narrate(given, random, stepper(given));
  const plain = (): string => random.pick(values);
  const one = (): Written => (numeric ? num(plain()) : plain());
  const text = () => letter(plain, random);
  const [peek, post, read, use, write] = [0, 1, 2, 3, 4];
  const lookUp = (of: number) => {
    const shape = given.tools[of]!.returns;
    author.call({ tool: of, args: obj({ name: random.pick([text, () => plain(), () => plain()])() }) });
    author.result(answer(shape!, text, one, random));
  };
  const body = (): Written =>
    given.tools[post]!.params[0]!.type.kind === "text"
      ? text()
      : random.chance(0.5)
        ? arr(random.several(0, 2, text))
        : bodyOf(given.tools[post]!.params[0]!.type, text);
  times(4 + random.below(10), () =>
    random.weighted<void>([
      [4, () => lookUp(read)],
      [2, () => lookUp(peek)],
      [2, () => author.message(text())],
      [2, () => void author.call({ tool: write, args: obj({ what: random.chance(0.5) ? one() : text() }) })],
      [4, () => void author.call({ tool: use, args: obj({ it: one() }) })],
      [3, () => void author.call({ tool: post, args: obj({ body: body() }) })],
      [1, author.any],
    ]),
  );
  return { contract: given, events: author.events() };
}

function makeDesk(type: Type, random: Random): Contract {
  // a Host grounds what lies below it
  const field = type.kind === "url" && random.chance(0.4) ? T.host : type;
  const letters = random.pick<Type>([
    record({ body: T.text, it: field }),
    listOf(record({ body: T.text, it: optional(field) })),
    T.text,
    listOf(T.text),
  ]);
  const bodies = random.pick<Type>([T.text, listOf(T.text), T.json]);
  const names = random.pick<Type>([T.text, T.id]);
  const origins = (tool: string, returns: Type): readonly Origin[] => {
    const isRecord = returns.kind === "record" || (returns.kind === "list" && returns.element.kind === "record");
    const place = { of: tool, path: isRecord ? ["body"] : [], type: T.text, contains: true };
    const equal = { of: tool, path: ["it"], type: field };
    return [place, { ...place, namedBy: "name" }, ...(isRecord ? [equal, { ...equal, namedBy: "name" }] : [])];
  };
  const all: readonly Origin[] = [...origins("read", letters), ...origins("peek", record({ body: T.text, it: field }))];
  const fitting = (asked: Type) =>
    all.filter((o) => typeof o === "object" && "of" in o && (o.contains === true || fits(o.type, asked)));
  const some = (wanted: Type): readonly Origin[] => {
    const found = random.some(fitting(wanted), 2);
    const self = wanted.kind === "email" ? [{ self: [ref("principal.mail", optional(T.email))] }] : [];
    const asked =
      kindOf(names) === kindOf(wanted) && random.chance(0.5) ? [{ asked: "peek", name: "name", type: names }] : [];
    return [
      ...(random.chance(0.4) ? (["user"] as const) : []),
      ...(random.chance(0.3) ? self : []),
      ...asked,
      ...found,
    ];
  };
  const tokens = random.pick([T.url, T.email]);
  const asked = ref("args.body", bodies);
  const copies = random.chance(0.06) ? 26 : 1;
  const rules: readonly Draft[] = [
    allow("all", ["*"]),
    ...Array.from({ length: copies }, (_, i) =>
      requireGrounded(`known_${String.fromCharCode(97 + i)}`, ["use"], [ref("args.it", type)], some(type), {
        ...(copies > 1 ? { otherwise: [{ kind: "warn" as const }] } : {}),
      }),
    ),
    requireGrounded("links", ["post"], [tokens === T.url ? urlsOf(asked) : emailsOf(asked)], some(tokens)),
  ];
  return contract(
    [
      tool("read", { name: names }, { returns: letters }),
      tool(
        "peek",
        { name: names },
        { returns: record({ body: T.text, it: field }), trusted: { kind: "constant", value: true } },
      ),
      tool("use", { it: type }),
      tool("post", { body: bodies }, { levels: ["write"], risk: "write" }),
      tool("write", { what: T.json }, { levels: ["write"], risk: "write" }),
    ],
    rules,
    [fact("principal", "mail", optional(T.email))],
    ["support-bot-*"],
  );
}

function fits(source: Type, value: Type): boolean {
  return kindOf(source) === kindOf(value) || (source.kind === "host" && value.kind === "url");
}

function kindOf(type: Type): string {
  return type.kind === "money" ? type.currency : type.kind === "int" ? "int" : classOf(type);
}

function spelled(type: Type, random: Random): string {
  if (type.kind === "text") return random.pick(PHRASES);
  if (type.kind === "int" || type.kind === "money") return numberFor(T.int, random);
  const pool = poolOf(type);
  return random.pick([...pool.canonical.map((t) => t.replace(/^\/\/(?=[a-z])/, "")), ...pool.spelled]);
}

function letter(value: () => string, random: Random): string {
  return random
    .several(1, 3, () => random.weighted(WRAPPED.map(([often, text]) => [often, () => text.replaceAll("%", value)])))
    .join(random.pick([" ", ", ", "\n", "", "'"]));
}

function answer(shape: Type, text: () => string, one: () => Written, random: Random): Written {
  const row = () => obj({ body: text(), it: one() });
  if (shape.kind === "list") {
    const isText = shape.element.kind === "text";
    return arr(random.several(0, 3, () => (isText ? text() : row())));
  }
  return shape.kind === "text" ? text() : row();
}

function bodyOf(type: Type, text: () => string): Written {
  return type.kind === "json" ? obj({ [text()]: arr([text()]), other: text() }) : arr([text()]);
}

function times(count: number, act: () => void): void {
  for (let i = 0; i < count; i += 1) act();
}
