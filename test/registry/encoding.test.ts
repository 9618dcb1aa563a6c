/** The registry in a module: docs/formats/registry.md. */

import { readFileSync } from "node:fs";
import { PROVIDERS, type Selector } from "@thc/registry";
import { linkActions, openActions } from "@thc/registry/encoding";
import { loadCatalogue } from "@thc/registry/node";
import fc from "fast-check";
import { expect, test } from "vitest";

const catalogue = loadCatalogue();
const everything = PROVIDERS.flatMap((provider) => catalogue.entries(provider));
const pattern = (text: string): Selector => ({ kind: "pattern", text });

function link(selectors: readonly Selector[]): Uint8Array {
  const linked = linkActions(catalogue, selectors);
  if (!linked.ok) throw new Error("nothing linked");
  return linked.bytes;
}

const three = link(["aws:s3:DeleteBucket", "aws:s3:GetObject", "gcp:storage.buckets.get"].map(pattern));

test("the vector in the specification is what is written", () => {
  const specification = readFileSync(new URL("../../docs/formats/registry.md", import.meta.url), "utf8");
  const vector = /```\n([0-9a-f\n]+)```/.exec(specification)?.[1]?.replaceAll("\n", "");
  expect(Buffer.from(three).toString("hex")).toBe(vector);
});

test("the reader, which shares no code with the writer, finds every linked action with its level, effect and flags", () => {
  const actions = openActions(link(PROVIDERS.map((provider) => ({ kind: "provider", provider }))))!;
  const wrong = everything.filter((entry) => {
    const found = actions.find(entry.name);
    return found?.level !== entry.level || found.effect !== entry.effect || found.flags.join() !== entry.flags.join();
  });
  expect(wrong).toEqual([]);
  expect(actions.size).toBe(new Set(actions.names()).size);
});

test("an action that was not linked is not found, though the catalogue holds it", () => {
  const actions = openActions(
    link([{ kind: "service", provider: "aws", service: "s3" }, pattern("gcp:storage.buckets.get")]),
  )!;
  const found = everything.filter((entry) => actions.find(entry.name) !== undefined).map((entry) => entry.name);
  const expected = everything.filter(
    (entry) => entry.name.startsWith("aws:s3:") || entry.name === "gcp:storage.buckets.get",
  );
  expect(found).toEqual(expected.map((entry) => entry.name));
});

test("names near a linked one are not found", () => {
  const actions = openActions(link([{ kind: "provider", provider: "aws" }]))!;
  const known = new Set(actions.names());
  fc.assert(
    fc.property(
      fc.constantFrom(...[...known].slice(0, 5_000)),
      fc.nat(),
      fc.constantFrom("", "x", "\u212a", "\u0000", ":"),
      (name, at, put) => {
        const cut = at % (name.length + 1);
        const other = name.slice(0, cut) + put + name.slice(cut + 1);
        return (
          (actions.find(other) !== undefined) === known.has(other.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
        );
      },
    ),
    { numRuns: 5_000 },
  );
});

test("the same set gives the same bytes, in whatever order it is named", () => {
  const some = ["aws:s3:Get*", "azure:Microsoft.Compute/disks/*", "aws:s3:DeleteBucket", "gcp:storage.buckets.get"].map(
    pattern,
  );
  expect(link([...some].reverse())).toEqual(link(some));
  expect(link([...some, ...some])).toEqual(link(some));
});

test("a selector that selects nothing links nothing at all", () => {
  const linked = linkActions(catalogue, [pattern("aws:s3:GetObject"), pattern("aws:s3:GetObjekt")]);
  expect(linked).toMatchObject({
    ok: false,
    selector: pattern("aws:s3:GetObjekt"),
    nearest: expect.arrayContaining(["aws:s3:GetObject"]),
  });
});

test("bytes that do not fit are refused, and no bytes make the reader throw", () => {
  expect(openActions(new Uint8Array())).toBeUndefined();
  expect(openActions(three.slice(0, -1))).toBeUndefined();
  expect(openActions(Uint8Array.from([...three, 0]))).toBeUndefined();
  const edits = fc.array(fc.tuple(fc.nat(three.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(edits, (changes) => {
      const bytes = Uint8Array.from(three);
      for (const [at, value] of changes) bytes[at] = value;
      const actions = openActions(bytes);
      // What is accepted is consistent: every name in it is found.
      return actions === undefined || actions.names().every((name) => actions.find(name) !== undefined);
    }),
    { numRuns: 20_000 },
  );
});

test("sizes stay what the bench prints: 12 services under 40 KB, all of AWS under 420 KB", () => {
  const services = "s3 ec2 iam rds logs sqs lambda kms sns dynamodb ecs eks".split(" ");
  expect(link(services.map((service) => ({ kind: "service", provider: "aws", service }))).length).toBeLessThan(40_000);
  expect(link([{ kind: "provider", provider: "aws" }]).length).toBeLessThan(420_000);
});
