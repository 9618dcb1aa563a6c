/** A recorded run is taken through a decision point as a live host would take it. */
import { expect, test } from "vitest";
import { type RunDecisions, replayRun } from "../../cli/src/replay/drive.ts";
import type { RunEvent } from "../../cli/src/replay/run.ts";
import { type Asked, type StubEngine, stubEngine, type Verdict } from "./stub-engine.ts";

const call = (index: number, tool: string, more: Partial<Extract<RunEvent, { kind: "call" }>> = {}): RunEvent => ({
  kind: "call",
  index,
  turn: index,
  tool,
  args: { n: index },
  out: `out ${index}`,
  failed: false,
  ...more,
});

function replayed(
  events: readonly RunEvent[],
  verdict: (request: Asked) => Verdict,
): StubEngine & { decisions: RunDecisions } {
  const engine = stubEngine(verdict);
  const truth = { kind: undefined, attackSuccess: undefined, utility: undefined };
  const host = {
    decide: engine.decide,
    principal: "bot-1",
    facts: {},
    readAnswer: (_tool: string, out: unknown) => out,
  };
  return { ...engine, decisions: replayRun({ id: "r1", events, truth }, host) };
}

test("the message comes first, then every call with its result, each a second later, on the state before it", () => {
  const { asked, states, decisions } = replayed(
    [{ kind: "message", text: "hi" }, call(0, "a"), call(1, "b")],
    () => "allow",
  );
  expect(asked.map((request) => [request.event, request.action.tool])).toEqual([
    ["message", undefined],
    ["call", "a"],
    ["result", undefined],
    ["call", "b"],
    ["result", undefined],
  ]);
  const [first] = asked;
  expect(asked.map((request) => request.context.time - first!.context.time)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  expect(states).toEqual([0, 1, 2, 3, 4]);
  expect(asked[1]!.context.turn).toBe(0);
  expect(asked[1]!.context.call_id).toBe(asked[2]!.context.call_id);
  expect(asked[1]!.context.call_id).not.toBe(asked[3]!.context.call_id);
  expect(asked[2]!.result).toMatchObject({ status: "ok", value: "out 0" });
  expect(decisions).toMatchObject({ id: "r1", calls: 2, deny: [], ask: [] });
});

test("the result of a denied call is withheld", () => {
  const { asked, decisions } = replayed([call(0, "a"), call(1, "b")], ({ action }) =>
    action.tool === "a" ? "deny" : "allow",
  );
  expect(asked.map(({ event }) => event)).toEqual(["call", "call", "result"]);
  expect(decisions).toMatchObject({ deny: [0], ask: [], denials: [["refused"]] });
});

test("a call that was requested but never executed sends no result", () => {
  const { asked } = replayed([call(0, "a", { out: null })], () => "allow");
  expect(asked.map(({ event }) => event)).toEqual(["call"]);
});

test("a call that failed sends a failed result", () => {
  const { asked } = replayed([call(0, "a", { failed: true })], () => "allow");
  expect(asked[1]!.result!.status).toBe("failed");
});

test("an asked call counts as granted by as many people as the rule wants, and is reported as asked", () => {
  const asks: Verdict = { ask: [{ rule: "two", roles: ["lead", "boss"], quorum: 2 }, { rule: "user" }] };
  const { asked, states, decisions } = replayed([call(0, "a")], ({ event, context }) =>
    event !== "call" || context.approvals !== undefined ? "allow" : asks,
  );
  expect(decisions).toMatchObject({ deny: [], ask: [0], asks: [["two", "user"]] });
  expect(asked.map(({ event }) => event)).toEqual(["call", "call", "result"]);
  // The retry is the same call, on the state before it.
  expect(asked[1]!.context.call_id).toBe(asked[0]!.context.call_id);
  expect(states).toEqual([0, 0, 2]);
  const approvals = asked[1]!.context.approvals!;
  expect(approvals.map(({ rule, digest, by, roles, user }) => [rule, digest, by, roles, user])).toEqual([
    ["two", "two-digest", "approver-0", ["lead", "boss"], false],
    ["two", "two-digest", "approver-1", ["lead", "boss"], false],
    ["user", "user-digest", "approver-0", [], true],
  ]);
});

test("a call that is not let through even when approved is reported as denied", () => {
  const { decisions } = replayed([call(0, "a")], ({ context }) =>
    context.approvals === undefined ? { ask: [{ rule: "lead" }] } : "deny",
  );
  expect(decisions).toMatchObject({ deny: [0], ask: [], asks: [], denials: [["refused"]] });
});

test("every obligation counts as kept", () => {
  const { asked } = replayed([call(0, "a")], () => ({ obligations: [{ kind: "log_full" }] }));
  expect(asked[1]!.result!.kept).toContain("log_full");
});

test("results and messages that are refused are reported with their place and what decided", () => {
  const said = (text: string): RunEvent => ({ kind: "message", text });
  const { decisions } = replayed([said("hi"), call(4, "a"), said("again")], ({ event }) =>
    event === "call" ? "allow" : "deny",
  );
  const because = { reason: "denied_by_rule", by: ["refused"] };
  expect(decisions.refusals).toEqual([
    { event: "message", i: 0, ...because },
    { event: "result", i: 4, ...because },
    { event: "message", i: 1, ...because },
  ]);
});
