/** The envelope of a line, read at fixed offsets, and its hash: docs/formats/audit-log.md section 2. */

import type { Platform } from "./platform.ts";
import type { LineWindow } from "./source.ts";

export interface Envelope {
  /** Offsets of the 64 digits of `_hash`, `_prev` and, in keyed segments, `_mac` (else -1). */
  hashAt: number;
  prevAt: number;
  macAt: number;
  seq: number;
  /** Where the body's members start. */
  membersAt: number;
  /** Hash of the line's bytes, until the next line is read; `intact` when it is the one the line states. */
  readonly digest: Uint8Array;
  intact: boolean;
  /** -1, or the first byte that is not as an envelope must be; the rest is then unset. */
  badAt: number;
}

const HASH_KEY = wordsOf('{"_hash":"');
const MAC_KEY = wordsOf('","_mac":"');
const PREV_KEY = wordsOf('","_prev":"');
const SEQ_KEY = wordsOf('","_seq":');
const HEX_DIGITS = 64;
const PLAIN_TEXT_AT = 76;
const KEYED_TEXT_AT = 150;

interface Words {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/**
 * An ASCII text of 8 to 16 bytes as two overlapping numbers, for comparing it at once.
 * INVARIANT: no ASCII text reads as NaN or as one of the two zeros, so equal numbers are equal bytes.
 */
function wordsOf(text: string): Words {
  const view = new DataView(Uint8Array.from(text, (c) => c.charCodeAt(0)).buffer);
  return { text, first: view.getFloat64(0), last: view.getFloat64(text.length - 8) };
}

function holdsWords({ text, first, last }: Words, view: DataView, at: number): boolean {
  if (at + text.length > view.byteLength) return false;
  return view.getFloat64(at) === first && view.getFloat64(at + text.length - 8) === last;
}

/** Two hex digits for each byte, as they read in memory. */
const DIGITS = new Uint16Array(256);
for (let n = 0; n < 256; n++) {
  const text = n.toString(16).padStart(2, "0");
  DIGITS[n] = text.charCodeAt(0) | (text.charCodeAt(1) << 8);
}

/**
 * One reader fills one envelope again and again. Digits are compared where they stand and decoded only for messages: this is the hot path.
 * INVARIANT: the window's bytes are as before when it returns (two of them are borrowed while the line is hashed).
 */
export function createEnvelopeReader(platform: Platform): (window: LineWindow) => Envelope {
  const envelope: Envelope = {
    hashAt: 0,
    prevAt: 0,
    macAt: -1,
    seq: 0,
    membersAt: 0,
    digest: new Uint8Array(32),
    intact: false,
    badAt: -1,
  };
  let bytes: Uint8Array = new Uint8Array(0);
  let view: DataView = new DataView(new ArrayBuffer(0));
  let at = 0;

  function expect(key: Words): boolean {
    if (holdsWords(key, view, at)) {
      at += key.text.length;
      return true;
    }
    for (let n = 0; bytes[at] === key.text.charCodeAt(n); n++) at += 1;
    return false;
  }

  function sequence(): boolean {
    const start = at;
    let value = 0;
    for (; (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39; at++)
      value = value * 10 + (bytes[at] as number) - 0x30;
    envelope.seq = value;
    const padded = bytes[start] === 0x30 && at - start > 1;
    return at > start && !padded && value <= Number.MAX_SAFE_INTEGER && bytes[at] === 0x2c;
  }

  /** As `read`, for the lines that almost all lines are: no MAC, everything where it must be. */
  function readPlain({ view, bytes, start, end }: LineWindow): boolean {
    if (!holdsWords(HASH_KEY, view, start) || !holdsWords(PREV_KEY, view, start + 74)) return false;
    if (!holdsWords(SEQ_KEY, view, start + 149) || start + 160 > end) return false;
    let p = start + 158;
    let value = (bytes[p] as number) - 0x30;
    if (value < 1 || value > 9) return false;
    for (let digit = (bytes[++p] as number) - 0x30; digit >= 0 && digit <= 9; digit = (bytes[++p] as number) - 0x30)
      value = value * 10 + digit;
    if (bytes[p] !== 0x2c || value > Number.MAX_SAFE_INTEGER || p + 1 >= end) return false;
    envelope.hashAt = start + 10;
    envelope.macAt = -1;
    envelope.prevAt = start + 85;
    envelope.seq = value;
    envelope.membersAt = p + 1;
    return true;
  }

  function read(end: number): boolean {
    if (!expect(HASH_KEY)) return false;
    envelope.hashAt = at;
    at += HEX_DIGITS;
    const afterHash = at;
    envelope.macAt = -1;
    if (expect(MAC_KEY)) {
      envelope.macAt = at;
      at += HEX_DIGITS;
    } else at = afterHash;
    if (at >= end || !expect(PREV_KEY)) return false;
    envelope.prevAt = at;
    at += HEX_DIGITS;
    if (at >= end || !expect(SEQ_KEY) || !sequence()) return false;
    envelope.membersAt = at + 1;
    return at < end;
  }

  return (window) => {
    envelope.intact = false;
    if (!readPlain(window)) {
      bytes = window.bytes;
      view = window.view;
      at = window.start;
      if (!read(window.end)) {
        envelope.badAt = Math.min(at, window.end);
        return envelope;
      }
    }
    return hashed(window);
  };

  function hashed(window: LineWindow): Envelope {
    const { bytes, view } = window;
    envelope.badAt = -1;
    const text = window.start + (envelope.macAt < 0 ? PLAIN_TEXT_AT : KEYED_TEXT_AT);
    const first = bytes[text - 2] as number;
    const second = bytes[text - 1] as number;
    bytes[text - 2] = 0x00;
    bytes[text - 1] = 0x7b;
    const raw = platform.sha256Raw(bytes.subarray(text - 2, window.end));
    bytes[text - 2] = first;
    bytes[text - 1] = second;
    let same = true;
    for (let i = 0; i < 32; i++) {
      const byte = raw.charCodeAt(i);
      envelope.digest[i] = byte;
      same &&= view.getUint16(envelope.hashAt + 2 * i, true) === DIGITS[byte];
    }
    envelope.intact = same;
    return envelope;
  }
}

/** The bytes at `at` are this ASCII text. */
export function holdsAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

const latin1 = new TextDecoder("latin1");

export function ascii(bytes: Uint8Array, from: number, to: number): string {
  return latin1.decode(bytes.subarray(from, to));
}
