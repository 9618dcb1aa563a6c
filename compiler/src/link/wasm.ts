/**
 * The byte writer that joins the fixed kernel and a contract's data: one data segment more, a larger memory minimum, custom
 * sections behind. The code section stays the kernel's, byte for byte (WebAssembly core specification 2.0, §5.5).
 */
import { BASE } from "./buffer.ts";
import { crc32 } from "./crc32.ts";

interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

function unsigned(n: number): number[] {
  const out: number[] = [];
  do {
    const byte = n & 127;
    n >>>= 7;
    out.push(n === 0 ? byte : byte | 128);
  } while (n !== 0);
  return out;
}
function signed(n: number): number[] {
  const out: number[] = [];
  for (;;) {
    const byte = n & 127;
    n >>= 7;
    if ((n === 0 && (byte & 64) === 0) || (n === -1 && (byte & 64) !== 0)) {
      out.push(byte);
      return out;
    }
    out.push(byte | 128);
  }
}
function readUnsigned(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number;
    value |= (byte & 127) << shift;
    if ((byte & 128) === 0) return [value >>> 0, at];
  }
}
function sectionsOf(wasm: Uint8Array): Section[] {
  const out: Section[] = [];
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at] as number;
    const [size, start] = readUnsigned(wasm, at + 1);
    out.push({ id, body: wasm.subarray(start, start + size) });
    at = start + size;
  }
  return out;
}
type Part = Uint8Array | readonly number[];
interface NewSection {
  readonly id: number;
  readonly body: readonly Part[];
}
const lengthOf = (parts: readonly Part[]): number => parts.reduce((n, p) => n + p.length, 0);
function concat(parts: readonly Part[]): Uint8Array {
  const out = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
const encoder = new TextEncoder();
function custom(name: string, body: Uint8Array): NewSection {
  const n = encoder.encode(name);
  return { id: 0, body: [unsigned(n.length), n, body] };
}
/** Of the body of `thc.crc`. */
const CRC_PARTS = 3;

/**
 * @param memoryEnd the first address that the module does not need at load
 * @param custom custom sections by name; `thc.crc` follows as the last and covers every byte before it
 */
export function linkModule(
  kernel: Uint8Array,
  data: Uint8Array,
  memoryEnd: number,
  customs: readonly (readonly [string, Uint8Array])[],
): Uint8Array {
  const pages = Math.ceil(memoryEnd / 65536);
  // parts of sections, put together only once: the data of a large contract is megabytes
  const segment: readonly Part[] = [[0, 0x41], signed(BASE), [0x0b], unsigned(data.length), data];
  let hasData = false;
  const out: NewSection[] = [];
  for (const s of sectionsOf(kernel)) {
    if (s.id === 5) out.push({ id: 5, body: [[1, 0], unsigned(pages)] });
    else if (s.id === 11) {
      const [n, next] = readUnsigned(s.body, 0);
      hasData = true;
      out.push({ id: 11, body: [unsigned(n + 1), s.body.subarray(next), ...segment] });
    } else if (s.id === 12) {
      const [n] = readUnsigned(s.body, 0);
      out.push({ id: 12, body: [unsigned(n + 1)] });
    } else if (s.id !== 0) out.push({ id: s.id, body: [s.body] });
  }
  if (!hasData) out.push({ id: 11, body: [[1], ...segment] });
  for (const [name, body] of customs) out.push(custom(name, body));
  const crc = new Uint8Array(4);
  out.push(custom("thc.crc", crc));
  const parts: Part[] = [kernel.subarray(0, 8)];
  for (const { id, body } of out) parts.push([id], unsigned(lengthOf(body)), ...body);
  const whole = concat(parts);
  const end = whole.length - lengthOf(parts.slice(-(CRC_PARTS + 2)));
  new DataView(whole.buffer).setUint32(whole.length - crc.length, crc32(whole, end), true);
  return whole;
}
