// The typed reading of a request: one pass over the text, guided by descriptors that the compiler wrote.
// A value that is not of its type sets a bit in `typeErrors` and is then only checked as JSON: syntax errors come first
// in the order of checks, wherever they stand (docs/semantics.md, §2).
//
// Descriptor, 32 B: kind u8, flags u8, error class u8, – · a u32 · b u32 · c u32 · range address u32
// Record table entry, 64 B: hash, address, length + 1 (0: empty), descriptor, target, required u8, ordinal u8, length u8 of what
// stands at 32 (0: the name needs an escape or is too long), –, padding, hint: the entry that followed this one last time, as requests keep their members' order
// (a guess, checked every time; the first entry's stands in the descriptor). It is all that outlives an event, and only speed can tell.
//   At 32: the name, its closing quote and a colon, padded with zeros to 16.
import { H, H_TOOLS, H_TOOL_RECORDS, NODE, alloc, bump, setBump } from "./memory";
import { equalPadded, find, hash, symbol } from "./bytes";
import {
  MAX_DEPTH, TOO_DEEP, TOO_LARGE, BAD_JSON, DUPLICATE_KEY, dupTop, nameString, fail, nDigits, nExponent, newKey, readNumber, readString, sLen, sPtr, setDupTop, skip, skipString, space,
} from "./json";
import {
  KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PTR, N_RAW, N_RAW_LEN, N_SYMBOL, UNKNOWN, dummy, setState, stamp,
} from "./value";
import { K_ACTION, actionText } from "./action";
import { canonicalEmail, canonicalHost, canonicalPath, canonicalUrl } from "./canonical";
import { compareDecimals } from "./decimal";

export const K_BOOL: u32 = 1;
export const K_INT: u32 = 2;
export const K_DECIMAL: u32 = 3;
export const K_MONEY: u32 = 4;
export const K_TEXT: u32 = 5;
export const K_ID: u32 = 6;
export const K_EMAIL: u32 = 7;
export const K_URL: u32 = 8;
export const K_HOST: u32 = 9;
export const K_PATH: u32 = 10;
export const K_LITERALS: u32 = 11;
export const K_LIST: u32 = 12;
export const K_RECORD: u32 = 13;
export const K_JSON: u32 = 14;
export const K_TOOL: u32 = 15;
export const K_ARGS: u32 = 16;

const F_OPTIONAL: u32 = 1;
const F_MINOR: u32 = 2;
const F_RANGE: u32 = 4;
const F_SYMBOL: u32 = 8;
const F_OPEN: u32 = 16;
const F_TREE: u32 = 32;

export const E_REQUEST: u32 = 1;
export const E_ARGS: u32 = 2;
export const E_FACTS: u32 = 3;
export const E_RESULT: u32 = 4;
const MAX_LIST: u32 = 1024;
const RELATIVE: u32 = 0x80000000;
const NO_TARGET: u32 = 0xffffffff;

/** Bit per error class: some value was not of its type. */
export let typeErrors: u32 = 0;
/** Index of the called tool + 1, 0 while unknown. */
export let tool: u32 = 0;
export let toolSeen: bool = false;
/** The text of `action.args`, and whether it still has to be typed (it came before the tool's name). */
export let argsPtr: usize = 0;
export let argsEnd: usize = 0;
let argsPending: bool = false;
/** Paths that wait for `context.cwd`. */
export let relativePaths: usize = 0;
let partial: bool = false;

export function resetTyped(): void {
  typeErrors = 0;
  tool = 0;
  toolSeen = false;
  argsPtr = 0;
  argsEnd = 0;
  argsPending = false;
  relativePaths = 0;
  partial = false;
}
/** A pending call's result is typed by its own tool. */
export function setTool(t: u32): void {
  tool = t;
}
export function setPartial(p: bool): void {
  partial = p;
}
export function clearError(errorClass: u32): void {
  typeErrors &= ~(1 << errorClass);
}

@inline function wrong(d: usize): void {
  typeErrors |= 1 << load<u8>(d, 2);
}
function wrongSkip(p: usize, d: usize, depth: i32): usize {
  wrong(d);
  return skip(p, depth);
}

/** Types the value at p by descriptor d into node (never 0). */
export function typed(p: usize, d: usize, node: usize, depth: i32): usize {
  const c: u32 = load<u8>(p);
  const kind = <u32>load<u8>(d);
  if (c == 34) {
    if (kind == K_TEXT || kind == K_ID) {
      p = readString(p + 1);
      if (!p) return 0;
      setState(node, KNOWN);
      store<u32>(node, kind, N_KIND);
      store<u32>(node, <u32>sPtr, N_PTR);
      store<u32>(node, sLen, N_LEN);
      store<u32>(node, load<u8>(d, 1) & F_SYMBOL ? symbol(sPtr, sLen) : 0, N_SYMBOL);
      return p;
    }
    if (kind > K_TEXT && kind <= K_LITERALS) return text(p + 1, d, node, kind);
    if (kind == K_ACTION) return actionText(p + 1, d, node);
  }
  if (c == 110) {
    if (kind == K_ARGS) return args(p, depth);
    if (kind == K_JSON && !(load<u8>(d, 1) & F_OPTIONAL)) return json(p, node, depth);
    if (!(load<u8>(d, 1) & F_OPTIONAL)) wrong(d);
    else if (partial) setState(node, 0);
    return skip(p, depth);
  }
  if (kind >= K_TEXT && kind <= K_LITERALS) return wrongSkip(p, d, depth);
  if (kind >= K_INT && kind <= K_MONEY) return c == 45 || c - 48 < 10 ? number(p, d, node, kind) : wrongSkip(p, d, depth);
  if (kind == K_RECORD) {
    if (c != 123) return wrongSkip(p, d, depth);
    let base: usize = 0;
    if (load<u8>(d, 1) & F_TREE) {
      base = freshNodes(load<u32>(d, 16));
      if (!base) return fail(TOO_LARGE);
      store<u32>(node, <u32>base, N_PTR);
      store<u32>(node, load<u32>(d, 16), N_LEN);
    }
    setState(node, KNOWN);
    store<u32>(node, kind, N_KIND);
    return record(p + 1, d, base, depth + 1);
  }
  if (kind == K_LIST) return c == 91 ? list(p + 1, d, node, depth + 1) : wrongSkip(p, d, depth);
  if (kind == K_BOOL) {
    if (c != 116 && c != 102) return wrongSkip(p, d, depth);
    setState(node, KNOWN);
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
  if (kind == K_ACTION) return wrongSkip(p, d, depth);
  return json(p, node, depth);
}

function json(p: usize, node: usize, depth: i32): usize {
  const end = skip(p, depth);
  if (!end) return 0;
  setState(node, KNOWN);
  store<u32>(node, <u32>p, N_PTR);
  store<u32>(node, <u32>(end - p), N_LEN);
  store<u32>(node, K_JSON, N_KIND);
  return end;
}

function text(p: usize, d: usize, node: usize, kind: u32): usize {
  const end = readString(p);
  if (!end) return 0;
  store<u32>(node, kind, N_KIND);
  if (kind == K_LITERALS) {
    const value = find(<usize>load<u32>(d, 4), load<u32>(d, 8), sPtr, sLen);
    if (!value) {
      wrong(d);
      return end;
    }
    setState(node, KNOWN);
    store<u32>(node, <u32>sPtr, N_PTR);
    store<u32>(node, sLen, N_LEN);
    store<i64>(node, <i64>(value & 0xffff), N_DIGITS);
    // the table gives the symbol too, when it is small enough
    store<u32>(node, value >> 16 || !(load<u8>(d, 1) & F_SYMBOL) ? value >> 16 : symbol(sPtr, sLen), N_SYMBOL);
    return end;
  }
  store<u32>(node, <u32>sPtr, N_RAW);
  store<u32>(node, sLen, N_RAW_LEN);
  store<u32>(node, 0, N_SYMBOL);
  let ok = false;
  if (kind == K_EMAIL) ok = canonicalEmail(sPtr, sLen, node);
  else if (kind == K_URL) ok = canonicalUrl(sPtr, sLen, node);
  else if (kind == K_HOST) ok = canonicalHost(sPtr, sLen, node);
  else if (sLen && load<u8>(sPtr) == 47) ok = canonicalPath(0, 0, sPtr, sLen, node);
  else {
    // relative: known only once the whole request is read
    if (node != dummy()) {
      const entry = alloc(16);
      if (!entry) return fail(TOO_LARGE);
      store<u32>(entry, <u32>node);
      store<u32>(entry, load<u8>(d, 1), 4);
      store<u32>(entry, <u32>relativePaths, 8);
      relativePaths = entry;
    }
    setState(node, UNKNOWN);
    return end;
  }
  setState(node, ok ? KNOWN : UNKNOWN);
  if (ok && load<u8>(d, 1) & F_SYMBOL) store<u32>(node, symbol(<usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN)), N_SYMBOL);
  return end;
}

/** Resolves the relative paths against `cwd` (a node), when that is known. */
export function resolvePaths(cwd: usize, known: bool): void {
  for (let entry = relativePaths; entry; entry = <usize>load<u32>(entry, 8)) {
    const node = <usize>load<u32>(entry);
    if (node == cwd || !known) continue;
    const raw = <usize>load<u32>(node, N_RAW);
    if (!canonicalPath(<usize>load<u32>(cwd, N_PTR), load<u32>(cwd, N_LEN), raw, load<u32>(node, N_RAW_LEN), node)) continue;
    setState(node, KNOWN);
    if (load<u32>(entry, 4) & F_SYMBOL) store<u32>(node, symbol(<usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN)), N_SYMBOL);
  }
}

function number(p: usize, d: usize, node: usize, kind: u32): usize {
  const end = readNumber(p);
  if (!end) return 0;
  let digits = nDigits;
  let exponent = nExponent;
  const flags = <u32>load<u8>(d, 1);
  if (kind == K_INT || flags & F_MINOR) {
    // an integer of magnitude ≤ 2^53 − 1
    const m = digits < 0 ? -digits : digits;
    let fits = exponent >= 0 && exponent <= 15;
    if (fits) {
      let v = m;
      for (let i = 0; i < exponent && v <= 9007199254740991; i++) v *= 10;
      fits = v <= 9007199254740991;
    }
    if (!fits) {
      wrong(d);
      return end;
    }
    if (flags & F_MINOR && digits != 0) {
      exponent -= 2;
      while (exponent < 0 && digits % 10 == 0) {
        digits /= 10;
        exponent++;
      }
    }
  }
  if (flags & F_RANGE) {
    const range = <usize>load<u32>(d, 4);
    if (
      compareDecimals(digits, exponent, load<i64>(range), load<i32>(range, 8)) < 0 ||
      compareDecimals(digits, exponent, load<i64>(range, 16), load<i32>(range, 24)) > 0
    ) {
      wrong(d);
      return end;
    }
  }
  setState(node, KNOWN);
  store<i64>(node, digits, N_DIGITS);
  store<i32>(node, exponent, N_EXPONENT);
  store<i32>(node, flags & F_MINOR && digits != 0 ? exponent + 2 : exponent, N_RAW); // as sent
  store<u32>(node, kind, N_KIND);
  return end;
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
    setState(node, KNOWN);
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
      if (!slotted && load<u8>(p) == 34 && isFreeText(element)) p = skipString(p + 1);
      else p = typed(p, element, target, depth);
      if (!p) return 0;
      if (target == dummy()) {
        // nobody reads what was typed here: its memory goes, and with it the paths that wait there for `cwd`
        setBump(mark);
        relativePaths = paths;
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

/** Any string is a value of it. */
@inline function isFreeText(d: usize): bool {
  const kind = <u32>load<u8>(d);
  return kind == K_TEXT || kind == K_ID;
}

/** The entry of the name just read, or 0. */
function entryOf(table: usize, mask: u32, h: u32): usize {
  let i = h & mask;
  for (;;) {
    const e = table + (<usize>i << 6);
    const n = load<u32>(e, 8);
    if (!n) return 0;
    if (load<u32>(e) == h && n == sLen + 1 && equalPadded(sPtr, <usize>load<u32>(e, 4), sLen)) return e;
    i = (i + 1) & mask;
  }
  return 0;
}

/** The members of a record whose `{` is behind us. `base`: children of a tree record. */
function record(p: usize, d: usize, base: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return fail(TOO_DEEP);
  const table = <usize>load<u32>(d, 4);
  const mask = load<u32>(d, 8);
  let missing = load<u32>(d, 12);
  const keys = dupTop;
  let hint = d + 28;
  let seen: u64 = 0;
  p = space(p);
  if (load<u8>(p) == 125) p++;
  else {
    for (;;) {
      if (load<u8>(p) != 34) return fail(BAD_JSON);
      // the guess, in one comparison: the name, its quote and the colon
      let e = <usize>load<u32>(hint);
      const n = <u32>load<u8>(e, 22);
      if (n && equalPadded(p + 1, e + 32, n)) p = space(p + 1 + n);
      else {
        p = readString(p + 1);
        if (!p) return 0;
        const h = hash(sPtr, sLen);
        e = entryOf(table, mask, h);
        if (!e) {
          if (!newKey(keys, h)) return 0;
        } else if (load<u8>(e, 22)) store<u32>(hint, <u32>e);
        p = space(p);
        if (load<u8>(p) != 58) return fail(BAD_JSON);
        p = space(p + 1);
      }
      if (e) {
        // a known name is told from its equals by its ordinal; unknown ones by newKey, which no known one can equal
        const ordinal = <u32>load<u8>(e, 21);
        if (ordinal < 64) {
          const bit: u64 = 1 << <u64>ordinal;
          if (seen & bit) return fail(DUPLICATE_KEY);
          seen |= bit;
        } else {
          nameString(<usize>load<u32>(e, 4), load<u32>(e, 8) - 1);
          if (!newKey(keys, load<u32>(e))) return 0;
        }
        hint = e + 28;
      }
      if (!e) {
        if (!(load<u8>(d, 1) & F_OPEN)) wrong(d);
        p = skip(p, depth);
      } else {
        const t = load<u32>(e, 16);
        const c = load<u8>(p);
        const inner = <usize>load<u32>(e, 12);
        if (load<u8>(e, 20)) {
          if (c != 110) missing--;
          else wrong(d); // null where a value is needed, also in a partial result
        }
        if (t == NO_TARGET) {
          // read by no rule: a string needs no more than its end
          if (c == 34 && isFreeText(inner)) p = skipString(p + 1);
          else p = typed(p, inner, dummy(), depth);
        } else p = typed(p, inner, t & RELATIVE ? base + <usize>(t & ~RELATIVE) * NODE : <usize>t, depth);
      }
      if (!p) return 0;
      if (load<u16>(p) == 0x222c) {
        p++; // `,"`: the next name
        continue;
      }
      p = space(p);
      const k = load<u8>(p);
      if (k == 44) {
        p = space(p + 1);
        continue;
      }
      if (k != 125) return fail(BAD_JSON);
      setDupTop(keys);
      p++;
      break;
    }
  }
  if (missing && !partial) wrong(d);
  if (partial && load<u8>(d, 1) & F_TREE) {
    // what a partial result leaves out is unknown, what it calls null is absent
    for (let i: u32 = 0; i < load<u32>(d, 16); i++) {
      const child = base + <usize>i * NODE;
      if (load<u32>(child) >> 2 != stamp()) setState(child, UNKNOWN);
    }
  }
  return p;
}

/** `action.args`: typed at once when the tool's name came first, else kept for `typePending`. */
function args(p: usize, depth: i32): usize {
  argsPtr = p;
  const isNull = load<u8>(p) == 110;
  const isObject = load<u8>(p) == 123;
  if (!isNull && !isObject) typeErrors |= 1 << E_REQUEST;
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
