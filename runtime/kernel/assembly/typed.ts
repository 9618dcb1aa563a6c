// The typed reading of a request: one pass over the text, guided by descriptors that the compiler wrote (descriptor.ts).
// Texts and numbers are in scalar.ts; here are the values that hold others, and the way from a member's name to its value.
import { FRAMES, H, H_TOOLS, H_TOOL_RECORDS, NODE, alloc, bump, setBump } from "./memory";
import { equalPadded, find, hash, symbol } from "./bytes";
import {
  D_CHILDREN, D_HINT, D_NEEDED, E_REQUEST, F_OPEN, F_OPTIONAL, F_SYMBOL, F_TREE, F_WIDE, HOW_FORM, HOW_NUMBER, HOW_RECORD, HOW_STRANGER, HOW_TEXTS_UNREAD,
  HOW_TEXT_SYMBOL, HOW_TEXT_UNREAD, K_ARGS, K_BOOL, K_ID, K_INT, K_JSON, K_LIST, K_LITERALS, K_MAP, K_MONEY, K_RECORD, K_TEXT, K_TOOL, K_UNION, LONG_NAME, M_BIT, M_GUESS,
  M_GUESS_LENGTH, M_HINT, M_HOW, M_INNER, M_KIND, M_LENGTH, M_NAME, M_NEEDED, M_REST, M_TARGET, NO_TARGET, RELATIVE,
} from "./descriptor";
import { LEARNED_BITS, caseOf, entryOf, isStranger, link, strangerOf } from "./names";
import { BAD_JSON, DUPLICATE_KEY, MAX_DEPTH, TOO_DEEP, TOO_LARGE, countKey, dupTop, fail, newKey, setDupTop, skip, space } from "./json";
import { form, json, number, relativePaths, resetScalars, setError, setRelativePaths, wrong, wrongSkip } from "./scalar";
import { readString, readStringFrom, sLen, sPtr, skipString, skipStringFrom, stop } from "./strings";
import { N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PTR, N_RAW, N_RAW_LEN, N_SYMBOL, UNKNOWN, dummy, setKnown, setState, stamp } from "./value";
import { K_ACTION, actionText } from "./action";
import { isSpelled, spelled } from "./spelled";

export { E_ARGS, E_FACTS, E_REQUEST, E_RESULT, K_BOOL, K_DECIMAL, K_EMAIL, K_HOST, K_ID, K_INT, K_JSON, K_LIST, K_LITERALS, K_MAP, K_MONEY, K_PATH, K_RECORD, K_TEXT, K_URL } from "./descriptor";
export { clearError, resolvePaths, typeErrors } from "./scalar";

const MAX_LIST: u32 = 1024;
/** The entry of every member that nothing declares: no name, no bit, no target. */
const STRANGER: usize = memory.data<u32>([0, 0, 0, 0, 0xffffffff, 8, 0x10000, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);

/** Index of the called tool + 1, 0 while unknown. */
export let tool: u32 = 0;
export let toolSeen: bool = false;
/** The text of `action.args`, and whether it still has to be typed (it came before the tool's name). */
export let argsPtr: usize = 0;
export let argsEnd: usize = 0;
let argsPending: bool = false;
let partial: bool = false;

export function resetTyped(): void {
  resetScalars();
  tool = 0;
  toolSeen = false;
  argsPtr = 0;
  argsEnd = 0;
  argsPending = false;
  partial = false;
}
/** A pending call's result is typed by its own tool. */
export function setTool(t: u32): void {
  tool = t;
}
export function setPartial(p: bool): void {
  partial = p;
}

/** Types the value at p by descriptor d into node (never 0). */
export function typed(p: usize, d: usize, node: usize, depth: i32): usize {
  const c: u32 = load<u8>(p);
  const kind = <u32>load<u8>(d);
  if (c == 34) {
    if (kind == K_TEXT || kind == K_ID) {
      p = readString(p + 1);
      if (p) storeText(node, kind, load<u8>(d, 1) & F_SYMBOL ? symbol(sPtr, sLen) : 0);
      return p;
    }
    if (kind > K_TEXT && kind <= K_LITERALS) return form(p + 1, d, node, kind);
    if (kind == K_ACTION) return actionText(p + 1, d, node);
    if (isSpelled(kind)) return spelled(p + 1, d, node, kind);
  }
  if (c == 110) {
    if (kind == K_ARGS) return args(p, depth);
    if (kind == K_JSON && !(load<u8>(d, 1) & F_OPTIONAL)) return json(p, node, depth);
    if (!(load<u8>(d, 1) & F_OPTIONAL)) wrong(d);
    else if (partial) setState(node, 0);
    return skip(p, depth);
  }
  if (kind >= K_TEXT && kind <= K_LITERALS) return wrongSkip(p, d, depth);
  if (kind >= K_INT && kind <= K_MONEY) return c == 45 || c - 48 < 10 ? number(p, d, node) : wrongSkip(p, d, depth);
  if (kind == K_RECORD) {
    if (c != 123) return wrongSkip(p, d, depth);
    let base: usize = 0;
    if (load<u8>(d, 1) & F_TREE) {
      const children = load<u32>(d, D_CHILDREN);
      base = freshNodes(children);
      if (!base) return fail(TOO_LARGE);
      store<u32>(node, <u32>base, N_PTR);
      store<u32>(node, children, N_LEN);
    }
    setKnown(node);
    store<u32>(node, kind, N_KIND);
    return record(p + 1, d, base, depth + 1);
  }
  if (kind == K_LIST) return c == 91 ? list(p + 1, d, node, depth + 1) : wrongSkip(p, d, depth);
  if (kind == K_BOOL) {
    if (c != 116 && c != 102) return wrongSkip(p, d, depth);
    setKnown(node);
    store<i64>(node, c == 116 ? 1 : 0, N_DIGITS);
    store<u32>(node, 0, N_EXPONENT);
    store<u32>(node, kind, N_KIND);
    return skip(p, depth);
  }
  if (kind == K_TOOL) {
    if (c != 34) return wrongSkip(p, d, depth);
    p = readString(p + 1);
    if (!p) return 0;
    toolSeen = true;
    tool = find(H(H_TOOLS), <u32>H(H_TOOLS + 4), sPtr, sLen);
    return p;
  }
  if (kind == K_ARGS) return args(p, depth);
  if (kind == K_UNION) return c == 123 ? union(p, d, node, depth) : wrongSkip(p, d, depth);
  if (kind == K_MAP) return c == 123 ? map(p, d, node, depth + 1) : wrongSkip(p, d, depth);
  if (kind == K_ACTION || isSpelled(kind)) return wrongSkip(p, d, depth);
  return json(p, node, depth);
}

/** Nodes that read absent and are last in their list; nothing else of them is defined. */
function freshNodes(n: u32): usize {
  const at = alloc(<usize>n * NODE);
  if (!at) return 0;
  for (let i: u32 = 0; i < n; i++) {
    store<u32>(at + <usize>i * NODE, 0);
    store<u32>(at + <usize>i * NODE, 0, N_NEXT);
  }
  return at;
}

/** Elements are a chain of nodes; beyond MAX_LIST they are only checked and the list is unknown. */
function list(p: usize, d: usize, node: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return fail(TOO_DEEP);
  const element = <usize>load<u32>(d, 4);
  let count: u32 = 0;
  let last: usize = 0;
  const slotted = node != dummy();
  if (slotted) {
    setKnown(node);
    store<u32>(node, K_LIST, N_KIND);
    store<u32>(node, 0, N_PTR);
  }
  p = space(p);
  if (load<u8>(p) == 93) p++;
  else {
    for (;;) {
      let target = dummy();
      const mark = bump;
      const paths = relativePaths;
      if (slotted && count < MAX_LIST) {
        target = freshNodes(1);
        if (!target) return fail(TOO_LARGE);
        if (last) store<u32>(last, <u32>target, N_NEXT);
        else store<u32>(node, <u32>target, N_PTR);
        last = target;
      }
      p = typed(p, element, target, depth);
      if (!p) return 0;
      if (target == dummy()) {
        // nobody reads what was typed here: its memory goes, and with it the paths that wait there for `cwd`
        setBump(mark);
        setRelativePaths(paths);
      }
      count++;
      p = space(p);
      const k = load<u8>(p);
      if (k == 44) p = space(p + 1);
      else if (k == 93) {
        p++;
        break;
      } else return fail(BAD_JSON);
    }
  }
  if (slotted) {
    store<u32>(node, count, N_LEN);
    if (count > MAX_LIST) setState(node, UNKNOWN);
  }
  return p;
}

/**
 * An object of any names, at its bracket: the chain of its values as in a list, the key of each in the node before it, in the order
 * of the keys, and the text as sent. Where nobody reads it, it is checked and leaves nothing. INVARIANT: there are fewer than lists may have, by `newKey`.
 */
function map(p: usize, d: usize, node: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return fail(TOO_DEEP);
  const value = <usize>load<u32>(d, 4);
  const read = node != dummy();
  const mark = bump;
  const paths = relativePaths;
  const keys = dupTop;
  let count: u32 = 0;
  let last: usize = 0;
  if (read) {
    setKnown(node);
    store<u32>(node, K_MAP, N_KIND);
    store<u32>(node, 0, N_PTR);
    store<u32>(node, <u32>p, N_RAW);
  }
  p = space(p + 1);
  if (load<u8>(p) != 125)
    for (;;) {
      if (load<u8>(p) != 34) return fail(BAD_JSON);
      p = readString(p + 1);
      if (!p || !newKey(keys, hash(sPtr, sLen))) return 0;
      let target = dummy();
      if (read) {
        const key = freshNodes(2);
        if (!key) return fail(TOO_LARGE);
        storeText(key, K_TEXT, 0);
        target = key + NODE;
        last = link(node, target, last);
      }
      count++;
      p = space(p);
      if (load<u8>(p) != 58) return fail(BAD_JSON);
      p = typed(space(p + 1), value, target, depth);
      if (!p) return 0;
      p = space(p);
      const c = load<u8>(p);
      if (c == 125) break;
      if (c != 44) return fail(BAD_JSON);
      p = space(p + 1);
    }
  setDupTop(keys);
  p++;
  if (read) {
    store<u32>(node, count, N_LEN);
    store<u32>(node, <u32>p - load<u32>(node, N_RAW), N_RAW_LEN);
  } else {
    setBump(mark);
    setRelativePaths(paths);
  }
  return p;
}

/** An object of several records, told apart by one text: read as that record, into the place of that case. */
function union(p: usize, d: usize, node: usize, depth: i32): usize {
  const keys = dupTop;
  const which = caseOf(p, d, depth + 1);
  setDupTop(keys);
  if (!which) return wrongSkip(p, d, depth);
  const c = <usize>load<u32>(d, 12) + (<usize>(which - 1) << 3);
  const n = load<u32>(d, D_CHILDREN);
  let target: usize = 0;
  if (n) {
    const base = freshNodes(n);
    if (!base) return fail(TOO_LARGE);
    store<u32>(node, <u32>base, N_PTR);
    store<u32>(node, n, N_LEN);
    target = base + <usize>(which - 1) * NODE;
  } else target = load<u32>(c, 4) == NO_TARGET ? dummy() : <usize>load<u32>(c, 4);
  setKnown(node);
  store<u32>(node, K_RECORD, N_KIND);
  return typed(p, <usize>load<u32>(c), target, depth);
}

/** A list of texts that no rule reads, from its bracket on. What is not plainly one is read again as any list. */
function skipTexts(p: usize, d: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return fail(TOO_DEEP);
  let q = p + 1;
  if (load<u8>(q) == 34) {
    for (;;) {
      q = skipString(q + 1);
      if (!q) return 0;
      const k = <u32>load<u16>(q);
      if (k == 0x222c) q++;
      else if ((k & 255) == 93) return q + 1;
      else if (k == 0x202c && load<u8>(q, 2) == 34) q += 2;
      else break;
    }
  }
  return list(p + 1, d, dummy(), depth);
}

// The record that is being read at a depth: its descriptor, the children of a tree record, the keys that were open before it,
// needed members seen beyond 64. In memory, so that the loop over the members keeps what it needs in registers.
const R_BASE: usize = 4;
const R_KEYS: usize = 8;
const R_WIDE: usize = 12;
@inline function frame(depth: i32): usize {
  return FRAMES - 16 + (<usize>depth << 4);
}

/** The entry that `memberName` found. */
let entry: usize = 0;
/** A member's name, where the guess at `hint` was wrong: sets `entry`; the address of the value or 0. */
@inline function memberName(p: usize, hint: usize, depth: i32, seen: u64): usize {
  if (load<u8>(p) != 34) return fail(BAD_JSON);
  const guess = <usize>load<u32>(hint);
  const n = load<u32>(guess, M_LENGTH);
  if (load<u8>(guess, M_GUESS_LENGTH) == LONG_NAME && load<u16>(p + n) == 0x3a22 && equalPadded(p + 1, <usize>load<u32>(guess, M_NAME), n - 1)) {
    entry = guess;
    return p + n + 2;
  }
  p = readString(p + 1);
  if (!p) return 0;
  const f = frame(depth);
  const d = <usize>load<u32>(f);
  const h = hash(sPtr, sLen);
  const declared = entryOf(<usize>load<u32>(d, 4), load<u32>(d, 8), h);
  const e = declared ? declared : strangerOf(d, h);
  if (e) {
    entry = e;
    if (load<u8>(e, M_GUESS_LENGTH)) store<u32>(hint, <u32>e);
  } else entry = STRANGER;
  // a known name is told from its equals by its bit; others by newKey, which no known one can equal
  if (!load<u64>(entry, M_BIT)) {
    if (!newKey(load<u32>(f, R_KEYS), h)) return 0;
    store<u32>(f, load<u32>(f, R_WIDE) + load<u8>(entry, M_NEEDED), R_WIDE);
  }
  p = space(p);
  return load<u8>(p) == 58 ? p + 1 : noColon(seen);
}
/** What is wrong with a name was found before what is not behind it. */
function noColon(seen: u64): usize {
  const bit = load<u64>(entry, M_BIT);
  if (seen & bit) return fail(DUPLICATE_KEY);
  return bit >= LEARNED_BITS && isStranger(entry) && !countKey() ? 0 : fail(BAD_JSON);
}

/** The members of a record whose `{` is behind us. `base`: children of a tree record. */
function record(p: usize, d: usize, base: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return fail(TOO_DEEP);
  const f = frame(depth);
  store<u32>(f, <u32>d);
  store<u32>(f, <u32>base, R_BASE);
  store<u32>(f, dupTop, R_KEYS);
  store<u32>(f, 0, R_WIDE);
  let hint = d + D_HINT;
  let seen: u64 = 0;
  if (load<u8>(p) != 34) {
    p = space(p);
    if (load<u8>(p) == 125) return close(p, depth, 0);
  }
  for (;;) {
    // the guess, in one comparison: the name, its quotes and the colon
    let e = <usize>load<u32>(hint);
    if ((i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(e, M_GUESS))) | load<i32>(e, M_REST)) == 0xffff) {
      p += load<u8>(e, M_GUESS_LENGTH);
      hint = e + M_HINT;
    } else {
      p = memberName(p, hint, depth, seen);
      if (!p) return 0;
      e = entry;
      if (e != STRANGER) hint = e + M_HINT;
    }
    const bit = load<u64>(e, M_BIT);
    if (seen & bit) return fail(DUPLICATE_KEY);
    seen |= bit;
    // whoever has an entry is counted as those that have none: what was met before must not make room
    if (bit >= LEARNED_BITS && isStranger(e) && !countKey()) return 0;

    const how = <u32>load<u8>(e, M_HOW);
    if (((how >> 1) | (load<u8>(p) ^ 34)) == 0) {
      // HOW_TEXT or HOW_TEXT_UNREAD
      const start = p + 1;
      p = stop(start);
      if (load<u8>(p) == 34) {
        if (how) {
          const node = place(e, depth);
          setKnown(node);
          store<u32>(node, 0, N_SYMBOL);
          store<u32>(node, <u32>start, N_PTR);
          store<u32>(node, <u32>(p - start), N_LEN);
          store<u32>(node, <u32>load<u8>(e, M_KIND), N_KIND);
        }
        p++;
      } else {
        p = unplainText(start, p, e, depth);
        if (!p) return 0;
      }
    } else {
      p = value(p, e, depth);
      if (!p) return 0;
    }

    if (load<u16>(p) == 0x222c) p++; // `,"`: the next name
    else {
      p = space(p);
      if (load<u8>(p) != 44) return close(p, depth, seen);
      p = space(p + 1);
    }
  }
  return 0;
}

/** Where the entry's value goes. */
@inline function place(e: usize, depth: i32): usize {
  const t = load<u32>(e, M_TARGET);
  return <i32>t >= 0 ? <usize>t : otherPlace(t, depth);
}
function otherPlace(t: u32, depth: i32): usize {
  return t == NO_TARGET ? dummy() : <usize>load<u32>(frame(depth), R_BASE) + <usize>(t & ~RELATIVE) * NODE;
}

/** A text from `start` whose first stop, at p, is no quote. */
function unplainText(start: usize, p: usize, e: usize, depth: i32): usize {
  if (load<u8>(e, M_HOW) == HOW_TEXT_UNREAD) return skipStringFrom(p);
  p = readStringFrom(start, p);
  if (p) storeText(place(e, depth), <u32>load<u8>(e, M_KIND), 0);
  return p;
}
@inline function storeText(node: usize, kind: u32, symbol: u32): void {
  setKnown(node);
  store<u32>(node, symbol, N_SYMBOL);
  store<u32>(node, <u32>sPtr, N_PTR);
  store<u32>(node, sLen, N_LEN);
  store<u32>(node, kind, N_KIND);
}

/** A member's value, from what follows its colon. Engines inline nothing of a module: a call each costs more than what it does. */
@inline function value(p: usize, e: usize, depth: i32): usize {
  let c: u32 = load<u8>(p);
  if (c <= 32) {
    p = space(p);
    c = load<u8>(p);
  }
  const how = <u32>load<u8>(e, M_HOW);
  const inner = <usize>load<u32>(e, M_INNER);
  if (how == HOW_NUMBER) {
    if (c - 48 < 10 || c == 45) return number(p, inner, place(e, depth));
  } else if (how <= HOW_TEXT_SYMBOL) {
    if (c == 34) {
      if (how == HOW_TEXT_UNREAD) return skipString(p + 1);
      p = readString(p + 1);
      if (p) storeText(place(e, depth), <u32>load<u8>(e, M_KIND), how == HOW_TEXT_SYMBOL ? symbol(sPtr, sLen) : 0);
      return p;
    }
  } else if (how == HOW_FORM) {
    if (c == 34) return form(p + 1, inner, place(e, depth), <u32>load<u8>(e, M_KIND));
  } else if (how == HOW_RECORD) {
    if (c == 123) return record(p + 1, inner, 0, depth + 1);
  } else if (how == HOW_TEXTS_UNREAD) {
    if (c == 91) return skipTexts(p, inner, depth + 1);
  } else if (how == HOW_STRANGER) {
    const d = <usize>load<u32>(frame(depth));
    if (!(load<u8>(d, 1) & F_OPEN)) wrong(d);
    return skip(p, depth);
  }
  // null where a value is needed, also in a partial result
  if (c == 110 && load<u8>(e, M_NEEDED)) wrong(<usize>load<u32>(frame(depth)));
  return typed(p, inner, place(e, depth), depth);
}

/** The end of a record at p: its bracket, and are all there that are needed? seen: a bit a member. */
function close(p: usize, depth: i32, seen: u64): usize {
  if (load<u8>(p) != 125) return fail(BAD_JSON);
  const f = frame(depth);
  const d = <usize>load<u32>(f);
  setDupTop(load<u32>(f, R_KEYS));
  const needed = load<u64>(d, D_NEEDED);
  if (needed & ~seen) missing(d);
  const flags = <u32>load<u8>(d, 1);
  if (flags & (F_TREE | F_WIDE)) {
    if (flags & F_WIDE && load<u32>(f, R_WIDE) != load<u32>(d, 12) - <u32>popcnt<u64>(needed)) missing(d);
    if (flags & F_TREE && partial) partialRecord(d, <usize>load<u32>(f, R_BASE));
  }
  return p + 1;
}
function missing(d: usize): void {
  if (!partial) wrong(d);
}
/** What a partial result leaves out is unknown, what it calls null is absent. */
function partialRecord(d: usize, base: usize): void {
  for (let i: u32 = 0; i < load<u32>(d, D_CHILDREN); i++) {
    const child = base + <usize>i * NODE;
    if (load<u32>(child) >> 2 != stamp()) setState(child, UNKNOWN);
  }
}

/** `action.args`: typed at once when the tool's name came first, else kept for `typePending`. */
function args(p: usize, depth: i32): usize {
  argsPtr = p;
  const isNull = load<u8>(p) == 110;
  const isObject = load<u8>(p) == 123;
  if (!isNull && !isObject) setError(E_REQUEST);
  if (!isObject || !tool) {
    const end = skip(p, depth);
    argsEnd = end;
    argsPending = isObject;
    if (isNull) argsPtr = 0;
    return end;
  }
  argsPending = false;
  const d = argsDescriptor();
  argsEnd = record(p + 1, d, 0, depth + 1);
  return argsEnd;
}

function argsDescriptor(): usize {
  return <usize>load<u32>(H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64);
}

/** After the whole text: arguments that came before the tool's name, and arguments that did not come at all. */
export function typePending(): void {
  if (!tool) return;
  const d = argsDescriptor();
  if (argsPtr == 0) {
    if (load<u32>(d, 12)) wrong(d);
  } else if (argsPending) record(argsPtr + 1, d, 0, 3);
}
