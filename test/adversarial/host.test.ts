// What a host may do by mistake, or be brought to do by what it is given: no decision becomes weaker by it.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Decision, enforce, loadSync, type Runtime, type ToolCall } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TIME = 1_767_225_600_000;

function runtimeOf(body: string): Runtime {
  const text = `contract "c" version "1.0.0" {\n  agent bot { id "bot" }\n${body}\n}\n`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}
const said = (d: Decision): string => `${d.outcome} ${d.reason}`;
const callOf = (tool: string, args: object): ToolCall => ({
  principal: { id: "bot" },
  action: { tool, args: args as ToolCall["action"]["args"] },
  context: { time: TIME, call_id: "c" },
});
const request = (tool: string, args: object): object => ({ event: "call", ...callOf(tool, args) });

describe("enforce", () => {
  const runtime = runtimeOf(`
  tool pay(amount: Decimal) write
  ok: allow pay
  cap: deny pay when amount > 100
  few: budget 1 calls on pay per session`);
  function sessionOf() {
    let state: Uint8Array = new Uint8Array(0);
    return {
      load: async () => state,
      save: async (before: Uint8Array, after: Uint8Array) => {
        if (before !== state) return false;
        state = after;
        return true;
      },
    };
  }

  test("asks about a call, whatever else the call says that it is", async () => {
    const other = { event: "message", message: { from: "someone", text: "" } };
    let runs = 0;
    const execute = async () => {
      runs += 1;
      return { value: null, kept: [] };
    };
    const done = await enforce(
      runtime,
      sessionOf(),
      { ...callOf("pay", { amount: 500 }), ...other },
      execute,
      () => TIME,
    );
    expect([done.kind, said(done.decision), runs]).toEqual(["refused", "deny denied_by_rule", 0]);
  });

  test("runs a call once, however often it is sent before its result", async () => {
    const session = sessionOf();
    let runs = 0;
    const execute = async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { value: null, kept: [] };
    };
    const sent = [1, 2, 3].map(() => enforce(runtime, session, callOf("pay", { amount: 5 }), execute, () => TIME));
    const kinds = (await Promise.all(sent)).map((done) => done.kind);
    expect([runs, ...kinds.sort()]).toEqual([1, "done", "refused", "refused"]);
  });
});

describe("a request that is an object", () => {
  const runtime = runtimeOf(`
  tool put(text: Text?, data: Json?) write
  ok: allow put
  never: deny put when has text and text == "no"
  few: budget 100 calls on put per session`);

  test.each([
    ["a text that needs escapes", "a\n".repeat(200_000)],
    ["a text of two bytes a character", "é".repeat(400_000)],
    ["a text of three bytes a character", "€".repeat(300_000)],
    ["a text of four bytes a character", "\u{1f600}".repeat(250_000)],
  ])("is as large as its JSON: %s", (_, text) => {
    expect(said(runtime.decide(JSON.stringify(request("put", { text }))))).toBe("allow none");
    expect(said(runtime.decide(request("put", { text })))).toBe("allow none");
  });

  test.each([
    ["a Date", { data: new Date(0) }],
    ["a Map", { data: new Map([["a", 1]]) }],
    ["bytes", { data: new Uint8Array(4) }],
    ["a boxed text", { data: Object("text") }],
    [
      "something of a class",
      {
        data: new (class Point {
          x = 1;
        })(),
      },
    ],
    ["arguments that inherit one", Object.create({ text: "no" })],
  ])("is refused with %s in it, which JSON would not show", (_, args) => {
    expect(said(runtime.decide(request("put", args)))).toBe("deny bad_json");
  });

  test("may have no prototype at all", () => {
    expect(said(runtime.decide(request("put", Object.assign(Object.create(null), { text: "a" }))))).toBe("allow none");
  });

  test("is not read far beyond what a request may be", () => {
    let folded: unknown = ["x"];
    for (let i = 0; i < 36; i += 1) folded = [folded, folded];
    expect(said(runtime.decide(request("put", { data: folded })))).toBe("deny too_large");
    expect(said(runtime.decide(request("put", { data: new Array(2 ** 32 - 1) })))).toBe("deny too_large");
  });
});

test("what a host does to its decision does not reach the next one", () => {
  const runtime = runtimeOf(`
  tool put(text: Text) write
  ok: allow put with log_full, timeout(5s)`);
  const decide = () => runtime.decide(request("put", { text: "a" }));
  const first = decide();
  if (first.outcome !== "allow_with_obligations") throw new Error(said(first));
  const obligations = first.obligations as unknown as { kind: string }[];
  expect(() => obligations.pop()).toThrow(TypeError);
  expect(() => Object.assign(obligations[0] as object, { kind: "other" })).toThrow(TypeError);
  // each decision has a list of its own
  (first.rules as string[]).pop();
  expect(decide()).toMatchObject({ obligations: [{ kind: "log_full" }, { kind: "timeout" }], rules: ["ok"] });
});

test("what decisions share, words and tags of rules, a host cannot change", () => {
  const runtime = runtimeOf(`
tool put(text: Text) write
ok: allow put
cap: deny put when text == "a" because "Not this." maps ASI02`);
  const first = runtime.decide(request("put", { text: "a" }));
  for (const shared of [first.rules, first.because, first.maps] as unknown as unknown[][])
    expect(() => shared.pop()).toThrow(TypeError);
  expect(() => Object.assign(first.because[0] as object, { text: "other" })).toThrow(TypeError);
});
