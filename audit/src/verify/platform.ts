/**
 * What the verifier asks of the machine it runs on: SHA-256 at once, Ed25519 and WebCrypto when there is time.
 *
 * The portable one runs in any browser and in Node. Hosts with something faster pass it in (audit/src/read/node-platform.ts).
 */

import { sha256, toHex } from "./sha256.ts";

export type Subtle = typeof globalThis.crypto.subtle;

export interface Platform {
  /** Where the byte stands first, from `from` on; -1. Made once for each buffer. */
  finder(bytes: Uint8Array): (byte: number, from: number) => number;
  sha256Hex(bytes: Uint8Array): string;
  /** The digest as a text of 32 characters, one for each byte: what a record costs is what stands around its hash. */
  sha256Raw(bytes: Uint8Array): string;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** Over a 32-byte public key. */
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  readonly subtle: Subtle;
}

const BLOCK = 64;

function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? sha256(key) : key);
  const inner = new Uint8Array(BLOCK + bytes.length);
  const outer = new Uint8Array(BLOCK + 32);
  for (let i = 0; i < BLOCK; i++) {
    inner[i] = (block[i] as number) ^ 0x36;
    outer[i] = (block[i] as number) ^ 0x5c;
  }
  inner.set(bytes, BLOCK);
  outer.set(sha256(inner), BLOCK);
  return sha256(outer);
}

export function portablePlatform(): Platform {
  const { subtle } = globalThis.crypto;
  return {
    finder: (bytes) => (byte, from) => bytes.indexOf(byte, from),
    sha256Hex: (bytes) => toHex(sha256(bytes)),
    sha256Raw: (bytes) => String.fromCharCode(...sha256(bytes)),
    hmacSha256: hmac,
    async ed25519(publicKey, message, signature) {
      const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
      return subtle.verify({ name: "Ed25519" }, key, signature, message);
    },
    subtle,
  };
}
