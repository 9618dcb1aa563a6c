/** Bytes as hexadecimal digits, through a table: a digest is asked for with many decisions. */
const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes: Uint8Array, at = 0, end = bytes.length): string {
  let out = "";
  for (let i = at; i < end; i++) out += DIGITS[bytes[i] as number];
  return out;
}
