/** Recorded runs through two versions of a contract: the first call of each run that comes out otherwise. */
import type { Contract } from "@thc/language";
import type { Engine } from "../engine.ts";
import { replayRun } from "../replay/drive.ts";
import { type Facts, type KnownFacts, onlyKnown } from "../replay/facts.ts";
import { answerReader } from "../replay/replay-trace.ts";
import { isObject } from "../replay/run.ts";
import { readTrace } from "../replay/trace.ts";
import { visible } from "../terminal/visible.ts";
import { type Direction, directionOf } from "./compare.ts";

export interface RecordedChange {
  readonly direction: Direction;
  readonly tool: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Runs whose first difference is this. */
  readonly runs: number;
  readonly witness: { readonly run: string; readonly call: number; readonly args: Readonly<Record<string, unknown>> };
}
export interface Recorded {
  readonly trace: string;
  readonly runs: number;
  readonly changes: readonly RecordedChange[];
  readonly problems: readonly string[];
}
export interface Version {
  readonly engine: Engine;
  readonly contract: Contract;
  readonly principal: string;
  /** Of all runs; a run may give others. */
  readonly facts: Facts;
  readonly known: KnownFacts;
}

type Status = "deny" | "require_approval" | "allow";

export async function compareRecorded(trace: string, before: Version, after: Version): Promise<Recorded> {
  const sides = [before, after].map((version) => ({ ...version, readAnswer: answerReader(version.contract.tools) }));
  const groups = new Map<string, RecordedChange>();
  const problems: string[] = [];
  let runs = 0;
  for await (const line of readTrace(trace)) {
    if (!line.ok) {
      problems.push(`${visible(trace)}:${line.number}: ${line.message}`);
      continue;
    }
    runs += 1;
    const [old, now] = sides.map(({ engine, principal, facts: given, known, readAnswer }) => {
      const facts = { ...given, ...onlyKnown(line.value.facts, known) };
      const decided = replayRun(line.value, { decide: engine.decide, principal, facts, readAnswer });
      const status = new Map<number, { readonly status: Status; readonly by: readonly string[] }>();
      for (const [i, call] of decided.ask.entries())
        status.set(call, { status: "require_approval", by: decided.asks[i]! });
      for (const [i, call] of decided.deny.entries()) status.set(call, { status: "deny", by: decided.denials[i]! });
      return (call: number) => status.get(call) ?? { status: "allow" as const, by: [] };
    });
    const first = line.value.events.find(
      (event) => event.kind === "call" && old!(event.index).status !== now!(event.index).status,
    );
    if (first?.kind !== "call") continue;
    const [a, b] = [old!(first.index), now!(first.index)];
    const key = JSON.stringify([first.tool, a, b]);
    const known = groups.get(key);
    groups.set(key, {
      direction: directionOf(a.status, b.status),
      tool: first.tool,
      before: a.by,
      after: b.by,
      runs: (known?.runs ?? 0) + 1,
      witness: known?.witness ?? {
        run: line.value.id,
        call: first.index,
        args: isObject(first.args) ? first.args : {},
      },
    });
  }
  return { trace, runs, changes: [...groups.values()], problems };
}
