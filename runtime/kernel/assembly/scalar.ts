// Texts and numbers of a request as the contract types them. A value that is not of its type sets a bit in `typeErrors` and is
// then only checked as JSON: syntax errors come first in the order of checks, wherever they stand (docs/semantics.md, §2).
import { alloc } from "./memory";
import { find, symbol } from "./bytes";
import { canonicalEmail, canonicalHost, canonicalPath, canonicalUrl } from "./canonical";
import { compareDecimals } from "./decimal";
import { F_MINOR, F_RANGE, F_SYMBOL, K_EMAIL, K_HOST, K_INT, K_JSON, K_LITERALS, K_URL } from "./descriptor";
import { TOO_LARGE, fail, skip } from "./json";
import { nDigits, nExponent, plainNumber } from "./numbers";
import { readString, sLen, sPtr } from "./strings";
import {
  KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_PTR, N_RAW, N_RAW_LEN, N_SYMBOL, UNKNOWN, dummy, setKnown, setState,
} from "./value";

/** Of a path that waits, beside the flags of its descriptor: its characters stand for themselves. */
export const LITERAL: u32 = 256;

/** Bit per error class: some value was not of its type. */
export let typeErrors: u32 = 0;
/** Paths that wait for `context.cwd`. */
export let relativePaths: usize = 0;

export function resetScalars(): void {
  typeErrors = 0;
  relativePaths = 0;
}
export function clearError(errorClass: u32): void {
  typeErrors &= ~(1 << errorClass);
}
export function setError(errorClass: u32): void {
  typeErrors |= 1 << errorClass;
}
export function setRelativePaths(entry: usize): void {
  relativePaths = entry;
}
/** The value is not of descriptor d's type. */
@inline export function wrong(d: usize): void {
  typeErrors |= 1 << load<u8>(d, 2);
}
export function wrongSkip(p: usize, d: usize, depth: i32): usize {
  wrong(d);
  return skip(p, depth);
}

export function json(p: usize, node: usize, depth: i32): usize {
  const end = skip(p, depth);
  if (!end) return 0;
  setKnown(node);
  store<u32>(node, <u32>p, N_PTR);
  store<u32>(node, <u32>(end - p), N_LEN);
  store<u32>(node, K_JSON, N_KIND);
  return end;
}

/** A text with a canonical form or one of few, whose opening quote is behind us. */
@inline export function form(p: usize, d: usize, node: usize, kind: u32): usize {
  const end = readString(p);
  if (!end) return 0;
  store<u32>(node, kind, N_KIND);
  if (kind == K_LITERALS) {
    const value = find(<usize>load<u32>(d, 4), load<u32>(d, 8), sPtr, sLen);
    if (!value) {
      wrong(d);
      return end;
    }
    setKnown(node);
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
  if (kind == K_HOST) ok = canonicalHost(sPtr, sLen, node);
  else if (kind == K_EMAIL) ok = canonicalEmail(sPtr, sLen, node);
  else if (kind == K_URL) ok = canonicalUrl(sPtr, sLen, node);
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
    const literal = (load<u32>(entry, 4) & LITERAL) != 0;
    if (!canonicalPath(<usize>load<u32>(cwd, N_PTR), load<u32>(cwd, N_LEN), raw, load<u32>(node, N_RAW_LEN), node, literal)) continue;
    setKnown(node);
    if (load<u32>(entry, 4) & F_SYMBOL) store<u32>(node, symbol(<usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN)), N_SYMBOL);
  }
}

/** A minus or digit stands at p. */
@inline export function number(p: usize, d: usize, node: usize): usize {
  const end = plainNumber(p);
  if (!end) return 0;
  const kind = <u32>load<u8>(d);
  const flags = <u32>load<u8>(d, 1);
  const digits = nDigits;
  const exponent = nExponent;
  if (flags & F_MINOR || (kind == K_INT && exponent)) return integer(end, d, node);
  if (flags & F_RANGE && !inRange(d, digits, exponent)) {
    wrong(d);
    return end;
  }
  setKnown(node);
  store<i64>(node, digits, N_DIGITS);
  store<i32>(node, exponent, N_EXPONENT);
  store<i32>(node, exponent, N_RAW); // as sent
  store<u32>(node, kind, N_KIND);
  return end;
}
function inRange(d: usize, digits: i64, exponent: i32): bool {
  const range = <usize>load<u32>(d, 4);
  const low = load<i32>(range, 8);
  const high = load<i32>(range, 24);
  if (!(exponent | low | high)) return digits >= load<i64>(range) && digits <= load<i64>(range, 16);
  return compareDecimals(digits, exponent, load<i64>(range), low) >= 0 && compareDecimals(digits, exponent, load<i64>(range, 16), high) <= 0;
}
/** An Int, or Money in hundredths, that was just read: of magnitude ≤ 2^53 − 1. */
function integer(end: usize, d: usize, node: usize): usize {
  let digits = nDigits;
  let exponent = nExponent;
  const flags = <u32>load<u8>(d, 1);
  let fits = exponent >= 0 && exponent <= 15;
  if (fits) {
    let v = digits < 0 ? -digits : digits;
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
  if (flags & F_RANGE && !inRange(d, digits, exponent)) {
    wrong(d);
    return end;
  }
  setKnown(node);
  store<i64>(node, digits, N_DIGITS);
  store<i32>(node, exponent, N_EXPONENT);
  store<i32>(node, flags & F_MINOR && digits != 0 ? exponent + 2 : exponent, N_RAW); // as sent
  store<u32>(node, <u32>load<u8>(d), N_KIND);
  return end;
}
