import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Disk, isAuditFailure, nodeDisk } from "@thc/audit";
import { beforeAll, describe, expect, test } from "vitest";
import { freshFolder, linesOf, segmentFiles } from "../support/audit/folders.ts";
import { bundled, has, runUntil } from "../support/audit/programs.ts";
import {
  copyOf,
  faultOf,
  ORIGIN,
  openTestLog,
  SIGNING_KEY,
  verifyFolder,
  writtenLog,
} from "../support/audit/verify.ts";

let appender: string;
beforeAll(() => {
  appender = bundled("test/support/audit/appender.ts");
});
const argsFor = (folder: string, count = 1e9, mode = "group") => [folder, SIGNING_KEY, ORIGIN, String(count), mode];
const acknowledged = (said: readonly string[]) =>
  said.filter((line) => line.startsWith("ack ")).map((line) => Number(line.slice(4)));

/** Makes a copied lock look like that of a writer that died. */
function abandonLock(folder: string): void {
  const path = join(folder, "lock");
  writeFileSync(path, readFileSync(path, "utf8").replace(/"pid":\d+/, '"pid":999999999'));
}

describe("a writer that dies", () => {
  test("kill -9 loses no acknowledged record, again and again on one log", async () => {
    const folder = freshFolder();
    let highest = -1;
    for (let round = 0; round < 8; round++) {
      const stopAt = highest + 40 + 37 * round;
      const said = await runUntil(
        appender,
        argsFor(folder, 1e9, round % 2 === 0 ? "group" : "sync"),
        (line) => line === `ack ${stopAt}` || Number(line.slice(4)) > stopAt,
      );
      highest = Math.max(highest, ...acknowledged(said));
      const report = await verifyFolder(folder);
      // A torn tail may stand there until the log is opened again; every acknowledged record stands before it.
      if (!report.integrity.ok) expect(report.integrity.fault.kind).toBe("torn");
      expect(report.records).toBeGreaterThan(highest);
    }
    const { log } = openTestLog(folder);
    await log.close();
    expect((await verifyFolder(folder)).integrity.ok).toBe(true);
  });

  test("a truncation at every byte of the tail recovers above the checkpoint and is refused below it", async () => {
    const whole = freshFolder();
    const { log } = openTestLog(whole);
    await log.append({ kind: "x_step", n: 0 });
    await log.checkpoint();
    for (let n = 1; n < 4; n++) await log.append({ kind: "x_step", n });
    const name = segmentFiles(whole)[0] as string;
    const bytes = readFileSync(join(whole, name));
    const lines = bytes.toString("utf8").split("\n").slice(0, -1);
    // The checkpoint file covers the header and the first record; its own record may be torn.
    const covered = Buffer.byteLength(`${lines.slice(0, 2).join("\n")}\n`);
    for (let length = covered - 100; length < bytes.length; length++) {
      const folder = copyOf(whole);
      truncateSync(join(folder, name), length);
      abandonLock(folder);
      if (length < covered) {
        expect(() => openTestLog(folder)).toThrow(/checkpoint file|header/);
        continue;
      }
      const again = openTestLog(folder);
      const torn = length - (bytes.subarray(0, length).lastIndexOf(0x0a) + 1);
      expect(again.setAside?.bytes ?? 0).toBe(torn);
      if (again.setAside !== null) {
        expect(readFileSync(join(folder, again.setAside.file))).toEqual(bytes.subarray(length - torn, length));
        await again.log.append({ kind: "x_after" });
        expect(linesOf(folder).find(({ kind }) => kind === "recovered")).toMatchObject({
          bytes: torn,
          file: again.setAside.file,
        });
      }
      await again.log.close();
      expect(await faultOf(folder)).toBeNull();
    }
    await log.close();
  });

  test("damage with good records behind it is refused, and set aside only when --repair asks", async () => {
    const folder = await writtenLog(6, { checkpoints: { records: 10_000, seconds: 300 } });
    const extra = openTestLog(folder);
    for (let n = 0; n < 4; n++) await extra.log.append({ kind: "x_step", n });
    const name = segmentFiles(folder)[0] as string;
    const crashed = copyOf(folder);
    await extra.log.close();
    const bytes = readFileSync(join(crashed, name));
    const lastLines = bytes.toString("utf8").trimEnd().split("\n").slice(-2).join("\n").length + 1;
    bytes.fill(0, bytes.length - lastLines - 10, bytes.length - lastLines + 10);
    writeFileSync(join(crashed, name), bytes);
    abandonLock(crashed);
    expect(() => openTestLog(crashed)).toThrow(/--repair/);
    const repaired = openTestLog(crashed, { repair: true });
    expect(repaired.setAside?.bytes).toBeGreaterThan(lastLines);
    await repaired.log.close();
    expect(await faultOf(crashed)).toBeNull();
  });

  test("a deleted line is a break and no tear: the log is not opened", async () => {
    const folder = await writtenLog(6);
    const path = join(folder, segmentFiles(folder)[0] as string);
    writeFileSync(
      path,
      readFileSync(path, "utf8")
        .split("\n")
        .filter((_, i) => i !== 3)
        .join("\n"),
    );
    expect(() => openTestLog(folder, { repair: true })).toThrow(/does not follow/);
  });
});

describe("a disk that fails", () => {
  const failing = (changed: Partial<Disk>): Disk => ({ ...nodeDisk, ...changed });
  const enospc = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });

  test("a failed sync rejects every pending append, poisons the log and is never retried", async () => {
    const folder = freshFolder();
    let syncs = 0;
    let broken = false;
    const disk = failing({
      sync: async (fd) => {
        syncs += 1;
        if (broken) throw new Error("EIO");
        await nodeDisk.sync(fd);
      },
    });
    const { log } = openTestLog(folder, { disk });
    await log.append({ kind: "x_step", n: 0 });
    broken = true;
    const before = syncs;
    const first = log.append({ kind: "x_step", n: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    const results = await Promise.allSettled([first, log.append({ kind: "x_step", n: 2 })]);
    broken = false;
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(log.append({ kind: "x_step", n: 3 })).rejects.toMatchObject({ code: "poisoned" });
    expect(() => log.appendSync({ kind: "x_step", n: 3 })).toThrow(/closed after a failure/);
    expect(syncs).toBe(before + 1);
    await log.close().catch(() => {});
  });

  test("a full disk cuts the log back to what is durable, fails closed, and opens again", async () => {
    const folder = freshFolder();
    let full = false;
    const disk = failing({
      write: async (fd, bytes, position) => {
        if (full) {
          await nodeDisk.write(fd, bytes.subarray(0, 100), position);
          throw enospc();
        }
        await nodeDisk.write(fd, bytes, position);
      },
    });
    const { log } = openTestLog(folder, { disk });
    await log.append({ kind: "x_step", n: 0 });
    full = true;
    await expect(log.append({ kind: "x_step", n: 1 })).rejects.toThrow(/ENOSPC/);
    await log.close().catch(() => {});
    expect(await faultOf(folder)).toBeNull();
    const again = openTestLog(folder);
    expect(again.setAside).toBeNull();
    await again.log.append({ kind: "x_step", n: 1 });
    await again.log.close();
    expect(await faultOf(folder)).toBeNull();
  });

  test("a failing synchronous append throws and poisons as well", async () => {
    const folder = freshFolder();
    let broken = false;
    const disk = failing({
      syncNow: (fd) => {
        if (broken) throw new Error("EIO");
        nodeDisk.syncNow(fd);
      },
    });
    const { log } = openTestLog(folder, { disk });
    log.appendSync({ kind: "x_step", n: 0 });
    broken = true;
    expect(() => log.appendSync({ kind: "x_step", n: 1 })).toThrow(/not durable/);
    await expect(log.append({ kind: "x_step", n: 2 })).rejects.toSatisfy(isAuditFailure);
    await log.close().catch(() => {});
  });

  test("a really full file system does the same", async () => {
    const folder = freshFolder();
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", folder]).status !== 0)
      return console.log("skipped: no right to mount a tmpfs");
    try {
      const done = spawnSync(process.execPath, [appender, ...argsFor(folder, 1000, "sync")], { encoding: "utf8" });
      expect(done.stdout).toMatch(/failed poisoned .*ENOSPC/);
      const count = acknowledged(done.stdout.split("\n")).length;
      const report = await verifyFolder(folder);
      expect(report.records).toBeGreaterThanOrEqual(count);
      expect(report.integrity.ok).toBe(true);
    } finally {
      spawnSync("umount", [folder]);
    }
  });

  test("nothing is acknowledged before its fdatasync (seen by strace)", () => {
    if (!has("strace")) return console.log("skipped: no strace");
    for (const mode of ["sync", "group"]) {
      const folder = freshFolder();
      const trace = join(freshFolder(), "trace");
      const done = spawnSync(
        "strace",
        [
          "-f",
          "-o",
          trace,
          "-e",
          "trace=fdatasync,write,pwrite64",
          process.execPath,
          appender,
          ...argsFor(folder, 20, mode),
        ],
        { encoding: "utf8" },
      );
      if (done.status !== 0) return console.log(`skipped: strace may not trace here (${done.stderr.slice(0, 80)})`);
      let [unsynced, acks, syncs] = [0, 0, 0];
      for (const line of readFileSync(trace, "utf8").split("\n")) {
        if (/pwrite64\(\d+, "\{\\"_hash/.test(line)) unsynced += 1;
        if (/fdatasync\(\d+\)\s+= 0|fdatasync resumed.*= 0/.test(line)) {
          syncs += 1;
          unsynced = 0;
        }
        if (/write\(1, "ack /.test(line)) {
          acks += 1;
          expect(unsynced).toBe(0);
        }
      }
      expect(acks).toBe(mode === "sync" ? 20 : 140);
      expect(syncs).toBeGreaterThanOrEqual(20);
    }
  });

  test("an fdatasync that the kernel fails is not acknowledged (injected by strace)", () => {
    if (!has("strace")) return console.log("skipped: no strace");
    const folder = freshFolder();
    const inject = "inject=fdatasync:error=EIO:when=5+";
    const done = spawnSync(
      "strace",
      ["-f", "-o", "/dev/null", "-e", inject, process.execPath, appender, ...argsFor(folder, 20, "sync")],
      { encoding: "utf8" },
    );
    if (!done.stdout.startsWith("open")) return console.log("skipped: strace may not trace here");
    expect(acknowledged(done.stdout.split("\n"))).toHaveLength(4);
    expect(done.stdout).toMatch(/failed poisoned .*EIO/);
  });
});

describe("two writers", () => {
  test("the second is refused, in this process and in another, until the first has closed", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    expect(() => openTestLog(folder)).toThrow(/another writer holds the log/);
    const other = spawnSync(process.execPath, [appender, ...argsFor(folder, 1)], { encoding: "utf8" });
    expect(other.stdout).toMatch(/^failed locked/);
    await log.close();
    expect(existsSync(join(folder, "lock"))).toBe(false);
    await openTestLog(folder).log.close();
  });

  test("of many heirs of a dead writer exactly one opens the log", async () => {
    const folder = freshFolder();
    await runUntil(appender, argsFor(folder), (line) => line.startsWith("ack "));
    expect(existsSync(join(folder, "lock"))).toBe(true);
    const heirs = await Promise.all(
      Array.from(
        { length: 6 },
        () =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, [appender, ...argsFor(folder, 60, "sync")], {
              stdio: ["ignore", "pipe", "ignore"],
            });
            let said = "";
            child.stdout.on("data", (part: Buffer) => {
              said += part.toString();
            });
            child.on("close", () => resolve(said));
          }),
      ),
    );
    for (const said of heirs) expect(said).toMatch(/closed\n$|^failed locked/);
    expect(heirs.some((said) => said.endsWith("closed\n"))).toBe(true);
    expect(await faultOf(folder)).toBeNull();
  });

  test("a log of another name or key is foreign", async () => {
    const folder = await writtenLog(2);
    expect(() => openTestLog(folder, { origin: "other.example/log" })).toThrow(/belongs to/);
    appendFileSync(join(folder, "checkpoint"), "");
    expect(() => openTestLog(folder, { mac: { segment: 0, key: Buffer.alloc(32) } })).toThrow(/not keyed/);
  });
});
