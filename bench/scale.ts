/** Large contracts and many of them: one measurement in one process. Prints JSON. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadModule, loadSync, type Runtime } from "@thc/runtime";
import { sha256OfBytes } from "../cli/src/toolchain/sha256.ts";
import { measure, timesFaster } from "./measure.ts";
import { requests, workload } from "./workload.ts";

export interface LargeFigures {
  readonly rules: number;
  readonly checkMs: number;
  readonly compileMs: number;
  /** Of the whole process, at its largest. */
  readonly peakMb: number;
  /** Of a decision of ten rules, pair by pair. */
  readonly times: number;
}
export interface TenantFigures {
  readonly modules: number;
  /** Of each, on average. */
  readonly loadMs: number;
  readonly memoryKb: number;
  /** The same where each compiles its own kernel. */
  readonly aloneMs: number;
  readonly aloneKb: number;
}

const kernel = readFileSync("runtime/kernel/dist/kernel.wasm");

function made(rules: number, name = "bench") {
  const start = performance.now();
  const w = workload(rules);
  const { contract } = check({ path: "bench.contract", text: w.text.replace('"bench"', `"${name}"`) });
  if (contract === undefined) throw new Error("the workload does not check");
  const checkMs = performance.now() - start;
  const compiled = compile(contract, kernel, undefined, sha256OfBytes);
  if ("error" in compiled) throw new Error(compiled.error);
  return { w, checkMs, compileMs: performance.now() - start - checkMs, bytes: compiled.bytes };
}

function large(rules: number): LargeFigures {
  const many = made(rules);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const few = made(10);
  const encoder = new TextEncoder();
  const contender = ({ w, bytes }: typeof many, name: string) => {
    const runtime = loadSync(bytes);
    const asked = requests(w, 256).map((r) => encoder.encode(JSON.stringify(r)));
    return { name, run: (i: number) => runtime.decide(asked[i % 256] as Uint8Array) };
  };
  const [all, ten] = measure([contender(many, "many"), contender(few, "ten")], 12);
  return { rules, checkMs: many.checkMs, compileMs: many.compileMs, peakMb, times: timesFaster(all!, ten!) };
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** Bytes of the process, what is garbage left out. */
function resident(): number {
  collect();
  return process.memoryUsage().rss;
}

/** What each of them takes, loaded one after the other and asked once. */
function each(all: readonly Uint8Array[], load: (bytes: Uint8Array) => Runtime): { ms: number; kb: number } {
  const request = new TextEncoder().encode(JSON.stringify(requests(workload(10), 1)[0]));
  const before = resident();
  const start = performance.now();
  const loaded = all.map(load);
  const ms = (performance.now() - start) / all.length;
  for (const runtime of loaded) runtime.decide(request);
  const kb = (resident() - before) / 1024 / all.length;
  return { ms, kb };
}
function tenants(modules: number): TenantFigures {
  const all = Array.from({ length: modules }, (_, i) => made(10, `tenant-${i}`).bytes);
  const alone = each(all.slice(0, 100), (bytes) => loadModule(new WebAssembly.Module(bytes as BufferSource)));
  const together = each(all, (bytes) => loadSync(bytes));
  return { modules, loadMs: together.ms, memoryKb: together.kb, aloneMs: alone.ms, aloneKb: alone.kb };
}

const [what, count] = process.argv.slice(2);
const n = Number(count);
process.stdout.write(`${JSON.stringify(what === "tenants" ? tenants(n) : large(n))}\n`);
