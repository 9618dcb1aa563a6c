/**
 * What differs between the list that was pinned and the one that is there now, for a person to look at before a new pin is written. It
 * judges how closely a change wants to be read, never whether it is fine: texts and hints are the server's own words about itself.
 */
import { skeleton } from "../resolve/confusable.ts";
import { byBytes } from "../resolve/order.ts";
import { sameType, showType } from "../types/type.ts";
import { canonicalJson } from "./canonical-json.ts";
import { isObject, type JsonObject, type JsonValue } from "./json.ts";
import { schemaReader } from "./schema.ts";
import type { Definition, ToolList } from "./tool-list.ts";

/** `high`: what a call may carry has changed, or a name can be taken for another. `medium`: what the model reads. `low`: the rest. */
export type Concern = "low" | "medium" | "high";
export interface DriftEntry {
  readonly kind: "added" | "removed" | "changed" | "confusable";
  readonly tool: string;
  readonly concern: Concern;
  /** Plain words, each about one thing. */
  readonly what: readonly string[];
  /** What the server says of the tool (MCP `annotations`); shown, never believed. */
  readonly hints: readonly string[];
}
/** By name; empty when the lists are the same. */
export type Drift = readonly DriftEntry[];

const CONCERNS: readonly Concern[] = ["low", "medium", "high"];
const HINTS: readonly (readonly [name: string, yes: string, no: string])[] = [
  ["readOnlyHint", "read-only", "not read-only"],
  ["destructiveHint", "destructive", "not destructive"],
  ["idempotentHint", "idempotent", "not idempotent"],
  ["openWorldHint", "open world", "closed world"],
];

export function driftBetween(before: ToolList, now: ToolList): Drift {
  const old = new Map(before.definitions.map((each) => [each.name, each]));
  const current = new Map(now.definitions.map((each) => [each.name, each]));
  const entries: DriftEntry[] = [];
  for (const definition of now.definitions) {
    const was = old.get(definition.name);
    const hints = hintsOf(definition);
    if (was === undefined) {
      const what = ["a rule whose glob matches the name covers it once it is pinned"];
      entries.push({ kind: "added", tool: definition.name, concern: "medium", what, hints });
    } else if (was.digest !== definition.digest)
      entries.push({ kind: "changed", tool: definition.name, ...changes(was.whole, definition.whole), hints });
  }
  for (const { name } of before.definitions)
    if (!current.has(name)) entries.push({ kind: "removed", tool: name, concern: "low", what: [], hints: [] });
  for (const [a, b] of confusable([...current.keys()])) {
    if (old.has(a) && old.has(b)) continue;
    entries.push({ kind: "confusable", tool: b, concern: "high", what: [`looks like ${quoted(a)}`], hints: [] });
  }
  return entries.sort((a, b) => byBytes(a.tool, b.tool) || (a.kind < b.kind ? -1 : 1));
}

export function hintsOf({ whole }: Definition): readonly string[] {
  const annotations = whole.get("annotations");
  if (!isObject(annotations)) return [];
  return HINTS.flatMap(([name, yes, no]) => {
    const value = annotations.get(name);
    return typeof value === "boolean" ? [value ? yes : no] : [];
  });
}

function changes(was: JsonObject, now: JsonObject): Pick<DriftEntry, "concern" | "what"> {
  const found: (readonly [Concern, string])[] = [];
  const differs = (name: string): boolean => !same(was.get(name), now.get(name));
  if (differs("inputSchema")) found.push(...inputChanges(was.get("inputSchema"), now.get("inputSchema")));
  for (const text of ["title", "description"])
    if (differs(text)) found.push(["medium", `its ${text} changed, which the model reads`]);
  if (differs("outputSchema")) found.push(["low", "what it says that it returns changed"]);
  if (differs("annotations")) found.push(["low", "its hints changed"]);
  const known = new Set(["name", "inputSchema", "title", "description", "outputSchema", "annotations"]);
  const others = [...new Set([...was.keys(), ...now.keys()])].filter((name) => !known.has(name) && differs(name));
  if (others.length > 0) found.push(["low", `${others.sort(byBytes).map(quoted).join(", ")} changed`]);
  const worst = Math.max(...found.map(([concern]) => CONCERNS.indexOf(concern)));
  return { concern: CONCERNS[worst] ?? "low", what: found.map(([, what]) => what) };
}

function inputChanges(was: JsonValue | undefined, now: JsonValue | undefined): readonly (readonly [Concern, string])[] {
  const before = new Map((schemaReader(was, "arguments").fields(was) ?? []).map((f) => [f.name, f.type]));
  const after = new Map((schemaReader(now, "arguments").fields(now) ?? []).map((f) => [f.name, f.type]));
  const found: (readonly [Concern, string])[] = [];
  for (const [name, type] of after) {
    const other = before.get(name);
    if (other === undefined) found.push(["high", `argument ${quoted(name)} is new: ${showType(type)}`]);
    else if (!sameType(other, type))
      found.push(["high", `argument ${quoted(name)} is ${showType(type)}, was ${showType(other)}`]);
  }
  for (const name of before.keys()) if (!after.has(name)) found.push(["high", `argument ${quoted(name)} is gone`]);
  return found.length > 0 ? found : [["medium", "its arguments are described in other words"]];
}

const same = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);

/** Pairs of names that people take for each other, the first by bytes first. */
function confusable(names: readonly string[]): readonly (readonly [string, string])[] {
  const seen = new Map<string, string>();
  const pairs: (readonly [string, string])[] = [];
  for (const name of [...names].sort(byBytes)) {
    const key = skeleton(name);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, name);
    else pairs.push([other, name]);
  }
  return pairs;
}

const quoted = (name: string): string => `\`${name}\``;
