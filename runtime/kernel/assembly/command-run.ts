// Which programs a command runs that is words by now (docs/semantics/commands.md, "Programs"): wrappers are taken off, and what is given to a
// shell as a text is put aside for the reading that called (command.ts).
import {
  HOLE, bad, giveUp, isDigits, isKnown, isMany, isNamePart, isSure, lengthOf, nameLen, namePtr, next, programRecord, readName, segment, textOf,
} from "./command-store";
import { chooses, hidesCommand } from "./command-variables";
import { N_RAW } from "./value";
import {
  PROGRAM_CD, PROGRAM_FIND, PROGRAM_NAMES, PROGRAM_OPAQUE, PROGRAM_SET, PROGRAM_SHELL, PROGRAM_SU, PROGRAM_TEST, PROGRAM_WRAPPER, R_ADDS, R_INSIDE, R_SHOWN, R_SILENT, R_STRICT, logsIn, replacedLen, replacedPtr, setOptions, shellText,
  wrapped,
} from "./command-options";
import { changeFolder, touch } from "./command-touch";

const SCRIPTS: usize = 49920; // {text, length} × 64
const MOST_SCRIPTS: u32 = 64;
/** Texts that are still to be read. */
export let scripts: u32 = 0;
export function setScripts(n: u32): void {
  scripts = n;
}
export function scriptText(i: u32): usize {
  return <usize>load<u32>(SCRIPTS + (<usize>i << 3));
}
export function scriptLength(i: u32): u32 {
  return load<u32>(SCRIPTS + (<usize>i << 3), 4);
}
/** All of this command, read or not. */
let texts: u32 = 0;
export function openScripts(): void {
  scripts = 0;
  texts = 0;
}
function read(word: usize): void {
  if (++texts > MOST_SCRIPTS) return giveUp();
  store<u32>(SCRIPTS + (<usize>scripts << 3), <u32>textOf(word));
  store<u32>(SCRIPTS + (<usize>scripts << 3), lengthOf(word), 4);
  scripts++;
}

/** A program and its words, and what they touch. */
function show(w: usize, adds: bool, flags: u32): void {
  segment(w, adds);
  if (!bad) touch(w, adds, flags);
}
/** A program and its words. `adds`: others follow that nobody knows. `direct`: the shell itself runs it. */
export function run(w: usize, adds: bool, direct: bool): void {
  for (;;) {
    if (load<u32>(w, N_RAW) & HOLE) giveUp();
    if (bad) return;
    readName(w);
    const record = isKnown(w) ? programRecord(namePtr, nameLen) : 0;
    const kind: u32 = record ? load<u8>(record) : 0;
    const flags: u32 = record ? load<u8>(record, 1) : 0;
    if (!kind) return show(w, adds, flags);
    if (kind == PROGRAM_OPAQUE) return giveUp();
    if (kind == PROGRAM_WRAPPER) {
      const inner = wrapped(record, w);
      if (!inner && adds) giveUp(); // what is added is what it runs
      if (bad) return;
      if (!inner) return show(w, (flags & R_ADDS) != 0, flags);
      if (flags & R_SHOWN) segment(w, adds);
      if (flags & R_ADDS) adds = true;
      if (replacedLen) openHoles(inner, replacedPtr, replacedLen);
      direct = direct && (flags & R_INSIDE) != 0;
      w = inner;
      continue;
    }
    if (kind == PROGRAM_SHELL) {
      const text = shellText(w);
      if (text ? flags & R_STRICT : adds) giveUp();
      if (text && logsIn) segment(w, adds);
      if (bad) return;
      return text ? read(text) : show(w, adds, flags);
    }
    if (adds && (kind == PROGRAM_NAMES || kind == PROGRAM_TEST || kind == PROGRAM_FIND || kind == PROGRAM_SU)) return giveUp();
    if (kind == PROGRAM_NAMES) names(w, flags);
    else if (kind == PROGRAM_SET) setOptions(w);
    else if (kind == PROGRAM_TEST) {
      if (flags & R_SILENT) format(w);
      else test(w);
    } else if (kind == PROGRAM_FIND) return find(w);
    else if (kind == PROGRAM_SU) return su(w);
    show(w, adds, flags);
    if (kind == PROGRAM_CD) changeFolder(w, direct);
    return;
  }
}
/** `-v` names a variable, and the name may hold commands. */
function isVariable(w: usize): bool {
  return isKnown(w) && lengthOf(w) > 1 && load<u16>(textOf(w)) == 0x762d;
}
function holdsBracket(w: usize): bool {
  for (let i: u32 = 0; i < lengthOf(w); i++) if (load<u8>(textOf(w) + i) == 91) return true;
  return false;
}
/** `printf`: what stands first may be an option. */
function format(w: usize): void {
  if (next(w) && !isKnown(next(w)) && !isDigits(next(w))) giveUp();
  for (let a = next(w); a; a = next(a)) if (isVariable(a)) giveUp();
}
/** `test`, `[`: no word that nobody knows may be `-v` before a name with a subscript. */
function test(w: usize): void {
  let unknown = false;
  let bracket = false;
  for (let a = next(w); a; a = next(a)) {
    if (isVariable(a) || isMany(a)) return giveUp();
    if (isKnown(a)) bracket = bracket || holdsBracket(a);
    else if (!isDigits(a)) {
      unknown = true;
      if (next(a) && !isKnown(next(a)) && !isDigits(next(a))) return giveUp();
    }
  }
  if (unknown && bracket) giveUp();
}
/** Every word is a name, an assignment or an option. */
function names(w: usize, flags: u32): void {
  for (let a = next(w); a; a = next(a)) {
    if (isDigits(a)) continue;
    const at = textOf(a);
    const end = at + lengthOf(a);
    let q = at;
    while (q < end && isNamePart(load<u8>(q))) q++;
    if (!isSure(a) || holdsBracket(a) || hidesCommand(at, end) || chooses(at, <u32>(q - at), end)) return giveUp();
    // -C runs its word; a variable may be named right behind an option
    if (end > at && load<u8>(at) == 45) for (; q < end; q++) if (load<u8>(q) == 67 || chooses(q, <u32>(end - q), 0)) return giveUp();
    if (flags & R_STRICT && end > at && (load<u8>(at) == 45 || load<u8>(at) == 43)) return giveUp();
  }
}
const EXEC: usize = memory.data<u8>([45, 101, 120, 101, 99, 100, 105, 114, 0, 45, 111, 107, 100, 105, 114, 0]); // -execdir, -okdir
/** What it runs for each file stands behind `-exec` and its like. */
function find(w: usize): void {
  show(w, false, 0);
  for (let a = next(w); a; a = next(a)) if (!isSure(a)) return giveUp();
  for (let a = next(w); a; a = next(a)) {
    const at = textOf(a);
    const n = lengthOf(a);
    const is = (n == 5 || n == 8 ? memory.compare(at, EXEC, n) == 0 : false) || (n == 3 || n == 6 ? memory.compare(at, EXEC + 9, n) == 0 : false);
    if (!is) continue;
    if (!next(a)) return giveUp();
    openHoles(next(a), BRACES, 2);
    run(next(a), true, false);
    if (bad) return;
  }
}
const BRACES: usize = memory.data<u8>([123, 125]);
/** For the text, wherever it stands in the words from here on, names are put. */
function openHoles(word: usize, text: usize, n: u32): void {
  for (let w = word; w; w = next(w)) {
    const end = textOf(w) + lengthOf(w);
    for (let p = textOf(w); p + n <= end; p++) {
      if (memory.compare(p, text, n)) continue;
      store<u32>(w, load<u32>(w, N_RAW) | HOLE, N_RAW);
      break;
    }
  }
}
/** Behind `-c` stands what the other user's shell runs. */
function su(w: usize): void {
  show(w, false, 0);
  for (let a = next(w); a; a = next(a)) {
    if (!isSure(a)) return giveUp();
    const at = textOf(a);
    const n = lengthOf(a);
    if (n < 2 || load<u8>(at) != 45) continue;
    if (load<u16>(at) == 0x6c2d && n == 2) continue; // -l
    if (load<u16>(at) != 0x632d || n != 2) return giveUp();
    a = next(a);
    if (!a || !isSure(a)) return giveUp();
    read(a);
  }
}
