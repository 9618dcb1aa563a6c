/** Zip files without compression: written the same for the same content, and read back. An evidence bundle needs no more. */

import { crc32 } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1980-01-01, so that the same bundle has the same bytes. */
const DOS_DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const LARGEST = 0xffff_ffff;

export function writeZip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const encoded = Buffer.from(name);
    const crc = crc32(content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(UTF8_NAMES, 2);
    shared.writeUInt16LE(DOS_DATE, 8);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(encoded.length, 22);
    const local = Buffer.concat([uint32(LOCAL), shared, encoded]);
    directory.push(
      Buffer.concat([uint32(CENTRAL), Buffer.of(20, 0), shared, Buffer.alloc(10), uint32(offset), encoded]),
    );
    parts.push(local, Buffer.from(content.buffer, content.byteOffset, content.length));
    offset += local.length + content.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, uint32(END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** `null` when it is no zip that `writeZip` could have written, or a content is damaged. */
export function readZip(bytes: Buffer): ReadonlyMap<string, Uint8Array> | null {
  const end = bytes.length - 22;
  if (end < 0 || bytes.length > LARGEST || bytes.readUInt32LE(end) !== END) return null;
  const [count, at] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)];
  const files = new Map<string, Uint8Array>();
  let entry = at;
  for (let i = 0; i < count; i++) {
    if (entry + 46 > end || bytes.readUInt32LE(entry) !== CENTRAL || bytes.readUInt16LE(entry + 10) !== 0) return null;
    const [crc, size, nameLength] = [
      bytes.readUInt32LE(entry + 16),
      bytes.readUInt32LE(entry + 24),
      bytes.readUInt16LE(entry + 28),
    ];
    const local = bytes.readUInt32LE(entry + 42);
    const name = bytes.toString("utf8", entry + 46, entry + 46 + nameLength);
    if (local + 30 + nameLength + size > at || bytes.readUInt32LE(local) !== LOCAL) return null;
    const content = bytes.subarray(local + 30 + nameLength, local + 30 + nameLength + size);
    if (crc32(content) !== crc || files.has(name)) return null;
    files.set(name, content);
    entry += 46 + nameLength;
  }
  return entry === end ? files : null;
}
