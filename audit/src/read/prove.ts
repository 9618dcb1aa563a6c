/** Inclusion proofs (C2SP tlog-proof) for a record, streamed: one small tree for each sibling on the way to the root. */

import { createMerkleReader, type MerkleReader } from "../verify/merkle.ts";
import { parseCheckpoint, splitNote } from "../verify/note.ts";
import type { Platform } from "../verify/platform.ts";
import type { LogSource } from "../verify/source.ts";
import { readRecords } from "./records.ts";

export type Proof =
  | { readonly ok: true; readonly proof: string; readonly line: Uint8Array; readonly size: number }
  | { readonly ok: false; readonly reason: string };

interface Range {
  readonly from: number;
  readonly to: number;
  readonly tree: MerkleReader;
}

/** Siblings of leaf `index` in a tree of `size`, leaf's first (RFC 6962 section 2.1.1). */
function siblings(index: number, size: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    if (index < from + half) {
      found.unshift([from + half, to]);
      to = from + half;
    } else {
      found.unshift([from, from + half]);
      from += half;
    }
  }
  return found;
}

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

export async function proveInclusion(platform: Platform, source: LogSource, index: number): Promise<Proof> {
  const note = await source.checkpoint();
  const checkpoint = note === null ? null : parseCheckpoint(splitNote(note)?.text ?? "");
  if (note === null || checkpoint === null) return { ok: false, reason: "the log has no checkpoint yet" };
  const { size } = checkpoint;
  if (index >= size)
    return { ok: false, reason: `record ${index} is behind the newest checkpoint, which covers ${size}` };
  const ranges: readonly Range[] = siblings(index, size).map(([from, to]) => ({
    from,
    to,
    tree: createMerkleReader(platform, { size: 0, peaks: [] }),
  }));
  let line: Uint8Array | null = null;
  for await (const record of readRecords(source)) {
    if (record.seq >= size) break;
    if (record.seq === index) line = record.line;
    const leaf = Buffer.from(record.hash, "hex");
    for (const { from, to, tree } of ranges) if (record.seq >= from && record.seq < to) tree.push(leaf);
  }
  if (line === null) return { ok: false, reason: `the log does not hold record ${index}` };
  const path = ranges.map(({ tree }) => `${base64(tree.root())}\n`).join("");
  return { ok: true, proof: `c2sp.org/tlog-proof@v1\nindex ${index}\n${path}\n${note}`, line, size };
}
