/** Names never alias: only what was put in is found. */

import { nearActions, nearest, PROVIDERS, parseName } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import fc from "fast-check";
import { expect, test } from "vitest";

const catalogue = loadCatalogue();
const names = PROVIDERS.flatMap((provider) => catalogue.entries(provider).map((entry) => entry.name));

/** What counts as the same name, said independently of the package: ASCII case, for AWS and Azure only. */
function same(name: string): string {
  if (!name.startsWith("aws:") && !name.startsWith("azure:")) return name;
  return [...name]
    .map((letter) => (letter >= "A" && letter <= "Z" ? String.fromCharCode(letter.charCodeAt(0) + 32) : letter))
    .join("");
}
const known = new Set(names.map(same));

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:/-_ \u212a\u0130\u0131é\u0000";

/** A real name with one to three letters put in, taken out, replaced or swapped, its case turned, or something behind it. */
function mutate(random: (below: number) => number): string {
  let name = names[random(names.length)]!;
  for (let step = 1 + random(3); step > 0; step -= 1) {
    const at = random(name.length + 1);
    const letter = LETTERS.charAt(random(LETTERS.length));
    const kind = random(6);
    if (kind === 0) name = name.slice(0, at) + letter + name.slice(at);
    else if (kind === 1) name = name.slice(0, at) + name.slice(at + 1);
    else if (kind === 2) name = name.slice(0, at) + letter + name.slice(at + 1);
    else if (kind === 3) name = name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
    else if (kind === 4) name = name.toUpperCase().replace(/^[A-Z]+/, (provider) => provider.toLowerCase());
    else name += names[random(names.length)]!.slice(random(20));
  }
  return name;
}

test("a million random and mutated names: found exactly when the name was put in", () => {
  const random = randomFrom(20_261_121);
  let found = 0;
  const wrong: string[] = [];
  for (let round = 0; round < 1_000_000; round += 1) {
    const name = mutate(random);
    const entry = catalogue.find(name);
    if (entry !== undefined) found += 1;
    if ((entry !== undefined) !== known.has(same(name)) || (entry !== undefined && same(entry.name) !== same(name)))
      wrong.push(name);
  }
  expect(wrong).toEqual([]);
  // Both answers are exercised.
  expect(found).toBeGreaterThan(1_000);
});

test("letter case matters exactly where the provider says", () => {
  expect(catalogue.find("aws:S3:deletebucket")?.name).toBe("aws:s3:DeleteBucket");
  expect(catalogue.find("azure:microsoft.compute/VIRTUALMACHINES/delete")?.level).toBe("DESTRUCTIVE");
  expect(catalogue.find("gcp:storage.buckets.Delete")).toBeUndefined();
  expect(catalogue.find("AWS:s3:DeleteBucket")).toBeUndefined();
  // The Kelvin sign becomes k in Unicode's lower case, and is another letter.
  expect(catalogue.find("aws:s3:DeleteBuc\u212aet")).toBeUndefined();
});

test("names that are none are not parsed, and nothing throws", () => {
  for (const name of [
    "",
    ":",
    "aws",
    "aws:",
    "aws:s3",
    "aws:s3:",
    "aws::Get",
    "gcp:storage",
    "gcp:.x",
    "x:y:z",
    `aws:s3:${"a".repeat(600)}`,
  ]) {
    expect([name, parseName(name)]).toEqual([name, undefined]);
  }
  fc.assert(
    fc.property(fc.string(), (name) => {
      parseName(name);
      nearActions(catalogue, name);
      return catalogue.find(name) === undefined || known.has(same(name));
    }),
  );
});

test("a typo gets the near names, nearest first, and nothing near gets none", () => {
  expect(nearActions(catalogue, "aws:s3:DeleteBuket")).toContain("aws:s3:DeleteBucket");
  expect(nearActions(catalogue, "aws:s3:DeleteBukcet")[0]).toBe("aws:s3:DeleteBucket");
  expect(nearActions(catalogue, "aws:s33:DeleteBucket")[0]).toBe("aws:s3:DeleteBucket");
  expect(nearActions(catalogue, "gcp:storage.bucket.delete")[0]).toBe("gcp:storage.buckets.delete");
  expect(nearActions(catalogue, "azure:Microsoft.Compute/virtualMachine/delete")[0]).toBe(
    "azure:Microsoft.Compute/virtualMachines/delete",
  );
  expect(nearActions(catalogue, "aws:s3:PaintTheFenceGreenAgain")).toEqual([]);
});

test("nearness counts insertions, deletions, replacements and swaps, ignores case, and has a limit", () => {
  expect(nearest("buckets", ["BUCKETS", "bukcets", "buckts", "buckess", "bouckets"], 9)).toEqual([
    "BUCKETS",
    "bouckets",
    "buckess",
    "buckts",
    "bukcets",
  ]);
  expect(nearest("bucket", ["ticket"], 9)).toEqual([]);
  expect(nearest("dog", ["cat", "dot", "dug"], 1)).toEqual(["dot"]);
});
