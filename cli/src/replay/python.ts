/**
 * Values as Python prints them: `str` or `repr` of a dictionary, a list or a tuple.
 *
 * Much of that is YAML's flow notation as well, but not all: between single quotes YAML keeps backslashes, `None` is a word to it,
 * a tuple is text. So a text is Python's when it is read whole by Python's rules and something in it is Python's own: a
 * single-quoted string, `None`, `True`, `False`, a tuple, a date. What Python prints but no tool could answer in JSON (bytes, sets,
 * `inf` and `nan`, objects) makes all of it unreadable, since whoever reads on by other rules would misread the rest. Dates and times
 * (`datetime.date(2024, 5, 18)`) stand as the text they are: how the tool would have sent them is not known.
 *
 * By hand: linear in the text, never deeper than `DEEPEST`.
 */
import { DEEPEST, type Form } from "./literal.ts";

export interface Literal {
  readonly form: Form<Literal>;
}
/** `"foreign"`: another notation's; `"unreadable"`: Python's, but no value, or nobody can tell what it says. */
export type Failure = "foreign" | "unreadable";

export function readPython(text: string): Literal | Failure {
  const cursor: Cursor = { text, at: 0, isPython: false, hasEscapes: false, failure: "foreign" };
  skipSpace(cursor);
  if (!"[{(".includes(here(cursor) || "-")) return "foreign";
  const literal = readValue(cursor, 0);
  skipSpace(cursor);
  const isWhole = cursor.at === text.length && literal !== undefined && literal.form.kind !== "scalar";
  if (isWhole && cursor.isPython) return literal;
  // What was read so far says one thing by Python's rules and another by YAML's.
  return cursor.hasEscapes ? "unreadable" : isWhole ? "foreign" : cursor.failure;
}

interface Cursor {
  readonly text: string;
  at: number;
  /** Something was seen that is Python's own. */
  isPython: boolean;
  /** A single-quoted string with a backslash was seen. */
  hasEscapes: boolean;
  /** What it is when a reader below answers undefined. */
  failure: Failure;
}

/** Empty at the end. */
const here = ({ text, at }: Cursor): string => text.charAt(at);

function skipSpace(cursor: Cursor): void {
  while (here(cursor) !== "" && " \t\n\r\f".includes(here(cursor))) cursor.at += 1;
}

function fail(cursor: Cursor, failure: Failure): undefined {
  cursor.failure = failure;
  return undefined;
}

const scalar = (value: string | number | boolean | null, source: string): Literal => ({
  form: { kind: "scalar", value, source },
});
const listOf = (items: readonly Literal[]): Literal => ({ form: { kind: "list", items } });

function readValue(cursor: Cursor, depth: number): Literal | undefined {
  if (depth > DEEPEST) return fail(cursor, "unreadable");
  const first = here(cursor);
  switch (first) {
    case "[": {
      const read = readItems(cursor, "]", depth);
      return read && listOf(read.items);
    }
    case "(":
      return readParentheses(cursor, depth);
    case "{":
      return readBraces(cursor, depth);
    case "'":
    case '"': {
      const text = readText(cursor);
      return text === undefined ? undefined : scalar(text, text);
    }
    case "<":
    case ".":
      // An object that prints itself no better, or a list that holds itself.
      return fail(cursor, "unreadable");
    default:
      return first === "-" || isDigit(first) ? readNumber(cursor) : readWord(cursor, depth);
  }
}

function readItems(
  cursor: Cursor,
  close: string,
  depth: number,
): { readonly items: readonly Literal[]; readonly commas: number } | undefined {
  const items: Literal[] = [];
  let commas = 0;
  cursor.at += 1;
  skipSpace(cursor);
  while (here(cursor) !== close) {
    const item = readValue(cursor, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    if (isNext(cursor, ",")) commas += 1;
    else if (here(cursor) !== close) return fail(cursor, "foreign");
  }
  cursor.at += 1;
  return { items, commas };
}

/** Passes over spaces, the mark if it is there, and spaces again. */
function isNext(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (here(cursor) !== mark) return false;
  cursor.at += 1;
  skipSpace(cursor);
  return true;
}

/** A tuple; without a comma just the value that stands in them. */
function readParentheses(cursor: Cursor, depth: number): Literal | undefined {
  const read = readItems(cursor, ")", depth);
  if (read === undefined) return undefined;
  if (read.commas === 0 && read.items.length === 1) return read.items[0];
  cursor.isPython = true;
  return listOf(read.items);
}

function readBraces(cursor: Cursor, depth: number): Literal | undefined {
  const members = new Map<string, Literal>();
  cursor.at += 1;
  skipSpace(cursor);
  while (here(cursor) !== "}") {
    const key = readValue(cursor, depth + 1);
    if (key === undefined) return undefined;
    if (!isNext(cursor, ":"))
      return fail(cursor, here(cursor) === "," || here(cursor) === "}" ? "unreadable" : "foreign");
    const value = readValue(cursor, depth + 1);
    if (value === undefined) return undefined;
    const name = key.form.kind === "scalar" ? key.form.source : undefined;
    // `1` and `"1"` are two keys to Python, and one member.
    if (name === undefined || members.has(name)) return fail(cursor, "unreadable");
    members.set(name, value);
    if (!isNext(cursor, ",") && here(cursor) !== "}") return fail(cursor, "foreign");
  }
  cursor.at += 1;
  return { form: { kind: "map", members: [...members] } };
}

// ── text

/** Strings that stand next to each other are one; without a space between them they are YAML's `'it''s'`. */
function readText(cursor: Cursor): string | undefined {
  let whole = "";
  for (;;) {
    const part = readString(cursor);
    if (part === undefined) return undefined;
    whole += part;
    const end = cursor.at;
    skipSpace(cursor);
    if (here(cursor) !== "'" && here(cursor) !== '"') return whole;
    if (cursor.at === end) return fail(cursor, "foreign");
  }
}

function readString(cursor: Cursor): string | undefined {
  const quote = here(cursor);
  let read = "";
  cursor.at += 1;
  let from = cursor.at;
  for (;;) {
    const char = here(cursor);
    if (char === "" || char === "\n" || char === "\r") return fail(cursor, "foreign");
    if (char !== quote && char !== "\\") {
      cursor.at += 1;
      continue;
    }
    read += cursor.text.slice(from, cursor.at);
    cursor.at += 1;
    if (char === quote) {
      if (quote === "'") cursor.isPython = true;
      return read;
    }
    const escaped = readEscape(cursor);
    if (escaped === undefined) return fail(cursor, "foreign");
    if (quote === "'") cursor.hasEscapes = true;
    read += escaped;
    from = cursor.at;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);
const LAST_CODE_POINT = 0x10ffff;

/** Behind the backslash. An escape that Python does not know it never prints either. */
function readEscape(cursor: Cursor): string | undefined {
  const letter = here(cursor);
  if (isOctal(letter)) {
    const from = cursor.at;
    while (cursor.at < from + 3 && isOctal(here(cursor))) cursor.at += 1;
    return String.fromCodePoint(Number.parseInt(cursor.text.slice(from, cursor.at), 8));
  }
  cursor.at += 1;
  const digits = HEX_DIGITS.get(letter);
  if (digits === undefined) return ESCAPES.get(letter);
  const code = cursor.text.slice(cursor.at, cursor.at + digits);
  if (code.length < digits || ![...code].every(isHex)) return undefined;
  cursor.at += digits;
  const point = Number.parseInt(code, 16);
  return point > LAST_CODE_POINT ? undefined : String.fromCodePoint(point);
}

const isDigit = (char: string): boolean => char >= "0" && char <= "9";
const isOctal = (char: string): boolean => char >= "0" && char <= "7";
const isHex = (char: string): boolean => isDigit(char) || (char >= "a" && char <= "f") || (char >= "A" && char <= "F");

// ── numbers and words

/** As Python prints them: no underscores, no other bases, digits on both sides of the point. */
function readNumber(cursor: Cursor): Literal | undefined {
  const from = cursor.at;
  if (here(cursor) === "-") cursor.at += 1;
  const whole = skipDigits(cursor);
  if (whole === 0) return fail(cursor, isInfinite(readName(cursor)) ? "unreadable" : "foreign");
  if (whole > 1 && cursor.text.charAt(cursor.at - whole) === "0") return fail(cursor, "foreign");
  if (here(cursor) === ".") {
    cursor.at += 1;
    if (skipDigits(cursor) === 0) return fail(cursor, "foreign");
  }
  if (here(cursor) === "e" || here(cursor) === "E") {
    cursor.at += 1;
    if (here(cursor) === "+" || here(cursor) === "-") cursor.at += 1;
    if (skipDigits(cursor) === 0) return fail(cursor, "foreign");
  }
  if (here(cursor) === "j") return fail(cursor, "unreadable");
  const source = cursor.text.slice(from, cursor.at);
  const value = Number(source);
  return Number.isFinite(value) ? scalar(value, source) : fail(cursor, "unreadable");
}

function skipDigits(cursor: Cursor): number {
  const from = cursor.at;
  while (isDigit(here(cursor))) cursor.at += 1;
  return cursor.at - from;
}

const isInfinite = (name: string): boolean => name === "inf" || name === "nan";

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["None", null],
  ["True", true],
  ["False", false],
]);

function readWord(cursor: Cursor, depth: number): Literal | undefined {
  const from = cursor.at;
  const name = readName(cursor);
  const value = WORDS.get(name);
  if (value !== undefined) {
    cursor.isPython = true;
    return scalar(value, name);
  }
  const next = here(cursor);
  if (next === "(") {
    if (!name.startsWith("datetime.") || !isMomentPassed(cursor, depth)) return fail(cursor, "unreadable");
    cursor.isPython = true;
    const source = cursor.text.slice(from, cursor.at);
    return scalar(source, source);
  }
  const isPrefixed = name.length <= 2 && name !== "" && (next === "'" || next === '"');
  return fail(cursor, isPrefixed || isInfinite(name) ? "unreadable" : "foreign");
}

/** Letters, digits, `_` and dots; empty where none stand. */
function readName(cursor: Cursor): string {
  const from = cursor.at;
  while (isNamePart(here(cursor))) cursor.at += 1;
  return cursor.text.slice(from, cursor.at);
}

const isNamePart = (char: string): boolean =>
  isDigit(char) || (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || char === "_" || char === ".";

/** From the parenthesis of `datetime.datetime(…)` behind the one that closes it: numbers, texts, time zones. */
function isMomentPassed(cursor: Cursor, depth: number): boolean {
  if (depth > DEEPEST) return false;
  cursor.at += 1;
  skipSpace(cursor);
  while (here(cursor) !== ")") {
    if (!isArgumentPassed(cursor, depth)) return false;
    if (!isNext(cursor, ",") && here(cursor) !== ")") return false;
  }
  cursor.at += 1;
  return true;
}

function isArgumentPassed(cursor: Cursor, depth: number): boolean {
  const from = cursor.at;
  const keyword = readName(cursor);
  if (here(cursor) === "=" && keyword !== "") cursor.at += 1;
  else cursor.at = from;
  const first = here(cursor);
  if (first === "-" || isDigit(first)) return readNumber(cursor) !== undefined;
  if (first === "'" || first === '"') return readString(cursor) !== undefined;
  const name = readName(cursor);
  if (!name.startsWith("datetime.") && !name.startsWith("zoneinfo.")) return false;
  return here(cursor) === "(" ? isMomentPassed(cursor, depth + 1) : true;
}
