/**
 * Bodies in, batches of finished lines out: the chain, the tree, segments, seals, checkpoints and rotations, without any I/O.
 *
 * A record gets its place the moment it is handed over, and its line is made there and then, while the batch before is still on its way to the
 * disk. A batch never spans two segments. Where batches go is a sink's business (file-sink.ts, postgres).
 */

import { LONGEST_LINE, lineRoom, writeLine } from "../chain/line.ts";
import { createSegmentMac, ratchet, type SegmentMac } from "../chain/mac.ts";
import { checkpointNote, rotationNote, type Signer } from "../chain/signing.ts";
import type { TreePeaks } from "../chain/tree.ts";
import { auditFailure } from "../failure.ts";
import { type Cadence, FORMAT } from "../record/bodies.ts";
import { canonicalMembers } from "../record/canonical.ts";

export interface Receipt {
  readonly seq: number;
  readonly hash: string;
}

export interface CheckpointReceipt extends Receipt {
  readonly size: number;
  readonly note: string;
}

export interface Waiter {
  readonly receipt: Receipt;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

/** Lines that become durable together. */
export interface Batch {
  readonly segment: number;
  /** Where its bytes stand in the segment; 0 starts the segment. */
  readonly offset: number;
  readonly firstSeq: number;
  buffer: Buffer;
  length: number;
  lines: number;
  readonly sidecar: string[];
  sidecarBytes: number;
  readonly checkpoints: CheckpointReceipt[];
  readonly waiters: Waiter[];
}

export interface SegmentLimits {
  readonly records: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Where a chain stands: as recovered, or as it begins. */
export interface ChainState {
  readonly segment: number;
  /** `false`: the segment's header is still to be written. */
  readonly open: boolean;
  /** Of the segment in use; one of an older format is sealed before anything is added. */
  readonly format: string;
  readonly offset: number;
  readonly segmentRecords: number;
  readonly segmentStarted: number;
  readonly prev: string;
  readonly seal: string | null;
  readonly tree: TreePeaks;
  readonly mac: SegmentMac | null;
  /** Records since the last checkpoint that are worth one. */
  readonly unmarked: number;
}

export interface ComposerOptions {
  readonly origin: string;
  readonly signer: Signer;
  readonly cadence: Cadence | null;
  readonly limits: SegmentLimits;
  readonly checkpointRecords: number;
  readonly macKey: Uint8Array | null;
  readonly clock: () => number;
  readonly onRatchet: (segment: number, key: Uint8Array) => void;
}

const FIRST_BUFFER = 65_536;
/** A batch is closed for more beyond this, so that one write stays bounded. */
const FULL_BATCH = 4 * 1_048_576;

export function createComposer(options: ComposerOptions, state: ChainState) {
  const { origin, clock, limits, tree } = { ...options, tree: state.tree };
  const queue: Batch[] = [];
  const spare: Buffer[] = [];
  let { segment, open, offset, segmentRecords, segmentStarted, prev, seal, mac, unmarked } = state;
  let signer = options.signer;
  let macKey = options.macKey;
  let pending = 0;
  let clockRead = Number.NaN;
  let clockText = "";

  const time = (): string => {
    const now = clock();
    if (now !== clockRead) {
      clockRead = now;
      clockText = new Date(now).toISOString();
    }
    return clockText;
  };

  function roomFor(bytes: number): Batch {
    let batch = queue.at(-1);
    if (batch === undefined || batch.segment !== segment || batch.length > FULL_BATCH) {
      const buffer = spare.pop() ?? Buffer.allocUnsafe(FIRST_BUFFER);
      const firstSeq = tree.size();
      batch = {
        segment,
        offset,
        firstSeq,
        buffer,
        length: 0,
        lines: 0,
        sidecar: [],
        sidecarBytes: 0,
        checkpoints: [],
        waiters: [],
      };
      queue.push(batch);
    }
    if (batch.length + bytes > batch.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(batch.buffer.length * 2, batch.length + bytes));
      batch.buffer.copy(grown, 0, 0, batch.length);
      batch.buffer = grown;
    }
    return batch;
  }

  function line(members: string): { readonly batch: Batch; readonly receipt: Receipt } {
    // Before room is made for it: a character is a byte at least.
    if (members.length > LONGEST_LINE)
      throw auditFailure("bad_body", `a record of ${members.length} characters is longer than ${LONGEST_LINE} bytes`);
    const batch = roomFor(lineRoom(members));
    const seq = tree.size();
    const written = writeLine(batch.buffer, batch.length, prev, seq, members, mac);
    batch.length += written.length;
    batch.lines += 1;
    offset += written.length;
    pending += written.length;
    prev = written.hash;
    tree.push(written.hash);
    segmentRecords += 1;
    return { batch, receipt: { seq, hash: written.hash } };
  }

  const macs = (): string | null => mac?.digest() ?? null;

  function startSegment(): void {
    mac = macKey === null ? null : createSegmentMac(macKey);
    offset = 0;
    segmentRecords = 0;
    segmentStarted = clock();
    open = true;
    const { cadence } = options;
    line(
      canonicalMembers({
        cadence: cadence === null ? null : { records: cadence.records, seconds: cadence.seconds },
        format: FORMAT,
        index: segment,
        key: signer.verificationKey,
        kind: "segment",
        mac: mac === null ? null : "hmac-sha256",
        origin,
        peaks: tree.peaks(),
        seal,
        time: time(),
      }),
    );
  }

  function checkpoint(): CheckpointReceipt {
    const size = tree.size();
    const note = checkpointNote(signer, origin, size, tree.root());
    const { batch, receipt } = line(canonicalMembers({ kind: "checkpoint", macs: macs(), note, time: time() }));
    const marked = { ...receipt, size, note };
    batch.checkpoints.push(marked);
    unmarked = 0;
    return marked;
  }

  function sealSegment(): void {
    const size = tree.size();
    seal = line(canonicalMembers({ index: segment, kind: "seal", macs: macs(), root: tree.root(), size, time: time() }))
      .receipt.hash;
    segment += 1;
    if (macKey !== null) {
      macKey = ratchet(macKey);
      options.onRatchet(segment, macKey);
    }
    startSegment();
    checkpoint();
  }

  if (!open) startSegment();
  else if (state.format !== FORMAT) sealSegment();

  return {
    time,
    /** `members` without `time`'s owner: the caller has put it in. `counts`: whether the record is worth a checkpoint of its own. */
    add(
      members: string,
      counts: boolean,
      sidecar: ((seq: number) => string) | null,
    ): { batch: Batch; receipt: Receipt } {
      const added = line(members);
      if (sidecar !== null) {
        const entry = sidecar(added.receipt.seq);
        added.batch.sidecar.push(entry);
        added.batch.sidecarBytes += entry.length;
        pending += entry.length;
      }
      if (counts) unmarked += 1;
      const full = segmentRecords >= limits.records || offset >= limits.bytes;
      if (full || clock() - segmentStarted >= limits.milliseconds) sealSegment();
      else if (unmarked >= options.checkpointRecords) checkpoint();
      return added;
    },
    checkpoint,
    sealSegment,
    rotateKey(next: Signer): Receipt {
      const note = rotationNote(signer, next, origin, tree.size(), prev);
      const { receipt } = line(canonicalMembers({ kind: "key", note, time: time() }));
      signer = next;
      unmarked += 1;
      return receipt;
    },
    /** The oldest batch, which is closed for more. */
    take(): Batch | undefined {
      return queue.shift();
    },
    /** A batch's bytes are durable: its memory may be used again. */
    release(batch: Batch): void {
      pending -= batch.length + batch.sidecarBytes;
      if (spare.length < 2) spare.push(batch.buffer);
    },
    waiting: (): readonly Batch[] => queue,
    pendingBytes: () => pending,
    unmarked: () => unmarked,
    size: () => tree.size(),
    prev: () => prev,
  };
}

export type Composer = ReturnType<typeof createComposer>;
