// What a call touches: lists derived from all its typed arguments (docs/semantics/values.md, "What a call touches"), filled before the
// rules are asked, into slots that conditions read like any list. Contracts that read none have H_TOUCHED 0 and pay for none.
//
// Record: slots of the lists by number u32 × 8 (0: no rule reads it), then for every tool {entries u32, count u32}
// Entry: slot u32, walk u32 · Walk, 16 B: kind u8 (of a value, K_LIST or K_RECORD), – · a u32 · b u32
//   list: a the elements' walk · record: a pairs {child, walk}, b count
// A part that nobody knows is an element whose state is UNKNOWN; a part of unknown size makes the whole list UNKNOWN.
import { H, H_TOUCHED, NODE, alloc } from "./memory";
import { possibleLevels } from "./ability";
import { HOSTS as C_HOSTS, PATHS as C_PATHS, WRITES as C_WRITES } from "./command-store";
import { K_COMMAND, K_IP, K_SQL } from "./spelled";
import { K_EMAIL, K_HOST, K_LIST, K_PATH, K_RECORD, K_URL } from "./typed";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, UNKNOWN, setState, stateOf } from "./value";

export const PATHS: u32 = 0;
export const WRITES: u32 = 1;
export const HOSTS: u32 = 2;
export const EMAILS: u32 = 3;
export const COMMANDS: u32 = 4;
const TABLES: u32 = 5;
const LISTS: u32 = 8;
/** The last node of each list while they are filled: u32 × 8. */
const TAILS: usize = 49152;
const MAX_LIST: u32 = 1024;
const READ: u32 = 1;

let record: usize = 0;
/** The call may do more than read. */
let mayWrite = false;

@inline function slotOf(list: u32): usize {
  return <usize>load<u32>(record + (<usize>list << 2));
}

/** The list is of unknown size: whatever else is added, it stays unknown. */
export function spoil(list: u32): void {
  if (slotOf(list)) setState(slotOf(list), UNKNOWN);
}

/** A new last element, a copy of `from`; 0 when the list is not read or has no room. */
export function append(list: u32, from: usize): usize {
  const slot = slotOf(list);
  if (!slot) return 0;
  const n = load<u32>(slot, N_LEN);
  const node = n < MAX_LIST ? alloc(NODE) : 0;
  if (!node) {
    setState(slot, UNKNOWN);
    return 0;
  }
  memory.copy(node, from, NODE);
  store<u32>(node, 0, N_NEXT);
  const tail = <usize>load<u32>(TAILS + (<usize>list << 2));
  if (tail) store<u32>(tail, <u32>node, N_NEXT);
  else store<u32>(slot, <u32>node, N_PTR);
  store<u32>(TAILS + (<usize>list << 2), <u32>node);
  store<u32>(slot, n + 1, N_LEN);
  return node;
}

/** A list of a command: its elements, or that nobody knows how many there are. */
function all(list: u32, from: usize): void {
  if (stateOf(from) != KNOWN) spoil(list);
  for (let e = <usize>load<u32>(from, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) append(list, e);
}
function unknownCommand(): void {
  spoil(PATHS);
  if (mayWrite) spoil(WRITES);
  spoil(HOSTS);
}
function command(node: usize): void {
  append(COMMANDS, node);
  if (stateOf(node) != KNOWN) return unknownCommand();
  const lists = <usize>load<u32>(node, N_PART);
  all(PATHS, lists + C_PATHS * NODE);
  if (mayWrite) all(WRITES, lists + C_WRITES * NODE);
  all(HOSTS, lists + C_HOSTS * NODE);
}

/** What one value adds. */
function value(kind: u32, node: usize): void {
  if (kind == K_PATH) {
    append(PATHS, node);
    if (mayWrite) append(WRITES, node);
  } else if (kind == K_HOST || kind == K_IP) append(HOSTS, node);
  else if (kind == K_COMMAND) command(node);
  else if (kind == K_EMAIL) append(EMAILS, node);
  else if (kind == K_SQL) {
    if (stateOf(node) != KNOWN) return spoil(TABLES);
    for (let e = <usize>load<u32>(load<u32>(node, N_PART + 4), N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) append(TABLES, e);
  } else if (kind == K_URL) {
    const host = append(HOSTS, node);
    if (!host || stateOf(host) != KNOWN) return;
    const part = load<u32>(node, N_PART);
    store<u32>(host, K_HOST, N_KIND);
    store<u32>(host, load<u32>(node, N_PTR) + (part & 0xffff), N_PTR);
    store<u32>(host, part >> 16, N_LEN);
  }
}

/** Any number of values of this walk, none of them known. */
function unknownMany(walk: usize): void {
  const kind = <u32>load<u8>(walk);
  if (kind == K_LIST) return unknownMany(<usize>load<u32>(walk, 4));
  if (kind == K_RECORD) {
    const members = <usize>load<u32>(walk, 4);
    for (let i: u32 = 0; i < load<u32>(walk, 8); i++) unknownMany(<usize>load<u32>(members + (<usize>i << 3), 4));
    return;
  }
  if (kind == K_PATH) {
    spoil(PATHS);
    if (mayWrite) spoil(WRITES);
  } else if (kind == K_COMMAND) {
    spoil(COMMANDS);
    unknownCommand();
  } else if (kind == K_EMAIL) spoil(EMAILS);
  else if (kind == K_SQL) spoil(TABLES);
  else spoil(HOSTS);
}

function collect(walk: usize, node: usize): void {
  const state = stateOf(node);
  if (!state) return;
  const kind = <u32>load<u8>(walk);
  if (kind == K_LIST) {
    if (state != KNOWN) return unknownMany(<usize>load<u32>(walk, 4));
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) collect(<usize>load<u32>(walk, 4), e);
  } else if (kind == K_RECORD) {
    const members = <usize>load<u32>(walk, 4);
    const base = <usize>load<u32>(node, N_PTR);
    for (let i: u32 = 0; i < load<u32>(walk, 8); i++) {
      const m = members + (<usize>i << 3);
      collect(<usize>load<u32>(m, 4), base + <usize>load<u32>(m) * NODE);
    }
  } else value(kind, node);
}

/** Fills the lists of a call of `tool` (counted from 1), whose arguments are typed and whose level is chosen. */
export function fillTouched(tool: u32): void {
  record = H(H_TOUCHED);
  mayWrite = (possibleLevels & ~READ) != 0;
  for (let i: u32 = 0; i < LISTS; i++) {
    const slot = slotOf(i);
    store<u32>(TAILS + (<usize>i << 2), 0);
    if (!slot) continue;
    setState(slot, KNOWN);
    store<u32>(slot, K_LIST, N_KIND);
    store<u64>(slot, 0, N_PTR); // no first element, no length
  }
  const t = record + (<usize>LISTS << 2) + (<usize>(tool - 1) << 3);
  const entries = <usize>load<u32>(t);
  const n = load<u32>(t, 4);
  for (let i: u32 = 0; i < n; i++) {
    const e = entries + (<usize>i << 3);
    collect(<usize>load<u32>(e, 4), <usize>load<u32>(e));
  }
}
