// What a command comes to while it is read (command.ts): words, the segments and lists that conditions read, and whether it can be read at all.
//
// A Command's node: N_PTR, N_LEN the text as sent · N_PART address of its lists, value nodes in the order of their members: segments,
// programs, paths, hosts, writes. A segment is a record of program, args, stdin_from (docs/semantics/commands.md).
// A word is a value node, chained by N_NEXT; N_RAW holds what only the reading asks for.
import { H, H_COMMANDS, H_COMMAND_OPTIONS, NODE, alloc, allocClear } from "./memory";
import { find } from "./bytes";
import { K_LIST, K_RECORD, K_TEXT } from "./descriptor";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PTR, N_RAW, UNKNOWN, setKnown, setState, stateOf } from "./value";

const MOST_SEGMENTS: u32 = 64;
const MOST_WORDS: u32 = 1024;
export const LISTS: usize = 5;
const SEGMENTS: usize = 0;
const PROGRAMS: usize = 1;
export const PATHS: usize = 2;
export const HOSTS: usize = 3;
export const WRITES: usize = 4;
const MOST_ELEMENTS: u32 = 1024;

/** Flags of a word: it may be any number of words; some of it stood in quotes. */
export const MANY: u32 = 1;
export const QUOTED: u32 = 2;
/** Behind `-exec` of find and `-I` of xargs: for some of it a name is put. */
export const HOLE: u32 = 4;
/** Nobody knows it, but it is made of digits, if of anything. */
export const DIGITS: u32 = 8;

/** The command cannot be read: its value is unknown. */
export let bad: bool = false;
export function giveUp(): void {
  bad = true;
}

let lists: usize = 0;
let words: u32 = 0;
/** The last node of each list. */
let tails: usize = 0;
/** Programs whose output the segments read that come next: a chain, the nearest first. */
export let feed: usize = 0;
export let feedCount: u32 = 0;
export function setFeed(chain: usize, count: u32): void {
  feed = chain;
  feedCount = count;
}

export function openStore(): void {
  bad = false;
  words = 0;
  feed = 0;
  feedCount = 0;
  lists = allocClear(LISTS * NODE);
  tails = allocClear(LISTS * 4);
  if (!lists || !tails) return giveUp();
  for (let i: usize = 0; i < LISTS; i++) asList(lists + i * NODE, 0, 0);
}
export function storedLists(): usize {
  return lists;
}
function asList(node: usize, first: usize, count: u32): void {
  setKnown(node);
  store<u32>(node, K_LIST, N_KIND);
  store<u32>(node, <u32>first, N_PTR);
  store<u32>(node, count, N_LEN);
}
export function listOf(i: usize): usize {
  return lists + i * NODE;
}
/** Nobody knows how many elements there are. */
export function spoil(i: usize): void {
  setState(listOf(i), UNKNOWN);
}
/** A new last element: fresh memory, absent. */
export function extend(i: usize): usize {
  if (load<u32>(listOf(i), N_LEN) == MOST_ELEMENTS) {
    spoil(i);
    return DUMMY_WORD;
  }
  const node = allocClear(NODE);
  if (!node) {
    giveUp();
    return DUMMY_WORD;
  }
  const list = listOf(i);
  const tail = <usize>load<u32>(tails + i * 4);
  if (tail) store<u32>(tail, <u32>node, N_NEXT);
  else store<u32>(list, <u32>node, N_PTR);
  store<u32>(tails + i * 4, <u32>node);
  store<u32>(list, load<u32>(list, N_LEN) + 1, N_LEN);
  return node;
}
/** Written where memory has come to its end; nobody reads it. */
const DUMMY_WORD: usize = 49856;

// ── words
export function newWord(text: usize, len: u32, flags: u32, known: bool): usize {
  if (++words > MOST_WORDS) giveUp();
  const node = alloc(NODE);
  if (!node) {
    giveUp();
    return DUMMY_WORD;
  }
  setState(node, known ? KNOWN : UNKNOWN);
  store<u32>(node, 0, 4);
  store<u32>(node, <u32>text, N_PTR);
  store<u32>(node, len, N_LEN);
  store<u32>(node, flags, N_RAW);
  store<u32>(node, K_TEXT, N_KIND);
  store<u32>(node, 0, N_NEXT);
  return node;
}
@inline export function next(word: usize): usize {
  return <usize>load<u32>(word, N_NEXT);
}
@inline export function isKnown(word: usize): bool {
  return stateOf(word) == KNOWN;
}
/** Known, and as it stands here. */
@inline export function isSure(word: usize): bool {
  return isKnown(word) && (load<u32>(word, N_RAW) & HOLE) == 0;
}
@inline export function textOf(word: usize): usize {
  return <usize>load<u32>(word, N_PTR);
}
@inline export function lengthOf(word: usize): u32 {
  return load<u32>(word, N_LEN);
}
@inline export function isMany(word: usize): bool {
  return (load<u32>(word, N_RAW) & MANY) != 0;
}
@inline export function isDigits(word: usize): bool {
  return (load<u32>(word, N_RAW) & DIGITS) != 0;
}

@inline export function isNameStart(c: u32): bool {
  return (c | 32) - 97 < 26 || c == 95;
}
@inline export function isNamePart(c: u32): bool {
  return isNameStart(c) || c - 48 < 10;
}
export function optionCode(p: usize, len: u32): u32 {
  return find(H(H_COMMAND_OPTIONS), <u32>H(H_COMMAND_OPTIONS + 4), p, len);
}
/** The record of a program that is no program like any other, or 0. */
export function programRecord(p: usize, len: u32): usize {
  return <usize>find(H(H_COMMANDS), <u32>H(H_COMMANDS + 4), p, len);
}

// ── segments

/** The program's name: what stands behind the last slash. */
export let namePtr: usize = 0;
export let nameLen: u32 = 0;
export function readName(word: usize): void {
  const p = textOf(word);
  const n = lengthOf(word);
  let at = n;
  while (at && load<u8>(p + at - 1) != 47) at--;
  namePtr = p + at;
  nameLen = n - at;
}

/** It is known which program the word is. */
export function isNamed(word: usize): bool {
  readName(word);
  return isKnown(word) && nameLen != 0;
}
/** A program and the words behind it. `extra`: others follow that nobody knows. */
export function segment(word: usize, extra: bool): void {
  if (load<u32>(listOf(SEGMENTS), N_LEN) == MOST_SEGMENTS) giveUp();
  const children = allocClear(3 * NODE);
  if (!children) giveUp();
  if (bad) return;
  const s = extend(SEGMENTS);
  setKnown(s);
  store<u32>(s, K_RECORD, N_KIND);
  store<u32>(s, <u32>children, N_PTR);
  store<u32>(s, 3, N_LEN);
  readName(word);
  nameInto(children, isKnown(word) && nameLen != 0);
  nameInto(extend(PROGRAMS), isKnown(word) && nameLen != 0);
  const args = children + NODE;
  let count: u32 = 0;
  let many = extra || isMany(word);
  for (let w = next(word); w; w = next(w)) {
    count++;
    if (isMany(w)) many = true;
  }
  asList(args, next(word), count);
  if (many) setState(args, UNKNOWN);
  asList(children + 2 * NODE, feed, feedCount);
}
function nameInto(node: usize, known: bool): void {
  setState(node, known ? KNOWN : UNKNOWN);
  store<u32>(node, K_TEXT, N_KIND);
  store<u32>(node, <u32>namePtr, N_PTR);
  store<u32>(node, nameLen, N_LEN);
}

/** The last segment so far. */
export function lastSegment(): usize {
  return <usize>load<u32>(tails);
}
/** What was read since segment `before` is piped into what comes next. */
export function pipe(before: usize): void {
  let s = before ? next(before) : <usize>load<u32>(listOf(SEGMENTS), N_PTR);
  for (; s; s = next(s)) {
    const node = alloc(NODE);
    if (!node) return giveUp();
    memory.copy(node, <usize>load<u32>(s, N_PTR), NODE);
    store<u32>(node, <u32>feed, N_NEXT);
    setFeed(node, feedCount + 1);
  }
}
