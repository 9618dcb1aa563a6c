/**
 * Ground truth of a recorded data set: which calls decide a run. Lies beside the trace as `critical/<name>.jsonl`, a line
 * `{"id", "kind", "critical": [i…], "groups": [[i…]…], "needed": [i…]}` for every run that is scored.
 */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { visible } from "../terminal/visible.ts";
import type { Truth } from "./score.ts";
import { readJsonLines } from "./trace.ts";

export function truthBeside(trace: string): string | undefined {
  const path = join(dirname(trace), "critical", basename(trace));
  return existsSync(path) ? path : undefined;
}

export async function readTruth(
  path: string,
): Promise<{ readonly truths: ReadonlyMap<string, Truth>; readonly problems: readonly string[] }> {
  const truths = new Map<string, Truth>();
  const problems: string[] = [];
  for await (const line of readJsonLines(path)) {
    const truth = line.ok ? parse(line.value) : undefined;
    if (line.ok && truth !== undefined) truths.set(String(line.value.id), truth);
    else {
      const where = line.number === 0 ? visible(path) : `${visible(path)}:${line.number}`;
      problems.push(`${where}: ${line.ok ? "not a line of ground truth" : line.message}`);
    }
  }
  return { truths, problems };
}

function parse(value: Readonly<Record<string, unknown>>): Truth | undefined {
  const { id, kind, critical = [], groups = [], needed = [] } = value;
  if (typeof id !== "string" || typeof kind !== "string" || !isIndexes(critical) || !isIndexes(needed))
    return undefined;
  if (!Array.isArray(groups) || !groups.every(isIndexes)) return undefined;
  return { kind, critical, groups, needed };
}

const isIndexes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((index) => Number.isSafeInteger(index));
