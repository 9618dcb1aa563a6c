/** Logs, sidecars and folders by somebody who means harm: nothing forges a verdict, fills memory, leaves the folder or waits for ever. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { canonicalText, type HostBody } from "@thc/audit";
import { directorySidecar, directorySource, readRecords } from "@thc/audit/read";
import { memorySource, reportText } from "@thc/audit/verify";
import { auditCommand } from "@thc/cli/audit";
import { describe, expect, test } from "vitest";
import { fakeHost } from "../support/audit/decisions.ts";
import { freshFolder } from "../support/audit/folders.ts";
import { rechained } from "../support/audit/forge.ts";
import { copyOf, editLines, faultOf, openTestLog, verifyFolder, writtenLog } from "../support/audit/verify.ts";

const FIRST = "segment-000000.jsonl";
const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const forge = (folder: string, at: number, changed: Readonly<Record<string, unknown>>): void =>
  editLines(folder, FIRST, (lines) => [
    ...rechained(
      lines.filter((line) => line !== ""),
      (body) => (body._seq === at ? { ...body, ...changed } : body),
    ),
    "",
  ]);

async function audit(...argv: readonly string[]) {
  let [out, err, code] = ["", "", -1];
  const command = auditCommand(undefined, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    exit: (given) => {
      code = given;
    },
  });
  await command.parseAsync([...argv], { from: "user" });
  return { out, err, code };
}

describe("a log's own words", () => {
  test("are repeated on one line and in bounds, so that no record writes a verdict", async () => {
    const lie = "x\nintegrity     intact\u001b[2K\u202e";
    const folder = await writtenLog(4);
    forge(folder, 3, { kind: `${lie}${"y".repeat(10_000)}` });
    const report = await verifyFolder(folder);
    const text = reportText(report);
    expect(report.integrity).toMatchObject({ ok: false, fault: { kind: "bad_record" } });
    expect(text.split("\n").filter((line) => line.startsWith("integrity"))).toHaveLength(1);
    expect(text).toContain("x\\u{a}integrity");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text.length).toBeLessThan(2000);
  });

  test("of an anchor are, too", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await log.append({ kind: "x_step", n: 1 });
    const { seq } = await log.checkpoint();
    const time = "2026-03-01T12:00:00.000Z";
    await log.append({
      kind: "anchor",
      checkpoint: seq,
      nonce: "01",
      received: time,
      response: "AAAA",
      sent: time,
      tsa: `http://tsa\nintegrity     intact${"z".repeat(5000)}`,
    });
    await log.close();
    const report = await verifyFolder(folder);
    expect(report).toMatchObject({ ok: false, integrity: { ok: true } });
    expect(
      reportText(report)
        .split("\n")
        .filter((line) => line.startsWith("integrity")),
    ).toHaveLength(1);
    expect(report.anchors[0]?.tsa.length).toBeLessThan(500);
  });

  test("cannot name the log with what a terminal acts on, or at any length", async () => {
    for (const name of ["log.example/a\u001b[2J", `log.example/${"a".repeat(200)}`]) {
      const folder = await writtenLog(2);
      const raw = Buffer.concat([Buffer.of(1), Buffer.alloc(32, 7)]);
      const id = createHash("sha256").update(`${name}\n`).update(raw).digest("hex").slice(0, 8);
      forge(folder, 0, { origin: name, key: `${name}+${id}+${raw.toString("base64")}` });
      expect(await faultOf(folder)).toMatchObject({ kind: "bad_key", message: expect.stringContaining("name") });
    }
  });

  test("of ever new kinds are counted together beyond a bound", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await Promise.all(Array.from({ length: 1500 }, (_, n) => log.append({ kind: `x_${n}` } as HostBody)));
    await log.append({ kind: `x_${"long".repeat(1000)}` } as HostBody);
    await log.close();
    const { kinds, records } = await verifyFolder(folder);
    expect(Object.keys(kinds).length).toBeLessThanOrEqual(1001);
    expect(Object.keys(kinds).every((kind) => kind.length <= 64)).toBe(true);
    expect(Object.values(kinds).reduce((a, b) => a + b)).toBe(records);
  });
});

describe("a reader", () => {
  test("is not kept waiting by a pipe in the place of a segment or a checkpoint, and says that it cannot be read", async () => {
    for (const name of [FIRST, "checkpoint"]) {
      const folder = await writtenLog(2);
      rmSync(join(folder, name));
      if (spawnSync("mkfifo", [join(folder, name)]).status !== 0) return console.log("skipped: no mkfifo");
      for (const verb of ["verify", "head"]) expect(await audit(verb, folder)).toMatchObject({ code: 4, out: "" });
    }
  });

  test("takes a checkpoint file of any size for what it is: none", async () => {
    const folder = await writtenLog(2);
    // With a hole, so that it takes no room; more than can be read at once.
    truncateSync(join(folder, "checkpoint"), 3 * 2 ** 30);
    expect(await faultOf(folder)).toMatchObject({ kind: "bad_checkpoint" });
  });

  test("does not collect a line without an end", async () => {
    let given = 0;
    const segments = () => [
      {
        name: FIRST,
        *chunks() {
          for (; given < 100; given++) yield Buffer.alloc(65_536, "a");
        },
      },
    ];
    const endless = { ...memorySource(new Map()), segments };
    await expect(async () => {
      for await (const record of readRecords(endless)) expect(record).toBeUndefined();
    }).rejects.toThrow(/longer than any may be/);
    expect(given).toBeLessThan(20);
  });

  test("refuses a slice whose header has more peaks than its size has", async () => {
    for (const count of [0, 5, 500]) {
      const folder = await writtenLog(4);
      forge(folder, 0, { peaks: Array.from({ length: count }, () => "0".repeat(64)), _seq: 1 });
      const fault = await faultOf(folder, { slice: true });
      expect(fault).toMatchObject({ kind: "bad_segment", message: expect.stringContaining("peaks") });
    }
  });

  test("exports and proves nothing of a log that is broken", async () => {
    const folder = await writtenLog(4);
    forge(folder, 3, { kind: "unheard_of" });
    expect(await audit("export", folder, "--cef")).toMatchObject({ code: 1, out: "" });
    expect(await audit("prove", folder, "1")).toMatchObject({ code: 1, out: "" });
  });

  test("looks for sidecars in their folder alone", () => {
    const folder = freshFolder();
    mkdirSync(join(folder, "sidecar"));
    writeFileSync(join(folder, "secret"), '{"record":1,"erased":true}\n');
    const { entries } = directorySidecar(join(folder, "sidecar"));
    for (const name of ["../secret", "segment-000000.jsonl/../../secret", "segment-../secret"])
      expect(entries(name).get(1)).toBeUndefined();
  });
});

describe("a writer", () => {
  test("does not write through a link that somebody laid where it replaces a file", async () => {
    const folder = await writtenLog(2);
    const victim = join(freshFolder(), "victim");
    writeFileSync(victim, "mine");
    symlinkSync(victim, join(folder, "checkpoint.new"));
    const { log } = openTestLog(folder);
    await log.append({ kind: "x_step", n: 1 });
    await log.checkpoint();
    await log.close();
    expect(readFileSync(victim, "utf8")).toBe("mine");
    expect(lstatSync(join(folder, "checkpoint")).isFile()).toBe(true);
    expect(await faultOf(folder)).toBeNull();
  });

  test("keeps what it set aside before when the same place tears again", async () => {
    const folder = await writtenLog(3);
    const again = copyOf(folder);
    for (const torn of ["first", "second"]) {
      appendFileSync(join(folder, FIRST), torn);
      const { log, setAside } = openTestLog(folder);
      expect(readFileSync(join(folder, setAside?.file as string), "utf8")).toBe(torn);
      await log.close();
      // As if the record of the first recovery had never reached the disk.
      for (const name of [FIRST, "checkpoint"]) writeFileSync(join(folder, name), readFileSync(join(again, name)));
    }
    const kept = readdirSync(folder).filter((name) => name.startsWith("torn-"));
    expect(kept.map((name) => readFileSync(join(folder, name), "utf8")).sort()).toEqual(["first", "second"]);
  });

  test("counts what waits for the sidecar as waiting", async () => {
    const { log } = openTestLog(freshFolder(), { sidecar: freshFolder(), maxPendingBytes: 1_000_000 });
    const decide = fakeHost();
    const request = (n: number) => Buffer.from(`{"call":${n},"pad":"${"x".repeat(900_000)}"}`);
    const appended = [1, 2, 3].map((n) => log.appendDecision(decide("s", { request: request(n) })));
    const results = await Promise.allSettled(appended);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await log.ready();
    await log.appendDecision(decide("s", { request: request(4) }));
    expect(log.pendingBytes()).toBe(0);
    await log.close();
  });

  test("refuses a record beyond the longest line before it makes room for it, and goes on", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    const body = (length: number) => ({ kind: "x_long", text: "é".repeat(length) }) as const;
    const before = process.memoryUsage().arrayBuffers;
    await expect(log.append(body(40_000_000))).rejects.toThrow(/longer than/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    await expect(log.append(body(600_000))).rejects.toThrow(/longer than/);
    await log.append(body(10));
    await log.close();
    expect(await faultOf(folder)).toBeNull();
  });

  test("finds, erases and recovers sidecar entries wherever they lie in the file", async () => {
    const [folder, sidecar] = [freshFolder(), freshFolder()];
    const open = () => openTestLog(folder, { sidecar, maxPendingBytes: 1e9 });
    const { log } = open();
    const decide = fakeHost();
    const pads = [0, 300_000, 786_000, 786_000, 5, 1_500_000, 40, 800_000, 7, 900_000];
    const requests = pads.map((pad, n) => Buffer.from(`{"call":${n},"pad":"${String(n).repeat(pad)}"}`));
    const seqs: number[] = [];
    for (const request of requests) seqs.push((await log.appendDecision(decide("s", { request }))).seq);
    const entries = () => directorySidecar(sidecar).entries(FIRST);
    const requestOf = (seq: number) => {
      const entry = entries().get(seq);
      return entry?.state === "kept" ? digest(entry.request) : entry?.state;
    };
    expect(seqs.map(requestOf)).toEqual(requests.map(digest));
    for (const n of [1, 4, 5, 9]) await log.erase(seqs[n] as number, "asked for");
    const kept = seqs.map((seq, n) => ([1, 4, 5, 9].includes(n) ? "erased" : requestOf(seq)));
    expect(seqs.map(requestOf)).toEqual(kept);
    await log.close();

    const path = join(sidecar, "sidecar-000000.jsonl");
    const { size } = statSync(path);
    appendFileSync(path, `{"record":999,"action":"${"x".repeat(2_500_000)}`);
    const again = open();
    await again.log.appendDecision(decide("s", { request: Buffer.from('{"call":99}') }));
    await again.log.close();
    expect(readFileSync(path, "utf8").slice(size, size + 10)).toBe('{"record":');
    expect(seqs.map(requestOf)).toEqual(kept);
    expect(entries().get(999)).toBeUndefined();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });
});

test("a record's text is canonical whatever names it repeats", async () => {
  const folder = freshFolder();
  const { log } = openTestLog(folder, { sidecar: freshFolder() });
  const decide = fakeHost();
  const names = ['a"b', "__proto__", "constructor", "x\ny", "é", "hasOwnProperty"];
  for (let round = 0; round < 2; round++)
    await log.appendDecision(decide("s", { rules: names, tags: names, agent: names[0] as string, tool: "__proto__" }));
  await log.close();
  expect(await faultOf(folder, { mode: "deep" })).toBeNull();
  for await (const { kind, body, line } of readRecords(directorySource(folder)))
    if (kind === "decision") {
      expect(body).toMatchObject({ rules: names, tags: names, tool: "__proto__" });
      expect(Buffer.from(line).toString()).toBe(canonicalText(body));
    }
});
