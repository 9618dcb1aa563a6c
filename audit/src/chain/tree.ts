/**
 * The writer's RFC 6962 tree: only the peaks, which is all that appending needs.
 *
 * Leaves are the records' hashes, so one SHA-256 serves chain and tree. Proofs are made by readers (audit/src/read), not here.
 */

import { hash } from "node:crypto";

export interface TreePeaks {
  push(leaf: string): void;
  size(): number;
  peaks(): readonly string[];
  root(): string;
}

const HASH = 32;
const LARGEST_DEPTH = 64;

/** `peaks` in hex, largest first, as a segment's header carries them. */
export function createTree(size: number, peaks: readonly string[]): TreePeaks {
  // Peak k stands at 1 + 32 k: the byte before any two of them is lent to the 0x01 that is hashed with them.
  const stack = Buffer.alloc(1 + LARGEST_DEPTH * HASH);
  let depth = 0;
  let leaves = size;
  for (const peak of peaks) stack.write(peak, 1 + HASH * depth++, "hex");

  return {
    push(leaf) {
      stack.write(leaf, 1 + HASH * depth++, "hex");
      leaves += 1;
      for (let n = leaves; n % 2 === 0; n /= 2) {
        depth -= 1;
        const at = (depth - 1) * HASH;
        const lent = stack[at] as number;
        stack[at] = 0x01;
        const joined = hash("sha256", stack.subarray(at, at + 1 + 2 * HASH), "binary");
        stack[at] = lent;
        stack.write(joined, at + 1, "latin1");
      }
    },
    size: () => leaves,
    peaks: () => Array.from({ length: depth }, (_, k) => stack.toString("hex", 1 + k * HASH, 1 + (k + 1) * HASH)),
    root() {
      if (depth === 0) return hash("sha256", Buffer.alloc(0), "hex");
      const node = Buffer.alloc(1 + 2 * HASH);
      node[0] = 0x01;
      stack.copy(node, 1 + HASH, 1 + (depth - 1) * HASH, 1 + depth * HASH);
      for (let k = depth - 2; k >= 0; k--) {
        stack.copy(node, 1, 1 + k * HASH, 1 + (k + 1) * HASH);
        node.write(hash("sha256", node, "hex"), 1 + HASH, "hex");
      }
      return node.toString("hex", 1 + HASH);
    },
  };
}
