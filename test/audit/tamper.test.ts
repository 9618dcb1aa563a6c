import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePlatform } from "@thc/audit/read";
import { memorySource, portablePlatform, verifyLog } from "@thc/audit/verify";
import { beforeAll, describe, expect, test } from "vitest";
import { freshFolder, segmentFiles } from "../support/audit/folders.ts";
import { missigned, rechained } from "../support/audit/forge.ts";
import { VECTORS, vectors } from "../support/audit/vectors.ts";
import {
  copyOf,
  editFile,
  editLines,
  faultOf,
  NEXT_KEY,
  openTestLog,
  VERIFICATION_KEY,
  verifyFolder,
  writtenLog,
} from "../support/audit/verify.ts";

const FIRST = "segment-000000.jsonl";
const SECOND = "segment-000001.jsonl";

describe("the verifier, against vectors that another program made", () => {
  const mac = { mac: { segment: 0, key: Buffer.from(vectors.mac_key, "hex") } };
  test.each([
    ["plain", {}],
    ["plain-1", {}],
    ["keyed", mac],
    ["keyed-1", mac],
  ] as const)("accepts `%s` in every mode and on every platform", async (name, options) => {
    for (const platform of [nodePlatform(), portablePlatform()])
      for (const mode of ["fast", "full", "deep"] as const) {
        const report = await verifyFolder(join(VECTORS, name), {
          ...options,
          platform,
          mode,
          trustedKey: VERIFICATION_KEY,
        });
        expect(report).toMatchObject({ integrity: { ok: true }, ok: true, records: 15, segments: 2 });
      }
    const report = await verifyFolder(join(VECTORS, name), options);
    expect(report.kinds).toMatchObject({ decision: 4, checkpoint: 3, key: 1, segment: 2 });
    expect(report.macs).toBe(name.startsWith("keyed") ? "checked" : "none");
  });

  test("refuses the keyed vector under a wrong MAC key, and names the record", async () => {
    const fault = await faultOf(join(VECTORS, "keyed"), { mac: { segment: 0, key: Buffer.alloc(32) } });
    expect(fault).toMatchObject({ kind: "bad_mac", segment: FIRST, line: 1 });
  });

  test("refuses a log that begins under another key than the trusted one", async () => {
    const fault = await faultOf(join(VECTORS, "plain"), { trustedKey: vectors.verification_keys[1] as string });
    expect(fault).toMatchObject({ kind: "bad_key" });
  });
});

describe("a changed log", () => {
  let whole: string;
  beforeAll(async () => {
    whole = await writtenLog(12, { limits: { records: 8 } });
  });

  test.each([["plain"], ["keyed"], ["recorded-1/log"]])(
    "every single-byte edit of a log is found, in every file of it: %s",
    async (name) => {
      const files = new Map<string, Uint8Array>();
      for (const file of [...segmentFiles(join(VECTORS, name)), "checkpoint"])
        files.set(file, Uint8Array.from(readFileSync(join(VECTORS, name, file))));
      const platform = nodePlatform();
      const mac = name === "keyed" ? { mac: { segment: 0, key: Buffer.from(vectors.mac_key, "hex") } } : {};
      for (const bytes of files.values())
        for (let at = 0; at < bytes.length; at++) {
          const was = bytes[at] as number;
          bytes[at] = was ^ (1 << (at % 8));
          const report = await verifyLog(memorySource(files), { platform, ...mac });
          if (report.integrity.ok) throw new Error(`an edit of byte ${at} in \`${name}\` was not found`);
          bytes[at] = was;
        }
    },
  );

  test("no garbage makes the verifier throw", async () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const platform = nodePlatform();
    const good = Uint8Array.from(readFileSync(join(VECTORS, "plain", FIRST)));
    for (let round = 0; round < 1500; round++) {
      const bytes = Uint8Array.from(good);
      for (let n = 0; n < 4; n++) {
        const from = random(bytes.length);
        if (n % 2 === 0) bytes[from] = random(256);
        else bytes.copyWithin(random(bytes.length), from, from + random(200));
      }
      const note = new TextEncoder().encode("log.example/agents\n".repeat(random(4)));
      const files = new Map([
        [FIRST, bytes.subarray(0, random(bytes.length))],
        ["checkpoint", note],
      ]);
      const report = await verifyLog(memorySource(files), {
        platform,
        mode: "deep",
        head: "x\n\n— x y\n",
        slice: round % 2 === 0,
      });
      expect(report.ok).toBe(false);
    }
  });

  test("an edited byte of a MAC is found without the key, below the newest checkpoint", async () => {
    const folder = copyOf(join(VECTORS, "keyed"));
    editLines(folder, FIRST, (lines) =>
      lines.map((line, i) => (i === 1 ? line.replace(/"_mac":"./, '"_mac":"x') : line)),
    );
    expect(await faultOf(folder)).toMatchObject({ kind: "bad_mac", line: 2 });
    const other = copyOf(join(VECTORS, "keyed"));
    const flip = (digit: string) => (digit === "0" ? "1" : "0");
    editLines(other, FIRST, (lines) =>
      lines.map((line, i) => (i === 1 ? line.replace(/("_mac":")(.)/, (_, key, digit) => key + flip(digit)) : line)),
    );
    expect(await faultOf(other)).toMatchObject({ kind: "bad_mac", line: 5 });
  });

  test("an edit names its segment, line and byte", async () => {
    const folder = copyOf(whole);
    editLines(folder, FIRST, (lines) => lines.map((line, i) => (i === 2 ? line.replace("step 1", "step 7") : line)));
    const lines = readFileSync(join(folder, FIRST), "utf8").split("\n");
    const byte = Buffer.byteLength(`${lines[0]}\n${lines[1]}\n`);
    expect(await faultOf(folder)).toMatchObject({ kind: "edited", segment: FIRST, line: 3, byte });
  });

  const lineEdits: [string, string, (lines: string[]) => string[]][] = [
    ["deleted", "a deleted line", (l) => l.filter((_, i) => i !== 3)],
    ["deleted", "three deleted lines", (l) => l.filter((_, i) => i < 2 || i > 4)],
    ["reordered", "two swapped lines", (l) => [...l.slice(0, 3), l[4] as string, l[3] as string, ...l.slice(5)]],
    ["reordered", "a line moved to the end", (l) => [...l.slice(0, 3), ...l.slice(4, -1), l[3] as string, ""]],
    ["duplicated", "a line that stands twice", (l) => [...l.slice(0, 4), l[3] as string, ...l.slice(4)]],
    ["duplicated", "a line repeated further down", (l) => [...l.slice(0, 6), l[2] as string, ...l.slice(6)]],
    ["inserted", "a line that is no record", (l) => [...l.slice(0, 3), '{"hello":1}', ...l.slice(3)]],
    ["not_canonical", "an empty line", (l) => [...l.slice(0, 3), "", ...l.slice(3)]],
    ["not_canonical", "a carriage return", (l) => l.map((line, i) => (i === 3 ? `${line}\r` : line))],
    ["not_canonical", "a byte order mark", (l) => l.map((line, i) => (i === 0 ? `\ufeff${line}` : line))],
    ["torn", "a last line without its end", (l) => l.slice(0, -1)],
  ];
  test.each(lineEdits)("%s: %s", async (kind, _, edit) => {
    const folder = copyOf(whole);
    const name = kind === "torn" ? SECOND : FIRST;
    editLines(folder, name, edit);
    expect(await faultOf(folder)).toMatchObject({ kind, segment: name });
  });

  test("a record that is forged with a right hash claims a place that is taken", async () => {
    const folder = copyOf(whole);
    const other = await writtenLog(12, { limits: { records: 8 }, clock: () => 0 });
    const foreign = readFileSync(join(other, FIRST), "utf8").split("\n");
    editLines(folder, FIRST, (l) => [...l.slice(0, 3), foreign[3] as string, ...l.slice(3)]);
    expect(await faultOf(folder)).toMatchObject({ kind: "inserted", line: 4 });
  });

  test("segments that are deleted, swapped, duplicated or renamed are told apart", async () => {
    const deleted = copyOf(whole);
    rmSync(join(deleted, FIRST));
    expect(await faultOf(deleted)).toMatchObject({ kind: "deleted" });
    const swapped = copyOf(whole);
    renameSync(join(swapped, FIRST), join(swapped, "x"));
    renameSync(join(swapped, SECOND), join(swapped, FIRST));
    renameSync(join(swapped, "x"), join(swapped, SECOND));
    expect(await faultOf(swapped)).toMatchObject({ kind: "reordered", segment: FIRST });
    const doubled = copyOf(whole);
    const count = segmentFiles(doubled).length;
    writeFileSync(join(doubled, `segment-${String(count).padStart(6, "0")}.jsonl`), readFileSync(join(doubled, FIRST)));
    expect(await faultOf(doubled)).toMatchObject({ kind: "duplicated" });
  });

  test("a tail that is cut below the log's own checkpoint is found without any help", async () => {
    const folder = copyOf(whole);
    const last = segmentFiles(folder).at(-1) as string;
    rmSync(join(folder, last));
    expect(await faultOf(folder)).toMatchObject({ kind: "truncated" });
  });

  test("a rollback to an older state of the whole log is found by a head from outside, and only by it", async () => {
    const head = readFileSync(join(whole, "checkpoint"), "utf8");
    const older = await writtenLog(5, { limits: { records: 8 } });
    expect((await verifyFolder(older)).completeness.verdict).toBe("unknown");
    const report = await verifyFolder(older, { head });
    expect(report).toMatchObject({ ok: false, integrity: { ok: true }, completeness: { verdict: "incomplete" } });
    expect(await verifyFolder(whole, { head })).toMatchObject({ ok: true, completeness: { verdict: "complete" } });
  });

  test("a rewritten log of the same length differs from a head from outside", async () => {
    const head = readFileSync(join(whole, "checkpoint"), "utf8");
    const rewritten = await writtenLog(12, { limits: { records: 8 }, clock: () => 0 });
    expect(await verifyFolder(rewritten, { head })).toMatchObject({
      integrity: { ok: true },
      completeness: { verdict: "incomplete", reason: expect.stringContaining("rewritten") },
    });
  });

  test("a head that is signed by nobody known is not believed", async () => {
    const head = readFileSync(join(whole, "checkpoint"), "utf8").replace(
      / ([A-Za-z0-9+/]{20})/,
      " AAAAAAAAAAAAAAAAAAAA",
    );
    expect((await verifyFolder(whole, { head })).completeness.verdict).toBe("incomplete");
  });

  test("a log rewritten with right hashes still lacks the signatures of checkpoints and rotations", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await log.append({ kind: "x_step", n: 1 });
    await log.checkpoint();
    await log.rotateKey(NEXT_KEY);
    await log.append({ kind: "x_step", n: 2 });
    await log.close();
    const lines = readFileSync(join(folder, FIRST), "utf8").trimEnd().split("\n");
    const forged = async (kind: string, note: (note: string) => string) => {
      let first = true;
      const made = rechained(lines, (body) => {
        if (body.kind !== kind || !first) return body;
        first = false;
        return { ...body, note: note(String(body.note)) };
      });
      const bytes = Buffer.from(`${made.join("\n")}\n`);
      const { integrity } = await verifyLog(memorySource(new Map([[FIRST, bytes]])), { platform: nodePlatform() });
      return integrity.ok ? null : integrity.fault;
    };
    expect(await forged("checkpoint", missigned)).toMatchObject({
      kind: "bad_checkpoint",
      line: 3,
      message: expect.stringContaining("signed"),
    });
    for (const index of [0, 1])
      expect(await forged("key", (note) => missigned(note, index))).toMatchObject({
        kind: "bad_key",
        line: 4,
        message: expect.stringContaining("signed"),
      });
  });

  test("a clock that ran backwards is flagged and is no fault", async () => {
    let calls = 0;
    const folder = await writtenLog(12, { clock: () => Date.UTC(2026, 2, 1) - 1000 * calls++ });
    const report = await verifyFolder(folder);
    expect(report.integrity.ok).toBe(true);
    expect(report.clock.backwards).toBeGreaterThan(0);
    expect(report.clock.first).toBe(1);
  });

  test("an edited checkpoint file is found", async () => {
    const folder = copyOf(whole);
    editFile(folder, "checkpoint", (bytes) => Buffer.from(bytes.toString().replace("example", "exbmple")));
    expect(await faultOf(folder)).toMatchObject({ kind: "bad_checkpoint" });
  });
});
