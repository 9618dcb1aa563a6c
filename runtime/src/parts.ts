/**
 * A module taken apart, so that many contracts share one compiled kernel: all that the compiler adds to the kernel is a data segment at
 * a fixed address, a larger memory and custom sections (docs/formats/module.md). What is left of two modules of one kernel is equal
 * byte for byte; it is compiled once, and each contract's data is copied into an instance of it.
 *
 * Sections by the WebAssembly core specification 2.0, §5.5. Nothing here trusts the bytes: what does not look as `thc compile` writes it
 * is not taken apart, and compiled as it is.
 */

import { joined } from "./bytes.ts";

export interface Parts {
  /** The kernel: sections without custom ones, the contract's segment and the size of the memory. */
  readonly kernel: readonly Uint8Array[];
  /** Bytes of memory that the module asks for, in pages of 65,536. */
  readonly pages: number;
  /** What stands at `DATA`. */
  readonly data: Uint8Array;
  readonly customs: ReadonlyMap<string, Uint8Array>;
}

/** Where a contract's data stands in every module. */
export const DATA = 65536;
const MEMORY = 5;
const DATA_SECTION = 11;
const DATA_COUNT = 12;
/** Of the shared kernel: enough for what stands below `DATA`, and the data's first bytes. */
const LEAST_PAGES = 2;
const MOST_PAGES = 65536;
/** Numbers of sections that are not custom: each stands once at most. */
const LAST_SECTION = 13;
/** Custom sections that are looked at: a contract's module has five. */
const MOST_CUSTOMS = 64;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

/** The parts of a module; undefined: it is no module that can be taken apart. Parts are views of `module`. */
export function partsOf(module: Uint8Array): Parts | undefined {
  const r: Reader = { bytes: module, at: 8, end: module.length };
  const kernel: Uint8Array[] = [module.subarray(0, 8)];
  const customs = new Map<string, Uint8Array>();
  let pages = 0;
  let data: Uint8Array | undefined;
  const seen = new Set<number>();
  let customCount = 0;
  while (r.at < r.end) {
    const id = module[r.at++] as number;
    const size = unsigned(r);
    if (size === undefined || size > r.end - r.at) return undefined;
    const body: Reader = { bytes: module, at: r.at, end: r.at + size };
    r.at += size;
    if (id > LAST_SECTION || (id === 0 ? ++customCount > MOST_CUSTOMS : seen.size === seen.add(id).size))
      return undefined;
    if (id === 0) {
      const length = unsigned(body);
      if (length === undefined || length > body.end - body.at) return undefined;
      const name = utf8(module.subarray(body.at, body.at + length));
      if (name === undefined) return undefined;
      // the first counts, as for engines
      if (!customs.has(name)) customs.set(name, module.subarray(body.at + length, body.end));
    } else if (id === MEMORY) {
      // one memory without a maximum
      if (module[body.at++] !== 1 || module[body.at++] !== 0) return undefined;
      pages = unsigned(body) ?? 0;
      if (body.at !== body.end || pages < LEAST_PAGES || pages > MOST_PAGES) return undefined;
      kernel.push(Uint8Array.of(MEMORY, 3, 1, 0, LEAST_PAGES));
    } else if (id === DATA_SECTION) {
      const segments = segmentsOf(body);
      const last = segments?.pop();
      if (segments === undefined || last?.offset !== DATA || data !== undefined) return undefined;
      if (segments.some((s) => s.offset < 0 || s.offset + s.length > DATA)) return undefined;
      data = last.bytes;
      kernel.push(section(DATA_SECTION, [Uint8Array.from(leb(segments.length)), ...segments.map((s) => s.whole)]));
    } else if (id === DATA_COUNT) {
      const count = unsigned(body);
      if (count === undefined || count === 0 || body.at !== body.end) return undefined;
      kernel.push(section(DATA_COUNT, [Uint8Array.from(leb(count - 1))]));
    } else kernel.push(Uint8Array.from([id, ...leb(size)]), module.subarray(body.at, body.end));
  }
  if (pages === 0 || data === undefined || DATA + data.length > pages * 65536) return undefined;
  return { kernel, pages, data, customs };
}

interface Segment {
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  /** With its head. */
  readonly whole: Uint8Array;
}
/** Active segments of memory 0 at constant addresses; undefined: there are others. */
function segmentsOf(r: Reader): Segment[] | undefined {
  const count = unsigned(r);
  if (count === undefined || count > 1024) return undefined;
  const segments: Segment[] = [];
  for (let i = 0; i < count; i++) {
    const start = r.at;
    if (r.bytes[r.at++] !== 0 || r.bytes[r.at++] !== 0x41) return undefined;
    const offset = signed(r);
    if (offset === undefined || r.bytes[r.at++] !== 0x0b) return undefined;
    const length = unsigned(r);
    if (length === undefined || length > r.end - r.at) return undefined;
    const bytes = r.bytes.subarray(r.at, r.at + length);
    r.at += length;
    segments.push({ offset, length, bytes, whole: r.bytes.subarray(start, r.at) });
  }
  return r.at === r.end ? segments : undefined;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
/** LEB128, unsigned, at most 32 bits (§5.2.2); undefined: it ends too late. */
function unsigned(r: Reader): number | undefined {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    if (r.at >= r.end) return undefined;
    const byte = r.bytes[r.at++] as number;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return value < 2 ** 32 ? value : undefined;
  }
  return undefined;
}
/** LEB128, signed, at most 32 bits. */
function signed(r: Reader): number | undefined {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    if (r.at >= r.end) return undefined;
    const byte = r.bytes[r.at++] as number;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return (byte & 64) !== 0 ? value - 2 ** (7 * (i + 1)) : value;
  }
  return undefined;
}
function leb(n: number): number[] {
  const out: number[] = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n & 127) | 128);
  out.push(n);
  return out;
}
function section(id: number, parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((n, p) => n + p.length, 0);
  return joined([Uint8Array.from([id, ...leb(size)]), ...parts]);
}
