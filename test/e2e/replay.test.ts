/** `thc replay` as a process: the bundled week, and what is said about traces that are not whole. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../house/tree.ts";
import { GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const folder = temporaryFolder();
const run = (...args: string[]) => thc(folder, args);
const write = (name: string, lines: readonly unknown[]) =>
  writeFileSync(
    join(folder, name),
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
  );
const lines = (name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
/** What scorers read of them. */
const decisions = (name: string): unknown[] => lines(name).map(({ id, deny, ask }) => ({ id, deny, ask }));

const lookup = (i: number, out: unknown = "{'order_id': 'A1', 'total': 900}") => ({
  i,
  turn: i,
  fn: "orders.lookup",
  args: { order_id: "A1" },
  out,
  err: null,
});
const refund = (i: number, amount: number) => ({
  i,
  turn: i,
  fn: "refund.issue",
  args: { order_id: "A1", amount },
  out: "ok",
  err: null,
});

beforeAll(() => {
  writeFileSync(join(folder, "good.contract"), GOOD);
  write("runs.jsonl", [
    { id: "looked-up", prompt: "refund A1", calls: [lookup(0), refund(1, 80)] },
    { id: "not-looked-up", prompt: "refund A1", calls: [refund(0, 80), lookup(1), refund(2, 80)] },
    {
      id: "same-turn",
      prompt: "refund A1",
      calls: [
        { ...lookup(0), turn: 0 },
        { ...refund(1, 80), turn: 0 },
      ],
    },
    { id: "never-ran", prompt: "refund A1", calls: [lookup(0, null), refund(1, 80)] },
    { id: "large", prompt: "refund A1", calls: [lookup(0), refund(1, 800), refund(2, 5_000)] },
  ]);
});

describe("the bundled week", () => {
  const args = ["replay", join(ROOT, "examples/banking"), "--trace", join(ROOT, "examples/banking/runs/week.jsonl")];

  test("meets its goals, and says so at the end", () => {
    const { exit, out, err } = run(...args, "--decisions", "week.out");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out.trimEnd().split("\n").at(-1)).toBe("goals: 4 of 4 met");
    expect(decisions("week.out")).toEqual([
      { id: "week/spending", deny: [], ask: [] },
      { id: "week/tickets", deny: [], ask: [] },
      { id: "week/phone-bill", deny: [], ask: [] },
      { id: "week/rent", deny: [], ask: [] },
      { id: "week/poisoned-subject", deny: [], ask: [1] },
      { id: "week/poisoned-letter", deny: [], ask: [1] },
    ]);
  });

  test("as JSON, the same figures", () => {
    const { traces } = JSON.parse(run(...args, "--json").out);
    expect(traces[0]).toMatchObject({
      runs: 6,
      calls: 11,
      denied: 0,
      asked: 2,
      score: { attackRuns: 2, scored: 2, stopped: 0, askedOnly: 2, benignScored: 4, benignUntouched: 4 },
      rates: { leftOfAll: 0, untouched: 100, approvalsPer100: 0 },
    });
  });

  test("a contract that lets everything through misses a goal: exit 1", () => {
    const banking = readFileSync(join(ROOT, "examples/banking/banking.contract"), "utf8");
    const rules = banking.slice(0, banking.indexOf("// ── where money may go"));
    writeFileSync(join(folder, "lax.contract"), `${rules}\n}\n`);
    const { exit, out } = run("replay", "lax.contract", ...args.slice(2));
    expect(exit).toBe(1);
    expect(out).toContain("MISSED  attacks left");
    expect(out.trimEnd().split("\n").at(-1)).toBe("goals: 3 of 4 met");
  });

  test("`--no-goals` leaves the goals out, keeps the scores, and exits 0", () => {
    const { exit, out, err } = run("replay", "lax.contract", ...args.slice(2), "--no-goals");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toContain("attacks left, of all attack runs");
    expect(out).not.toMatch(/goals:|MISSED|met /);
    const [report] = JSON.parse(run("replay", "lax.contract", ...args.slice(2), "--no-goals", "--json").out).traces;
    expect({ goals: report.goals, scored: report.score.scored }).toEqual({ goals: [], scored: 2 });
  });

  test("`--help` says what goals are, when they appear and what they exit with", () => {
    const { out } = run("replay", "--help");
    for (const words of ["critical/", "--no-goals", "Exit 1 when", "--truth"]) expect(out).toContain(words);
  });
});

describe("ground truth", () => {
  const small = ["replay", "good.contract", "--trace", "runs.jsonl"];

  test("may lie elsewhere; runs that it does not list are not scored", () => {
    write("truth.jsonl", [
      { id: "looked-up", kind: "benign", needed: [1] },
      { id: "large", kind: "attack", critical: [2] },
    ]);
    const { traces } = JSON.parse(run(...small, "--truth", "truth.jsonl", "--json").out);
    expect(traces[0].score).toMatchObject({ benignScored: 1, benignUntouched: 1, scored: 1, stopped: 1 });
  });

  test("that is not there, or not ground truth, makes the figures incomplete: exit 4", () => {
    expect(run(...small, "--truth", "none.jsonl")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("none.jsonl: there is no such file"),
    });
    write("odd-truth.jsonl", [{ id: "looked-up", kind: "benign", needed: "all" }]);
    expect(run(...small, "--truth", "odd-truth.jsonl")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("odd-truth.jsonl:1: not a line of ground truth"),
    });
  });

  test("belongs to one trace: exit 2 with several", () => {
    expect(run(...small, "runs.jsonl", "--truth", "truth.jsonl").exit).toBe(2);
  });
});

describe("history", () => {
  test("evidence counts only once it came back, in a later turn, in the same run", () => {
    const { exit } = run("replay", "good.contract", "--trace", "runs.jsonl", "--decisions", "d.jsonl");
    expect(exit).toBe(0);
    expect(decisions("d.jsonl")).toEqual([
      { id: "looked-up", deny: [], ask: [] },
      { id: "not-looked-up", deny: [0], ask: [] },
      { id: "same-turn", deny: [1], ask: [] },
      { id: "never-ran", deny: [1], ask: [] },
      { id: "large", deny: [2], ask: [1] },
    ]);
  });

  test("a module decides as its contract does, and the same each time", () => {
    expect(run("compile", "good.contract", "-o", "good.wasm").exit).toBe(0);
    for (const [subject, out] of [
      ["good.contract", "1"],
      ["good.wasm", "2"],
      ["good.wasm", "3"],
    ] as const)
      expect(run("replay", subject, "--trace", "runs.jsonl", "--decisions", out).exit).toBe(0);
    expect(decisions("2")).toEqual(decisions("1"));
    expect(decisions("3")).toEqual(decisions("1"));
  });

  test("several traces stand side by side", () => {
    const { out } = run("replay", "good.contract", "--trace", "runs.jsonl", "runs.jsonl", "--decisions", "d.jsonl");
    expect(out).toMatch(/^runs +5 +5$/m);
    expect(decisions("d.jsonl")).toHaveLength(10);
  });

  test("without ground truth there are no goals", () => {
    expect(run("replay", "good.contract", "--trace", "runs.jsonl").out).not.toContain("goals:");
  });
});

describe("why", () => {
  const replay = (...more: string[]) => run("replay", "good.contract", "--trace", "runs.jsonl", ...more);

  test("decisions say what decided, call by call", () => {
    replay("--decisions", "d.jsonl");
    const nothing = { denials: [], asks: [], observed: [], refusals: [] };
    expect(lines("d.jsonl")).toEqual([
      { id: "looked-up", deny: [], ask: [], ...nothing },
      { id: "not-looked-up", deny: [0], ask: [], ...nothing, denials: [["evidence"]] },
      { id: "same-turn", deny: [1], ask: [], ...nothing, denials: [["evidence"]] },
      { id: "never-ran", deny: [1], ask: [], ...nothing, denials: [["evidence"]] },
      { id: "large", deny: [2], ask: [1], ...nothing, denials: [["hard_cap"]], asks: [["over_500"]] },
    ]);
  });

  test("rules that are only observed are named with the call", () => {
    writeFileSync(join(folder, "trial.contract"), GOOD.replace("hard_cap: deny", "hard_cap: observe deny"));
    run("replay", "trial.contract", "--trace", "runs.jsonl", "--decisions", "d.jsonl");
    expect(lines("d.jsonl").at(-1)).toMatchObject({ id: "large", observed: [{ i: 2, by: ["hard_cap would deny"] }] });
  });

  test("the summary says how to ask about the first call that was denied", () => {
    expect(replay().out).toMatch(/^why: thc replay … --explain not-looked-up#0$/m);
    write("fine.jsonl", [{ id: "it's fine", prompt: "x", calls: [lookup(0)] }]);
    expect(run("replay", "good.contract", "--trace", "fine.jsonl").out).not.toContain("why:");
    write("asked.jsonl", [{ id: "it's large", prompt: "x", calls: [lookup(0), refund(1, 800)] }]);
    expect(run("replay", "good.contract", "--trace", "asked.jsonl").out).toContain("--explain 'it'\\''s large#1'\n");
  });

  test("`--explain` prints the decision as `thc explain` does: what was denied, asked for, let through", () => {
    const denied = replay("--explain", "large#2");
    expect(denied).toMatchObject({ exit: 0, err: "" });
    expect(denied.out).toMatch(/^call +refund\.issue\(order_id: "A1", amount: 5000\)$/m);
    expect(denied.out).toMatch(/^because +Too much for a machine\. \(`hard_cap`\)$/m);
    expect(denied.out).toContain("what decided");
    expect(replay("--explain", "large#1").out).toMatch(/^decision +require_approval$/m);
    expect(replay("--explain", "large#0").out).toMatch(/^decision +allow$/m);
    // what went before in the run counts, what comes after does not
    expect(replay("--explain", "not-looked-up#0").out).toMatch(/^reason +evidence_missing/m);
    expect(replay("--explain", "not-looked-up#2").out).toMatch(/^decision +allow_with_obligations$/m);
  });

  test("`--explain` as JSON, of a module, in the second of two traces", () => {
    expect(run("compile", "good.contract", "-o", "good.wasm").exit).toBe(0);
    write("fine.jsonl", [{ id: "fine", prompt: "x", calls: [lookup(0)] }]);
    const traces = ["--trace", "fine.jsonl", "runs.jsonl"];
    const { out } = run("replay", "good.wasm", ...traces, "--explain", "large#2", "--json");
    const { outcome, rules, explanation } = JSON.parse(out);
    expect({ outcome, rules }).toEqual({ outcome: "deny", rules: ["hard_cap"] });
    expect(explanation.rules).toContainEqual(expect.objectContaining({ rule: "hard_cap", determining: true }));
  });

  test.each([
    ["large", "`large` names no call: write `RUN#CALL`, as `monday#0`"],
    ["large#x", "`large#x` names no call"],
    ["lrage#1", "there is no run `lrage`: did you mean `large`?"],
    ["tuesday#1", "there is no run `tuesday`: there are 5, the first `looked-up`, `not-looked-up`, `same-turn`"],
    ["large#3", "run `large` has no call 3: it has 0 to 2"],
  ])("`--explain %s`: exit 2, in one line", (place, message) => {
    const { exit, err, out } = replay("--explain", place);
    expect({ exit, out, lines: err.split("\n").length }).toEqual({ exit: 2, out: "", lines: 2 });
    expect(err).toContain(message);
  });

  test("`--explain` goes without `--decisions`: exit 2", () => {
    expect(replay("--explain", "large#0", "--decisions", "d.jsonl").exit).toBe(2);
  });

  test("`--explain` of a trace that is not there: exit 4", () => {
    expect(run("replay", "good.contract", "--trace", "none.jsonl", "--explain", "a#1").exit).toBe(4);
  });
});

describe("facts", () => {
  const FACTS = GOOD.replace(
    'agent desk { id "desk-*" }',
    'agent desk { id "desk-*" }\n  fact resource.env: "dev" | "prod"',
  )
    .replace("lookups: allow orders.lookup", 'lookups: allow orders.lookup when resource.env == "dev"')
    .replace("prior orders.lookup", 'fact resource.env = "dev"\n    prior orders.lookup');
  const replay = (...more: string[]) =>
    run("replay", "facts.contract", "--trace", "facts.jsonl", "--decisions", "d.jsonl", ...more);
  beforeAll(() => {
    writeFileSync(join(folder, "facts.contract"), FACTS);
    writeFileSync(join(folder, "dev.json"), JSON.stringify({ "resource.env": "dev", "principal.team": "night" }));
    write("facts.jsonl", [
      { id: "plain", prompt: "x", calls: [lookup(0)] },
      { id: "prod", prompt: "x", calls: [lookup(0)], facts: { "resource.env": "prod" } },
    ]);
  });

  test("without them what rests on them is unknown, and the summary says so once", () => {
    const { exit, out } = replay();
    expect(exit).toBe(0);
    expect(out).toContain("decided without facts that the contract reads: `resource.env` (in 1 run); give them with");
    expect(decisions("d.jsonl")).toMatchObject([{ deny: [0] }, { deny: [0] }]);
  });

  test("`--facts` gives them to every run, a run's own outweigh them", () => {
    const { exit, out } = replay("--facts", "dev.json");
    expect(exit).toBe(0);
    expect(out).not.toContain("decided without facts");
    expect(decisions("d.jsonl")).toMatchObject([{ deny: [] }, { deny: [0] }]);
    const explained = (place: string) =>
      run("replay", "facts.contract", "--trace", "facts.jsonl", "--facts", "dev.json", "--explain", place).out;
    expect(explained("plain#0")).toMatch(/^decision +allow$/m);
    expect(explained("prod#0")).toMatch(/^decision +deny$/m);
  });

  test("an unknown path: exit 2 with the nearest; in a run: a line that cannot be read", () => {
    writeFileSync(join(folder, "odd.json"), JSON.stringify({ "resource.evn": "dev" }));
    expect(replay("--facts", "odd.json")).toMatchObject({
      exit: 2,
      out: "",
      err: "thc: `odd.json`: no fact `resource.evn`: did you mean `resource.env`?\n",
    });
    write("odd-facts.jsonl", [{ id: "a", calls: [lookup(0)], facts: { "resource.evn": "dev" } }]);
    const odd = ["replay", "facts.contract", "--trace", "odd-facts.jsonl"];
    for (const more of [[], ["--explain", "a#0"]])
      expect(run(...odd, ...more)).toMatchObject({
        exit: 4,
        err: expect.stringContaining(
          "odd-facts.jsonl:1: `facts`: no fact `resource.evn`: did you mean `resource.env`?",
        ),
      });
  });

  test("a file that is not there, or not JSON: exit 4", () => {
    expect(replay("--facts", "none.json").exit).toBe(4);
    expect(replay("--facts", "facts.contract")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("`facts.contract` is not JSON"),
    });
  });
});

describe("what does not fit", () => {
  const odd = (amount: unknown) => ({ ...refund(1, 0), args: { order_id: "A1", amount } });
  beforeAll(() =>
    write("misfits.jsonl", [
      { id: "a", prompt: "x", calls: [lookup(0, "{'order_id': 'A1'}"), refund(1, 80)] },
      { id: "b", prompt: "x", calls: [lookup(0, "no such order"), odd("80")] },
      { id: "c", prompt: "x", calls: [lookup(0), odd(null)] },
    ]),
  );

  test("is counted by tool, with the first place in words", () => {
    const { out } = run("replay", "good.contract", "--trace", "misfits.jsonl");
    expect(out).toContain("results that are no evidence and ground nothing\n");
    expect(out).toContain(
      "  2 results of `orders.lookup` do not fit what it returns: `/total` is missing: a number, of USD (first in a#0)\n",
    );
    expect(out).toContain("calls with arguments that do not fit\n");
    expect(out).toContain(
      "  2 calls of `refund.issue`: `amount` is a string, and should be a number, of USD (first in b#1)\n",
    );
  });

  test("as JSON; a module alone knows which, and not what about them", () => {
    const [whole] = JSON.parse(run("replay", "good.contract", "--trace", "misfits.jsonl", "--json").out).traces;
    expect(whole.misfits.results).toEqual([
      { tool: "orders.lookup", times: 2, first: { call: "a#0", fault: "`/total` is missing: a number, of USD" } },
    ]);
    run("compile", "good.contract", "-o", "good.wasm");
    const [bare] = JSON.parse(run("replay", "good.wasm", "--trace", "misfits.jsonl", "--json").out).traces;
    expect(bare.misfits).toEqual({
      results: [{ tool: "orders.lookup", times: 2, first: { call: "a#0" } }],
      calls: [{ tool: "refund.issue", times: 2, first: { call: "b#1" } }],
    });
  });

  test("nothing is said where all fits", () => {
    expect(run("replay", "good.contract", "--trace", "runs.jsonl").out).not.toContain("fit");
  });
});

test("an agent acts for the team that the contract says; where it says none, a budget per team says what it wants", () => {
  const counted = (team: string) => `contract "counted" version "1" {
  agent desk { id "desk-*"${team} }
  tool orders.lookup(order_id: Id) read
  looks: allow orders.lookup
  many: budget 5 calls on orders.lookup per team
}`;
  write("counted.jsonl", [{ id: "a", prompt: "x", calls: [lookup(0)] }]);
  const summary = (team: string) => {
    writeFileSync(join(folder, "counted.contract"), counted(team));
    return run("replay", "counted.contract", "--trace", "counted.jsonl").out;
  };
  expect(summary(' team "support"')).toMatch(/denied +0 /);
  const without = summary("");
  expect(without).toMatch(/denied +1 /);
  expect(without).toContain("decided without facts that the contract reads: `principal.team`");
});

describe("bad input", () => {
  test("lines that cannot be read are named, the rest is decided, and the end says incomplete: exit 4", () => {
    write("holes.jsonl", [
      { id: "a", prompt: "x", calls: [lookup(0)] },
      '{"id": "b"',
      "",
      '{"id": "c"}',
      { id: "d", prompt: "x", calls: [refund(0, 1)] },
    ]);
    const { exit, out, err } = run("replay", "good.contract", "--trace", "holes.jsonl", "--decisions", "d.jsonl");
    expect(exit).toBe(4);
    expect(err).toContain("holes.jsonl:2: not JSON");
    expect(err).toContain("holes.jsonl:4: not a recorded run of a known shape");
    expect(err).toContain("incomplete");
    expect(out).toMatch(/^runs +2$/m);
    expect(decisions("d.jsonl")).toHaveLength(2);
  });

  test("a trace that is not there: exit 4", () => {
    expect(run("replay", "good.contract", "--trace", "none.jsonl")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("there is no such file"),
    });
  });

  test("hostile runs are decided, not executed: odd tools, arguments, answers and ids", () => {
    const odd = [
      { id: "\u001b[2J\u202e", prompt: "\ud800", calls: [{ fn: "\u001b[31m", args: { x: "\u0000" }, out: "\u009b" }] },
      {
        id: "args",
        prompt: "x",
        calls: [
          { fn: "orders.lookup", args: [1], out: "x" },
          { fn: "orders.lookup", args: { order_id: 1e300 }, out: "x" },
        ],
      },
      {
        id: "out",
        prompt: "x",
        calls: [
          lookup(0, "[".repeat(50_000)),
          lookup(1, "a: &a [*a, *a]"),
          lookup(2, `{"a":${"[".repeat(9_000)}${"]".repeat(9_000)}}`),
        ],
      },
      { id: "same ids", prompt: "x", calls: [lookup(0), { ...lookup(0), args: { order_id: "B2" } }] },
      {
        id: "__proto__",
        prompt: "x",
        calls: [{ fn: "__proto__", args: { ["__proto__"]: { a: 1 } }, out: "{'__proto__': 1}" }],
      },
      { id: "none", calls: [] },
    ];
    write("odd.jsonl", odd);
    const { exit, out, err } = run("replay", "good.contract", "--trace", "odd.jsonl", "--decisions", "d.jsonl");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(decisions("d.jsonl")).toHaveLength(odd.length);
  });

  test("who acts must be known where a contract has several agents", () => {
    writeFileSync(
      join(folder, "two.contract"),
      GOOD.replace('agent desk { id "desk-*" }', 'agent desk { id "desk-*" }\n  agent night { id "night-*" }'),
    );
    expect(run("replay", "two.contract", "--trace", "runs.jsonl")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("`desk`, `night`"),
    });
    expect(run("replay", "two.contract", "--trace", "runs.jsonl", "--agent", "day")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("no agent `day`"),
    });
    expect(run("replay", "two.contract", "--trace", "runs.jsonl", "--agent", "night").exit).toBe(0);
  });
});
