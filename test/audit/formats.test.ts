/** The two formats of the log: what the second says more, and that logs of the first are read, continued and made again. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answered, answerBytes, openLog, statedAnswer } from "@thc/audit";
import {
  cefLine,
  type Decide,
  directorySidecar,
  directorySource,
  makeBundle,
  nodePlatform,
  ocsfMapper,
  type ReadRecord,
  readRecords,
  replayLog,
} from "@thc/audit/read";
import { memorySource, verifyLog } from "@thc/audit/verify";
import { describe, expect, test } from "vitest";
import { fakeHost } from "../support/audit/decisions.ts";
import { freshFolder, linesOf, pythonReads } from "../support/audit/folders.ts";
import { rechained } from "../support/audit/forge.ts";
import { VECTORS, vectors } from "../support/audit/vectors.ts";
import { NEXT_KEY, ORIGIN, openTestLog, VERIFICATION_KEY, verifyFolder } from "../support/audit/verify.ts";

const FIRST = "segment-000000.jsonl";
const ANSWER: Answered = {
  outcome: "deny",
  reason: "denied_by_rule",
  rules: ["cap"],
  because: [{ rule: "cap", text: "Too much." }],
  maps: ["ASI02"],
  warnings: [],
  hints: [],
  duplicate: false,
  clockBehind: false,
  enforce: false,
  observed: [{ rule: "trail", would: ["oblige", "warn"] }],
  validUntil: 1_772_366_460_000,
};
const [answerOfFirst, answerOfSecond] = vectors.answers;
const FORMATS = [
  ["recorded-1", "thc-audit-log/1", answerOfFirst],
  ["recorded-2", "thc-audit-log/2", answerOfSecond],
] as const;

const replay = (name: string, answer: Answered = ANSWER) => {
  const decide: Decide = () => ({
    action: Uint8Array.from({ length: 32 }, (_, i) => i),
    answerBytes: (format) => answerBytes(answer, format),
    stateAfter: Buffer.from("after"),
    stated: statedAnswer(answer),
  });
  return replayLog(directorySource(join(VECTORS, name, "log")), {
    decide,
    moduleDigest: `sha256:${"c".repeat(64)}`,
    sidecar: directorySidecar(join(VECTORS, name, "sidecar")),
  });
};

async function decisionOf(folder: string): Promise<ReadRecord> {
  for await (const record of readRecords(directorySource(folder))) if (record.kind === "decision") return record;
  throw new Error("no decision");
}

describe.each(FORMATS)("a log that another program recorded: %s", (name, format, bytes) => {
  test("verifies in every mode, also by the other reader", async () => {
    const folder = join(VECTORS, name, "log");
    for (const mode of ["fast", "full", "deep"] as const) expect((await verifyFolder(folder, { mode })).ok).toBe(true);
    expect(linesOf(folder)[0]).toMatchObject({ format });
    const answer = pythonReads(folder);
    if (answer !== null) expect(answer.said).toMatchObject({ records: 3 });
  });

  test("commits to the answer's bytes of its format, and is made again", async () => {
    expect(Buffer.from(answerBytes(ANSWER, format)).toString()).toBe(bytes);
    expect(await replay(name)).toMatchObject({ ok: true, decisions: 1, recomputed: 1 });
    expect((await replay(name, { ...ANSWER, warnings: ["many"] })).firstDifference).toMatchObject({ what: "answer" });
  });

  test("whether it was enforced, what was observed and until when it counts differ only where the format says them", async () => {
    const { validUntil: _, ...forGood } = ANSWER;
    const changed: readonly (readonly [string, Answered])[] = [
      ["enforce", { ...ANSWER, enforce: true }],
      ["observed", { ...ANSWER, observed: [] }],
      ["valid_until", forGood],
    ];
    for (const [member, answer] of changed) {
      const { firstDifference } = await replay(name, answer);
      if (format === "thc-audit-log/1") expect(firstDifference).toBeNull();
      else expect(firstDifference).toMatchObject({ what: "stated", message: expect.stringContaining(`\`${member}\``) });
    }
  });

  test("is refused when a decision has other members than its format, however right its hashes are", async () => {
    const lines = readFileSync(join(VECTORS, name, "log", FIRST), "utf8")
      .trimEnd()
      .split("\n")
      .slice(0, 2);
    const judged = async (edit: (body: Record<string, unknown>) => Record<string, unknown>) => {
      const made = rechained(lines, (body) => (body.kind === "decision" ? edit(body) : body));
      const files = new Map([[FIRST, Buffer.from(`${made.join("\n")}\n`)]]);
      const report = await verifyLog(memorySource(files), { platform: nodePlatform(), mode: "deep" });
      return report.integrity.ok ? "fine" : report.integrity.fault.kind;
    };
    const second = { enforce: false, observed: [], valid_until: null };
    expect(await judged((body) => body)).toBe("fine");
    if (format === "thc-audit-log/1") {
      for (const [member, value] of Object.entries(second))
        expect(await judged((body) => ({ ...body, [member]: value }))).toBe("bad_record");
      return;
    }
    expect(await judged((body) => ({ ...body, ...second }))).toBe("fine");
    for (const member of Object.keys(second))
      expect(await judged(({ [member]: _, ...body }) => body), `without ${member}`).toBe("bad_record");
    for (const wrong of [
      { enforce: null },
      { enforce: "false" },
      { observed: null },
      { observed: ["trail"] },
      { observed: [{ rule: "trail" }] },
      { observed: [{ rule: "trail", would: ["allow"] }] },
      { observed: [{ more: 1, rule: "trail", would: [] }] },
      { valid_until: -1 },
      { valid_until: "2026-03-01T12:00:00.000Z" },
    ])
      expect(await judged((body) => ({ ...body, ...wrong })), JSON.stringify(wrong)).toBe("bad_record");
  });
});

describe("a log of the first format", () => {
  test.each([
    ["plain-1", {}],
    ["keyed-1", { mac: { segment: 0, key: Buffer.from(vectors.mac_key, "hex") } }],
  ] as const)("is sealed and continued in the second: %s", async (name, options) => {
    const folder = freshFolder();
    cpSync(join(VECTORS, name), folder, { recursive: true });
    const before = linesOf(folder).length;
    const { log } = openLog({ folder, origin: ORIGIN, signingKey: NEXT_KEY, ...options });
    await log.appendDecision(fakeHost()("s", { enforce: false }));
    await log.close();
    const added = linesOf(folder).slice(before);
    expect(added.map(({ kind }) => kind)).toEqual(["seal", "segment", "checkpoint", "decision", "checkpoint"]);
    expect(added[1]).toMatchObject({ format: "thc-audit-log/2", index: 2 });
    expect(added[3]).toMatchObject({ enforce: false });
    const report = await verifyFolder(folder, { mode: "deep", trustedKey: VERIFICATION_KEY, ...options });
    expect(report).toMatchObject({ ok: true, segments: 3 });
    const answer = pythonReads(folder, ...("mac" in options ? ["--mac-key", vectors.mac_key] : []));
    if (answer !== null) expect(answer.said).toMatchObject({ segments: 3 });
    // once sealed it is as any other
    openLog({ folder, origin: ORIGIN, signingKey: NEXT_KEY, ...options }).log.close();
  });

  test("a segment of a format that is not known is neither read nor continued", async () => {
    const lines = readFileSync(join(VECTORS, "recorded-2/log", FIRST), "utf8")
      .trimEnd()
      .split("\n")
      .slice(0, 2);
    const made = rechained(lines, (body) => (body.kind === "segment" ? { ...body, format: "thc-audit-log/3" } : body));
    const bytes = Buffer.from(`${made.join("\n")}\n`);
    const { integrity } = await verifyLog(memorySource(new Map([[FIRST, bytes]])), { platform: nodePlatform() });
    expect(integrity).toMatchObject({ ok: false, fault: { kind: "bad_record" } });
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await log.close();
    const path = join(folder, FIRST);
    const own = readFileSync(path, "utf8").trimEnd().split("\n");
    writeFileSync(
      path,
      `${rechained(own, (body) => (body.kind === "segment" ? { ...body, format: "thc-audit-log/3" } : body)).join("\n")}\n`,
    );
    rmSync(join(folder, "checkpoint"), { force: true });
    expect(() => openTestLog(folder)).toThrow("thc-audit-log/3");
  });
});

describe("what is not enforced reads as that", () => {
  test("in OCSF, in CEF and on the bundle's page", async () => {
    const folder = join(VECTORS, "recorded-2", "log");
    const record = await decisionOf(folder);
    const event = JSON.parse(ocsfMapper(ORIGIN, VERIFICATION_KEY)(record));
    expect(event).toMatchObject({
      message: "deny (not enforced): denied_by_rule",
      severity: "Informational",
      status_id: 99,
      unmapped: {
        enforce: false,
        observed: [{ rule: "trail", would: ["oblige", "warn"] }],
        valid_until: 1_772_366_460_000,
      },
    });
    const line = cefLine(ORIGIN, record);
    expect(line).toContain("act=deny (not enforced) ");
    expect(line).toContain("flexString1Label=observed flexString1=trail would oblige, warn ");
    expect(line).toContain("flexDate1=1772366460000");
    const files = await makeBundle({ source: directorySource(folder), report: await verifyFolder(folder) });
    const page = Buffer.from(files.get("index.html") as Uint8Array).toString();
    expect(page).toContain("deny (not enforced)");
    expect(page).toContain("trail would oblige, warn");
  });

  test("and a record of the first format as it always did", async () => {
    const record = await decisionOf(join(VECTORS, "recorded-1", "log"));
    expect(JSON.parse(ocsfMapper(ORIGIN, VERIFICATION_KEY)(record))).toMatchObject({
      message: "deny: denied_by_rule",
      severity: "Medium",
      status_id: 2,
    });
    expect(cefLine(ORIGIN, record)).toContain("act=deny ");
    expect(cefLine(ORIGIN, record)).not.toContain("flex");
  });
});
