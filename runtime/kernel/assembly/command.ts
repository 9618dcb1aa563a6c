// Commands of a POSIX shell, as bash reads them, to the programs they run (docs/semantics/commands.md): one pass over the text. What is not read
// for sure makes the whole command unknown (`giveUp`), what a word becomes only when it is run makes the word unknown.
//
// Here are words, redirections and lists of commands, as they hold each other. Beside it: command-store.ts what comes out, command-quotes.ts parts
// that hold no commands, command-run.ts which programs a command runs, command-options.ts what wrappers take.
// INVARIANT: a text that is read ends with a zero byte and has no other; the loops stop there.
import { H, H_COMMANDS, alloc } from "./memory";
import {
  DIGITS, MANY, QUOTED, bad, feed, feedCount, giveUp, isKnown, lastSegment, lengthOf, newWord, openStore, pipe, setFeed, storedLists, textOf,
} from "./command-store";
import { PROCESS, QUOTES, goesOn, holds, isDescriptor, isName, reserved, standsForItself, timeOption } from "./command-words";
import { assigned, chooses, hidesCommand } from "./command-variables";
import { WORD_CLOSES, WORD_FOR, WORD_GOES_ON, WORD_OPAQUE, WORD_OPENS, WORD_TIME } from "./command-options";
import {
  STRIPS, VERBATIM, ansi, ansiEnd, backquoted, backquotedLength, backquotedText, behindBlanks, behindComment, behindLines, documents, isAll, isParameter, openDocument, parameter, parameterName, setDocuments,
} from "./command-quotes";
import { openScripts, run, scriptLength, scriptText, scripts, setScripts } from "./command-run";
import { backTo, folderNow, loseFolder, moves, noteLoop, openTouch, redirected } from "./command-touch";
import { relativePaths, setRelativePaths } from "./scalar";
import { N_LEN, N_NEXT, N_PART, N_PTR, N_RAW } from "./value";

const MOST_DEPTH: i32 = 8;

/** Where the reading stands, and where the next character of a word goes. */
let p: usize = 0;
let o: usize = 0;
let depth: i32 = 0;
/** The last command began with `!`. */
let negated: bool = false;

/** Reads a command that was sent; false: it is unknown. */
export function readCommand(text: usize, len: u32, node: usize): bool {
  if (!H(H_COMMANDS)) return false;
  openStore();
  const copy = alloc(<usize>len + 16);
  if (bad || !copy) return false;
  memory.copy(copy, text, len);
  store<u8>(copy + len, 0);
  depth = 0;
  setDocuments(0);
  openScripts();
  openTouch();
  const waiting = relativePaths;
  script(copy, len);
  if (bad) {
    setRelativePaths(waiting);
    return false;
  }
  store<u32>(node, <u32>text, N_PTR);
  store<u32>(node, len, N_LEN);
  store<u32>(node, <u32>storedLists(), N_PART);
  return true;
}

/** A text of its own: the command, a shell's argument, what stands in backquotes. */
function script(text: usize, len: u32): void {
  for (let i: u32 = 0; i < len; i++) {
    const c: u32 = load<u8>(text + i);
    if ((c < 32 && c != 9 && c != 10) || c == 127) giveUp();
  }
  if (++depth > MOST_DEPTH || documents) giveUp();
  const at = p;
  const out = o;
  p = text;
  o = alloc(<usize>len + 16);
  if (!o) giveUp();
  const from = folderNow();
  if (!bad) list(0);
  backTo(from);
  setDocuments(0);
  p = at;
  o = out;
  depth--;
}
/** Up to a closing bracket, in a shell of its own. */
function subshell(): void {
  if (++depth > MOST_DEPTH) giveUp();
  const from = folderNow();
  list(41);
  backTo(from);
  depth--;
}
/** `$(…)`, `<(…)`: behind the bracket. */
function substitution(): void {
  if (documents) giveUp();
  subshell();
  if (documents) giveUp();
}

function blanks(): void {
  p = behindBlanks(p);
}
function lines(): void {
  p = behindLines(p);
}

// ── lists of commands

/** Commands and what stands between them, up to `closer`: 0 the end of the text, 41 a bracket; 125 `}`, 102 `fi`, 100 `done`. */
function list(closer: u32): void {
  const chain = feed;
  const count = feedCount;
  const from = moves;
  let piped = false;
  for (;;) {
    lines();
    if (bad) return;
    let c: u32 = load<u8>(p);
    if (c == 0 || c == 41) {
      if (c == closer) p += c == 41 ? 1 : 0;
      else giveUp();
      break;
    }
    const before = lastSegment();
    const then = moves;
    if (command(closer)) break;
    if (bad) return;
    blanks();
    c = load<u8>(p);
    const d: u32 = c ? load<u8>(p, 1) : 0;
    const isPipe = c == 124 && d != 124;
    // only what stands behind `&&` is sure to be in the new folder
    if (moves != then && (isPipe || piped || negated)) loseFolder();
    if (moves != from && !isPipe && (c != 38 || d != 38)) loseFolder();
    piped = isPipe;
    if (isPipe) {
      p += d == 38 ? 2 : 1;
      pipe(before);
      continue;
    }
    setFeed(chain, count);
    if ((c == 38 || c == 124) && d == c) p += 2;
    else if (c == 59) {
      if (d == 59 || d == 38) giveUp();
      p++;
    } else if (c == 38) {
      if (goesOn(p + 1)) giveUp(); // `&>`, to some
      p++;
    }
  }
  setFeed(chain, count);
}

/** One command; true: it was the word that closes what it stands in. */
function command(closer: u32): bool {
  let first: usize = 0;
  let last: usize = 0;
  let ended = false; // nothing but redirections may follow
  let not = false;
  let begun = false; // an assignment or a word was there
  let timed: u32 = 0; // behind `time`: which options may follow
  let parts = false; // it has a variable of its own that says how words are parted
  let both = false; // behind `&>`, which is `&` and `>` to some shells
  const from = moves;
  for (;;) {
    blanks();
    if (bad) return false;
    const c: u32 = load<u8>(p);
    const d: u32 = c ? load<u8>(p, 1) : 0;
    if (((c == 60 || c == 62) && d != 40) || (c == 38 && d == 62)) {
      redirection();
      begun = true;
      if (c == 38) both = true;
      continue;
    }
    if (c == 0 || c == 10 || c == 59 || c == 38 || c == 124 || c == 41) break;
    if (c == 35) {
      p = behindComment(p);
      break;
    }
    if (c == 40) {
      if (begun || ended || d == 40 || goesOn(p + 1)) {
        giveUp();
        return false;
      }
      p++;
      subshell();
      ended = true;
      continue;
    }
    if (ended) {
      const number = word();
      if (!bad && !isDescriptor(number, load<u8>(p))) giveUp();
      continue;
    }
    const w = word();
    if (bad) return false;
    if (isDescriptor(w, load<u8>(p))) continue;
    if (both || load<u8>(p) == 40) giveUp(); // a function, a list in brackets, a glob of bash
    if (timed && !first && load<u8>(textOf(w)) == 45) {
      timed = timeOption(w, begun ? 0 : timed);
      continue;
    }
    if (!first) {
      if (isAssignment(w)) {
        begun = true;
        parts = parts || isIfs;
        continue;
      }
      const kind = begun ? 0 : reserved(w);
      if (kind == WORD_GOES_ON) {
        const head: u32 = load<u8>(textOf(w));
        if (head == 33) not = true;
        if (timed) timed = 3;
        continue;
      }
      if (kind == WORD_TIME) {
        timed = 1;
        continue;
      }
      if (kind == WORD_OPENS || kind == WORD_FOR) {
        const head: u32 = load<u8>(textOf(w));
        if (kind == WORD_FOR) values();
        if (head != 123 && head != 105) noteLoop();
        if (++depth > MOST_DEPTH) giveUp();
        if (!bad) list(head == 123 ? 125 : head == 105 ? 102 : 100);
        depth--;
        ended = true;
        continue;
      }
      if (kind == WORD_CLOSES) {
        if (closer != load<u8>(textOf(w))) giveUp();
        negated = not;
        return true;
      }
      if (kind == WORD_OPAQUE) {
        giveUp();
        return false;
      }
    }
    begun = true;
    if (last) store<u32>(last, <u32>w, N_NEXT);
    else first = w;
    last = w;
  }
  // only `read` keeps it to itself
  if (parts && !(first && isKnown(first) && lengthOf(first) == 4 && load<u32>(textOf(first)) == 0x64616572)) giveUp();
  if (first && !bad) {
    const texts = scripts;
    run(first, false, true);
    for (let i = texts; i < scripts && !bad; i++) script(scriptText(i), scriptLength(i));
    setScripts(texts);
  }
  if (both && moves != from) loseFolder();
  negated = not;
  return false;
}

/** A value for a variable; those that choose what is run, and values that hold commands, are not read. */
function isAssignment(w: usize): bool {
  const name = assignedLen;
  if (!name) return false;
  const at = textOf(w);
  const end = at + (isKnown(w) ? lengthOf(w) : name);
  isIfs = name == 3 && (load<u32>(at) & 0xffffff) == 0x534649;
  if (load<u8>(at + name) == 43) giveUp(); // `+=` is a program's name to some
  if ((!isIfs && chooses(at, name, end)) || hidesCommand(at + name, end)) giveUp();
  return true;
}
/** The last assignment was one to `IFS`. */
let isIfs: bool = false;
/** Behind `for`: the name, and the words it goes through. */
function values(): void {
  blanks();
  if (load<u8>(p) == 40 || load<u8>(p) == 60 || load<u8>(p) == 62) giveUp();
  if (bad) return;
  let w = word();
  if (bad) return;
  if (!isKnown(w) || load<u32>(w, N_RAW) || !isName(w) || chooses(textOf(w), lengthOf(w), 0)) return giveUp();
  lines();
  const c: u32 = load<u8>(p);
  if (c == 59 || c == 0 || c == 38 || c == 124 || c == 40 || c == 41 || c == 60 || c == 62) {
    if (c != 59) giveUp();
    return;
  }
  w = word();
  if (bad) return;
  if (load<u32>(w, N_RAW) || !isKnown(w) || lengthOf(w) != 2) return giveUp();
  if (load<u16>(textOf(w)) == 0x6f64) return; // `do`
  if (load<u16>(textOf(w)) != 0x6e69) return giveUp(); // `in`
  for (;;) {
    blanks();
    const e: u32 = load<u8>(p);
    if (bad || e == 59 || e == 10) return;
    if (e == 0 || e == 38 || e == 124 || e == 40 || e == 41 || (e == 35) || ((e == 60 || e == 62) && load<u8>(p, 1) != 40)) return giveUp();
    word();
    if (load<u8>(p) == 40) giveUp();
  }
}

// ── redirections
function redirection(): void {
  const c: u32 = load<u8>(p);
  const d: u32 = load<u8>(p, 1);
  if (c == 38) {
    p += load<u8>(p, 2) == 62 ? 3 : 2; // &> &>>
    return into(true, false);
  }
  if (c == 60 && d == 60) {
    if (load<u8>(p, 2) == 60) {
      p += 3;
      target();
      return;
    }
    if (goesOn(p + 2)) giveUp(); // `<<-`, to some
    const strips = load<u8>(p, 2) == 45;
    p += strips ? 3 : 2;
    const from = p;
    const w = target();
    if (bad || !isKnown(w) || holds(from, p, QUOTES)) giveUp();
    else openDocument(textOf(w), lengthOf(w), (strips ? STRIPS : 0) | (load<u32>(w, N_RAW) & QUOTED ? VERBATIM : 0));
    return;
  }
  p += d == 38 || d == 62 || (d == 124 && c == 62) ? 2 : 1;
  into(c == 62 || d == 62, d == 38);
}
function into(writes: bool, copies: bool): void {
  const from = p;
  const w = target();
  if (holds(from, p, PROCESS)) giveUp();
  if (!bad) redirected(w, writes, copies);
}
/** The word of a redirection. */
function target(): usize {
  blanks();
  const c: u32 = load<u8>(p);
  if (c == 0 || c == 10 || c == 59 || c == 38 || c == 124 || c == 40 || c == 41 || ((c == 60 || c == 62) && load<u8>(p, 1) != 40)) giveUp();
  if (bad) return 0;
  const w = word();
  if (load<u8>(p) == 40) giveUp();
  return w;
}

// ── words

/** Of the word that is being read: it may be any number of words, it is not known, some of it was quoted. */
let many: bool = false;
let known: bool = true;
let quoted: bool = false;
/** Nothing of it is unknown but parameters that are digits. */
let digits: bool = true;
function unsure(words: bool): void {
  known = false;
  digits = false;
  if (words) many = true;
}
/** Length of the name that the last word gives a value, or 0. */
let assignedLen: u32 = 0;

/** One word, which begins at p. */
function word(): usize {
  const outerMany = many;
  const outerKnown = known;
  const outerQuoted = quoted;
  const outerDigits = digits;
  digits = true;
  many = false;
  known = true;
  quoted = false;
  const start = o;
  let name: u32 = 0;
  let plain = true; // all so far stood unquoted and for itself
  let globs = false;
  let braces: u32 = 0; // 1: `{}` stood there, which is itself, 2: a `}` behind no `{`, with which it is not
  let before: u32 = 61; // the character before, unquoted: a tilde means something behind some
  for (;;) {
    const c: u32 = load<u8>(p);
    if (c <= 32 || c == 59 || c == 38 || c == 124 || c == 40 || c == 41) break;
    if (c == 60 || c == 62) {
      if (load<u8>(p, 1) != 40) break;
      if (c == 62) giveUp(); // what it feeds, no `.stdin_from` would name
      p += 2;
      substitution();
      unsure(false);
      plain = false;
      before = 0;
    } else if (c == 92) {
      if (load<u8>(p++, 1) == 10) {
        p++;
        continue;
      }
      quoted = true;
      plain = false;
      before = 0;
      if (!load<u8>(p)) giveUp();
      else store<u8>(o++, load<u8>(p++));
    } else if (c == 39) {
      quoted = true;
      plain = false;
      before = 0;
      p++;
      while (load<u8>(p) != 39 && load<u8>(p) != 0) store<u8>(o++, load<u8>(p++));
      if (load<u8>(p)) p++;
      else giveUp();
    } else if (c == 34) {
      quoted = true;
      plain = false;
      before = 0;
      p++;
      doubleQuoted();
    } else if (c == 36 || c == 96) {
      if (c == 36) dollar(false);
      else backquote(false);
      plain = false;
      before = 0;
    } else {
      if (c == 42 || c == 63) many = true;
      else if (c == 91 || (c == 123 && load<u8>(p, 1) != 125)) globs = true;
      else if (c == 123) braces |= 1;
      else if (c == 125 && before != 123) braces |= 2;
      else if (c == 126 && (before == 61 || before == 58)) known = false;
      else if (c == 61 && plain && !name) name = assigned(start, close());
      before = c;
      store<u8>(o++, c);
      p++;
    }
    if (bad) break;
  }
  const len = <u32>(o - start);
  store<u8>(o++, 0);
  if (braces == 3 || (globs && !(!quoted && known && standsForItself(start, len)))) many = true;
  const sure = known && !many;
  const w = newWord(start, len, (many ? MANY : 0) | (quoted ? QUOTED : 0) | (digits && !sure && !len ? DIGITS : 0), sure);
  digits = outerDigits;
  many = outerMany;
  known = outerKnown;
  quoted = outerQuoted;
  assignedLen = name;
  return w;
}
/** The end of what was written, as if an equals sign stood there. */
function close(): usize {
  store<u8>(o, 61);
  return o + 1;
}
/** Up to the closing quote. */
function doubleQuoted(): void {
  while (!bad) {
    const c: u32 = load<u8>(p);
    if (c == 34) {
      p++;
      return;
    }
    if (c == 0) return giveUp();
    if (c == 36) dollar(true);
    else if (c == 96) backquote(true);
    else if (c == 92) {
      const d: u32 = load<u8>(p, 1);
      if (d == 10) p += 2;
      else {
        if (d == 36 || d == 96 || d == 34 || d == 92) p++;
        store<u8>(o++, load<u8>(p++));
      }
    } else {
      store<u8>(o++, c);
      p++;
    }
  }
}

function dollar(inQuotes: bool): void {
  const c: u32 = load<u8>(p, 1);
  if (c == 39 && !inQuotes) {
    quoted = true;
    const end = ansi(p + 2, o);
    if (!end) return;
    p = end;
    o = ansiEnd;
    return;
  }
  if (c == 40) {
    if (load<u8>(p, 2) == 40 || goesOn(p + 2)) return giveUp();
    p += 2;
    unsure(!inQuotes);
    substitution();
    return;
  }
  if (c == 91 || (c == 34 && !inQuotes) || goesOn(p + 1)) return giveUp();
  if (c != 123 && !isParameter(c)) {
    store<u8>(o++, 36);
    p++;
    return;
  }
  const end = c == 123 ? parameter(p + 2) : parameterName(p + 1);
  if (!end) return;
  known = false;
  const isNumber = c == 35 || c == 36 || c == 63 || (c == 123 && load<u8>(p, 2) == 35);
  p = end;
  if (isNumber) return;
  if (c != 33) digits = false;
  if (!inQuotes || isAll) many = true;
}

function backquote(inQuotes: bool): void {
  const end = backquoted(p + 1, inQuotes);
  if (!end) return;
  p = end;
  unsure(!inQuotes);
  script(backquotedText, backquotedLength);
}
