import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAnchoring } from "@thc/audit";
import { checkAnswer, nodePlatform } from "@thc/audit/read";
import { bracketOf, portablePlatform } from "@thc/audit/verify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshFolder, linesOf } from "../support/audit/folders.ts";
import { copyOf, editLines, openTestLog, verifyFolder } from "../support/audit/verify.ts";
import { type Mood, startTsa, type TestTsa } from "../support/tsa/server.ts";

let tsa: TestTsa | null = null;
let other: TestTsa | null = null;
beforeAll(async () => {
  tsa = await startTsa();
  other = await startTsa();
  if (tsa === null) console.log("skipped: no openssl, so no TSA");
});
afterAll(async () => {
  await tsa?.close();
  await other?.close();
});
beforeEach(() => tsa?.mood("honest"));

const trusting = (...tsas: readonly TestTsa[]) => ({ roots: tsas.map((one) => Uint8Array.from(one.rootDer)) });

function anchoredLog(...tsas: readonly TestTsa[]) {
  const folder = freshFolder();
  const { log } = openTestLog(folder, { clock: Date.now });
  const anchoring = startAnchoring(log, {
    tsas: tsas.map(({ url }) => url),
    check: checkAnswer(nodePlatform(), trusting(...tsas)),
    timeoutMs: 700,
    retryMs: 50,
  });
  return { folder, log, anchoring };
}

describe("anchors by a real TSA", () => {
  test("two TSAs stamp a checkpoint, and the verifier says up to where records are anchored", async () => {
    if (tsa === null || other === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa, other);
    for (let n = 0; n < 5; n++) await log.append({ kind: "x_step", n });
    const outcomes = await anchoring.now();
    expect(outcomes.map(({ failure }) => failure)).toEqual([null, null]);
    await log.append({ kind: "x_step", n: 5 });
    await anchoring.stop();
    await log.close();
    for (const platform of [nodePlatform(), portablePlatform()]) {
      const report = await verifyFolder(folder, { trust: trusting(tsa, other), platform });
      expect(report).toMatchObject({ ok: true, anchored: 6, integrity: { ok: true } });
      expect(report.anchors.map(({ verdict }) => verdict)).toEqual(["verified", "verified"]);
    }
    const untrusted = await verifyFolder(folder);
    expect(untrusted.anchors.map(({ verdict }) => verdict)).toEqual(["unchecked", "unchecked"]);
    expect(untrusted.anchored).toBe(0);
    const half = await verifyFolder(folder, { trust: trusting(tsa) });
    expect(half.ok).toBe(false);
    expect(half.anchors.map(({ verdict }) => verdict).sort()).toEqual(["refused", "verified"]);
  });

  test("a record stands between the stamped times before and behind it", async () => {
    if (tsa === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa);
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    const { seq } = await log.append({ kind: "x_step", n: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await anchoring.now();
    const last = await log.append({ kind: "x_step", n: 2 });
    await anchoring.stop();
    await log.close();
    const report = await verifyFolder(folder, { trust: trusting(tsa) });
    const [first, second] = report.anchors.map(({ genTime }) => genTime) as [string, string];
    expect(first < second).toBe(true);
    expect(bracketOf(report, 1)).toEqual({ after: null, before: first });
    expect(bracketOf(report, seq)).toEqual({ after: first, before: second });
    expect(bracketOf(report, last.seq)).toEqual({ after: second, before: null });
  });

  test("`openssl ts -verify -data note` accepts the same token over the same note", async () => {
    if (tsa === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa);
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    await anchoring.stop();
    await log.close();
    const anchor = linesOf(folder).find(({ kind }) => kind === "anchor");
    const checkpoint = linesOf(folder).find(({ _seq }) => _seq === anchor?.checkpoint);
    const [note, response] = [join(folder, "note"), join(folder, "response.tsr")];
    writeFileSync(note, String(checkpoint?.note));
    writeFileSync(response, Buffer.from(String(anchor?.response), "base64"));
    const done = spawnSync("openssl", ["ts", "-verify", "-data", note, "-in", response, "-CAfile", tsa.rootFile], {
      encoding: "utf8",
    });
    expect(done.stdout + done.stderr).toContain("Verification: OK");
  });

  const moods: [Mood, RegExp][] = [
    ["silent", /no answer within 700 ms/],
    ["slow", /no answer within 700 ms/],
    ["garbage", /der: /],
    ["replaying", /imprint: |nonce: /],
    ["redirecting", /connection failed/],
    ["failing", /HTTP status 503/],
    ["endless", /larger than/],
    ["wrong_type", /no application\/timestamp-reply/],
  ];
  test.each(moods)("a %s TSA stops nothing: the log goes on and records the failure", async (mood, reason) => {
    if (tsa === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa);
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    tsa.mood(mood);
    const waiting = anchoring.now();
    await log.append({ kind: "x_step", n: 1 });
    const [outcome] = await waiting;
    expect(outcome?.failure).toMatch(reason);
    await anchoring.stop();
    await log.close();
    const report = await verifyFolder(folder, { trust: trusting(tsa) });
    expect(report).toMatchObject({ integrity: { ok: true }, anchored: 2 });
    expect(report.anchorFailures).toBeGreaterThanOrEqual(1);
  });

  test("a TSA that nobody listens for is a failure too", async () => {
    if (tsa === null) return;
    const { log, anchoring } = anchoredLog({ ...tsa, url: "http://127.0.0.1:9/" });
    await log.append({ kind: "x_step", n: 0 });
    const [outcome] = await anchoring.now();
    expect(outcome?.failure).toMatch(/connection failed/);
    await anchoring.stop();
    await log.close();
  });

  test("only the newest checkpoint is tried again", async () => {
    if (tsa === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa);
    tsa.mood("failing");
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    await log.append({ kind: "x_step", n: 1 });
    await anchoring.now();
    const newest = log.newestCheckpoint();
    tsa.mood("honest");
    const until = Date.now() + 3000;
    while (!linesOf(folder).some(({ kind }) => kind === "anchor") && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await anchoring.stop();
    await log.close();
    expect(
      linesOf(folder)
        .filter(({ kind }) => kind === "anchor")
        .map(({ checkpoint }) => checkpoint),
    ).toEqual([newest?.seq]);
  });

  test("a token whose window was moved is refused, though the chain was made anew around it", async () => {
    if (tsa === null) return;
    const folder = freshFolder();
    const { log } = openTestLog(folder, { clock: Date.now });
    const anchoring = startAnchoring(log, {
      tsas: [tsa.url],
      check: async () => null,
      clock: () => Date.now() - 3_600_000,
    });
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    await anchoring.stop();
    await log.close();
    const report = await verifyFolder(folder, { trust: trusting(tsa) });
    expect(report).toMatchObject({ ok: false, integrity: { ok: true }, anchored: 0 });
    expect(report.anchors[0]).toMatchObject({ verdict: "refused", reason: expect.stringMatching(/^window/) });
  });

  test("a changed token is found by the chain first", async () => {
    if (tsa === null) return;
    const { folder, log, anchoring } = anchoredLog(tsa);
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    await anchoring.stop();
    await log.close();
    const copy = copyOf(folder);
    editLines(copy, "segment-000000.jsonl", (lines) =>
      lines.map((line) => line.replace(/"response":"MII/, '"response":"MIJ')),
    );
    expect((await verifyFolder(copy, { trust: trusting(tsa) })).integrity).toMatchObject({
      ok: false,
      fault: { kind: "edited" },
    });
  });

  test("a declared cadence that was not kept is said so", async () => {
    if (tsa === null) return;
    const folder = freshFolder();
    const { log } = openTestLog(folder, { clock: Date.now, cadence: { records: 10, seconds: 3600 } });
    const anchoring = startAnchoring(log, { tsas: [tsa.url], check: checkAnswer(nodePlatform(), trusting(tsa)) });
    await log.append({ kind: "x_step", n: 0 });
    await anchoring.now();
    await anchoring.stop();
    expect((await verifyFolder(folder, { trust: trusting(tsa) })).cadence.verdict).toBe("kept");
    for (let n = 0; n < 200; n++) await log.append({ kind: "x_step", n });
    await log.close();
    expect(await verifyFolder(folder, { trust: trusting(tsa) })).toMatchObject({
      ok: false,
      cadence: { verdict: "missed" },
    });
  });
});
