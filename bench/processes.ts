/** Whole commands as processes: `thc check`, `compile`, `test` on a contract of 60 lines, and on one of 10,000 rules. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./measure.ts";
import { workload } from "./workload.ts";

export interface ProcessFigures {
  readonly command: string;
  /** The median, and the least: what it takes when nothing else is in the way. */
  readonly ms: number;
  readonly least: number;
}

const TESTS = Array.from(
  { length: 6 },
  (_, i) => `  test "a call of tool ${i} by nobody's team is denied" {
    as worker
    fact resource.env = "dev"
    fact resource.class = "public"
    fact context.hops = 0
    call svc0.read(host: "api${i}.vendor.example", amount: 1 EUR, ratio: 0, currency: "EUR", path: "/", customer: { id: "c", name: "n" }, tags: [])
    expect deny
  }`,
).join("\n");

export function measureProcesses(rounds: number): readonly ProcessFigures[] {
  const folder = mkdtempSync(join(tmpdir(), "thc-bench-"));
  try {
    const small = workload(18).text.replace(/\}\s*$/, `${TESTS}\n}\n`);
    writeFileSync(join(folder, "small.contract"), small);
    writeFileSync(join(folder, "large.contract"), workload(10_000).text);
    const timed = (command: string, args: readonly string[], times: number): ProcessFigures => {
      const runs = Array.from({ length: times }, () => {
        const start = performance.now();
        const { status, stderr } = spawnSync(process.execPath, ["cli/bin/thc.mjs", ...args], { encoding: "utf8" });
        if (status !== 0) throw new Error(`${command}: exit ${status} ${stderr.slice(0, 200)}`);
        return performance.now() - start;
      });
      return { command, ms: median(runs), least: Math.min(...runs) };
    };
    const at = (name: string): string => join(folder, name);
    return [
      timed("check, 60 lines", ["check", at("small.contract")], rounds),
      timed("compile, 60 lines", ["compile", at("small.contract"), "-o", at("small.wasm")], rounds),
      timed("test, 60 lines", ["test", at("small.contract")], rounds),
      timed("check, 10,000 rules", ["check", at("large.contract")], 3),
      timed("compile, 10,000 rules", ["compile", at("large.contract"), "-o", at("large.wasm")], 3),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
