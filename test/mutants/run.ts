/**
 * `npm run mutants`: plants every mutant in turn and sees whether its law's properties notice. Exit code 1 when one lives, when the
 * table is out of date, or when a law fails without a mutant.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { oneOf, readArguments, refuse, wholeNumber } from "../../bench/arguments.ts";
import { buildKernel, bundle, isOfKernel, mutated } from "./build.ts";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";

const SUBJECTS = ["kernel", "reference"];
const USAGE = `usage: npm run mutants -- [--law N] [--subject NAME] [--name TEXT] [--jobs N] [--json]

Plants a fault, asks whether the properties of its law notice, and goes on with the next: ${MUTANTS.length} of them.
Exit code 1 when one lives.

  --law N         those of one law
  --subject NAME  those in one implementation: ${SUBJECTS.join(", ")}
  --name TEXT     those whose name holds this text
  --jobs N        so many at once (as many as there are cores)
  --json          what became of each as JSON

  npm run mutants -- --law 8 --subject kernel
  npm run mutants -- --name "any severity"
`;

const values = readArguments(USAGE, {
  law: { type: "string" },
  subject: { type: "string" },
  name: { type: "string", default: "" },
  jobs: { type: "string", default: String(availableParallelism()) },
  json: { type: "boolean", default: false },
});
const law = values.law === undefined ? undefined : wholeNumber("law", values.law, 1, 14);
const subjectOf = values.subject === undefined ? undefined : oneOf("subject", values.subject, SUBJECTS);
const jobs = wholeNumber("jobs", values.jobs, 1, 64);
const chosen = MUTANTS.filter(
  (m) => (law ?? m.law) === m.law && (subjectOf ?? m.subject) === m.subject && m.name.includes(values.name),
);
if (chosen.length === 0) refuse("there is no such mutant");
const TIME_LIMIT = 300_000;
const root = process.cwd();
const folder = mkdtempSync(join(root, "node_modules", ".mutants-"));
interface Fate {
  readonly killed: boolean;
  readonly by: string;
  readonly seconds: number;
}

let attempts = 0;

async function fateOf(law: number, subject: string, mutant: Mutant | undefined): Promise<Fate> {
  const start = process.hrtime.bigint();
  const fate = (killed: boolean, by: string): Fate => ({
    killed,
    by,
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
  });
  const change = mutant === undefined ? undefined : mutated(root, mutant);
  if (change !== undefined && "stale" in change) return fate(false, `stale: ${change.stale}`);
  attempts += 1;
  const ofKernel = mutant !== undefined && isOfKernel(mutant);
  // a mutant of the kernel is no mutant of the program that asks it
  const program = ofKernel ? plain : join(folder, `attempt-${attempts}.mjs`);
  const kernel = ofKernel ? [join(folder, `kernel-${attempts}.wasm`)] : [];
  try {
    if (ofKernel) await buildKernel(root, kernel[0]!, mutant);
    else await bundle(root, program, mutant);
  } catch (error) {
    return fate(false, error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error));
  }
  const { stdout, status, signal, stderr } = await attempt([program, String(law), subject, ...kernel]);
  rmSync(kernel[0] ?? program);
  if (signal !== null) return fate(true, "it did not come back");
  if (status !== 0) return fate(false, `the attempt itself failed: ${stderr.slice(0, 400)}`);
  const answer = JSON.parse(stdout) as { readonly sentence: string; readonly message: string } | null;
  return answer === null ? fate(false, "") : fate(true, answer.sentence);
}

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}
function attempt(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { timeout: TIME_LIMIT }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, signal: child.signalCode, stdout, stderr });
    });
  });
}

/** `work` on every item, `jobs` of them at once. */
async function pool<T>(items: readonly T[], jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}

const plain = join(folder, "plain.mjs");
const rows: (Fate & Mutant)[] = [];
const broken: string[] = [];
try {
  await bundle(root, plain, undefined);
  const baselines = new Map(chosen.map((m) => [`${m.law} ${m.subject}`, m]));
  await pool([...baselines.values()], jobs, async ({ law, subject }) => {
    const { killed, by } = await fateOf(law, subject, undefined);
    if (killed || by !== "") broken.push(`law ${law} fails on ${subject} without a mutant: ${by}`);
  });
  await pool(chosen, jobs, async (mutant) => {
    const fate = await fateOf(mutant.law, mutant.subject, mutant);
    rows.push({ ...mutant, ...fate });
    if (!values.json) {
      const state = fate.killed ? "killed" : "ALIVE ";
      const seconds = `${fate.seconds.toFixed(1)} s`.padStart(7);
      process.stdout.write(
        `${String(mutant.law).padStart(2)}  ${state} ${seconds}  ${mutant.name.padEnd(52)}  ${fate.by}\n`,
      );
    }
  });
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
