/** The committed vectors of docs/formats/audit-log.md, and where they stand. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = new URL("../../conformance/audit/", import.meta.url);
export const VECTORS = fileURLToPath(new URL("vectors/", here));
export const PYTHON_READER = fileURLToPath(new URL("read_log.py", here));

export interface Step {
  readonly append?: { readonly kind: string; readonly record?: number; readonly reason?: string };
  readonly checkpoint?: true;
  readonly seal?: true;
  readonly rotate_key?: true;
}

export interface Vectors {
  readonly origin: string;
  readonly private_keys: readonly string[];
  readonly verification_keys: readonly string[];
  readonly mac_key: string;
  /** The bytes of one answer in the first format and in the second. */
  readonly answers: readonly [string, string];
  readonly steps: readonly Step[];
  readonly leaves: readonly string[];
  readonly trees: readonly { readonly size: number; readonly root: string; readonly peaks: readonly string[] }[];
  readonly commitments: readonly {
    readonly salt: string;
    readonly label: string;
    readonly value: string;
    readonly commitment: string;
  }[];
}

export const vectors = JSON.parse(readFileSync(`${VECTORS}vectors.json`, "utf8")) as Vectors;

export const pem = (der: string): string => `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`;

/** The vectors' clock, milliseconds at step `n`. */
export const vectorTime = (n: number): number => Date.UTC(2026, 2, 1, 12, 0, n, (n * 7) % 1000);
