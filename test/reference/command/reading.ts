/**
 * A command as it is read: the text from some place on, and what all of it together may not exceed. What cannot be read is given up by an
 * error that only `command.ts` catches.
 */

import { type Folder, noTouches, type Touches } from "./touched.ts";

export const UNREADABLE = new Error("the command cannot be read");
export function giveUp(): never {
  throw UNREADABLE;
}

const MOST = { words: 1_024, segments: 64, texts: 64, depth: 8, documents: 12 } as const;

/** Of the whole command. */
export interface Totals {
  words: number;
  segments: number;
  texts: number;
  readonly touches: Touches;
  /** In which the next command is run. */
  folder: Folder;
  /** How often `cd` changed it. */
  moves: number;
  /** A loop was begun: what stands in it may be run again behind what follows. */
  loops: boolean;
}
export const noTotals = (): Totals => ({
  ...{ words: 0, segments: 0, texts: 0, moves: 0 },
  touches: noTouches(),
  folder: "",
  loops: false,
});
export function count(totals: Totals, what: "words" | "segments" | "texts"): void {
  totals[what] += 1;
  if (totals[what] > MOST[what]) giveUp();
}

export interface HereDocument {
  readonly delimiter: string;
  readonly strips: boolean;
  readonly verbatim: boolean;
}

/** A text that is read from left to right. */
export interface Reading {
  readonly text: string;
  at: number;
  depth: number;
  readonly totals: Totals;
  documents: HereDocument[];
}

export function open(text: string, depth: number, totals: Totals): Reading {
  if (depth > MOST.depth || /[^\t\n -~\u0080-\u{10ffff}]/u.test(text)) giveUp();
  return { text, at: 0, depth, totals, documents: [] };
}
/** `read` in a shell of its own, which has its own folder. */
export function inShell<T>({ totals }: Reading, read: () => T): T {
  const { folder, moves } = totals;
  const result = read();
  totals.folder = folder;
  totals.moves = moves;
  return result;
}
/** `read` one level deeper. */
export function deeper<T>(r: Reading, read: () => T): T {
  r.depth += 1;
  if (r.depth > MOST.depth) giveUp();
  const result = read();
  r.depth -= 1;
  return result;
}

export const looksAt = (r: Reading, what: string): boolean => r.text.startsWith(what, r.at);
export const current = (r: Reading): string => r.text[r.at] ?? "";

/** What the pattern (sticky) matches here, which is then behind us. */
export function take(r: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = r.at;
  const found = pattern.exec(r.text)?.[0];
  r.at += found?.length ?? 0;
  return found;
}

export function blanks(r: Reading): void {
  take(r, /(?:[ \t]|\\\n)*/y);
}
export function comment(r: Reading): void {
  take(r, /[^\n]*/y);
}
/** Blanks, comments and ends of lines. */
export function lines(r: Reading): void {
  for (;;) {
    blanks(r);
    if (current(r) === "#") comment(r);
    else if (current(r) === "\n") {
      r.at += 1;
      for (const document of r.documents) skipBody(r, document);
      r.documents = [];
    } else return;
  }
}

export function expectDocument(r: Reading, document: HereDocument): void {
  r.documents.push(document);
  if (r.documents.length > MOST.documents) giveUp();
}
function skipBody(r: Reading, { delimiter, strips, verbatim }: HereDocument): void {
  while (r.at < r.text.length) {
    const line = take(r, /[^\n]*/y)!;
    r.at += 1;
    const content = strips ? line.replace(/^\t+/, "") : line;
    if (content === delimiter) break;
    // in a substitution, some end it there
    if (content.startsWith(delimiter) && content.includes(")", delimiter.length)) giveUp();
    if (!verbatim && runsSomething(content)) giveUp();
  }
  r.at = Math.min(r.at, r.text.length);
}
/** An expansion that could, or a line that goes on behind its end. */
function runsSomething(line: string): boolean {
  return /`|\$[({[]|\\$/.test(line.replace(/\\./gsu, " "));
}
