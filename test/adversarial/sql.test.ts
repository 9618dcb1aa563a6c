// SQL as people and attackers write it: what does the same is treated alike, what does something else is told apart, and what one database would read
// differently from another is not understood at all. The module is asked, by the rules that deny.
import { describe, expect, test } from "vitest";
import { type Known, probeSql } from "../differential/sql-probe.ts";
import { subjectNamed } from "../differential/subjects.ts";

const NAMES = ["users", "orders", "log", "public.users", "hr.salaries", "secrets"];
const probe = probeSql(await subjectNamed("kernel"), NAMES);

const of = (does: string, ...tables: readonly string[]): Known => ({
  reads: does.includes("r"),
  writes: does.includes("w"),
  deletes: does.includes("d"),
  hasWhere: !does.includes("!"),
  tables: [...tables].sort(),
  count: tables.length,
  hasUnnamed: false,
});

/** r reads, w writes, d deletes, ! a change without a where. */
const ALIKE: readonly (readonly [meaning: Known, ...texts: readonly string[]])[] = [
  [
    of("r", "users"),
    "SELECT * FROM users",
    "select*from users",
    "SeLeCt * FrOm UsErS;",
    "\n\tSELECT\r\n*\fFROM\tusers\n",
    "SELECT/**/*/**/FROM/**/users",
    "SELECT * -- everything; DROP TABLE users\nFROM users",
    "/* DELETE FROM users */ SELECT * FROM users",
    'SELECT * FROM "users"',
    "SELECT * FROM `users`",
    "SELECT * FROM [users]",
    "SELECT 'DELETE FROM orders' FROM users",
    "SELECT 'it''s; DROP TABLE orders; --' FROM users",
    "SELECT ';' , '--', '/*' FROM users",
    'SELECT "delete from orders" FROM users',
    "SELECT u.delete, u.drop FROM users u",
    "SELECT a.update FROM users AS a WHERE a.id IN (1, 2)",
    "SELECT * FROM (SELECT * FROM users) AS orders",
    "WITH log AS (SELECT * FROM users) SELECT * FROM log",
    "WITH a AS (SELECT 1), b AS (SELECT * FROM users) SELECT * FROM a, b",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t, users",
    "SELECT count(*) FROM users GROUP BY name HAVING count(*) > 1 ORDER BY 1 DESC LIMIT 10 OFFSET 5",
    "SELECT * FROM users FETCH FIRST 5 ROWS ONLY",
    "SELECT * FROM users FOR UPDATE",
    "SELECT substring(a FROM 1 FOR 2) FROM users",
    "SELECT `order`, `Users`, u.open FROM users u",
    "SELECT CASE WHEN a THEN 1 END, conversation FROM users",
    "SELECT a AS gone\n/* x */\n-- y\nFROM users\nORDER BY 1 FOR UPDATE",
    "SELECT * FROM users WITH (NOLOCK)",
    "SELECT EXTRACT(YEAR FROM orders) FROM users",
    "SELECT a IS NOT DISTINCT FROM orders FROM users",
    "EXPLAIN SELECT * FROM users",
    ";;SELECT * FROM users;;",
    "BEGIN; SELECT * FROM users; COMMIT",
    "SELECT E'a' || N'b' || x'41' || :orders || @log || $1 FROM users",
  ],
  [
    of("r", "users", "orders"),
    "SELECT * FROM users, orders",
    "SELECT * FROM users JOIN orders ON true",
    "SELECT * FROM users u LEFT OUTER JOIN orders o USING (id)",
    "SELECT * FROM users WHERE id IN (SELECT user_id FROM orders)",
    "SELECT * FROM users WHERE EXISTS (SELECT 1 FROM orders)",
    "SELECT (SELECT max(id) FROM orders) FROM users",
    "SELECT * FROM users UNION ALL SELECT * FROM orders",
    "SELECT * FROM users UNION (SELECT * FROM orders)",
    "SELECT * FROM (users CROSS JOIN orders)",
    "SELECT * FROM users CROSS APPLY (SELECT * FROM orders) x",
    "SELECT * FROM users STRAIGHT_JOIN orders",
    "SELECT * FROM users, LATERAL (SELECT * FROM orders) o",
    "SELECT * FROM users u JOIN orders o ON u.a = o.b COLLATE nocase",
    "SELECT CASE WHEN 1 IN (SELECT id FROM orders) THEN 1 END FROM users",
    "SELECT * FROM users; SELECT * FROM orders",
    "WITH users AS (SELECT * FROM users) SELECT * FROM users, orders",
  ],
  [
    of("wd", "users"),
    "DELETE FROM users WHERE id = 1",
    "delete from users where id=1",
    "DELETE users WHERE id = 1",
    "DELETE FROM [users] WHERE id = 1; COMMIT;",
    "DELETE/* WHERE */FROM users -- x\nWHERE id = 1",
  ],
  [
    of("wd!", "users"),
    "DELETE FROM users",
    "DELETE FROM users -- WHERE id = 1",
    "DELETE FROM users /* WHERE id = 1 */",
    "TRUNCATE users",
    "TRUNCATE TABLE users RESTART IDENTITY CASCADE",
    "DROP TABLE IF EXISTS users",
    "DELETE FROM users WHERE id = 1; DELETE FROM users",
    "DELETE FROM users; DELETE FROM users WHERE id = 1",
    "DELETE FROM users ORDER BY id LIMIT 5",
  ],
  [of("w!", "users"), "UPDATE users SET a = 1", "UPDATE users u SET a = CASE WHEN 1 THEN 'where' END"],
  [of("rw!", "users"), "UPDATE users SET a = (SELECT 1 WHERE 1 = 1)", "UPDATE users SET a = 1 RETURNING a"],
  [
    of("rw", "users", "orders"),
    "INSERT INTO users SELECT * FROM orders",
    "INSERT INTO users (a, b) SELECT a, b FROM orders ON CONFLICT (a) DO UPDATE SET b = 1",
    "WITH o AS (SELECT * FROM orders) INSERT INTO users SELECT * FROM o",
    "SELECT * INTO users FROM orders",
    "UPDATE users SET a = o.a FROM orders o WHERE o.id = users.id",
    "MERGE INTO users u USING orders o ON u.id = o.id WHEN MATCHED THEN UPDATE SET a = 1",
    "INSERT users SELECT * FROM orders",
  ],
  [
    of("rwd", "users", "orders"),
    "DELETE FROM users USING orders WHERE users.id = orders.id",
    "WITH gone AS (DELETE FROM users WHERE a = 1 RETURNING *) SELECT * FROM gone, orders",
    "REPLACE INTO users SELECT * FROM orders",
    "INSERT OR REPLACE INTO users SELECT * FROM orders",
  ],
];

/** What stands first is no reading of what stands second. */
const DIFFERENT: readonly (readonly [one: string, other: string])[] = [
  ["SELECT * FROM users", "SELECT * FROM orders"],
  ["SELECT * FROM users", "SELECT * FROM public.users"],
  ["SELECT * FROM users", 'SELECT * FROM "Users"'],
  ["SELECT * FROM users", "SELECT * FROM users, orders"],
  ["SELECT * FROM users", "SELECT * FROM users; DELETE FROM users WHERE a = 1"],
  ["SELECT * FROM users", "SELECT * INTO users FROM users"],
  ["SELECT * FROM users", "SELECT * FROM users; DROP TABLE orders"],
  ["SELECT * FROM users -- x", "SELECT * FROM users -- x\n, orders"],
  ["SELECT * FROM users /* x */", "SELECT * FROM users /* x */ , orders"],
  ["SELECT ', orders' FROM users", "SELECT '' FROM users, orders"],
  ["SELECT 'a''b' FROM users", "SELECT 'a' 'b' FROM users, secrets"],
  ["SELECT * FROM users LIMIT 1, 2", "SELECT * FROM users l, orders"],
  ["SELECT * FROM users WHERE a IN (1)", "SELECT * FROM users WHERE a IN (SELECT 1 FROM secrets)"],
  ["SELECT orders FROM users", "SELECT 1 FROM users WHERE EXISTS (SELECT 1 FROM orders)"],
  ["SELECT u.orders FROM users u", "SELECT * FROM users u NATURAL JOIN orders"],
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", "WITH o AS (SELECT 1) SELECT * FROM users, orders"],
  [
    "WITH orders AS (SELECT 1) SELECT * FROM users, orders",
    "WITH orders AS (SELECT * FROM orders) SELECT * FROM users, orders",
  ],
  // some fold names in quotes, or are particular about letters: the WITH names another table
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", 'WITH "orders" AS (SELECT 1) SELECT * FROM users, orders'],
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", 'WITH orders AS (SELECT 1) SELECT * FROM users, "orders"'],
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", "WITH Orders AS (SELECT 1) SELECT * FROM users, orders"],
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", "WITH orders AS (SELECT 1) SELECT * FROM users, ORDERS"],
  ["WITH orders AS (SELECT 1) SELECT * FROM users, orders", "WITH orders AS (SELECT 1) SELECT * FROM users, x.orders"],
  ["WITH c AS (SELECT 1) SELECT * FROM users", "WITH c AS (DELETE FROM log WHERE a) SELECT * FROM users"],
  ["DELETE FROM users WHERE a = 1", "DELETE FROM users"],
  ["DELETE FROM users WHERE a = 1", "UPDATE users SET b = 1 WHERE a = 1"],
  ["DELETE FROM users WHERE a = 1", "DELETE FROM users WHERE a = (SELECT 1 FROM secrets)"],
  ["DELETE FROM users WHERE a = 1", "DELETE FROM users USING orders WHERE a = 1"],
  ["DELETE FROM users WHERE a = 1", "DELETE FROM users WHERE a = 1; DELETE FROM users"],
  ["DELETE FROM users USING (SELECT 1 WHERE 1 = 1) x", "DELETE FROM users USING (SELECT 1) x WHERE 1 = 1"],
  ["UPDATE users SET a = 1 WHERE b = 2", "UPDATE users SET a = 1"],
  ["UPDATE users SET a = 1 WHERE b = 2", "UPDATE users SET a = (SELECT 1 WHERE b = 2)"],
  ["UPDATE users SET a = 1 WHERE b = 2", "UPDATE users SET a = s.a FROM secrets s WHERE b = 2"],
  ["INSERT INTO users VALUES (1)", "INSERT INTO users SELECT 1"],
  ["INSERT INTO users VALUES (1)", "REPLACE INTO users VALUES (1)"],
  ["INSERT INTO users VALUES (1)", "INSERT INTO users VALUES ((SELECT 1 FROM secrets))"],
  ["INSERT INTO users SELECT 1", "INSERT INTO users SELECT 1 FROM secrets"],
  [
    "MERGE INTO users u USING log l ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1",
    "MERGE INTO users u USING log l ON 1 = 1 WHEN MATCHED THEN DELETE",
  ],
  [
    "MERGE INTO users u USING log l ON 1 = 1 WHEN MATCHED THEN DO NOTHING",
    "MERGE INTO users u USING secrets l ON 1 = 1 WHEN MATCHED THEN DO NOTHING",
  ],
  ["TRUNCATE users", "TRUNCATE users, orders"],
  ["DROP TABLE users", "DROP TABLE users, orders"],
  ["SELECT * FROM hr.salaries", "SELECT * FROM salaries"],
  ["SELECT * FROM hr . salaries", "SELECT * FROM hr, salaries"],
  ["SELECT * FROM users u (a, orders)", "SELECT * FROM users u, orders"],
  ["SELECT * FROM unnest('{users}')", "SELECT * FROM unnest, users"],
  ["SELECT users FROM orders", "SELECT orders FROM users"],
  ["SELECT * FROM users ORDER BY orders, log", "SELECT * FROM users, orders, log"],
  ["EXPLAIN SELECT * FROM users", "EXPLAIN DELETE FROM users WHERE a"],
];

/** One database would run something here that another would not, or nobody can tell what it does. */
const UNKNOWN: readonly string[] = [
  ...[
    "",
    ";",
    "-- x",
    "users",
    "SELECT * FROM",
    "SELECT (1",
    "SELECT 1)",
    "SELECT * FROM users; x",
    "SELECT 'a",
    'SELECT "a',
    "SELECT /* a",
  ],
  ...["SELECT 'a\\' FROM users; --'", "SELECT E'\\'' FROM users", 'SELECT "a\\" FROM users', "SELECT `a\\` FROM users"],
  // PostgreSQL: a backquote is an operator
  ...["SELECT 1 AS `; DELETE FROM t; --` FROM t", "SELECT 1 AS ` FROM secrets `", "SELECT `a, b` FROM users"],
  ...["SELECT 1 AS `'` FROM t; DELETE FROM t; --'`", "SELECT `a``b` FROM users", "SELECT `` FROM users", "SELECT `a"],
  // they move sequences
  ...["SELECT NEXT VALUE FOR s", "SELECT PREVIOUS VALUE /**/ FOR s FROM users", "SELECT NEXT VALUE FOR json"],
  ...[
    "SELECT s.nextval FROM dual",
    "SELECT s.CurrVal FROM dual",
    'SELECT s."NEXTVAL" FROM dual',
    "VALUES NEXTVAL FOR s",
  ],
  ...[
    "INSERT INTO users VALUES (NEXT VALUE FOR s)",
    "SELECT substring(NEXT VALUE FOR s FROM 1)",
    "SELECT PREVVAL FOR s",
  ],
  "UPDATE users SET a = s.[nextval] WHERE b = 1",
  // a client takes the line for itself
  ...["SELECT 1\n:r x.sql", "SELECT 1 AS a\r\n\t !!rm x", "SELECT '\n:setvar a b\n'", "/*\n:r x\n*/ SELECT 1", ":a"],
  ...["SELECT '\n \\! rm x\n'", "SELECT '\r\\! rm x'", 'SELECT "\n\\! rm x"', "/*\n\\! rm x\n*/ SELECT 1"],
  ...["SELECT 1\n/\n.shell rm x", "SELECT 1 AS a\n@x", "SELECT '\n#host rm'", "SELECT u.\nGO\nsp_who"],
  ...["SELECT '\nGO\nDROP TABLE users\n--'", "SELECT 1 AS a\n reset\nsp_who", "SELECT 1 AS\nexit", "SELECT 1 AS\ned"],
  // SQL Server: verbs in the middle
  ...["SELECT 1 END CONVERSATION @h", "SELECT 1 AS END CONVERSATION @h", "SELECT (1) MOVE CONVERSATION @h TO @g"],
  ...["SELECT 1 GET CONVERSATION GROUP @h", "SELECT 1 ADD SIGNATURE TO p BY CERTIFICATE c", "SELECT 1 LOAD DATABASE d"],
  ...[
    "SELECT 1 DUMP DATABASE d",
    "SELECT 1 OPEN SYMMETRIC KEY k",
    "SELECT 1 SEND ON CONVERSATION @h",
    "SELECT 1 OPEN c",
  ],
  ...["SELECT 1 RECEIVE * FROM q", "SELECT 1 DISABLE TRIGGER t ON users", "SELECT 1 CHECKPOINT"],
  ...["SELECT $$a$$", "SELECT $a$ FROM secrets $a$", "SELECT q'[']; DROP TABLE users; --]'", "SELECT U&'a' FROM users"],
  ...[
    "SELECT 1 --1\nFROM users",
    "SELECT 1 # x\nFROM users",
    "SELECT 1 -- x\rDROP TABLE users",
    "SELECT /* /* */ 1 */ FROM users",
  ],
  ...[
    "SELECT /*!50000 * FROM secrets */ 1",
    "SELECT /*M! 1 */ 1",
    "SELECT /*T![a] * FROM secrets */ 1",
    "SELECT /*t! 1 */ 1",
    "SELECT /*+ SET_VAR(sql_mode='') */ 1",
  ],
  ...[
    "SELECT\u00a0* FROM users",
    "SELECT * FROM users\u0000",
    "SELECT * FROM usérs",
    "SELECT\v1",
    "SELECT {fn now()}",
    "SELECT 1FROM users",
  ],
  ...[
    "SELECT * FROM users DELETE FROM orders",
    "DELETE FROM users SELECT 1 WHERE 1 = 1",
    "UPDATE users SET a = 1 EXEC sp_who",
  ],
  // SQL Server: what the WITH names is a table again in the second statement
  ...["WITH users AS (SELECT 1 AS a) SELECT * FROM users SELECT * FROM users", "SELECT 1 SELECT 2"],
  ...["WITH users AS (SELECT 1 AS a) INSERT INTO log SELECT 1 SELECT * FROM users", "VALUES (1) SELECT 2"],
  ...["VALUES (1)", "(SELECT 1)", "(a) (SELECT 1)", "(a) VALUES ((SELECT 1))"].map(
    (first) => `WITH users AS (SELECT 1 AS a) INSERT INTO log ${first} SELECT * FROM users`,
  ),
  ...["SELECT * FROM users GO sp_who", "INSERT INTO users EXEC sp_who", "SELECT * FROM users WHERE 1 = 1 KILL 55"],
  ...[
    "SELECT pg_terminate_backend(1)",
    "SELECT my_function(1) FROM users",
    "SELECT dbo.f(1)",
    'SELECT "lower"(a) FROM users',
  ],
  ...[
    "SELECT * FROM dblink('x', 'y')",
    "SELECT * FROM OPENROWSET('x')",
    "SELECT * FROM dbo.f(1)",
    "SELECT load_extension('x')",
  ],
  ...["SELECT * FROM users INTO OUTFILE '/tmp/x'", "SELECT 1 INTO @a", "SELECT * FROM users PROCEDURE ANALYSE()"],
  ...[
    "SELECT * FROM users WHERE id IN secrets",
    "TABLE users",
    "SELECT 1 UNION TABLE secrets",
    "SELECT (TABLE secrets)",
  ],
  ...["SELECT * FROM users limit, secrets", "SELECT * FROM users offset, secrets", "SELECT * FROM users full, secrets"],
  ...[
    "SELECT * FROM users limit (nolock), secrets",
    "SELECT * FROM users window, secrets",
    "SELECT * FROM users returning, secrets",
  ],
  ...["EXPLAIN ANALYZE DELETE FROM users", "COPY users TO PROGRAM 'sh'", "DO 'x'", "CALL f()", "EXEC sp_who", "sp_who"],
  ...[
    "SET role admin",
    "PRAGMA writable_schema = 1",
    "ATTACH 'x' AS y",
    "GRANT ALL ON users TO x",
    "CREATE TABLE x (a int)",
  ],
  ...[
    "ALTER TABLE users ADD a int",
    "VACUUM",
    "LOCK TABLE users",
    "LOAD DATA INFILE 'x' INTO TABLE users",
    "SHOW TABLES",
    "USE x",
  ],
  ...[
    "PREPARE a FROM 'DELETE FROM users'",
    "HANDLER users OPEN",
    "DROP DATABASE x",
    "SELECT * FROM users; VACUUM",
    "SELECT * FROM a.b.c.d.e",
  ],
  ...[
    "SELECT * FROM users minus (nolock), secrets",
    "SELECT * FROM users offset (nolock), secrets",
    "SELECT * FROM users natural, secrets",
  ],
  ...[
    "SELECT * FROM users u NATURAL, secrets",
    "SELECT * FROM users JOIN log ON a = offset, secrets",
    "SELECT * FROM ONLY users",
  ],
  ...[
    "SELECT * FROM 'users'",
    "SELECT * FROM users@link",
    "SELECT * FROM users IN secrets",
    "SELECT * FROM users u v w",
  ],
  "SELECT 1;".repeat(65),
  `SELECT * FROM ${Array.from({ length: 65 }, (_, i) => `t${i}`).join()}`,
  `SELECT ${"(".repeat(33)}1${")".repeat(33)}`,
];

describe("the same", () => {
  test.each(ALIKE.flatMap(([meaning, ...texts]) => texts.map((q) => [q, meaning] as const)))("%j", (q, meaning) => {
    expect(probe(q)).toEqual(meaning);
  });
});

test.each(DIFFERENT)("%j is not %j", (one, other) => {
  expect(probe(one)).toBeDefined();
  expect(probe(other)).toBeDefined();
  expect(probe(one)).not.toEqual(probe(other));
});

test.each(UNKNOWN.map((q) => [q] as const))("nobody knows what %j does", (q) => {
  expect(probe(q)).toBeUndefined();
});

test("at a limit it is still known", () => {
  expect(probe("SELECT 1;".repeat(64))).toEqual(of("r"));
  const tables = Array.from({ length: 64 }, (_, i) => `t${i}`).join();
  expect(probe(`SELECT * FROM ${tables}`)).toMatchObject({ reads: true, count: undefined });
  expect(probe(`SELECT ${"(".repeat(32)}1${")".repeat(32)}`)).toEqual(of("r"));
});

test("there are enough pairs of both kinds", () => {
  expect(ALIKE.reduce((sum, [, ...texts]) => sum + texts.length - 1, 0)).toBeGreaterThanOrEqual(60);
  expect(DIFFERENT.length).toBeGreaterThanOrEqual(40);
});
