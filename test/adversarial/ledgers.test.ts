// Hosts that keep several ledgers: states that are shared, lost, mixed up or left out, and calls that race for them.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Blobs, enforce, type LedgerIds, type Ledgers, loadSync, packBlobs, unpackBlobs } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TIME = 1_767_225_600_000;
const EMPTY = new Uint8Array(0);

function runtimeOf(rules: string) {
  const text = `contract "c" version "1.0.0" {\n  agent bot { id "bot-*" }\n  tool go() write\n  ok: allow go\n${rules}\n}\n`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}
const callOf = (id: string, context: object = {}, principal: object = {}) => ({
  principal: { id: "bot-1", ...principal },
  action: { tool: "go", args: {} },
  context: { time: TIME, call_id: id, ...context },
});
const call = (id: string, context: object = {}, principal: object = {}) => ({
  event: "call",
  ...callOf(id, context, principal),
});

/** A store as a host would have it: each ledger by its id, all or nothing. */
function store(): Ledgers & { readonly size: () => number; readonly lose: (key: string) => void } {
  const kept = new Map<string, Uint8Array>();
  const key = (name: string, ids: LedgerIds) => `${name} ${name === "global" ? "" : ids[name as keyof LedgerIds]}`;
  const names = ["session", "run", "agent", "team", "global"] as const;
  return {
    size: () => kept.size,
    lose: (name) => void kept.delete(name),
    loadAll: async (ids) => Object.fromEntries(names.map((name) => [name, kept.get(key(name, ids)) ?? EMPTY])) as Blobs,
    saveAll: async (ids, before, after) => {
      // a real store takes its time, and others come in between
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      const entries = Object.entries(after) as [keyof Blobs, Uint8Array][];
      if (entries.some(([name]) => (kept.get(key(name, ids)) ?? EMPTY) !== (before[name] ?? EMPTY))) return false;
      for (const [name, blob] of entries) kept.set(key(name, ids), blob);
      return true;
    },
  };
}
const run = async () => ({ value: null, kept: [] });

describe("several sessions of one agent", () => {
  const runtime = runtimeOf("  few: budget 5 calls per agent per 1d");

  test("share its budget, and calls that race for the last ones never pass the limit", async () => {
    const shared = store();
    const calls = Array.from({ length: 8 }, (_, i) =>
      enforce(runtime, shared, callOf(`c${i}`, { session: `s${i}` }), run, () => TIME).catch(() => ({ kind: "lost" })),
    );
    const kinds = (await Promise.all(calls)).map((done) => done.kind);
    expect(kinds.filter((kind) => kind === "done").length).toBeLessThanOrEqual(5);
    for (let i = 0; i < 5; i += 1) await enforce(runtime, shared, callOf(`d${i}`, { session: "s" }), run, () => TIME);
    const last = await enforce(runtime, shared, callOf("e", { session: "new" }), run, () => TIME);
    expect([last.kind, last.decision.reason, last.decision.retryAfter]).toEqual([
      "refused",
      "budget_exceeded",
      expect.any(Number),
    ]);
  });

  test("another agent has its own", async () => {
    const shared = store();
    for (const id of ["bot-1", "bot-2"])
      for (let i = 0; i < 5; i += 1) {
        const { kind } = await enforce(runtime, shared, callOf(`c${i}`, { session: "s" }, { id }), run, () => TIME);
        expect(kind).toBe("done");
      }
  });
});

describe("a blob", () => {
  const runtime = runtimeOf(
    "  few: budget 5 calls per agent\n  team: budget 5 calls per team\n  run: budget 9 calls per run",
  );
  const ids = [{ run: "r" }, { team: "t" }] as const;
  const fresh: Blobs = { session: EMPTY, run: EMPTY, agent: EMPTY, team: EMPTY };
  const first = runtime.decide(call("c1", ...ids), fresh);
  const again = (blobs: Blobs, context: object = {}, principal: object = {}) => {
    const d = runtime.decide(call("c2", { ...ids[0], ...context }, { ...ids[1], ...principal }), blobs);
    return d.outcome === "deny" ? (d.fault ?? d.reason) : d.outcome;
  };

  test("that the contract keeps and that is missing is no new one", () => {
    expect(first.outcome).toBe("allow");
    expect(again(first.blobs)).toBe("allow");
    const { team: _, ...rest } = first.blobs;
    expect(again(rest)).toBe("team: a state that the contract keeps was not given");
    const alone = runtime.decide(call("c2", ...ids), first.state);
    expect(alone).toMatchObject({
      outcome: "deny",
      reason: "bad_state",
      fault: "run: a state that the contract keeps was not given",
    });
    // and what was given to the event before counts for that one only
    expect(again({ session: EMPTY })).toBe("run: a state that the contract keeps was not given");
  });

  test("of another ledger, id or contract is refused, and so is a damaged one", () => {
    const { agent, team, run } = first.blobs as { [name: string]: Uint8Array };
    expect(again({ ...first.blobs, team: agent! })).toMatch(/^team: the state belongs to another/);
    expect(again({ ...first.blobs, run: team! })).toMatch(/^run: /);
    expect(again(first.blobs, {}, { id: "bot-2" })).toMatch(/^agent: the state belongs to another/);
    expect(again(first.blobs, { run: "r2" })).toMatch(/^run: the state belongs to another/);
    const damaged = agent!.map((b, i) => (i === agent!.length - 1 ? b ^ 1 : b));
    expect(again({ ...first.blobs, agent: damaged })).toBe(
      "agent: the state is damaged: its bytes do not give its checksum",
    );
    expect(again({ ...first.blobs, run: run!.subarray(1) })).toMatch(/^run: /);
    expect(again({ ...first.blobs, run: new Uint8Array(1 << 20) })).toBe("run: the state is cut short");
    const other = runtimeOf("  few: budget 6 calls per agent").decide(call("c1"), { session: EMPTY, agent: EMPTY });
    expect(again({ ...first.blobs, agent: other.blobs.agent! })).toMatch(
      /^agent: the state was written by another contract/,
    );
  });

  test("of nobody's run is none: what is counted per run is denied, whatever is given for it", () => {
    const nobodys = { ...first.blobs, run: EMPTY };
    const d = runtime.decide(call("c2", {}, ids[1]), nobodys);
    expect([d.outcome, d.reason, d.rules]).toEqual(["deny", "budget_exceeded", ["run"]]);
    expect(d.blobs.run).toBe(nobodys.run);
    expect(runtime.decide(call("c2", {}, ids[1]), first.blobs).reason).toBe("bad_state");
  });

  test("that nothing changed is handed back as it is", () => {
    const message = {
      event: "message",
      principal: { id: "bot-1" },
      context: { time: TIME },
      message: { from: "user", text: "hi" },
    };
    const heard = runtime.decide(message, first.blobs);
    expect([heard.outcome, heard.blobs.run, heard.blobs.agent, heard.blobs.team]).toEqual([
      "allow",
      first.blobs.run,
      first.blobs.agent,
      first.blobs.team,
    ]);
    const refused = runtime.decide("{", first.blobs);
    expect(refused.blobs).toEqual(first.blobs);
  });

  test("stands in a bundle with the others", () => {
    expect(unpackBlobs(packBlobs(first.blobs))).toEqual(first.blobs);
    const some: Blobs = { session: Uint8Array.of(1), agent: EMPTY };
    expect(unpackBlobs(packBlobs(some))).toEqual(some);
    expect(packBlobs({ session: first.state })).toBe(first.state);
    const whole = packBlobs(first.blobs);
    expect(unpackBlobs(whole.subarray(0, -1))).toEqual({ session: whole.subarray(0, -1) });
  });
});

test("a result is put right in the run that it was counted in, and in no other", () => {
  const runtime = runtimeOf("  spend: budget 10 USD of cost per run");
  const fresh: Blobs = { session: EMPTY, run: EMPTY };
  const asked = runtime.decide(call("c1", { run: "a", cost: 8 }), fresh);
  const other = runtime.decide(call("c2", { run: "b", cost: 9 }), { ...asked.blobs, run: EMPTY });
  const told = (context: object, blobs: Blobs) =>
    runtime.decide(
      {
        event: "result",
        principal: { id: "bot-1" },
        context: { time: TIME, call_id: "c1", ...context },
        result: { status: "ok", cost: 1 },
      },
      blobs,
    );
  expect(told({ run: "b" }, other.blobs).blobs.run).toBe(other.blobs.run);
  const right = told({ run: "a" }, { ...other.blobs, run: asked.blobs.run! });
  const goes = (cost: number, blobs: Blobs) => runtime.decide(call("c9", { run: "a", cost }), blobs).outcome;
  expect([goes(9, right.blobs), goes(9.01, right.blobs)]).toEqual(["allow", "deny"]);
});
