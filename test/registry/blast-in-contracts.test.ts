/** `blast` in a contract is the score that the registry computes: the kernel has a formula of its own. */

import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { blast } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import { type Decision, loadSync } from "@thc/runtime";
import { expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";

const NAMES = ["aws:s3:DeleteBucket", "aws:s3:GetObject", "aws:iam:CreateAccessKey", "gcp:storage.buckets.delete"];
const catalogue = loadCatalogue();
const facts = ["dev", "test", "staging", "prod", "moon", undefined].flatMap((environment) =>
  [0, 1, 2, 9, 10, 99, 100, 1_000, 5_000_000, -1, undefined].flatMap((count) =>
    [true, false, undefined].map((rollback) => ({ environment, count, rollback })),
  ),
);
const cases = NAMES.flatMap((name) =>
  facts.map((each) => ({ name, facts: each, score: blast(each, catalogue.find(name)!).score })),
);

const rulesOf = (decision: Decision): unknown => decision.rules;

function decide(rules: string, name: string, resource: object, answer = rulesOf) {
  const text = `contract "x" version "1" {
  agent bot { id "bot" }
  fact resource.env: Text?
  fact resource.affected: Int?
  fact resource.rollback: Bool?
  use registry aws.{s3, iam}, gcp.storage
  tool cloud.call(action: CloudAction) level of action risk of action
  all: allow cloud.call
${rules}}`;
  const { contract, diagnostics } = check({ path: "x", text }, LINKED);
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  return (of = name, with_ = resource) =>
    answer(
      runtime.decide(
        JSON.stringify({
          event: "call",
          principal: { id: "bot" },
          action: { tool: "cloud.call", args: { action: of } },
          resource: with_,
          context: { time: 1, call_id: "c" },
        }),
      ),
    );
}

test("for every environment, count and rollback, given and left out", () => {
  const scores = [...new Set(cases.map(({ score }) => score))];
  const rules = scores.map((score) => `  s${Math.round(score * 1_000)}: deny cloud.call when blast == ${score}\n`);
  const ask = decide(rules.join(""), "", {});
  for (const { name, facts: f, score } of cases) {
    const resource = { env: f.environment, affected: f.count, rollback: f.rollback };
    expect({ name, f, rules: ask(name, resource) }).toEqual({ name, f, rules: [`s${Math.round(score * 1_000)}`] });
  }
});

test("facts with other names are given in brackets", () => {
  const ask = decide(
    "  r: deny cloud.call when blast(resource.env, resource.affected, resource.rollback) > 0.9\n",
    "",
    {},
  );
  expect(ask("aws:s3:DeleteBucket", { env: "prod", affected: 1, rollback: false })).toEqual(["r"]);
  expect(ask("aws:s3:DeleteBucket", { env: "dev", affected: 1, rollback: true })).toEqual(["all"]);
});

test("a decision says the blast radius that the registry computes, also where no rule reads it", () => {
  const open = `contract "x" version "1" {
  agent bot { id "bot" }
  fact resource.env: Text?
  fact resource.affected: Int?
  fact resource.rollback: Bool?
  use registry aws.{s3, iam}, gcp.storage
  tool cloud.call(action: CloudAction) level of action risk of action
  all: allow cloud.call
}`;
  const { contract } = check({ path: "x", text: open }, LINKED);
  const compiled = compile(contract!, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  for (const { name, facts: f } of cases) {
    const action = catalogue.find(name)!;
    const resource = { env: f.environment, affected: f.count, rollback: f.rollback };
    const decision = runtime.decide({
      event: "call",
      principal: { id: "bot" },
      action: { tool: "cloud.call", args: { action: name } },
      resource,
      context: { time: 1, call_id: "c" },
    });
    expect({ f, blast: decision.blast }).toEqual({ f, blast: blast(f, action) });
  }
  expect(runtime.decide({}).blast).toBeUndefined();
});

test("deleting one production bucket that cannot be rolled back scores 0.92", () => {
  const ask = decide("  r: deny cloud.call when blast > 0.9\n", "", {}, (decision) => decision.blast);
  expect(ask("aws:s3:DeleteBucket", { env: "prod", affected: 1, rollback: false })).toEqual({
    environment: "prod",
    resource_count_estimate: 1,
    rollback_available: false,
    score: 0.92,
  });
});
