/**
 * `npm run bench` (three minutes) and `npm run bench:full`: what a decision costs, against other ways to make it. Every measurement runs
 * in a child process, contenders interleaved, ratios pair by pair; every goal is printed as met or MISSED with its figure.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { readArguments, refuse } from "./arguments.ts";
import { openChildren } from "./child.ts";
import { printGoals } from "./goals.ts";
import { plot, type Series } from "./plot.ts";
import { type Report, SECTIONS, type Section } from "./sections.ts";

const USAGE = `usage: npm run bench -- [--full] [--only SECTIONS] [--plot FILE] [--json]

Measures decisions in child processes, contenders interleaved, and prints each goal as met or MISSED. Exit code 1 when one was
missed. All of it takes three minutes.

  --full           more rounds (15 minutes)
  --only SECTIONS  some of ${Object.keys(SECTIONS).join(",")}
  --plot FILE      draws what grows with the rules, as SVG
  --json           the figures as JSON

  npm run bench -- --only history
  npm run bench -- --only hand,requests --json
`;

const values = readArguments(USAGE, {
  full: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  only: { type: "string" },
  plot: { type: "string" },
});

const wanted = values.only?.split(",");
const unknown = wanted?.filter((name) => !(name in SECTIONS)) ?? [];
if (unknown.length > 0) refuse(`no section \`${unknown.join(", ")}\`: there are ${Object.keys(SECTIONS).join(", ")}`);
const say = (text: string): void => void (values.json ? process.stderr : process.stdout).write(text);
say(
  `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores; microseconds, medians\n`,
);

const children = await openChildren(["size", "against-peers", "history", "request-sizes", "unpruned", "scale"]);
const reports: { readonly name: string; readonly report: Report }[] = [];
try {
  for (const [name, section] of Object.entries(SECTIONS) as [string, Section][]) {
    if (wanted !== undefined && !wanted.includes(name)) continue;
    const report = section(children, values.full);
    reports.push({ name, report });
    say(`\n${report.title}\n${report.lines.map((line) => `  ${line}\n`).join("")}`);
  }
} finally {
  children.close();
}

const goals = reports.flatMap(({ report }) => report.goals);
if (values.plot !== undefined) {
  const series: Series[] = reports.flatMap(({ report }) => report.series ?? []);
  if (series.length > 0) writeFileSync(values.plot, plot(series));
}
say("\n");
let all: boolean;
if (values.json) {
  const figures = Object.fromEntries(reports.map(({ name, report }) => [name, report.figures]));
  const met = goals.filter((goal) => goal.verdict === "met").length;
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  process.stdout.write(`${JSON.stringify({ machine, figures, goals, met, of: goals.length }, null, 2)}\n`);
  all = printGoals(goals, say);
} else all = printGoals(goals, say);
process.exitCode = all ? 0 : 1;
