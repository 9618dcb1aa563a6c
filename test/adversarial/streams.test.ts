// Results in pieces, wherever they are cut and whatever the host does meanwhile: only what an answer released is passed on.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Decision, enforceStream, loadSync, type Runtime, type ToolStream } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { type Random, seeded } from "../differential/random.ts";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const DENIES = "back: inspect results of read for secrets >= high then deny";

function open(rules: string, head = "") {
  const text = `contract "x" version "1" {
  ${head}
  agent bot { id "bot" }
  tool read(name: Text) read gives trusted returns Json
  all: allow *
  few: budget 50 calls per session
  ${rules}
}`;
  const { contract, diagnostics } = check({ path: "x", text }, LINKED);
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join());
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  const events: Decision[] = [];
  let state = new Uint8Array(0);
  const store = {
    load: async () => state,
    save: async (before: Uint8Array, after: Uint8Array) => {
      if (Buffer.compare(before, state) !== 0) return false;
      state = Uint8Array.from(after);
      return true;
    },
  };
  let calls = 0;
  const run = async (
    pieces: AsyncIterable<string>,
    kept: readonly string[] = [],
    decider: Pick<Runtime, "decide"> = runtime,
  ) => {
    calls += 1;
    const call = {
      principal: { id: "bot" },
      action: { tool: "read", args: { name: "x" } },
      context: { time: 1, call_id: `c${calls}` },
    };
    const watched = {
      ...runtime,
      decide: (...args: Parameters<Runtime["decide"]>) => {
        const decision = decider.decide(...args);
        events.push(decision);
        return decision;
      },
    } as Runtime;
    const passed: string[] = [];
    const pass = async (text: string): Promise<void> => {
      // somebody reads slowly
      await Promise.resolve();
      passed.push(text);
    };
    const execute = async (): Promise<ToolStream> => ({ kept, pieces, end: async () => ({ value: null }) });
    const done = await enforceStream(watched, store, call, execute, pass, () => 1);
    return { done, passed: passed.join("") };
  };
  return { run, runtime, events, store };
}

/** Cut anywhere, within surrogate pairs too; some pieces are empty. Tells how many were taken, and that it was closed. */
function cut(text: string, random: Random) {
  const seen = { taken: 0, closed: false };
  async function* pieces(): AsyncGenerator<string> {
    try {
      for (let at = 0; at < text.length; ) {
        const size = random.below(random.chance(0.3) ? 900 : 7);
        seen.taken += 1;
        yield text.slice(at, at + size);
        at += size;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { pieces: pieces(), seen };
}
const filler = (random: Random): string =>
  random.pick(["grüße 😀 ", "ok ", "漢字 ", "AKIA "]).repeat(random.below(300));

describe("a result in pieces", () => {
  test("is passed on whole when nothing is in it, however it is cut", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed);
      const { run } = open(DENIES);
      const text = `${filler(random)}${filler(random)}😀`;
      const { done, passed } = await run(cut(text, random).pieces);
      expect(passed).toBe(text);
      expect(done.kind).toBe("done");
    }
  });

  test("ends before what is sought, nothing of which is passed on, and the tool's stream is closed", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed);
      const { run } = open(DENIES);
      const before = filler(random);
      const { pieces, seen } = cut(`${before}${KEY} ${filler(random)}${"x ".repeat(2_000)}`, random);
      const { done, passed } = await run(pieces);
      expect(done).toMatchObject({ kind: "withheld", decision: { reason: "inspection_denied" } });
      expect(before.startsWith(passed), `seed ${seed}`).toBe(true);
      expect(seen.closed).toBe(true);
    }
  });

  test("is passed on without what is to be redacted", async () => {
    for (let seed = 1; seed <= 15; seed++) {
      const random = seeded(seed);
      const { run } = open("back: inspect results of read for secrets >= high then redact");
      const { done, passed } = await run(cut(`begin ${filler(random)} ${KEY} ${filler(random)} end`, random).pieces);
      expect(done.kind).toBe("done");
      expect(passed).toContain("[redacted]");
      expect(passed).not.toContain(KEY);
      expect(passed.endsWith(" end") || passed.endsWith("[redacted]")).toBe(true);
    }
  });

  test("is asked about in parts that fit a request, and is passed on in order", async () => {
    const { run, events } = open(DENIES);
    const text = `${"😀".repeat(40_000)}!`.repeat(8);
    async function* once(): AsyncGenerator<string> {
      yield text;
    }
    expect((await run(once())).passed).toBe(text);
    expect(events.every(({ reason }) => reason === "none")).toBe(true);
  });

  test("half of a surrogate pair is passed on as what was asked about", async () => {
    const { run } = open(DENIES);
    async function* halves(): AsyncGenerator<string> {
      yield "a\udc00b\ud83d";
      yield "\ude00\ud83d";
    }
    expect((await run(halves())).passed).toBe("a\ufffdb😀\ufffd");
  });
});

describe("law 8 of a result in pieces", () => {
  const random = seeded(1);
  test("an obligation of the call that is not kept withholds it all: no piece is taken", async () => {
    const { run } = open("more: oblige read with log_full");
    const { pieces, seen } = cut("all of it", random);
    expect(await run(pieces)).toMatchObject({ done: { kind: "withheld" }, passed: "" });
    expect(seen.taken).toBe(0);
    expect(await run(cut("all of it", random).pieces, ["log_full"])).toMatchObject({
      done: { kind: "done" },
      passed: "all of it",
    });
  });

  test("an obligation of a piece that is not kept ends it there", async () => {
    const { run } = open("back: inspect results of read for secrets >= high then with log_full");
    const text = `${"x ".repeat(600)}${KEY} and more`;
    const { done, passed } = await run(cut(text, random).pieces);
    expect(done.kind).toBe("withheld");
    expect(text.slice(0, text.indexOf(KEY)).startsWith(passed)).toBe(true);
    expect((await run(cut(text, random).pieces, ["log_full"])).passed).toBe(text);
  });

  test("a piece that somebody would have to look at ends it, and says who is asked", async () => {
    const { run } = open("back: inspect results of read for secrets >= high then approval from user");
    const { done, passed } = await run(cut(`${KEY} and more`, random).pieces);
    expect(done).toMatchObject({ kind: "withheld", decision: { outcome: "require_approval" } });
    expect(passed).toBe("");
  });
});

describe("whatever goes wrong", () => {
  const random = seeded(2);
  async function* breaks(text: string): AsyncGenerator<string> {
    yield text;
    throw new Error("the line went dead");
  }

  test("a tool that fails on the way has failed, and what lay here is not passed on", async () => {
    const { run, events } = open(DENIES);
    const text = "y ".repeat(400);
    const { done, passed } = await run(breaks(text));
    expect(done).toMatchObject({ kind: "failed", error: { message: "the line went dead" } });
    expect(passed).toBe(text.slice(0, text.length - 512));
    expect(events).toHaveLength(3);
  });

  test("an answer that releases more than there is, or does not say how much, releases nothing", async () => {
    for (const release of [undefined, 1_000_000]) {
      const { run, runtime } = open(DENIES);
      let asked = 0;
      const decide = (...args: Parameters<Runtime["decide"]>): Decision => {
        asked += 1;
        const decision = runtime.decide(...args);
        return asked === 2 ? ({ ...decision, release } as Decision) : decision;
      };
      const { done, passed } = await run(cut("plain", random).pieces, [], { decide });
      expect(done.kind).toBe("withheld");
      expect(passed).toBe("");
    }
  });

  test("a state that cannot be written passes nothing on and throws", async () => {
    const { run, store } = open(DENIES);
    let writes = 0;
    const save = store.save;
    store.save = async (before, after) => {
      writes += 1;
      return writes === 1 ? save(before, after) : false;
    };
    await expect(run(cut(`${"z ".repeat(900)}`, random).pieces)).rejects.toThrow("written by others");
  });

  test("two streams of one session, told in turns, are each judged by themselves", async () => {
    const { run } = open(DENIES);
    const clean = "clean ".repeat(300);
    const [good, bad] = await Promise.all([
      run(cut(clean, seeded(3)).pieces),
      run(cut(`${"dirty ".repeat(200)}${KEY}`, seeded(4)).pieces),
    ]);
    expect(good).toMatchObject({ done: { kind: "done" }, passed: clean });
    expect(bad.done.kind).toBe("withheld");
    expect(bad.passed).not.toContain("AKIA");
  });

  test("where a contract is only observed, all is passed on, and the answers say what they would have done", async () => {
    const { run, events } = open(DENIES, "observe until 2100-01-01");
    const text = `${"x ".repeat(600)}${KEY} and more`;
    expect(await run(cut(text, random).pieces)).toMatchObject({ done: { kind: "done" }, passed: text });
    expect(events.some(({ outcome, enforce }) => outcome === "deny" && !enforce)).toBe(true);
  });
});
