import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLog } from "@thc/audit";
import { auditCommand } from "@thc/cli/audit";
import { beforeAll, describe, expect, test } from "vitest";
import { fakeHost, fakeModule } from "../support/audit/decisions.ts";
import { freshFolder, segmentFiles } from "../support/audit/folders.ts";
import { copyOf, editFile, ORIGIN } from "../support/audit/verify.ts";
import { startTsa } from "../support/tsa/server.ts";

async function thc(...argv: readonly string[]) {
  let [out, err, code] = ["", "", -1];
  const command = auditCommand(async (bytes) => (Buffer.from(bytes).equals(MODULE) ? fakeModule : "no module"), {
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

const MODULE = Buffer.from("a module");
let home: string;
let log: string;
let key: string;
const at = (name: string): string => join(home, name);

beforeAll(async () => {
  home = freshFolder();
  const made = await thc("keygen", ORIGIN, "-o", at("key.pem"));
  expect(made.code).toBe(0);
  key = made.out.trim();
  log = at("log");
  const opened = openLog({
    folder: log,
    sidecar: at("sidecar"),
    origin: ORIGIN,
    signingKey: readFileSync(at("key.pem"), "utf8"),
    limits: { records: 8 },
  });
  const decide = fakeHost();
  const digest = `sha256:${createHash("sha256").update(MODULE).digest("hex")}`;
  for (let n = 0; n < 20; n++)
    await opened.log.appendDecision(decide("s", { contract: { digest, name: "support-refunds", version: "3.2.0" } }));
  await opened.log.close();
  writeFileSync(at("module.wasm"), MODULE);
});

describe("thc audit", () => {
  test("keygen keeps the private key to itself and never overwrites one", async () => {
    expect(statSync(at("key.pem")).mode & 0o777).toBe(0o600);
    expect((await thc("keygen", ORIGIN, "-o", at("key.pem"))).code).toBe(2);
    expect((await thc("keygen", "two words", "-o", at("other.pem"))).code).toBe(2);
    expect(existsSync(at("other.pem"))).toBe(false);
  });

  test("verify says what holds, as text and JSON, and ends with 0, 1 or 4", async () => {
    const fine = await thc("verify", log, "--key", key);
    expect(fine.code).toBe(0);
    expect(fine.out).toContain("integrity     intact");
    const json = JSON.parse((await thc("verify", log, "--deep", "--json")).out) as { ok: boolean; mode: string };
    expect(json).toMatchObject({ ok: true, mode: "deep" });
    expect((await thc("verify", log, "--fast")).code).toBe(0);
    const broken = copyOf(log);
    editFile(broken, "segment-000001.jsonl", (bytes) => {
      bytes[700] = (bytes[700] as number) ^ 1;
      return bytes;
    });
    const found = await thc("verify", broken);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/BROKEN \(edited\) at segment-000001\.jsonl, line \d+, byte \d+/);
    expect((await thc("verify", at("nowhere"))).code).toBe(4);
    expect((await thc("verify", freshFolder())).code).toBe(4);
    expect((await thc("verify", log, "--roots", at("nowhere"))).code).toBe(4);
    expect((await thc("verify", log, "--fast", "--deep")).code).toBe(2);
  });

  test("--repair says what it sets aside, and keeps it", async () => {
    const torn = copyOf(log);
    const name = segmentFiles(torn).at(-1) as string;
    const { size } = statSync(join(torn, name));
    truncateSync(join(torn, name), size - 5);
    expect((await thc("verify", torn)).code).toBe(1);
    expect((await thc("verify", torn, "--repair")).code).toBe(2);
    const repaired = await thc("verify", torn, "--repair", "--signing-key", at("key.pem"));
    expect(repaired).toMatchObject({ code: 0 });
    const file = /set aside \d+ bytes in `(torn-[^`]+)`/.exec(repaired.err)?.[1] as string;
    expect(existsSync(join(torn, file))).toBe(true);
  });

  test("head and prove print what others can check", async () => {
    const head = await thc("head", log);
    expect(head.out).toBe(readFileSync(join(log, "checkpoint"), "utf8"));
    writeFileSync(at("head.note"), head.out);
    expect((await thc("verify", log, "--head", at("head.note"))).out).toContain("holds all");
    const proof = await thc("prove", log, "3", "--line", at("line"));
    expect(proof.out).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 3\n/);
    expect(readFileSync(at("line"), "utf8")).toContain('"_seq":3,');
    expect((await thc("prove", log, "999")).code).toBe(1);
    expect((await thc("prove", log, "x")).code).toBe(2);
  });

  test("export prints one line for each decision", async () => {
    expect((await thc("export", log, "--ocsf")).out.trimEnd().split("\n")).toHaveLength(20);
    expect((await thc("export", log, "--cef")).out).toMatch(/^CEF:0\|thc\|thc audit\|/);
    expect((await thc("export", log)).code).toBe(2);
  });

  test("replay recomputes every decision, or names the first that differs", async () => {
    const same = await thc("replay", log, "--module", at("module.wasm"), "--sidecar", at("sidecar"));
    expect(same).toMatchObject({ code: 0, out: expect.stringContaining("20, recomputed and equal: 20") });
    writeFileSync(at("other.wasm"), "other");
    expect((await thc("replay", log, "--module", at("other.wasm"), "--sidecar", at("sidecar"))).code).toBe(4);
  });

  test("a bundle verifies alone, as folder, zip and slice", async () => {
    for (const name of ["evidence", "evidence.zip"]) {
      expect(await thc("bundle", log, "-o", at(name), "--module", at("module.wasm"))).toMatchObject({ code: 0 });
      expect(await thc("verify", at(name), "--key", key)).toMatchObject({ code: 0 });
      expect((await thc("bundle", log, "-o", at(name))).code).toBe(2);
    }
    const sums = spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: at("evidence"), encoding: "utf8" });
    if (sums.error === undefined) expect(sums.status).toBe(0);
    await thc("bundle", log, "-o", at("slice"), "--from", "12", "--to", "14");
    expect((await thc("verify", at("slice"), "--slice")).code).toBe(0);
    expect((await thc("verify", at("slice"))).code).toBe(1);
  });

  test("anchor has a checkpoint stamped, and verify believes it only under the given roots", async () => {
    const tsa = await startTsa();
    if (tsa === null) return console.log("skipped: no openssl, so no TSA");
    try {
      const folder = copyOf(log);
      const args = ["--tsa", tsa.url, "--roots", tsa.rootFile, "--signing-key", at("key.pem")];
      expect(await thc("anchor", folder, ...args)).toMatchObject({
        code: 0,
        out: expect.stringContaining("anchored checkpoint"),
      });
      expect((await thc("verify", folder, "--roots", tsa.rootFile)).out).toMatch(
        /anchored {6}records 0 to \d+ existed at/,
      );
      const evidence = at("anchored");
      await thc("bundle", folder, "-o", evidence, "--roots", tsa.rootFile);
      const anchor = readFileSync(join(evidence, "SHA256SUMS"), "utf8").match(/anchors\/(\d+)\.tsr/)?.[1];
      const done = spawnSync(
        "openssl",
        ["ts", "-verify", "-data", `anchors/${anchor}.note`, "-in", `anchors/${anchor}.tsr`, "-CAfile", "roots.pem"],
        { cwd: evidence, encoding: "utf8" },
      );
      expect(done.stdout + done.stderr).toContain("Verification: OK");
      tsa.mood("failing");
      expect((await thc("anchor", folder, ...args)).code).toBe(1);
    } finally {
      await tsa.close();
    }
  });
});
