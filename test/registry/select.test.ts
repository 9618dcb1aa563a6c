/** Which actions a contract means. */

import { globMatches, type Selector, selectActions } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import fc from "fast-check";
import { expect, test } from "vitest";

const catalogue = loadCatalogue();
const pattern = (text: string): Selector => ({ kind: "pattern", text });
const service = (provider: string, name: string): Selector => ({ kind: "service", provider, service: name });

test("a glob means the actions that match it, at the highest level of them", () => {
  const selection = selectActions(catalogue, pattern("aws:s3:Get*"));
  expect(selection.ok && selection.entries.every((entry) => entry.name.startsWith("aws:s3:Get"))).toBe(true);
  expect(selection.ok && selection.entries.length).toBe(
    catalogue.entries("aws", "s3").filter((entry) => entry.operation.startsWith("Get")).length,
  );
  expect(selection).toMatchObject({ ok: true, level: "CRITICAL" });
  expect(selectActions(catalogue, pattern("aws:sqs:Send*"))).toMatchObject({ ok: true, level: "WRITE" });
});

test("a glob ignores case where the provider does", () => {
  expect(selectActions(catalogue, pattern("aws:S3:delete*"))).toMatchObject({ ok: true });
  expect(selectActions(catalogue, pattern("gcp:storage.Buckets.*"))).toMatchObject({ ok: false });
});

test("what selects nothing fails, with near names", () => {
  expect(selectActions(catalogue, pattern("aws:s3:DeleteBuket"))).toEqual({
    ok: false,
    nearest: expect.arrayContaining(["aws:s3:DeleteBucket"]),
  });
  expect(selectActions(catalogue, pattern("aws:s3:Zz*"))).toEqual({ ok: false, nearest: [] });
  expect(selectActions(catalogue, service("aws", "dynamodbb"))).toEqual({ ok: false, nearest: ["dynamodb"] });
  expect(selectActions(catalogue, { kind: "provider", provider: "amazon" })).toEqual({ ok: false, nearest: [] });
});

test("services have short names: compute, rbac", () => {
  expect(selectActions(catalogue, service("azure", "compute"))).toMatchObject({ ok: true, level: "CRITICAL" });
  expect(selectActions(catalogue, service("azure", "Microsoft.Compute"))).toMatchObject({ ok: true });
  expect(selectActions(catalogue, service("kubernetes", "rbac"))).toMatchObject({ ok: true });
});

test("both spellings of an Azure service are one service", () => {
  const web = selectActions(catalogue, service("azure", "web"));
  const spellings = web.ok ? new Set(web.entries.map((entry) => entry.service)) : new Set();
  expect(spellings).toEqual(new Set(["Microsoft.Web", "microsoft.web"]));
});

test("a glob matches as the regular expression with .* for each star", () => {
  const letter = fc.constantFrom("a", "b", "*");
  fc.assert(
    fc.property(
      fc.array(letter, { maxLength: 8 }),
      fc.array(fc.constantFrom("a", "b"), { maxLength: 12 }),
      (glob, text) => {
        const expression = new RegExp(`^${glob.map((each) => (each === "*" ? ".*" : each)).join("")}$`);
        return globMatches(glob.join(""), text.join("")) === expression.test(text.join(""));
      },
    ),
    { numRuns: 2_000 },
  );
});
