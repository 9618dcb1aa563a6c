/** Maps: what is asked of keys and values is asked of values, as of lists and arguments of their own (law 12); a map that nobody knows denies (law 4). */
import {
  allow,
  approval,
  compare,
  contract,
  dec,
  deny,
  fact,
  listOf,
  lit,
  mapOf,
  optional,
  ref,
  requireApproval,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Condition, Reference, Type } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

const has = (value: Reference): Condition => ({ kind: "has", value });
const isMany = (list: Reference): Condition => ({
  kind: "compare",
  op: ">",
  left: { kind: "count", list },
  right: lit(dec("1"), T.int),
});
const KEYS = ["a", "ab", "", "ü", "B-1"];

const at = (key: string, map: Type, value: Type): Reference => ({
  ...ref("args.m", value),
  path: ["m", key],
  optional: true,
  maps: [{ at: 1, type: map }],
});
const listed = (member: "map.keys" | "map.values", map: Type, element: Type): Reference => ({
  ...ref("args.m", listOf(element)),
  member,
  maps: [{ at: 1, type: map }],
});

export const MAPS: readonly Law[] = [
  {
    number: 12,
    sentence: "a map says of its keys and values what lists of them say, and of a key what an argument of its own says",
    trials: 15,
    check: (subject, random) => {
      const { type, groups } = random.pick(SPELLINGS);
      const map = mapOf(type);
      const key = random.pick(KEYS);
      const send = tool("send", { m: map, ks: listOf(T.text), vs: listOf(type), one: optional(type) });
      const one = ref("args.one", type, { optional: true });
      const value = lit(groups[0]![0], type);
      const over = (quantifier: "every" | "any", list: Reference, body: Condition): Condition => ({
        kind: "quantifier",
        quantifier,
        depth: 0,
        lists: [list],
        body,
      });
      const [keys, values] = [listed("map.keys", map, T.text), listed("map.values", map, type)];
      const [ks, vs] = [ref("args.ks", listOf(T.text)), ref("args.vs", listOf(type))];
      const isValue = compare(ref("element", type), "==", value);
      const isKey = compare(ref("element", T.text), "==", lit(key, T.text));
      const ofKey = (it: Reference): Condition => ({ kind: "and", parts: [has(it), compare(it, "==", value)] });
      const [left, right] = random.pick<readonly [Condition, Condition]>([
        [over("every", values, isValue), over("every", vs, isValue)],
        [over("any", keys, isKey), over("any", ks, isKey)],
        [
          { kind: "includes", list: keys, item: lit(key, T.text) },
          { kind: "includes", list: ks, item: lit(key, T.text) },
        ],
        [has(at(key, map, type)), has(one)],
        [ofKey(at(key, map, type)), ofKey(one)],
        [isMany(keys), isMany(vs)],
      ]);
      const open = (forbidden: Condition) =>
        openSession(subject, contract([send], [allow("all", ["*"]), deny("no", ["*"], forbidden)]));
      const sessions = [left, right, { kind: "not", part: left } as const, { kind: "not", part: right } as const].map(
        open,
      );
      for (let i = 0; i < 10; i += 1) {
        const m = Object.fromEntries(random.some(KEYS, 4).map((name) => [name, random.pick(random.pick(groups))]));
        const args = { m, ks: Object.keys(m), vs: Object.values(m), ...(key in m ? { one: m[key] } : {}) };
        const [x, y, notX, notY] = sessions.map((session) => session.call("send", args).outcome);
        holds(x === y && notX === notY, () => JSON.stringify([left, args]));
      }
    },
  },
  {
    number: 12,
    sentence: "in which order the members of a map are sent means nothing, also to what an approval binds",
    trials: 10,
    check: (subject, random) => {
      const paths = ref("action.paths", listOf(T.path));
      const asked = requireApproval("ask", ["*"], approval({ binds: [paths] }), isMany(paths));
      const session = openSession(
        subject,
        contract([tool("send", { m: mapOf(T.path) })], [allow("all", ["*"]), asked]),
      );
      const members = random.some(KEYS, 5).map((key, i) => [key, `/srv/${i}`] as const);
      const digests = [members, [...members].reverse()].map(
        (some) => session.call("send", { m: Object.fromEntries(some) }).approvals[0]?.digest,
      );
      if (members.length < 2) return;
      holds(
        digests[0] !== undefined && digests[1] === digests[0],
        () => `${JSON.stringify(members)}: ${digests.join()}`,
      );
    },
  },
  {
    number: 4,
    sentence: "of a map that nobody sent nobody knows whether it has a key: a grant does not hold, a denial does",
    trials: 10,
    check: (subject, random) => {
      const type = mapOf(T.int);
      const key = random.pick(KEYS);
      const tag = { ...at(key, type, T.int), root: "resource", path: ["tags", key] } as const;
      const tags = random.pick([undefined, {}, { [key]: 1 }]);
      for (const isNegated of [false, true]) {
        const when: Condition = isNegated ? { kind: "not", part: has(tag) } : has(tag);
        const outcomeUnder = (drafts: readonly ReturnType<typeof allow>[]): string => {
          const session = openSession(subject, contract([tool("send", {})], drafts, [fact("resource", "tags", type)]));
          return session.call("send", {}, tags === undefined ? {} : { also: { resource: { tags } } }).outcome;
        };
        const granted = outcomeUnder([allow("all", ["*"], { when })]);
        const refused = outcomeUnder([allow("all", ["*"]), deny("no", ["*"], when)]);
        const isTrue = tags !== undefined && key in tags !== isNegated;
        holds((granted === "allow") === isTrue, () => `granted: ${granted}, ${JSON.stringify(tags)}`);
        holds((refused === "deny") === (tags === undefined || isTrue), () => `refused: ${refused}`);
      }
    },
  },
];
