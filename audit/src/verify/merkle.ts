/** The verifier's RFC 6962 tree: the peaks as it reads, and inclusion proofs of others. Written apart from the writer's. */

import type { Platform } from "./platform.ts";
import { fromHex } from "./sha256.ts";

const HASH = 32;

export interface MerkleReader {
  /** Takes the leaf's 64 hex digits from a line's bytes. */
  pushHexAt(bytes: Uint8Array, at: number): void;
  size(): number;
  root(): string;
  peaks(): readonly string[];
}

/** Value of a lower-case hex digit by its byte; 0 for others, which the caller has already refused. */
const NIBBLE = new Uint8Array(256);
for (let n = 0; n < 16; n++) NIBBLE["0123456789abcdef".charCodeAt(n)] = n;

function decodeInto(target: Uint8Array, offset: number, hex: string): void {
  for (let i = 0; i < HASH; i++)
    target[offset + i] =
      ((NIBBLE[hex.charCodeAt(2 * i)] as number) << 4) | (NIBBLE[hex.charCodeAt(2 * i + 1)] as number);
}

export function createMerkleReader(
  platform: Platform,
  start: { readonly size: number; readonly peaks: readonly string[] },
): MerkleReader {
  let size = start.size;
  // Entry k stands at 1 + 32 k, so that the byte before any two entries can be borrowed for the 0x01 that is hashed with them.
  const stack = new Uint8Array(1 + 64 * HASH);
  let depth = 0;
  for (const peak of start.peaks) decodeInto(stack, 1 + HASH * depth++, peak);
  return {
    pushHexAt(bytes, at) {
      const offset = 1 + depth * HASH;
      for (let i = 0; i < HASH; i++)
        stack[offset + i] =
          ((NIBBLE[bytes[at + 2 * i] as number] as number) << 4) | (NIBBLE[bytes[at + 2 * i + 1] as number] as number);
      depth += 1;
      size += 1;
      // As many joins as there are trailing zeros: every pair of equal subtrees becomes one.
      for (let n = size; n % 2 === 0; n /= 2) {
        depth -= 1;
        const at = (depth - 1) * HASH;
        const borrowed = stack[at] as number;
        stack[at] = 1;
        const joined = platform.sha256Hex(stack.subarray(at, at + 1 + 2 * HASH));
        stack[at] = borrowed;
        decodeInto(stack, at + 1, joined);
      }
    },
    size: () => size,
    root() {
      if (depth === 0) return platform.sha256Hex(new Uint8Array(0));
      const fold = new Uint8Array(1 + 2 * HASH);
      fold[0] = 1;
      fold.set(stack.subarray(1 + (depth - 1) * HASH, 1 + depth * HASH), 1 + HASH);
      for (let i = depth - 2; i >= 0; i--) {
        fold.set(stack.subarray(1 + i * HASH, 1 + (i + 1) * HASH), 1);
        decodeInto(fold, 1 + HASH, platform.sha256Hex(fold));
      }
      return hex(fold, 1 + HASH);
    },
    peaks: () => Array.from({ length: depth }, (_, i) => hex(stack, 1 + i * HASH)),
  };
}

function hex(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let i = at; i < at + HASH; i++) text += (bytes[i] as number).toString(16).padStart(2, "0");
  return text;
}

/** Root that an inclusion proof (RFC 9162 section 2.1.3.2) leads to; `null` when the proof cannot fit. */
export function rootOfProof(
  platform: Platform,
  index: number,
  size: number,
  leaf: string,
  path: readonly string[],
): string | null {
  if (index >= size) return null;
  let [fn, sn] = [index, size - 1];
  let node = leaf;
  const join = (left: string, right: string): string | null => {
    const bytes = fromHex(`01${left}${right}`);
    return bytes === null ? null : platform.sha256Hex(bytes);
  };
  for (const sibling of path) {
    if (sn === 0) return null;
    let joined: string | null;
    if (fn % 2 === 1 || fn === sn) {
      joined = join(sibling, node);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else joined = join(node, sibling);
    if (joined === null) return null;
    node = joined;
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? node : null;
}
