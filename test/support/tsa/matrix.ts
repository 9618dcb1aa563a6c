/** The committed matrix of time-stamp responses, read back. */

import { readFileSync } from "node:fs";
import type { Clause, TimestampExpectation, TimestampTrust } from "@thc/audit/verify";

export interface MatrixEntry {
  readonly name: string;
  readonly expect: "accept" | Clause;
  readonly response: Buffer;
  readonly expected: TimestampExpectation;
  readonly trust: TimestampTrust;
  readonly genTime: number;
}

interface Stored {
  readonly roots: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly expect: "accept" | Clause;
    readonly response: string;
    readonly roots: readonly number[];
    readonly imprint: { readonly algorithm: "SHA-256" | "SHA-384" | "SHA-512"; readonly digest: string };
    readonly nonce: string | null;
    readonly policy: string | null;
    readonly sent: number;
    readonly received: number;
    readonly notBefore: number | null;
  }[];
}

export function readMatrix(): readonly MatrixEntry[] {
  const path = new URL("../../conformance/rfc3161/matrix.json", import.meta.url);
  const stored = JSON.parse(readFileSync(path, "utf8")) as Stored;
  return stored.cases.map((one) => ({
    name: one.name,
    expect: one.expect,
    response: Buffer.from(one.response, "base64"),
    expected: {
      imprint: { algorithm: one.imprint.algorithm, digest: Buffer.from(one.imprint.digest, "hex") },
      nonce: one.nonce === null ? null : Buffer.from(one.nonce, "hex"),
      policy: one.policy,
      sent: one.sent,
      received: one.received,
      notBefore: one.notBefore,
    },
    trust: { roots: one.roots.map((index) => Buffer.from(stored.roots[index] as string, "base64")) },
    genTime: one.sent + 500,
  }));
}
