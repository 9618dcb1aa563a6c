import { openPostgresLog, postgresSource, TABLES, writerGrants } from "@thc/audit/postgres";
import { nodePlatform } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeHost } from "../support/audit/decisions.ts";
import { SIGNING_KEY } from "../support/audit/verify.ts";

const url = process.env.THC_TEST_POSTGRES;
if (url === undefined) console.log("skipped: THC_TEST_POSTGRES names no server (scripts/ci-postgres.sh starts one)");

describe.skipIf(url === undefined)("a log in PostgreSQL", () => {
  const owner = new Client({ connectionString: url });
  const writer = url === undefined ? "" : url.replace("//postgres@", "//thc_writer@");
  let run = 0;
  const origin = () => `log.example/pg-${process.pid}-${run++}`;
  const open = (name: string, changed = {}) =>
    openPostgresLog({
      connectionString: writer,
      origin: name,
      signingKey: SIGNING_KEY,
      limits: { records: 20 },
      ...changed,
    });
  const verify = (name: string) => verifyLog(postgresSource(owner, name), { platform: nodePlatform() });

  beforeAll(async () => {
    await owner.connect();
    await owner.query(TABLES);
    await owner.query("DO $$ BEGIN CREATE ROLE thc_writer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    await owner.query(writerGrants("thc_writer") as string);
  });
  afterAll(async () => {
    await owner.end();
  });

  test("is appended to, closed, opened again, and verifies like files do", async () => {
    const name = origin();
    const decide = fakeHost();
    for (let round = 0; round < 2; round++) {
      const log = await open(name);
      await Promise.all(Array.from({ length: 30 }, () => log.appendDecision(decide("s"))));
      await log.close();
    }
    const report = await verify(name);
    expect(report).toMatchObject({ ok: true, origin: name, kinds: { decision: 60 } });
    expect(report.segments).toBeGreaterThan(2);
  });

  test("many writers are many chains, and two writers of one chain are refused", async () => {
    const names = [origin(), origin(), origin()];
    const logs = await Promise.all(names.map((name) => open(name)));
    await expect(open(names[0] as string)).rejects.toMatchObject({ code: "locked" });
    await Promise.all(logs.flatMap((log) => Array.from({ length: 40 }, (_, n) => log.append({ kind: "x_step", n }))));
    await Promise.all(logs.map((log) => log.close()));
    for (const name of names) expect(await verify(name)).toMatchObject({ ok: true, kinds: { x_step: 40 } });
  });

  test("the writer's role can insert and read, and neither change nor delete", async () => {
    const client = new Client({ connectionString: writer });
    await client.connect();
    for (const statement of [
      "UPDATE thc_audit_records SET line = ''",
      "DELETE FROM thc_audit_records",
      "TRUNCATE thc_audit_records",
      "UPDATE thc_audit_heads SET note = ''",
      "DELETE FROM thc_audit_heads",
      "DROP TABLE thc_audit_records",
    ])
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    await client.end();
    expect(writerGrants("x; DROP TABLE y")).toBeNull();
  });

  test("a row that the owner changes, deletes or rolls back is found", async () => {
    const name = origin();
    const log = await open(name);
    for (let n = 0; n < 5; n++) await log.append({ kind: "x_step", n });
    await log.close();
    const row = "origin = $1 AND seq = 3";
    await owner.query(`UPDATE thc_audit_records SET line = set_byte(line, 200, 65) WHERE ${row}`, [name]);
    expect((await verify(name)).integrity).toMatchObject({ ok: false, fault: { kind: "edited", line: 4 } });
    await owner.query(`DELETE FROM thc_audit_records WHERE ${row}`, [name]);
    expect((await verify(name)).integrity).toMatchObject({ ok: false, fault: { kind: "deleted", line: 4 } });
    await expect(open(name)).rejects.toMatchObject({ code: "broken" });
    await owner.query("DELETE FROM thc_audit_records WHERE origin = $1 AND seq > 2", [name]);
    expect((await verify(name)).integrity).toMatchObject({ ok: false, fault: { kind: "truncated" } });
  });

  test("a connection that is cut poisons the log, and what was acknowledged is there", async () => {
    const name = origin();
    const log = await open(name);
    const { seq } = await log.append({ kind: "x_step", n: 0 });
    await owner.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'thc_writer'");
    await expect(log.append({ kind: "x_step", n: 1 })).rejects.toMatchObject({ code: "poisoned" });
    await log.close().catch(() => {});
    const again = await open(name);
    expect((await again.append({ kind: "x_step", n: 1 })).seq).toBe(seq + 1);
    await again.close();
    expect((await verify(name)).ok).toBe(true);
  });
});
