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
      const what = [...described(definition.whole), "a rule whose glob matches the name covers it once it is pinned"];
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

export const hintsOf = ({ whole }: Definition): readonly string[] => hintsIn(whole);

function hintsIn(whole: JsonObject): readonly string[] {
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
    if (differs(text))
      for (const line of [`its ${text} changed, which the model reads`, ...textChange(was.get(text), now.get(text))])
        found.push(["medium", line]);
  if (differs("outputSchema")) found.push(["low", outputChange(was.get("outputSchema"), now.get("outputSchema"))]);
  if (differs("annotations")) found.push(["low", hintChange(was, now)]);
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

/** Of a new tool: what it takes, and what it says of itself. */
function described(whole: JsonObject): readonly string[] {
  const schema = whole.get("inputSchema");
  const fields = schemaReader(schema, "arguments").fields(schema) ?? [];
  const takes = fields.map(({ name, type }) => `${quoted(name)} ${showType(type)}`);
  const text = whole.get("description");
  return [
    takes.length === 0 ? "takes no arguments" : `takes ${takes.join(", ")}`,
    ...(typeof text === "string" && text !== "" ? [`says: ${excerpt(text, 0, text.length)}`] : []),
  ];
}

/** The part that differs, with a little of what stands around it. */
function textChange(was: JsonValue | undefined, now: JsonValue | undefined): readonly string[] {
  const [a, b] = [typeof was === "string" ? was : "", typeof now === "string" ? now : ""];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const part = (text: string): string => excerpt(text, start, text.length - end);
  return [`was: ${part(a)}`, `now: ${part(b)}`];
}

const AROUND = 24;
const LONGEST = 240;
/** In quotes, on one line, cut where it is long. */
function excerpt(text: string, start: number, end: number): string {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, Math.max(end + AROUND, from));
  const shown = text.slice(from, Math.min(to, from + LONGEST)).replace(/\s+/g, " ");
  const isCut = from + LONGEST < to;
  return `"${from > 0 ? "…" : ""}${shown}${isCut || to < text.length ? "…" : ""}"${isCut ? ` and ${to - from - LONGEST} more characters` : ""}`;
}

function outputChange(was: JsonValue | undefined, now: JsonValue | undefined): string {
  const shown = (schema: JsonValue | undefined): string =>
    schema === undefined ? "nothing" : showType(schemaReader(schema, "result").type(schema));
  const [a, b] = [shown(was), shown(now)];
  return a === b ? "what it returns is described in other words" : `it says that it returns ${b}, was ${a}`;
}

function hintChange(was: JsonObject, now: JsonObject): string {
  const shown = (whole: JsonObject): string => hintsIn(whole).join(", ") || "none";
  return shown(was) === shown(now) ? "its annotations changed" : `its hints were: ${shown(was)}`;
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
