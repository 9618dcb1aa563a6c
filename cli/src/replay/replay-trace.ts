/** One trace through one decision point: runs in, counts out. The records stream through; only counts are held. */
import { performance } from "node:perf_hooks";
import type { Contract, Tool } from "@thc/language";
import type { Engine } from "../engine.ts";
import { visible } from "../terminal/visible.ts";
import { type RunDecisions, replayRun } from "./drive.ts";
import { type Facts, factsOf, type KnownFacts } from "./facts.ts";
import { type Misfit, misfitCounts } from "./misfits.ts";
import { addToScore, emptyScore, type Goal, goals, type Score, type Truth } from "./score.ts";
import { readAnswer } from "./structured.ts";
import { readTrace } from "./trace.ts";
import { readTruth, truthBeside } from "./truth.ts";

export interface TraceReport {
  readonly trace: string;
  readonly runs: number;
  readonly calls: number;
  readonly denied: number;
  readonly asked: number;
  /** Requests of every kind that were decided, and the seconds that took. */
  readonly decisions: number;
  readonly deciding: number;
  readonly seconds: number;
  /** Rules, or reasons in parentheses, by how many calls they denied (asked for); most first. */
  readonly denials: readonly Ranked[];
  readonly asks: readonly Ranked[];
  /** Rules that are only observed, with what they would have done, by how many calls. */
  readonly observed: readonly Ranked[];
  /** Reasons for which messages and results were refused. */
  readonly refusals: readonly Ranked[];
  /** By tool: results that do not fit what it returns, calls that were denied for their arguments; most first. */
  readonly misfits: { readonly results: readonly Misfit[]; readonly calls: readonly Misfit[] };
  /** Facts that are not optional, by how many runs were decided without them. */
  readonly unknown: readonly Ranked[];
  /** Of sessions' states at their ends, in bytes. */
  readonly state: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Undefined without ground truth. */
  readonly score: Score | undefined;
  readonly goals: readonly Goal[];
  /** A call that was denied, else one that was asked for, as `--explain` takes it. */
  readonly why: string | undefined;
  readonly problems: readonly string[];
}
export type Ranked = readonly [name: string, count: number];

export interface Replay {
  readonly engine: Engine;
  /** What its tools return decides how recorded answers are read; undefined when only a module is at hand. */
  readonly contract: Contract | undefined;
  readonly principal: string;
  /** Given for all runs; a run may give others. */
  readonly facts: Facts;
  readonly known: KnownFacts;
  readonly trace: string;
  readonly truth: string | undefined;
  readonly hasGoals: boolean;
  readonly decided: (decisions: RunDecisions) => void;
  /** Called with the number of runs so far, and with 0 at the end. */
  readonly progress: (runs: number) => void;
}

const MOST_PROBLEMS = 20;

export async function replayTrace(replay: Replay): Promise<TraceReport> {
  const { engine, trace } = replay;
  const began = performance.now();
  const problems: string[] = [];
  const truths = await truthOf(replay, problems);
  const score = emptyScore();
  const [denials, asks, observed, refusals, unknown] = [tally(), tally(), tally(), tally(), tally()];
  const misfits = misfitCounts(replay.contract);
  const sizes: number[] = [];
  const meter = { decisions: 0, milliseconds: 0 };
  const answers = answerReader(replay.contract?.tools ?? []);
  let [runs, calls, denied, asked, unread] = [0, 0, 0, 0, 0];
  let [firstDenied, firstAsked]: (string | undefined)[] = [];

  const decide: Engine["decide"] = (request, state) => {
    const start = performance.now();
    const decision = engine.decide(request, state);
    meter.milliseconds += performance.now() - start;
    meter.decisions += 1;
    return decision;
  };

  const miss = (number: number, message: string): void => {
    unread += 1;
    const where = number === 0 ? `\`${visible(trace)}\`` : `${visible(trace)}:${number}`;
    if (unread <= MOST_PROBLEMS) problems.push(`${where}: ${message}`);
  };

  for await (const line of readTrace(trace)) {
    if (!line.ok) {
      miss(line.number, line.message);
      continue;
    }
    const facts = factsOf(line.value, replay.facts, replay.known);
    if (!facts.ok) {
      miss(line.number, facts.message);
      continue;
    }
    unknown.add(replay.known.needed.filter((path) => !Object.hasOwn(facts.value, path)));
    const host = { decide, principal: replay.principal, facts: facts.value, readAnswer: answers };
    const decisions = replayRun(line.value, { ...host, ...misfits.of(line.value.id) });
    runs += 1;
    calls += decisions.calls;
    denied += decisions.deny.length;
    asked += decisions.ask.length;
    firstDenied ??= placeOf(decisions, decisions.deny);
    firstAsked ??= placeOf(decisions, decisions.ask);
    for (const names of decisions.denials) denials.add(names);
    for (const names of decisions.asks) asks.add(names);
    for (const { by } of decisions.observed) observed.add(by);
    refusals.add(decisions.refusals.map(({ reason }) => reason));
    sizes.push(decisions.stateBytes);
    if (truths !== undefined) addToScore(score, line.value, decisions, truths.get(line.value.id));
    replay.decided(decisions);
    replay.progress(runs);
  }
  replay.progress(0);
  if (unread > MOST_PROBLEMS)
    problems.push(`${visible(trace)}: ${unread - MOST_PROBLEMS} more lines could not be read`);
  const state = percentiles(sizes);
  return {
    trace,
    runs,
    calls,
    denied,
    asked,
    decisions: meter.decisions,
    deciding: meter.milliseconds / 1_000,
    seconds: (performance.now() - began) / 1_000,
    denials: denials.ranked(),
    asks: asks.ranked(),
    observed: observed.ranked(),
    refusals: refusals.ranked(),
    misfits: { results: misfits.results(), calls: misfits.calls() },
    unknown: unknown.ranked(),
    state,
    score: truths === undefined ? undefined : score,
    goals: truths === undefined || !replay.hasGoals ? [] : goals(score, state.p99),
    why: firstDenied ?? firstAsked,
    problems,
  };
}

const placeOf = ({ id }: RunDecisions, [first]: readonly number[]): string | undefined =>
  first === undefined ? undefined : `${id}#${first}`;

async function truthOf({ trace, truth }: Replay, problems: string[]): Promise<ReadonlyMap<string, Truth> | undefined> {
  const path = truth ?? truthBeside(trace);
  if (path === undefined) return undefined;
  const read = await readTruth(path);
  problems.push(...read.problems);
  return read.truths;
}

function percentiles(sizes: number[]): TraceReport["state"] {
  const sorted = sizes.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

function tally(): { readonly add: (names: readonly string[]) => void; readonly ranked: () => readonly Ranked[] } {
  const counts = new Map<string, number>();
  return {
    add: (names) => {
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    ranked: () => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  };
}

const MOST_REMEMBERED = 4_096;

/** The same answers come back in run after run, and YAML is slow to read. */
export function answerReader(tools: readonly Pick<Tool, "name" | "returns">[]) {
  const types = new Map(tools.map((tool) => [tool.name, tool.returns]));
  const remembered = new Map<string, unknown>();
  return (tool: string, out: unknown): unknown => {
    if (typeof out !== "string") return out;
    const key = `${tool}\n${out}`;
    if (remembered.has(key)) return remembered.get(key);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const value = readAnswer(out, types.get(tool));
    remembered.set(key, value);
    return value;
  };
}
