/**
 * Characters to tokens, in one pass, in time linear in the text. Tokens are made when they are asked for and forgotten when they are read:
 * those of a large contract would take more room than everything else.
 *
 * Written by hand although the parser is Chevrotain's: words come from a map instead of a hundred expressions whose order matters,
 * hostile text costs a bounded number of tokens and diagnostics, and messages are ours. Comments are kept apart for the formatter.
 */
import type { TokenType } from "chevrotain";
import { type Diagnostic, error, quote, type Report } from "../diagnostics/diagnostic.ts";
import type { Source, Span } from "../source.ts";
import { HIDDEN } from "./hidden.ts";
import { readText } from "./text-literal.ts";
import * as T from "./tokens.ts";

export interface Comment {
  readonly span: Span;
  /** With its `//`, without trailing blanks. */
  readonly text: string;
}
export interface Lexed {
  readonly tokens: Tokens;
  /** Those of what was read so far. */
  readonly comments: readonly Comment[];
  /** Reads what nobody asked for. */
  readonly finish: () => void;
}
/** By their place in the text, from 0. */
export interface Tokens {
  /** Undefined behind the last. */
  readonly at: (i: number) => T.Token | undefined;
  readonly slice: (from: number, to: number) => T.Token[];
  /** None before this one is asked for again. */
  readonly forget: (before: number) => void;
}

const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_TOKENS = 4_000_000;
const MAX_LEXICAL_ERRORS = 50;
/** Tokens that are read at a time, and those that are let go at a time. */
const BATCH = 4096;
const FORGOTTEN = 16_384;
/** Tokens that are kept behind, since what a sign is depends on what stands before it. */
export const LOOK_BACK = 4;

const GLOB = /(?:[A-Za-z_][A-Za-z0-9_]*\*|\*(?=[A-Za-z_]))[A-Za-z0-9_*]*/y;
const QUOTED = /`[^`\n]+`/y;
/** With its flags. */
const REGEX = /\/(?:[^/\\\n]|\\.)+\/[A-Za-z]*/y;
/** With its service and what stands behind it, so that a rule may be named `slack`; a `//` begins a comment. */
const CLOUD_ACTION =
  /aws:[A-Za-z0-9*][A-Za-z0-9_*-]*:[A-Za-z0-9_*-]+|(?:gcp|slack|stripe):[A-Za-z0-9*][A-Za-z0-9_*-]*\.[A-Za-z0-9_.*-]+|(?:azure|github|kubernetes):[A-Za-z0-9*][A-Za-z0-9_.*-]*(?:\/[A-Za-z0-9_.:$@*-]+)+/y;
const PROVIDERS: ReadonlySet<string> = new Set(["aws", "gcp", "slack", "stripe", "azure", "github", "kubernetes"]);
const MOMENT = /\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/y;
const CLOCK = /\d\d:\d\d(?!\d)/y;
const DURATION = /\d[\d_]*(?:ms|s|m|h|d|w)(?![A-Za-z0-9_])/y;
const PERCENT = /\d+(?:\.\d+)?%/y;
const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?/y;
const NUMERIC: readonly (readonly [RegExp, TokenType])[] = [
  [MOMENT, T.Moment],
  [CLOCK, T.Clock],
  [DURATION, T.Duration],
  [PERCENT, T.Percent],
  [NUMBER, T.Num],
];

/** What a character begins, or goes on with, by its code; beyond ASCII nothing does. */
const [LETTER, DIGIT, SPACE, MARK] = [1, 2, 3, 4];
const CLASS = new Uint8Array(128);
for (const c of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_") CLASS[c.charCodeAt(0)] = LETTER;
for (const c of "0123456789") CLASS[c.charCodeAt(0)] = DIGIT;
for (const c of " \t\r\n") CLASS[c.charCodeAt(0)] = SPACE;
for (const c of "<>={}()[],:.?|*+-@!") CLASS[c.charCodeAt(0)] = MARK;
const classAt = (text: string, i: number): number => CLASS[text.charCodeAt(i)] ?? 0;
const [QUOTE, SLASH, STAR, COLON, BACKQUOTE] = [34, 47, 42, 58, 96];

export function lex(source: Source, report: Report): Lexed {
  const { text } = source;
  if (text.length > MAX_CHARACTERS) {
    report(error("THC1010", `the contract has ${text.length} characters, the most is ${MAX_CHARACTERS}`, at(0, 0)));
    return { tokens: { at: () => undefined, slice: () => [], forget: () => {} }, comments: [], finish: () => {} };
  }
  reportHidden(text, report);
  // from the token number `base` on
  let tokens: T.Token[] = [];
  let base = 0;
  let isDone = false;
  const comments: Comment[] = [];
  let errors = 0;
  const fail = (diagnostic: Diagnostic): void => {
    errors++;
    report(diagnostic);
  };
  // the words of a large contract are few: each stands in memory once
  const images = new Map<string, string>();
  const once = (image: string): string => {
    const known = images.get(image);
    if (known !== undefined) return known;
    images.set(image, image);
    return image;
  };
  let i = 0;
  const scan = (pattern: RegExp): number => {
    pattern.lastIndex = i;
    return pattern.test(text) ? pattern.lastIndex : i;
  };
  return {
    tokens: {
      at(n) {
        while (n >= base + tokens.length && !isDone) read(base + tokens.length + BATCH);
        return tokens[n - base];
      },
      slice: (from, to) => tokens.slice(from - base, to - base),
      forget(before) {
        if (before - base < FORGOTTEN) return;
        tokens = tokens.slice(before - base);
        base = before;
      },
    },
    comments,
    finish() {
      while (!isDone) {
        read(base + tokens.length + BATCH);
        base += Math.max(0, tokens.length - LOOK_BACK);
        tokens = tokens.slice(-LOOK_BACK);
      }
    },
  };

  function read(until: number): void {
    while (i < text.length && base + tokens.length < until) if (!step()) i = text.length;
    isDone = i >= text.length;
  }
  /** One token, or less; false: no further. */
  function step(): boolean {
    if (base + tokens.length >= MAX_TOKENS) {
      report(error("THC1010", `the contract has more than ${MAX_TOKENS} words and signs`, at(i, i + 1)));
      return false;
    }
    if (errors >= MAX_LEXICAL_ERRORS) {
      report(error("THC1017", "too many errors, the rest of the text is not read", at(i, i + 1)));
      return false;
    }
    const c = text.charCodeAt(i);
    const kind = CLASS[c] ?? 0;
    if (kind === SPACE) {
      i++;
      return true;
    }
    if (c === SLASH && text.charCodeAt(i + 1) === SLASH) {
      const line = text.indexOf("\n", i);
      const end = line === -1 ? text.length : line;
      comments.push({ span: at(i, end), text: text.slice(i, end).trimEnd() });
      i = end;
      return true;
    }
    if (c === QUOTE) {
      const literal = readText(text, i, fail);
      add(T.Text, text.slice(i, literal.end), literal.value);
      return true;
    }
    const before = i;
    if (kind === LETTER) word();
    else if (kind === DIGIT) number();
    else if (kind === MARK) mark(c);
    else if (c === BACKQUOTE) quoted();
    else if (c === SLASH) regex();
    if (i > before) return true;
    i++;
    while (i < text.length && isStrange(text.charCodeAt(i))) i++;
    const bad = text.slice(before, i);
    if (bad.trim() !== "" && !isHiddenOnly(bad)) fail(strange(bad, at(before, i)));
    return true;
  }

  /** The token that begins here. */
  function add(type: TokenType, image: string, payload?: string): void {
    const start = i;
    i += image.length;
    tokens.push({
      image,
      startOffset: start,
      endOffset: i - 1,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx ?? 0,
      payload,
    });
  }
  function word(): void {
    let end = i + 1;
    for (let kind = classAt(text, end); kind === LETTER || kind === DIGIT; kind = classAt(text, end)) end++;
    const image = once(text.slice(i, end));
    const next = text.charCodeAt(end);
    if (next === COLON && PROVIDERS.has(image)) {
      const action = scan(CLOUD_ACTION);
      if (action > i) return void add(T.CloudAction, text.slice(i, action));
    }
    if (next === STAR) return void add(T.Glob, text.slice(i, scan(GLOB)));
    add(T.wordType(image), image);
  }
  function number(): void {
    for (const [pattern, type] of NUMERIC) {
      const end = scan(pattern);
      if (end > i) return void add(type, text.slice(i, end));
    }
  }
  function mark(c: number): void {
    if (c === STAR && classAt(text, i + 1) === LETTER) return void add(T.Glob, text.slice(i, scan(GLOB)));
    const two = text.slice(i, i + 2);
    const type = T.markType(two);
    if (type !== undefined) return void add(type, two);
    const one = two.slice(0, 1);
    const single = T.markType(one);
    if (single !== undefined) add(single, one);
  }
  function quoted(): void {
    const end = scan(QUOTED);
    if (end > i) add(T.Quoted, text.slice(i, end), text.slice(i + 1, end - 1));
  }
  function regex(): void {
    const previous = tokens.at(-1)?.image;
    const isRegex = previous === "matches" || (previous === "=" && tokens.at(-3)?.image === "let");
    const end = isRegex ? scan(REGEX) : i;
    if (end > i) add(T.Regex, text.slice(i, end));
  }
}

function reportHidden(text: string, report: Report): void {
  let count = 0;
  for (const found of text.matchAll(HIDDEN)) {
    if (count++ === 10) return;
    const start = found.index;
    const shown = quote(found[0]);
    report(
      error("THC1011", `the hidden character ${shown} stands in the text`, at(start, start + found[0].length), "here", {
        help: start === 0 ? "save the file without a byte order mark" : `in a text, write it as ${shown}`,
      }),
    );
  }
}

/** What other languages write, and what stands for it here. */
const HABITS: { readonly [sign: string]: string } = {
  "&&": "write `and`",
  "!": "write `not`",
  "'": "texts stand in double quotes",
  ";": "statements need no `;`",
  "#": "comments begin with `//`",
};

function strange(bad: string, span: Span): Diagnostic {
  if (bad.startsWith("`")) {
    return error("THC1006", "a name in backquotes is not closed on its line", span, "begins here");
  }
  const letters = "names are plain ASCII letters, digits and `_`; write any other name in backquotes";
  return error("THC1006", `${quote(bad)} is not part of the language`, span, "", {
    help: HABITS[bad] ?? (/^\p{L}/u.test(bad) ? letters : undefined),
  });
}

const STRANGE = "!#$%&';^~\\";
const isStrange = (code: number): boolean =>
  code > 0x7e ||
  (code < 0x20 && code !== 9 && code !== 10 && code !== 13) ||
  STRANGE.includes(String.fromCharCode(code));
const isHiddenOnly = (text: string): boolean => text.replace(HIDDEN, "") === "";
const at = (start: number, end: number): Span => ({ start, end });
