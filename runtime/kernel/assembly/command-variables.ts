// Variables of a command (docs/semantics/commands.md, "Variables that choose"): which words give one a value, and which values choose what is run.
import { isNamePart, isNameStart, optionCode } from "./command-store";

/** `$(` or a backquote, as characters; also a `$` before `\` and the end of a line. */
export function hidesCommand(p: usize, end: usize): bool {
  for (; p < end; p++) {
    if (load<u8>(p) == 96) return true;
    if (load<u8>(p) == 36 && ((p + 1 < end && load<u8>(p, 1) == 40) || (p + 2 < end && load<u16>(p, 1) == 0x0a5c))) return true;
  }
  return false;
}

/** Length of the name at p that is followed by `=` or `+=`; 0: there is none. */
export function assigned(p: usize, end: usize): u32 {
  let q = p;
  if (q == end || !isNameStart(load<u8>(q))) return 0;
  while (q < end && isNamePart(load<u8>(q))) q++;
  const n = <u32>(q - p);
  if (q < end && load<u8>(q) == 43) q++;
  return q < end && load<u8>(q) == 61 ? n : 0;
}

const CHOOSES: u32 = 9;
/** Unless its value is a program that only shows what it is given, or none. */
const SHOWS: u32 = 10;
/** Unless its value is a locale whose characters are ASCII's, or UTF-8. */
const LOCALE: u32 = 11;

const SHOWN: usize = memory.data<u8>([3, 99, 97, 116, 4, 116, 114, 117, 101, 1, 58, 1, 48, 1, 49, 0]); // cat true : 0 1
const WHOLE: usize = memory.data<u8>([1, 67, 5, 80, 79, 83, 73, 88, 0]); // C POSIX
const ENDS: usize = memory.data<u8>([5, 85, 84, 70, 45, 56, 4, 117, 116, 102, 56, 0]); // UTF-8 utf8
/** The text, or its end, is one of the list. */
function isAmong(list: usize, p: usize, n: u32, ending: bool): bool {
  for (let s = list; load<u8>(s); s += <usize>load<u8>(s) + 1) {
    const m: u32 = load<u8>(s);
    if ((ending ? n >= m : n == m) && memory.compare(p + n - m, s + 1, m) == 0) return true;
  }
  return false;
}

/** A variable that chooses what is run, by its value where one stands behind the name and an equals sign, up to `end`. */
export function chooses(p: usize, len: u32, end: usize): bool {
  const code = optionCode(p, len);
  if (code == CHOOSES) return true;
  if (code == SHOWS || code == LOCALE) {
    const value = p + len + 1;
    if (value > end || load<u8>(value - 1) != 61) return true;
    const n = <u32>(end - value);
    if (!n) return false;
    if (code == SHOWS) return !isAmong(SHOWN, value, n, false);
    for (let q = value; q < end; q++) if (load<u8>(q) == 47) return true; // a locale of its own
    return !isAmong(WHOLE, value, n, false) && !isAmong(ENDS, value, n, true);
  }
  if (len > 3 && load<u16>(p) == 0x444c && load<u8>(p, 2) == 95) return true; // LD_
  if (len > 4 && load<u32>(p) == 0x5f544947) return true; // GIT_
  if (len > 5 && (load<u32>(p) == 0x48534142 || load<u32>(p) == 0x444c5944) && load<u8>(p, 4) == 95) return true; // BASH_, DYLD_
  return false;
}
