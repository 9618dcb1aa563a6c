/**
 * `npm run fuzz`: the differential run as a program.
 *
 * Prints the pairs a second, how often each construct was exercised, and the first difference, shrunk. Exit code 1 on a
 * difference or a goal that was not met: a construct that never came up is one.
 */
import { oneOf, readArguments, wholeNumber } from "../../bench/arguments.ts";
import { failureText, run } from "./run.ts";
import { SUBJECTS, subjectNamed } from "./subjects.ts";

/** Fewer pairs cannot be expected to meet every construct. */
const PAIRS_FOR_COVERAGE = 50_000;

const USAGE = `usage: npm run fuzz -- [--pairs N] [--seed S] [--subject NAME] [--json]

Makes contracts and requests, and has two implementations decide each pair. Prints how often each construct came up, and
the first difference, shrunk. Exit code 1 on a difference; from ${PAIRS_FOR_COVERAGE} pairs on also when a construct never came up.

  --pairs N       requests to compare (20000)
  --seed S        the first case; those after it have the numbers that follow (1)
  --subject NAME  what is compared with the reference: ${[...SUBJECTS.keys()].join(", ")} (kernel)
  --json          the counts as JSON

  npm run fuzz -- --pairs 2000 --seed 7
  npm run fuzz -- --pairs 1 --seed 5102          the case of a difference once more
`;

const values = readArguments(USAGE, {
  pairs: { type: "string", default: "20000" },
  seed: { type: "string", default: "1" },
  subject: { type: "string", default: "kernel" },
  json: { type: "boolean", default: false },
});
const pairs = wholeNumber("pairs", values.pairs, 1, 1e9);
const seed = wholeNumber("seed", values.seed, 0, 4_294_967_295);

const subject = await subjectNamed(oneOf("subject", values.subject, SUBJECTS.keys()));
const start = process.hrtime.bigint();
let next = 0;
const result = run(subject, pairs, seed, (done, contracts) => {
  if (values.json || done < next) return;
  next += Math.max(5_000, Math.floor(pairs / 20));
  process.stderr.write(`${done} pairs, ${contracts} contracts\n`);
});
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const counts = result.coverage.counts();
const missing = result.pairs < PAIRS_FOR_COVERAGE ? [] : counts.filter(([, , count]) => count === 0);
const goals = result.pairs < PAIRS_FOR_COVERAGE ? 1 : 1 + counts.length;
const met = goals - missing.length - (result.failure === undefined ? 0 : 1);

if (values.json) {
  const report = {
    subject: subject.name,
    seed,
    pairs: result.pairs,
    contracts: result.contracts,
    pairs_per_second: Math.round(result.pairs / seconds),
    difference: result.failure === undefined ? null : failureText(result.failure),
    constructs: Object.fromEntries(counts.map(([group, name, count]) => [`${group}: ${name}`, count])),
    goals: { met, of: goals },
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  let group = "";
  for (const [of, name, count] of counts) {
    if (of !== group) process.stdout.write(`${of}\n`);
    group = of;
    process.stdout.write(`  ${name.padEnd(22)} ${String(count).padStart(9)}${count === 0 ? "  never" : ""}\n`);
  }
  const speed = Math.round(result.pairs / seconds);
  process.stdout.write(`\n${subject.name}: ${result.pairs} pairs, ${result.contracts} contracts, ${speed} pairs/s\n`);
  if (result.failure !== undefined) process.stdout.write(`\n${failureText(result.failure)}\n\n`);
  process.stdout.write(`goals: ${met} of ${goals} met\n`);
}
process.exitCode = met === goals ? 0 : 1;
