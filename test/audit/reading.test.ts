import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AuditLog, canonicalText, openLogInWorker } from "@thc/audit";
import {
  cefLine,
  type Decide,
  directorySidecar,
  directorySource,
  type MadeAgain,
  makeBundle,
  nodePlatform,
  ocsfMapper,
  proveInclusion,
  type ReadRecord,
  readRecords,
  readZip,
  replayLog,
  writeZip,
} from "@thc/audit/read";
import { memorySource, portablePlatform, verifyLog, verifyProof } from "@thc/audit/verify";
import { describe, expect, test } from "vitest";
import { fakeHost, fakeModule, MODULE_DIGEST } from "../support/audit/decisions.ts";
import { freshFolder, segmentFiles } from "../support/audit/folders.ts";
import { bundled } from "../support/audit/programs.ts";
import {
  faultOf,
  ORIGIN,
  openTestLog,
  SIGNING_KEY,
  VERIFICATION_KEY,
  verifyFolder,
  writtenLog,
} from "../support/audit/verify.ts";

const platform = nodePlatform();

async function decidedLog(count: number, after: (log: AuditLog, folder: string) => Promise<void> = async () => {}) {
  const [folder, sidecar] = [freshFolder(), freshFolder()];
  const { log } = openTestLog(folder, { sidecar, limits: { records: 10 } });
  const decide = fakeHost();
  for (let n = 0; n < count; n++) await log.appendDecision(decide(n % 3 === 0 ? "session-a" : "session-b"));
  await after(log, folder);
  await log.close();
  return { folder, sidecar };
}

const replay = (folder: string, sidecar: string, decide: Decide = fakeModule) =>
  replayLog(directorySource(folder), { decide, moduleDigest: MODULE_DIGEST, sidecar: directorySidecar(sidecar) });

async function decisionsOf(folder: string): Promise<readonly ReadRecord[]> {
  const found: ReadRecord[] = [];
  for await (const record of readRecords(directorySource(folder))) if (record.kind === "decision") found.push(record);
  return found;
}

describe("replay", () => {
  test("the module's every answer and state is the one that was recorded", async () => {
    const { folder, sidecar } = await decidedLog(25);
    expect(await replay(folder, sidecar)).toMatchObject({
      ok: true,
      decisions: 25,
      recomputed: 25,
      notRecomputable: [],
      firstDifference: null,
    });
    expect((await verifyFolder(folder, { mode: "deep" })).ok).toBe(true);
  });

  test("a module that answers otherwise is found at the first decision where it does", async () => {
    const { folder, sidecar } = await decidedLog(25);
    let calls = 0;
    const report = await replay(folder, sidecar, (request, state) => {
      const made = fakeModule(request, state);
      calls += 1;
      return calls === 9 ? { ...made, answerBytes: () => Uint8Array.of(1) } : made;
    });
    const ninth = (await decisionsOf(folder))[8];
    expect(report).toMatchObject({
      ok: false,
      recomputed: 24,
      firstDifference: { what: "answer", record: ninth?.seq },
    });
    calls = 0;
    const other = await replay(folder, sidecar, (request, state) => {
      const made = fakeModule(request, state);
      calls += 1;
      return calls === 4 ? { ...made, stateAfter: Uint8Array.of(9) } : made;
    });
    expect(other.firstDifference?.what).toBe("state_after");
  });

  test("a record that says in the clear what its module does not answer is found, and so is another action", async () => {
    const { folder, sidecar } = await decidedLog(7);
    const { seq } = (await decisionsOf(folder))[2] as ReadRecord;
    let calls = 0;
    const onThird = (changed: (made: MadeAgain) => Partial<MadeAgain>): Decide => {
      calls = 0;
      return (request, state) => {
        const made = fakeModule(request, state);
        calls += 1;
        return calls === 3 ? { ...made, ...changed(made) } : made;
      };
    };
    const lies: readonly Partial<MadeAgain["stated"]>[] = [
      { outcome: "allow" },
      { reason: null },
      { rules: [] },
      { tags: [] },
      { obligations: ["log_full"] },
      { enforce: false },
      { observed: [{ rule: "cap", would: ["warn"] }] },
      { valid_until: 1 },
    ];
    for (const lie of lies) {
      const report = await replay(
        folder,
        sidecar,
        onThird(({ stated }) => ({ stated: { ...stated, ...lie } })),
      );
      expect(report.firstDifference).toMatchObject({
        record: seq,
        what: "stated",
        message: expect.stringContaining(`\`${Object.keys(lie)[0]}\``),
      });
    }
    const other = onThird(() => ({ action: new Uint8Array(0) }));
    expect((await replay(folder, sidecar, other)).firstDifference).toMatchObject({ record: seq, what: "action" });
  });

  test("what was erased is not recomputable, the chain still verifies, and nothing of it is left", async () => {
    let erased = -1;
    const { folder, sidecar } = await decidedLog(12, async (log, written) => {
      const [, second] = await decisionsOf(written);
      erased = second?.seq as number;
      await log.erase(erased, "a request under article 17");
    });
    expect(await faultOf(folder)).toBeNull();
    const report = await replay(folder, sidecar);
    expect(report).toMatchObject({ ok: true, decisions: 12 });
    expect(report.notRecomputable[0]).toEqual({ record: erased, reason: "erased" });
    expect(report.notRecomputable.slice(1).every(({ reason }) => reason === "state_unknown")).toBe(true);
    const text = segmentFiles(folder)
      .map((name) => readFileSync(join(sidecar, name.replace("segment", "sidecar")), "utf8"))
      .join("");
    expect(text).toContain(`{"record":${erased},"erased":true}`);
    const lines = text.split("\n").filter((line) => line.startsWith(`{"record":${erased},`));
    expect(lines.every((line) => !line.includes("request"))).toBe(true);
  });

  test("a sidecar that was changed does not open the commitments", async () => {
    const { folder, sidecar } = await decidedLog(5);
    const path = join(sidecar, "sidecar-000000.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const entry = JSON.parse(lines[2] as string) as Record<string, unknown>;
    lines[2] = JSON.stringify({ ...entry, request: Buffer.from("{}").toString("base64") });
    writeFileSync(path, lines.join("\n"));
    expect((await replay(folder, sidecar)).firstDifference).toMatchObject({ record: entry.record, what: "request" });
  });

  test("decisions of another module are counted and passed over", async () => {
    const { folder, sidecar } = await decidedLog(5);
    const report = await replayLog(directorySource(folder), {
      decide: fakeModule,
      moduleDigest: `sha256:${"6".repeat(64)}`,
      sidecar: directorySidecar(sidecar),
    });
    expect(report).toMatchObject({ otherModule: 5, recomputed: 0 });
  });
});

describe("inclusion proofs", () => {
  test("every record of a log is proved into its newest checkpoint, and under no other line", async () => {
    const folder = await writtenLog(13, { limits: { records: 6 } });
    const { records } = await verifyFolder(folder);
    for (let index = 0; index < records - 1; index++) {
      const made = await proveInclusion(platform, directorySource(folder), index);
      if (!made.ok) throw new Error(made.reason);
      for (const one of [platform, portablePlatform()])
        expect(await verifyProof(one, made.proof, made.line, VERIFICATION_KEY)).toMatchObject({ ok: true, index });
      const other = await proveInclusion(platform, directorySource(folder), (index + 1) % (records - 1));
      if (!other.ok) throw new Error(other.reason);
      expect((await verifyProof(platform, made.proof, other.line, VERIFICATION_KEY)).ok).toBe(false);
      const moved = made.proof.replace(`index ${index}\n`, `index ${index + 1}\n`);
      expect((await verifyProof(platform, moved, made.line, VERIFICATION_KEY)).ok).toBe(false);
    }
    expect((await proveInclusion(platform, directorySource(folder), records)).ok).toBe(false);
  });
});

describe("exports", () => {
  test("an OCSF event attests itself and names the one before", async () => {
    const { folder } = await decidedLog(6);
    const map = ocsfMapper(ORIGIN, VERIFICATION_KEY);
    let before: string | null = null;
    for (const record of await decisionsOf(folder)) {
      const event = JSON.parse(map(record)) as Record<string, Record<string, unknown>> & {
        attestation: { fingerprint: { value: string }; prev_event?: { fingerprint: { value: string } } };
      };
      expect(event).toMatchObject({
        class_uid: 6003,
        type_uid: 600399,
        metadata: { profiles: ["record_integrity"], uid: record.hash },
      });
      const { fingerprint, ...attestation } = event.attestation;
      expect(platform.sha256Hex(Buffer.from(canonicalText({ ...event, attestation })))).toBe(fingerprint.value);
      expect(attestation.prev_event?.fingerprint.value ?? null).toBe(before);
      before = fingerprint.value;
    }
  });

  test("a CEF line has eight parts and escapes what could break out of them", async () => {
    const { folder } = await decidedLog(1);
    const [record] = await decisionsOf(folder);
    const hostile = {
      ...(record as ReadRecord),
      body: {
        ...(record as ReadRecord).body,
        agent: "a=b\\\nc|d",
        contract: { name: "x|y\\z", version: "1", digest: "d" },
      },
    };
    const line = cefLine(ORIGIN, hostile);
    expect(line).not.toContain("\n");
    expect(line.split(/(?<!\\)\|/).slice(0, 7)).toEqual([
      "CEF:0",
      "thc",
      "thc audit",
      "0.1.0",
      expect.stringMatching(/^decision:/),
      expect.stringMatching(/^x\\\|y\\\\z /),
      expect.stringMatching(/^\d$/),
    ]);
    expect(line).toContain("suser=a\\=b\\\\\\nc|d");
    expect(line).toContain("|x\\|y\\\\z ");
  });
});

describe("an evidence bundle", () => {
  test("verifies alone, as a folder and as a zip, and is the same twice", async () => {
    const { folder } = await decidedLog(20);
    const source = directorySource(folder);
    const report = await verifyFolder(folder, { trustedKey: VERIFICATION_KEY });
    const files = await makeBundle({ source, report, frameworks: { ASI02: "Tool misuse" } });
    const zip = writeZip(files);
    expect(writeZip(await makeBundle({ source, report, frameworks: { ASI02: "Tool misuse" } })).equals(zip)).toBe(true);
    const read = readZip(zip) as ReadonlyMap<string, Uint8Array>;
    expect([...read.keys()]).toEqual([...files.keys()]);
    const log = new Map(
      [...read]
        .filter(([name]) => name.startsWith("log/"))
        .map(([name, bytes]) => [name.slice(4), Uint8Array.from(bytes)]),
    );
    expect(await verifyLog(memorySource(log), { platform, trustedKey: VERIFICATION_KEY })).toMatchObject({
      ok: true,
      records: report.records,
    });
    const path = join(freshFolder(), "bundle.zip");
    writeFileSync(path, zip);
    const listed = spawnSync("python3", ["-m", "zipfile", "-t", path], { encoding: "utf8" });
    if (listed.error === undefined) expect(listed.stdout).toContain("Done testing");
    zip.writeUInt8(zip.readUInt8(200) ^ 1, 200);
    expect(readZip(zip)).toBeNull();
  });

  test("a slice of whole segments verifies as a slice", async () => {
    const { folder } = await decidedLog(40);
    const report = await verifyFolder(folder);
    const files = await makeBundle({ source: directorySource(folder), report, slice: { from: 25, to: 30 } });
    const log = new Map(
      [...files]
        .filter(([name]) => name.startsWith("log/"))
        .map(([name, bytes]) => [name.slice(4), Uint8Array.from(bytes)]),
    );
    expect(log.size).toBeLessThan(segmentFiles(folder).length);
    const slice = await verifyLog(memorySource(log), { platform, slice: true });
    expect(slice.integrity).toEqual({ ok: true });
    expect(slice.records).toBeGreaterThan(30);
    expect((await verifyLog(memorySource(log), { platform })).integrity.ok).toBe(false);
  });

  test("its page shows in a real browser what was decided, and runs nothing that a log smuggled in", async () => {
    if (!existsSync("/usr/bin/chromium")) return console.log("skipped: no chromium");
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    const decide = fakeHost();
    for (let n = 0; n < 9; n++)
      await log.appendDecision(
        decide(
          "s",
          n === 4
            ? { tool: "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">" }
            : {},
        ),
      );
    await log.close();
    const files = await makeBundle({
      source: directorySource(folder),
      report: await verifyFolder(folder),
      frameworks: { ASI02: "Tool <b>misuse</b>" },
    });
    const page = join(freshFolder(), "index.html");
    writeFileSync(page, files.get("index.html") as Uint8Array);
    const flags = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ];
    const done = spawnSync(
      "/usr/bin/chromium",
      [...flags, `--user-data-dir=${freshFolder()}`, "--dump-dom", pathToFileURL(page).href],
      { encoding: "utf8" },
    );
    expect(done.stdout).toContain(`<title>Evidence: ${ORIGIN}</title>`);
    expect(done.stdout).toContain("every one of");
    expect(done.stdout.match(/<rect /g)?.length).toBeGreaterThan(2);
    expect(done.stdout).toContain("Tool &lt;b&gt;misuse&lt;/b&gt;");
    expect(done.stdout).not.toContain("<script");
    expect(done.stdout).not.toContain("<img");
  });

  test("the verifier runs in a real browser and accepts what Node accepts", async () => {
    if (!existsSync("/usr/bin/chromium")) return console.log("skipped: no chromium");
    const folder = await writtenLog(5);
    const program = readFileSync(bundled("test/support/audit/browser-verify.ts"), "utf8");
    const files = Object.fromEntries(
      [...segmentFiles(folder), "checkpoint"].map((name) => [name, readFileSync(join(folder, name), "base64")]),
    );
    const page = join(freshFolder(), "index.html");
    writeFileSync(
      page,
      `<!doctype html><body><script>globalThis.FILES=${JSON.stringify(files)}</script><script type="module">${program}</script></body>`,
    );
    const flags = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--virtual-time-budget=5000",
    ];
    const done = spawnSync(
      "/usr/bin/chromium",
      [...flags, `--user-data-dir=${freshFolder()}`, "--dump-dom", pathToFileURL(page).href],
      { encoding: "utf8" },
    );
    expect(done.stdout).toContain("integrity     intact");
    expect(done.stdout).toContain("matrix 108 of 108 judged as expected");
  });
});

describe("a log behind a worker", () => {
  test("takes records from the main thread, acknowledges what is durable, and refuses what a log refuses", async () => {
    const folder = freshFolder();
    const entry = pathToFileURL(bundled("audit/src/writer/worker-main.ts"));
    const options = { folder, origin: ORIGIN, signingKey: SIGNING_KEY, sidecar: freshFolder(), entry };
    const log = await openLogInWorker(options);
    const decide = fakeHost();
    const receipts = await Promise.all([
      ...Array.from({ length: 50 }, (_, n) => log.append({ kind: "x_step", n })),
      log.appendDecision(decide("s")),
    ]);
    expect(receipts.map(({ seq }) => seq)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
    await expect(log.append({ kind: "seal" } as never)).rejects.toMatchObject({ code: "bad_body" });
    await expect(openLogInWorker(options)).rejects.toMatchObject({ code: "locked" });
    await log.checkpoint();
    await log.close();
    await expect(log.append({ kind: "x_step", n: 0 })).rejects.toThrow(/worker/);
    expect(await verifyFolder(folder)).toMatchObject({ integrity: { ok: true }, kinds: { x_step: 50, decision: 1 } });
  });
});
