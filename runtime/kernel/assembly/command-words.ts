// What a word of a command is to the grammar, by its text (docs/semantics/commands.md, "Grammar").
import { giveUp, isKnown, isNamePart, isNameStart, lengthOf, programRecord, textOf } from "./command-store";
import { N_RAW } from "./value";

export function isName(w: usize): bool {
  const p = textOf(w);
  const n = lengthOf(w);
  for (let i: u32 = 0; i < n; i++) if (!isNamePart(load<u8>(p + i))) return false;
  return n != 0 && isNameStart(load<u8>(p));
}

/** The number before a redirection, behind which c stands. Of a variable, `{x}`, the name may hold commands. */
export function isDescriptor(w: usize, c: u32): bool {
  if (c != 60 && c != 62) return false;
  if (load<u8>(textOf(w)) == 123 && lengthOf(w) > 1) giveUp();
  if (load<u32>(w, N_RAW) || !isKnown(w)) return false;
  for (let i: u32 = 0; i < lengthOf(w); i++) if (load<u8>(textOf(w) + i) - 48 > 9) return false;
  if (lengthOf(w) > 1) giveUp(); // a word, to some
  return true;
}

/** What a word that stands where a command begins is to the shell; 0: a program. */
export function reserved(w: usize): u32 {
  if (load<u32>(w, N_RAW) || !isKnown(w)) return 0;
  const record = programRecord(textOf(w), lengthOf(w));
  return record ? load<u8>(record, 3) : 0;
}

/** `[`, `{`, `{}` and `[[`. */
export function standsForItself(at: usize, len: u32): bool {
  return len == 1 || (len == 2 && (load<u16>(at) == 0x7d7b || load<u16>(at) == 0x5b5b));
}

/** A backslash and the end of a line, which are nothing to bash. */
export function goesOn(p: usize): bool {
  return load<u16>(p) == 0x0a5c;
}

/** `$'`, as written. */
export const QUOTES: u32 = 0x2724;
/** `<(`, which stands for `>(`, too. */
export const PROCESS: u32 = 0x283c;
/** The pair of characters stands there, quoted or not. */
export function holds(p: usize, end: usize, pair: u32): bool {
  for (; p + 1 < end; p++) {
    const at: u32 = load<u16>(p);
    if (at == pair || (pair == PROCESS && at == 0x283e)) return true;
  }
  return false;
}

/** Behind the word `time`, a word that begins with a hyphen: `-p` at 1, `--` at 1 or 2; what the shells take for the same. The place behind it. */
export function timeOption(w: usize, place: u32): u32 {
  const text: u32 = !load<u32>(w, N_RAW) && isKnown(w) && lengthOf(w) == 2 ? load<u16>(textOf(w)) : 0;
  if (text == 0x702d && place == 1) return 2;
  if (text != 0x2d2d || place - 1 > 1) giveUp();
  return 3;
}
