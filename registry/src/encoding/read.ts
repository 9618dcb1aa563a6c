/**
 * Looking an action up in the bytes that link.ts writes. Independent of the writer: it knows docs/formats/registry.md only,
 * as the kernel's look-up does, and the two are compared over the whole catalogue.
 *
 * Bytes are checked once, when they are opened; what does not read is refused. A name that was not linked is undefined,
 * which a decision treats as unknown, and unknown denies.
 */

const LEVEL_WORDS = ["READ", "WRITE", "DESTRUCTIVE", "CRITICAL"] as const;
const EFFECT_WORDS = ["read", "write", "delete", "execute"] as const;
/** Bit 4 upwards of an action's traits, in this order. */
const FLAG_WORDS = "secret credential data privesc exposure exec audit irreversible payment dns crypto dynamic".split(
  " ",
);

const HEADER = 24;

export interface LinkedAction {
  readonly level: (typeof LEVEL_WORDS)[number];
  readonly effect: (typeof EFFECT_WORDS)[number];
  readonly flags: readonly string[];
}

export interface LinkedActions {
  readonly size: number;
  find(name: string): LinkedAction | undefined;
  /** Every name, in the bytes' order. */
  names(): readonly string[];
}

/** ASCII lower case for `aws:` and `azure:`, whose names ignore case; anything else as it is. */
function canonical(name: string): string {
  if (!name.startsWith("aws:") && !name.startsWith("azure:")) return name;
  let lower = "";
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code >= 0x41 && code <= 0x5a) lower += String.fromCharCode(code + 0x20);
    else lower += name[at];
  }
  return lower;
}

interface Layout {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly block: number;
  readonly traits: number;
  readonly services: number;
  readonly blocks: number;
  readonly actions: number;
  readonly traitTable: number;
  readonly serviceTable: number;
  readonly blockTable: number;
  readonly names: number;
}

function layoutOf(bytes: Uint8Array): Layout | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, false) !== 0x54524547 || bytes[4] !== 1 || bytes[5] === 0) return undefined;
  const traits = view.getUint16(6, true);
  const services = view.getUint32(8, true);
  const blocks = view.getUint32(12, true);
  const traitTable = HEADER;
  const serviceTable = traitTable + 2 * traits;
  const blockTable = serviceTable + 8 * services;
  const names = blockTable + 4 * blocks;
  if (names + view.getUint32(20, true) !== bytes.length) return undefined;
  return {
    ...{ bytes, view, block: bytes[5]!, traits, services, blocks, actions: view.getUint32(16, true) },
    ...{ traitTable, serviceTable, blockTable, names },
  };
}

/** A reader over the names; running over the end makes it fail for good. */
interface Cursor {
  at: number;
  failed: boolean;
}

function varint(bytes: Uint8Array, cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift <= 14; shift += 7) {
    const byte = bytes[cursor.at];
    if (byte === undefined) break;
    cursor.at += 1;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  cursor.failed = true;
  return 0;
}

function text(bytes: Uint8Array, cursor: Cursor, length: number): string {
  if (cursor.at + length > bytes.length) {
    cursor.failed = true;
    return "";
  }
  let out = "";
  for (const end = cursor.at + length; cursor.at < end; cursor.at += 1) {
    const code = bytes[cursor.at]!;
    // Printable ASCII only: anything else is one thing to a reader of bytes and another to a reader of characters.
    if (code < 0x20 || code > 0x7e) cursor.failed = true;
    out += String.fromCharCode(code);
  }
  return out;
}

interface Row {
  readonly name: string;
  readonly trait: number;
}

/** Reads everything in order; undefined when anything is not as the format says: offsets, order, counts, trait numbers. */
function rowsOf(layout: Layout): readonly Row[] | undefined {
  const { bytes, view, names } = layout;
  const cursor: Cursor = { at: names, failed: false };
  const rows: Row[] = [];
  let before = "";
  for (let service = 0; service < layout.services; service += 1) {
    const entry = layout.serviceTable + 8 * service;
    const end = service + 1 < layout.services ? view.getUint32(entry + 12, true) : layout.blocks;
    if (view.getUint32(entry, true) !== cursor.at - names || end > layout.blocks) return undefined;
    if (service === 0 && view.getUint32(entry + 4, true) !== 0) return undefined;
    const prefix = text(bytes, cursor, varint(bytes, cursor));
    if (cursor.failed || prefix === "" || (before !== "" && (prefix <= before || prefix.startsWith(before))))
      return undefined;
    before = prefix;
    let rest = "";
    let block = view.getUint32(entry + 4, true);
    const limit = service + 1 < layout.services ? view.getUint32(entry + 8, true) : bytes.length - names;
    for (let index = 0; cursor.at - names < limit; index += 1) {
      const first = index % layout.block === 0;
      if (first && (block >= end || view.getUint32(layout.blockTable + 4 * block, true) !== cursor.at - names))
        return undefined;
      if (first) block += 1;
      const shared = first ? 0 : varint(bytes, cursor);
      const next = rest.slice(0, shared) + text(bytes, cursor, varint(bytes, cursor));
      const trait = varint(bytes, cursor);
      if (cursor.failed || shared > rest.length || trait >= layout.traits || (index > 0 && next <= rest))
        return undefined;
      // The look-up relies on `shared` being all that two rows share.
      if (!first && shared < rest.length && rest.charCodeAt(shared) === next.charCodeAt(shared)) return undefined;
      rest = next;
      const name = prefix + rest;
      if (canonical(name) !== name) return undefined;
      rows.push({ name, trait });
    }
    if (block !== end) return undefined;
  }
  return rows.length === layout.actions && cursor.at === bytes.length ? rows : undefined;
}

/** Compares text from `from` on with `length` bytes at `at`: negative, zero, positive. */
function compare(name: string, from: number, bytes: Uint8Array, at: number, length: number): number {
  const left = name.length - from;
  const both = Math.min(left, length);
  for (let index = 0; index < both; index += 1) {
    const off = name.charCodeAt(from + index) - bytes[at + index]!;
    if (off !== 0) return off;
  }
  return left - length;
}

/** The number of the name's trait, by binary search over services, then blocks, then along one block. -1: not linked. */
function search(layout: Layout, name: string): number {
  const { bytes, view, names } = layout;
  const cursor: Cursor = { at: 0, failed: false };
  // The last service whose prefix is not behind the name: prefixes end in their separator, so no other can begin it.
  let low = 0;
  let high = layout.services;
  while (low < high) {
    const middle = (low + high) >>> 1;
    cursor.at = names + view.getUint32(layout.serviceTable + 8 * middle, true);
    const length = varint(bytes, cursor);
    if (compare(name, 0, bytes, cursor.at, length) >= 0) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return -1;
  const service = layout.serviceTable + 8 * (low - 1);
  cursor.at = names + view.getUint32(service, true);
  const from = varint(bytes, cursor);
  if (name.length <= from || compare(name.slice(0, from), 0, bytes, cursor.at, from) !== 0) return -1;
  const firstBlock = view.getUint32(service + 4, true);
  const endBlock = low < layout.services ? view.getUint32(service + 12, true) : layout.blocks;
  const end = low < layout.services ? names + view.getUint32(service + 8, true) : bytes.length;
  low = firstBlock;
  high = endBlock;
  while (low < high) {
    const middle = (low + high) >>> 1;
    cursor.at = names + view.getUint32(layout.blockTable + 4 * middle, true);
    const length = varint(bytes, cursor);
    if (compare(name, from, bytes, cursor.at, length) >= 0) low = middle + 1;
    else high = middle;
  }
  if (low === firstBlock) return -1;
  cursor.at = names + view.getUint32(layout.blockTable + 4 * (low - 1), true);
  // `matched`: how much of the name the row before has in common with it.
  let matched = 0;
  for (let index = 0; index < layout.block && cursor.at < end; index += 1) {
    const shared = index === 0 ? 0 : varint(bytes, cursor);
    const length = varint(bytes, cursor);
    const at = cursor.at;
    cursor.at += length;
    const trait = varint(bytes, cursor);
    if (shared > matched) continue;
    if (shared < matched) return -1;
    let step = 0;
    while (
      step < length &&
      from + matched + step < name.length &&
      name.charCodeAt(from + matched + step) === bytes[at + step]
    )
      step += 1;
    matched += step;
    if (step === length && from + matched === name.length) return trait;
  }
  return -1;
}

/** Opens linked bytes; undefined when they are not what the format says. */
export function openActions(bytes: Uint8Array): LinkedActions | undefined {
  const layout = layoutOf(bytes);
  if (layout === undefined) return undefined;
  const rows = rowsOf(layout);
  if (rows === undefined) return undefined;
  const traits: LinkedAction[] = [];
  for (let at = 0; at < layout.traits; at += 1) {
    const bits = layout.view.getUint16(layout.traitTable + 2 * at, true);
    const flags = FLAG_WORDS.filter((_, bit) => (bits >> (4 + bit)) & 1);
    traits.push({ level: LEVEL_WORDS[bits & 3]!, effect: EFFECT_WORDS[(bits >> 2) & 3]!, flags });
  }
  return {
    size: rows.length,
    names: () => rows.map((row) => row.name),
    find(name) {
      const trait = search(layout, canonical(name));
      return trait < 0 ? undefined : traits[trait];
    },
  };
}
