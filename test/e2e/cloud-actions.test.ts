/** `thc` as a process, over contracts that name cloud actions: the registry it brings, a host's own entries, what it says of an action. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { ROOT } from "../house/tree.ts";
import { callRequest, GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const CLOUD = `contract "cloud" version "1.0.0" {
  agent desk { id "desk-*" }
  use registry aws.{s3, ec2}
  tool cloud.call(action: CloudAction) level of action risk of action
  tool bucket.delete(name: Text) delete is aws:s3:DeleteBucket

  reads: allow cloud.call when risk == read maps "AC-6"
  ask: require approval for risk >= destructive from role sre maps ASI02
  rest: allow *
  never: deny cloud.call when action == aws:s3:DeleteBucket maps ASI02

  test "deleting a bucket is denied" {
    as desk
    call cloud.call(action: aws:s3:DeleteBucket)
    expect deny by only never
  }
}
`;

const base = temporaryFolder();
let folder = base;
let runs = 0;
beforeEach(() => {
  folder = join(base, String(runs++));
  mkdirSync(join(folder, "registry"), { recursive: true });
  writeFileSync(join(folder, "cloud.contract"), CLOUD);
});
const run = (...args: string[]) => thc(folder, args);
const ask = (verb: string, tool: string, args: object) => {
  writeFileSync(join(folder, "request.json"), callRequest(tool, args));
  return run(verb, "cloud.contract", "--request", "request.json");
};

test("a contract that names cloud actions is checked, tested and compiled with the registry that `thc` brings", () => {
  expect(run("check", "cloud.contract")).toMatchObject({ exit: 0, err: "" });
  expect(run("test", "cloud.contract")).toMatchObject({ exit: 0 });
  const manifest = run("compile", "cloud.contract", "--emit", "manifest");
  const { registry } = JSON.parse(manifest.out);
  expect(registry).toMatchObject({ version: "1.0.0", selectors: ["aws.ec2", "aws.s3", "aws:s3:DeleteBucket"] });
  expect(registry.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("`eval` and `explain` name the action's level and the registry's reason for it", () => {
  const critical = /aws:s3:DeleteBucket is CRITICAL: .* \(registry 1\.0\.0\)/;
  expect(ask("eval", "cloud.call", { action: "aws:s3:deletebucket" })).toMatchObject({ exit: 1 });
  expect(ask("eval", "cloud.call", { action: "aws:s3:deletebucket" }).out).toMatch(critical);
  expect(ask("explain", "bucket.delete", { name: "x" }).out).toMatch(critical);
  // nothing is known of where and how many: the worst
  expect(ask("eval", "cloud.call", { action: "aws:s3:deletebucket" }).out).toMatch(
    /^blast +1 \(prod, no word of how many resources, no rollback\)$/m,
  );
  const unknown = ask("eval", "cloud.call", { action: "aws:s3:DeletBucket" });
  expect(unknown.out).toContain("unknown_action");
  expect(unknown.out).toContain("aws:s3:DeletBucket is not in the registry");
});

test("an explanation leaves out rules for risks that the call has not", () => {
  const { out } = ask("explain", "cloud.call", { action: "aws:s3:GetObject" });
  expect(out).toContain("reads");
  expect(out).not.toMatch(/^ {2}ask\b/m);
});

describe("a host's own entries beside the contract", () => {
  test("raise a level and add actions, and the module says so", () => {
    writeFileSync(
      join(folder, "registry", "own.yaml"),
      "registry:\n  - name: aws:s3:GetObject\n    level: CRITICAL\n    because: our invoices lie there\n",
    );
    const { exit, out } = ask("eval", "cloud.call", { action: "aws:s3:GetObject" });
    expect(exit).toBe(1);
    expect(out).toContain("require_approval");
    expect(out).toContain("our invoices lie there (registry 1.0.0+overlay)");
  });

  test("are refused line by line when they lower a level without a reason", () => {
    writeFileSync(
      join(folder, "registry", "own.yaml"),
      "registry:\n  - name: aws:s3:DeleteBucket\n    level: READ\n  - name: aws:s3:PutObject\n    level: LOUD\n",
    );
    const { exit, err } = run("check", "cloud.contract");
    expect(exit).toBe(4);
    expect(err).toMatch(/own\.yaml:5: `LOUD` is none of/);
  });
});

test("`coverage-map` counts as enforced what a passing test decided", () => {
  const { rows } = JSON.parse(run("coverage-map", "cloud.contract", "--json").out);
  expect(rows.find((row: { id: string }) => row.id === "ASI02")).toMatchObject({
    state: "enforced",
    rules: ["ask", "never"],
    tests: ["deleting a bucket is denied"],
  });
  const nist = JSON.parse(run("coverage-map", "cloud.contract", "--framework", "nist-800-53", "--json").out);
  expect(nist.rows.find((row: { id: string }) => row.id === "AC-6")).toMatchObject({ state: "mapped" });
});

test("the registry's verbs are mounted, with help and usage errors like the others", () => {
  expect(run("registry", "lookup", "aws:s3:DeleteBucket").out).toContain("CRITICAL");
  expect(run("--help").out).toMatch(/^ {2}registry\b[\s\S]*^ {2}coverage-map\b/m);
  expect(run("registry", "lookup", "--no-such-thing")).toMatchObject({ exit: 2 });
});

test("a contract without cloud actions needs none of the registry's data", () => {
  const alone = join(folder, "installed");
  cpSync(join(ROOT, "cli/dist"), join(alone, "dist"), {
    recursive: true,
    filter: (path) => !path.includes("registry-data"),
  });
  cpSync(join(ROOT, "cli/bin"), join(alone, "bin"), { recursive: true });
  writeFileSync(join(folder, "good.contract"), GOOD);
  const bin = join(alone, "bin", "thc.mjs");
  expect(thc(folder, ["test", "good.contract"], "", {}, bin)).toMatchObject({ exit: 0 });
  const refused = thc(folder, ["check", "cloud.contract"], "", {}, bin);
  expect(refused).toMatchObject({ exit: 70, err: expect.stringContaining("the registry is missing") });
});
