/** What a call touches (laws 4 and 12): found wherever among the arguments it stands, however it is spelled, and never looked past. */
import { allow, contract, deny, listOf, lit, optional, record, ref, T, tool } from "../../contracts/build.ts";
import type { Json } from "../../contracts/session.ts";
import type { Random } from "../../differential/random.ts";
import type { Condition, Contract, Level, Type } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

/** The list that values of a type are in, as elements of which type, and the element of a spelling's canonical form. */
const LISTS: Readonly<Record<string, readonly [list: string, element: Type]>> = {
  path: ["paths", T.path],
  email: ["emails", T.email],
  host: ["hosts", T.host],
  ip: ["hosts", T.host],
};
const TOUCHING = SPELLINGS.filter(({ type }) => type.kind in LISTS);

/** A type somewhere below others, and a value of it with `inner` in its place. */
interface Place {
  readonly type: Type;
  readonly value: (inner: string) => Json;
}
function somewhere(type: Type, other: string, random: Random, depth = 3): Place {
  if (depth === 0) return { type, value: (inner) => inner };
  const inside = somewhere(type, other, random, depth - 1);
  return random.weighted<Place>([
    [1, () => inside],
    [1, () => ({ type: optional(strip(inside.type)), value: inside.value })],
    [
      2,
      () => ({
        type: listOf(strip(inside.type)),
        value: (inner) => random.pick([[inside.value(inner)], [inside.value(other), inside.value(inner)]]),
      }),
    ],
    [
      2,
      () => ({
        type: record({ before: T.text, it: inside.type, more: optional(inside.type) }),
        value: (inner) => ({ before: inner, it: inside.value(inner), more: null }),
      }),
    ],
  ]);
}
const strip = (type: Type): Type => (type.kind === "optional" ? strip(type.of) : type);

const about = (name: string, element: Type, quantifier: "any" | "every" | "no", body: Condition): Condition => ({
  kind: "quantifier",
  quantifier,
  depth: 0,
  lists: [ref(`action.${name}`, listOf(element))],
  body,
});
const is = (value: string, type: Type): Condition => ({
  kind: "compare",
  op: "==",
  left: ref("element", type),
  right: lit(value, type),
});

/** One tool that takes `type` and a text, a rule that lets it through, and one that denies what it touches. */
function guarded(type: Type, forbidden: Condition, levels: readonly Level[]): Contract {
  const act = tool("act", { free: T.text, it: type }, { levels });
  return contract([act], [allow("all", ["*"]), deny("no", ["*"], forbidden)]);
}

export const TOUCHED: readonly Law[] = [
  {
    number: 12,
    sentence: "what a call touches is found wherever among its arguments it stands, however it is spelled",
    trials: 150,
    check: (subject, random) => {
      const { type, groups } = random.pick(TOUCHING);
      const [list, element] = LISTS[type.kind]!;
      const wanted = random.pick(groups);
      const other = random.pick(groups.filter((group) => group !== wanted))[0];
      const place = somewhere(type, other, random);
      const session = openSession(
        subject,
        guarded(place.type, about(list, element, "any", is(wanted[0], element)), ["write"]),
      );
      for (const group of groups)
        for (const spelling of group) {
          const { outcome } = session.call("act", { free: wanted[0], it: place.value(spelling) });
          holds((outcome === "deny") === (group === wanted), () => `${spelling} against ${wanted[0]}`);
        }
    },
  },
  {
    number: 12,
    sentence: "a url's host is touched, and what only looks like one is not",
    trials: 30,
    check: (subject) => {
      const session = openSession(
        subject,
        guarded(listOf(T.url), about("hosts", T.host, "any", is("evil.example", T.host)), ["read"]),
      );
      const ask = (...links: string[]) => session.call("act", { free: "evil.example", it: links }).outcome;
      for (const link of ["http://evil.example", "HTTPS://EVIL.example.:443/x", "evil.example/y?z"])
        holds(ask("https://ok.example/", link) === "deny", () => link);
      for (const link of [
        "https://ok.example/evil.example",
        "https://evil.example.ok.example/",
        "https://a.evil.example",
      ])
        holds(ask(link) === "allow", () => link);
    },
  },
  {
    number: 12,
    sentence: "paths are written by calls that may do more than read, and by no others",
    trials: 30,
    check: (subject, random) => {
      const levels: readonly Level[] = random.some(["read", "write", "delete", "execute"], 2);
      const session = openSession(
        subject,
        guarded(listOf(T.path), about("writes", T.path, "any", is("/srv/a", T.path)), levels),
      );
      const ask = (...paths: string[]) => session.call("act", { free: "", it: paths }).outcome;
      const writes = levels.some((level) => level !== "read");
      holds((ask("/x", "/srv/./a") === "deny") === writes, () => levels.join());
      holds(ask("/srv/b") === "allow", () => "another path");
    },
  },
  {
    number: 4,
    sentence: "a part of what a call touches that nobody knows is never looked past",
    trials: 120,
    check: (subject, random) => {
      const { type, groups, formless } = random.pick(TOUCHING);
      const [list, element] = LISTS[type.kind]!;
      const place = somewhere(type, groups[0]![0], random);
      const body = is(groups[1]![0], element);
      const unknown = place.value(random.pick(formless));
      const quantifier = random.pick(["any", "every", "no"] as const);
      const open = (rules: Parameters<typeof contract>[1]) =>
        openSession(subject, contract([tool("act", { free: T.text, it: place.type }, { levels: ["write"] })], rules));
      const denied = open([allow("all", ["*"]), deny("no", ["*"], about(list, element, "any", body))]);
      holds(denied.call("act", { free: "", it: unknown }).outcome === "deny", () => JSON.stringify(unknown));
      if (quantifier === "any") return;
      const granted = open([allow("some", ["*"], { when: about(list, element, quantifier, body) })]);
      holds(granted.call("act", { free: "", it: unknown }).outcome === "deny", () => `${quantifier} granted`);
    },
  },
  {
    number: 4,
    sentence: "a list of what is touched that is too long, in one argument or in all, is unknown",
    trials: 6,
    check: (subject, random) => {
      const count: Condition = {
        kind: "compare",
        op: ">=",
        left: { kind: "count", list: ref("action.paths", listOf(T.path)) },
        right: lit({ digits: 0n, exponent: 0 }, T.int),
      };
      const act = tool("act", { a: listOf(T.path), b: listOf(T.path) });
      const session = openSession(subject, contract([act], [allow("all", ["*"], { when: count })]));
      const many = (n: number) => Array.from({ length: n }, (_, i) => `/${i}`);
      const ask = (a: number, b: number) => session.call("act", { a: many(a), b: many(b) }).outcome;
      const a = random.below(1_024);
      holds(ask(a, 1_024 - a) === "allow", () => `${a} and the rest`);
      holds(ask(a, 1_025 - a) === "deny", () => `${a} and one too many`);
      holds(ask(1_025, 0) === "deny" && ask(0, 1_025) === "deny", () => "one list alone");
    },
  },
];
