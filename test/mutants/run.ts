/**
 * `npm run mutants -- [--law N] [--subject NAME] [--json]`: plants every mutant in turn and sees whether its law's
 * properties notice. Exit code 1 when one lives, when the table is out of date, or when a law fails without a mutant.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildKernel, bundle, isOfKernel, mutated } from "./build.ts";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";

const { values } = parseArgs({
  options: {
    law: { type: "string" },
    subject: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const TIME_LIMIT = 120_000;
const root = process.cwd();
const folder = mkdtempSync(join(root, "node_modules", ".mutants-"));
const chosen = MUTANTS.filter(
  (m) => (values.law === undefined || m.law === Number(values.law)) && (values.subject ?? m.subject) === m.subject,
);

interface Fate {
  readonly killed: boolean;
  readonly by: string;
  readonly seconds: number;
}

async function fateOf(law: number, subject: string, mutant: Mutant | undefined): Promise<Fate> {
  const start = process.hrtime.bigint();
  const fate = (killed: boolean, by: string): Fate => ({
    killed,
    by,
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
  });
  const change = mutant === undefined ? undefined : mutated(root, mutant);
  if (change !== undefined && "stale" in change) return fate(false, `stale: ${change.stale}`);
  const outfile = join(folder, "attempt.mjs");
  const kernel = mutant !== undefined && isOfKernel(mutant) ? [join(folder, "kernel.wasm")] : [];
  if (mutant !== undefined && kernel[0] !== undefined) await buildKernel(root, kernel[0], mutant);
  else await bundle(root, outfile, mutant);
  const { stdout, status, signal, stderr } = spawnSync(process.execPath, [outfile, String(law), subject, ...kernel], {
    encoding: "utf8",
    timeout: TIME_LIMIT,
  });
  if (signal !== null) return fate(true, "it did not come back");
  if (status !== 0) return fate(false, `the attempt itself failed: ${stderr.slice(0, 400)}`);
  const answer = JSON.parse(stdout) as { readonly sentence: string; readonly message: string } | null;
  return answer === null ? fate(false, "") : fate(true, answer.sentence);
}

const rows: (Fate & Mutant)[] = [];
const broken: string[] = [];
try {
  const baselines = new Map(chosen.map((m) => [`${m.law} ${m.subject}`, m]));
  for (const { law, subject } of baselines.values()) {
    const { killed, by } = await fateOf(law, subject, undefined);
    if (killed || by !== "") broken.push(`law ${law} fails on ${subject} without a mutant: ${by}`);
  }
  for (const mutant of chosen) {
    const fate = await fateOf(mutant.law, mutant.subject, mutant);
    rows.push({ ...mutant, ...fate });
    if (!values.json) {
      const state = fate.killed ? "killed" : "ALIVE ";
      const seconds = `${fate.seconds.toFixed(1)} s`.padStart(7);
      process.stdout.write(
        `${String(mutant.law).padStart(2)}  ${state} ${seconds}  ${mutant.name.padEnd(52)}  ${fate.by}\n`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const met = rows.filter((row) => row.killed).length;
if (values.json) {
  const mutants = rows.map(({ name, law, subject, file, killed, by, seconds }) => ({
    law,
    name,
    subject,
    file,
    killed,
    by,
    seconds,
  }));
  process.stdout.write(`${JSON.stringify({ mutants, broken, goals: { met, of: rows.length } }, null, 2)}\n`);
} else {
  for (const line of broken) process.stdout.write(`${line}\n`);
  process.stdout.write(`goals: ${met} of ${rows.length} met\n`);
}
process.exitCode = met === rows.length && broken.length === 0 ? 0 : 1;
