/** What a subject knows of SQL, read off the rules that deny a call with it. */
import { allow, compare, contract, dec, deny, listOf, lit, ref, T, tool } from "../contracts/build.ts";
import { openSession } from "../property/session-of.ts";
import type { Condition } from "../reference/contract.ts";
import type { Subject } from "./subject.ts";

export interface Known {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly deletes: boolean;
  readonly hasWhere: boolean;
  /** Of those that were asked about; sorted. */
  readonly tables: readonly string[];
  /** Also of those that nobody asked about, up to nine. */
  readonly count: number | undefined;
  readonly hasUnnamed: boolean;
}

const DOES = ["reads", "writes", "deletes", "has_where"] as const;
const does = (name: (typeof DOES)[number]): Condition => ({
  kind: "holds",
  value: ref("args.q", T.sql, { member: `sql.${name}`, type: T.bool }),
});
const list = ref("args.q", T.sql, { member: "sql.tables", type: listOf(T.text) });
const isTable = (name: string): Condition => ({
  kind: "quantifier",
  quantifier: "any",
  depth: 0,
  lists: [list],
  body: compare(ref("element", T.text), "==", lit(name)),
});
/** No table has this name, so only one without a known name may be it. */
const NOBODY = "\u0001";

export function probeSql(subject: Subject, tables: readonly string[]): (q: string) => Known | undefined {
  const tests: readonly (readonly [string, Condition])[] = [
    ...DOES.map((name) => [name, does(name)] as const),
    ...DOES.map((name) => [`not_${name}`, { kind: "not", part: does(name) }] as const),
    ...tables.map((table, i) => [`table_${i}`, isTable(table)] as const),
    ["unnamed", isTable(NOBODY)],
    ...Array.from({ length: 10 }, (_, n): readonly [string, Condition] => [
      `count_${n}`,
      { kind: "compare", op: "==", left: { kind: "count", list }, right: lit(dec(String(n)), T.int) },
    ]),
  ];
  const rules = [allow("all", ["*"]), ...tests.map(([name, condition]) => deny(name, ["*"], condition))];
  const session = openSession(subject, contract([tool("db", { q: T.sql })], rules));
  return (q) => {
    const found = session.call("db", { q }).rules;
    if (found.includes("reads") && found.includes("not_reads")) {
      if (found.length !== tests.length) throw new Error(`some of \`${q}\` is unknown, and some is not`);
      return undefined;
    }
    const is = (name: string) => found.includes(name);
    const count = found.find((name) => name.startsWith("count_"));
    const hasUnnamed = is("unnamed");
    return {
      reads: is("reads"),
      writes: is("writes"),
      deletes: is("deletes"),
      hasWhere: is("has_where"),
      tables: hasUnnamed ? [] : tables.filter((_, i) => is(`table_${i}`)).sort(),
      count: count === undefined ? undefined : Number(count.slice(6)),
      hasUnnamed,
    };
  };
}
