// Ip (docs/semantics/values.md): RFC 4291 §2.2 read strictly, RFC 5952 written. An address is 16 bytes in network order; those of IPv4 are
// the IPv4-mapped ones, and so they are the same address however they are spelled.
import { alloc } from "./memory";
import { N_LEN, N_PART, N_PTR } from "./value";

@inline function hexValue(c: u32): u32 {
  if (c - 48 < 10) return c - 48;
  c |= 32;
  return c - 97 < 6 ? c - 87 : 255;
}

/** Four decimal bytes of [p, end) at out. */
function readFour(p: usize, end: usize, out: usize): bool {
  for (let i: usize = 0; i < 4; i++) {
    let v: u32 = 0;
    let n = 0;
    while (p < end && load<u8>(p) - 48 < 10) {
      if (n == 3 || (n && !v)) return false;
      v = v * 10 + <u32>load<u8>(p++) - 48;
      n++;
    }
    if (!n || v > 255) return false;
    store<u8>(out + i, v);
    if (i < 3 && (p >= end || load<u8>(p++) != 46)) return false;
  }
  return p == end;
}

/** Groups of [p, end), each behind the other, at out: how many bytes, −1: no groups. A last group may be an IPv4 address. */
function readGroups(p: usize, end: usize, out: usize, room: i32, mayEndInFour: bool): i32 {
  let n = 0;
  if (p == end) return 0;
  for (;;) {
    let e = p;
    let dots = false;
    while (e < end && load<u8>(e) != 58) {
      if (load<u8>(e) == 46) dots = true;
      e++;
    }
    if (dots) {
      if (!mayEndInFour || e != end || n + 4 > room || !readFour(p, e, out + n)) return -1;
      return n + 4;
    }
    const digits = e - p;
    if (digits - 1 > 3 || n + 2 > room) return -1;
    let v: u32 = 0;
    for (; p < e; p++) {
      const h = hexValue(load<u8>(p));
      if (h > 15) return -1;
      v = (v << 4) | h;
    }
    store<u8>(out + n, v >> 8);
    store<u8>(out + n, v, 1);
    n += 2;
    if (e == end) return n;
    p = e + 1;
  }
  return -1;
}

/** The 16 bytes of the text at out. */
function readIp(p: usize, len: u32, out: usize): bool {
  const end = p + len;
  store<u64>(out, 0);
  store<u64>(out, 0, 8);
  let colons = false;
  let gap: usize = 0;
  for (let q = p; q < end; q++) {
    if (load<u8>(q) != 58) continue;
    colons = true;
    if (q + 1 < end && load<u8>(q, 1) == 58) {
      gap = q;
      break;
    }
  }
  if (!colons) {
    store<u16>(out, 0xffff, 10);
    return readFour(p, end, out + 12);
  }
  if (!gap) return readGroups(p, end, out, 16, true) == 16;
  const head = readGroups(p, gap, out, 14, false);
  if (head < 0) return false;
  // the groups behind the gap are read where they fit, and moved to the end
  const tail = readGroups(gap + 2, end, out + head, 14 - head, true);
  if (tail < 0) return false;
  memory.copy(out + 16 - tail, out + head, tail);
  memory.fill(out + head, 0, 16 - tail - head);
  return true;
}

@inline export function isIpv4(address: usize): bool {
  return load<u64>(address) == 0 && load<u32>(address, 8) == 0xffff0000;
}

function group(address: usize, i: i32): u32 {
  return (<u32>load<u8>(address + <usize>(i << 1)) << 8) | <u32>load<u8>(address + <usize>(i << 1), 1);
}
function putHex(v: u32, o: usize): usize {
  let shift = v > 0xfff ? 12 : v > 0xff ? 8 : v > 0xf ? 4 : 0;
  for (; shift >= 0; shift -= 4) {
    const d = (v >> shift) & 15;
    store<u8>(o++, d < 10 ? 48 + d : 87 + d);
  }
  return o;
}
function putByte(v: u32, o: usize): usize {
  if (v > 99) store<u8>(o++, 48 + v / 100);
  if (v > 9) store<u8>(o++, 48 + (v / 10) % 10);
  store<u8>(o++, 48 + (v % 10));
  return o;
}

/** RFC 5952 §4 of the address at o; the end. */
function writeIp(address: usize, o: usize): usize {
  if (isIpv4(address)) {
    for (let i: usize = 12; i < 16; i++) {
      if (i > 12) store<u8>(o++, 46);
      o = putByte(load<u8>(address + i), o);
    }
    return o;
  }
  // the first of the longest runs of two zero groups or more
  let start = 8;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && !group(address, i + n)) n++;
    if (n > length) {
      start = i;
      length = n;
    }
  }
  for (let i = 0; i < 8; i++) {
    if (i == start) {
      store<u16>(o, 0x3a3a);
      o += 2;
      i += length - 1;
      continue;
    }
    if (i && i != start + length) store<u8>(o++, 58);
    o = putHex(group(address, i), o);
  }
  return o;
}

/** N_PART: the 16 bytes. */
export function canonicalIp(p: usize, len: u32, node: usize): bool {
  if (len > 45 || !readIp(p, len, node + N_PART)) return false;
  const out = alloc(64);
  if (!out) return false;
  store<u32>(node, <u32>out, N_PTR);
  store<u32>(node, <u32>(writeIp(node + N_PART, out) - out), N_LEN);
  return true;
}

/** Whether the address of a node lies in one of the ranges: 32 B each, network 16 B, then bits of it u32 from 0 to 128, 1 for IPv4 u32. */
export function inRanges(node: usize, ranges: usize, count: u32): bool {
  const address = node + N_PART;
  const four = isIpv4(address);
  for (let i: u32 = 0; i < count; i++) {
    const r = ranges + (<usize>i << 5);
    if (load<u32>(r, 20) != <u32>four) continue;
    const bits = load<u32>(r, 16);
    const whole = <usize>(bits >> 3);
    let k: usize = 0;
    while (k < whole && load<u8>(address + k) == load<u8>(r + k)) k++;
    if (k < whole) continue;
    const rest = bits & 7;
    if (!rest || !(((<u32>load<u8>(address + k) ^ <u32>load<u8>(r + k)) & 255) >> (8 - rest))) return true;
  }
  return false;
}
