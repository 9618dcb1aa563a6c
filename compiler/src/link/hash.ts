/**
 * The hash of the kernel's tables (runtime/kernel/assembly/bytes.ts, `hash`), bit for bit. Not keyed and not cryptographic:
 * only strings that the compiler itself wrote are looked up with it. 64-bit arithmetic in halves, because BigInt is slow.
 */
let lo = 0;
let hi = 0;

/** (lo, hi) × (bl, bh) mod 2^64 into (lo, hi). */
function multiply(al: number, ah: number, bl: number, bh: number): void {
  const a0 = al & 0xffff;
  const a1 = al >>> 16;
  const b0 = bl & 0xffff;
  const b1 = bl >>> 16;
  const p00 = a0 * b0;
  const p01 = a0 * b1;
  const p10 = a1 * b0;
  const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  const low = ((p00 & 0xffff) | (middle << 16)) >>> 0;
  const carry = Math.floor(middle / 65536) + (p01 >>> 16) + (p10 >>> 16);
  hi = (a1 * b1 + carry + Math.imul(al, bh) + Math.imul(ah, bl)) >>> 0;
  lo = low;
}

const K0L = 0x7f4a7c15;
const K0H = 0x9e3779b9;
const K1L = 0x1ce4e5b9;
const K1H = 0xbf58476d;
const K2L = 0x133111eb;
const K2H = 0x94d049bb;

function word(bytes: Uint8Array, at: number, end: number): number {
  let w = 0;
  for (let i = 0; i < 4 && at + i < end; i++) w |= (bytes[at + i] as number) << (8 * i);
  return w >>> 0;
}

export function tableHash(bytes: Uint8Array): number {
  const n = bytes.length;
  let hl = 0;
  let hh = 0;
  let p = 0;
  while (n - p > 16) {
    multiply((hl ^ word(bytes, p, n)) >>> 0, (hh ^ word(bytes, p + 4, n)) >>> 0, K1L, K1H);
    // rotate left by 29
    const rl = ((lo << 29) | (hi >>> 3)) >>> 0;
    const rh = ((hi << 29) | (lo >>> 3)) >>> 0;
    multiply(word(bytes, p + 8, n), word(bytes, p + 12, n), K2L, K2H);
    hl = (rl ^ lo) >>> 0;
    hh = (rh ^ hi) >>> 0;
    p += 16;
  }
  multiply((hl ^ word(bytes, p, n) ^ K0L) >>> 0, (hh ^ word(bytes, p + 4, n) ^ K0H) >>> 0, K1L, K1H);
  const al = lo;
  const ah = hi;
  multiply((word(bytes, p + 8, n) ^ n) >>> 0, word(bytes, p + 12, n), K2L, K2H);
  const sum = al + lo;
  const carry = sum > 0xffffffff ? 1 : 0;
  return ((sum >>> 0) ^ ((ah + hi + carry) >>> 0)) >>> 0;
}
