// Numbers in the grammar of RFC 8259, exactly: digits × 10^exponent; those that two readers could read differently are refused
// (docs/semantics.md, "Numbers"). Up to eight digits are turned into a number at once, without a branch a digit.
import { BAD_JSON, NUMBER_RANGE, fail } from "./fault";

/** The last number read: digits × 10^exponent. An integer has exponent 0 or more, a fraction no trailing zero. */
export let nDigits: i64 = 0;
export let nExponent: i32 = 0;

@inline function digit(c: u32): bool {
  return c - 48 < 10;
}

const POW10: usize = memory.data<u64>([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000]);
@inline export function pow10(n: i32): i64 {
  return load<i64>(POW10 + (<usize>n << 3));
}
const LIMIT_DIGITS: u64 = 1000000000000000;
const LIMIT_INTEGER: u64 = 9007199254740991;
const TOO_LONG: u64 = 0xffffffffffffffff;

/** m, then `zeros` zeros, then digit d; TOO_LONG once that cannot fit any more. */
@inline function append(m: u64, zeros: i32, d: u32): u64 {
  if (zeros == 0 && m < LIMIT_DIGITS / 10) return m * 10 + d;
  return zeros > 16 || m > LIMIT_INTEGER / <u64>pow10(zeros + 1) ? TOO_LONG : m * <u64>pow10(zeros + 1) + d;
}

/** How many of the 8 bytes are digits before the first that is none. */
@inline function digitCount(w: u64): u32 {
  // a byte below 10 stays below 128; what the sum of another one carries goes to bytes behind it
  const x = w ^ 0x3030303030303030;
  return <u32>(ctz<u64>(((x + 0x7676767676767676) | x) & 0x8080808080808080) >> 3);
}
/** The value of the first n digits of w; n is 1 to 8. */
@inline function digitsOf(w: u64, n: u32): u64 {
  let v = (w ^ 0x3030303030303030) << <u64>(64 - (n << 3));
  v = v * 10 + (v >> 8);
  return ((v & 0x000000ff000000ff) * 0x000f424000000064 + ((v >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
}

/** The common number here: up to 15 digits, no exponent, no zeros that do not count. Any other goes to readAnyNumber. */
@inline export function plainNumber(start: usize): usize {
  const minus = load<u8>(start) == 45;
  let p = start + <usize>minus;
  let w = load<u64>(p);
  let n = digitCount(w);
  if (n == 0 || (n > 1 && <u8>w == 48)) return readAnyNumber(start);
  let m = digitsOf(w, n);
  p += n;
  if (n == 8) {
    w = load<u64>(p);
    n = digitCount(w);
    if (n == 8) return readAnyNumber(start);
    if (n) {
      m = m * <u64>pow10(n) + digitsOf(w, n);
      p += n;
      n = 8;
    }
  }
  let exponent = 0;
  let c: u32 = load<u8>(p);
  if (c == 46) {
    if (p > start + 8) return readAnyNumber(start);
    w = load<u64>(p, 1);
    n = digitCount(w);
    if (n - 1 > 6) return readAnyNumber(start);
    m = m * <u64>pow10(n) + digitsOf(w, n);
    p += n;
    if (load<u8>(p) == 48) return readAnyNumber(start);
    c = load<u8>(++p);
    exponent = -<i32>n;
  }
  if ((c | 32) == 101) return readAnyNumber(start);
  // integers keep their zeros: equal exponents make comparing cheap
  nExponent = exponent;
  nDigits = minus ? -<i64>m : <i64>m;
  return p;
}

export function readNumber(start: usize): usize {
  return plainNumber(start);
}

function readAnyNumber(p: usize): usize {
  let c: u32 = load<u8>(p);
  let negative = false;
  let m: u64 = 0;
  let zeros: i32 = 0; // zeros since the last other digit
  let fraction: i32 = 0;
  let exponent: i32 = 0;
  if (c == 45) {
    negative = true;
    c = load<u8>(++p);
  }
  if (!digit(c)) return fail(BAD_JSON);
  if (c == 48) c = load<u8>(++p);
  else {
    do {
      if (c == 48) zeros++;
      else {
        m = append(m, zeros, c - 48);
        zeros = 0;
      }
      c = load<u8>(++p);
    } while (digit(c));
  }
  if (c == 46) {
    c = load<u8>(++p);
    if (!digit(c)) return fail(BAD_JSON);
    do {
      fraction++;
      if (c == 48) {
        if (m) zeros++;
      } else {
        m = append(m, zeros, c - 48);
        zeros = 0;
      }
      c = load<u8>(++p);
    } while (digit(c));
  }
  if ((c | 32) == 101) {
    c = load<u8>(++p);
    const minus = c == 45;
    if (c == 43 || minus) c = load<u8>(++p);
    if (!digit(c)) return fail(BAD_JSON);
    do {
      // beyond any that the digits of a whole request could bring back into range
      if (exponent < 100000000) exponent = exponent * 10 + <i32>(c - 48);
      c = load<u8>(++p);
    } while (digit(c));
    if (minus) exponent = -exponent;
  }
  if (m == 0) {
    nDigits = 0;
    nExponent = 0;
    return p;
  }
  exponent = exponent - fraction + zeros;
  const short = m < LIMIT_DIGITS && exponent >= -22 && exponent <= 22;
  if (!short && (exponent < 0 || exponent > 16 || m > LIMIT_INTEGER / <u64>pow10(exponent))) return fail(NUMBER_RANGE);
  nDigits = negative ? -(<i64>m) : <i64>m;
  nExponent = exponent;
  return p;
}

