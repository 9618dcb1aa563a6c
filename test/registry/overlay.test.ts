/** A host's own entries. */

import { loadCatalogue } from "@thc/registry/node";
import { type OverlayEntry, overlay } from "@thc/registry/overlay";
import { expect, test } from "vitest";

const base = loadCatalogue();
const identity = { version: "acme-1", digest: "sha256:0" };

function put(entries: readonly OverlayEntry[]) {
  return overlay(base, entries, identity);
}

test("a level may be raised, and what else is known of the action stays", () => {
  const result = put([{ name: "aws:S3:PutObject", level: "CRITICAL", flags: ["payment"], because: "our invoices" }]);
  const found = result.ok ? result.catalogue.find("aws:s3:putobject") : undefined;
  expect(found).toMatchObject({
    name: "aws:s3:PutObject",
    level: "CRITICAL",
    effect: "write",
    rule: "overlay",
    flags: ["payment"],
    because: "our invoices",
  });
  expect(result.ok && result.catalogue.entries("aws")).toHaveLength(base.entries("aws").length);
});

test("a level is not lowered without a reason, and is with one", () => {
  const lower = { name: "aws:s3:DeleteBucket", level: "WRITE" } as const;
  expect(put([lower])).toEqual({
    ok: false,
    errors: [
      {
        entry: 0,
        message: "`aws:s3:DeleteBucket` is CRITICAL and may not be lowered to WRITE without `override: reason`",
      },
    ],
  });
  const result = put([{ ...lower, override: "only the sandbox account" }]);
  expect(result.ok && result.catalogue.find("aws:s3:DeleteBucket")).toMatchObject({
    level: "WRITE",
    because: "only the sandbox account",
  });
});

test("an action the catalogue does not hold is added, and nothing near it", () => {
  const result = put([{ name: "aws:acme:Launch", level: "DESTRUCTIVE" }]);
  expect(result.ok && result.catalogue.find("aws:acme:Launch")?.level).toBe("DESTRUCTIVE");
  expect(result.ok && result.catalogue.find("aws:acme:Launches")).toBeUndefined();
  expect(result.ok && result.catalogue.find("gcp:storage.buckets.delete")?.level).toBe("CRITICAL");
  expect(result.ok && result.catalogue.services("aws")).toContain("acme");
});

test("every wrong entry is reported with its number", () => {
  const result = put([
    { name: "s3:DeleteBucket", level: "CRITICAL" },
    { name: "aws:s3:PutObject", level: "CRITICAL" },
    { name: "aws:S3:putobject", level: "CRITICAL" },
    { name: "aws:iam:PassRole", level: "READ" },
  ]);
  expect(result).toMatchObject({ ok: false, errors: [{ entry: 0 }, { entry: 2 }, { entry: 3 }] });
});

test("the result has the identity it was given, and the base is unchanged", () => {
  const result = put([{ name: "aws:s3:PutObject", level: "CRITICAL" }]);
  expect(result.ok && result.catalogue.identity).toEqual(identity);
  expect(base.find("aws:s3:PutObject")?.level).toBe("WRITE");
});
