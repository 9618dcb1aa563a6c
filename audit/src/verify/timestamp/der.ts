/**
 * A strict DER reader (X.690): one encoding for one value, or a refusal.
 *
 * `readWhole` walks everything first, whatever its meaning, so that no corner of a response can hold BER; `cursor` then reads by schema.
 */

import { refuse } from "./trust.ts";

export interface Der {
  readonly tag: number;
  /** With tag and length. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context: (n: number): number => 0xa0 + n,
  primitive: (n: number): number => 0x80 + n,
} as const;

const DEEPEST = 40;

/** One value at `at`; what follows is the caller's. */
function readAt(bytes: Uint8Array, at: number): Der {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return refuse("der", "the data ends within a value");
  if ((tag & 0x1f) === 0x1f) refuse("der", "a tag of more than one byte");
  let [length, start] = [first, at + 2];
  if (first === 0x80) refuse("der", "an indefinite length");
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4) refuse("der", "a length of more than four bytes");
    length = 0;
    for (let i = 0; i < count; i++)
      length = length * 256 + (bytes[start + i] ?? refuse("der", "the data ends within a length"));
    if (length < 0x80 || length < 256 ** (count - 1)) refuse("der", "a length that is not the shortest");
    start += count;
  }
  if (start + length > bytes.length) refuse("der", "the data ends within a value");
  return { tag, whole: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) };
}

/** Exactly one value, everything in it DER. */
export function readWhole(bytes: Uint8Array): Der {
  const der = readAt(bytes, 0);
  if (der.whole.length !== bytes.length) refuse("der", "bytes behind the end");
  walk(der, 1);
  return der;
}

function walk(der: Der, depth: number): void {
  if (depth > DEEPEST) refuse("der", "nested too deeply");
  if ((der.tag & 0x20) === 0) {
    checkPrimitive(der);
    return;
  }
  if ((der.tag & 0xc0) === 0 && der.tag !== TAG.sequence && der.tag !== TAG.set)
    refuse("der", "a constructed value of a primitive type");
  const children = childrenOf(der);
  for (const child of children) walk(child, depth + 1);
  if (der.tag === TAG.set) checkSorted(children);
}

export function childrenOf(der: Der): readonly Der[] {
  const children: Der[] = [];
  for (let at = 0; at < der.content.length; ) {
    const child = readAt(der.content, at);
    children.push(child);
    at += child.whole.length;
  }
  return children;
}

/** SET OF: encodings ascending. */
export function checkSorted(members: readonly Der[]): void {
  for (let i = 1; i < members.length; i++)
    if (compareBytes((members[i - 1] as Der).whole, (members[i] as Der).whole) > 0)
      refuse("der", "a set that is not sorted");
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

function checkPrimitive({ tag, content }: Der): void {
  switch (tag) {
    case TAG.boolean:
      if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
        refuse("der", "a BOOLEAN that is neither 00 nor FF");
      return;
    case TAG.integer:
      checkInteger(content);
      return;
    case TAG.null:
      if (content.length !== 0) refuse("der", "a NULL with content");
      return;
    case TAG.oid:
      oidText(content);
      return;
    case TAG.bitString: {
      const unused = content[0] ?? refuse("der", "an empty BIT STRING");
      const last = content.length > 1 ? (content.at(-1) as number) : 0;
      if (unused > 7 || (content.length === 1 && unused > 0) || (last & ((1 << unused) - 1)) !== 0)
        refuse("der", "a BIT STRING with wrong unused bits");
      return;
    }
    case TAG.utcTime:
    case TAG.generalizedTime:
      timeOf({ tag, content, whole: content });
      return;
    case TAG.sequence & ~0x20:
    case TAG.set & ~0x20:
      refuse("der", "a primitive SEQUENCE or SET");
      return;
    default:
  }
}

export function checkInteger(content: Uint8Array): void {
  const [first, second] = [content[0] ?? refuse("der", "an empty INTEGER"), content[1] ?? -1];
  if (second >= 0 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    refuse("der", "an INTEGER that is not the shortest");
}

export function oidText(content: Uint8Array): string {
  if (content.length === 0 || ((content.at(-1) as number) & 0x80) !== 0)
    refuse("der", "an unfinished OBJECT IDENTIFIER");
  const arcs: number[] = [];
  let [arc, fresh] = [0, true];
  for (const byte of content) {
    if (fresh && byte === 0x80) refuse("der", "an OBJECT IDENTIFIER that is not the shortest");
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) refuse("der", "an OBJECT IDENTIFIER too large to read");
    fresh = (byte & 0x80) === 0;
    if (!fresh) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join(".");
}

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d*[1-9]))?Z$/;

/** Milliseconds since 1970 (a finer fraction is cut). */
export function timeOf({ tag, content }: Der): number {
  const text = Array.from(content, (c) => String.fromCharCode(c)).join("");
  const match = (tag === TAG.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text);
  if (match === null) return refuse("der", "a time that is not in its DER form");
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const full = tag === TAG.utcTime ? (year < 50 ? 2000 + year : 1900 + year) : year;
  const millis = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const at = new Date(0);
  at.setUTCFullYear(full, month - 1, day);
  at.setUTCHours(hour, minute, second, millis);
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? at.getTime() : refuse("der", "a time that does not exist");
}

export interface Cursor {
  /** The next value, which must have this tag. */
  take(tag: number, what: string): Der;
  optional(tag: number): Der | null;
  /** The next value whatever its tag. */
  any(what: string): Der;
  /** Nothing may be left. */
  end(what: string): void;
}

/** The same value, if it is a SEQUENCE. */
export function sequence(der: Der, what: string): Der {
  return der.tag === TAG.sequence ? der : refuse("der", `${what} is no SEQUENCE`);
}

export function cursor(der: Der): Cursor {
  const children = childrenOf(der);
  let at = 0;
  return {
    take(tag, what) {
      const child = children[at];
      if (child === undefined || child.tag !== tag) return refuse("der", `${what} is missing or of another type`);
      at += 1;
      return child;
    },
    optional(tag) {
      const child = children[at];
      if (child === undefined || child.tag !== tag) return null;
      at += 1;
      return child;
    },
    any(what) {
      const child = children[at] ?? refuse("der", `${what} is missing`);
      at += 1;
      return child;
    },
    end(what) {
      if (at !== children.length) refuse("der", `${what} holds more than it may`);
    },
  };
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && compareBytes(a, b) === 0;

/** A small INTEGER. */
export function smallInteger(der: Der): number {
  if (der.content.length > 6) return refuse("der", "an INTEGER larger than it may be");
  let value = (der.content[0] as number) >= 0x80 ? -1 : 0;
  for (const byte of der.content) value = value * 256 + byte;
  return value;
}
