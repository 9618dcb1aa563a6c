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

const encoder = new TextEncoder();

export function createBuffer(): DataBuffer {
  let data = new Uint8Array(1 << 16);
  let view = new DataView(data.buffer);
  let length = 0;
  const texts = new Map<string, { address: number; length: number; hash: number }>();
  const arrays = createPool();
  const nodes = createPool();
  const slots: [number, number][] = [];

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
  function intern(text: string): { address: number; length: number; hash: number } {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const bytes = encoder.encode(text);
    const address = alloc((bytes.length + 16) & ~15);
    data.set(bytes, address - BASE);
    const entry = { address, length: bytes.length, hash: tableHash(bytes) };
    texts.set(text, entry);
    return entry;
  }
  const u32 = (address: number, value: number) => view.setUint32(address - BASE, value, true);
  return {
    alloc,
    u8: (address, value) => view.setUint8(address - BASE, value),
    u16: (address, value) => view.setUint16(address - BASE, value, true),
    u32,
    i64: (address, value) => view.setBigInt64(address - BASE, value, true),
    bytes: (address, bytes) => data.set(bytes, address - BASE),
    slot: (address, slot) => slots.push([address, slot]),
    text: intern,
    words(values) {
      if (values.length === 0) return 0;
      return arrays.find(values, 0, 0, () => {
        const at = alloc((values.length * 4 + 15) & ~15);
        for (let i = 0; i < values.length; i++) u32(at + 4 * i, values[i] as number);
        return at;
      });
    },
    node(first, words, slot = -1) {
      return nodes.find(words, first, slot, () => {
        const at = alloc(32);
        u32(at, first);
        for (let i = 0; i < words.length; i++) u32(at + 4 + 4 * i, words[i] as number);
        if (slot >= 0) slots.push([at + 4, slot]);
        return at;
      });
    },
    table(entries) {
      let capacity = 4;
      while (capacity < entries.length * 2) capacity *= 2;
      const placed = entries.map(([text, value]) => ({ ...intern(text), value }));
      const address = alloc(capacity * 32);
      const mask = capacity - 1;
      for (const e of placed) {
        let i = e.hash & mask;
        while (view.getUint32(address - BASE + i * 32 + 12, true) !== 0) i = (i + 1) & mask;
        const at = address + i * 32;
        u32(at, e.hash);
        u32(at + 4, e.address);
        u32(at + 8, e.length);
        u32(at + 12, e.value);
        data.copyWithin(at + 16 - BASE, e.address - BASE, e.address - BASE + Math.min(16, e.length));
      }
      return { address, mask };
    },
    hashOf: (text) => intern(text).hash,
    length: () => length,
    finish(slotsAt) {
      for (const [address, slot] of slots) u32(address, slotsAt + slot * NODE_SIZE);
      return data.slice(0, length);
    },
  };
}
