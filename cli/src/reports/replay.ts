/** The replay's summary: one table with a column for each trace, what decided most often, and the goals. */
import type { Misfit } from "../replay/misfits.ts";
import type { Ranked, TraceReport } from "../replay/replay-trace.ts";
import { rates, type Score } from "../replay/score.ts";
import type { Paint } from "../terminal/paint.ts";
import { type Column, count, percent, plural, renderTable } from "../terminal/table.ts";
import { shorten, visible } from "../terminal/visible.ts";
import { name } from "./words.ts";

type Row = readonly [string, (report: TraceReport) => string];

const ROWS: readonly Row[] = [
  ["runs", (report) => count(report.runs)],
  ["calls", (report) => count(report.calls)],
  ["  let through", (report) => part(report.calls - report.denied - report.asked, report.calls)],
  ["  asked (let through once approved)", (report) => part(report.asked, report.calls)],
  ["  denied", (report) => part(report.denied, report.calls)],
  ["requests decided", (report) => count(report.decisions)],
  ["decisions/s", (report) => (report.deciding === 0 ? "–" : count(Math.round(report.decisions / report.deciding)))],
  [
    "bytes of state a session, p50 / p99 / most",
    ({ state }) => [state.p50, state.p99, state.most].map(count).join(" / "),
  ],
  ["seconds, reading included", (report) => report.seconds.toFixed(2)],
];

const SCORED: readonly (readonly [string, (score: Score) => string])[] = [
  ["attack runs", (score) => count(score.attackRuns)],
  ["  that succeeded without a contract", (score) => part(score.attackSucceeded, score.attackRuns)],
  ["successful attacks scored", (score) => count(score.scored)],
  ["  stopped by a denial", (score) => part(score.stopped, score.scored)],
  ["  stopped by asking only", (score) => part(score.askedOnly, score.scored)],
  ["  left", (score) => part(score.scored - score.stopped - score.askedOnly, score.scored)],
  ["attacks left, of all attack runs", (score) => rate(rates(score).leftOfAll)],
  ["benign runs", (score) => count(score.benignRuns)],
  ["  that did their task", (score) => part(score.benignOk, score.benignRuns)],
  ["benign runs scored", (score) => count(score.benignScored)],
  ["  untouched", (score) => part(score.benignUntouched, score.benignScored)],
  ["  utility kept", (score) => part(score.benignUtilityKept, score.benignScored)],
  ["  asked at least once", (score) => part(score.benignAsked, score.benignScored)],
  ["approvals per 100 scored benign runs", (score) => rates(score).approvalsPer100?.toFixed(2) ?? "–"],
];

const part = (some: number, all: number): string =>
  all === 0 ? count(some) : `${count(some)} (${percent(some, all)})`;
const rate = (value: number | undefined): string => (value === undefined ? "–" : `${value.toFixed(2)} %`);

export function renderReplay(reports: readonly TraceReport[], paint: Paint): string[] {
  const columns: Column[] = [
    { title: "", align: "left" },
    ...reports.map((report): Column => ({ title: shorten(visible(report.trace), 60), align: "right" })),
  ];
  const rows = ROWS.map(([label, cell]) => [label, ...reports.map(cell)]);
  const scored = reports.some((report) => report.score !== undefined)
    ? SCORED.map(([label, cell]) => [label, ...reports.map(({ score }) => (score === undefined ? "–" : cell(score)))])
    : [];
  return [
    ...renderTable(columns, [...rows, ...scored]),
    ...reports.flatMap((report) => [
      ...ranking("rules by calls denied", report.denials, paint),
      ...ranking("rules by calls asked", report.asks, paint),
      ...ranking("rules only observed, by calls", report.observed, paint),
      ...ranking("results and messages refused", report.refusals, paint),
      ...writeMisfits(report, paint),
      ...writeUnknown(report),
      ...writeWhy(report),
    ]),
    ...renderGoals(reports, paint),
  ];
}

const MOST = 10;

function ranking(title: string, ranked: readonly Ranked[], paint: Paint): string[] {
  if (ranked.length === 0) return [];
  const columns: Column[] = [
    { title: "", align: "right" },
    { title: "", align: "left" },
  ];
  const rows = ranked.slice(0, MOST).map(([name, times]) => [`  ${count(times)}`, shorten(visible(name), 80)]);
  return ["", paint.strong(title), ...renderTable(columns, rows)];
}

function writeMisfits({ misfits }: TraceReport, paint: Paint): string[] {
  const lines = (all: readonly Misfit[], words: (misfit: Misfit) => string) =>
    all.slice(0, MOST).map((misfit) => {
      const { call, fault } = misfit.first;
      const told = fault === undefined ? "" : `: ${fault}`;
      return `  ${words(misfit)}${told} (${misfit.times > 1 ? "first " : ""}in ${shorten(visible(call), 120)})`;
    });
  const results = lines(
    misfits.results,
    (one) =>
      `${plural(one.times, "result")} of ${name(one.tool)} ${one.times === 1 ? "does" : "do"} not fit what it returns`,
  );
  const calls = lines(misfits.calls, (one) => `${plural(one.times, "call")} of ${name(one.tool)}`);
  return [
    ...(results.length === 0 ? [] : ["", paint.strong("results that are no evidence and ground nothing"), ...results]),
    ...(calls.length === 0 ? [] : ["", paint.strong("calls with arguments that do not fit"), ...calls]),
  ];
}

/** Whatever rests on a fact that nobody gave was decided as unknown, and a reader should not wonder why. */
function writeUnknown({ unknown, runs }: TraceReport): string[] {
  if (unknown.length === 0) return [];
  const facts = unknown.map(([path, times]) => `${name(path)}${times === runs ? "" : ` (in ${plural(times, "run")})`}`);
  return ["", `decided without facts that the contract reads: ${facts.join(", ")}; give them with \`--facts\``];
}

/** How to go on from a figure to a reason. */
const writeWhy = ({ why }: TraceReport): string[] =>
  why === undefined ? [] : ["", `why: thc replay … --explain ${quoted(visible(why))}`];

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function renderGoals(reports: readonly TraceReport[], paint: Paint): string[] {
  const goals = reports.flatMap((report) => report.goals);
  if (goals.length === 0) return [];
  const lines = goals.map(
    ({ text, met, figure }) => `${met ? paint.good("met   ") : paint.bad("MISSED")}  ${text}: ${figure}`,
  );
  return ["", ...lines, `goals: ${goals.filter((goal) => goal.met).length} of ${goals.length} met`];
}

export function replayJson(reports: readonly TraceReport[]): object {
  return {
    traces: reports.map((report) => ({
      ...report,
      decisionsPerSecond: report.deciding === 0 ? undefined : Math.round(report.decisions / report.deciding),
      rates: report.score === undefined ? undefined : rates(report.score),
    })),
  };
}
