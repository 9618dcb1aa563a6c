// Hosts that keep the ledgers of those for whom a call is made: states that are left out, mixed up or given twice, and calls that race.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Blobs, enforce, type LedgerIds, type Ledgers, loadSync, packBlobs, unpackBlobs } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { seeded } from "../differential/random.ts";

const TIME = 1_767_225_600_000;
const EMPTY = new Uint8Array(0);

function runtimeOf(limits: string, depth = 1) {
  const text = `contract "c" version "1.0.0" {
  agent boss { id "boss-*" }
  agent helper { id "helper-*" }
  tool go() write
  ok: allow go
  ${limits}
  delegate from boss to helper { only go depth ${depth} budgets 50% }
  delegate from helper to helper { only go depth ${depth} }
}`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}

interface Who {
  readonly id: string;
  readonly team?: string;
}
const callOf = (id: string, by: Who, links: readonly Who[], context: object = {}) => ({
  principal: { ...by, chain: links.map((link) => ({ ...link, at: TIME })) },
  action: { tool: "go", args: {} },
  context: { time: TIME, call_id: id, session: `s of ${by.id}`, ...context },
});
const call = (...of: Parameters<typeof callOf>) => ({ event: "call", ...callOf(...of) });
const [boss, helper, second] = [{ id: "boss-1" }, { id: "helper-1" }, { id: "helper-2" }];

describe("the blob of a delegator", () => {
  const runtime = runtimeOf("few: budget 8 calls per agent");
  const fresh: Blobs = { session: EMPTY, agent: EMPTY, delegators: [{ agent: EMPTY }] };
  const first = runtime.decide(call("c1", helper, [boss]), fresh);

  test("is wanted for as many as a chain may have, and both are written", () => {
    expect(runtime.manifest.state.delegators).toBe(1);
    expect([first.outcome, first.blobs.agent!.length, first.blobs.delegators![0]!.agent!.length]).toEqual([
      "allow",
      expect.any(Number),
      runtime.manifest.state.ledgers![0]!.bytes,
    ]);
    const own = runtime.decide({ ...call("c2", boss, []) }, { agent: first.blobs.delegators![0]!.agent! });
    expect(own.reason).not.toBe("bad_state");
  });

  test("that is left out is a denial before any rule, as one of somebody else is", () => {
    const again = (delegators: Blobs["delegators"], links = [boss]) => {
      const decision = runtime.decide(call("c2", helper, links), {
        ...first.blobs,
        ...(delegators === undefined ? { delegators: [] } : { delegators }),
      });
      return decision.outcome === "deny" ? decision.fault : decision.outcome;
    };
    const [{ agent }] = first.blobs.delegators as readonly [{ readonly agent: Uint8Array }];
    expect(again([{ agent }])).toBe("allow");
    expect(again(undefined)).toBe("agent of delegator 1: a state that the contract keeps was not given");
    expect(again([{}])).toMatch(/^agent of delegator 1: .* was not given$/);
    expect(again([{ agent: first.blobs.agent! }])).toMatch(/^agent of delegator 1: the state belongs to another/);
    expect(again([{ agent }], [{ id: "boss-2" }])).toMatch(/^agent of delegator 1: the state belongs to another/);
    expect(again([{ agent: agent.subarray(1) }])).toMatch(/^agent of delegator 1: /);
    expect(again([{ agent: new Uint8Array(1 << 20) }])).toBe("agent of delegator 1: the state is cut short");
  });

  test("of nobody is not looked at, and none of an event before is", () => {
    const forNobody = runtime.decide(call("c2", helper, []), { ...first.blobs, delegators: [] });
    expect([forNobody.outcome, forNobody.blobs.delegators]).toEqual(["allow", []]);
    const more = { ...first.blobs, delegators: [{ agent: Uint8Array.of(1) }] };
    expect(runtime.decide(call("c2", helper, []), more)).toMatchObject({
      outcome: "allow",
      blobs: more.delegators && { delegators: more.delegators },
    });
    expect(runtime.decide(call("c2", helper, [boss]), { ...first.blobs, delegators: [] }).reason).toBe("bad_state");
  });

  test("that is the principal's own is not looked at: a call counts once in a ledger, however often that stands there", () => {
    const pair = runtimeOf("few: budget 2 calls per agent", 2);
    let blobs: Blobs = { session: EMPTY, agent: EMPTY, delegators: [{ agent: Uint8Array.of(1) }, { agent: EMPTY }] };
    const outcomes = ["c1", "c2", "c3"].map((id) => {
      const decision = pair.decide(call(id, helper, [helper, { id: "helper-9" }]), blobs);
      blobs = { ...decision.blobs, delegators: [blobs.delegators![0]!, decision.blobs.delegators![1]!] };
      return [decision.outcome, decision.blobs.delegators![0]!.agent!.length];
    });
    expect(outcomes).toEqual([
      ["allow", 1],
      ["allow", 1],
      ["deny", 1],
    ]);
  });

  test("packed with the others is what it was, and what nobody packed is one blob", () => {
    const some: Blobs = {
      session: Uint8Array.of(1),
      delegators: [{ team: EMPTY }, {}, { agent: Uint8Array.of(2, 3) }],
    };
    for (const blobs of [first.blobs, some, { ...some, delegators: [] }])
      expect(unpackBlobs(packBlobs(blobs))).toEqual(blobs);
    const packed = packBlobs(some);
    for (let length = 0; length < packed.length; length += 1) {
      const cut = packed.subarray(0, length);
      expect(unpackBlobs(cut)).toEqual({ session: cut });
    }
    const random = seeded(3);
    for (let i = 0; i < 500; i += 1) {
      const damaged = packed.slice();
      for (let k = 0; k < 3; k += 1) damaged[random.below(damaged.length)] = random.below(256);
      const again = unpackBlobs(damaged);
      expect(packBlobs(again)).toEqual(damaged);
    }
  });
});

test("a result is put right in the ledger of the delegator, and only when its chain names that", () => {
  const runtime = runtimeOf("spend: budget 10 USD of cost per agent");
  const fresh: Blobs = { session: EMPTY, agent: EMPTY, delegators: [{ agent: EMPTY }] };
  const asked = runtime.decide(call("c1", helper, [boss], { cost: 5 }), fresh);
  const told = (links: readonly Who[], delegators: Blobs["delegators"]) =>
    runtime.decide(
      { ...callOf("c1", helper, links), event: "result", result: { status: "ok", value: null, cost: 2 } },
      { ...asked.blobs, delegators: delegators ?? [] },
    ).blobs.delegators!;
  const before = asked.blobs.delegators!;
  const goes = (blob: Uint8Array, cost: number) =>
    runtime.decide(call("c9", second, [boss], { cost }), {
      session: EMPTY,
      agent: EMPTY,
      delegators: [{ agent: blob }],
    }).outcome;
  expect([goes(before[0]!.agent!, 1), goes(told([boss], before)[0]!.agent!, 3)]).toEqual(["deny", "allow"]);
  expect(goes(told([boss], before)[0]!.agent!, 3.01)).toBe("deny");
  // another chain: what was reserved stays
  expect(told([], [])).toEqual([]);
  expect(told([{ id: "boss-2" }], [{ agent: EMPTY }])).toEqual([{ agent: EMPTY }]);
});

/** A store as a host would have it: each ledger by its id, all or nothing. */
function store(): Ledgers {
  const kept = new Map<string, Uint8Array>();
  const at = (ledger: string, id: string | undefined) => kept.get(`${ledger} ${id}`) ?? EMPTY;
  const entries = (ids: LedgerIds, blobs: Blobs): readonly (readonly [string, Uint8Array | undefined])[] => [
    [`session ${ids.session}`, blobs.session],
    [`agent ${ids.agent}`, blobs.agent],
    ...ids.delegators.map(({ agent }, i) => [`agent ${agent}`, blobs.delegators?.[i]?.agent] as const),
  ];
  return {
    loadAll: async (ids) => ({
      session: at("session", ids.session),
      agent: at("agent", ids.agent),
      delegators: ids.delegators.map(({ agent }) => ({ agent: at("agent", agent) })),
    }),
    saveAll: async (ids, before, after) => {
      // a real store takes its time, and others come in between
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      const old = new Map(entries(ids, before));
      const written = entries(ids, after).flatMap(([key, blob]) => (blob === undefined ? [] : [[key, blob] as const]));
      if (written.some(([key]) => (kept.get(key) ?? EMPTY) !== (old.get(key) ?? EMPTY))) return false;
      for (const [key, blob] of written) kept.set(key, blob);
      return true;
    },
  };
}

test("calls of many that race for one delegator's share never pass it, and its own calls count beside them", async () => {
  const runtime = runtimeOf("few: budget 8 calls per agent");
  const shared = store();
  const run = async () => ({ value: null, kept: [] });
  const by = (who: Who, links: readonly Who[], id: string) =>
    enforce(runtime, shared, callOf(id, who, links), run, () => TIME);
  const many = Array.from({ length: 7 }, (_, i) =>
    by({ id: `helper-${i}` }, [boss], `c${i}`).catch(() => ({ kind: "lost" })),
  );
  const kinds = (await Promise.all(many)).map((done) => done.kind);
  expect(kinds.filter((kind) => kind === "done").length).toBeLessThanOrEqual(4);
  for (let i = 0; i < 4; i += 1) await by({ id: `helper-${i}` }, [boss], `d${i}`);
  const last = await by({ id: "helper-fresh" }, [boss], "e");
  expect([last.kind, last.decision.reason, last.decision.rules]).toEqual([
    "refused",
    "budget_exceeded",
    ["boss.to.helper.few"],
  ]);
  for (let i = 0; i < 4; i += 1) expect((await by(boss, [], `f${i}`)).kind).toBe("done");
  expect((await by(boss, [], "g")).decision.rules).toEqual(["few"]);
});
