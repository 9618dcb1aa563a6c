/** Definitions of tools under inspectors: what a server says of its tools is read by a model, and is at hand when a contract is checked. */
import { isArray, isObject, type JsonValue } from "../import/json.ts";
import type { Inspector, InspectorPattern, Run } from "../types/inspector.ts";
import { SEVERITIES, type Severity } from "../vocabulary.ts";
import { bytesOf, decoded, isStillEncoded } from "./encodings.ts";

const LAYERS = 3;
const MOST_DECODED = 16_777_216;

export interface Looked {
  /** Of each class the first place: member names and numbers of elements, dots between them. */
  readonly found: readonly { readonly class: string; readonly severity: Severity; readonly place: string }[];
  /** More than may be read, or deeper: it counts as everything. */
  readonly overLimit: boolean;
}

export function look(
  value: JsonValue,
  inspector: Inspector,
  classes: readonly string[] | undefined,
  atLeast: Severity,
): Looked {
  const least = SEVERITIES.indexOf(atLeast);
  const sought = inspector.patterns.filter(
    (p) => (classes === undefined || classes.includes(p.class)) && SEVERITIES.indexOf(p.severity) >= least,
  );
  const found = new Map<string, Looked["found"][number]>();
  let left = MOST_DECODED;
  const search = (text: string, layer: number, place: string): boolean => {
    const folded = text.replace(/[A-Z]/g, (c) => c.toLowerCase());
    for (const pattern of sought)
      if (!found.has(pattern.class) && isIn(pattern, text, folded))
        found.set(pattern.class, { class: pattern.class, severity: pattern.severity, place });
    if (layer === LAYERS) return !isStillEncoded(text);
    for (const next of decoded(text)) {
      left -= next.length;
      if (left < 0 || !search(next, layer + 1, place)) return false;
    }
    return true;
  };
  for (const { text, place } of textsOf(value, ""))
    if (!search(bytesOf(text), 0, place)) return { found: [], overLimit: true };
  return { found: [...found.values()], overLimit: false };
}

function* textsOf(value: JsonValue, place: string): Generator<{ readonly text: string; readonly place: string }> {
  const below = (name: string) => (place === "" ? name : `${place}.${name}`);
  if (typeof value === "string") yield { text: value, place };
  else if (isArray(value)) for (const [i, item] of value.entries()) yield* textsOf(item, below(`${i}`));
  else if (isObject(value))
    for (const [name, member] of value) {
      yield { text: name, place: below(name) };
      yield* textsOf(member, below(name));
    }
}

function isIn(pattern: InspectorPattern, text: string, folded: string): boolean {
  const where = pattern.fold ? folded : text;
  for (let at = where.indexOf(pattern.literal); at >= 0; at = where.indexOf(pattern.literal, at + 1)) {
    const end = at + pattern.literal.length;
    if (pattern.starts && /\w/.test(text.charAt(at - 1))) continue;
    if (
      isAll(pattern.before, text.slice(Math.max(0, at - 64), at), true) &&
      isAll(pattern.after, text.slice(end, end + 64), false)
    )
      return true;
  }
  return false;
}

/** The characters next to the literal. */
function isAll(run: Run | undefined, next: string, isBefore: boolean): boolean {
  if (run === undefined) return true;
  return new RegExp(isBefore ? `[${run.of}]{${run.least}}$` : `^[${run.of}]{${run.least}}`).test(next);
}
