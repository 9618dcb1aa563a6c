/** The registry in a module: docs/formats/registry.md. */

import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { PROVIDERS } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import { loadSync, type Runtime } from "@thc/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";

const catalogue = loadCatalogue();

/** A module whose tool names its action; its rules say which risk the call had. */
function linking(use: string, rules = ""): { readonly runtime: Runtime; readonly bytes: Uint8Array } {
  const text = `contract "x" version "1" {
  agent bot { id "bot" }
  ${use}
  tool cloud.call(action: CloudAction) level of action risk of action
  reads: allow cloud.call when risk == read
  writes: allow cloud.call when risk == write
  destroys: allow cloud.call when risk == destructive
  critical: allow cloud.call when risk == critical
  ${rules}
}`;
  const { contract, diagnostics } = check({ path: "x", text }, LINKED);
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return { runtime: loadSync(compiled.bytes), bytes: compiled.bytes };
}

function decide(runtime: Runtime, action: string) {
  const principal = { id: "bot" };
  const request = {
    event: "call",
    principal,
    action: { tool: "cloud.call", args: { action } },
    context: { time: 1, call_id: "c" },
  };
  const { outcome, reason, rules } = runtime.decide(JSON.stringify(request));
  return { outcome, reason, rules };
}

const RULE = { READ: "reads", WRITE: "writes", DESTRUCTIVE: "destroys", CRITICAL: "critical" } as const;
const UNKNOWN = { outcome: "deny", reason: "unknown_action", rules: [] };

test("every action of AWS is found in a module that links them all, with its level", () => {
  const { runtime } = linking("use registry aws.*");
  const wrong = catalogue
    .entries("aws")
    .filter((entry) => decide(runtime, entry.name).rules.join() !== RULE[entry.level]);
  expect(wrong).toEqual([]);
});

test("what was not linked is not found, though the registry holds it", () => {
  const { runtime } = linking("use registry aws.s3, gcp.storage");
  const some = PROVIDERS.flatMap((provider) => catalogue.entries(provider).filter((_, i) => i % 40 === 0));
  for (const { name, level } of some) {
    const isLinked = name.startsWith("aws:s3:") || name.startsWith("gcp:storage.");
    expect([name, decide(runtime, name)]).toEqual([
      name,
      isLinked ? expect.objectContaining({ rules: [RULE[level]] }) : UNKNOWN,
    ]);
  }
});

describe("names never alias", () => {
  const { runtime } = linking("use registry aws.*, azure.*");
  const entries = [...catalogue.entries("aws"), ...catalogue.entries("azure")];
  const known = new Set(entries.map(({ name }) => name.toLowerCase()));

  test("a name near a linked one is found only when it is one itself", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...entries.filter((_, i) => i % 7 === 0)),
        fc.nat(),
        fc.nat(2),
        fc.constantFrom("", "x", "\u212a", "\u0000", ":", "S"),
        ({ name }, at, skip, put) => {
          const cut = at % (name.length + 1);
          const other = name.slice(0, cut) + put + name.slice(cut + skip);
          const canonical = other.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
          const isKnown = known.has(canonical) && /^(?:aws|azure):/.test(other);
          return (decide(runtime, other).reason !== "unknown_action") === isKnown;
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test("random names are unknown", () => {
    const letters = "abcdefghijklmnopqrstuvwxyz:/.ABC";
    fc.assert(
      fc.property(
        fc.constantFrom("aws:s3:", "aws:", "azure:", ""),
        fc.integer({ min: 0 }),
        fc.nat(40),
        (head, seed, size) => {
          let rest = "";
          for (let i = 0, x = seed; i < size; i++, x = (x * 48271 + i) % 2147483647)
            rest += letters[x % letters.length];
          return known.has((head + rest).toLowerCase()) || decide(runtime, head + rest).reason === "unknown_action";
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

test("the order and number of mentions changes nothing: the same actions, the same bytes", () => {
  const one = linking("use registry aws.{s3, sqs}, gcp.storage");
  const other = linking("use registry gcp.storage, aws.{sqs, s3, s3}\n  use registry aws.s3");
  expect(other.bytes).toEqual(one.bytes);
});

test("the record of docs/formats/registry.md is what the compiler writes", () => {
  const { bytes } = linking("", "only: deny cloud.call when action == gcp:storage.buckets.get");
  const record = Buffer.concat([Buffer.from("00000b00e001", "hex"), Buffer.from("buckets.get")]);
  expect(Buffer.from(bytes).includes(record)).toBe(true);
});

test("sizes stay what docs/registry.md says: 12 services below 110 KB, all of AWS below 760 KB", () => {
  const empty = linking("", "").bytes.length;
  const services = linking("use registry aws.{s3, ec2, iam, rds, logs, sqs, lambda, kms, sns, dynamodb, ecs, eks}");
  expect(services.bytes.length - empty).toBeLessThan(110_000);
  expect(linking("use registry aws.*").bytes.length - empty).toBeLessThan(760_000);
});
