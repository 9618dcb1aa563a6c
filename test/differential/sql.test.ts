/** What SQL does: the kernel against the reference and both against SQLite, on random statements of all dialects, whole and damaged. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { classifySql } from "../reference/sql/classify.ts";
import { makeSql, SQL_TABLES } from "./generate/sql.ts";
import { seeded } from "./random.ts";
import { type Known, probeSql } from "./sql-probe.ts";
import { subjectNamed } from "./subjects.ts";

const NAMES = [...SQL_TABLES, "public.orders"];

function expected(q: string): Known | undefined {
  const sql = classifySql(q);
  if (sql === undefined) return undefined;
  const { tables, ...does } = sql;
  const hasUnnamed = tables.includes(undefined);
  const count = tables.length < 10 ? tables.length : undefined;
  return { ...does, count, hasUnnamed, tables: hasUnnamed ? [] : NAMES.filter((name) => tables.includes(name)).sort() };
}

test("the kernel understands what the reference understands, and as that does", async () => {
  const probe = probeSql(await subjectNamed("kernel"), NAMES);
  const random = seeded(3);
  let known = 0;
  const total = 2_500;
  for (let i = 0; i < total; i += 1) {
    const q = makeSql(random);
    const found = probe(q);
    expect({ q, found }).toEqual({ q, found: expected(q) });
    if (found !== undefined) known += 1;
  }
  // what nobody understands, or what everybody does, would show nothing
  expect(known).toBeGreaterThan(total / 5);
  expect(known).toBeLessThan((4 * total) / 5);
});

test("what is known of a statement that SQLite reads covers all that SQLite would do", () => {
  const random = seeded(5);
  const texts = Array.from({ length: 20_000 }, () => makeSql(random)).filter((q) => classifySql(q) !== undefined);
  const oracle = new URL("sqlite_oracle.py", import.meta.url).pathname;
  const { stdout, stderr, status } = spawnSync("python3", [oracle], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const told = JSON.parse(stdout) as readonly (null | { writes: boolean; deletes: boolean; tables: string[] })[];
  for (const [i, would] of told.entries()) {
    if (would === null) continue;
    const { writes, deletes, tables } = classifySql(texts[i]!)!;
    const last = tables.map((name) => name?.split(".").at(-1));
    const missed = last.includes(undefined) ? [] : would.tables.filter((name) => !last.includes(name));
    const found = { writes: writes || !would.writes, deletes: deletes || !would.deletes, missed };
    expect({ q: texts[i], ...found }).toEqual({ q: texts[i], writes: true, deletes: true, missed: [] });
  }
  // many of them are read by both
  expect(told.filter((would) => would !== null).length).toBeGreaterThan(500);
});
