/** One call of one recorded run, decided after all that went before it in that run: why it was denied, asked for or let through. */
import { suggest } from "@thc/language";
import type { Decision, Explanation } from "@thc/runtime";
import { EXIT, type Exit } from "../exit.ts";
import { name } from "../reports/words.ts";
import { count } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { type Host, replayRun } from "./drive.ts";
import { factsOf, type KnownFacts } from "./facts.ts";
import type { Run } from "./run.ts";
import { readTrace } from "./trace.ts";

export interface Explained {
  readonly decision: Decision;
  readonly explanation: Explanation;
  readonly request: Uint8Array;
}
type Answer =
  | { readonly ok: true; readonly value: Explained }
  | { readonly ok: false; readonly exit: Exit; readonly lines: readonly string[] };

const refuse = (exit: Exit, line: string): Answer => ({ ok: false, exit, lines: [line] });

/** `place`: `RUN#CALL`, as decisions name them. Of several runs of a name it is the first. */
export async function explainCall(
  place: string,
  traces: readonly string[],
  host: Host,
  known: KnownFacts,
): Promise<Answer> {
  const at = place.lastIndexOf("#");
  const [id, call] = [place.slice(0, at), place.slice(at + 1)];
  if (at < 0 || !/^\d{1,9}$/.test(call))
    return refuse(EXIT.usage, `${name(place)} names no call: write \`RUN#CALL\`, as \`monday#0\``);
  const ids: string[] = [];
  for (const trace of traces)
    for await (const line of readTrace(trace)) {
      if (!line.ok) {
        if (line.number === 0) return refuse(EXIT.unreadable, `\`${visible(trace)}\`: ${line.message}`);
        continue;
      }
      const run = line.value;
      ids.push(run.id);
      if (run.id !== id) continue;
      const facts = factsOf(run, host.facts, known);
      if (!facts.ok) return refuse(EXIT.unreadable, `${visible(trace)}:${line.number}: ${facts.message}`);
      return explainIn(run, Number(call), { ...host, facts: facts.value });
    }
  return refuse(EXIT.usage, `there is no run ${name(id)}${whatThereIs(id, ids)}`);
}

const MOST_NAMED = 3;

function whatThereIs(id: string, ids: readonly string[]): string {
  const near = suggest(id, ids);
  if (near !== undefined) return `: did you mean ${name(near)}?`;
  if (ids.length === 0) return ": there are none";
  const first = ids.slice(0, MOST_NAMED).map(name).join(", ");
  return ids.length <= MOST_NAMED ? `: there is ${first}` : `: there are ${count(ids.length)}, the first ${first}`;
}

function explainIn(run: Run, index: number, host: Host): Answer {
  const calls = run.events.flatMap((event) => (event.kind === "call" ? [event.index] : []));
  const last = run.events.findIndex((event) => event.kind === "call" && event.index === index);
  if (last < 0)
    return refuse(
      EXIT.usage,
      `run ${name(run.id)} has no call ${index}: ${calls.length === 0 ? "it has none" : `it has ${ranges(calls)}`}`,
    );
  let explained: Explained | undefined;
  replayRun(
    { ...run, events: run.events.slice(0, last + 1) },
    {
      ...host,
      decided: (call, request, decision) => {
        // Once approved, a call is told about again only if it is stopped all the same.
        if (call !== run.events[last] || (explained !== undefined && isThrough(decision))) return;
        explained = { decision, request, explanation: decision.explain() };
      },
    },
  );
  if (explained === undefined) throw new Error("a call of a run was not decided");
  return { ok: true, value: explained };
}

const isThrough = ({ outcome }: Decision): boolean => outcome === "allow" || outcome === "allow_with_obligations";

/** `0 to 3, 5`. */
function ranges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const starts = sorted.filter((one) => !sorted.includes(one - 1));
  const ends = sorted.filter((one) => !sorted.includes(one + 1));
  return starts.map((from, at) => (from === ends[at] ? `${from}` : `${from} to ${ends[at]}`)).join(", ");
}
