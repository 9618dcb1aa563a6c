// The JSON Canonicalization Scheme (RFC 8785) of text that was already read and found well-formed.
// Numbers fit 15 digits or are small integers (json.ts), so their shortest form is the digits they came with.
import { alloc } from "./memory";
import { nDigits, nExponent, readNumber, readString, sLen, sPtr, space } from "./json";
import { TEXT } from "./memory";

let o: usize = 0;
let failed = false;

/** End of the value at p; strings are stepped over, brackets counted. */
function valueEnd(p: usize): usize {
  let c: u32 = load<u8>(p);
  if (c == 34) return stringEnd(p + 1);
  if (c == 123 || c == 91) {
    let depth = 0;
    for (;;) {
      c = load<u8>(p);
      if (c == 34) {
        p = stringEnd(p + 1);
        continue;
      }
      p++;
      if (c == 123 || c == 91) depth++;
      else if (c == 125 || c == 93) {
        if (--depth == 0) return p;
      }
    }
  }
  while (c != 44 && c != 125 && c != 93 && c > 32) c = load<u8>(++p);
  return p;
}
function stringEnd(p: usize): usize {
  for (;;) {
    const c = load<u8>(p);
    if (c == 34) return p + 1;
    p += c == 92 ? 2 : 1;
  }
  return 0;
}

/** RFC 8785 §3.2.3: by UTF-16 code units. UTF-8 order but for supplementary characters, which sort below U+E000. */
function less(a: usize, al: u32, b: usize, bl: u32): bool {
  const n = min(al, bl);
  for (let i: u32 = 0; i < n; i++) {
    const x = load<u8>(a + i);
    const y = load<u8>(b + i);
    if (x != y) {
      if (x >= 0xee && y >= 0xee && x >= 0xf0 != y >= 0xf0) return x >= 0xf0;
      return x < y;
    }
  }
  return al < bl;
}

/** A decoded string with the escapes of RFC 8785 §3.2.2.2. */
function putString(p: usize, len: u32): void {
  store<u8>(o++, 34);
  for (let i: u32 = 0; i < len; i++) {
    const c: u32 = load<u8>(p + i);
    if (c == 34 || c == 92) {
      store<u8>(o, 92);
      store<u8>(o, c, 1);
      o += 2;
    } else if (c >= 32) store<u8>(o++, c);
    else {
      store<u8>(o++, 92);
      const e: u32 = c == 8 ? 98 : c == 9 ? 116 : c == 10 ? 110 : c == 12 ? 102 : c == 13 ? 114 : 0;
      if (e) store<u8>(o++, e);
      else {
        store<u32>(o, 0x30303075); // u000
        const low = c & 15;
        store<u8>(o, 48 + (c >> 4), 3);
        store<u8>(o, low < 10 ? 48 + low : 87 + low, 4);
        o += 5;
      }
    }
  }
  store<u8>(o++, 34);
}

/** ECMAScript Number::toString of digits × 10^exponent. */
export function putNumber(digits: i64, exponent: i32, out: usize): usize {
  let q = out;
  if (digits == 0) {
    store<u8>(q, 48);
    return q + 1;
  }
  if (digits < 0) {
    store<u8>(q++, 45);
    digits = -digits;
  }
  let k = 0;
  let t = TEXT + 40;
  while (digits) {
    store<u8>(--t, 48 + <u32>(digits % 10));
    digits /= 10;
    k++;
  }
  const n = k + exponent;
  if (k <= n && n <= 21) {
    memory.copy(q, t, k);
    q += k;
    for (let i = k; i < n; i++) store<u8>(q++, 48);
  } else if (0 < n && n <= 21) {
    memory.copy(q, t, n);
    store<u8>(q + n, 46);
    memory.copy(q + n + 1, t + n, k - n);
    q += k + 1;
  } else if (-6 < n && n <= 0) {
    store<u16>(q, 0x2e30);
    q += 2;
    for (let i = n; i < 0; i++) store<u8>(q++, 48);
    memory.copy(q, t, k);
    q += k;
  } else {
    store<u8>(q++, load<u8>(t));
    if (k > 1) {
      store<u8>(q++, 46);
      memory.copy(q, t + 1, k - 1);
      q += k - 1;
    }
    store<u8>(q++, 101);
    let x = n - 1;
    store<u8>(q++, x < 0 ? 45 : 43);
    if (x < 0) x = -x;
    if (x > 9) store<u8>(q++, 48 + x / 10);
    store<u8>(q++, 48 + (x % 10));
  }
  return q;
}

function putObject(p: usize): void {
  let count = 0;
  let q = space(p + 1);
  while (load<u8>(q) != 125) {
    count++;
    q = space(valueEnd(q)); // key
    q = space(valueEnd(space(q + 1)));
    if (load<u8>(q) == 44) q = space(q + 1);
  }
  const members = alloc(<usize>(count + 1) << 4);
  if (!members) {
    failed = true;
    return;
  }
  q = space(p + 1);
  for (let i = 0; i < count; i++) {
    q = readString(q + 1);
    if (!q) {
      failed = true;
      return;
    }
    const key = sPtr;
    const len = sLen;
    const value = space(space(q) + 1);
    let at = i;
    while (at > 0) {
      const e = members + (<usize>(at - 1) << 4);
      if (!less(key, len, <usize>load<u32>(e), load<u32>(e, 4))) break;
      v128.store(e + 16, v128.load(e));
      at--;
    }
    const e = members + (<usize>at << 4);
    store<u32>(e, <u32>key);
    store<u32>(e, len, 4);
    store<u32>(e, <u32>value, 8);
    q = space(valueEnd(value));
    if (load<u8>(q) == 44) q = space(q + 1);
  }
  store<u8>(o++, 123);
  for (let i = 0; i < count; i++) {
    const e = members + (<usize>i << 4);
    if (i) store<u8>(o++, 44);
    putString(<usize>load<u32>(e), load<u32>(e, 4));
    store<u8>(o++, 58);
    putValue(<usize>load<u32>(e, 8));
  }
  store<u8>(o++, 125);
}

function putValue(p: usize): void {
  const c: u32 = load<u8>(p);
  if (c == 34) {
    if (readString(p + 1)) putString(sPtr, sLen);
    else failed = true;
  } else if (c == 123) putObject(p);
  else if (c == 91) {
    store<u8>(o++, 91);
    p = space(p + 1);
    let first = true;
    while (load<u8>(p) != 93) {
      if (!first) store<u8>(o++, 44);
      first = false;
      putValue(p);
      p = space(valueEnd(p));
      if (load<u8>(p) == 44) p = space(p + 1);
    }
    store<u8>(o++, 93);
  } else if (c == 45 || c - 48 < 10) {
    readNumber(p);
    o = putNumber(nDigits, nExponent, o);
  } else {
    const n = c == 102 ? 5 : 4;
    memory.copy(o, p, n);
    o += n;
  }
}

export let jcsPtr: usize = 0;
export let jcsLen: u32 = 0;

/** `{"args": …, "tool": …}`; args 0: `{}`. False when memory ran out. */
export function canonicalAction(args: usize, argsEnd: usize, toolPtr: usize, toolLen: u32): bool {
  // A short number can grow to 22 characters, an escape to 6: six times the text is enough for both.
  const size = args ? (argsEnd - args) * 6 : 0;
  jcsPtr = alloc(size + <usize>toolLen * 6 + 64);
  if (!jcsPtr) return false;
  o = jcsPtr;
  failed = false;
  store<u64>(o, 0x3a2273677261227b); // {"args":
  o += 8;
  if (args) putValue(args);
  else {
    store<u16>(o, 0x7d7b);
    o += 2;
  }
  store<u64>(o, 0x3a226c6f6f74222c); // ,"tool":
  o += 8;
  putString(toolPtr, toolLen);
  store<u8>(o++, 125);
  jcsLen = <u32>(o - jcsPtr);
  return !failed;
}

/** `{"result": …, "tool": …}`; value 0: null. False when memory ran out. */
export function canonicalResult(value: usize, end: usize, toolPtr: usize, toolLen: u32): bool {
  const size = value ? (end - value) * 6 : 0;
  jcsPtr = alloc(size + <usize>toolLen * 6 + 64);
  if (!jcsPtr) return false;
  o = jcsPtr;
  failed = false;
  store<u64>(o, 0x746c75736572227b); // {"result
  store<u16>(o, 0x3a22, 8);
  o += 10;
  if (value) putValue(value);
  else {
    store<u32>(o, 0x6c6c756e);
    o += 4;
  }
  store<u64>(o, 0x3a226c6f6f74222c);
  o += 8;
  putString(toolPtr, toolLen);
  store<u8>(o++, 125);
  jcsLen = <u32>(o - jcsPtr);
  return !failed;
}
/** `{"chunk": …, "tool": …}` of a text. */
export function canonicalChunk(p: usize, len: u32, toolPtr: usize, toolLen: u32): bool {
  jcsPtr = alloc(<usize>(len + toolLen) * 6 + 64);
  if (!jcsPtr) return false;
  o = jcsPtr;
  failed = false;
  store<u64>(o, 0x226b6e756863227b); // {"chunk"
  store<u8>(o, 58, 8);
  o += 9;
  putString(p, len);
  store<u64>(o, 0x3a226c6f6f74222c);
  o += 8;
  putString(toolPtr, toolLen);
  store<u8>(o++, 125);
  jcsLen = <u32>(o - jcsPtr);
  return !failed;
}
/** `{"message": …}` of a text. */
export function canonicalMessage(p: usize, len: u32): bool {
  jcsPtr = alloc(<usize>len * 6 + 64);
  if (!jcsPtr) return false;
  o = jcsPtr;
  failed = false;
  store<u64>(o, 0x67617373656d227b); // {"messag
  store<u32>(o, 0x3a2265, 8);
  o += 11;
  putString(p, len);
  store<u8>(o++, 125);
  jcsLen = <u32>(o - jcsPtr);
  return !failed;
}

/** Any value at p, to `out` (six times its text is room enough); the address behind. */
export function canonicalValue(p: usize, out: usize): usize {
  o = out;
  failed = false;
  putValue(p);
  return o;
}
