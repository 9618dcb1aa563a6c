/**
 * Keyed integrity of one segment: HMAC over each record's hash, and the running digest of the MACs (docs/formats/audit-log.md section 7).
 *
 * Keys only ratchet forward: who takes the writer's key today cannot forge the MACs of segments sealed before.
 */

import { createHmac, hash } from "node:crypto";

const RATCHET = "thc-audit-ratchet/1";

export interface SegmentMac {
  /** MAC in hex over a record's hash in hex; joins the running digest. */
  over(recordHash: string): string;
  /** Hex of the digest over all MACs so far. */
  digest(): string;
}

export function createSegmentMac(key: Uint8Array): SegmentMac {
  const joined = Buffer.alloc(64);
  return {
    over(recordHash) {
      const mac = createHmac("sha256", key).update(Buffer.from(recordHash, "hex")).digest();
      mac.copy(joined, 32);
      joined.write(hash("sha256", joined, "hex"), 0, "hex");
      return mac.toString("hex");
    },
    digest: () => joined.toString("hex", 0, 32),
  };
}

export function ratchet(key: Uint8Array): Buffer {
  return createHmac("sha256", key).update(RATCHET).digest();
}
