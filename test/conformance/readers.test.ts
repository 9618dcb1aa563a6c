/**
 * Readers of state and module that were written from the pages, in another language and sharing no code: what they read is what
 * was written by hand, and what they refuse is what the kernel refuses. Without Python 3 these tests say so and are skipped.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadSync } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { modules, stories } from "./stories/all.ts";
import { LEDGER_IDS, LEDGER_KEY } from "./stories/ledgers.ts";
import { compileText, hex, plainHost, requestBytes, unhex, type Vector } from "./stories/tell.ts";

const python = ["python3", "python"].find(
  (name) => spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);
if (python === undefined) console.warn("readers.test.ts: skipped, there is no Python 3.8 or newer here");

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
function run(name: string, input: string | Uint8Array) {
  const { status, stdout, stderr } = spawnSync(python!, [script(name)], { input, maxBuffer: 1 << 26 });
  return { status, out: status === 0 ? JSON.parse(stdout.toString()) : undefined, error: stderr.toString() };
}
const readModule = (bytes: Uint8Array) => run("read_module.py", bytes);

function readStates(vector: Vector, states: readonly Uint8Array[], names: unknown = []) {
  const { header } = readModule(compileText(vector.contract).bytes).out;
  const {
    B,
    C,
    P,
    O,
    E,
    I,
    K,
    V,
    L,
    pending,
    approvals,
    evidence,
    tokens,
    values,
    flow_row,
    attempts,
    S,
    items,
    item_row,
    stream,
    D,
    Q,
  } = header;
  const F = flow_row === 0 ? 0 : 16;
  const { status, out, error } = run(
    "read_state.py",
    JSON.stringify({
      shape: {
        B,
        C,
        P,
        O,
        E,
        I,
        K,
        V,
        L,
        F,
        S,
        D,
        Q,
        W: stream === 0 ? 0 : 520,
        R: items === 0 ? 0 : (item_row - 32) / 24,
        counters: countersOf(vector.contract),
      },
      capacities: { pending, approvals, evidence, tokens, values, attempts, items },
      contract_digest: vector.contract_digest,
      session: vector.session,
      key: vector.key || "00".repeat(16),
      ledger_key: LEDGER_KEY,
      ids: LEDGER_IDS,
      states: states.map(hex),
      names,
    }),
  );
  expect({ status, error }).toEqual({ status: 0, error: "" });
  return out;
}
/** Per ledger the windows of its budgets, in the order of the rules. */
function countersOf(contract: string) {
  const { ir } = compileText(contract);
  const windows: { [ledger: string]: string[] } = { session: [], run: [], agent: [], team: [], global: [] };
  for (const { ledger, window } of ir.budgets)
    windows[ledger === "turn" ? "session" : ledger]!.push(ledger === "turn" ? "turn" : (window?.kind ?? "none"));
  return windows;
}
const vectorOf = (name: string): Vector => JSON.parse(readFileSync(script(`vectors/${name}.json`), "utf8"));

describe.skipIf(python === undefined)("a reader written from docs/formats/state.md", () => {
  const holding = stories.filter((s) => s.holds !== undefined).map((s) => s.name);
  test.each(holding)("%s: finds what was written by hand", (name) => {
    const vector = vectorOf(name);
    const { names, rows } = vector.holds as { names: unknown; rows: unknown };
    expect(readStates(vector, [unhex(vector.steps.at(-1)!.state)], names)).toEqual([rows]);
  });

  const stateful = stories.filter((s) => !s.name.startsWith("request/")).map((s) => s.name);
  test.each(stateful)("%s: reads every state in it without a fault", (name) => {
    const vector = vectorOf(name);
    const states = vector.steps.filter((s) => s.packed >> 8 !== 12).map((s) => unhex(s.state));
    const read = readStates(
      vector,
      states.filter((s) => s.length > 0),
    );
    expect(read.filter((s: { fault?: number }) => s.fault !== undefined)).toEqual([]);
  });

  test("it finds the fault that the kernel finds, whichever byte is changed and wherever the blob is cut", async () => {
    const vector = vectorOf("state/evidence");
    const whole = unhex(vector.steps.at(-1)!.state);
    // the empty blob is a new session
    const flips = [...whole.keys()].map((at) => Uint8Array.from(whole, (b, i) => (i === at ? b ^ (1 << (at % 8)) : b)));
    const damaged = [...flips, ...[...whole.keys()].slice(1).map((at) => whole.slice(0, at))];
    const host = (await plainHost())(compileText(vector.contract).bytes);
    const request = requestBytes(vector.steps.at(-1)!);
    const faults = damaged.map((state) => host.decide(request, { session: state }).fault);
    expect(new Set(faults)).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(readStates(vector, damaged)).toEqual(faults.map((fault) => ({ fault })));
  });

  test("state/faults: finds the faults that are written there", () => {
    const vector = vectorOf("state/faults");
    const faulty = vector.steps.filter((s) => s.given_state !== undefined && !s.about!.startsWith("6"));
    const expected = faulty.map((s) => Number(/^\d/.exec(s.about!)?.[0] ?? 0));
    const read = readStates(
      vector,
      faulty.map((s) => unhex(s.given_state!)),
    );
    expect(read.map((s: { fault?: number }) => s.fault ?? 0)).toEqual(expected);
    const other = { ...vector, session: "s-42" };
    expect(readStates(other, [unhex(faulty.at(-1)!.given_state!)])).toEqual([{ fault: 6 }]);
  });
});

describe.skipIf(python === undefined)("a reader written from docs/formats/module.md", () => {
  test.each(modules().map((m) => [m.name, m.vector] as const))("%s: finds what the vector says", (_name, vector) => {
    const { bytes, manifest } = compileText(vector.contract);
    const { out, error } = readModule(bytes);
    expect(error).toBe("");
    const { contract_digest, header, tools, rules, patterns, obligations } = out;
    expect({
      contract_digest,
      header: { ...(vector.expected.header as object), length: header.length },
      tools,
      rules,
      patterns,
      obligations,
    }).toEqual({
      ...vector.expected,
      header,
    });
    expect(out.manifest).toEqual(JSON.parse(JSON.stringify(manifest)));
    expect(out.sections).toEqual([
      ...[1, 3, 5, 6, 7, 12, 10, 11].map((id) => [id, null]),
      ...["thc.manifest", "thc.explain", "thc.crc"].map((name) => [0, name]),
    ]);
    expect(out.explained).toBe(manifest.rules.length);
    expect(out.found).toEqual([...manifest.tools.map((_, i) => i + 1), 0]);
    expect(out.stop_words).toBe(1);
  });

  test("it refuses a module of which one bit is another, as the runtime does", () => {
    const { bytes } = compileText(modules()[0]!.vector.contract);
    for (const at of [9, 200, bytes.length - 3000, bytes.length - 10, bytes.length - 1]) {
      const damaged = Uint8Array.from(bytes, (b, i) => (i === at ? b ^ 4 : b));
      expect(readModule(damaged).status).toBe(1);
      expect(() => loadSync(damaged)).toThrow();
    }
  });
});
