/** One size and one policy engine in one process, beside the module on an equal policy, answers compared on every request. Prints JSON. */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { measure, timesFaster } from "./measure.ts";
import { buildCasbin } from "./peers/casbin.ts";
import { buildCedar } from "./peers/cedar.ts";
import { buildCel } from "./peers/cel.ts";
import { buildJsonLogic } from "./peers/json-logic.ts";
import { buildOpaData, buildOpaRules } from "./peers/opa.ts";
import { type BuildPeer, fromBytes } from "./peers/peer.ts";
import { requests, workload } from "./workload.ts";

export type PeerFigures =
  | {
      readonly rules: number;
      readonly name: string;
      /** Microseconds. */
      readonly median: number;
      readonly p99: number;
      readonly module: { readonly median: number; readonly p99: number };
      /** How many times as fast the module is, pair by pair. */
      readonly times: number;
      readonly loadMs: number;
      /** Requests on which the two differ. */
      readonly disagreements: number;
    }
  | { readonly rules: number; readonly name: string; readonly missing: string };

const PEERS: { readonly [key: string]: BuildPeer } = {
  cedar: buildCedar,
  "opa-data": buildOpaData,
  "opa-rules": buildOpaRules,
  casbin: buildCasbin,
  cel: buildCel,
  "json-logic": buildJsonLogic,
};
const REQUESTS = 256;

async function figures(key: string, rules: number, rounds: number): Promise<PeerFigures> {
  const w = workload(rules);
  const build = PEERS[key];
  if (build === undefined) throw new Error(`no peer ${key}`);
  const peer = await build(w);
  if ("missing" in peer) return { rules, ...peer };
  const { contract } = check({ path: "bench.contract", text: w.text });
  if (contract === undefined) throw new Error("the workload does not check");
  const compiled = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  const asked = requests(w, REQUESTS);
  const encoder = new TextEncoder();
  const bytes = asked.map((r) => encoder.encode(JSON.stringify(r)));
  const at = (i: number): Uint8Array => bytes[i % REQUESTS] as Uint8Array;
  let disagreements = 0;
  for (const [i, request] of asked.entries()) {
    const { outcome } = runtime.decide(at(i));
    if (outcome === "require_approval") throw new Error("no rule of the workload asks");
    if (peer.says(outcome) !== peer.fromObject(request)) disagreements++;
  }
  const [module, other] = measure(
    [
      { name: "module", run: (i) => runtime.decide(at(i)) },
      { name: peer.name, run: (i) => fromBytes(peer, at(i)) },
    ],
    rounds,
  );
  if (module === undefined || other === undefined) throw new Error("nothing was measured");
  return {
    rules,
    name: peer.name,
    median: other.median,
    p99: other.p99,
    module: { median: module.median, p99: module.p99 },
    times: timesFaster(other, module),
    loadMs: peer.loadMs,
    disagreements,
  };
}

const [peer = "", rules, rounds] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await figures(peer, Number(rules ?? 10), Number(rounds ?? 10)))}\n`);
