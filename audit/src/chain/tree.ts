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

/** `peaks` in hex, largest first, as a segment's header carries them. */
export function createTree(size: number, peaks: readonly string[]): TreePeaks {
  const stack = [...peaks];
  let leaves = size;
  const node = Buffer.alloc(65);
  node[0] = 0x01;
  const join = (left: string, right: string): string => {
    node.write(left, 1, "hex");
    node.write(right, 33, "hex");
    return hash("sha256", node, "hex");
  };
  return {
    push(leaf) {
      let top = leaf;
      for (let n = leaves; n % 2 === 1; n = Math.floor(n / 2)) top = join(stack.pop() as string, top);
      stack.push(top);
      leaves += 1;
    },
    size: () => leaves,
    peaks: () => [...stack],
    root() {
      let top = stack.at(-1);
      if (top === undefined) return hash("sha256", Buffer.alloc(0), "hex");
      for (let i = stack.length - 2; i >= 0; i--) top = join(stack[i] as string, top);
      return top;
    },
  };
}
