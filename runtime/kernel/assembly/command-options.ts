// What a wrapper's own words are (docs/semantics/commands.md, "Wrappers"): options, their values, assignments, and where the command it runs begins.
//
// Record of a program, 32 B, from the table: what it is u8 (PROGRAM_…), flags u8 (R_…), words before the command u8, as a word of the grammar u8 (WORD_…) · options without a
// value u64 at 8, with one at 16, those that make it run nothing at 24; a bit a letter: a–z, A–Z, 0–9.
import { giveUp, isKnown, isSure, lengthOf, next, optionCode, textOf } from "./command-store";
import { assigned, chooses } from "./command-variables";

/** It runs the command behind its own words. */
export const PROGRAM_WRAPPER: u32 = 1;
export const PROGRAM_SHELL: u32 = 2;
/** What it does is not read: the whole command is unknown. */
export const PROGRAM_OPAQUE: u32 = 3;
/** It gives variables a value. */
export const PROGRAM_NAMES: u32 = 4;
export const PROGRAM_TEST: u32 = 5;
export const PROGRAM_CD: u32 = 6;
export const PROGRAM_FIND: u32 = 7;
export const PROGRAM_SU: u32 = 8;
export const PROGRAM_SET: u32 = 9;

/** Words that are no programs where a command begins; they stand in byte 3 of a record, as some are programs elsewhere. */
export const WORD_GOES_ON: u32 = 1;
export const WORD_FOR: u32 = 2;
export const WORD_OPAQUE: u32 = 3;
export const WORD_TIME: u32 = 4;
export const WORD_OPENS: u32 = 5;
export const WORD_CLOSES: u32 = 6;

/** Assignments may stand among its options. */
export const R_ASSIGNS: u32 = 1;
/** More words are put behind the command's. */
export const R_ADDS: u32 = 2;
/** It is a segment of its own, too. */
export const R_SHOWN: u32 = 4;
/** Options of its own are not read: it takes names. Of a shell: its texts are not read. */
export const R_STRICT: u32 = 8;
/** Its words are no paths and no hosts; it writes none of its paths; its words may be hosts. */
export const R_SILENT: u32 = 16;
export const R_READS: u32 = 32;
export const R_NET: u32 = 64;
/** What it runs, the shell itself runs. */
export const R_INSIDE: u32 = 128;

const OPTION_FLAG: u32 = 1;
const OPTION_VALUE: u32 = 2;
const OPTION_INERT: u32 = 3;
/** Behind `-o` of a shell. */
const OPTION_OF_SHELL: u32 = 4;

/** It was told to run nothing. */
export let inert: bool = false;

function letter(c: u32): u64 {
  if (c - 97 < 26) return <u64>1 << <u64>(c - 97);
  if (c - 65 < 26) return <u64>1 << <u64>(c - 65 + 26);
  if (c - 48 < 10) return <u64>1 << <u64>(c - 48 + 52);
  return 0;
}

/** Of `xargs -I`: for this text in the words behind, others are put; length 0: for none. */
export let replacedPtr: usize = 0;
export let replacedLen: u32 = 0;

/** The word behind, which must be there and known; 0 otherwise. */
function valueOf(word: usize): usize {
  const w = next(word);
  if (w && isSure(w)) return w;
  giveUp();
  return 0;
}
/** What is given to an option of a wrapper: from p to the end of its word, or the word behind. The last of its words, or 0. */
function given(word: usize, p: usize, isHere: bool, letter: u32): usize {
  const w = isHere ? word : valueOf(word);
  if (!w) return 0;
  const at = isHere ? p : textOf(w);
  const n = <u32>(textOf(w) + lengthOf(w) - at);
  if (chooses(at, n, 0)) giveUp();
  if (letter == 73) {
    if (!n || replacedLen) giveUp();
    replacedPtr = at;
    replacedLen = n;
  }
  return w;
}
/** A long option: the last of its words, or 0. */
function long(word: usize): usize {
  const p = textOf(word);
  const n = lengthOf(word);
  let name: u32 = 0;
  while (name < n && load<u8>(p + name) != 61) name++;
  const code = optionCode(p, name);
  if (code == OPTION_VALUE) return given(word, p + name + 1, name < n, 0);
  if (name == n && (code == OPTION_FLAG || code == OPTION_INERT)) {
    inert = code == OPTION_INERT;
    return word;
  }
  giveUp();
  return 0;
}
/** Letters behind one hyphen: the last of their words, or 0. */
function cluster(record: usize, word: usize): usize {
  const p = textOf(word);
  const n = lengthOf(word);
  for (let i: u32 = 1; i < n; i++) {
    const bit = letter(load<u8>(p + i));
    if (load<u64>(record, 8) & bit) continue;
    if (load<u64>(record, 24) & bit) {
      inert = true;
      return word;
    }
    if (load<u64>(record, 16) & bit) return given(word, p + i + 1, i + 1 < n, load<u8>(p + i));
    giveUp();
    return 0;
  }
  return word;
}

/** Where the command begins that the wrapper runs; 0: it runs none, or was given up. */
export function wrapped(record: usize, word: usize): usize {
  const assigns = (load<u8>(record, 1) & R_ASSIGNS) != 0;
  let before: u32 = load<u8>(record, 2);
  let options = true;
  inert = false;
  replacedLen = 0;
  for (let w = next(word); w; w = next(w)) {
    if (!isSure(w)) {
      giveUp();
      return 0;
    }
    const p = textOf(w);
    const n = lengthOf(w);
    if (options && n && load<u8>(p) == 45) {
      if (n == 1) {
        if (assigns) continue;
        return w;
      }
      if (load<u8>(p, 1) == 45) {
        if (n == 2) {
          options = false;
          continue;
        }
        w = long(w);
      } else w = cluster(record, w);
      if (!w || inert) return 0;
      continue;
    }
    if (assigns) {
      const name = assigned(p, p + n);
      if (name) {
        if (chooses(p, name, p + n)) {
          giveUp();
          return 0;
        }
        continue;
      }
      // no shell takes it for an assignment, but the wrapper does
      for (let i: u32 = 0; i < n; i++) if (load<u8>(p + i) == 61) giveUp();
    }
    if (!before) return w;
    before--;
    options = false;
  }
  return 0;
}

/** The shell reads its user's files before the text. */
export let logsIn: bool = false;
/** A shell's command string, when it is given one; 0: it is none, or was given up. */
export function shellText(word: usize): usize {
  let isText = false;
  let starts = false; // it reads words of its own before, or what changes how the text is read
  logsIn = false;
  let options = true;
  for (let w = next(word); w; w = next(w)) {
    if (!isSure(w)) {
      giveUp();
      return 0;
    }
    const p = textOf(w);
    const n = lengthOf(w);
    if (options && n == 1 && load<u8>(p) == 45) {
      options = false;
      continue;
    }
    const sign: u32 = n > 1 && options ? load<u8>(p) : 0;
    if (sign != 45 && sign != 43) {
      if (isText && starts) giveUp();
      return isText ? w : 0;
    }
    if (load<u8>(p, 1) == 45) {
      if (n == 2 && sign == 45) options = false;
      else if (optionCode(p, n) != OPTION_FLAG) giveUp();
      continue;
    }
    let takes = false;
    for (let i: u32 = 1; i < n; i++) {
      const c: u32 = load<u8>(p + i);
      if (!letter(c) || c - 48 < 10 || c == 79) giveUp();
      if (c == 99) isText = true;
      if (c == 111) takes = true;
      if (c == 108) logsIn = true;
      if (c == 105 || c == 107 || c == 115) starts = true; // i k s
    }
    if (takes) w = ofShell(w);
    if (!w) return 0;
  }
  if (isText) giveUp();
  return 0;
}
/** Behind `-o`: an option that changes nothing of how commands are read. */
function ofShell(word: usize): usize {
  const w = valueOf(word);
  if (w && optionCode(textOf(w), lengthOf(w)) != OPTION_OF_SHELL) giveUp();
  return w;
}
/** The options of `set`: none that changes how commands are read. */
export function setOptions(word: usize): void {
  for (let w = next(word); w; w = next(w)) {
    if (!isSure(w)) return giveUp();
    const p = textOf(w);
    const n = lengthOf(w);
    if (n < 2 || (load<u8>(p) != 45 && load<u8>(p) != 43) || load<u16>(p) == 0x2d2d) return;
    let takes = false;
    for (let i: u32 = 1; i < n; i++) {
      const c: u32 = load<u8>(p + i);
      if (!letter(c) || c == 108 || c == 105 || c == 107 || c == 115) giveUp();
      if (c == 111) takes = true;
    }
    if (takes && next(w)) w = ofShell(w);
    if (!w) return;
  }
}
