// `decision valid D` and `observe` at the enforcement point: an answer that is too old is not acted on, and leaves nothing behind.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { enforce, isValid, loadSync, type Runtime, type ToolCall } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TIME = 1_767_225_600_000;

function runtimeOf(body: string): Runtime {
  const text = `contract "c" version "1.0.0" {\n  agent bot { id "bot" }\n  tool pay(amount: Decimal) write\n${body}\n}\n`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}
const call: ToolCall = {
  principal: { id: "bot" },
  action: { tool: "pay", args: { amount: 5 } },
  context: { time: TIME, call_id: "c" },
};

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

/** A tool that counts its runs; a clock that stands at each of the times in turn, then at the last. */
function host(times: readonly number[]) {
  const seen = { runs: 0, asked: 0 };
  const execute = async () => {
    seen.runs += 1;
    return { value: null, kept: [] };
  };
  return { seen, execute, now: () => times[Math.min(seen.asked++, times.length - 1)]! };
}

describe("enforce with `decision valid 60s`", () => {
  const runtime = runtimeOf("  decision valid 60s\n  ok: allow pay\n  few: budget 2 calls on pay per session");

  test("acts on an answer to the last millisecond, and asks again for one that is older", async () => {
    for (const [late, asks] of [
      [60_000, 1],
      [60_001, 2],
    ] as const) {
      const { seen, execute, now } = host([TIME + late]);
      const session = sessionOf();
      const done = await enforce(runtime, session, call, execute, now);
      expect([done.kind, seen.runs, done.decision.validUntil]).toEqual([
        "done",
        1,
        asks === 1 ? TIME + 60_000 : TIME + late + 60_000,
      ]);
      // asked for twice or once, one call was counted
      const second = runtime.decide(
        { event: "call", ...call, context: { ...call.context, call_id: "d" } },
        await session.load(),
      );
      const third = runtime.decide(
        { event: "call", ...call, context: { ...call.context, call_id: "e" } },
        second.state,
      );
      expect([second.outcome, third.reason]).toEqual(["allow", "budget_exceeded"]);
    }
  });

  test("refuses when the answer of now is another", async () => {
    const early = runtimeOf("  decision valid 60s\n  fact context.open: Bool\n  ok: allow pay when context.open");
    let asked = 0;
    const shifting = {
      ...early,
      decide: (request: object, state?: Uint8Array) => {
        const { event, context, ...rest } = request as { event: string; context: object };
        if (event === "call") asked += 1;
        return early.decide({ ...rest, event, context: { ...context, open: asked === 1 } }, state as Uint8Array);
      },
    };
    const { seen, execute, now } = host([TIME + 60_001]);
    const done = await enforce(shifting as Runtime, sessionOf(), call, execute, now);
    expect([done.kind, done.decision.reason, seen.runs, asked]).toEqual(["refused", "no_allow", 0, 2]);
  });

  test("lets nothing through when every answer comes too late", async () => {
    const { seen, execute, now } = host(Array.from({ length: 20 }, (_, i) => TIME + 60_001 * (i + 1)));
    await expect(enforce(runtime, sessionOf(), call, execute, now)).rejects.toThrow("out of date");
    expect(seen.runs).toBe(0);
  });
});

test("without the line an answer counts for good", () => {
  const decision = runtimeOf("  ok: allow pay").decide({ event: "call", ...call });
  expect([decision.validUntil, isValid(decision, Number.MAX_SAFE_INTEGER)]).toEqual([undefined, true]);
});

test("a contract that is only observed stands in nobody's way until its day, and has it on record", async () => {
  const runtime = runtimeOf(
    "  observe until 2026-01-02\n  ok: allow pay when amount < 5\n  few: budget 1 calls per session",
  );
  const session = sessionOf();
  const { seen, execute, now } = host([TIME]);
  const asked = (id: string, time: number): ToolCall => ({ ...call, context: { time, call_id: id } });
  const first = await enforce(runtime, session, asked("a", TIME), execute, now);
  expect([first.kind, first.decision.outcome, first.decision.enforce, seen.runs]).toEqual(["done", "deny", false, 1]);
  const second = await enforce(runtime, session, asked("b", TIME), execute, now);
  expect([second.kind, second.decision.rules, seen.runs]).toEqual(["done", ["few"], 2]);
  const late = host([TIME + 86_400_000]);
  const third = await enforce(runtime, session, asked("c", TIME + 86_400_000), late.execute, late.now);
  expect([third.kind, third.decision.enforce, late.seen.runs]).toEqual(["refused", true, 0]);
});
