/**
 * JSON of others, read strictly (RFC 8259): a name that stands twice in one object is refused, because two readers would not take the
 * same one, and so is a number that no double holds. Objects are maps, so that a member `__proto__` is a member like any other.
 * Bounded: nothing here recurses deeper than MAX_DEPTH, whatever the text is.
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonRead =
  | { readonly ok: true; readonly value: JsonValue }
  /** `line` from 1. */
  | { readonly ok: false; readonly line: number; readonly problem: string };

const MAX_DEPTH = 64;
export const MAX_JSON_CHARACTERS = 16 * 1024 * 1024;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONE_SURROGATE = /\p{Cs}/u;
const WORDS = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

export const isObject = (value: JsonValue | undefined): value is JsonObject => value instanceof Map;
export const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

export function readJson(text: string): JsonRead {
  if (text.length > MAX_JSON_CHARACTERS)
    return { ok: false, line: 1, problem: `it has more than ${MAX_JSON_CHARACTERS} characters` };
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let problem = "";

  const fail = (what: string): undefined => {
    problem = what;
    return undefined;
  };
  const scan = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const space = (): void => void scan(SPACE);
  const take = (mark: string): boolean => {
    if (text[at] !== mark) return false;
    at++;
    return true;
  };

  function string(): string | undefined {
    const start = at;
    if (!take('"')) return fail("a text is expected here");
    // by hand: a long text must not cost a regular expression's stack
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
      if (!(code >= 0x20)) return fail("a text is not closed");
      if (code !== BACKSLASH) at++;
      else if (scan(ESCAPE) === undefined) return fail("a text holds a `\\` that means nothing");
    }
    at++;
    const value = JSON.parse(text.slice(start, at)) as string;
    return LONE_SURROGATE.test(value) ? fail("a text holds half a character") : value;
  }
  function value(depth: number): JsonValue | undefined {
    if (depth > MAX_DEPTH) return fail(`it is nested more than ${MAX_DEPTH} deep`);
    const c = text[at];
    if (c === "{") return object(depth);
    if (c === "[") return array(depth);
    if (c === '"') return string();
    for (const [word, meaning] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return meaning;
    }
    const written = scan(NUMBER);
    if (written === undefined) return fail("a value is expected here");
    const number = Number(written);
    return Number.isFinite(number) ? number : fail("a number is out of range");
  }
  function object(depth: number): JsonObject | undefined {
    at++;
    const members = new Map<string, JsonValue>();
    space();
    if (take("}")) return members;
    for (;;) {
      const name = string();
      if (name === undefined) return undefined;
      if (members.has(name)) return fail(`the member ${JSON.stringify(name)} stands twice in one object`);
      space();
      if (!take(":")) return fail("a `:` is expected here");
      space();
      const member = value(depth + 1);
      if (member === undefined) return undefined;
      members.set(name, member);
      space();
      if (take("}")) return members;
      if (!take(",")) return fail("a `,` or a `}` is expected here");
      space();
    }
  }
  function array(depth: number): readonly JsonValue[] | undefined {
    at++;
    const items: JsonValue[] = [];
    space();
    if (take("]")) return items;
    for (;;) {
      const item = value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      space();
      if (take("]")) return items;
      if (!take(",")) return fail("a `,` or a `]` is expected here");
      space();
    }
  }

  space();
  const whole = value(1);
  space();
  if (whole !== undefined && at < text.length) fail("nothing may follow the value");
  if (problem === "" && whole !== undefined) return { ok: true, value: whole };
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < at; i = text.indexOf("\n", i + 1)) line++;
  return { ok: false, line, problem };
}
