/** Traces are read line by line, and a line that cannot be read is reported with its number. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Run } from "../../cli/src/replay/run.ts";
import { type Line, readTrace } from "../../cli/src/replay/trace.ts";
import { readTruth } from "../../cli/src/replay/truth.ts";

const folder = mkdtempSync(join(tmpdir(), "thc-trace-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<Line<Run>[]> {
  const path = join(folder, "trace.jsonl");
  writeFileSync(path, content);
  const lines: Line<Run>[] = [];
  for await (const line of readTrace(path)) lines.push(line);
  return lines;
}

const generic = {
  id: "a",
  kind: "attack",
  attack_success: true,
  utility: false,
  prompt: "do it",
  calls: [
    { i: 0, turn: 0, fn: "look", args: { n: 1 }, out: "x", err: null },
    { i: 1, turn: 0, fn: "send", args: {}, out: null, err: "ValueError: no" },
  ],
};

test("a generic run", async () => {
  const [line] = await read(`${JSON.stringify(generic)}\n`);
  expect(line).toEqual({
    ok: true,
    number: 1,
    value: {
      id: "a",
      truth: { kind: "attack", attackSuccess: true, utility: false },
      events: [
        { kind: "message", text: "do it" },
        { kind: "call", index: 0, turn: 0, tool: "look", args: { n: 1 }, out: "x", failed: false },
        { kind: "call", index: 1, turn: 0, tool: "send", args: {}, out: null, failed: true },
      ],
    },
  });
});

test("the marks that a spotlighting defence puts around an answer are not part of it", async () => {
  const calls = [{ fn: "look", out: "<<- a: 1>>" }];
  const [marked, plain] = await read(
    [
      { ...generic, calls, defence: "spotlighting_with_delimiting" },
      { ...generic, calls },
    ]
      .map((run) => JSON.stringify(run))
      .join("\n"),
  );
  const outs = [marked, plain].map((line) => line!.ok && line!.value.events[1]);
  expect(outs).toMatchObject([{ out: "- a: 1" }, { out: "<<- a: 1>>" }]);
});

test("a conversation: what the user says in between, and not the calls of the user's own tools", async () => {
  const steps = [
    { t: "assistant", text: "hello" },
    { t: "user", text: "order 7 please" },
    { t: "call", fn: "find", args: { id: 7 }, requestor: "assistant", out: '{"a": 1}', err: false },
    { t: "call", fn: "phone", args: {}, requestor: "user", out: "ok", err: false },
    { t: "call", fn: "change", args: {}, requestor: "assistant", out: "Error: no", err: true },
  ];
  const [line] = await read(JSON.stringify({ id: "c", steps }));
  expect(line!.ok && line!.value.events).toMatchObject([
    { kind: "message", text: "order 7 please" },
    { kind: "call", index: 0, tool: "find", failed: false },
    { kind: "call", index: 2, tool: "change", failed: true },
  ]);
});

test("empty lines are skipped and counted, the last line needs no end, carriage returns do not matter", async () => {
  const text = JSON.stringify(generic);
  const lines = await read(`${text}\r\n\r\n\n${text}`);
  expect(lines.map((line) => [line.ok, line.number])).toEqual([
    [true, 1],
    [true, 4],
  ]);
});

test("what cannot be read is reported with its line, and the rest is read", async () => {
  const bad = [
    '{"id": ',
    "[1]",
    "7",
    '{"id": "x"}',
    '{"id": "x", "calls": [{"fn": 1}]}',
    `{"id":"x","calls":${"[".repeat(200)}${"]".repeat(200)}}`,
  ];
  const lines = await read(`${bad.join("\n")}\n${JSON.stringify(generic)}\n`);
  expect(lines.map((line) => (line.ok ? "read" : `${line.number} ${line.message}`))).toEqual([
    "1 not JSON",
    "2 not a JSON object",
    "3 not a JSON object",
    "4 not a recorded run of a known shape",
    "5 not a recorded run of a known shape",
    "6 nested more than 64 levels deep",
    "read",
  ]);
});

test("a line that is not UTF-8, and one over the limit", async () => {
  const [notUtf8, long, good] = await read(
    Buffer.concat([
      Buffer.from([0x7b, 0xff, 0x7d, 10]),
      Buffer.alloc(33 * 1024 * 1024, 97),
      Buffer.from(`\n${JSON.stringify(generic)}\n`),
    ]),
  );
  expect([notUtf8, long]).toEqual([
    { ok: false, number: 1, message: "not UTF-8" },
    { ok: false, number: 2, message: "longer than 32 MB" },
  ]);
  expect(good).toMatchObject({ ok: true, number: 3 });
});

test("a trace that is not there is a problem, not an exception", async () => {
  const lines: Line<Run>[] = [];
  for await (const line of readTrace(join(folder, "none.jsonl"))) lines.push(line);
  expect(lines).toEqual([{ ok: false, number: 0, message: "there is no such file" }]);
});

test("ground truth: lines of another form are problems", async () => {
  const path = join(folder, "truth.jsonl");
  writeFileSync(
    path,
    '{"id":"a","kind":"attack","critical":[1],"groups":[[1,2]]}\n{"id":"b","kind":"benign","needed":["x"]}\n{}\n',
  );
  const { truths, problems } = await readTruth(path);
  expect([...truths]).toEqual([["a", { kind: "attack", critical: [1], groups: [[1, 2]], needed: [] }]]);
  expect(problems).toEqual([`${path}:2: not a line of ground truth`, `${path}:3: not a line of ground truth`]);
});
