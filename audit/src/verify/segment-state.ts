/**
 * What a reader knows while it goes through a log: the segment it is in, keys, marks to be met, anchors seen.
 *
 * Records of known kinds arrive here parsed and well-formed (records.ts); each either fits or is a fault. Checks that need WebCrypto are handed back to be awaited.
 */

import type { FaultKind } from "./fault.ts";
import type { MerkleReader } from "./merkle.ts";
import { isSignedBy, parseCheckpoint, parseVerificationKey, splitNote, type VerificationKey } from "./note.ts";
import type { Platform } from "./platform.ts";
import type { ParsedRecord } from "./records.ts";
import type { KeyInForce } from "./report.ts";

export interface Problem {
  readonly kind: FaultKind;
  readonly message: string;
}

export interface AnchorSeen {
  readonly record: number;
  readonly checkpoint: number;
  readonly size: number;
  readonly note: string;
  readonly nonce: string;
  readonly sent: number;
  readonly received: number;
  readonly response: string;
  readonly tsa: string;
}

export interface SegmentStateOptions {
  readonly platform: Platform;
  /** Verification key that the reader trusts for record 0. */
  readonly trustedKey: string | null;
  /** The log starts in the middle: its first header is taken at its word. */
  readonly slice: boolean;
}

/** A check that takes time; `null` when all is well. */
export type Later = () => Promise<Problem | null>;

const problem = (kind: FaultKind, message: string): Problem => ({ kind, message });
const ZERO_DIGEST = "0".repeat(64);
const LONGEST_ORIGIN = 200;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Checkpoints that an anchor may still name: of weeks, at one every few minutes. */
const MOST_CHECKPOINTS = 16_384;

export function createSegmentState(options: SegmentStateOptions) {
  const { platform } = options;
  const checkpoints = new Map<number, { readonly size: number; readonly note: string }>();
  const anchors: AnchorSeen[] = [];
  const inForce: KeyInForce[] = [];
  const later: Later[] = [];
  let key: VerificationKey | null = null;
  let origin = "";
  let format = "";
  let keyed = false;
  let macs = ZERO_DIGEST;
  let index = -1;
  let sealed: string | null = null;
  let isSealed = false;
  let newestNote: string | null = null;
  let cadence: { readonly records: number; readonly seconds: number } | null = null;
  let failures = 0;

  function header(record: ParsedRecord, name: string, tree: MerkleReader): Problem | null {
    const first = index < 0;
    const said = record.index as number;
    if (name !== `segment-${String(said).padStart(6, "0")}.jsonl`)
      return problem("bad_segment", `the file holds segment ${said}`);
    if (!first && said !== index + 1) return problem("bad_segment", `segment ${said} follows segment ${index}`);
    if (!(first && options.slice) && record.seal !== sealed)
      return problem("bad_segment", "the header names another seal than the one before it");
    if (JSON.stringify(record.peaks) !== JSON.stringify(tree.peaks()))
      return problem("bad_segment", "the header's peaks are not those of the records before it");
    if (first) {
      origin = record.origin as string;
      key = parseVerificationKey(platform, record.key as string);
      if (key === null || key.name !== origin) return problem("bad_key", "the header's key is no key of this log");
      if (new TextEncoder().encode(origin).length > LONGEST_ORIGIN || CONTROLS.test(origin))
        return problem("bad_key", "the log's name is not as a name must be");
      if (options.trustedKey !== null && options.trustedKey !== key.text)
        return problem("bad_key", `the log begins under \`${key.text}\`, not under the trusted key`);
      inForce.push({ from: record._seq as number, key: key.text });
    }
    if (record.origin !== origin) return problem("bad_segment", `the header is of \`${record.origin}\``);
    if (record.key !== key?.text) return problem("bad_key", "the header names another key than the one in force");
    index = said;
    format = record.format as string;
    keyed = record.mac !== null;
    macs = ZERO_DIGEST;
    isSealed = false;
    cadence = record.cadence as typeof cadence;
    return null;
  }

  const statedMacs = (record: ParsedRecord): Problem | null =>
    record.macs === (keyed ? macs : null) ? null : problem("bad_mac", "the digest of the MACs so far differs");

  function seal(record: ParsedRecord, digest: string, tree: MerkleReader): Problem | null {
    if (record.index !== index || record.size !== record._seq)
      return problem("bad_segment", "the seal is of another segment");
    if (record.root !== tree.root())
      return problem("bad_segment", "the seal's root is not that of the records before it");
    sealed = digest;
    isSealed = true;
    return statedMacs(record);
  }

  function checkpoint(record: ParsedRecord, tree: MerkleReader): Problem | null {
    const note = splitNote(record.note as string);
    const said = note === null ? null : parseCheckpoint(note.text);
    if (note === null || said === null) return problem("bad_checkpoint", "the checkpoint is no note of three lines");
    if (said.origin !== origin) return problem("bad_checkpoint", `the checkpoint is of \`${said.origin}\``);
    if (said.size !== record._seq || said.root !== tree.root())
      return problem("bad_checkpoint", "the checkpoint says another size or root");
    const signer = key as VerificationKey;
    later.push(async () =>
      (await isSignedBy(platform, note, [signer]))
        ? null
        : problem("bad_checkpoint", "the checkpoint is not signed by the key in force"),
    );
    newestNote = record.note as string;
    checkpoints.set(record._seq as number, { size: said.size, note: newestNote });
    if (checkpoints.size > MOST_CHECKPOINTS) checkpoints.delete(checkpoints.keys().next().value as number);
    return statedMacs(record);
  }

  function rotation(record: ParsedRecord): Problem | null {
    const note = splitNote(record.note as string);
    const next = parseVerificationKey(platform, note?.text.split("\n")[5] ?? "");
    const old = key as VerificationKey;
    if (note === null || next === null || next.name !== origin)
      return problem("bad_key", "the rotation names no key of this log");
    const text = `thc-audit-key/1\n${origin}\n${record._seq}\n${record._prev}\n${old.text}\n${next.text}\n`;
    if (note.text !== text) return problem("bad_key", "the rotation is of another place or key");
    later.push(async () =>
      (await isSignedBy(platform, note, [old, next]))
        ? null
        : problem("bad_key", "the rotation is not signed by the old key and the new"),
    );
    key = next;
    inForce.push({ from: (record._seq as number) + 1, key: next.text });
    return null;
  }

  function anchor(record: ParsedRecord): Problem | null {
    const of = checkpoints.get(record.checkpoint as number);
    // A slice may hold the token of a checkpoint that stands before it.
    if (of === undefined && options.slice && (record.checkpoint as number) < (inForce[0]?.from ?? 0)) return null;
    if (of === undefined)
      return problem("bad_record", `record ${record.checkpoint} is no checkpoint before this anchor`);
    anchors.push({
      record: record._seq as number,
      checkpoint: record.checkpoint as number,
      size: of.size,
      note: of.note,
      nonce: record.nonce as string,
      sent: Date.parse(record.sent as string),
      received: Date.parse(record.received as string),
      response: record.response as string,
      tsa: record.tsa as string,
    });
    return null;
  }

  return {
    record(kind: string, record: ParsedRecord, name: string, digest: string, tree: MerkleReader): Problem | null {
      switch (kind) {
        case "segment":
          return header(record, name, tree);
        case "seal":
          return seal(record, digest, tree);
        case "checkpoint":
          return checkpoint(record, tree);
        case "key":
          return rotation(record);
        case "anchor":
          return anchor(record);
        case "anchor_failed":
          failures += 1;
          return null;
        default:
          return null;
      }
    },
    /** Joins a line's MAC, in hex, to the digest of MACs. */
    joinMac(bytes: Uint8Array): void {
      macs = platform.sha256Hex(bytes);
    },
    macs: () => macs,
    hasLater: () => later.length > 0,
    takeLater: (): readonly Later[] => later.splice(0),
    takeAnchors: (): readonly AnchorSeen[] => anchors.splice(0),
    format: () => format,
    isKeyed: () => keyed,
    isSealed: () => isSealed,
    origin: () => origin,
    index: () => index,
    inForce: (): readonly KeyInForce[] => inForce,
    newestNote: () => newestNote,
    cadence: () => cadence,
    failures: () => failures,
  };
}

export type SegmentState = ReturnType<typeof createSegmentState>;
