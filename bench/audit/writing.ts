/** How fast records become durable, against a bare loop over the same bytes and against SQLite. */

import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type DecisionRecordBody, generateSigningKey, openLog } from "@thc/audit";
import { goal, interleaved, median, microseconds } from "./measure.ts";
import { openSqlite } from "./sqlite.ts";

const ORIGIN = "bench.example/log";
const ROOM = 16 * 1_048_576;

/** Lines as the log writes them, so that all write the same bytes. */
async function linesFor(rows: readonly DecisionRecordBody[], folder: string): Promise<readonly string[]> {
  const { log } = openLog({ folder: join(folder, "lines"), origin: ORIGIN, signingKey: generateSigningKey() });
  await Promise.all(rows.map((row) => log.append(row)));
  await log.close();
  const text = readFileSync(join(folder, "lines/segment-000000.jsonl"), "utf8");
  return text
    .split("\n")
    .filter((line) => line.includes('"kind":"decision"'))
    .map((line) => `${line}\n`);
}

export async function benchWriting(folder: string, rows: readonly DecisionRecordBody[]): Promise<void> {
  const lines = await linesFor(rows, folder);
  const bytes = lines.map((line) => Buffer.from(line));
  process.stdout.write(`records of ${Math.round(median(bytes.map((b) => b.length)))} bytes (median)\n\n`);
  const bareFd = openSync(join(folder, "bare"), "w");
  const roomFd = openSync(join(folder, "roomy"), "w");
  writeSync(roomFd, Buffer.alloc(ROOM));
  fdatasyncSync(roomFd);
  let roomAt = 0;
  const { log } = openLog({
    folder: join(folder, "log"),
    origin: ORIGIN,
    signingKey: generateSigningKey(),
    blocking: true,
  });
  const hopping = openLog({ folder: join(folder, "hopping"), origin: ORIGIN, signingKey: generateSigningKey() }).log;

  let at = 0;
  const next = (): number => at++ % rows.length;
  const [bareTimes, ourTimes]: [number[], number[]] = [[], []];
  for (let n = 0; n < 3000; n++) {
    const i = next();
    let start = microseconds();
    writeSync(bareFd, bytes[i] as Buffer);
    fdatasyncSync(bareFd);
    const bare = microseconds() - start;
    start = microseconds();
    log.appendSync(rows[i] as DecisionRecordBody);
    const ours = microseconds() - start;
    if (n < 500) continue;
    bareTimes.push(bare);
    ourTimes.push(ours);
  }
  const [bare, ours] = [median(bareTimes), median(ourTimes)];
  goal(
    "appendSync, p50 against a bare fdatasync append",
    `${ours.toFixed(1)} / ${bare.toFixed(1)} µs = ${(ours / bare).toFixed(2)} ×`,
    "<= 1.2 ×",
    ours / bare <= 1.2,
  );

  const sqlite = openSqlite(join(folder, "rows.db"));
  const insert = typeof sqlite === "string" ? null : sqlite.prepare("INSERT INTO rows (line) VALUES (?)");
  for (const size of [10, 1000]) {
    const rounds = size === 10 ? 600 : 40;
    const timed = (work: (batch: readonly number[]) => void) => () => {
      const batch = Array.from({ length: size }, next);
      const start = microseconds();
      work(batch);
      return microseconds() - start;
    };
    const grouped = (target: typeof log) => async () => {
      const batch = Array.from({ length: size }, next);
      const start = microseconds();
      await Promise.all(batch.map((i) => target.append(rows[i] as DecisionRecordBody)));
      return microseconds() - start;
    };
    const contenders = [
      {
        name: "bare",
        round: timed((batch) => {
          writeSync(bareFd, Buffer.concat(batch.map((i) => bytes[i] as Buffer)));
          fdatasyncSync(bareFd);
        }),
      },
      {
        // What SQLite's WAL does once it has grown: the file keeps its size, and the sync writes no metadata.
        name: "roomy",
        round: timed((batch) => {
          const group = Buffer.concat(batch.map((i) => bytes[i] as Buffer));
          if (roomAt + group.length > ROOM) roomAt = 0;
          writeSync(roomFd, group, 0, group.length, roomAt);
          fdatasyncSync(roomFd);
          roomAt += group.length;
        }),
      },
      { name: "ours", round: grouped(log) },
      { name: "hopping", round: grouped(hopping) },
    ];
    if (typeof sqlite !== "string" && insert !== null)
      contenders.push({
        name: "sqlite",
        round: timed((batch) => {
          sqlite.exec("BEGIN IMMEDIATE");
          for (const i of batch) insert.run(lines[i]);
          sqlite.exec("COMMIT");
        }),
      });
    const times = await interleaved(contenders, rounds);
    const rate = (name: string): number => (size / (times.get(name) as number)) * 1e6;
    const per = (name: string): string => `${Math.round(rate(name) / 1000)}k/s`;
    const ratio = rate("ours") / rate("bare");
    if (size === 10)
      goal(
        "group commit, batches of 10, against bare",
        `${per("ours")} / ${per("bare")} = ${ratio.toFixed(2)} ×`,
        ">= 0.6 ×",
        ratio >= 0.6,
      );
    else
      goal(
        "group commit, batches of 1,000",
        `${Math.round(rate("ours"))} records/s`,
        ">= 100,000",
        rate("ours") >= 100_000,
      );
    process.stdout.write(
      `              (through the thread pool: ${per("hopping")}; bare: ${per("bare")}, into a file that has its size: ${per("roomy")})\n`,
    );
    if (times.has("sqlite"))
      goal(
        `group commit, batches of ${size}, against SQLite WAL FULL`,
        `${per("ours")} / ${per("sqlite")} = ${(rate("ours") / rate("sqlite")).toFixed(2)} ×`,
        ">= 0.8 ×",
        rate("ours") / rate("sqlite") >= 0.8,
      );
    else goal(`group commit, batches of ${size}, against SQLite`, String(sqlite), ">= 0.8 ×", null);
  }
  await log.close();
  await hopping.close();
  closeSync(bareFd);
  closeSync(roomFd);
  if (typeof sqlite !== "string") sqlite.close();
}
