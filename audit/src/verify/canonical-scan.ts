/**
 * Is a line the canonical form of section 2? Answered from its bytes, without building values, at close to the speed of hashing.
 *
 * Strings are skipped eight bytes at a time. Keys are compared as bytes unless they hold an escape or something beyond ASCII, and a key that stood behind the same
 * key before is known at once (known-keys.ts). UTF-8 itself is checked by the platform's decoder, and only for lines that hold a high byte.
 */

import { holdsAt } from "./envelope.ts";
import { createKnownKeys, type KnownKey } from "./known-keys.ts";

const DEEPEST = 32;
const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;
const HASHES = 0x23232323;
const SLASHES = 0x5c5c5c5c;
/** `":`, which a known key's size counts. */
const AFTER_KEY = 2;

export interface CanonicalScan {
  /** Scans the members of the line's object from `at` (behind `_seq`) to the closing brace at `end - 1`; -1, or the first bad byte. */
  members(bytes: Uint8Array, view: DataView, at: number, end: number): number;
  /** What was wrong at that byte. */
  reason(): string;
  /** Where the values of top-level `kind` and `time` start, behind the quote; -1 when they are missing or no strings. */
  kindAt(): number;
  kindEnd(): number;
  timeAt(): number;
  timeEnd(): number;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function createCanonicalScan(): CanonicalScan {
  let bytes: Uint8Array = new Uint8Array(0);
  let view: DataView = new DataView(new ArrayBuffer(0));
  let i = 0;
  let end = 0;
  let high = 0;
  let why = "";
  let escapes = false;
  let plain = false;
  const known = createKnownKeys();
  let kindAt = -1;
  let kindEnd = -1;
  let timeAt = -1;
  let timeEnd = -1;

  const bad = (reason: string): boolean => {
    if (why === "") why = reason;
    return false;
  };

  /** `i` stands behind the opening quote; afterwards behind the closing one. Works on locals: this is where a log's bytes go by. */
  function string(): boolean {
    escapes = false;
    const b = bytes;
    const v = view;
    const stop = end;
    let p = i;
    for (;;) {
      // INVARIANT: a window reaches beyond its lines (SLACK), so eight bytes can always be read.
      while (p < stop) {
        const w = v.getInt32(p, true);
        const w2 = v.getInt32(p + 4, true);
        const slash = w ^ SLASHES;
        const slash2 = w2 ^ SLASHES;
        // A high bit for every byte below `#`, for a backslash and for anything beyond ASCII: those are looked at one by one.
        const care = ((w - HASHES) | (((slash - ONES) | 0) & ~slash) | w) & HIGHS;
        const care2 = ((w2 - HASHES) | (((slash2 - ONES) | 0) & ~slash2) | w2) & HIGHS;
        if ((care | care2) !== 0) {
          // The lowest is never a false one: borrows only go upwards.
          p += care !== 0 ? (31 - Math.clz32(care & -care)) >> 3 : 4 + ((31 - Math.clz32(care2 & -care2)) >> 3);
          break;
        }
        p += 8;
      }
      if (p >= stop) {
        i = stop;
        return bad("a string without an end");
      }
      const c = b[p] as number;
      if (c === 0x22) {
        i = p + 1;
        return true;
      }
      if (c < 0x20) {
        i = p;
        return bad("a control character in a string");
      }
      if (c === 0x5c) {
        escapes = true;
        i = p;
        if (!escaped()) return false;
        p = i;
        continue;
      }
      if (c >= 0x80) high = 0x80;
      p += 1;
    }
  }

  function escaped(): boolean {
    const c = bytes[i + 1] as number;
    // " \ b f n r t
    if (c === 0x22 || c === 0x5c || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74) {
      i += 2;
      return i <= end || bad("a string without an end");
    }
    if (c !== 0x75 || bytes[i + 2] !== 0x30 || bytes[i + 3] !== 0x30) return bad("an escape that is not canonical");
    const [ten, one] = [bytes[i + 4] as number, bytes[i + 5] as number];
    const digit = one >= 0x30 && one <= 0x39 ? one - 0x30 : one >= 0x61 && one <= 0x66 ? one - 0x57 : -1;
    const code = (ten - 0x30) * 16 + digit;
    const short = code === 8 || code === 9 || code === 10 || code === 12 || code === 13;
    if ((ten !== 0x30 && ten !== 0x31) || digit < 0 || short) return bad("an escape that is not canonical");
    i += 6;
    return i <= end || bad("a string without an end");
  }

  function number(): boolean {
    const start = i;
    if (bytes[i] === 0x2d) i += 1;
    const digits = i;
    while ((bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x39) i += 1;
    const count = i - digits;
    if (count === 0) return bad("not a value");
    if (bytes[digits] === 0x30 && (count > 1 || digits > start)) return bad("a number that is not canonical");
    if (count > 15) {
      let text = "";
      for (let k = digits; k < i; k++) text += String.fromCharCode(bytes[k] as number);
      if (count > 16 || Number(text) > Number.MAX_SAFE_INTEGER) return bad("a number beyond 2^53");
    }
    return true;
  }

  function word(text: string): boolean {
    for (let k = 0; k < text.length; k++) if (bytes[i + k] !== text.charCodeAt(k)) return bad("not a value");
    i += text.length;
    return true;
  }

  function value(depth: number, owner: KnownKey | null): boolean {
    const c = bytes[i] as number;
    if (c === 0x22) {
      i += 1;
      return string();
    }
    if (c === 0x7b || c === 0x5b) {
      if (depth > DEEPEST) return bad(`nested deeper than ${DEEPEST}`);
      i += 1;
      if (c === 0x5b) return list(depth, owner);
      if (bytes[i] === 0x7d) {
        i += 1;
        return true;
      }
      return objectMembers(depth, owner);
    }
    if (c === 0x74) return word("true");
    if (c === 0x66) return word("false");
    if (c === 0x6e) return word("null");
    return number();
  }

  function list(depth: number, owner: KnownKey | null): boolean {
    if (bytes[i] === 0x5d) {
      i += 1;
      return true;
    }
    for (;;) {
      if (!value(depth + 1, owner)) return false;
      const c = bytes[i];
      if (c === 0x5d) {
        i += 1;
        return true;
      }
      if (c !== 0x2c) return bad("not a list");
      i += 1;
    }
  }

  function sortedAfter(a: number, aEnd: number, b: number, bEnd: number, plain: boolean): boolean {
    if (!plain) {
      const text = (from: number, to: number) => JSON.parse(`"${decoder.decode(bytes.subarray(from, to))}"`) as string;
      return text(a, aEnd) < text(b, bEnd);
    }
    const shared = Math.min(aEnd - a, bEnd - b);
    for (let k = 0; k < shared; k++) {
      const order = (bytes[a + k] as number) - (bytes[b + k] as number);
      if (order !== 0) return order < 0;
    }
    return aEnd - a < bEnd - b;
  }

  /** `i` stands at the first key's quote; afterwards behind the closing brace. `owner` is the key whose value this is. */
  function objectMembers(depth: number, owner: KnownKey | null): boolean {
    let before = -1;
    let beforeEnd = -1;
    let beforePlain = true;
    let last: KnownKey | null = null;
    for (let first = true; ; first = false) {
      if (bytes[i] !== 0x22) return bad("not a member");
      const key = i + 1;
      const from: KnownKey | null = first ? owner : last;
      let here: KnownKey | null = from === null ? null : known.find(first ? from.inside : from.behind, view, key);
      if (here !== null) {
        before = key;
        beforeEnd = key + here.size - AFTER_KEY;
        beforePlain = true;
        i = key + here.size;
      } else {
        const keyEnd = judgeKey(key, before, beforeEnd, beforePlain, depth);
        if (keyEnd < 0) return false;
        before = key;
        beforeEnd = keyEnd;
        beforePlain = plain;
        if (bytes[i] !== 0x3a) return bad("not a member");
        i += 1;
        if (from !== null && plain) here = known.learn(first ? from.inside : from.behind, view, key, i);
      }
      last = here;
      const start = i;
      if (!value(depth + 1, here)) return false;
      if (depth === 1 && beforeEnd - key === 4 && bytes[start] === 0x22) note(key, start + 1, i - 1);
      const c = bytes[i];
      if (c === 0x7d) {
        i += 1;
        return true;
      }
      if (c !== 0x2c) return bad("not an object");
      i += 1;
    }
  }

  /** The end of the key at `key`, `i` then standing behind its quote, and whether it was `plain`; -1 when it cannot stand there. */
  function judgeKey(key: number, before: number, beforeEnd: number, beforePlain: boolean, depth: number): number {
    let keyEnd = plainKey(key, before, beforeEnd);
    plain = true;
    if (keyEnd < 0 || !beforePlain) {
      i = key;
      const outer = high;
      high = 0;
      if (!string()) return -1;
      keyEnd = i - 1;
      plain = high < 0x80 && !escapes;
      high |= outer;
      if (before >= 0 && !sortedAfter(before, beforeEnd, key, keyEnd, plain && beforePlain)) {
        i = key;
        bad("keys that are not sorted, or one twice");
        return -1;
      }
      if (depth === 1 && !topLevelKey(key, keyEnd)) {
        i = key;
        bad("a member's name must be a-z, 0-9 and _");
        return -1;
      }
    } else {
      i = keyEnd + 1;
      if (depth === 1 && (bytes[key] as number) < 0x61) {
        i = key;
        bad("a member's name must be a-z, 0-9 and _");
        return -1;
      }
    }
    return keyEnd;
  }

  /**
   * The end of a key of a-z, 0-9 and _ that sorts behind the one before; -1 for any other, which the long way then judges.
   * Almost every key is such a one, and this reads and compares it in one pass.
   */
  function plainKey(key: number, before: number, beforeEnd: number): number {
    const b = bytes;
    let behind = before < 0;
    let p = key;
    for (;;) {
      const c = b[p] as number;
      if (c === 0x22) return p > key && (behind || p - key > beforeEnd - before) ? p : -1;
      if (!((c >= 0x61 && c <= 0x7a) || c === 0x5f || (c >= 0x30 && c <= 0x39))) return -1;
      if (!behind) {
        const other = before + (p - key);
        if (other < beforeEnd) {
          const was = b[other] as number;
          if (c < was) return -1;
          behind = c > was;
        }
      }
      p += 1;
    }
  }

  function topLevelKey(from: number, to: number): boolean {
    for (let k = from; k < to; k++) {
      const c = bytes[k] as number;
      const letter = c >= 0x61 && c <= 0x7a;
      if (!letter && (k === from || !((c >= 0x30 && c <= 0x39) || c === 0x5f))) return false;
    }
    return to > from;
  }

  function note(key: number, from: number, to: number): void {
    if (holdsAt(bytes, key, "kind")) {
      kindAt = from;
      kindEnd = to;
    } else if (holdsAt(bytes, key, "time")) {
      timeAt = from;
      timeEnd = to;
    }
  }

  return {
    members(line, lineView, at, lineEnd) {
      bytes = line;
      view = lineView;
      i = at;
      end = lineEnd;
      high = 0;
      why = "";
      kindAt = -1;
      kindEnd = -1;
      timeAt = -1;
      timeEnd = -1;
      try {
        if (!objectMembers(1, known.top)) return Math.min(i, end);
        if (i !== end && bad("something behind the record") === false) return i;
        if (high >= 0x80) decoder.decode(bytes.subarray(at, end));
      } catch {
        why = "not UTF-8";
        return at;
      }
      return -1;
    },
    reason: () => why,
    kindAt: () => kindAt,
    kindEnd: () => kindEnd,
    timeAt: () => timeAt,
    timeEnd: () => timeEnd,
  };
}
