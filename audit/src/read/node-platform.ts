/** The verifier's platform on Node: its own SHA-256, HMAC and Ed25519, which are several times as fast as portable ones. */

import { createHmac, createPublicKey, hash, verify, webcrypto } from "node:crypto";
import type { Platform, Subtle } from "../verify/platform.ts";

const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

export function nodePlatform(): Platform {
  return {
    // A Buffer looks for a byte with memchr, a plain array does not.
    finder(bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return (byte, from) => buffer.indexOf(byte, from);
    },
    sha256Hex: (bytes) => hash("sha256", bytes, "hex"),
    sha256Raw: (bytes) => hash("sha256", bytes, "binary"),
    hmacSha256: (key, bytes) => createHmac("sha256", key).update(bytes).digest(),
    async ed25519(publicKey, message, signature) {
      const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI, publicKey]), format: "der", type: "spki" });
      return verify(null, message, key, signature);
    },
    subtle: webcrypto.subtle as unknown as Subtle,
  };
}
