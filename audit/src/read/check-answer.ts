/** The strict verifier as the check that anchoring asks for, and certificates out of PEM files. */

import { hash } from "node:crypto";
import type { Platform } from "../verify/platform.ts";
import type { TimestampTrust } from "../verify/timestamp/trust.ts";
import { verifyTimestamp } from "../verify/timestamp/verify.ts";

export interface Answer {
  readonly response: Uint8Array;
  readonly note: string;
  readonly nonce: string;
  readonly sent: number;
  readonly received: number;
}

export function checkAnswer(platform: Platform, trust: TimestampTrust): (answer: Answer) => Promise<string | null> {
  return async ({ response, note, nonce, sent, received }) => {
    const imprint = { algorithm: "SHA-256" as const, digest: Buffer.from(hash("sha256", note, "hex"), "hex") };
    const expected = { imprint, nonce: Buffer.from(nonce, "hex"), sent, received };
    const verdict = await verifyTimestamp(platform.subtle, response, expected, trust);
    return verdict.ok ? null : `${verdict.clause}: ${verdict.reason}`;
  };
}

/** Every certificate of a PEM file, DER. */
export function certificatesOf(pem: string): readonly Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return Array.from(blocks, (block) => Uint8Array.from(Buffer.from(block[1] as string, "base64")));
}
