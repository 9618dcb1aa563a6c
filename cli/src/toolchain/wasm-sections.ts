/**
 * Reads the sections of a WebAssembly binary (core specification 2.0, §5.5), strictly.
 *
 * Written for `verify` alone and shares nothing with the linker, which is what it judges. What does not parse is a message.
 */
export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
export const CUSTOM = 0;
export const MEMORY = 5;
export const DATA = 11;
export const DATA_COUNT = 12;

export function readSections(bytes: Uint8Array): Parsed<readonly Section[]> {
  if (!HEADER.every((byte, at) => bytes[at] === byte)) return fail("it does not begin like a WebAssembly module");
  const sections: Section[] = [];
  for (let at = HEADER.length; at < bytes.length; ) {
    const size = readNumber(bytes, at + 1);
    if (size === undefined) return fail(`section ${sections.length} is cut short`);
    const end = size.next + size.value;
    if (end > bytes.length) return fail(`section ${sections.length} ends behind the file`);
    sections.push({ id: bytes[at]!, body: bytes.subarray(size.next, end) });
    at = end;
  }
  return { ok: true, value: sections };
}

/** The least size of the one memory, in pages of 64 KiB; undefined for a memory of any other kind, also one with a limit. */
export function readPages(section: Section | undefined): number | undefined {
  if (section === undefined || section.body[0] !== 1 || section.body[1] !== 0) return undefined;
  const pages = readNumber(section.body, 2);
  return pages?.next === section.body.length ? pages.value : undefined;
}

export interface Segment {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Active segments of memory 0 at constant offsets; any other kind is a message. */
export function readSegments(section: Section | undefined): Parsed<readonly Segment[]> {
  if (section === undefined) return { ok: true, value: [] };
  const { body } = section;
  const count = readNumber(body, 0);
  const segments: Segment[] = [];
  let at = count?.next ?? body.length;
  while (count !== undefined && at < body.length) {
    const offset = body[at] === 0 && body[at + 1] === I32_CONST ? readSigned(body, at + 2) : undefined;
    const length = offset !== undefined && body[offset.next] === END ? readNumber(body, offset.next + 1) : undefined;
    if (offset === undefined || length === undefined) return fail("its data is not at fixed places of one memory");
    const end = length.next + length.value;
    if (end > body.length) return fail("its data is cut short");
    segments.push({ offset: offset.value, bytes: body.subarray(length.next, end) });
    at = end;
  }
  if (count?.value !== segments.length) return fail("its data has another number of segments than it says");
  return { ok: true, value: segments };
}

const I32_CONST = 0x41;
const END = 0x0b;

/** Unsigned LEB128 of at most 32 bits. */
export function readNumber(
  bytes: Uint8Array,
  from: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let at = from; at < from + 5; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) return value < 2 ** 32 ? { value, next: at + 1 } : undefined;
  }
  return undefined;
}

function readSigned(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } | undefined {
  const read = readNumber(bytes, from);
  if (read === undefined) return undefined;
  const bits = 7 * (read.next - from);
  const negative = bits < 32 && (bytes[read.next - 1]! & 0x40) !== 0;
  return { value: negative ? read.value - 2 ** bits : read.value | 0, next: read.next };
}

const fail = (message: string): { readonly ok: false; readonly message: string } => ({ ok: false, message });
