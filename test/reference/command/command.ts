/**
 * Commands of a POSIX shell, as bash reads them, to the programs that they run (docs/semantics/commands.md). One function a construct of
 * the grammar; each gives the segments of what it read, in the order in which they end.
 */
import * as P from "./programs.ts";
import * as R from "./reading.ts";
import * as T from "./tables.ts";
import type { Touches } from "./touched.ts";
import { redirect } from "./touches.ts";
import { type Inner, type Word, word } from "./words.ts";

/** A program, and from whom it reads, the nearest first. */
export interface Segment extends P.Segment {
  readonly from: Feed;
}
type Feed = readonly (string | undefined)[];
type Reading = R.Reading;

export interface Read extends Touches {
  readonly segments: readonly Segment[];
}
/** What a text runs, and what that touches; undefined: it cannot be read. */
export function readCommand(text: string): Read | undefined {
  try {
    const totals = R.noTotals();
    return { segments: script(R.open(text, 1, totals), []), ...totals.touches };
  } catch (error) {
    if (error === R.UNREADABLE) return undefined;
    throw error;
  }
}

const script = (r: Reading, from: Feed): readonly Segment[] => R.inShell(r, () => list(r, "", from));

/** The end of the text, a bracket, or the word that closes a compound command. */
type Closer = "" | ")" | "}" | "fi" | "done";
/** Commands up to `closer`. */
function list(r: Reading, closer: Closer, from: Feed): readonly Segment[] {
  const all: Segment[] = [];
  const { totals } = r;
  const movesBefore = totals.moves;
  let feed = from;
  let piped = false;
  for (;;) {
    R.lines(r);
    const c = R.current(r);
    if (c === "" || c === ")") {
      if (c !== closer) R.giveUp();
      r.at += c.length;
      return all;
    }
    const moves = totals.moves;
    const { segments, closes, negated } = command(r, feed);
    all.push(...segments);
    if (closes !== undefined) return closes === closer ? all : R.giveUp();
    R.blanks(r);
    const isPipe = R.take(r, /\|(?!\|)&?/y) !== undefined;
    // only what stands behind `&&` is sure to be in the new folder
    if (totals.moves !== moves && (isPipe || piped || negated)) totals.folder = undefined;
    if (totals.moves !== movesBefore && !isPipe && !R.looksAt(r, "&&")) totals.folder = undefined;
    piped = isPipe;
    if (isPipe) {
      feed = [...segments.map((s) => s.program).reverse(), ...feed];
      continue;
    }
    feed = from;
    if (R.looksAt(r, "&\\\n")) R.giveUp(); // `&>`, to some
    if (R.take(r, /&&|\|\||;(?![;&])|&/y) === undefined && R.current(r) === ";") R.giveUp();
  }
}

interface Command {
  readonly segments: readonly Segment[];
  /** The word that closes a compound command, which was all of it. */
  readonly closes: string | undefined;
  /** It began with `!`. */
  readonly negated: boolean;
}

function command(r: Reading, feed: Feed): Command {
  const segments: Segment[] = [];
  const inner: Inner = {
    bracket: (at) => segments.push(...R.deeper(at, () => R.inShell(at, () => list(at, ")", feed)))),
    whole: (other) => segments.push(...script(other, feed)),
  };
  const words: Word[] = [];
  let begun = false;
  /** It has a variable of its own that says how words are parted. */
  let parts = false;
  let negated = false;
  /** A compound command has ended: nothing but redirections may follow. */
  let ended = false;
  /** Behind `&>`, which is `&` and `>` to some shells. */
  let both = false;
  /** Behind `time`: the options that may follow. */
  let timed: readonly string[] | undefined;
  const { moves } = r.totals;
  for (;;) {
    R.blanks(r);
    const c = R.current(r);
    if (/[<>]/.test(c) ? !/^[<>]\(/.test(r.text.slice(r.at, r.at + 2)) : R.looksAt(r, "&>")) {
      redirection(r, inner);
      begun = true;
      if (c === "&") both = true;
      continue;
    }
    if (/^[\n;&|)]?$/.test(c)) break;
    if (c === "#") {
      R.comment(r);
      break;
    }
    if (c === "(") {
      if (begun || ended || R.looksAt(r, "((") || R.looksAt(r, "(\\\n")) R.giveUp();
      r.at += 1;
      inner.bracket(r);
      ended = true;
      continue;
    }
    const w = word(r, inner);
    if (isDescriptor(r, w)) continue;
    if (ended || both || R.current(r) === "(") R.giveUp();
    if (timed !== undefined && words.length === 0 && w.text.startsWith("-")) {
      if (begun || w.quoted || !w.known || !timed.includes(w.text)) R.giveUp();
      timed = w.text === "-p" ? ["--"] : [];
      continue;
    }
    if (words.length === 0 && w.assigns !== undefined) {
      checkAssignment(w, w.assigns);
      parts ||= w.assigns === "IFS";
      begun = true;
      continue;
    }
    const keyword = begun || w.quoted || !w.known ? "" : w.text;
    if (T.CLOSES.has(keyword)) return { segments, closes: keyword, negated };
    if (T.NOT_READ.has(keyword)) R.giveUp();
    if (keyword === "!") negated = true;
    if (/^(?:while|until|for)$/.test(keyword)) r.totals.loops = true;
    if (T.GOES_ON.has(keyword)) {
      timed &&= [];
      continue;
    }
    const closer = T.OPENS.get(keyword);
    if (keyword === "for") values(r, inner);
    if (keyword === "time") timed = ["-p", "--"];
    else if (closer !== undefined) {
      segments.push(...R.deeper(r, () => list(r, closer, feed)));
      ended = true;
    } else {
      begun = true;
      words.push(w);
    }
  }
  // only `read` keeps it to itself
  if (parts && !(words[0]?.known && words[0].text === "read")) R.giveUp();
  if (words.length > 0) {
    const { segments: own, texts } = P.run(words, false, r.totals);
    segments.push(...own.map((s) => ({ ...s, from: feed })));
    for (const text of texts) {
      if (r.documents.length > 0) R.giveUp();
      segments.push(...script(R.open(text, r.depth + 1, r.totals), feed));
    }
  }
  if (both && r.totals.moves !== moves) r.totals.folder = undefined;
  return { segments, closes: undefined, negated };
}

/** The number before a redirection. */
function isDescriptor(r: Reading, w: Word): boolean {
  if (!/[<>]/.test(R.current(r))) return false;
  // a variable, whose name may hold commands
  if (/^\{./su.test(w.text)) R.giveUp();
  if (!w.known || w.quoted || !/^[0-9]*$/.test(w.text)) return false;
  // a word, to some
  if (w.text.length > 1) R.giveUp();
  return true;
}

function checkAssignment({ text, known }: Word, name: string): void {
  // `+=` is a program's name to some
  if (text[name.length] === "+" || (known && P.hidesCommand(text))) R.giveUp();
  if (name !== "IFS" && T.chooses(name, known ? text.slice(name.length + 1) : undefined)) R.giveUp();
}

/** Behind `for`: a name, and perhaps `in` and words. */
function values(r: Reading, inner: Inner): void {
  R.blanks(r);
  if (/[(<>]/.test(R.current(r))) R.giveUp();
  const name = word(r, inner);
  if (!name.known || name.quoted || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.text) || T.chooses(name.text, undefined))
    R.giveUp();
  R.lines(r);
  if (R.current(r) === ";") return;
  if (/^[&|()<>]?$/.test(R.current(r))) R.giveUp();
  const next = word(r, inner);
  if (!next.known || next.quoted || (next.text !== "do" && next.text !== "in")) R.giveUp();
  if (next.text === "do") return;
  for (;;) {
    R.blanks(r);
    const c = R.current(r);
    if (c === ";" || c === "\n") return;
    if (/^[&|()#]?$/.test(c) || (/[<>]/.test(c) && r.text[r.at + 1] !== "(")) R.giveUp();
    word(r, inner);
    if (R.current(r) === "(") R.giveUp();
  }
}

function redirection(r: Reading, inner: Inner): void {
  if (R.looksAt(r, "<<\\\n")) R.giveUp(); // `<<-`, to some
  const operator = R.take(r, /&>>?|<<<|<<-?|[<>]&|[<>]>|>\||[<>]/y)!;
  R.blanks(r);
  const c = R.current(r);
  if (/^[\n;&|()]?$/.test(c) || (/[<>]/.test(c) && r.text[r.at + 1] !== "(")) R.giveUp();
  const start = r.at;
  const target = word(r, inner);
  const written = r.text.slice(start, r.at);
  if (R.current(r) === "(") R.giveUp();
  if (!operator.startsWith("<<") && /[<>]\(/.test(written)) R.giveUp();
  if (!operator.startsWith("<<")) redirect(r.totals.touches, r.totals.folder, target, operator);
  if (operator !== "<<" && operator !== "<<-") return;
  if (!target.known || written.includes("$'") || target.text.includes("\n")) R.giveUp();
  // some take the tabs off the delimiter, too
  if (operator === "<<-" && target.text.startsWith("\t")) R.giveUp();
  R.expectDocument(r, { delimiter: target.text, strips: operator === "<<-", verbatim: target.quoted });
}
