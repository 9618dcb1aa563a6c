/**
 * The growing bytes of the contract's data. Addresses are absolute in the module's memory (`BASE` and up), so that the
 * kernel adds nothing when it follows them. Slots come behind the data: references to them are patched at the end.
 */
import { tableHash } from "./hash.ts";
import { createPool } from "./pool.ts";

/** Where the data stands in every module (runtime/kernel/assembly/memory.ts, BLOB). */
export const BASE = 65536;
export const NODE_SIZE = 64;

export interface DataBuffer {
  /** Room for `size` zero bytes, 16-aligned; its address. */
  readonly alloc: (size: number) => number;
  readonly u8: (address: number, value: number) => void;
  readonly u16: (address: number, value: number) => void;
  readonly u32: (address: number, value: number) => void;
  readonly i64: (address: number, value: bigint) => void;
  readonly bytes: (address: number, bytes: Uint8Array) => void;
  /** The words from `from` up to `to`, little-endian; where they are few, equal ones stand once. */
  readonly rows: (words: Uint32Array, from: number, to: number) => number;
  /** Will hold the address of slot `slot`. */
  readonly slot: (address: number, slot: number) => void;
  /** A string once, padded with zeros to 16. */
  readonly text: (text: string) => { readonly address: number; readonly length: number };
  /** An array of 32-bit numbers; equal arrays stand once. */
  readonly words: (values: ArrayLike<number>) => number;
  /** 32 bytes: a first word and up to six behind it, which begin with the address of `slot` when there is one. Equal nodes stand once. */
  readonly node: (first: number, words: readonly number[], slot?: number) => number;
  /** Open-addressed table for `find`; values are 1 and up. Returns address and mask. */
  readonly table: (entries: readonly (readonly [string, number])[]) => {
    readonly address: number;
    readonly mask: number;
  };
  readonly hashOf: (text: string) => number;
  readonly length: () => number;
  readonly finish: (slots: number) => Uint8Array;
}

/** Rows as short as these stand once: tools whose rules have one shape share them, and they stay in a processor's cache though the tools are many. */
const FEW_WORDS = 256;
const encoder = new TextEncoder();

interface Interned {
  readonly address: number;
  readonly length: number;
  hash: number;
  isHashed: boolean;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

export function createBuffer(): DataBuffer {
  let data = new Uint8Array(1 << 16);
  let view = new DataView(data.buffer);
  let length = 0;
  const texts = new Map<string, Interned>();
  const arrays = createPool();
  const nodes = createPool();
  // pairs: an address, and the slot whose address will stand there
  const slots: number[] = [];

  function alloc(size: number): number {
    const at = (length + 15) & ~15;
    length = at + size;
    if (length > data.length) {
      const grown = new Uint8Array(Math.max(length, data.length * 2));
      grown.set(data);
      data = grown;
      view = new DataView(data.buffer);
    }
    return BASE + at;
  }
  function intern(text: string): Interned {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const size = isAscii(text) ? text.length : encoder.encode(text).length;
    const address = alloc((size + 16) & ~15);
    const at = address - BASE;
    if (size === text.length) for (let i = 0; i < size; i++) data[at + i] = text.charCodeAt(i);
    else data.set(encoder.encode(text), at);
    const entry = { address, length: size, hash: 0, isHashed: false };
    texts.set(text, entry);
    return entry;
  }
  /** Most texts are never looked up. */
  function hashOf(entry: Interned): number {
    if (!entry.isHashed) {
      const at = entry.address - BASE;
      entry.hash = tableHash(data.subarray(at, at + entry.length));
      entry.isHashed = true;
    }
    return entry.hash;
  }
  const u32 = (address: number, value: number) => view.setUint32(address - BASE, value, true);
  function wordsAt(values: ArrayLike<number>): number {
    if (values.length === 0) return 0;
    return arrays.find(values, 0, 0, () => {
      const at = alloc((values.length * 4 + 15) & ~15);
      for (let i = 0; i < values.length; i++) u32(at + 4 * i, values[i] as number);
      return at;
    });
  }
  return {
    alloc,
    u8: (address, value) => view.setUint8(address - BASE, value),
    u16: (address, value) => view.setUint16(address - BASE, value, true),
    u32,
    i64: (address, value) => view.setBigInt64(address - BASE, value, true),
    bytes: (address, bytes) => data.set(bytes, address - BASE),
    rows(words, from, to) {
      if (to - from <= FEW_WORDS) return wordsAt(words.subarray(from, to));
      const address = alloc(4 * (to - from));
      for (let i = from, at = address - BASE; i < to; i++, at += 4) view.setUint32(at, words[i] as number, true);
      return address;
    },
    slot: (address, slot) => slots.push(address, slot),
    text: intern,
    words: wordsAt,
    node(first, words, slot = -1) {
      return nodes.find(words, first, slot, () => {
        const at = alloc(32);
        u32(at, first);
        for (let i = 0; i < words.length; i++) u32(at + 4 + 4 * i, words[i] as number);
        if (slot >= 0) slots.push(at + 4, slot);
        return at;
      });
    },
    table(entries) {
      let capacity = 4;
      while (capacity < entries.length * 2) capacity *= 2;
      const placed = entries.map(([text]) => intern(text));
      const address = alloc(capacity * 32);
      const mask = capacity - 1;
      for (const [n, e] of placed.entries()) {
        const hash = hashOf(e);
        let i = hash & mask;
        while (view.getUint32(address - BASE + i * 32 + 12, true) !== 0) i = (i + 1) & mask;
        const at = address + i * 32;
        u32(at, hash);
        u32(at + 4, e.address);
        u32(at + 8, e.length);
        u32(at + 12, entries[n]?.[1] ?? 0);
        data.copyWithin(at + 16 - BASE, e.address - BASE, e.address - BASE + Math.min(16, e.length));
      }
      return { address, mask };
    },
    hashOf: (text) => hashOf(intern(text)),
    length: () => length,
    finish(slotsAt) {
      for (let i = 0; i < slots.length; i += 2) u32(slots[i] as number, slotsAt + (slots[i + 1] as number) * NODE_SIZE);
      return data.slice(0, length);
    },
  };
}
