/** CRC-32 (ISO-HDLC: polynomial 0xEDB88320, reflected, all ones in and out): tells a damaged module from a whole one, cheaply and before any of its code runs. Against tampering there is `thc verify`. */
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});

export function crc32(bytes: Uint8Array, end: number): number {
  let c = 0xffffffff;
  for (let i = 0; i < end; i++) c = (TABLE[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
