/** What `thc registry` and `thc coverage-map` print. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coverageMapCommand, parseOverlay, type ReadRules, registryCommand } from "@thc/cli/registry";
import type { Command } from "commander";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "thc-registry-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

type Run = (body: (shell: Shell) => Promise<number>) => Promise<void>;
type Shell = Parameters<Parameters<Parameters<typeof registryCommand>[0]>[0]>[0];

/** Runs a command in this process; what it prints, and how it would exit. */
async function run(build: (run: Run) => Command, words: readonly string[]) {
  let out = "";
  let err = "";
  let exit = 0;
  const write = (text: string): void => {
    err += text;
  };
  const none = (text: string): string => text;
  const plain = { good: none, bad: none, dim: none, bold: none, warn: none } as unknown as Shell["paint"];
  const shell: Shell = {
    out: (text) => {
      out += text;
    },
    err: write,
    paint: plain,
    paintErr: plain,
    showsProgress: false,
  };
  const command = build(async (body) => {
    exit = await body(shell);
  });
  for (const each of [command, ...command.commands]) each.exitOverride().configureOutput({ writeErr: write });
  try {
    await command.parseAsync(words, { from: "user" });
  } catch (thrown) {
    exit = (thrown as { readonly exitCode?: number }).exitCode ?? 99;
  }
  return { out, err, exit };
}

const registry = (...words: string[]) => run((each) => registryCommand(each as never), words);
const coverage = (read: ReadRules, ...words: string[]) => run((each) => coverageMapCommand(each as never, read), words);

test("lookup --json answers each name, the unknown ones as UNKNOWN with near names", async () => {
  const names = ["aws:s3:DeleteBucket", "gcp:storage.buckets.delete", "aws:s3:DeleteBuket"];
  const { out, exit } = await registry("lookup", ...names, "--json");
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toEqual([
    {
      name: "aws:s3:DeleteBucket",
      level: "CRITICAL",
      effect: "delete",
      rule: "curated",
      flags: ["data", "irreversible"],
      confidence: "high",
      reason: "decided by hand: the name goes with it and others may take it",
      instead: "aws:s3:PutBucketVersioning",
    },
    expect.objectContaining({ name: "gcp:storage.buckets.delete", level: "CRITICAL" }),
    {
      name: "aws:s3:DeleteBuket",
      level: "UNKNOWN",
      effect: null,
      rule: null,
      flags: [],
      confidence: null,
      reason: "not in the registry, so it is denied",
      near: expect.arrayContaining(["aws:s3:DeleteBucket"]),
    },
  ]);
});

test("lookup says level, effect, the rule that decided, flags and confidence", async () => {
  const { out } = await registry("lookup", "azure:microsoft.compute/virtualmachines/delete");
  expect(out).toBe(
    [
      "azure:microsoft.compute/virtualmachines/delete  DESTRUCTIVE",
      "  effect      delete",
      "  rule        curated: decided by hand: the machine is gone, its disks stay",
      "  confidence  high",
      "  instead     azure:Microsoft.Compute/virtualMachines/deallocate/action",
      "",
    ].join("\n"),
  );
  expect((await registry("lookup", "aws:s3:DeleteBukcet")).out).toContain("did you mean `aws:s3:DeleteBucket`");
});

test("a name that would repaint the terminal is shown, not acted on", async () => {
  const { out } = await registry("lookup", "aws:s3:\u001b[2J");
  expect(out).toContain("aws:s3:\\u{1b}[2J  UNKNOWN");
  expect((await registry("lookup", "aws:s3:\u001b[2J", "--json")).out).not.toContain("\u001b");
});

test("list filters by provider, service, level and flag", async () => {
  const { out } = await registry("list", "--provider", "aws", "--level", "critical", "--json");
  const critical = JSON.parse(out) as { level: string; name: string }[];
  expect(critical.length).toBeGreaterThan(400);
  expect(critical.every(({ level, name }) => level === "CRITICAL" && name.startsWith("aws:"))).toBe(true);
  const irreversible = await registry("list", "--provider", "aws", "--service", "kms", "--flag", "irreversible");
  const names = irreversible.out.trim().split("\n");
  expect(names.map((line) => line.split(/\s+/)[1])).toContain("aws:kms:ScheduleKeyDeletion");
  expect(await registry("list", "--provider", "aws", "--service", "nope")).toMatchObject({
    exit: 2,
    err: "thc: no service `nope`\n",
  });
  expect((await registry("list", "--level", "terrible")).exit).not.toBe(0);
});

test("stats shows what the registry was promised to hold", async () => {
  const stats = JSON.parse((await registry("stats", "--json")).out) as {
    total: number;
    providers: { provider: string; actions: number }[];
  };
  const actions = Object.fromEntries(stats.providers.map(({ provider, actions: count }) => [provider, count]));
  expect(actions.aws).toBeGreaterThanOrEqual(22_000);
  expect(actions.gcp).toBeGreaterThanOrEqual(13_700);
  expect(actions.azure).toBeGreaterThanOrEqual(18_700);
  expect(Object.keys(actions)).toEqual(["aws", "azure", "gcp", "github", "kubernetes", "slack", "stripe"]);
  const { out } = await registry("stats");
  expect(out).toMatch(/^provider\s+actions[\s\S]*57,299 actions, registry \S+, sha256:[0-9a-f]{64}\n$/);
});

test("an overlay raises a level, and lowers one only with a reason", async () => {
  const good = file(
    "good.yaml",
    "registry:\n  - name: aws:s3:PutObject\n    level: CRITICAL\n    because: our invoices\n",
  );
  expect(JSON.parse((await registry("lookup", "aws:s3:PutObject", "--json", "--overlay", good)).out)).toMatchObject([
    { level: "CRITICAL", rule: "overlay", reason: "set by the host's own entries: our invoices" },
  ]);
  const lower = file("lower.yaml", "registry:\n  - name: aws:s3:DeleteBucket\n    level: READ\n");
  expect(await registry("lookup", "aws:s3:DeleteBucket", "--overlay", lower)).toEqual({
    exit: 3,
    out: "",
    err: `thc: ${lower}:2: \`aws:s3:DeleteBucket\` is CRITICAL and may not be lowered to READ without \`override: reason\`\n`,
  });
  expect(await registry("stats", "--overlay", join(folder, "none.yaml"))).toMatchObject({ exit: 4, out: "" });
});

test("each wrong line of an overlay is reported on its line", () => {
  const text = [
    "registry:",
    "  - name: aws:s3:PutObject",
    "    level: TERRIBLE",
    "  - name: aws:s3:GetObject",
    "    levle: READ",
    "  - level: WRITE",
    "    flags: [data, loud]",
    "",
  ].join("\n");
  const parsed = parseOverlay("x.yaml", text);
  expect(parsed.ok ? [] : parsed.problems.map(({ line, message }) => `${line}: ${message}`).sort()).toEqual([
    "3: `TERRIBLE` is none of READ, WRITE, DESTRUCTIVE, CRITICAL",
    "4: `level` is missing",
    "5: unknown key `levle`",
    "6: `name` is missing",
    expect.stringMatching(/^7: `loud` is none of secret, credential/),
  ]);
});

test("an overlay that is no YAML, or holds aliases, is refused and nothing throws", () => {
  expect(parseOverlay("x.yaml", "registry: [")).toMatchObject({ ok: false, problems: [{ file: "x.yaml", line: 1 }] });
  expect(parseOverlay("x.yaml", "registry:\n - &a {name: aws:s3:GetObject, level: READ}\n - *a\n")).toMatchObject({
    ok: false,
  });
  expect(parseOverlay("x.yaml", "")).toMatchObject({ ok: false });
  expect(parseOverlay("x.yaml", "registry: []\nregistry: []\n")).toMatchObject({ ok: false });
  expect(parseOverlay("x.yaml", "a".repeat(1_000_001))).toMatchObject({ ok: false });
});

test("coverage-map prints the framework asked for, in the format asked for", async () => {
  const read: ReadRules = async () => ({ ok: true, rules: [{ rule: "c.mail", maps: ["ASI02"], testedBy: ["t"] }] });
  expect((await coverage(read, "a.contract", "--framework", "owasp-asi")).out).toContain("ASI02");
  expect(JSON.parse((await coverage(read, "a.contract", "--json")).out)).toMatchObject({
    framework: "owasp-asi",
    totals: { enforced: 1 },
  });
  expect((await coverage(read, "a.contract", "--framework", "soc2", "--format", "markdown")).out).toMatch(/^# SOC 2/);
  expect((await coverage(read, "a.contract", "--framework", "soc3")).exit).not.toBe(0);
  const broken: ReadRules = async () => ({ ok: false, exit: 3, lines: ["a.contract:1: what"] });
  expect(await coverage(broken, "a.contract")).toEqual({ exit: 3, out: "", err: "thc: a.contract:1: what\n" });
});
