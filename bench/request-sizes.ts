/** Requests of other sizes and what else is asked of a decision: objects, the action's digest, explanations. Prints JSON. */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { handWritten } from "./hand.ts";
import { measure, timesFaster } from "./measure.ts";
import { requests, workload } from "./workload.ts";

export interface RequestFigures {
  readonly sizes: readonly {
    readonly bytes: number;
    readonly module: number;
    readonly hand: number;
    readonly times: number;
  }[];
  /** Microseconds, at the usual size. */
  readonly fromBytes: number;
  readonly fromObject: number;
  readonly withDigest: number;
  readonly withExplanation: number;
}

const COUNT = 128;

function figures(rounds: number): RequestFigures {
  const w = workload(10);
  const { contract } = check({ path: "bench.contract", text: w.text });
  if (contract === undefined) throw new Error("the workload does not check");
  const compiled = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  const hand = handWritten(w);
  const encoder = new TextEncoder();
  const sizes = [-1, 60, 7_500, 64_800].map((note) => {
    const asked = requests(w, COUNT, Math.max(note, 0));
    const bytes = asked.map((r) => encoder.encode(JSON.stringify(note < 0 ? small(r) : r)));
    const at = (i: number): Uint8Array => bytes[i % COUNT] as Uint8Array;
    const [module, byHand] = measure(
      [
        { name: "module", run: (i) => runtime.decide(at(i)) },
        { name: "hand", run: (i) => hand.fromBytes(at(i)) },
      ],
      rounds,
    );
    return {
      bytes: Math.round(bytes.reduce((n, b) => n + b.length, 0) / COUNT),
      module: module!.median,
      hand: byHand!.median,
      times: timesFaster(byHand!, module!),
    };
  });
  const asked = requests(w, COUNT);
  const bytes = asked.map((r) => encoder.encode(JSON.stringify(r)));
  const at = (i: number): Uint8Array => bytes[i % COUNT] as Uint8Array;
  const [fromBytes, fromObject, withDigest, withExplanation] = measure(
    [
      { name: "bytes", run: (i) => runtime.decide(at(i)) },
      { name: "object", run: (i) => runtime.decide(asked[i % COUNT] as object) },
      { name: "digest", run: (i) => [runtime.decide(at(i)), runtime.actionDigest()] },
      { name: "explanation", run: (i) => runtime.decide(at(i)).explain() },
    ],
    rounds,
  ).map((each) => each.median);
  return {
    sizes,
    fromBytes: fromBytes!,
    fromObject: fromObject!,
    withDigest: withDigest!,
    withExplanation: withExplanation!,
  };
}

/** Only what must be there, and two arguments: about 200 bytes; both contenders deny it for its missing arguments. */
function small({ principal, context }: ReturnType<typeof requests>[number]): object {
  return {
    event: "call",
    principal: { id: principal.id, team: principal.team },
    action: { tool: "svc0.read", args: { host: "api0.vendor.example", amount: 5, customer: {} } },
    context: { time: context.time, call_id: context.call_id },
    resource: { env: "dev" },
  };
}

process.stdout.write(`${JSON.stringify(figures(Number(process.argv[2] ?? 12)))}\n`);
