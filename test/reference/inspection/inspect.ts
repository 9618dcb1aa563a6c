/**
 * Inspections (docs/semantics/inspection.md), searched naively: every literal at every place of every text, and of all that the text may be
 * in another writing, three layers deep.
 */
import type { Contract, InspectorPattern, Obligation, Outcome, Rule } from "../contract.ts";
import type { JsonValue } from "../json.ts";
import { decodedRuns, isEncoded, unescaped, utf8 } from "./encodings.ts";

export type Inspect = Extract<Rule, { kind: "inspect" }>;

export interface Finding {
  readonly inspector: string;
  readonly class: string;
  readonly severity: string;
  /** A JSON pointer (RFC 6901) to the text, or to the member whose name it is. */
  readonly path: string;
  readonly isName: boolean;
  /** How often it was encoded. */
  readonly layers: number;
}
/** All that is there of what some rule of the contract asks about. */
export interface Seen {
  /** In the order of the text and, in one text, of the inspectors' tables. */
  readonly findings: readonly Finding[];
  /** More than may be read, or deeper: it counts as everything, and nothing is listed. */
  readonly overLimit: boolean;
}
/** What a decision says of it: of what the rules asked about, the first 32 of all. */
export interface Inspected extends Seen {
  readonly more: boolean;
}

const LAYERS = 3;
/** As many as a decision lists. */
export const MOST_FINDINGS = 32;
const MOST_DECODED = 16_777_216;
const SEVERITIES = ["low", "medium", "high", "critical"];

interface Sought {
  readonly inspector: string;
  readonly pattern: InspectorPattern;
}
const kindOf = (inspector: string, { class: name, severity }: Pick<InspectorPattern, "class" | "severity">): string =>
  JSON.stringify([inspector, name, severity]);

export function asksAbout(rule: Inspect, finding: Pick<Finding, "inspector" | "class" | "severity">): boolean {
  return (
    rule.inspector === finding.inspector &&
    (rule.classes === undefined || rule.classes.includes(finding.class)) &&
    SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(rule.atLeast)
  );
}

export function finds(rule: Inspect, { findings, overLimit }: Seen): boolean {
  return overLimit || findings.some((finding) => asksAbout(rule, finding));
}

/** Who is to take something out must be told all of it; otherwise it is a denial as well. */
export function outcomeOf({ otherwise }: Inspect, { findings, overLimit }: Seen): Outcome {
  const isTold = !overLimit && findings.length <= MOST_FINDINGS;
  return isTold || !otherwise.some(({ kind }) => kind === "redact") ? otherwise : [{ kind: "deny" }, ...otherwise];
}

export function redaction({ what, inspector, classes }: Inspect): Obligation {
  const names = classes?.map((name) => `${inspector}.${name}`) ?? [inspector];
  return { kind: "redact", field: what === "args" ? "args" : "result", classes: names };
}

/** Of what some rule of the contract asks about. */
export function inspect(contract: Contract, value: JsonValue): Seen {
  const rules = contract.rules.filter(
    (rule): rule is Inspect => rule.kind === "inspect" && rule.what !== "descriptions",
  );
  const sought = (contract.inspectors ?? []).flatMap(({ name, patterns }) =>
    patterns
      .map((pattern) => ({ inspector: name, pattern }))
      .filter((s) => rules.some((r) => asksAbout(r, { inspector: name, ...s.pattern }))),
  );
  const order = [...new Set(sought.map((s) => kindOf(s.inspector, s.pattern)))];
  const work = { sought, decoded: 0, over: false };
  const findings: Finding[] = [];
  for (const { text, path, isName } of textsOf(value, "")) {
    const layers = new Map<string, number>();
    look(utf8(text), 0, layers, work);
    if (work.over) return { findings: [], overLimit: true };
    for (const kind of order) {
      const found = layers.get(kind);
      if (found === undefined) continue;
      const [inspector, name, severity] = JSON.parse(kind);
      findings.push({ inspector, class: name, severity, path, isName, layers: found });
    }
  }
  return { findings, overLimit: false };
}

interface Place {
  readonly text: string;
  readonly path: string;
  readonly isName: boolean;
}
/** Strings and names of members, in the order of the text. */
function* textsOf(value: JsonValue, path: string): Generator<Place> {
  if (value.kind === "string") yield { text: value.value, path, isName: false };
  if (value.kind === "array") for (const [i, item] of value.items.entries()) yield* textsOf(item, `${path}/${i}`);
  if (value.kind !== "object") return;
  for (const [name, member] of value.members) {
    const below = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    yield { text: name, path: below, isName: true };
    yield* textsOf(member, below);
  }
}

interface Work {
  readonly sought: readonly Sought[];
  decoded: number;
  over: boolean;
}
function look(text: string, layer: number, layers: Map<string, number>, work: Work): void {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  for (const { inspector, pattern } of work.sought) {
    const kind = kindOf(inspector, pattern);
    if ((layers.get(kind) ?? LAYERS + 1) > layer && isIn(pattern, text, folded)) layers.set(kind, layer);
  }
  if (layer === LAYERS) {
    if (isEncoded(text)) work.over = true;
    return;
  }
  const plain = unescaped(text);
  for (const next of [...(plain === undefined ? [] : [plain]), ...decodedRuns(text)]) {
    work.decoded += next.length;
    if (work.decoded > MOST_DECODED) work.over = true;
    if (work.over) return;
    look(next, layer + 1, layers, work);
  }
}

function isIn(pattern: InspectorPattern, text: string, folded: string): boolean {
  const where = pattern.fold ? folded : text;
  for (let at = where.indexOf(pattern.literal); at >= 0; at = where.indexOf(pattern.literal, at + 1))
    if (isAround(pattern, text.slice(Math.max(0, at - 64), at), text.slice(at + pattern.literal.length).slice(0, 64)))
      return true;
  return false;
}

function isAround({ starts, before, after }: InspectorPattern, left: string, right: string): boolean {
  if (starts && /[A-Za-z0-9_]$/.test(left)) return false;
  if (before !== undefined && !new RegExp(`[${before.of}]{${before.least}}$`).test(left)) return false;
  return after === undefined || new RegExp(`^[${after.of}]{${after.least}}`).test(right);
}
