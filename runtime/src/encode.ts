/**
 * Objects as request bytes, without `JSON.stringify`: only members that the contract may read are written, straight into the
 * module's memory. What cannot be written faithfully (a lone surrogate, NaN, a cycle, a Date) becomes bytes that are denied.
 */

/** Written in place of what JSON cannot say; the kernel answers `bad_json`. */
const IMPOSSIBLE = 0x3f; // "?"
const MOST_DEPTH = 40;
/** Whole numbers up to this are written digit by digit. */
const MOST_DIGITS = 1e14;
const HALF = 1e7;
const HALF_DIGITS = 7;
/** Bytes that any number fits in. */
const LONGEST_NUMBER = 32;
const hasOwn = Object.prototype.hasOwnProperty;

/** UTF-8 length of a text without lone surrogates. */
function utf8Length(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // a pair: two units, four bytes
    if (c > 127) n += c > 2047 && (c < 0xd800 || c > 0xdfff) ? 2 : 1;
  }
  return n;
}

function digitCount(n: number): number {
  let count = 1;
  for (let limit = 10; n >= limit; limit *= 10) count++;
  return count;
}

/** A record as JSON.parse makes it, of whatever realm: nothing is inherited, nothing is written by `toJSON`. */
function isPlain(o: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(o);
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty");
}

export interface Encoder {
  /** Bytes written at `at`; more than `room`: nothing useful was written, ask again with that much. */
  readonly encode: (request: object, memory: Uint8Array, at: number, room: number) => number;
}

/**
 * @param wanted per group (`principal`, `resource`, …) the members worth writing; undefined: all
 * @param limit bytes beyond which nothing is read any further: the request is too large, however it goes on
 */
export function createEncoder(wanted: ReadonlyMap<string, ReadonlySet<string>>, limit: number): Encoder {
  const utf8 = new TextEncoder();
  let memory = new Uint8Array(0);
  let at = 0;
  let end = 0;
  let most = 0;

  function byte(b: number): void {
    if (at < end) memory[at] = b;
    at++;
  }
  function ascii(text: string): void {
    for (let i = 0; i < text.length; i++) byte(text.charCodeAt(i));
  }
  function string(text: string): void {
    const length = text.length;
    if (end - at < length + 2) {
      slowString(text);
      return;
    }
    // in locals, as the loop is most of what writing an object costs
    const out = memory;
    let p = at;
    out[p++] = 34;
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c < 32 || c === 34 || c === 92 || c > 126) {
        slowString(text);
        return;
      }
      out[p++] = c;
    }
    out[p] = 34;
    at = p + 1;
  }
  function number(v: number): void {
    if (end - at < LONGEST_NUMBER) ascii(String(v));
    else if (v >= 0 && v <= MOST_DIGITS && Math.floor(v) === v) digits(v);
    else {
      // two decimals or fewer, as most are: no other decimal of so few digits is read as this number
      const hundredths = Math.round(v * 100);
      if (!(v >= 0 && hundredths <= MOST_DIGITS && hundredths / 100 === v)) {
        ascii(String(v));
        return;
      }
      const whole = Math.floor(hundredths / 100);
      const rest = hundredths - whole * 100;
      digits(whole);
      const out = memory;
      out[at] = 46;
      out[at + 1] = 48 + Math.floor(rest / 10);
      if (rest % 10 === 0) at += 2;
      else {
        out[at + 2] = 48 + (rest % 10);
        at += 3;
      }
    }
  }
  /** A whole number of at most 15 digits. */
  function digits(v: number): void {
    if (v < 10) {
      memory[at++] = 48 + v;
      return;
    }
    // halves fit an engine's small integers
    const high = Math.floor(v / HALF);
    if (high > 0) half(high, digitCount(high));
    const low = v - high * HALF;
    half(low, high > 0 ? HALF_DIGITS : digitCount(low));
  }
  /** Its last `count` digits, with zeros before. */
  function half(v: number, count: number): void {
    const out = memory;
    let n = v | 0;
    for (let p = at + count - 1; p >= at; p--) {
      const tenth = (n / 10) | 0;
      out[p] = 48 + n - tenth * 10;
      n = tenth;
    }
    at += count;
  }
  function slowString(text: string): void {
    // JSON.stringify escapes a lone surrogate, which the kernel refuses
    const quoted = JSON.stringify(text);
    const room = end - at;
    const length = utf8Length(quoted);
    if (length <= room) utf8.encodeInto(quoted, memory.subarray(at, end));
    at += length;
  }
  function value(v: unknown, depth: number): void {
    if (typeof v === "string") string(v);
    else if (typeof v === "number") Number.isFinite(v) ? number(v) : byte(IMPOSSIBLE);
    else if (typeof v === "boolean") ascii(v ? "true" : "false");
    else if (v === null) ascii("null");
    else if (typeof v !== "object" || depth > MOST_DEPTH) byte(IMPOSSIBLE);
    else if (Array.isArray(v)) {
      byte(91);
      for (let i = 0; i < v.length && at <= most; i++) {
        if (i > 0) byte(44);
        value(v[i] === undefined ? null : v[i], depth + 1);
      }
      byte(93);
    } else members(v as Record<string, unknown>, depth + 1, undefined);
  }
  function members(o: Record<string, unknown>, depth: number, only: ReadonlySet<string> | undefined): void {
    if (!isPlain(o)) {
      byte(IMPOSSIBLE);
      return;
    }
    byte(123);
    let first = true;
    // a loop that engines read members in without looking each up; what is inherited is not a member
    for (const name in o) {
      if (at > most) break;
      if (!hasOwn.call(o, name)) continue;
      const v = o[name];
      if (v === undefined || (only !== undefined && !only.has(name))) continue;
      if (!first) byte(44);
      first = false;
      string(name);
      byte(58);
      value(v, depth);
    }
    byte(125);
  }
  return {
    encode(request, target, start, room) {
      memory = target as Uint8Array<ArrayBuffer>;
      at = start;
      end = start + room;
      most = start + limit;
      byte(123);
      let first = true;
      const groups = request as Readonly<Record<string, unknown>>;
      for (const group in groups) {
        if (!hasOwn.call(groups, group)) continue;
        const v = groups[group];
        if (v === undefined) continue;
        const only = wanted.get(group);
        if (only === undefined && group !== "event") continue;
        if (!first) byte(44);
        first = false;
        string(group);
        byte(58);
        if (only !== undefined && typeof v === "object" && v !== null && !Array.isArray(v))
          members(v as Record<string, unknown>, 2, only);
        else value(v, 1);
      }
      byte(125);
      return at - start;
    },
  };
}
