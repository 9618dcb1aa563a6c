/** The example host writes a real log; `thc audit` verifies it and makes its decisions again with the module that made them. */
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLog } from "@thc/audit";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../house/tree.ts";
import { bundled } from "../support/audit/programs.ts";
import { GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const folder = temporaryFolder();
let said = "";
const audit = (...args: string[]) => thc(folder, ["audit", ...args]);
const replay = (sidecar = "run/sidecar", module = "banking.wasm", ...more: string[]) =>
  audit("replay", "run/log", "--module", module, "--sidecar", sidecar, ...more);
const sidecarLines = (name: string) =>
  readFileSync(join(folder, name, "sidecar-000000.jsonl"), "utf8")
    .trimEnd()
    .split("\n");

beforeAll(() => {
  expect(thc(folder, ["compile", join(ROOT, "examples/banking"), "-o", "banking.wasm"]).exit).toBe(0);
  // From the sources, not from what a build left behind.
  const host = bundled("examples/audited/host.mjs");
  cpSync(join(ROOT, "examples/audited/runs.jsonl"), join(host, "../runs.jsonl"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [host, "banking.wasm", "run"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  said = stdout;
});

describe("a host that records what it decides", () => {
  test("its log verifies under its key, and every decision made again is the one that was recorded", () => {
    const key = /signed by (\S+)/.exec(said)?.[1] as string;
    expect(audit("verify", "run/log", "--deep", "--key", key)).toMatchObject({ exit: 0, err: "" });
    expect(replay()).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^decisions {5}14, recomputed and equal: 14\ndifferences {3}none\n$/),
    });
  });

  test("a record binds who acted with what, by which rules, who approved, and the host's trace", () => {
    const records = readFileSync(join(folder, "run/log/segment-000000.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const digest = thc(folder, ["inspect", "banking.wasm", "--json"]).out;
    const { contract } = JSON.parse(digest) as {
      readonly contract: { readonly name: string; readonly version: string };
    };
    const approved = records.filter((record) => (record.approvals as readonly unknown[] | undefined)?.length);
    expect(approved).toMatchObject([
      {
        agent: "banking-assistant-1",
        approvals: [{ approver: "ann@bank.example", id: "deposit#0/payee", role: "user", rule: "payee" }],
        contract: { name: contract.name, version: contract.version },
        obligations: ["log_full"],
        outcome: "allow_with_obligations",
        tool: "send_money",
        trace_id: "trace-deposit",
      },
    ]);
    expect(records.filter(({ outcome }) => outcome === "deny")).toMatchObject([
      { reason: expect.any(String), rules: ["backwards", "per_session"], tags: ["ASI02"] },
    ]);
    expect(records.filter(({ outcome }) => outcome === "require_approval")).toHaveLength(2);
  });

  test("nothing that was said, paid or returned stands in the log itself", () => {
    const text = readFileSync(join(folder, "run/log/segment-000000.jsonl"), "utf8");
    for (const secret of ["phone bill", "PT50000201231234567890154", "64.9", "RO49AAAA"])
      expect(text).not.toContain(secret);
  });

  test("a sidecar that says another request than was decided is named by its record", () => {
    cpSync(join(folder, "run/sidecar"), join(folder, "changed"), { recursive: true });
    const lines = sidecarLines("changed");
    const entry = JSON.parse(lines[3] as string) as { readonly record: number; readonly request: string };
    const request = Buffer.from(entry.request, "base64").toString().replace("64.9", "64.8");
    lines[3] = JSON.stringify({ ...entry, request: Buffer.from(request).toString("base64") });
    writeFileSync(join(folder, "changed/sidecar-000000.jsonl"), `${lines.join("\n")}\n`);
    expect(replay("changed")).toMatchObject({
      exit: 1,
      out: expect.stringContaining(`DIFFERS       record ${entry.record} (request)`),
    });
  });

  test("what was erased, and what then continues from an unknown state, is said to be not recomputable", async () => {
    cpSync(join(folder, "run"), join(folder, "erased"), { recursive: true });
    const [, second] = sidecarLines("erased/sidecar").map((line) => (JSON.parse(line) as { record: number }).record);
    const { log } = openLog({
      folder: join(folder, "erased/log"),
      sidecar: join(folder, "erased/sidecar"),
      origin: "bank.example/agents/desk",
      signingKey: readFileSync(join(folder, "erased/log.pem"), "utf8"),
    });
    await log.erase(second as number, "asked for by the customer");
    await log.close();
    const { exit, out } = audit("replay", "erased/log", "--module", "banking.wasm", "--sidecar", "erased/sidecar");
    expect(exit).toBe(0);
    expect(out).toContain("1 not recomputable (erased)");
    expect(out).toMatch(/^unknown {7}[1-9]\d* not recomputable/m);
    expect(out).toContain("differences   none");
    expect(audit("verify", "erased/log", "--deep").exit).toBe(0);
  });

  test("another module, or a module that is none, proves nothing and is not said to", () => {
    writeFileSync(join(folder, "good.contract"), GOOD);
    expect(thc(folder, ["compile", "good.contract", "-o", "other.wasm"]).exit).toBe(0);
    expect(replay(undefined, "other.wasm")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("no decision could"),
    });
    writeFileSync(join(folder, "none.wasm"), "none");
    expect(replay(undefined, "none.wasm")).toMatchObject({ exit: 4, err: expect.stringContaining("no WebAssembly") });
    expect(replay("nowhere")).toMatchObject({ exit: 4, out: expect.stringContaining("14 not recomputable") });
  });

  test("help names every audit verb with examples, and a wrong word is a usage error", () => {
    const { exit, out } = audit("--help");
    expect(exit).toBe(0);
    for (const verb of ["verify", "anchor", "head", "prove", "export", "bundle", "replay", "keygen"]) {
      expect(out).toMatch(new RegExp(`^ {2}${verb}\\b`, "m"));
      expect(audit(verb, "--help")).toMatchObject({ exit: 0, out: expect.stringContaining(`$ thc audit ${verb}`) });
    }
    for (const wrong of [["frobnicate"], ["verify"], ["verify", "run/log", "--no-such"], []])
      expect(audit(...wrong)).toMatchObject({ exit: 2, out: "" });
    expect(audit("verify", "nowhere").exit).toBe(4);
    expect(readdirSync(folder)).not.toContain("nowhere");
  });
});
