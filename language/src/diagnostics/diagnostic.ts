/**
 * A diagnostic: what is wrong with the user's contract, where, and what would help. Errors about the contract are always
 * such values; an exception would be a bug of ours. Printing for a terminal stands in `render.ts`.
 */
import type { Source, Span } from "../source.ts";
import type { Code } from "./codes.ts";

export interface Label {
  readonly span: Span;
  /** Short words next to the underline; may be empty. */
  readonly text: string;
  /** Where the span lies, when not in the text that was checked: a ruleset that it uses. */
  readonly source?: Source;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: "error" | "warning";
  /** One line, lower case, no full stop, the user's words in backticks. */
  readonly message: string;
  readonly primary: Label;
  readonly related: readonly Label[];
  readonly help: string | undefined;
}

/** Where stages put what they find. */
export type Report = (diagnostic: Diagnostic) => void;

export interface Extra {
  readonly help?: string | undefined;
  readonly related?: readonly Label[];
}

export function error(code: Code, message: string, span: Span, text = "", extra: Extra = {}): Diagnostic {
  return {
    code,
    severity: "error",
    message,
    primary: { span, text },
    related: extra.related ?? [],
    help: extra.help,
  };
}

export function warning(code: Code, message: string, span: Span, text = "", extra: Extra = {}): Diagnostic {
  return { ...error(code, message, span, text, extra), severity: "warning" };
}

/** By place, then code: the order in which diagnostics are handed out, whatever found them first. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.primary.span.start - b.primary.span.start ||
    a.primary.span.end - b.primary.span.end ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

/** A piece of the user's text for a message: hidden characters escaped, shortened, in backticks. */
export function quote(text: string): string {
  const visible = text.replace(/[^\x20-\x7e\u00a1-\u024f\u0370-\u05ff\u3040-\ud7ff]/gu, (c) => {
    return `\\u{${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  });
  return `\`${visible.length > 60 ? `${visible.slice(0, 57)}...` : visible}\``;
}

/** `a`, `b` or `c`. */
export function list(words: readonly string[], last = "or"): string {
  const quoted = words.map((w) => `\`${w}\``);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} ${last} ${quoted.at(-1)}`;
}

const known = new WeakMap<Source, readonly number[]>();

/** Where each line begins, found out once: a large text may have many diagnostics. */
function lineStarts(source: Source): readonly number[] {
  const before = known.get(source);
  if (before !== undefined) return before;
  const starts = [0];
  for (let next = source.text.indexOf("\n"); next !== -1; next = source.text.indexOf("\n", next + 1))
    starts.push(next + 1);
  known.set(source, starts);
  return starts;
}

/** 1-based line and column (in UTF-16 code units) of an offset, and the bounds of its line. */
export function place(source: Source, offset: number): { line: number; column: number; from: number; to: number } {
  const { text } = source;
  const at = Math.max(0, Math.min(offset, text.length));
  const starts = lineStarts(source);
  let line = 1;
  for (let beyond = starts.length + 1; beyond - line > 1; ) {
    const middle = (line + beyond) >> 1;
    if (starts[middle - 1]! <= at) line = middle;
    else beyond = middle;
  }
  const from = starts[line - 1]!;
  const end = text.indexOf("\n", from);
  const to = end === -1 ? text.length : end;
  return { line, column: at - from + 1, from, to: text[to - 1] === "\r" ? Math.max(from, to - 1) : to };
}
