// Two hashes: SipHash-2-4 with 128-bit output (Aumasson, Bernstein 2012), keyed by the session's key, for what the state
// keeps of values; XXH64 (xxHash specification 0.1.1) as the state blob's checksum.
import { HASH_OUT, SESSION_KEY } from "./memory";

let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

@inline function round(): void {
  v0 += v1;
  v1 = rotl<u64>(v1, 13) ^ v0;
  v0 = rotl<u64>(v0, 32);
  v2 += v3;
  v3 = rotl<u64>(v3, 16) ^ v2;
  v0 += v3;
  v3 = rotl<u64>(v3, 21) ^ v0;
  v2 += v1;
  v1 = rotl<u64>(v1, 17) ^ v2;
  v2 = rotl<u64>(v2, 32);
}
@inline function block(m: u64): void {
  v3 ^= m;
  round();
  round();
  v0 ^= m;
}

/** SipHash-2-4-128 of the 8 bytes of `domain` (little-endian) followed by [p, p+len): 16 bytes at HASH_OUT. */
export function keyedHash(domain: u64, p: usize, len: u32): void {
  keyedHashBy(SESSION_KEY, domain, p, len);
}
/** The same under the 16 bytes at `key`. */
export function keyedHashBy(key: usize, domain: u64, p: usize, len: u32): void {
  const k0 = load<u64>(key);
  const k1 = load<u64>(key, 8);
  v0 = k0 ^ 0x736f6d6570736575;
  v1 = k1 ^ 0x646f72616e646f6d ^ 0xee;
  v2 = k0 ^ 0x6c7967656e657261;
  v3 = k1 ^ 0x7465646279746573;
  block(domain);
  let n = len;
  while (n >= 8) {
    block(load<u64>(p));
    p += 8;
    n -= 8;
  }
  let last: u64 = (<u64>(len + 8)) << 56;
  for (let i: u32 = 0; i < n; i++) last |= <u64>load<u8>(p + i) << <u64>(i << 3);
  block(last);
  v2 ^= 0xee;
  round();
  round();
  round();
  round();
  store<u64>(HASH_OUT, v0 ^ v1 ^ v2 ^ v3);
  v1 ^= 0xdd;
  round();
  round();
  round();
  round();
  store<u64>(HASH_OUT, v0 ^ v1 ^ v2 ^ v3, 8);
}

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

@inline function lane(acc: u64, w: u64): u64 {
  return rotl<u64>(acc + w * P2, 31) * P1;
}
@inline function merge(h: u64, acc: u64): u64 {
  return (h ^ lane(0, acc)) * P1 + P4;
}

export function xxh64(p: usize, len: u32, seed: u64): u64 {
  const end = p + len;
  let h: u64;
  if (len >= 32) {
    let a = seed + P1 + P2;
    let b = seed + P2;
    let c = seed;
    let d = seed - P1;
    do {
      a = lane(a, load<u64>(p));
      b = lane(b, load<u64>(p, 8));
      c = lane(c, load<u64>(p, 16));
      d = lane(d, load<u64>(p, 24));
      p += 32;
    } while (p + 32 <= end);
    h = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    h = merge(merge(merge(merge(h, a), b), c), d);
  } else h = seed + P5;
  h += <u64>len;
  while (p + 8 <= end) {
    h = rotl<u64>(h ^ lane(0, load<u64>(p)), 27) * P1 + P4;
    p += 8;
  }
  if (p + 4 <= end) {
    h = rotl<u64>(h ^ (<u64>load<u32>(p) * P1), 23) * P2 + P3;
    p += 4;
  }
  while (p < end) {
    h = rotl<u64>(h ^ (<u64>load<u8>(p) * P5), 11) * P1;
    p++;
  }
  h = (h ^ (h >> 33)) * P2;
  h = (h ^ (h >> 29)) * P3;
  return h ^ (h >> 32);
}
