/** Words: what stands in quotes, what is only known when the command is run, and the commands inside them. */
import { count, current, giveUp, open, type Reading, take } from "./reading.ts";

export interface Word {
  readonly text: string;
  readonly known: boolean;
  /** It may become any number of words. */
  readonly many: boolean;
  /** It is made of digits, if of anything. */
  readonly digits: boolean;
  readonly quoted: boolean;
  /** The variable that it gives a value, where that may stand. */
  readonly assigns: string | undefined;
  /** Behind `-exec` of find: `{}` stands in it, for which a name is put. */
  readonly hole?: boolean;
}

/** Reads commands that stand in a word: up to a bracket, or the whole of another text. */
export interface Inner {
  readonly bracket: (r: Reading) => void;
  readonly whole: (r: Reading) => void;
}

interface Draft {
  text: string;
  known: boolean;
  many: boolean;
  quoted: boolean;
  /** Of parameters that are digits alone. */
  digits: boolean;
}

export function word(r: Reading, inner: Inner): Word {
  const draft: Draft = { text: "", known: true, many: false, quoted: false, digits: true };
  let assigns: string | undefined;
  let plain = true;
  let bracketed = false;
  /** `{}`, which is itself, and a `}` behind no `{`, with which it is not. */
  let [pair, lone] = [false, false];
  /** The character before, if it stood unquoted; `=` at the beginning. */
  let before = "=";
  for (;;) {
    const c = current(r);
    if (/^[ \t\n;&|()]?$/.test(c)) break;
    if (take(r, /\\\n/y) !== undefined) continue;
    if (/[<>]/.test(c)) {
      if (take(r, /<\(/y) === undefined) {
        // what stands in it is fed by the program, which no `.stdin_from` would name
        if (take(r, />\(/y) !== undefined) giveUp();
        break;
      }
      substitution(r, inner);
      [draft.known, draft.digits] = [false, false];
    } else if (c === "\\") {
      r.at += 1;
      draft.text += take(r, /./suy) ?? giveUp();
      draft.quoted = true;
    } else if (c === "'") {
      const found = take(r, /'[^']*'/y) ?? giveUp();
      draft.text += found.slice(1, -1);
      draft.quoted = true;
    } else if (c === '"') {
      draft.quoted = true;
      doubleQuoted(r, draft, inner);
    } else if (c === "$") dollar(r, draft, false, inner);
    else if (c === "`") backquoted(r, draft, false, inner);
    else {
      if (/[*?]/.test(c)) draft.many = true;
      if (c === "[" || (c === "{" && r.text[r.at + 1] !== "}")) bracketed = true;
      else if (c === "{") pair = true;
      else if (c === "}" && before !== "{") lone = true;
      if (c === "~" && /[=:]/.test(before)) draft.known = false;
      if (c === "=" && plain) assigns ??= /^([A-Za-z_][A-Za-z0-9_]*)\+?$/.exec(draft.text)?.[1];
      draft.text += take(r, /./suy)!;
      before = c;
      continue;
    }
    plain = false;
    before = "";
  }
  count(r.totals, "words");
  const { text, quoted } = draft;
  const many =
    draft.many || (pair && lone) || (bracketed && !(!quoted && draft.known && /^(?:\[|\{|\{\}|\[\[)$/.test(text)));
  const known = draft.known && !many;
  return { text, known, many, digits: draft.digits && !known && text === "", quoted, assigns };
}

function substitution(r: Reading, inner: Inner): void {
  if (r.documents.length > 0) giveUp();
  inner.bracket(r);
  if (r.documents.length > 0) giveUp();
}

function doubleQuoted(r: Reading, draft: Draft, inner: Inner): void {
  r.at += 1;
  for (;;) {
    const c = current(r);
    if (c === '"') break;
    if (c === "") giveUp();
    if (c === "$") dollar(r, draft, true, inner);
    else if (c === "`") backquoted(r, draft, true, inner);
    else if (take(r, /\\\n/y) === undefined) {
      const escaped = take(r, /\\[$`"\\]/y);
      draft.text += escaped === undefined ? take(r, /./suy)! : escaped.slice(1);
    }
  }
  r.at += 1;
}

const PARAMETER = /\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/y;
const LENGTH = /\$\{#(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])\}/y;
const BRACED = /\$\{(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|#(?=\})|[@*?$-])(?:(?::[-+?]|[-+?#%^,])[^\n"$'\\`{(<>}]*)?\}/y;

function dollar(r: Reading, draft: Draft, inQuotes: boolean, inner: Inner): void {
  const next = r.text[r.at + 1] ?? "";
  if (next === "'" && !inQuotes) {
    draft.quoted = true;
    draft.text += ansi(r);
    return;
  }
  if (next === "[" || (next === '"' && !inQuotes) || take(r, /\$\(?\\\n/y) !== undefined) giveUp();
  if (next === "(") {
    if (take(r, /\$\((?!\()/y) === undefined) giveUp();
    [draft.known, draft.digits] = [false, false];
    if (!inQuotes) draft.many = true;
    substitution(r, inner);
    return;
  }
  if (next === "{") {
    const found = take(r, LENGTH) ?? take(r, BRACED) ?? giveUp();
    draft.known = false;
    if (found.startsWith("${#")) return;
    draft.digits = false;
    if (!inQuotes || found.startsWith("${@")) draft.many = true;
    return;
  }
  const found = take(r, PARAMETER);
  if (found === undefined) {
    draft.text += "$";
    r.at += 1;
    return;
  }
  draft.known = false;
  if (/[?#$]$/.test(found)) return;
  if (found !== "$!") draft.digits = false;
  if (!inQuotes || found === "$@") draft.many = true;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ...([
    ["a", "\x07"],
    ["b", "\b"],
    ["e", "\x1b"],
    ["E", "\x1b"],
    ["f", "\f"],
    ["n", "\n"],
    ["r", "\r"],
  ] as const),
  ...([
    ["t", "\t"],
    ["v", "\v"],
    ["\\", "\\"],
    ['"', '"'],
    ["?", "?"],
  ] as const),
]);
/** `$'…'`: escapes that stand for ASCII characters. */
function ansi(r: Reading): string {
  r.at += 2;
  let text = "";
  for (;;) {
    const plain = take(r, /[^\\']+/y);
    if (plain !== undefined) text += plain;
    else if (take(r, /'/y) !== undefined) return text;
    else {
      const found =
        take(r, /\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8})/y) ??
        take(r, /\\[abeEfnrtv\\"?]/y) ??
        giveUp();
      text += ESCAPES.get(found.slice(1)) ?? ascii(found.slice(1));
    }
  }
}
function ascii(written: string): string {
  const code = /^[xuU]/.test(written) ? Number.parseInt(written.slice(1), 16) : Number.parseInt(written, 8);
  return code === 0 || code > 127 ? giveUp() : String.fromCharCode(code);
}

function backquoted(r: Reading, draft: Draft, inQuotes: boolean, inner: Inner): void {
  const found = take(r, /`(?:[^`\\]|\\.)*`/suy) ?? giveUp();
  if (inQuotes && /\\"/.test(found.replace(/\\[^"]/gu, ""))) giveUp();
  [draft.known, draft.digits] = [false, false];
  if (!inQuotes) draft.many = true;
  if (r.documents.length > 0) giveUp();
  inner.whole(open(found.slice(1, -1).replace(/\\([$`\\])/g, "$1"), r.depth + 1, r.totals));
}
