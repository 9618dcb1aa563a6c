/**
 * Opens a folder for writing: lock, recover, set the torn tail aside, say so in the log.
 *
 * Refuses a foreign or broken log rather than guess. Nothing is repaired silently: what is set aside is kept, and `opened` and a record in the log name it.
 */

import { hash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { checkOrigin, createSigner } from "../chain/signing.ts";
import { auditFailure } from "../failure.ts";
import type { Cadence } from "../record/bodies.ts";
import { canonicalMembers } from "../record/canonical.ts";
import { createComposer, type SegmentLimits } from "./composer.ts";
import { type Disk, nodeDisk } from "./disk.ts";
import { createFileSink } from "./file-sink.ts";
import { takeLock } from "./lock.ts";
import { type AuditLog, createLog } from "./log.ts";
import { CHECKPOINT_FILE, replaceFile, segmentIndexes, segmentName, tornName } from "./names.ts";
import { recover, type StoredLog, type Torn } from "./recover.ts";
import { eraseEntry, recoverSidecar } from "./sidecar.ts";

export interface OpenOptions {
  readonly folder: string;
  /** The log's name, schema-less URL: `acme.example/agents/eu-1`. */
  readonly origin: string;
  /** Ed25519, PKCS #8 PEM. */
  readonly signingKey: string;
  readonly sidecar?: string;
  readonly cadence?: Cadence;
  readonly limits?: Partial<SegmentLimits>;
  /** When a checkpoint is made unasked: after so many records, or seconds with new ones. */
  readonly checkpoints?: { readonly records: number; readonly seconds: number };
  /** Keyed integrity: the key of the given segment, and where the newest is to be kept. */
  readonly mac?: { readonly segment: number; readonly key: Uint8Array };
  readonly onRatchet?: (segment: number, key: Uint8Array) => void;
  readonly maxPendingBytes?: number;
  /** Writes block the calling thread, which saves two hops between threads a batch; a log's worker does so. */
  readonly blocking?: boolean;
  readonly repair?: boolean;
  readonly clock?: () => number;
  readonly disk?: Disk;
}

export interface SetAside {
  readonly file: string;
  readonly bytes: number;
  readonly digest: string;
}

export interface OpenedLog {
  readonly log: AuditLog;
  readonly setAside: SetAside | null;
}

export const DEFAULT_LIMITS: SegmentLimits = { records: 65_536, bytes: 64 * 1_048_576, milliseconds: 86_400_000 };
export const DEFAULT_CHECKPOINTS = { records: 10_000, seconds: 300 } as const;
export const DEFAULT_PENDING_BYTES = 32 * 1_048_576;

export function openLog(options: OpenOptions): OpenedLog {
  const { folder, origin } = options;
  checkOrigin(origin);
  const signer = createSigner(origin, options.signingKey);
  mkdirSync(folder, { recursive: true });
  if (options.sidecar !== undefined) mkdirSync(options.sidecar, { recursive: true, mode: 0o700 });
  const release = takeLock(folder);
  try {
    const clock = options.clock ?? Date.now;
    const mac = options.mac ?? null;
    const found = recover({ stored: storedIn(folder), origin, mac, repair: options.repair ?? false, now: clock() });
    if (found.key !== null && found.key !== signer.verificationKey)
      throw auditFailure(
        "foreign",
        `the log's key is \`${found.key}\`, the given one is \`${signer.verificationKey}\``,
      );
    const setAside = found.torn === null ? null : keepTorn(folder, found.torn);
    const composer = createComposer(
      {
        origin,
        signer,
        cadence: options.cadence ?? null,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        checkpointRecords: options.checkpoints?.records ?? DEFAULT_CHECKPOINTS.records,
        macKey: found.macKey,
        clock,
        onRatchet: options.onRatchet ?? (() => {}),
      },
      found.state,
    );
    const { segment, open, offset } = found.state;
    const sink = createFileSink({
      folder,
      sidecar: options.sidecar ?? null,
      disk: options.disk ?? nodeDisk,
      at: open ? { segment, length: offset } : null,
      sidecarLength: open && options.sidecar !== undefined ? recoverSidecar(options.sidecar, segment) : 0,
    });
    if (setAside !== null)
      composer.add(canonicalMembers({ ...setAside, kind: "recovered", time: composer.time() }), true, null);
    const { sidecar } = options;
    const log = createLog({
      origin,
      composer,
      sink,
      maxPendingBytes: options.maxPendingBytes ?? DEFAULT_PENDING_BYTES,
      checkpointSeconds: options.checkpoints?.seconds ?? DEFAULT_CHECKPOINTS.seconds,
      blocking: options.blocking ?? false,
      erase: sidecar === undefined ? null : (record) => eraseEntry(sidecar, segmentCount(folder), record),
      release,
    });
    return { log, setAside };
  } catch (error) {
    release();
    throw error;
  }
}

function storedIn(folder: string): StoredLog {
  const checkpoint = join(folder, CHECKPOINT_FILE);
  return {
    indexes: segmentIndexes(folder),
    read: (index) => readFileSync(join(folder, segmentName(index))),
    checkpoint: existsSync(checkpoint) ? readFileSync(checkpoint, "utf8") : null,
  };
}

function segmentCount(folder: string): number {
  let count = 0;
  while (existsSync(join(folder, segmentName(count)))) count += 1;
  return count;
}

/** Copies torn bytes beside the log, durably, before they are cut off. */
function keepTorn(folder: string, torn: Torn): SetAside | null {
  if (torn.bytes.length === 0) {
    unlinkSync(join(folder, segmentName(torn.segment)));
    return null;
  }
  const file = tornName(folder, torn.segment, torn.offset);
  replaceFile(folder, file, torn.bytes);
  const path = join(folder, segmentName(torn.segment));
  if (torn.offset === 0) unlinkSync(path);
  else {
    truncateSync(path, torn.offset);
    const fd = openSync(path, "r");
    fsyncSync(fd);
    closeSync(fd);
  }
  return { file, bytes: torn.bytes.length, digest: hash("sha256", torn.bytes, "hex") };
}
