/**
 * SQL of all dialects at once: statements from a small grammar, written with the blanks, cases and comments that dialects have, and often
 * with something in them that makes them another statement, or none.
 */
import type { Random } from "../random.ts";

export const SQL_TABLES: readonly string[] = ["users", "orders", "public.users", "log"];

const NAMES = [
  "users",
  "orders",
  "Users",
  "USERS",
  "public.users",
  "Public . Orders",
  '"users"',
  "`orders`",
  "[log]",
  '"Users"',
  "log",
];
const COLUMNS = ["id", "u.id", "name", '"name"', "t.*", "o.total", "limit", "comment", "delete_at"];
const VALUES = ["1", "'x'", "?", "$1", ":id", "'it''s'", "0x1F", "1.5e3", "NULL", "'a\\nb'", "@v", "E'x'", '"x y"'];
const HOSTILE = [
  ..."; DELETE ; DROP ; FROM ; WHERE ; ( ; ) ; , ; UNION ; INTO ; SET ; UPDATE ; EXEC ; -- ; /* ; */ ; # ; ' ; \" ; ` ; $$ ; \\ ; JOIN ; SELECT".split(
    " ; ",
  ),
  ...[
    "--x",
    "-- x\n",
    "/* x */",
    "/*! x */",
    "/* /* */ */",
    "'a\\'",
    "x.",
    ".",
    "f(1)",
    "WITH",
    "VALUES",
    "LIMIT",
    "USING",
    "ON",
    "AS",
    "IN",
    "TABLE users",
  ],
  ...[
    "/**/",
    "\r",
    "-- x\r\n",
    "-- y\r",
    "\u00a0",
    "\u0000",
    "ü",
    "1a",
    "q'[x]'",
    "U&'x'",
    "REPLACE",
    "count(*)",
    "lower",
    "OFFSET 5",
    "FOR UPDATE",
  ],
  ...[
    "`a b`",
    "``",
    "`Users`",
    "\n:r x",
    "\n @a",
    "'\n!'",
    "\ngo",
    "\n/",
    "\n/**/",
    "NEXT VALUE FOR",
    "FOR",
    "VALUE",
    "s.nextval",
    '"CURRVAL"',
    "END CONVERSATION",
    "LOAD",
    "conversation",
    "substring(a FROM 1 FOR 2)",
  ],
];

export function makeSql(random: Random): string {
  const parts = random.weighted<readonly string[]>([
    [8, () => statement(random)],
    [2, () => [...statement(random), ";", ...statement(random)]],
    [1, () => [";", ...statement(random), ";"]],
  ]);
  const changed = random.weighted<readonly string[]>([
    [6, () => parts],
    [2, () => parts.filter((_, i) => i !== random.below(parts.length))],
    [3, () => inserted(parts, random.pick(HOSTILE), random)],
    [1, () => inserted(parts, random.pick(parts), random)],
    [1, () => swapped(parts, random)],
    [1, () => Array.from({ length: 1 + random.below(6) }, () => random.pick([...HOSTILE, ...parts]))],
  ]);
  return written(changed, random);
}

function inserted(parts: readonly string[], part: string, random: Random): readonly string[] {
  const at = random.below(parts.length + 1);
  return [...parts.slice(0, at), part, ...parts.slice(at)];
}
function swapped(parts: readonly string[], random: Random): readonly string[] {
  const [a, b] = [random.below(parts.length), random.below(parts.length)];
  return parts.map((_, i) => parts[i === a ? b : i === b ? a : i]!);
}

function written(parts: readonly string[], random: Random): string {
  return parts
    .map((part) => {
      const cased = /^[a-z_]+$/i.test(part) && random.chance(0.2) ? part.toLowerCase() : part;
      return `${cased}${random.weighted([
        [12, () => " "],
        [1, () => "\n"],
        [1, () => " /* from x */ "],
        [1, () => "\t -- where\n"],
        [1, () => ""],
      ])}`;
    })
    .join("");
}

function statement(random: Random, depth = 2): readonly string[] {
  return random.weighted<readonly string[]>([
    [8, () => select(random, depth)],
    [
      3,
      () => [
        "DELETE",
        ...maybe(random, 0.9, "FROM"),
        table(random),
        ...usingOf(random),
        ...where(random, depth),
        ...returning(random),
      ],
    ],
    [
      3,
      () => [
        "UPDATE",
        table(random),
        "SET",
        "a",
        "=",
        ...value(random, depth),
        ",",
        "b",
        "=",
        "2",
        ...maybe(random, 0.2, "FROM", table(random)),
        ...where(random, depth),
      ],
    ],
    [3, () => insert(random, depth)],
    [2, () => common(random, depth)],
    [1, () => merge(random)],
    [
      1,
      () => [
        "TRUNCATE",
        ...maybe(random, 0.7, "TABLE"),
        table(random),
        ...maybe(random, 0.3, ",", table(random)),
        ...maybe(random, 0.2, "CASCADE"),
      ],
    ],
    [1, () => ["DROP", "TABLE", ...maybe(random, 0.4, "IF", "EXISTS"), table(random)]],
    [1, () => [random.pick(["BEGIN", "COMMIT", "ROLLBACK", "START"]), ...maybe(random, 0.3, "TRANSACTION")]],
    [1, () => ["EXPLAIN", ...maybe(random, 0.3, "QUERY", "PLAN"), ...select(random, 0)]],
    [
      1,
      () => [
        random.pick(["CREATE", "ALTER", "GRANT", "CALL", "EXEC", "COPY", "SET", "PRAGMA", "SHOW", "VACUUM", "LOCK"]),
        table(random),
      ],
    ],
  ]);
}

function select(random: Random, depth: number): readonly string[] {
  const head = [
    "SELECT",
    ...maybe(random, 0.15, "DISTINCT"),
    ...column(random, depth),
    ...many(random, 2, () => [",", ...column(random, depth)]),
  ];
  const from = random.chance(0.9)
    ? ["FROM", ...reference(random, depth), ...many(random, 2, () => joined(random, depth))]
    : [];
  const rest = [
    ...maybe(random, 0.08, "INTO", table(random)),
    ...from,
    ...where(random, depth, 0.4),
    ...maybe(random, 0.2, "GROUP", "BY", "id", ",", "name", "HAVING", "count", "(", "*", ")", ">", "1"),
    ...maybe(random, 0.2, "ORDER", "BY", "id", "DESC", ",", "name"),
    ...maybe(random, 0.15, "LIMIT", "5", ...maybe(random, 0.3, ",", "10")),
    ...maybe(random, 0.1, "FOR", "UPDATE", ...maybe(random, 0.3, "SKIP", "LOCKED")),
  ];
  const union =
    random.chance(0.12) && depth > 0
      ? [random.pick(["UNION", "EXCEPT", "INTERSECT"]), ...maybe(random, 0.4, "ALL"), ...select(random, depth - 1)]
      : [];
  return [...head, ...rest, ...union];
}

function column(random: Random, depth: number): readonly string[] {
  return random.weighted<readonly string[]>([
    [6, () => [random.pick(COLUMNS)]],
    [2, () => ["*"]],
    [
      2,
      () => [random.pick(["count", "lower", "coalesce", "max", "my_func", "pg_sleep"]), "(", random.pick(COLUMNS), ")"],
    ],
    [1, () => ["EXTRACT", "(", "year", "FROM", "at", ")"]],
    [1, () => ["row_number", "(", ")", "OVER", "(", "PARTITION", "BY", "id", "ORDER", "BY", "at", ")"]],
    [1, () => ["CASE", "WHEN", "a", "THEN", ...value(random, depth), "ELSE", "2", "END", "AS", "c"]],
    [1, () => ["x", "::", "text"]],
    [1, () => [...value(random, depth), "AS", random.pick(["a", '"b"'])]],
  ]);
}

function reference(random: Random, depth: number): readonly string[] {
  const named = maybe(random, 0.4, ...maybe(random, 0.5, "AS"), random.pick(["u", "o", '"t"', "left"]));
  return random.weighted<readonly string[]>([
    [8, () => [table(random), ...named]],
    [depth > 0 ? 2 : 0, () => ["(", ...select(random, depth - 1), ")", ...named]],
    [1, () => [random.pick(["generate_series", "unnest", "read_csv"]), "(", "1", ",", "2", ")", ...named]],
    [1, () => ["(", table(random), "JOIN", table(random), "ON", "1", "=", "1", ")"]],
    [1, () => ["LATERAL", "(", "SELECT", "1", ")", "l"]],
  ]);
}
function joined(random: Random, depth: number): readonly string[] {
  return random.weighted<readonly string[]>([
    [3, () => [",", ...reference(random, depth)]],
    [
      4,
      () => [
        ...maybe(random, 0.4, random.pick(["LEFT", "INNER", "FULL", "CROSS"])),
        "JOIN",
        ...reference(random, depth),
        "ON",
        "a",
        "=",
        random.pick(COLUMNS),
      ],
    ],
    [1, () => ["NATURAL", "JOIN", table(random)]],
    [1, () => ["JOIN", table(random), "USING", "(", "id", ")"]],
    [1, () => [random.pick(["LIMIT", "OFFSET", "FULL", "WINDOW", "RETURNING"]), ",", table(random)]],
  ]);
}
function value(random: Random, depth: number): readonly string[] {
  return random.weighted<readonly string[]>([
    [6, () => [random.pick(VALUES)]],
    [depth > 0 ? 1 : 0, () => ["(", ...select(random, depth - 1), ")"]],
    [1, () => [random.pick(COLUMNS), random.pick(["+", "||", "->>", "%"]), random.pick(VALUES)]],
  ]);
}
function where(random: Random, depth: number, chance = 0.6): readonly string[] {
  if (!random.chance(chance)) return [];
  const test = random.weighted<readonly string[]>([
    [5, () => [random.pick(COLUMNS), random.pick(["=", "<>", "LIKE", ">="]), ...value(random, depth)]],
    [2, () => ["id", "IN", "(", "1", ",", "2", ")"]],
    [depth > 0 ? 2 : 0, () => ["id", ...maybe(random, 0.3, "NOT"), "IN", "(", ...select(random, depth - 1), ")"]],
    [depth > 0 ? 2 : 0, () => ["EXISTS", "(", ...select(random, depth - 1), ")"]],
    [1, () => ["a", "IS", ...maybe(random, 0.5, "NOT"), "DISTINCT", "FROM", "b"]],
    [1, () => ["id", "IN", table(random)]],
    [1, () => ["x", "=", "ANY", "(", "ARRAY", "[1, 2]", ")"]],
    [1, () => ["a", "BETWEEN", "1", "AND", "2", "OR", "NOT", "(", "b", "IS", "NULL", ")"]],
  ]);
  return ["WHERE", ...test];
}
function usingOf(random: Random): readonly string[] {
  return maybe(random, 0.15, "USING", table(random), ...maybe(random, 0.4, ",", table(random)));
}
function returning(random: Random): readonly string[] {
  return maybe(random, 0.15, "RETURNING", "*");
}
function insert(random: Random, depth: number): readonly string[] {
  const head = random.pick([
    ["INSERT", "INTO"],
    ["INSERT"],
    ["REPLACE", "INTO"],
    ["INSERT", "OR", "REPLACE", "INTO"],
    ["INSERT", "IGNORE", "INTO"],
  ]);
  const rows = random.chance(0.6)
    ? ["VALUES", "(", "1", ",", "'x'", ")", ...maybe(random, 0.3, ",", "(", "2", ",", "?", ")")]
    : select(random, depth - 1);
  const conflict = maybe(
    random,
    0.2,
    "ON",
    "CONFLICT",
    "(",
    "id",
    ")",
    "DO",
    ...random.pick([["NOTHING"], ["UPDATE", "SET", "a", "=", "excluded.a", "WHERE", "x"]]),
  );
  const doubled = maybe(random, 0.1, "ON", "DUPLICATE", "KEY", "UPDATE", "a", "=", "1");
  return [
    ...head,
    table(random),
    ...maybe(random, 0.6, "(", "a", ",", "b", ")"),
    ...rows,
    ...conflict,
    ...doubled,
    ...returning(random),
  ];
}
function common(random: Random, depth: number): readonly string[] {
  const name = random.pick(["users", "c", "log"]);
  const body = random.chance(0.7)
    ? select(random, Math.max(0, depth - 1))
    : ["DELETE", "FROM", table(random), ...where(random, 0), "RETURNING", "*"];
  const more = maybe(random, 0.3, ",", "d", "AS", "(", "SELECT", "*", "FROM", random.pick([name, "d", "users"]), ")");
  const main = random.pick([
    ["SELECT", "*", "FROM", random.pick([name, "d", "orders"])],
    ["INSERT", "INTO", "log", "SELECT", "*", "FROM", name],
    ["DELETE", "FROM", name],
  ]);
  return [
    "WITH",
    ...maybe(random, 0.3, "RECURSIVE"),
    name,
    ...maybe(random, 0.2, "(", "a", ")"),
    "AS",
    ...maybe(random, 0.1, "MATERIALIZED"),
    "(",
    ...body,
    ")",
    ...more,
    ...main,
  ];
}
function merge(random: Random): readonly string[] {
  const then = random.pick([["UPDATE", "SET", "a", "=", "1"], ["DELETE"], ["DO", "NOTHING"]]);
  const not = maybe(random, 0.5, "WHEN", "NOT", "MATCHED", "THEN", "INSERT", "(", "a", ")", "VALUES", "(", "1", ")");
  return [
    "MERGE",
    "INTO",
    table(random),
    "t",
    "USING",
    ...reference(random, 1),
    "ON",
    "t.id",
    "=",
    "s.id",
    "WHEN",
    "MATCHED",
    "THEN",
    ...then,
    ...not,
  ];
}

const table = (random: Random): string => random.pick(NAMES);
function maybe(random: Random, chance: number, ...parts: readonly string[]): readonly string[] {
  return random.chance(chance) ? parts : [];
}
function many(random: Random, most: number, make: () => readonly string[]): readonly string[] {
  return random.several(0, most, make).flat();
}
