/**
 * What flows by value know again (docs/semantics/flows.md §4): what a result shows leaves tokens under the labels that it carries, and the
 * arguments of a call are asked for tokens. The kernel keeps keyed hashes; here they are the texts.
 */
import type { Gives } from "./contract.ts";
import { plainDecimal } from "./decimal.ts";
import type { JsonValue } from "./json.ts";

export interface SeenValues {
  /** Labels' names by token, in the order in which tokens were first seen. */
  readonly tokens: ReadonlyMap<string, ReadonlySet<string>>;
  /** One did not fit: from now on a flow by value is one by session. */
  readonly full: boolean;
  /** How many fit. */
  readonly rows: number;
}
export const NOTHING_SEEN: SeenValues = { tokens: new Map(), full: false, rows: 1_024 };

export function addSeen(seen: SeenValues, value: JsonValue, labels: readonly string[]): SeenValues {
  if (seen.full || labels.length === 0) return seen;
  const tokens = new Map(seen.tokens);
  let full = false;
  for (const token of scalarsOf(value, false).flatMap(tokensLeft)) {
    const known = tokens.get(token);
    if (known === undefined && tokens.size >= seen.rows) full = true;
    else tokens.set(token, new Set([...(known ?? []), ...labels]));
  }
  return { ...seen, tokens, full };
}

/** Of an item `L from FIELD`: what stands at the path; lists are entered, and what is no object on the way is meant whole. */
export function fieldsAt(value: JsonValue, path: NonNullable<Gives["from"]>): readonly JsonValue[] {
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (value.kind === "array") return value.items.flatMap((item) => fieldsAt(item, path));
  if (value.kind !== "object") return [value];
  const member = value.members.get(first);
  return member === undefined ? [] : fieldsAt(member, rest);
}

/** Labels under which something was seen that the arguments hold. */
export function heldIn(seen: SeenValues, args: JsonValue): ReadonlySet<string> {
  const asked = scalarsOf(args, true).flatMap(tokensAsked);
  return new Set(asked.flatMap((token) => [...(seen.tokens.get(token) ?? [])]));
}

type Scalar = Extract<JsonValue, { kind: "string" | "number" }>;

function scalarsOf(value: JsonValue, withNames: boolean): readonly Scalar[] {
  switch (value.kind) {
    case "string":
    case "number":
      return [value];
    case "array":
      return value.items.flatMap((item) => scalarsOf(item, withNames));
    case "object":
      return [...value.members].flatMap(([name, member]) => [
        ...(withNames ? [{ kind: "string", value: name } as const] : []),
        ...scalarsOf(member, withNames),
      ]);
    default:
      return [];
  }
}

function tokensLeft(scalar: Scalar): readonly string[] {
  if (scalar.kind === "number") return numberOf(scalar);
  const words = wordsOf(scalar.value);
  const last = words.length % 4 === 0 ? [] : words.length > 4 ? [words.slice(-4)] : [words].filter(isEnough);
  const blocks = Array.from({ length: Math.floor(words.length / 4) }, (_, i) => words.slice(4 * i, 4 * i + 4));
  return [...piecesOf(scalar.value), ...[...blocks, ...last].map(wordToken)];
}

function tokensAsked(scalar: Scalar): readonly string[] {
  if (scalar.kind === "number") return numberOf(scalar);
  const words = wordsOf(scalar.value);
  const runs = words.flatMap((_, i) =>
    [1, 2, 3, 4].map((n) => words.slice(i, i + n)).filter((run, n) => run.length === n + 1),
  );
  return [...piecesOf(scalar.value), ...runs.filter((run) => run.length === 4 || isEnough(run)).map(wordToken)];
}

const wordToken = (words: readonly string[]): string => `words ${words.join(" ")}`;
const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

/** Fewer than four words: long enough not to stand anywhere by chance. */
function isEnough(words: readonly string[]): boolean {
  return bytes(words.join(" ")) >= (words.length === 1 ? 16 : 8);
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[a-z0-9\u0080-\u{10ffff}]+/gu) ?? [];
}

function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** What stands between blanks and brackets and has a digit or `@`. */
function piecesOf(text: string): readonly string[] {
  return text.split(/(?<![0-9]),|,(?![0-9])|[^!-\u{10ffff}]|["'();<>[\]`{|}]/u).flatMap((cut) => {
    const piece = fold(cut).replace(/^[^a-z0-9\u0080-\u{10ffff}]+|[^a-z0-9\u0080-\u{10ffff}]+$/gu, "");
    if (/^[0-9][0-9,]*(\.[0-9]+)?$/.test(piece)) return numberToken(plainNumber(piece.replaceAll(",", "")));
    return /[0-9@]/.test(piece) && bytes(piece) >= 5 ? [`piece ${piece}`] : [];
  });
}

function plainNumber(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  const kept = fraction.replace(/0+$/, "");
  return `${whole.replace(/^0+(?=[0-9])/, "")}${kept === "" ? "" : `.${kept}`}`;
}

function numberOf(scalar: Extract<JsonValue, { kind: "number" }>): readonly string[] {
  return numberToken(plainDecimal(scalar.value).replace("-", ""));
}

function numberToken(plain: string): readonly string[] {
  return plain.replace(".", "").length >= 4 ? [`number ${plain}`] : [];
}
