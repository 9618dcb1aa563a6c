/** Unions: in each case what a record of that case says (law 12); no other case at all (law 1); a case that nobody knows is none (law 4). */
import {
  allow,
  compare,
  contract,
  deny,
  listOf,
  lit,
  optional,
  record,
  ref,
  requirePrior,
  T,
  tool,
  unionOf,
} from "../../contracts/build.ts";
import type { Json } from "../../contracts/session.ts";
import type { Condition, Reference, Type } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

const cases = (type: Type) => unionOf("kind", { a: { v: type }, "b-2": { w: type, more: optional(T.int) } });

/** The union at a place as its case, and a field of that. */
function below(at: Reference, name: string, field?: string, type: Type = record({})): Reference {
  const { path } = at;
  const union = at.type.kind === "union" ? at.type : undefined;
  return {
    ...at,
    path: [...path, name, ...(field === undefined ? [] : [field])],
    type: field === undefined ? union!.cases.find((c) => c.name === name)!.type : type,
    optional: true,
    cases: [path.length],
  };
}
const is = (at: Reference, name: string): Condition => ({ kind: "is", value: below(at, name) });

export const UNIONS: readonly Law[] = [
  {
    number: 12,
    sentence: "a union says in each of its cases what a record of that case says, wherever its tag stands",
    trials: 15,
    check: (subject, random) => {
      const { type, groups } = random.pick(SPELLINGS);
      const union = cases(type);
      const flat = record({ v: optional(type), w: optional(type) });
      const send = tool("send", {
        it: union,
        its: listOf(union),
        v: optional(type),
        w: optional(type),
        flat: listOf(flat),
      });
      const value = lit(groups[0]![0], type);
      const inEach = (quantifier: "every" | "any", lists: Reference, body: Condition): Condition => ({
        kind: "quantifier",
        quantifier,
        depth: 0,
        lists: [lists],
        body,
      });
      const either = (a: Condition, x: Reference, b: Condition, y: Reference): Condition => ({
        kind: "or",
        parts: [
          { kind: "and", parts: [a, compare(x, "==", value)] },
          { kind: "and", parts: [b, compare(y, "!=", value)] },
        ],
      });
      const has = (of: Reference): Condition => ({ kind: "has", value: of });
      const asked = (at: Reference): Condition =>
        either(is(at, "a"), below(at, "a", "v", type), is(at, "b-2"), below(at, "b-2", "w", type));
      const plain = (v: Reference, w: Reference): Condition => either(has(v), v, has(w), w);
      const [it, its] = [ref("args.it", union), ref("args.its", listOf(union))];
      const [v, w] = [ref("args.v", type, { optional: true }), ref("args.w", type, { optional: true })];
      const quantifier = random.pick(["every", "any"] as const);
      const ofRow = (name: string) => ref(`element.${name}`, type, { optional: true });
      const [left, right] = random.pick<readonly [Condition, Condition]>([
        [is(it, "a"), has(v)],
        [asked(it), plain(v, w)],
        [
          inEach(quantifier, its, asked(ref("element", union))),
          inEach(quantifier, ref("args.flat", listOf(flat)), plain(ofRow("v"), ofRow("w"))),
        ],
      ]);
      const open = (forbidden: Condition) =>
        openSession(subject, contract([send], [allow("all", ["*"]), deny("no", ["*"], forbidden)]));
      const sessions = [left, right, { kind: "not", part: left } as const, { kind: "not", part: right } as const].map(
        open,
      );
      const one = (): { tagged: { [name: string]: Json }; bare: { [name: string]: Json } } => {
        const text = random.pick(random.pick(groups));
        const [kind, name] = random.pick([
          ["a", "v"],
          ["b-2", "w"],
        ] as const);
        return { tagged: random.chance(0.5) ? { kind, [name]: text } : { [name]: text, kind }, bare: { [name]: text } };
      };
      for (let i = 0; i < 10; i += 1) {
        const [first, ...rest] = [one(), ...random.several(0, 3, one)];
        const args = {
          it: first!.tagged,
          ...first!.bare,
          its: rest.map((r) => r.tagged),
          flat: rest.map((r) => r.bare),
        };
        const [x, y, notX, notY] = sessions.map((session) => session.call("send", args).outcome);
        holds(x === y && notX === notY, () => JSON.stringify(args));
      }
    },
  },
  {
    number: 1,
    sentence: "an argument of no declared case is no argument of the tool",
    trials: 20,
    check: (subject, random) => {
      const union = cases(T.text);
      const session = openSession(
        subject,
        contract([tool("send", { it: union, its: listOf(union) })], [allow("all", ["*"])]),
      );
      const good: Json = random.pick([
        { kind: "a", v: "x" },
        { w: "y", more: 3, kind: "b-2" },
      ]);
      const bad: Json = random.pick<Json>([
        { v: "x" },
        { kind: "c", v: "x" },
        { kind: "b", w: "x" },
        { kind: "a", w: "x" },
        { kind: "a", v: "x", w: "y" },
        { kind: 1, v: "x" },
        { v: "x", kind: null },
        { kind: ["a"], v: "x" },
        { deep: { kind: "a" }, v: "x" },
        [],
        "a",
      ]);
      const fine = session.call("send", { it: good, its: [good] });
      holds(fine.outcome === "allow", () => `${JSON.stringify(good)}: ${fine.reason}`);
      for (const args of [
        { it: bad, its: [] },
        { it: good, its: [good, bad] },
      ]) {
        const { reason } = session.call("send", args);
        holds(reason === "bad_arguments", () => `${JSON.stringify(args)}: ${reason}`);
      }
    },
  },
  {
    number: 4,
    sentence: "a result that does not say which case it is is evidence of none",
    trials: 6,
    check: (subject, random) => {
      const union = cases(T.int);
      const body = ref("prior_result.body", union);
      const wanted = random.pick(["a", "b-2"]);
      const where = random.pick<Condition>([is(body, wanted), { kind: "not", part: is(body, wanted) }]);
      const tools = [tool("look", {}, { returns: record({ body: union }) }), tool("go", {})];
      const session = openSession(
        subject,
        contract(tools, [allow("all", ["*"]), requirePrior("seen", ["go"], ["look"], { where })]),
      );
      session.call("look", {});
      session.result({}, { partial: true });
      const { outcome } = session.call("go", {});
      holds(outcome === "deny", () => `${where.kind} ${wanted}: ${outcome}`);
      session.call("look", {});
      session.result({ body: { kind: wanted, v: 1, w: 1 } });
      const known = session.call("go", {}).outcome;
      holds((known === "deny") === (where.kind === "not"), () => `known, ${where.kind} ${wanted}: ${known}`);
    },
  },
];
