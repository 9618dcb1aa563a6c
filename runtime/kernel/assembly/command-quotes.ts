// Parts of a command that are read without looking for commands in them: `$'…'`, `${…}`, how far backquotes go, and the bodies of here-documents.
// Each takes where it begins and gives where it ends, 0 when it was given up.
import { giveUp, isNamePart, isNameStart } from "./command-store";
import { alloc } from "./memory";

@inline function hex(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  c |= 32;
  return c - 97 < 6 ? c - 87 : 255;
}
function nothing(): usize {
  giveUp();
  return 0;
}

/** Where the output of the last `ansi` ends. */
export let ansiEnd: usize = 0;
/** Behind `$'`: the characters go to o. */
export function ansi(p: usize, o: usize): usize {
  for (;;) {
    let c: u32 = load<u8>(p++);
    if (c == 0) return nothing();
    if (c == 39) {
      ansiEnd = o;
      return p;
    }
    if (c == 92) {
      c = load<u8>(p++);
      if (c - 48 < 8) {
        let v = c - 48;
        for (let i = 0; i < 2 && load<u8>(p) - 48 < 8; i++) v = v * 8 + <u32>(load<u8>(p++) - 48);
        c = v;
      } else if (c == 120 || c == 117 || c == 85) {
        const most = c == 120 ? 2 : c == 117 ? 4 : 8;
        let v: u32 = 0;
        let n = 0;
        for (; n < most && hex(load<u8>(p)) < 16; n++) v = v * 16 + hex(load<u8>(p++));
        if (n == 0) return nothing();
        c = v;
      } else {
        const at = plainEscape(c);
        if (at == 0) return nothing();
        c = at;
      }
      // bytes that are no characters, and what depends on the locale
      if (c == 0 || c > 127) return nothing();
    }
    store<u8>(o++, c);
  }
  return 0;
}
function plainEscape(c: u32): u32 {
  if (c == 97) return 7;
  if (c == 98) return 8;
  if (c == 101 || c == 69) return 27;
  if (c == 102) return 12;
  if (c == 110) return 10;
  if (c == 114) return 13;
  if (c == 116) return 9;
  if (c == 118) return 11;
  // not `\'`: where a shell has no `$'…'`, the quotes end there
  if (c == 92 || c == 34 || c == 63) return c;
  return 0;
}

@inline function isSpecial(c: u32): bool {
  return c == 64 || c == 42 || c == 35 || c == 63 || c == 36 || c == 33 || c == 45;
}
/** Behind a `$`: whether a parameter of one character or a name follows. */
export function isParameter(c: u32): bool {
  return isNamePart(c) || isSpecial(c);
}
/** Every element of a list: `@`. */
export let isAll: bool = false;
/** A name, a digit or a special parameter. */
export function parameterName(p: usize): usize {
  const c: u32 = load<u8>(p);
  isAll = c == 64;
  if (!isNameStart(c)) return isParameter(c) ? p + 1 : nothing();
  while (isNamePart(load<u8>(p))) p++;
  return p;
}
/** Behind `${`. What gives a value, reads through another name or computes is not read. */
export function parameter(p: usize): usize {
  if (load<u8>(p) == 35 && load<u8>(p, 1) != 125) {
    p = parameterName(p + 1);
    if (!p || load<u8>(p) != 125) return nothing();
    isAll = false;
    return p + 1;
  }
  if (load<u8>(p) == 33) return nothing();
  if (load<u8>(p) - 48 < 10) {
    isAll = false;
    while (load<u8>(p) - 48 < 10) p++;
  } else p = parameterName(p);
  if (!p) return 0;
  let c: u32 = load<u8>(p++);
  if (c == 125) return p;
  if (c == 58) {
    c = load<u8>(p++);
    if (c != 45 && c != 43 && c != 63) return nothing();
  } else if (c != 45 && c != 43 && c != 63 && c != 35 && c != 37 && c != 94 && c != 44) return nothing();
  for (;;) {
    c = load<u8>(p++);
    if (c == 125) return p;
    // what may quote, or run something
    if (c == 0 || c == 10 || c == 34 || c == 36 || c == 39 || c == 92 || c == 96 || c == 123 || c == 40 || c == 60 || c == 62) return nothing();
  }
  return 0;
}

/** What stands between the last backquotes, a text of its own. */
export let backquotedText: usize = 0;
export let backquotedLength: u32 = 0;
/** Behind a backquote, up to the next. */
export function backquoted(p: usize, inQuotes: bool): usize {
  let end = p;
  while (load<u8>(end) != 96 && load<u8>(end) != 0) {
    if (load<u8>(end) == 92 && load<u8>(end, 1) != 0) {
      if (inQuotes && load<u8>(end, 1) == 34) return nothing();
      end++;
    }
    end++;
  }
  backquotedText = alloc(end - p + 16);
  if (!load<u8>(end) || !backquotedText) return nothing();
  let to = backquotedText;
  for (let q = p; q < end; q++) {
    const d: u32 = load<u8>(q, 1);
    if (load<u8>(q) == 92 && (d == 36 || d == 96 || d == 92)) q++;
    store<u8>(to++, load<u8>(q));
  }
  store<u8>(to, 0);
  backquotedLength = <u32>(to - backquotedText);
  return end + 1;
}

const DOCUMENTS: usize = 49664; // {delimiter, length, flags} × 12
const MOST_DOCUMENTS: u32 = 12;
export const STRIPS: u32 = 1;
export const VERBATIM: u32 = 2;
/** Here-documents whose bodies are still to come. */
export let documents: u32 = 0;
export function setDocuments(n: u32): void {
  documents = n;
}
export function openDocument(delimiter: usize, length: u32, flags: u32): void {
  if (documents == MOST_DOCUMENTS) return giveUp();
  // some take the tabs off the delimiter, too
  if (flags & STRIPS && load<u8>(delimiter) == 9) return giveUp();
  for (let i: u32 = 0; i < length; i++) if (load<u8>(delimiter + i) == 10) return giveUp();
  const e = DOCUMENTS + <usize>documents * 12;
  store<u32>(e, <u32>delimiter);
  store<u32>(e, length, 4);
  store<u32>(e, flags, 8);
  documents++;
}
// ── blanks and lines
export function behindBlanks(p: usize): usize {
  for (;;) {
    const c: u32 = load<u8>(p);
    if (c == 32 || c == 9) p++;
    else if (c == 92 && load<u8>(p, 1) == 10) p += 2;
    else return p;
  }
  return p;
}
export function behindComment(p: usize): usize {
  while (load<u8>(p) != 10 && load<u8>(p) != 0) p++;
  return p;
}
/** Blanks, comments and ends of lines, behind which here-documents stand. */
export function behindLines(p: usize): usize {
  for (;;) {
    p = behindBlanks(p);
    const c: u32 = load<u8>(p);
    if (c == 35) p = behindComment(p);
    else if (c == 10) p = bodies(p + 1);
    else return p;
  }
  return p;
}
/** A text that has ended. */
const END: usize = memory.data<u8>([0, 0, 0, 0]);
/** The bodies, from behind the line's end. */
function bodies(p: usize): usize {
  for (let i: u32 = 0; i < documents && p; i++) p = body(p, DOCUMENTS + <usize>i * 12);
  documents = 0;
  return p || END;
}
function body(p: usize, e: usize): usize {
  const delimiter = <usize>load<u32>(e);
  const n = load<u32>(e, 4);
  const flags = load<u32>(e, 8);
  while (load<u8>(p)) {
    let q = p;
    if (flags & STRIPS) while (load<u8>(q) == 9) q++;
    let end = q;
    while (load<u8>(end) != 10 && load<u8>(end) != 0) end++;
    if (<u32>(end - q) >= n && memory.compare(q, delimiter, n) == 0) {
      if (<u32>(end - q) == n) return load<u8>(end) ? end + 1 : end;
      // in a substitution, some end it there
      for (let r = q + n; r < end; r++) if (load<u8>(r) == 41) return nothing();
    }
    if (!(flags & VERBATIM) && !inert(q, end)) return nothing();
    p = load<u8>(end) ? end + 1 : end;
  }
  return p;
}
/** A line in which nothing is run, and which ends where it seems to. */
function inert(p: usize, end: usize): bool {
  for (; p < end; p++) {
    const c: u32 = load<u8>(p);
    if (c == 96) return false;
    if (c == 36) {
      const d: u32 = load<u8>(p, 1);
      if (d == 40 || d == 123 || d == 91) return false;
    }
    if (c == 92) {
      if (++p == end) return false;
    }
  }
  return true;
}
