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
  /** Hash of the line's bytes, in hex; `intact` when it is the one the line states. */
  digest: string;
  intact: boolean;
  /** -1, or the first byte that is not as an envelope must be; the rest is then unset. */
  badAt: number;
}

const HASH_KEY = bytesOf('{"_hash":"');
const MAC_KEY = bytesOf('","_mac":"');
const PREV_KEY = bytesOf('","_prev":"');
const SEQ_KEY = bytesOf('","_seq":');
const HEX_DIGITS = 64;
const PLAIN_TEXT_AT = 76;
const KEYED_TEXT_AT = 150;

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
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
    digest: "",
    intact: false,
    badAt: -1,
  };
  let bytes: Uint8Array = new Uint8Array(0);
  let at = 0;

  function expect(key: Uint8Array): boolean {
    const from = at;
    for (let i = 0; i < key.length; i++)
      if (bytes[from + i] !== key[i]) {
        at = from + i;
        return false;
      }
    at = from + key.length;
    return true;
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
    bytes = window.bytes;
    at = window.start;
    envelope.intact = false;
    if (!read(window.end)) {
      envelope.badAt = Math.min(at, window.end);
      return envelope;
    }
    envelope.badAt = -1;
    const text = window.start + (envelope.macAt < 0 ? PLAIN_TEXT_AT : KEYED_TEXT_AT);
    const first = bytes[text - 2] as number;
    const second = bytes[text - 1] as number;
    bytes[text - 2] = 0x00;
    bytes[text - 1] = 0x7b;
    envelope.digest = platform.sha256Hex(bytes.subarray(text - 2, window.end));
    bytes[text - 2] = first;
    bytes[text - 1] = second;
    envelope.intact = holdsAt(bytes, envelope.hashAt, envelope.digest);
    return envelope;
  };
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
