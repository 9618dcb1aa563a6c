/** The verifier's RFC 6962 tree: the peaks as it reads, and inclusion proofs of others. Written apart from the writer's. */

import type { Platform } from "./platform.ts";
import { fromHex } from "./sha256.ts";

const HASH = 32;

export interface MerkleReader {
  /** Takes the 32 bytes of the leaf. */
  push(leaf: Uint8Array): void;
  size(): number;
  root(): string;
  peaks(): readonly string[];
}

function put(target: Uint8Array, offset: number, raw: string): void {
  for (let i = 0; i < HASH; i++) target[offset + i] = raw.charCodeAt(i);
}

export function createMerkleReader(
  platform: Platform,
  start: { readonly size: number; readonly peaks: readonly string[] },
): MerkleReader {
  let size = start.size;
  // Entry k stands at 1 + 32 k, so that the byte before any two entries can be borrowed for the 0x01 that is hashed with them.
  const stack = new Uint8Array(1 + 64 * HASH);
  let depth = 0;
  for (const peak of start.peaks) stack.set(fromHex(peak) as Uint8Array, 1 + HASH * depth++);
  return {
    push(leaf) {
      const place = 1 + HASH * depth++;
      for (let i = 0; i < HASH; i++) stack[place + i] = leaf[i] as number;
      size += 1;
      // As many joins as there are trailing zeros: every pair of equal subtrees becomes one.
      for (let n = size; n % 2 === 0; n /= 2) {
        depth -= 1;
        const at = (depth - 1) * HASH;
        const borrowed = stack[at] as number;
        stack[at] = 1;
        const joined = platform.sha256Raw(stack.subarray(at, at + 1 + 2 * HASH));
        stack[at] = borrowed;
        put(stack, at + 1, joined);
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
        put(fold, 1 + HASH, platform.sha256Raw(fold));
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
