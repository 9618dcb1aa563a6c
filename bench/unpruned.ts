/** Rules that no index prunes: all for every tool, each about several fields of the request. Prints JSON. */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { measure, timesFaster } from "./measure.ts";
import { randomOf } from "./workload.ts";

export interface UnprunedFigures {
  readonly rules: number;
  readonly median: number;
  readonly ofTen: number;
  /** Of a decision of ten rules, pair by pair. */
  readonly times: number;
}

const TEAMS = ["support", "billing", "growth", "platform", "security", "finance", "legal", "ops"];
const ENVS = ["prod", "staging", "dev", "frozen"];

function module(rules: number) {
  const random = randomOf(rules);
  const some = (words: readonly string[]): string =>
    words
      .filter(() => random() < 0.4)
      .concat(words[0] as string)
      .map((word) => JSON.stringify(word))
      .join(", ");
  const lines = Array.from(
    { length: rules - 1 },
    (_, i) =>
      `  r${i}: deny * when has principal.team and principal.team in [${some(TEAMS)}] and resource.env in [${some(ENVS)}] and context.hops > ${Math.floor(random() * 40)} and resource.score > ${Math.floor(random() * 1_000)}`,
  );
  const text = `contract "unpruned" version "1" {
  agent bot { id "bot-*" }
  fact resource.env: "prod" | "staging" | "dev" | "frozen"
  fact resource.score: Int
  fact context.hops: Int
  tool act(id: Id, note: Text) write
  may: allow act
${lines.join("\n")}
}
`;
  const { contract } = check({ path: "unpruned.contract", text });
  if (contract === undefined) throw new Error("does not check");
  const compiled = compile(contract, readFileSync("runtime/kernel/dist/kernel.wasm"));
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}

function figures(rules: number, rounds: number): UnprunedFigures {
  const random = randomOf(7);
  const encoder = new TextEncoder();
  const bytes = Array.from({ length: 128 }, (_, i) =>
    encoder.encode(
      JSON.stringify({
        event: "call",
        principal: { id: `bot-${i}`, team: TEAMS[Math.floor(random() * TEAMS.length)] },
        action: { tool: "act", args: { id: `A${i}`, note: "a note of some length, as they are".repeat(12) } },
        resource: { env: ENVS[Math.floor(random() * 4)], score: Math.floor(random() * 1_000) },
        context: { time: 1_760_000_000_000 + i, call_id: `c${i}`, hops: Math.floor(random() * 6) },
      }),
    ),
  );
  const [ten, many] = [module(10), module(rules)];
  const at = (i: number): Uint8Array => bytes[i % bytes.length] as Uint8Array;
  const [few, all] = measure(
    [
      { name: "ten", run: (i) => ten.decide(at(i)) },
      { name: "many", run: (i) => many.decide(at(i)) },
    ],
    rounds,
  );
  return { rules, median: all!.median, ofTen: few!.median, times: timesFaster(all!, few!) };
}

const [rules, rounds] = process.argv.slice(2).map(Number);
process.stdout.write(`${JSON.stringify(figures(rules ?? 10_000, rounds ?? 12))}\n`);
