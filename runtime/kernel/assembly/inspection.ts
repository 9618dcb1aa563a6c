// Inspections (docs/semantics/inspection.md): every string and name of a member in a JSON text is searched, and what it may be in another
// writing, three layers deep. A rule whose kinds are among what was found stands in the way; what is over the limit counts as all kinds.
//
// Findings answer: count u32 · flags u32 (1 over the limit, 2 there are more) · –, then 16 B each: where u32 (the string's opening quote,
// from the request's begin) · kind u16 (4) · layers u8 (6) · 1 a name of a member u8 (7)
import { H, H_FINDINGS_ANSWER, H_INPUT, H_INSPECTION, alloc, bump, setBump } from "./memory";
import { FLAG_CONTENT, GRANTS, REQUIRES, SATISFIED, joinWith, meet, resetAnswer, rule, setFlag } from "./answer";
import { TRUE, evaluate } from "./condition";
import { isBase64, decodeBase64, decodeHex, nextBase64, nextHex, runEnd, runLetters, runStart, unescape, BASE64_RUN } from "./encodings";
import { DEPTHS, FOUND, search } from "./finding";
import { readString, sLen, sPtr, skipString, space } from "./json";
import { O_DENY, O_REDACT, O_WITH, happen } from "./outcome";
import { argsEnd, argsPtr } from "./typed";
import { KNOWN, N_LEN, N_PTR, S_VALUE, slot, stateOf } from "./value";

const LAYERS: u32 = 3;
/** Bytes that may be decoded in one event. */
const MOST_DECODED: usize = 16777216;
const MOST_FINDINGS: u32 = 32;
const KINDS: usize = 256;
const OVER: u32 = 1;
const MORE: u32 = 2;

let over: bool = false;
let decoded: usize = 0;
let inspected: bool = false;

/** A new event: nothing was looked at. */
export function resetInspection(): void {
  inspected = false;
}

/** `n` bytes were decoded; false: more than may be. */
function charge(n: u32): bool {
  decoded += n;
  if (decoded > MOST_DECODED) over = true;
  return !over;
}

/** What is left is itself one writing of something: it would take one layer more. */
function isStillEncoded(p: usize, len: u32): bool {
  const mark = bump;
  const out = alloc(<usize>len + 32);
  const escapes = out ? unescape(p, p + len, out) : 0;
  setBump(mark);
  if (!out || escapes != 0xffffffff) return true;
  if (len < <u32>BASE64_RUN) return false;
  for (let i: u32 = 0; i < len; i++) {
    const c: u32 = load<u8>(p + i);
    if (!isBase64(c) && c != 61 && c != 10 && c != 13) return false;
  }
  return true;
}

/** One text, and all that it may be in another writing. */
function look(p: usize, len: u32, layer: u32): void {
  search(p, len, layer + 1);
  if (over) return;
  if (layer == LAYERS) {
    if (isStillEncoded(p, len)) over = true;
    return;
  }
  const mark = bump;
  const end = p + len;
  const out = alloc(<usize>len + 32);
  if (!out) {
    over = true;
    return;
  }
  const n = unescape(p, end, out);
  if (n != 0xffffffff && charge(n)) look(out, n, layer + 1);
  for (let q = p; !over && nextBase64(q, end); ) {
    const from = runStart;
    q = runEnd;
    const letters = runLetters;
    for (let skip: u32 = 0; skip < 4 && !over; skip++) {
      if (letters - skip < 2) break;
      const m = decodeBase64(from, q, skip, out);
      if (charge(m)) look(out, m, layer + 1);
    }
  }
  for (let q = p; !over && nextHex(q, end); ) {
    const from = runStart;
    q = runEnd;
    for (let skip: usize = 0; skip < 2 && !over; skip++) {
      const m = decodeHex(from, q, skip, out);
      if (charge(m)) look(out, m, layer + 1);
    }
  }
  setBump(mark);
}

/** The kinds of the text at hand into the event's, and into the list of findings. */
function flush(quote: usize, isName: bool): void {
  const answer = H(H_FINDINGS_ANSWER);
  for (let kind: usize = 0; kind < KINDS; kind++) {
    if (!(kind & 7) && !load<u64>(DEPTHS + kind)) {
      kind += 7;
      continue;
    }
    const depth = <u32>load<u8>(DEPTHS + kind);
    if (!depth) continue;
    store<u8>(DEPTHS + kind, 0);
    const byte = FOUND + (kind >> 3);
    store<u8>(byte, <u32>load<u8>(byte) | (1 << (<u32>kind & 7)));
    const n = load<u32>(answer);
    if (n == MOST_FINDINGS) {
      store<u32>(answer, MORE, 4);
      continue;
    }
    const row = answer + 16 + (<usize>n << 4);
    store<u32>(row, <u32>(quote - H(H_INPUT)));
    store<u16>(row, <u32>kind, 4);
    store<u8>(row, depth - 1, 6);
    store<u8>(row, isName ? 1 : 0, 7);
    store<u32>(answer, n + 1);
  }
}

/** Every string and name of the JSON text. */
function scan(p: usize, end: usize): void {
  while (p < end && !over) {
    if (load<u8>(p) != 34) {
      p++;
      continue;
    }
    const quote = p;
    p = skipString(p + 1);
    if (!p) return;
    const mark = bump;
    readString(quote + 1);
    look(sPtr, sLen, 0);
    setBump(mark);
    flush(quote, load<u8>(space(p)) == 58);
  }
}

function inspect(p: usize, end: usize): void {
  inspected = true;
  over = false;
  decoded = 0;
  memory.fill(DEPTHS, 0, KINDS);
  memory.fill(FOUND, 0, KINDS >> 3);
  const answer = H(H_FINDINGS_ANSWER);
  store<u64>(answer, 0);
  if (p) scan(p, end);
  // what was found on the way there depends on the way
  if (over) store<u64>(answer, <u64>OVER << 32);
}

export function checkInspection(id: u32, now: u64): void {
  if (!inspected) inspect(argsPtr, argsEnd);
  settle(id, now);
}
function settle(id: u32, now: u64): void {
  const kinds = <usize>load<u32>(rule(id), 4);
  const hit = v128.any_true(v128.or(v128.and(v128.load(kinds), v128.load(FOUND)), v128.and(v128.load(kinds, 16), v128.load(FOUND, 16))));
  if (!over && !hit) return meet(id, SATISFIED);
  let parts = <u32>load<u8>(rule(id), 1);
  // who is to take something out must be told all of it
  if (parts & O_REDACT) parts |= load<u32>(H(H_FINDINGS_ANSWER), 4) ? O_DENY | O_WITH : O_WITH;
  happen(id, parts, now);
}

// ── what comes in

/** Rules about the results of `tool` (from 1), and how many; `aboutCount` 0: none. */
let aboutRules: usize = 0;
let aboutCount: u32 = 0;

export function isResultInspected(tool: u32): bool {
  const record = H(H_INSPECTION);
  const tools = record ? <usize>load<u32>(record, 16) : 0;
  if (!tools) return false;
  aboutRules = <usize>load<u32>(tools + (<usize>(tool - 1) << 3));
  aboutCount = load<u32>(tools + (<usize>(tool - 1) << 3), 4);
  return aboutCount != 0;
}
export function isMessageInspected(): bool {
  const record = H(H_INSPECTION);
  aboutRules = record ? <usize>load<u32>(record, 20) : 0;
  aboutCount = record ? load<u32>(record, 24) : 0;
  return aboutCount != 0;
}

/** Asks the rules about what comes in, which starts at an allow, and joins them. */
function ask(now: u64): void {
  for (let i: u32 = 0; i < aboutCount; i++) {
    const e = aboutRules + (<usize>i << 3);
    const only = <usize>load<u32>(e, 4);
    if (only && evaluate(only) != TRUE) continue;
    meet(load<u32>(e), REQUIRES);
    settle(load<u32>(e), now);
  }
  joinWith(GRANTS);
}
/** A result: its JSON text. */
export function inspectResult(now: u64): void {
  const value = slot(S_VALUE);
  const p = stateOf(value) == KNOWN ? <usize>load<u32>(value, N_PTR) : 0;
  resetAnswer();
  setFlag(FLAG_CONTENT);
  inspect(p, p + load<u32>(value, N_LEN));
  ask(now);
}
/** Of a message or a chunk: its decoded text, a place of its own. */
export function inspectText(p: usize, len: u32, now: u64): void {
  resetAnswer();
  setFlag(FLAG_CONTENT);
  inspect(0, 0);
  if (p) look(p, len, 0);
  else over = true; // there was no memory
  if (over) store<u64>(H(H_FINDINGS_ANSWER), <u64>OVER << 32);
  else flush(H(H_INPUT), false);
  ask(now);
}
