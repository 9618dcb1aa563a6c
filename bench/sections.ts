/** The sections of the benchmark: what each asks its children, how it prints that, and the goals it answers for. */
import { renderTable } from "../cli/src/terminal/table.ts";
import type { PeerFigures } from "./against-peers.ts";
import type { Children, Outcome } from "./child.ts";
import { atLeast, atMost, type Goal, holds, notMeasured } from "./goals.ts";
import type { HistoryFigures } from "./history.ts";
import type { Series } from "./plot.ts";
import { measureProcesses } from "./processes.ts";
import type { RequestFigures } from "./request-sizes.ts";
import type { LargeFigures, TenantFigures } from "./scale.ts";
import type { SizeFigures } from "./size.ts";
import type { UnprunedFigures } from "./unpruned.ts";

export interface Report {
  readonly title: string;
  readonly lines: readonly string[];
  readonly goals: readonly Goal[];
  readonly figures: unknown;
  readonly series?: readonly Series[];
}
export type Section = (children: Children, full: boolean) => Report;

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  renderTable(
    titles.map((title, i) => ({ title, align: i === 0 ? "left" : "right" })),
    rows,
  );
const us = (value: number): string => value.toFixed(2);
const valuesOf = <T>(outcomes: readonly Outcome<T>[]): T[] => outcomes.flatMap((each) => (each.ok ? [each.value] : []));
const aborted = <T>(what: readonly string[], outcomes: readonly Outcome<T>[]): Goal[] =>
  outcomes.flatMap((each, i) => (each.ok ? [] : [holds(`${what[i]}: the process ends`, false, each.fault)]));

const SIZES = [10, 100, 1_000, 10_000];
const number = (n: number): string => n.toLocaleString("en-US");

const hand: Section = (children, full) => {
  const outcomes = SIZES.map((size) => children.run<SizeFigures>("size", [size, full ? 80 : 24]));
  const sizes = valuesOf(outcomes);
  const names = Object.keys(sizes[0]?.medians ?? {});
  const of = (rules: number) => sizes.find((each) => each.rules === rules);
  const [first, last] = [of(10), of(10_000)];
  const module = "module, bytes";
  return {
    title: `against hand-written JavaScript, requests of ${first?.requestBytes ?? 0} bytes: median (p99)`,
    lines: table(
      ["rules", ...names, "times hand", "times floor", "compile ms", "module KB"],
      sizes.map((s) => [
        number(s.rules),
        ...names.map((n) => `${us(s.medians[n] ?? 0)} (${us(s.p99[n] ?? 0)})`),
        us(s.timesHand),
        us(s.timesFloor),
        s.compileMs.toFixed(0),
        (s.moduleBytes / 1024).toFixed(0),
      ]),
    ),
    goals: [
      ...aborted(
        SIZES.map((size) => `${number(size)} rules`),
        outcomes,
      ),
      ...sizes.flatMap((s) => [
        holds(
          `${number(s.rules)} rules: answers agree with hand-written code`,
          s.disagreements === 0,
          `${s.disagreements} differ`,
        ),
        atLeast(`${number(s.rules)} rules: times as fast as hand-written code`, s.timesHand, 4, " ×"),
        atMost(`${number(s.rules)} rules: times the floor`, s.timesFloor, 1.6, " ×"),
      ]),
      ...(first === undefined ? [] : [atMost("10 rules: cold start", first.coldStartMs, 5, " ms", 1)]),
      ...(first === undefined || last === undefined
        ? []
        : [
            atMost(
              "10,000 rules, times the time of 10:",
              (last.medians[module] ?? NaN) / (first.medians[module] ?? NaN),
              1.5,
              " ×",
            ),
            atMost("10,000 rules: compile after parsing", last.compileMs, 200, " ms", 0),
          ]),
    ],
    figures: sizes,
    series: names
      .filter((name) => name !== "module, object")
      .map((name) => ({ name, points: sizes.map((s) => ({ rules: s.rules, us: s.medians[name] ?? NaN })) })),
  };
};

const PEERS = ["cedar", "opa-data", "opa-rules", "casbin", "cel", "json-logic"];

const peers: Section = (children, full) => {
  const asked = PEERS.flatMap((peer) => (full ? SIZES : [10, 100, 1_000]).map((rules) => ({ peer, rules })));
  const outcomes = asked.map(({ peer, rules }) =>
    children.run<PeerFigures>("against-peers", [peer, rules, full ? 16 : 5]),
  );
  const found = valuesOf(outcomes);
  const measured = found.flatMap((each) => ("missing" in each ? [] : [each]));
  const missing = found.filter((each) => "missing" in each);
  const names = [...new Set(found.map((each) => each.name))];
  const goalOf = (name: string, prefix: string, least: number, from: number): Goal[] => {
    const own = measured.filter((each) => each.name.startsWith(prefix) && each.rules >= from);
    if (own.length === 0)
      return [
        notMeasured(
          `times as fast as ${name} ≥ ${least} ×`,
          missing.find((each) => each.name.startsWith(prefix))?.missing ?? "its processes did not end",
        ),
      ];
    return [...new Set(own.map((each) => each.rules))].map((rules) => {
      // the fastest of its spellings
      const times = Math.min(...own.filter((each) => each.rules === rules).map((each) => each.times));
      return atLeast(`${number(rules)} rules: times as fast as ${name}`, times, least, " ×");
    });
  };
  return {
    title: "against policy engines on equal policies, from the same bytes",
    lines: [
      ...table(
        ["engine", "rules", "median", "p99", "module", "times", "load ms", "differ"],
        measured.map((p) => [
          p.name,
          number(p.rules),
          us(p.median),
          us(p.p99),
          us(p.module.median),
          p.times.toFixed(1),
          p.loadMs.toFixed(0),
          String(p.disagreements),
        ]),
      ),
      ...[...new Set(missing.map((each) => `${each.name}: NOT MEASURED, ${each.missing}`))],
    ],
    goals: [
      ...aborted(
        asked.map(({ peer, rules }) => `${peer}, ${number(rules)} rules`),
        outcomes,
      ),
      ...measured.map((p) =>
        holds(`${p.name}, ${number(p.rules)} rules: answers agree`, p.disagreements === 0, `${p.disagreements} differ`),
      ),
      ...goalOf("Cedar", "Cedar", 100, 100),
      ...goalOf("the fastest OPA", "OPA", 8, 10),
    ],
    figures: found,
    series: names
      .map((name) => ({
        name,
        points: measured.filter((p) => p.name === name).map((p) => ({ rules: p.rules, us: p.median })),
      }))
      .filter(({ points }) => points.length > 0),
  };
};

const CONSTRUCTS = ["none", "evidence", "grounding", "budgets", "loops", "flows"];

const history: Section = (children, full) => {
  const outcomes = CONSTRUCTS.map((construct) => children.run<HistoryFigures>("history", [construct, full ? 40 : 12]));
  const found = valuesOf(outcomes);
  return {
    title: "with history: a call after 0, 100 and 1,000 events, state in and out",
    lines: table(
      ["construct", "0", "100", "1,000", "added", "state bytes"],
      found.map((f) => [
        f.construct,
        ...f.cases.map((c) => us(c.median)),
        us(f.added),
        String(f.cases.at(-1)?.stateBytes ?? 0),
      ]),
    ),
    goals: [
      ...aborted(CONSTRUCTS, outcomes),
      ...found
        .filter((f) => f.construct !== "none")
        .map((f) => atMost(`${f.construct}: 1,000 events add`, f.added, 2, " µs")),
    ],
    figures: found,
  };
};

const requests: Section = (children, full) => {
  const outcome = children.run<RequestFigures>("request-sizes", [full ? 40 : 10]);
  if (!outcome.ok)
    return { title: "request sizes", lines: [], goals: aborted(["request sizes"], [outcome]), figures: null };
  const { sizes, fromBytes, fromObject, withDigest, withExplanation } = outcome.value;
  return {
    title: "request sizes, and what else is asked of a decision",
    lines: [
      ...table(
        ["bytes", "module", "hand-written", "times"],
        sizes.map((s) => [number(s.bytes), us(s.module), us(s.hand), us(s.times)]),
      ),
      `from bytes ${us(fromBytes)} · from an object ${us(fromObject)} · and the action's digest ${us(withDigest)} · and an explanation ${us(withExplanation)}`,
    ],
    goals: sizes.map((s) => atLeast(`${number(s.bytes)} bytes: times as fast as hand-written code`, s.times, 1, " ×")),
    figures: outcome.value,
  };
};

const unpruned: Section = (children, full) => {
  const rules = [100, 1_000, 10_000];
  const outcomes = rules.map((n) => children.run<UnprunedFigures>("unpruned", [n, full ? 30 : 8]));
  const found = valuesOf(outcomes);
  return {
    title: "rules that no index prunes",
    lines: table(
      ["rules", "median", "of ten rules", "times"],
      found.map((f) => [number(f.rules), us(f.median), us(f.ofTen), us(f.times)]),
    ),
    goals: [
      ...aborted(
        rules.map((n) => `${number(n)} unpruned rules`),
        outcomes,
      ),
      ...found
        .filter((f) => f.rules === 10_000)
        .map((f) => atMost("10,000 unpruned rules, times a decision of ten:", f.times, 25, " ×")),
    ],
    figures: found,
  };
};

const scale: Section = (children, full) => {
  const large = full ? children.run<LargeFigures>("scale", ["large", 100_000]) : undefined;
  const tenants = children.run<TenantFigures>("scale", ["tenants", full ? 1_000 : 100]);
  const processes = measureProcesses(full ? 11 : 5);
  return {
    title: "scale",
    lines: [
      ...(large?.ok === true
        ? [
            `100,000 rules: check ${large.value.checkMs.toFixed(0)} ms, compile ${large.value.compileMs.toFixed(0)} ms, at most ${large.value.peakMb.toFixed(0)} MB, a decision ${us(large.value.times)} × that of ten rules`,
          ]
        : []),
      ...(tenants.ok
        ? [
            `${number(tenants.value.modules)} modules in one process: ${us(tenants.value.loadMs)} ms and ${tenants.value.memoryKb.toFixed(0)} KB each; with a kernel of its own ${us(tenants.value.aloneMs)} ms and ${tenants.value.aloneKb.toFixed(0)} KB`,
          ]
        : []),
      ...table(
        ["command as a process", "ms", "least"],
        processes.map((p) => [p.command, p.ms.toFixed(0), p.least.toFixed(0)]),
      ),
    ],
    goals: [
      ...(large === undefined ? [] : aborted(["100,000 rules"], [large])),
      ...(large?.ok === true
        ? [
            atMost("100,000 rules: compile after parsing", large.value.compileMs, 3_000, " ms", 0),
            atMost("100,000 rules: memory", large.value.peakMb, 1_024, " MB", 0),
            atMost("100,000 rules, times the time of 10:", large.value.times, 2, " ×"),
          ]
        : []),
      ...aborted(["many modules"], [tenants]),
      ...(tenants.ok
        ? [
            atMost(
              "memory of a module among many, to one with a kernel of its own:",
              tenants.value.memoryKb / tenants.value.aloneKb,
              0.5,
              " ×",
            ),
          ]
        : []),
      ...processes.map((p) => atMost(`thc ${p.command}`, p.ms, p.command.includes("60 lines") ? 250 : 2_000, " ms", 0)),
    ],
    figures: { large, tenants, processes },
  };
};

export const SECTIONS: { readonly [name: string]: Section } = { hand, peers, history, requests, unpruned, scale };
