/**
 * JSON bytes to a value, or the first error in document order (docs/semantics.md §2, steps 1 to 3).
 *
 * A plain recursive descent: depth is bounded by the language, so the recursion is too. Strings become JavaScript
 * strings, which is safe because lone surrogates are refused; names keep document order only in so far as a Map does.
 */
import type { Decimal } from "./contract.ts";
import { decimalOfLiteral } from "./decimal.ts";

export type JsonValue =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: Decimal }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "array"; readonly items: readonly JsonValue[] }
  | JsonObject;
export interface JsonObject {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, JsonValue>;
}
export type JsonError = "too_large" | "bad_utf8" | "bad_json" | "duplicate_key" | "number_range" | "too_deep";

const GREATEST_SIZE = 1_048_576;
const GREATEST_DEPTH = 32;

/** The top object, or why there is none. */
export function readJson(bytes: Uint8Array): JsonObject | JsonError {
  if (bytes.length > GREATEST_SIZE) return "too_large";
  const text = decodeUtf8(bytes);
  return text === undefined ? "bad_utf8" : readText(text);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const NULL: JsonValue = { kind: "null" };
const ESCAPES = new Map([...'"\\/'].map((c) => [c, c] as const));
for (const [letter, character] of ["b\b", "f\f", "n\n", "r\r", "t\t"].map((p) => [p[0]!, p[1]!] as const))
  ESCAPES.set(letter, character);

function readText(text: string): JsonObject | JsonError {
  let at = 0;

  function skipSpace(): void {
    while (at < text.length && " \t\n\r".includes(text[at]!)) at += 1;
  }

  function word(spelling: string, value: JsonValue): JsonValue | JsonError {
    if (!text.startsWith(spelling, at)) return "bad_json";
    at += spelling.length;
    return value;
  }

  function value(depth: number): JsonValue | JsonError {
    switch (text[at]) {
      case "{":
        return depth > GREATEST_DEPTH ? "too_deep" : object(depth);
      case "[":
        return depth > GREATEST_DEPTH ? "too_deep" : array(depth);
      case '"':
        return string();
      case "t":
        return word("true", { kind: "bool", value: true });
      case "f":
        return word("false", { kind: "bool", value: false });
      case "n":
        return word("null", NULL);
      default:
        return number();
    }
  }

  function object(depth: number): JsonObject | JsonError {
    const members = new Map<string, JsonValue>();
    at += 1;
    skipSpace();
    if (text[at] === "}") {
      at += 1;
      return { kind: "object", members };
    }
    for (;;) {
      if (text[at] !== '"') return "bad_json";
      const name = string();
      if (typeof name === "string") return name;
      if (members.has(name.value)) return "duplicate_key";
      skipSpace();
      if (text[at] !== ":") return "bad_json";
      at += 1;
      skipSpace();
      const member = value(depth + 1);
      if (typeof member === "string") return member;
      members.set(name.value, member);
      skipSpace();
      const mark = text[at];
      at += 1;
      if (mark === "}") return { kind: "object", members };
      if (mark !== ",") return "bad_json";
      skipSpace();
    }
  }

  function array(depth: number): JsonValue | JsonError {
    const items: JsonValue[] = [];
    at += 1;
    skipSpace();
    if (text[at] === "]") {
      at += 1;
      return { kind: "array", items };
    }
    for (;;) {
      const item = value(depth + 1);
      if (typeof item === "string") return item;
      items.push(item);
      skipSpace();
      const mark = text[at];
      at += 1;
      if (mark === "]") return { kind: "array", items };
      if (mark !== ",") return "bad_json";
      skipSpace();
    }
  }

  function string(): { readonly kind: "string"; readonly value: string } | JsonError {
    let characters = "";
    at += 1;
    for (;;) {
      const c = text[at];
      if (c === undefined || c < " ") return "bad_json";
      at += 1;
      if (c === '"') return { kind: "string", value: characters };
      if (c !== "\\") {
        characters += c;
        continue;
      }
      const letter = text[at];
      at += 1;
      if (letter === "u") {
        const decoded = unicodeEscape();
        if (decoded === undefined) return "bad_json";
        characters += decoded;
      } else {
        const plain = ESCAPES.get(letter ?? "");
        if (plain === undefined) return "bad_json";
        characters += plain;
      }
    }
  }

  /** After `\u`: one code unit, or a high and a low surrogate. */
  function unicodeEscape(): string | undefined {
    const unit = hexUnit();
    if (unit === undefined || (unit >= 0xdc00 && unit <= 0xdfff)) return undefined;
    if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit);
    if (text[at] !== "\\" || text[at + 1] !== "u") return undefined;
    at += 2;
    const low = hexUnit();
    return low === undefined || low < 0xdc00 || low > 0xdfff ? undefined : String.fromCharCode(unit, low);
  }

  function hexUnit(): number | undefined {
    const hex = text.slice(at, at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) return undefined;
    at += 4;
    return Number.parseInt(hex, 16);
  }

  function number(): JsonValue | JsonError {
    const start = at;
    if (text[at] === "-") at += 1;
    if (text[at] === "0") at += 1;
    else if (!digits()) return "bad_json";
    if (text[at] === ".") {
      at += 1;
      if (!digits()) return "bad_json";
    }
    if (text[at] === "e" || text[at] === "E") {
      at += 1;
      if (text[at] === "+" || text[at] === "-") at += 1;
      if (!digits()) return "bad_json";
    }
    const read = decimalOfLiteral(text.slice(start, at));
    return read === undefined ? "number_range" : { kind: "number", value: read };
  }

  function digits(): boolean {
    const start = at;
    while (text[at] !== undefined && text[at]! >= "0" && text[at]! <= "9") at += 1;
    return at > start;
  }

  skipSpace();
  if (text[at] !== "{") return "bad_json";
  const top = object(1);
  if (typeof top === "string") return top;
  skipSpace();
  return at === text.length ? top : "bad_json";
}
