/** What SQL does (laws 12, 4 and 11): the same however it is written, nothing hidden in it, and what nobody understands helps nobody. */
import { allow, compare, contract, deny, listOf, lit, ref, requireThat, T, tool } from "../../contracts/build.ts";
import { makeSql } from "../../differential/generate/sql.ts";
import type { Random } from "../../differential/random.ts";
import { probeSql } from "../../differential/sql-probe.ts";
import type { Condition } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const NAMES = ["users", "orders", "log", "hr.users"];

/** Tokens, and what they do: r reads, w writes, d deletes, ! a change without a where. */
interface Statement {
  readonly tokens: readonly string[];
  readonly does: string;
  readonly tables: readonly string[];
}
const words = (text: string): readonly string[] => text.split(" ");

function makeStatement(random: Random): Statement {
  const [a, b, c] = [random.pick(NAMES), random.pick(NAMES), random.pick(NAMES)];
  const row = (text: string, does: string, ...tables: readonly string[]): Statement => ({
    tokens: words(text),
    does,
    tables,
  });
  return random.pick([
    row(`select * from ${a}`, "r", a),
    row(`select x , ( select max ( y ) from ${b} ) from ${a} t where 'it''s ; delete' = z`, "r", a, b),
    row(`select * from ${a} left join ${b} on ( 1 = 1 ) , ${c} as c limit 5`, "r", a, b, c),
    row(`with c1 as ( select * from ${a} ) select * from c1 union all select * from ${b}`, "r", a, b),
    row(`with c1 as ( delete from ${a} where x returning y ) select * from c1`, "rwd", a),
    row(`with ${a === "hr.users" ? "users" : a} as ( select * from ${a} ) select * from ${a}`, "r", a),
    row(`select ${a} from ( select 1 ) x where exists ( select 1 from ${b} )`, "r", b),
    row(`insert into ${a} ( x ) values ( 1 , 'a' )`, "w", a),
    row(`insert into ${a} select * from ${b} on conflict ( x ) do update set y = 2`, "rw", a, b),
    row(`update ${a} set x = 1 , y = 2 where z in ( 1 , 2 )`, "w", a),
    row(`update ${a} set x = ( select 1 from ${b} where y )`, "rw!", a, b),
    row(`delete from ${a} where x is not distinct from y`, "wd", a),
    row(`delete from ${a} using ${b}`, "rwd!", a, b),
    row(`truncate table ${a} , ${b} cascade`, "wd!", a, b),
    row(`drop table if exists ${a}`, "wd!", a),
    row(`merge into ${a} t using ${b} s on t.x = s.x when matched then delete`, "rwd!", a, b),
    row(`replace into ${a} values ( ? )`, "wd", a),
    row(`select * into ${a} from ${b}`, "rw", a, b),
  ]);
}

/** The same tokens as another hand writes them. */
function rewritten({ tokens }: Statement, random: Random): string {
  const blank = () => random.pick([" ", "\n", "\t ", " /* ; drop table log */ ", "/**/", " -- where x\n", "\r\n"]);
  const quoted = (name: string) => random.pick([name, name.toUpperCase(), `"${name}"`, `\`${name}\``, `[${name}]`]);
  const spelled = tokens.map((token) => {
    if (token === "hr.users") return `HR${random.pick([". ", "."])}${quoted("users")}`;
    if (NAMES.includes(token)) return quoted(token);
    return /^[a-z]+$/.test(token) && random.chance(0.5) ? token.toUpperCase() : token;
  });
  return `${random.pick(["", ";", "\n"])}${spelled.join(" ").replaceAll(" ", () => blank())}${random.pick(["", " ", ";", " ; -- x"])}`;
}

/** Each does something, or nobody knows what. */
const MORE: readonly (readonly [more: string, tables: readonly string[] | undefined])[] = [
  ["; delete from log", ["log"]],
  ["; update log set a = 1", ["log"]],
  ["; drop table log", ["log"]],
  [" delete from log", undefined],
  ["; exec x", undefined],
  [" ; select f(1)", undefined],
  ["; select 1 --1", undefined],
  ["; select 'a\\' ; drop table log ; -- '", undefined],
  [" exec x", undefined],
  [" # x", undefined],
  [" /* x", undefined],
  ["; select 1\n:r x", undefined],
  [" select 1", undefined],
  ["; select 1 select 2", undefined],
  ["; select 1 /*T! */", undefined],
  ["; select next value for s", undefined],
  ["; select next value for json", undefined],
  ["; select s . nextval", undefined],
  ["; select 1 as `x ; y`", undefined],
  [")", undefined],
];

const sql = (member: "reads" | "writes" | "deletes" | "has_where") =>
  ref("args.q", T.sql, { member: `sql.${member}`, type: T.bool });
const does = (member: Parameters<typeof sql>[0]): Condition => ({ kind: "holds", value: sql(member) });
const some = (table: string): Condition => ({
  kind: "quantifier",
  quantifier: "any",
  depth: 0,
  lists: [ref("args.q", T.sql, { member: "sql.tables", type: listOf(T.text) })],
  body: compare(ref("element", T.text), "==", lit(table)),
});

export const SQL: readonly Law[] = [
  {
    number: 12,
    sentence: "what SQL does is the same however it is written, and nothing that stands with it is hidden",
    trials: 8,
    check: (subject, random) => {
      const probe = probeSql(subject, NAMES);
      // the name means the table until what it names is there
      const own = probe("with log as (select * from log) select * from log")?.tables.join();
      holds(own === "log", () => `a table behind its own name: ${own}`);
      for (let i = 0; i < 36; i += 1) {
        const statement = makeStatement(random);
        const text = rewritten(statement, random);
        const known = probe(text);
        holds(known !== undefined, () => `nobody knows \`${text}\``);
        const { reads, writes, deletes, hasWhere, tables, count } = known!;
        const told = `${reads ? "r" : ""}${writes ? "w" : ""}${deletes ? "d" : ""}${hasWhere ? "" : "!"}`;
        holds(told === statement.does, () => `\`${text}\` is ${told}, not ${statement.does}`);
        const named = [...new Set(statement.tables)].sort().join();
        holds(
          tables.join() === named && count === tables.length,
          () => `\`${text}\` is about ${tables.join()}, not ${named}`,
        );
        const [one, two] = random.pick([
          ["log", "LOG"],
          ["log", '"log"'],
          ["[log]", "log"],
          ["Log", "log"],
        ]);
        holds(
          probe(`with ${one} as (select 1) select * from ${two}`)?.tables.join() === "log",
          () => `${one} is ${two}`,
        );
        const [more, touched] = random.pick(MORE);
        const isFirst = more.startsWith(";") && random.chance(0.5);
        const [first, second] = isFirst ? [more, ` ; ${text}`] : [statement.tokens.join(" "), more];
        const longer = probe(`${first}${second}`);
        if (touched === undefined) holds(longer === undefined, () => `${first}${second} is known`);
        else
          holds(
            longer?.writes === true && !longer.hasWhere && touched.every((t) => longer.tables.includes(t)),
            () => `${first}${second}: ${JSON.stringify(longer)}`,
          );
      }
    },
  },
  {
    number: 4,
    sentence:
      "SQL that nobody understands is not granted, is denied, has every level that it may have, and meets no requirement",
    trials: 15,
    check: (subject, random) => {
      const put = tool(
        "put",
        { q: T.sql },
        {
          levels: ["read", "write", "delete"],
          cases: [
            { level: "write", when: does("writes") },
            { level: "delete", when: does("deletes") },
          ],
        },
      );
      const condition = random.pick<Condition>([
        does("reads"),
        does("writes"),
        does("deletes"),
        does("has_where"),
        some("users"),
      ]);
      const either: Condition = random.chance(0.5) ? condition : { kind: "not", part: condition };
      const q = random.pick(["drop database x", "select f(1)", "select 'a\\' ' from users", "(", "", "select 1 --x"]);
      const all = allow("all", ["*"]);
      const ask = (...rules: Parameters<typeof contract>[1]) =>
        openSession(subject, contract([put], rules)).call("put", { q });
      holds(ask(allow("if", ["*"], { when: either })).reason === "no_allow", () => "granted");
      holds(ask(all, deny("if", ["*"], either)).reason === "denied_by_rule", () => "not denied");
      holds(ask(all, requireThat("if", ["*"], either)).outcome === "deny", () => "met");
      const levels = ask(all).levels;
      holds([...levels].sort().join() === "delete,read,write", () => `its levels are ${levels.join()}`);
      const reading: Condition = { kind: "level_is", levels: ["read"], exact: true };
      holds(ask(allow("if", ["*"], { when: reading })).outcome === "deny", () => "it is taken for reading");
    },
  },
  {
    number: 11,
    sentence: "SQL is read in one pass up to its limits and is unknown beyond them, and no text of it holds anybody up",
    trials: 1,
    check: (subject, random) => {
      const probe = probeSql(subject, NAMES);
      const limits: readonly (readonly [most: number, of: (n: number) => string])[] = [
        [64, (n) => "select 1;".repeat(n)],
        [64, (n) => `select * from ${Array.from({ length: n }, (_, i) => `t${i}`).join()}`],
        [64, (n) => `with ${Array.from({ length: n }, (_, i) => `t${i} as (select 1)`).join()} select 1`],
        [32, (n) => `select ${"(".repeat(n)}1${")".repeat(n)}`],
      ];
      for (const [most, of] of limits) {
        holds(probe(of(most)) !== undefined, () => `${of(most).slice(0, 40)}… is unknown`);
        holds(probe(of(most + 1)) === undefined, () => `${of(most + 1).slice(0, 40)}… is known`);
      }
      const long = 20_000;
      for (const piece of ["(", "/*", "'", "a.", "select ", "from t,", "''", "((", "-- \n", "\\"])
        probe(piece.repeat(long));
      holds(probe(`select '${"x".repeat(long)}'`) !== undefined, () => "a long text is unknown");
      for (let i = 0; i < 50; i += 1) probe(makeSql(random));
    },
  },
];
