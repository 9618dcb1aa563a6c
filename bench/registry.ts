/**
 * `npm run registry:measure`: what linked cloud actions cost in a module, in bytes and in time for a look-up. Prints the table of
 * docs/registry.md and every goal as met or MISSED.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { contractCatalogue, PROVIDERS } from "@thc/registry";
import { loadCatalogueIn } from "@thc/registry/node";
import { median } from "./measure.ts";

const ROUNDS = 15;
const catalogue = loadCatalogueIn(pathToFileURL("registry/data/"));
const kernel = readFileSync("runtime/kernel/dist/kernel.wasm");
const TWELVE = "aws.{s3, ec2, iam, rds, logs, sqs, lambda, kms, sns, dynamodb, ecs, eks}";
const FIFTY = catalogue
  .entries("aws", "s3")
  .slice(0, 50)
  .map((entry) => entry.name);

interface Row {
  readonly title: string;
  readonly use: string;
  readonly when: string;
}
const ROWS: readonly Row[] = [
  { title: "none", use: "", when: "" },
  { title: "50 actions of s3", use: "", when: ` when action in [${FIFTY.join(", ")}]` },
  { title: "12 services", use: `use registry ${TWELVE}`, when: "" },
  { title: "all of AWS", use: "use registry aws.*", when: "" },
  { title: "everything", use: `use registry ${PROVIDERS.map((p) => `${p}.*`).join(", ")}`, when: "" },
];

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly input: (length: number) => number;
  /** Class and severity, −1: not linked. `free`: where there is room for 1 KB. */
  readonly test_action: (at: number, length: number, free: number) => number;
}

function link({ use, when }: Row): { readonly actions: number; readonly bytes: Uint8Array; readonly ms: number } {
  const tool = "tool cloud.call(action: CloudAction) level of action risk of action";
  const text = `contract "bench" version "1" {\n  agent bot { id "bot" }\n  ${use}\n  ${tool}\n  all: allow cloud.call${when}\n}\n`;
  const { contract, diagnostics } = check({ path: "bench", text }, { catalogue: () => contractCatalogue(catalogue) });
  if (contract === undefined) throw new Error(JSON.stringify(diagnostics.slice(0, 2)));
  const start = performance.now();
  const compiled = compile(contract, kernel);
  if ("error" in compiled) throw new Error(compiled.error);
  return { actions: contract.registry?.actions.length ?? 0, bytes: compiled.bytes, ms: performance.now() - start };
}

/** Microseconds a call over all names, the median of rounds. */
function timed(names: readonly number[], run: (i: number) => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    for (const i of names) run(i);
    return ((performance.now() - begun) * 1_000) / names.length;
  });
  return median(rounds);
}

/** Every name of AWS in memory, spelled as the provider does, found through the kernel. */
function lookUp(bytes: Uint8Array, names: readonly string[]): number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), {});
  const { memory, input, test_action } = exports as unknown as Exports;
  const encoded = names.map((name) => new TextEncoder().encode(name));
  const total = encoded.reduce((sum, name) => sum + name.length + 64, 0);
  let at = input(total + 4_096);
  const places = encoded.map((name) => {
    new Uint8Array(memory.buffer).set(name, at);
    const place = at;
    at += name.length + 64;
    return place;
  });
  return timed([...names.keys()], (i) => test_action(places[i] ?? 0, encoded[i]?.length ?? 0, at));
}

const aws = catalogue.entries("aws").map((entry) => entry.name);
const empty = link(ROWS[0] as Row).bytes.length;
process.stdout.write(
  "| linked | actions | bytes | bytes each | compile, ms | look-up of every AWS name, µs |\n|---|---|---|---|---|---|\n",
);
const figures = ROWS.slice(1).map((row) => {
  const { actions, bytes, ms } = link(row);
  const more = bytes.length - empty;
  const us = lookUp(bytes, aws);
  const cells = [row.title, actions, more, (more / actions).toFixed(1), ms.toFixed(0), us.toFixed(3)];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
  return { title: row.title, us };
});
const own = timed([...aws.keys()], (i) => catalogue.find(aws[i] ?? ""));
process.stdout.write(`| the catalogue itself, in JavaScript | | | | | ${own.toFixed(3)} |\n\n`);
const inModule = figures.find((f) => f.title === "all of AWS")?.us ?? Number.NaN;
const goals = [
  { name: "look-up in a module with all of AWS ≤ 0.2 µs", met: inModule <= 0.2, figure: inModule },
  { name: "look-up in JavaScript ≤ 2 µs", met: own <= 2, figure: own },
];
for (const goal of goals)
  process.stdout.write(`${goal.met ? "met   " : "MISSED"} ${goal.name}: ${goal.figure.toFixed(3)} µs\n`);
process.stdout.write(`goals: ${goals.filter((goal) => goal.met).length} of ${goals.length} met\n`);
if (goals.some((goal) => !goal.met)) process.exitCode = 1;
