/** A decision of a 10-rule contract from 720 bytes against hand-written JavaScript from the same bytes. */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { handWritten } from "./hand.ts";
import { measure, timesFaster } from "./measure.ts";
import { requests, workload } from "./workload.ts";

for (const n of (process.argv[2] ?? "10,100,1000").split(",").map(Number)) {
  const w = workload(n);
  const t0 = performance.now();
  const { contract, diagnostics } = check({ path: "bench.contract", text: w.text });
  if (contract === undefined) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const t1 = performance.now();
  const made = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in made) throw new Error(made.error);
  const t2 = performance.now();
  const runtime = loadSync(made.bytes);
  const t3 = performance.now();
  const asked = requests(w, 512);
  const bytes = asked.map((r) => new TextEncoder().encode(JSON.stringify(r)));
  const hand = handWritten(w);
  let differ = 0;
  const counts: Record<string, number> = {};
  for (const [i, r] of asked.entries()) {
    const d = runtime.decide(bytes[i]!);
    counts[d.outcome + d.reason] = (counts[d.outcome + d.reason] ?? 0) + 1;
    if (d.outcome !== hand.fromObject(r)) differ++;
  }
  const [h, m, o] = measure(
    [
      { name: "hand", run: (i) => hand.fromBytes(bytes[i & 511]!) },
      { name: "module", run: (i) => runtime.decide(bytes[i & 511]!) },
      { name: "object", run: (i) => runtime.decide(asked[i & 511]!) },
    ],
    40,
  );
  console.log(n, "bytes", bytes.reduce((s, b) => s + b.length, 0) / 512, "differ", differ, counts);
  console.log(
    `  check ${(t1 - t0).toFixed(0)} compile ${(t2 - t1).toFixed(0)} load ${(t3 - t2).toFixed(1)} ms, size ${made.bytes.length}`,
  );
  console.log(
    `  hand ${h!.median.toFixed(2)} module ${m!.median.toFixed(2)} µs, ${timesFaster(h!, m!).toFixed(2)} ×; object ${o!.median.toFixed(2)}`,
  );
}
