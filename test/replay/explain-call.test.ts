/** Of a call that was decided twice, before and after its approvals, the decision that the replay reports is explained. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { explainCall } from "../../cli/src/replay/explain-call.ts";
import { knownFacts } from "../../cli/src/replay/facts.ts";
import { stubEngine, type Verdict } from "./stub-engine.ts";

const folder = mkdtempSync(join(tmpdir(), "thc-explain-"));
afterAll(() => rmSync(folder, { recursive: true }));
const trace = join(folder, "runs.jsonl");
const calls = [0, 2, 3, 4, 7].map((i) => ({ i, fn: "send", args: { n: i }, out: "ok" }));
writeFileSync(trace, `${JSON.stringify({ id: "a#b", calls })}\n${JSON.stringify({ id: "none", calls: [] })}\n`);

async function explained(place: string, once: Verdict) {
  const asks: Verdict = { ask: [{ rule: "lead" }] };
  const engine = stubEngine(({ event, context }) =>
    event !== "call" ? "allow" : context.approvals === undefined ? asks : once,
  );
  const host = { decide: engine.decide, principal: "bot", facts: {}, readAnswer: (_tool: string, out: unknown) => out };
  return {
    ...engine,
    answer: await explainCall(place, [trace], host, knownFacts({ facts: [], state: {} }, undefined)),
  };
}

test("asked for and then let through: why it was asked for; nothing behind it is decided", async () => {
  const { answer, asked } = await explained("a#b#2", "allow");
  expect(answer).toMatchObject({ ok: true, value: { decision: { outcome: "require_approval" } } });
  expect(asked.map(({ event, action }) => [event, action.args])).toEqual([
    ["call", { n: 0 }],
    ["call", { n: 0 }],
    ["result", undefined],
    ["call", { n: 2 }],
    ["call", { n: 2 }],
    ["result", undefined],
  ]);
});

test("stopped even once it is approved: what stops it", async () => {
  const { answer } = await explained("a#b#2", "deny");
  expect(answer).toMatchObject({ ok: true, value: { decision: { outcome: "deny", rules: ["refused"] } } });
});

test.each([
  ["a#b#1", "run `a#b` has no call 1: it has 0, 2 to 4, 7"],
  ["none#0", "run `none` has no call 0: it has none"],
  ["nine#0", "there is no run `nine`: did you mean `none`?"],
  ["a#0", "there is no run `a`: there is `a#b`, `none`"],
])("%s: %s", async (place, line) => {
  const { answer } = await explained(place, "allow");
  expect(answer).toEqual({ ok: false, exit: 2, lines: [line] });
});
