// What a command touches (docs/semantics/commands.md, "What it touches"): paths, hosts and writes that stand in its words and redirections, and the
// folder that relative ones are of, which `cd` changes. More is said than is meant: every word that could be a path is one.
import { alloc } from "./memory";
import { canonicalHost, canonicalPath } from "./canonical";
import { HOSTS, PATHS, WRITES, extend, isKnown, isMany, isNamePart, isNamed, lengthOf, nameLen, next, readName, spoil, textOf } from "./command-store";
import { R_NET, R_READS, R_SILENT } from "./command-options";
import { K_HOST, K_PATH } from "./descriptor";
import { LITERAL, relativePaths, setRelativePaths } from "./scalar";
import { N_KIND, N_LEN, N_PTR, N_RAW, N_RAW_LEN, UNKNOWN, setKnown, setState } from "./value";

// ── the folder
const AS_SENT: u32 = 0;
const MOVED: u32 = 1;
const LOST: u32 = 2;
let folder: u32 = 0;
let folderPtr: usize = 0;
let folderLen: u32 = 0;
/** How often the folder was changed; saved with it around a shell of its own. */
export let moves: u32 = 0;
let loops: bool = false;

export function openTouch(): void {
  folder = AS_SENT;
  moves = 0;
  loops = false;
}
export function noteLoop(): void {
  loops = true;
}
/** The folder as it is: a place in memory, for `backTo`. */
export function folderNow(): usize {
  const at = alloc(16);
  if (!at) return 0;
  store<u32>(at, folder);
  store<u32>(at, <u32>folderPtr, 4);
  store<u32>(at, folderLen, 8);
  store<u32>(at, moves, 12);
  return at;
}
export function backTo(at: usize): void {
  if (!at) return;
  folder = load<u32>(at);
  folderPtr = <usize>load<u32>(at, 4);
  folderLen = load<u32>(at, 8);
  moves = load<u32>(at, 12);
}
export function loseFolder(): void {
  folder = LOST;
}
/** `cd` and its like. `direct`: the shell itself runs it. */
export function changeFolder(word: usize, direct: bool): void {
  moves++;
  // what stands before it in a loop is run again behind it
  if (loops) {
    spoil(PATHS);
    spoil(WRITES);
  }
  const to = next(word);
  readName(word);
  const isCd = nameLen == 2;
  if (!direct || !isCd || !to || next(to) || !isKnown(to) || !lengthOf(to) || load<u8>(textOf(to)) == 45) return loseFolder();
  if (folder == LOST && load<u8>(textOf(to)) != 47) return;
  folderPtr = joined(textOf(to), lengthOf(to));
  folderLen = joinedLen;
  folder = MOVED;
}
let joinedLen: u32 = 0;
/** A text that is of the folder. */
function joined(p: usize, n: u32): usize {
  joinedLen = n;
  if (folder != MOVED || load<u8>(p) == 47) return p;
  const at = alloc(<usize>folderLen + n + 16);
  if (!at) return p;
  memory.copy(at, folderPtr, folderLen);
  store<u8>(at + folderLen, 47);
  memory.copy(at + folderLen + 1, p, n);
  joinedLen = folderLen + 1 + n;
  return at;
}

// ── elements
function unknown(list: usize): void {
  setState(extend(list), UNKNOWN);
}
function path(p: usize, n: u32, writes: bool): void {
  if (!n) return;
  onePath(extend(PATHS), p, n);
  if (writes) onePath(extend(WRITES), p, n);
}
function onePath(node: usize, word: usize, length: u32): void {
  setState(node, UNKNOWN);
  store<u32>(node, K_PATH, N_KIND);
  if (folder == LOST && load<u8>(word) != 47) return;
  const p = joined(word, length);
  const n = joinedLen;
  store<u32>(node, <u32>p, N_RAW);
  store<u32>(node, n, N_RAW_LEN);
  if (load<u8>(p) == 47) {
    if (canonicalPath(0, 0, p, n, node, true)) setKnown(node);
    return;
  }
  const entry = alloc(16);
  if (!entry) return;
  store<u32>(entry, <u32>node);
  store<u32>(entry, LITERAL, 4);
  store<u32>(entry, <u32>relativePaths, 8);
  setRelativePaths(entry);
}
/** `sure`: what has no form is a host that nobody knows, not none. `dotted`: only a name of several parts. */
function host(p: usize, n: u32, sure: bool, dotted: bool): void {
  const form = alloc(64);
  if (!form) return;
  const ok = canonicalHost(p, n, form);
  if (!ok && !sure) return;
  if (ok && dotted && !has(<usize>load<u32>(form, N_PTR), load<u32>(form, N_LEN), 46)) return;
  const node = extend(HOSTS);
  store<u32>(node, K_HOST, N_KIND);
  store<u32>(node, load<u32>(form, N_PTR), N_PTR);
  store<u32>(node, load<u32>(form, N_LEN), N_LEN);
  if (ok) setKnown(node);
  else setState(node, UNKNOWN);
}

// ── words
/** Place of the byte, or n. */
function placeOf(p: usize, n: u32, c: u32): u32 {
  let i: u32 = 0;
  while (i < n && load<u8>(p + i) != c) i++;
  return i;
}
function has(p: usize, n: u32, c: u32): bool {
  return placeOf(p, n, c) < n;
}
/** Behind the first `://`, or n. */
function schemeEnd(p: usize, n: u32): u32 {
  for (let i: u32 = 0; i + 2 < n; i++) if (load<u8>(p + i) == 58 && load<u16>(p + i + 1) == 0x2f2f) return i + 3;
  return n + 1;
}

/** An address with a scheme, from behind it; `isFile`: what follows the host is a file's path. */
function address(p: usize, n: u32, writes: bool, isFile: bool): void {
  let end: u32 = 0;
  while (end < n && load<u8>(p + end) != 47 && load<u8>(p + end) != 63 && load<u8>(p + end) != 35) end++;
  if (!end || isFile) {
    if (!has(p + end, n - end, 37)) path(p + end, n - end, writes);
    else {
      unknown(PATHS);
      if (writes) unknown(WRITES);
    }
  }
  if (end && has(p, end, 92)) unknown(HOSTS); // some take a backslash for a slash
  else if (end) {
    let from = end;
    while (from && load<u8>(p + from - 1) != 64) from--;
    let to = end;
    while (to > from && load<u8>(p + to - 1) - 48 < 10) to--;
    host(p + from, (to > from && load<u8>(p + to - 1) == 58 ? to - 1 : end) - from, true, false);
  }
  if (schemeEnd(p, n) <= n) unknown(HOSTS);
}
@inline function isLetter(c: u32): bool {
  return (c | 32) - 97 < 26;
}
/** Up to the scheme's end at `end` stands nothing but it, or the name of an option before; behind it nothing goes up. */
function isAddress(p: usize, n: u32, end: u32): bool {
  for (let i: u32 = 0; i + 2 < n; i++) if (load<u8>(p + i) == 47 && load<u16>(p + i + 1) == 0x2e2e) return false;
  if (isScheme(p, end - 3)) return true;
  if (n > 2 && load<u8>(p) == 45 && isLetter(load<u8>(p, 1)) && isScheme(p + 2, end - 5)) return true;
  let q: u32 = 0;
  while (q < end && (isNamePart(load<u8>(p + q)) || load<u8>(p + q) == 45)) q++;
  return load<u8>(p + q) == 61 && q + 4 < end && isScheme(p + q + 1, end - q - 4);
}
function isScheme(p: usize, n: u32): bool {
  if (<i32>n < 1 || !isLetter(load<u8>(p))) return false;
  for (let i: u32 = 0; i < n; i++) {
    const c: u32 = load<u8>(p + i);
    if (!isLetter(c) && c - 48 > 9 && c != 43 && c != 45 && c != 46) return false;
  }
  return true;
}

/** Behind `-x`: more options, or a number. */
function isCluster(p: usize, n: u32): bool {
  let letters: u32 = 0;
  let digits: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    if (isLetter(load<u8>(p + i))) letters++;
    else if (load<u8>(p + i) - 48 < 10) digits++;
  }
  return digits == n || (letters == n && n < 5);
}
/** Parts the names in a word from each other: `"'(),:;<=>@` and a backquote. */
function isParting(c: u32): bool {
  return c == 34 || (c > 38 && c < 42) || c == 44 || (c > 57 && c < 63) || c == 64 || c == 96;
}
/** The text, and what it may hold. */
function paths(p: usize, n: u32, writes: bool): void {
  path(p, n, writes);
  let from: u32 = 0;
  for (let i: u32 = 0; i <= n; i++) {
    if (i < n && !isParting(load<u8>(p + i))) continue;
    if (i == n && !from) return;
    // what follows `:` and begins with `//` is the rest of an address
    const isRest = from && load<u8>(p + from - 1) == 58 && from + 1 < i && load<u16>(p + from) == 0x2f2f;
    if (!isRest) path(p + from, i - from, writes);
    from = i + 1;
  }
}

/** A word that is no address. `value`: it stands behind an option. */
function plainWord(p: usize, n: u32, flags: u32, value: bool): void {
  const writes = !(flags & R_READS);
  const equals = placeOf(p, n, 61);
  let body = p;
  let length = n;
  let derived = value;
  if (load<u8>(p) == 45) {
    derived = true;
    if (equals < n) {
      body = p + equals + 1;
      length = n - equals - 1;
      paths(body, length, writes);
    } else if (n > 2 && load<u8>(p, 1) != 45) {
      body = p + 2;
      length = n - 2;
      if (!isCluster(body, length)) paths(body, length, writes);
    } else return;
  } else {
    if (load<u8>(p) == 64) path(p + 1, n - 1, writes);
    else if (equals < n) path(p + equals + 1, n - equals - 1, writes);
    paths(p, n, writes);
  }
  if (length) hosts(body, length, flags, derived);
}
/** `derived`: the text is more than a word of its own. */
function hosts(body: usize, length: u32, flags: u32, derived: bool): void {
  const name = placeOf(body, length, 47);
  let from = name;
  while (from && load<u8>(body + from - 1) != 64) from--;
  const isUser = from > 1;
  if (!isUser) from = 0;
  const to = from + placeOf(body + from, name - from, 58);
  const net = (flags & R_NET) != 0;
  const isPair = to > 0 && to < name && (to + 1 == name || load<u8>(body + to + 1) != 58) && !(flags & R_READS);
  if (isUser || net) host(body + from, to - from, net && (isUser || !derived), !net || (!isUser && derived));
  else if (isPair) host(body, to, false, true);
  if (!net) return;
  for (let i: u32 = 0; i < name; i++) {
    let end = i;
    while (end < name && (isNamePart(load<u8>(body + end)) || load<u8>(body + end) == 45 || load<u8>(body + end) == 46)) end++;
    const isFirst = end - i == to - from && memory.compare(body + i, body + from, to - from) == 0;
    if (end > i && !isFirst) host(body + i, end - i, false, true);
    i = end;
  }
  if (has(body, name, 91)) unknown(HOSTS);
}

/** A program and its words, as `segment` takes them. */
export function touch(word: usize, extra: bool, flags: u32): void {
  if (flags & R_SILENT) return;
  const reads = (flags & R_READS) != 0;
  if (!isNamed(word)) {
    unknown(PATHS);
    unknown(HOSTS);
  } else if (isElsewhere(textOf(word), lengthOf(word))) path(textOf(word), lengthOf(word), false);
  let many = extra || isMany(word);
  let value = false;
  for (let w = next(word); w; w = next(w)) {
    if (isMany(w)) many = true;
    const p = textOf(w);
    const n = lengthOf(w);
    if (!isKnown(w)) {
      unknown(PATHS);
      if (!reads) {
        unknown(WRITES);
        unknown(HOSTS);
      }
    } else if (n) {
      const at = schemeEnd(p, n);
      if (at <= n) address(p + at, n - at, !reads, at > 6 && (load<u32>(p + at - 7) | 0x20202020) == 0x656c6966);
      if (at > n || !(flags & R_NET) || !isAddress(p, n, at)) plainWord(p, n, flags, value);
    }
    value = isKnown(w) && n != 0 && load<u8>(p) == 45 && !has(p, n, 61);
  }
  if (!many) return;
  spoil(PATHS);
  if (reads) return;
  spoil(WRITES);
  spoil(HOSTS);
}

const SYSTEM: usize = memory.data<u8>([
  5, 47, 98, 105, 110, 47, 9, 47, 117, 115, 114, 47, 98, 105, 110, 47, 15, 47, 117, 115, 114, 47, 108, 111, 99, 97, 108, 47, 98, 105, 110, 47, 6, 47, 115, 98,
  105, 110, 47, 10, 47, 117, 115, 114, 47, 115, 98, 105, 110, 47, 0,
]); // /bin/ /usr/bin/ /usr/local/bin/ /sbin/ /usr/sbin/
/** A program that is named by a path, and not by one of the system's folders. */
function isElsewhere(p: usize, n: u32): bool {
  const folder = n - nameOf(p, n);
  if (!folder) return false;
  for (let s = SYSTEM; load<u8>(s); s += <usize>load<u8>(s) + 1) if (load<u8>(s) == folder && memory.compare(p, s + 1, folder) == 0) return false;
  return true;
}
function nameOf(p: usize, n: u32): u32 {
  let at = n;
  while (at && load<u8>(p + at - 1) != 47) at--;
  return n - at;
}

// ── redirections
const DEVICES: usize = memory.data<u8>([
  9, 47, 100, 101, 118, 47, 110, 117, 108, 108, 10, 47, 100, 101, 118, 47, 115, 116, 100, 105, 110, 11, 47, 100, 101, 118, 47, 115, 116, 100, 111, 117, 116, 11,
  47, 100, 101, 118, 47, 115, 116, 100, 101, 114, 114, 8, 47, 100, 101, 118, 47, 116, 116, 121, 0,
]); // /dev/null /dev/stdin /dev/stdout /dev/stderr /dev/tty
function isDevice(p: usize, n: u32): bool {
  for (let s = DEVICES; load<u8>(s); s += <usize>load<u8>(s) + 1) if (load<u8>(s) == n && memory.compare(p, s + 1, n) == 0) return true;
  return false;
}
/** Digits, and perhaps a hyphen: another descriptor. */
function isDescriptor(p: usize, n: u32): bool {
  if (n && load<u8>(p + n - 1) == 45) n--;
  for (let i: u32 = 0; i < n; i++) if (load<u8>(p + i) - 48 > 9) return false;
  return true;
}
/** The word of a redirection. `copies`: it may name a descriptor. */
export function redirected(word: usize, writes: bool, copies: bool): void {
  if (!isKnown(word)) {
    unknown(PATHS);
    if (writes) unknown(WRITES);
    return unknown(HOSTS);
  }
  const p = textOf(word);
  const n = lengthOf(word);
  if (isDevice(p, n) || (copies && isDescriptor(p, n))) return;
  path(p, n, writes);
  if (n < 10 || load<u32>(p) != 0x7665642f || (load<u32>(p, 5) & 0xffffff) != (load<u8>(p, 5) == 116 ? 0x706374 : 0x706475) || load<u8>(p, 4) != 47 || load<u8>(p, 8) != 47) return;
  const from = p + 9;
  host(from, placeOf(from, n - 9, 47), true, false);
}
