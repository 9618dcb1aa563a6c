// Byte strings: hashing, equality, look-up in the compiler's tables, search.
// INVARIANT: strings of the blob stand 16-aligned and padded with zeros to a multiple of 16; 64 readable bytes follow any input.

import { H, H_SYMBOLS } from "./memory";

const MASKS: usize = memory.data<u8>([255,255,255,255,255,255,255,255,255,255,255,255,255,255,255,255,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0], 16);

@inline function maskLoad(p: usize, len: u32): v128 {
  return v128.and(v128.load(p), v128.load(MASKS + 16 - <usize>len));
}

@inline function mix(v: v128, len: u32, h: u64): u32 {
  const a = v128.extract_lane<u64>(v, 0);
  const b = v128.extract_lane<u64>(v, 1);
  const r = (h ^ a ^ 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9 + (b ^ <u64>len) * 0x94d049bb133111eb;
  return <u32>(r ^ (r >> 32));
}

function hashLong(p: usize, len: u32): u32 {
  let n = len;
  let h: u64 = 0;
  while (n > 16) {
    const v = v128.load(p);
    h = rotl<u64>((h ^ v128.extract_lane<u64>(v, 0)) * 0xbf58476d1ce4e5b9, 29) ^ (v128.extract_lane<u64>(v, 1) * 0x94d049bb133111eb);
    p += 16;
    n -= 16;
  }
  return mix(maskLoad(p, n), len, h);
}

/** Table hash of a string; the compiler computes the same (compiler/src/link/hash.ts). Not keyed: tables are the compiler's. */
@inline export function hash(p: usize, len: u32): u32 {
  return len <= 16 ? mix(maskLoad(p, len), len, 0) : hashLong(p, len);
}

function equalLong(p: usize, q: usize, len: u32): bool {
  while (len > 16) {
    if (v128.any_true(v128.xor(v128.load(p), v128.load(q)))) return false;
    p += 16;
    q += 16;
    len -= 16;
  }
  return !v128.any_true(v128.xor(maskLoad(p, len), maskLoad(q, len)));
}

@inline export function equal(p: usize, q: usize, len: u32): bool {
  if (len <= 16) return !v128.any_true(v128.xor(maskLoad(p, len), maskLoad(q, len)));
  return equalLong(p, q, len);
}

/** As `equal`, where q is padded with zeros to 16. */
@inline export function equalPadded(p: usize, q: usize, len: u32): bool {
  if (len <= 16) return !v128.any_true(v128.xor(maskLoad(p, len), v128.load(q)));
  return equalLong(p, q, len);
}

/** Open-addressed table of 32-byte entries {hash, address, length, value, first 16 bytes}; value 0 is empty. Returns the value or 0. */
export function find(table: usize, mask: u32, p: usize, len: u32): u32 {
  if (len > 16) return findLong(table, mask, p, len);
  const v = maskLoad(p, len);
  let i = mix(v, len, 0);
  for (;;) {
    i &= mask;
    const e = table + (<usize>i << 5);
    const value = load<u32>(e, 12);
    if (!value) return 0;
    if (i8x16.bitmask(i8x16.eq(v, v128.load(e, 16))) == 0xffff && load<u32>(e, 8) == len) return value;
    i++;
  }
  return 0;
}
function findLong(table: usize, mask: u32, p: usize, len: u32): u32 {
  const h = hashLong(p, len);
  let i = h & mask;
  for (;;) {
    const e = table + (<usize>i << 5);
    const value = load<u32>(e, 12);
    if (!value) return 0;
    if (load<u32>(e) == h && load<u32>(e, 8) == len && equalLong(p, <usize>load<u32>(e, 4), len)) return value;
    i = (i + 1) & mask;
  }
  return 0;
}

/** The contract's number for this string, or 0: two strings are equal to a constant exactly when their numbers are. */
export function symbol(p: usize, len: u32): u32 {
  return find(H(H_SYMBOLS), <u32>H(H_SYMBOLS + 4), p, len);
}

export function contains(p: usize, len: u32, q: usize, n: u32): bool {
  if (n == 0) return true;
  if (n > len) return false;
  const last = p + len - n;
  const first = load<u8>(q);
  for (; p <= last; p++) {
    if (load<u8>(p) == first && memory.compare(p, q, n) == 0) return true;
  }
  return false;
}

/** ASCII upper case to lower case, into `out` (may be `p`). */
export function fold(p: usize, len: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>len; i++) {
    const c: u32 = load<u8>(p + i);
    store<u8>(out + i, c - 65 < 26 ? c | 32 : c);
  }
}
