// Reads JSON text in place: strict RFC 8259, duplicate keys and numbers that two readers could read differently refused.
// Every function takes the address of the next byte and returns the address behind what it read, or 0 with `jsonError` set.
// The input is followed by NUL bytes, so that scanning needs no length. Strings are in strings.ts, numbers in numbers.ts.

import { BAD_JSON, DUPLICATE_KEY, TOO_DEEP, TOO_LARGE, clearFault, fail } from "./fault";
import { DUP_HASH, DUP_KEY, bump, setBump } from "./memory";
import { equal, hash } from "./bytes";
import { readNumber } from "./numbers";
import { readString, sLen, sPtr, skipString } from "./strings";

export { jsonError, fail, BAD_JSON, DUPLICATE_KEY, NUMBER_RANGE, TOO_DEEP, TOO_LARGE } from "./fault";
export { nDigits, nExponent, pow10, readNumber } from "./numbers";
export { nameString, readString, sLen, sPtr, skipString } from "./strings";

export const MAX_DEPTH: i32 = 32;
const MAX_OPEN: u32 = 1024;

export let dupTop: u32 = 0;

export function resetJson(): void {
  clearFault();
  dupTop = 0;
}
export function setDupTop(n: u32): void {
  dupTop = n;
}

@inline export function space(p: usize): usize {
  return load<u8>(p) > 32 ? p : spaceSlow(p);
}
function spaceSlow(p: usize): usize {
  for (;;) {
    const c = load<u8>(p);
    if (c == 32 || c == 10 || c == 13 || c == 9) p++;
    else return p;
  }
  return 0;
}

/** Marks the key just read (sPtr, sLen) as used in the object whose keys begin at `base`. False: refused. */
export function newKey(base: u32, h: u32): bool {
  const top = dupTop;
  const hashes = DUP_HASH + (<usize>top << 2);
  const hv = i32x4.splat(h);
  let any: i32 = 0;
  // hashes behind the last one may be of objects that are closed: they cost a comparison, and decide nothing
  for (let q = DUP_HASH + (<usize>base << 2); q < hashes; q += 16) any |= i32x4.bitmask(i32x4.eq(hv, v128.load(q)));
  if (any && sameKey(base)) {
    fail(DUPLICATE_KEY);
    return false;
  }
  if (top >= MAX_OPEN) {
    fail(TOO_LARGE);
    return false;
  }
  store<u32>(hashes, h);
  store<u32>(DUP_KEY + (<usize>top << 3), <u32>sPtr);
  store<u32>(DUP_KEY + (<usize>top << 3), sLen, 4);
  dupTop = top + 1;
  return true;
}
/** Counts a key that is told from its equals in another way. False: there are too many. */
export function countKey(): bool {
  const top = dupTop;
  if (top >= MAX_OPEN) {
    fail(TOO_LARGE);
    return false;
  }
  // a length that no key has
  store<u32>(DUP_KEY + (<usize>top << 3), 0xffffffff, 4);
  dupTop = top + 1;
  return true;
}
function sameKey(base: u32): bool {
  for (let i = base; i < dupTop; i++) {
    const e = DUP_KEY + (<usize>i << 3);
    if (load<u32>(e, 4) == sLen && equal(<usize>load<u32>(e), sPtr, sLen)) return true;
  }
  return false;
}

/** Any value, only checked. `depth` counts the containers around it. */
export function skip(p: usize, depth: i32): usize {
  const c: u32 = load<u8>(p);
  if (c == 34) return skipString(p + 1);
  if (c == 123) return skipObject(p, depth);
  if (c == 91) return skipList(p, depth);
  return skipPlain(p, c);
}

/** A number or a word. */
@inline function skipPlain(p: usize, c: u32): usize {
  if (c == 45 || c - 48 < 10) return readNumber(p);
  const word = load<u32>(p);
  if (word == 0x65757274 || word == 0x6c6c756e) return p + 4;
  if (word == 0x736c6166 && load<u8>(p, 4) == 101) return p + 5;
  return fail(BAD_JSON);
}

function skipList(p: usize, depth: i32): usize {
  if (depth >= MAX_DEPTH) return fail(TOO_DEEP);
  p = space(p + 1);
  if (load<u8>(p) == 93) return p + 1;
  for (;;) {
    p = load<u8>(p) == 34 ? skipString(p + 1) : skip(p, depth + 1);
    if (!p) return 0;
    p = space(p);
    const k = load<u8>(p);
    if (k == 44) p = space(p + 1);
    else return k == 93 ? p + 1 : fail(BAD_JSON);
  }
  return 0;
}

function skipObject(p: usize, depth: i32): usize {
  if (depth >= MAX_DEPTH) return fail(TOO_DEEP);
  p = space(p + 1);
  if (load<u8>(p) == 125) return p + 1;
  const base = dupTop;
  const memory = bump;
  for (;;) {
    if (load<u8>(p) != 34) return fail(BAD_JSON);
    p = readString(p + 1);
    if (!p || !newKey(base, hash(sPtr, sLen))) return 0;
    p = space(p);
    if (load<u8>(p) != 58) return fail(BAD_JSON);
    p = space(p + 1);
    const c: u32 = load<u8>(p);
    p = c == 34 ? skipString(p + 1) : c == 123 ? skipObject(p, depth + 1) : c == 91 ? skipList(p, depth + 1) : skipPlain(p, c);
    if (!p) return 0;
    p = space(p);
    const k = load<u8>(p);
    if (k == 44) {
      p = space(p + 1);
      continue;
    }
    if (k != 125) return fail(BAD_JSON);
    dupTop = base;
    setBump(memory); // decoded keys are needed no longer
    return p + 1;
  }
  return 0;
}
