/** One size in one process: an engine that aborts takes nothing else with it. Prints its figures as one line of JSON. */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { sha256OfBytes } from "../cli/src/toolchain/sha256.ts";
import { handWritten } from "./hand.ts";
import { type Contender, measure, timesFaster } from "./measure.ts";
import { requests, workload } from "./workload.ts";

export interface SizeFigures {
  readonly rules: number;
  readonly requestBytes: number;
  /** Requests on which module and hand-written code differ. */
  readonly disagreements: number;
  readonly checkMs: number;
  readonly compileMs: number;
  readonly coldStartMs: number;
  readonly moduleBytes: number;
  /** Microseconds. */
  readonly medians: Readonly<Record<string, number>>;
  readonly p99: Readonly<Record<string, number>>;
  /** Pair by pair, in this one run. */
  readonly timesHand: number;
  readonly timesFloor: number;
}

interface FloorExports {
  readonly memory: WebAssembly.Memory;
  readonly input: (length: number) => number;
  readonly test_validate: (length: number) => number;
}

const REQUESTS = 512;

function figures(rules: number, rounds: number): SizeFigures {
  const w = workload(rules);
  const kernel = readFileSync("runtime/kernel/dist/kernel.wasm");
  const start = performance.now();
  const { contract, diagnostics } = check({ path: "bench.contract", text: w.text });
  if (contract === undefined) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const checked = performance.now();
  // as the command line has it
  const compiled = compile(contract, kernel, undefined, sha256OfBytes);
  if ("error" in compiled) throw new Error(compiled.error);
  const made = performance.now();
  const asked = requests(w, REQUESTS);
  const encoder = new TextEncoder();
  const bytes = asked.map((r) => encoder.encode(JSON.stringify(r)));
  const at = (i: number): Uint8Array => bytes[i % REQUESTS] as Uint8Array;
  const cold = performance.now();
  const runtime = loadSync(compiled.bytes);
  runtime.decide(at(0));
  const coldStartMs = performance.now() - cold;

  const hand = handWritten(w);
  const disagreements = asked.filter((r, i) => runtime.decide(at(i)).outcome !== hand.fromObject(r)).length;
  const floor = new WebAssembly.Instance(new WebAssembly.Module(compiled.bytes as BufferSource), {})
    .exports as unknown as FloorExports;
  const floorAt = floor.input(65_536);
  const floorMemory = new Uint8Array(floor.memory.buffer);
  const contenders: Contender[] = [
    { name: "hand-written, bytes", run: (i) => hand.fromBytes(at(i)) },
    { name: "module, bytes", run: (i) => runtime.decide(at(i)) },
    { name: "module, object", run: (i) => runtime.decide(asked[i % REQUESTS] as object) },
    {
      name: "floor: JSON only checked",
      run: (i) => {
        floorMemory.set(at(i), floorAt);
        return floor.test_validate(at(i).length);
      },
    },
  ];
  const measured = measure(contenders, rounds);
  const [byHand, module, , checkedOnly] = measured;
  if (byHand === undefined || module === undefined || checkedOnly === undefined)
    throw new Error("nothing was measured");
  return {
    rules,
    requestBytes: Math.round(bytes.reduce((n, b) => n + b.length, 0) / REQUESTS),
    disagreements,
    checkMs: checked - start,
    compileMs: made - checked,
    coldStartMs,
    moduleBytes: compiled.bytes.length,
    medians: Object.fromEntries(measured.map((m) => [m.name, m.median])),
    p99: Object.fromEntries(measured.map((m) => [m.name, m.p99])),
    timesHand: timesFaster(byHand, module),
    timesFloor: 1 / timesFaster(checkedOnly, module),
  };
}

const [rules, rounds] = process.argv.slice(2).map(Number);
process.stdout.write(`${JSON.stringify(figures(rules ?? 10, rounds ?? 40))}\n`);
