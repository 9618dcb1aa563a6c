/** A small DER writer for tests: it can also write what DER forbids, because that is what tests need. */

export type Bytes = Buffer;

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size: number[] = [];
  for (let n = length; n > 0; n = Math.floor(n / 256)) size.unshift(n % 256);
  return Buffer.concat([Buffer.of(tag, 0x80 | size.length, ...size), content]);
}

export const seq = (...parts: readonly Uint8Array[]): Bytes => tlv(0x30, ...parts);
export const setSorted = (...parts: readonly Uint8Array[]): Bytes => tlv(0x31, ...[...parts].sort(Buffer.compare));
export const setAsGiven = (...parts: readonly Uint8Array[]): Bytes => tlv(0x31, ...parts);
export const context = (n: number, ...parts: readonly Uint8Array[]): Bytes => tlv(0xa0 + n, ...parts);
export const primitive = (n: number, content: Uint8Array): Bytes => tlv(0x80 + n, content);
export const octets = (content: Uint8Array): Bytes => tlv(0x04, content);
export const bits = (content: Uint8Array, unused = 0): Bytes => tlv(0x03, Buffer.of(unused), content);
export const bool = (value: number): Bytes => tlv(0x01, Buffer.of(value));
export const nil: Bytes = tlv(0x05);
export const text = (value: string): Bytes => tlv(0x0c, Buffer.from(value));
export const generalizedTime = (value: string): Bytes => tlv(0x18, Buffer.from(value));

/** An unsigned number from its bytes. */
export function unsigned(bytes: Uint8Array): Bytes {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const rest = Buffer.from(bytes.subarray(start));
  return tlv(0x02, (rest[0] as number) >= 0x80 ? Buffer.concat([Buffer.of(0), rest]) : rest);
}

export const int = (value: number): Bytes =>
  unsigned(
    Buffer.from(
      value
        .toString(16)
        .padStart(2, "0")
        .replace(/^(.(..)*)$/, "0$1"),
      "hex",
    ),
  );

export function oid(dotted: string): Bytes {
  const [first, second, ...rest] = dotted.split(".").map(Number) as [number, number, ...number[]];
  const bytes: number[] = [];
  for (const arc of [40 * first + second, ...rest]) {
    const digits = [arc % 128];
    for (let n = Math.floor(arc / 128); n > 0; n = Math.floor(n / 128)) digits.unshift((n % 128) | 0x80);
    bytes.push(...digits);
  }
  return tlv(0x06, Buffer.from(bytes));
}

/** YYYYMMDDHHMMSSZ. */
export const stamp = (milliseconds: number): string =>
  new Date(milliseconds)
    .toISOString()
    .replace(/[-:T]/g, "")
    .replace(/\.\d+Z$/, "Z");
