/** A time-stamp request over a checkpoint note (RFC 3161 section 2.4.1): SHA-256, a nonce, certificates asked for. */

import { hash, randomBytes } from "node:crypto";

export interface TimestampRequest {
  readonly der: Buffer;
  /** Content of the nonce's INTEGER, hex. */
  readonly nonce: string;
}

const NONCE_BYTES = 16;
/** AlgorithmIdentifier of SHA-256. */
const SHA256 = Buffer.from("300d06096086480165030402010500", "hex");
const VERSION_1 = Buffer.of(0x02, 0x01, 0x01);
const TRUE = Buffer.of(0x01, 0x01, 0xff);

/** All values here are shorter than 128 bytes. */
function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}

export function timestampRequest(note: string): TimestampRequest {
  const nonce = randomBytes(NONCE_BYTES);
  // INVARIANT: positive and without a leading zero, so that its DER form is these bytes.
  nonce[0] = ((nonce[0] as number) & 0x3f) | 0x40;
  const imprint = value(0x30, SHA256, value(0x04, Buffer.from(hash("sha256", note, "hex"), "hex")));
  return { der: value(0x30, VERSION_1, imprint, value(0x02, nonce), TRUE), nonce: nonce.toString("hex") };
}
