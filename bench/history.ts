/**
 * What history costs: one construct in one process, a call decided with the states that 0, 100 and 1,000 events left behind,
 * interleaved. An event is a message, a call or a result. Prints JSON.
 */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { measure } from "./measure.ts";

export interface HistoryFigures {
  readonly construct: string;
  readonly cases: readonly { readonly events: number; readonly stateBytes: number; readonly median: number }[];
  /** Microseconds that 1,000 events add to a decision, round by round. */
  readonly added: number;
}

const HEAD = `agent bot { id "bot" }
  tool look(id: Id) read returns { id: Id, mail: Email }
  tool act(id: Id, to: Email dest, amount: Int) write
  reads: allow look
  acts: allow act`;
const RULES: { readonly [construct: string]: string } = {
  none: "",
  evidence: "seen: require prior ok look for act matching id within 30d",
  grounding: "named: require grounded to in user, look.mail for act",
  budgets: "many: budget 100_000 calls per session\n  much: budget 1_000_000 of amount on act per session per 1d",
  loops: "state { loop 1000 }\n  stuck: loop same call 900 in 1000 calls then deny",
  flows: "labels hostile\n  steered: flow hostile into act then deny",
};
export const CONSTRUCTS = Object.keys(RULES);

const encoder = new TextEncoder();
const START = 1_760_000_000_000;

function event(i: number, kind: string, rest: object, context: object = {}): Uint8Array {
  const base = {
    event: kind,
    principal: { id: "bot" },
    context: { time: START + i * 1_000, session: "s", ...context },
  };
  return encoder.encode(JSON.stringify({ ...base, ...rest }));
}

function figures(construct: string, rounds: number): HistoryFigures {
  const text = `contract "history" version "1" {\n  ${HEAD}\n  ${RULES[construct]}\n}\n`;
  const { contract, diagnostics } = check({ path: "history.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  const states = new Map<number, Uint8Array>();
  let state: Uint8Array = new Uint8Array(0);
  const send = (request: Uint8Array): void => {
    state = runtime.decide(request, state).state;
  };
  for (let i = 0; i <= 1_000; i++) {
    if (i === 0 || i === 100 || i === 1_000) states.set(i, state);
    const id = `A${i}`;
    const to = `person${i % 50}@example.com`;
    const call_id = `c${i - (i % 5)}`;
    const last = `A${i - (i % 5)}`;
    if (i % 5 === 0) send(event(i, "call", { action: { tool: "look", args: { id } } }, { call_id }));
    else if (i % 5 === 1)
      send(event(i, "result", { result: { status: "ok", value: { id: last, mail: to }, kept: [] } }, { call_id }));
    else if (i % 5 === 2) send(event(i, "message", { message: { from: "user", text: `write to ${to} about ${id}` } }));
    else if (i % 5 === 3)
      send(event(i, "call", { action: { tool: "act", args: { id: last, to, amount: 1 } } }, { call_id: `d${i}` }));
    else send(event(i, "result", { result: { status: "ok", value: null, kept: [] } }, { call_id: `d${i - 1}` }));
  }
  const asked = [0, 100, 1_000].map((events) => {
    const action = { tool: "act", args: { id: "A995", to: "person7@example.com", amount: 1 } };
    return { events, given: states.get(events)!, request: event(1_002, "call", { action }, { call_id: "last" }) };
  });
  const measured = measure(
    asked.map(({ events, given, request }) => ({ name: String(events), run: () => runtime.decide(request, given) })),
    rounds,
  );
  const [fresh, , old] = measured;
  const extra = fresh!.rounds.map((before, i) => old!.rounds[i]! - before).sort((a, b) => a - b);
  return {
    construct,
    cases: asked.map(({ events, given }, i) => ({ events, stateBytes: given.length, median: measured[i]!.median })),
    added: extra[extra.length >> 1]!,
  };
}

const [construct = "none", rounds] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(figures(construct, Number(rounds ?? 20)))}\n`);
