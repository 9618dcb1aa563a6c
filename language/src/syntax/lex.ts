/**
 * Characters to tokens, in one pass, in time linear in the text.
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
  readonly tokens: readonly T.Token[];
  readonly comments: readonly Comment[];
}

const MAX_CHARACTERS = 4 * 1024 * 1024;
const MAX_TOKENS = 500_000;
const MAX_LEXICAL_ERRORS = 50;

const SPACE = /[ \t\r\n]+/y;
const COMMENT = /\/\/[^\n]*/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const GLOB = /(?:[A-Za-z_][A-Za-z0-9_]*\*|\*(?=[A-Za-z_]))[A-Za-z0-9_*]*/y;
const QUOTED = /`[^`\n]+`/y;
/** With its flags. */
const REGEX = /\/(?:[^/\\\n]|\\.)+\/[A-Za-z]*/y;
/** With its service and what stands behind it, so that a rule may be named `slack`; a `//` begins a comment. */
const CLOUD_ACTION =
  /aws:[A-Za-z0-9*][A-Za-z0-9_*-]*:[A-Za-z0-9_*-]+|(?:gcp|slack|stripe):[A-Za-z0-9*][A-Za-z0-9_*-]*\.[A-Za-z0-9_.*-]+|(?:azure|github|kubernetes):[A-Za-z0-9*][A-Za-z0-9_.*-]*(?:\/[A-Za-z0-9_.:$@*-]+)+/y;
const MOMENT = /\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/y;
const CLOCK = /\d\d:\d\d(?!\d)/y;
const DURATION = /\d[\d_]*(?:ms|s|m|h|d|w)(?![A-Za-z0-9_])/y;
const PERCENT = /\d+(?:\.\d+)?%/y;
const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?/y;
const MARK = /\.\.|=>|==|!=|<=|>=|[<>={}()[\],:.?|*+\-@]/y;
const NUMERIC: readonly (readonly [RegExp, TokenType])[] = [
  [MOMENT, T.Moment],
  [CLOCK, T.Clock],
  [DURATION, T.Duration],
  [PERCENT, T.Percent],
  [NUMBER, T.Num],
];

export function lex(source: Source, report: Report): Lexed {
  const { text } = source;
  if (text.length > MAX_CHARACTERS) {
    report(error("THC1010", `the contract has ${text.length} characters, the most is ${MAX_CHARACTERS}`, at(0, 0)));
    return { tokens: [], comments: [] };
  }
  reportHidden(text, report);
  const tokens: T.Token[] = [];
  const comments: Comment[] = [];
  let errors = 0;
  const fail = (diagnostic: Diagnostic): void => {
    errors++;
    report(diagnostic);
  };
  const add = (type: TokenType, start: number, end: number, payload?: string): void => {
    const image = text.slice(start, end);
    tokens.push({
      image,
      startOffset: start,
      endOffset: end - 1,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx ?? 0,
      payload,
    });
  };
  let i = 0;
  const scan = (pattern: RegExp): number => {
    pattern.lastIndex = i;
    return pattern.test(text) ? pattern.lastIndex : i;
  };
  while (i < text.length) {
    if (tokens.length >= MAX_TOKENS) {
      report(error("THC1010", `the contract has more than ${MAX_TOKENS} words and signs`, at(i, i + 1)));
      break;
    }
    if (errors >= MAX_LEXICAL_ERRORS) {
      report(error("THC1017", "too many errors, the rest of the text is not read", at(i, i + 1)));
      break;
    }
    const space = scan(SPACE);
    if (space > i) {
      i = space;
      continue;
    }
    const comment = scan(COMMENT);
    if (comment > i) {
      comments.push({ span: at(i, comment), text: text.slice(i, comment).trimEnd() });
      i = comment;
      continue;
    }
    const c = text[i]!;
    if (c === '"') {
      const literal = readText(text, i, fail);
      add(T.Text, i, literal.end, literal.value);
      i = literal.end;
      continue;
    }
    const end = simple(c);
    if (end > i) {
      i = end;
      continue;
    }
    const from = i;
    i++;
    while (i < text.length && isStrange(text.charCodeAt(i))) i++;
    const bad = text.slice(from, i);
    if (bad.trim() === "" || isHiddenOnly(bad)) continue;
    fail(strange(bad, at(from, i)));
  }
  return { tokens, comments };

  function simple(c: string): number {
    if (c >= "0" && c <= "9") {
      for (const [pattern, type] of NUMERIC) {
        const end = scan(pattern);
        if (end > i) {
          add(type, i, end);
          return end;
        }
      }
    }
    if (c === "`") {
      const end = scan(QUOTED);
      if (end > i) add(T.Quoted, i, end, text.slice(i + 1, end - 1));
      return end;
    }
    if (c === "/") {
      const before = tokens.at(-1)?.image;
      const isRegex = before === "matches" || (before === "=" && tokens.at(-3)?.image === "let");
      const end = isRegex ? scan(REGEX) : i;
      if (end > i) add(T.Regex, i, end);
      return end;
    }
    for (const [pattern, type] of [[CLOUD_ACTION, T.CloudAction] as const, [GLOB, T.Glob] as const]) {
      const end = scan(pattern);
      if (end > i) {
        add(type, i, end);
        return end;
      }
    }
    const word = scan(WORD);
    if (word > i) {
      add(T.wordType(text.slice(i, word)), i, word);
      return word;
    }
    const mark = scan(MARK);
    if (mark > i) add(T.markType(text.slice(i, mark))!, i, mark);
    return mark;
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
