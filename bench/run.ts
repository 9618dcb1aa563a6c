/**
 * `npm run bench [-- --json] [--sizes 10,100]`: this module against hand-written JavaScript from the same bytes, interleaved, one
 * child process a size. Prints every goal as met or MISSED with its figure.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { SizeFigures } from "./size.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    sizes: { type: "string", default: "10,100,1000,10000" },
    rounds: { type: "string", default: "40" },
  },
});

interface Goal {
  readonly name: string;
  readonly met: boolean;
  readonly figure: string;
}

const folder = mkdtempSync(join("node_modules", ".bench-"));
const sizes: SizeFigures[] = [];
const faults: string[] = [];
try {
  const outfile = join(folder, "size.mjs");
  const banner = 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);';
  await build({
    entryPoints: ["bench/size.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["source"],
    logLevel: "warning",
    banner: { js: banner },
  });
  for (const size of values.sizes.split(",")) {
    const child = spawnSync(process.execPath, [outfile, size, values.rounds], { encoding: "utf8" });
    if (child.status === 0) sizes.push(JSON.parse(child.stdout) as SizeFigures);
    else faults.push(`${size} rules: ${child.signal ?? `exit ${child.status}`} ${child.stderr.split("\n")[0] ?? ""}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const goals: Goal[] = sizes.flatMap((s) => [
  {
    name: `${s.rules} rules: answers agree with hand-written code`,
    met: s.disagreements === 0,
    figure: `${s.disagreements} differ`,
  },
  {
    name: `${s.rules} rules: ≥ 4 × as fast as hand-written`,
    met: s.timesHand >= 4,
    figure: `${s.timesHand.toFixed(2)} ×`,
  },
]);
const first = sizes.find((s) => s.rules === 10);
const last = sizes.find((s) => s.rules === 10_000);
if (first !== undefined) {
  goals.push({
    name: "10 rules: ≤ 1.6 × the floor",
    met: first.timesFloor <= 1.6,
    figure: `${first.timesFloor.toFixed(2)} ×`,
  });
  goals.push({
    name: "10 rules: cold start ≤ 5 ms",
    met: first.coldStartMs <= 5,
    figure: `${first.coldStartMs.toFixed(1)} ms`,
  });
}
if (first !== undefined && last !== undefined) {
  const growth = (last.medians["module, bytes"] ?? Number.NaN) / (first.medians["module, bytes"] ?? Number.NaN);
  goals.push({ name: "10,000 rules: ≤ 1.5 × the time of 10", met: growth <= 1.5, figure: `${growth.toFixed(2)} ×` });
  goals.push({
    name: "10,000 rules: compile ≤ 200 ms",
    met: last.compileMs <= 200,
    figure: `${last.compileMs.toFixed(0)} ms`,
  });
}
goals.push(...faults.map((f) => ({ name: "every size ends", met: false, figure: f })));
const met = goals.filter((g) => g.met).length;

if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, sizes, goals, met, of: goals.length }, null, 2)}\n`,
  );
} else {
  process.stdout.write(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}; microseconds, median (p99)\n\n`,
  );
  const names = Object.keys(sizes[0]?.medians ?? {});
  process.stdout.write(
    `${"rules".padStart(8)}${names.map((n) => n.padStart(28)).join("")}${"compile ms".padStart(12)}${"module KB".padStart(11)}\n`,
  );
  for (const s of sizes) {
    const cells = names.map((n) => `${(s.medians[n] ?? 0).toFixed(2)} (${(s.p99[n] ?? 0).toFixed(2)})`.padStart(28));
    process.stdout.write(
      `${String(s.rules).padStart(8)}${cells.join("")}${s.compileMs.toFixed(0).padStart(12)}${(s.moduleBytes / 1024).toFixed(0).padStart(11)}\n`,
    );
  }
  process.stdout.write("\n");
  for (const g of goals) process.stdout.write(`${g.met ? "met   " : "MISSED"}  ${g.name}: ${g.figure}\n`);
  process.stdout.write(`goals: ${met} of ${goals.length} met\n`);
}
process.exitCode = met === goals.length ? 0 : 1;
