/**
 * What stands in a folder that is about to be written: where the chain is, and what at its end was torn.
 *
 * Reads the last segment (and the seal before it), never the whole log: the verifier does that. A tear is set aside, a break is refused, and nothing
 * is ever cut below the newest checkpoint file (docs/formats/audit-log.md section 9).
 */

import { createSegmentMac, ratchet } from "../chain/mac.ts";
import { createTree } from "../chain/tree.ts";
import { auditFailure } from "../failure.ts";
import { FORMAT, FORMATS } from "../record/bodies.ts";
import type { ChainState } from "./composer.ts";
import { segmentName } from "./names.ts";
import { readLine, type SegmentHeader, scanLines } from "./scan.ts";

export interface Torn {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: Buffer;
}

export interface Recovery {
  readonly state: ChainState;
  readonly torn: Torn | null;
  /** Key in force, origin: `null` when the log is new. */
  readonly key: string | null;
  readonly macKey: Uint8Array | null;
  readonly lastCheckpoint: { readonly seq: number; readonly note: string } | null;
}

/** A log as it stands somewhere: files (open.ts) or rows (audit/src/postgres). */
export interface StoredLog {
  /** Of its segments, ascending. */
  readonly indexes: readonly number[];
  /** One segment's bytes; asked for the last ones only. */
  read(index: number): Buffer;
  /** Its newest checkpoint note, as published beside it. */
  readonly checkpoint: string | null;
}

export interface RecoverOptions {
  readonly stored: StoredLog;
  readonly origin: string;
  readonly mac: { readonly segment: number; readonly key: Uint8Array } | null;
  readonly repair: boolean;
  readonly now: number;
}

const ZEROS = "0".repeat(64);

export function recover(options: RecoverOptions): Recovery {
  const { stored } = options;
  const { indexes } = stored;
  const last = indexes.at(-1);
  const mark = readCheckpoint(stored.checkpoint, options.origin);
  if (last === undefined) {
    if (mark !== null) throw auditFailure("broken", "the log's segments are gone, its checkpoint file is not");
    return fresh(options, 0, ZEROS, null, createTree(0, []), null, null, null);
  }
  if (indexes.length !== last + 1) throw auditFailure("broken", `a segment before \`${segmentName(last)}\` is missing`);
  const bytes = stored.read(last);
  const begin = last === 0 ? { seq: 0, prev: ZEROS } : sealBefore(stored, last);
  const header = readLine(bytes, 0)?.header ?? null;
  if (header === null) return headless(options, last, bytes, mark);
  if (header.origin !== options.origin) throw auditFailure("foreign", `the log belongs to \`${header.origin}\``);
  if (!FORMATS.some((format) => format === header.format))
    throw auditFailure("foreign", `the log's format is \`${header.format}\`, which this version does not write`);
  return continued(options, last, bytes, header, begin, mark);
}

function continued(
  options: RecoverOptions,
  index: number,
  bytes: Buffer,
  header: SegmentHeader,
  begin: { readonly seq: number; readonly prev: string },
  mark: Mark | null,
): Recovery {
  const macKey = keyOfSegment(options, index, header.keyed);
  const mac = macKey === null ? null : createSegmentMac(macKey);
  const tree = createTree(begin.seq, header.peaks);
  const name = segmentName(index);
  let markHolds = mark === null || mark.size < begin.seq;
  const scan = scanLines(
    bytes,
    begin,
    mac,
    (size) => {
      if (mark !== null && size === mark.size) markHolds = tree.root() === mark.root;
    },
    (hash) => tree.push(hash),
  );
  if (mark !== null && mark.size === tree.size()) markHolds = tree.root() === mark.root;
  if (scan.broken !== null)
    throw auditFailure(
      "broken",
      `\`${name}\` is broken at byte ${scan.broken}: a whole record does not follow the one before`,
    );
  if (mark !== null && mark.size > tree.size())
    throw auditFailure("broken", `the log has ${tree.size()} records, its checkpoint file says ${mark.size}`);
  if (!markHolds) throw auditFailure("broken", "the log differs from its checkpoint file");
  const torn = scan.end === bytes.length ? null : { segment: index, offset: scan.end, bytes: bytes.subarray(scan.end) };
  if (torn !== null && scan.goodAfter && !options.repair)
    throw auditFailure(
      "broken",
      `\`${name}\` is damaged at byte ${scan.end} and good records follow (\`--repair\` sets them aside)`,
    );
  const key = scan.key ?? header.key;
  if (scan.sealed) return fresh(options, index + 1, scan.prev, scan.prev, tree, torn, key, scan.lastCheckpoint);
  const state: ChainState = {
    segment: index,
    open: true,
    format: header.format,
    offset: scan.end,
    segmentRecords: scan.lines,
    segmentStarted: header.started,
    prev: scan.prev,
    seal: header.seal,
    tree,
    mac,
    unmarked: scan.unmarked,
  };
  return { state, torn, key, macKey, lastCheckpoint: scan.lastCheckpoint };
}

/** The last file holds no good header: a crash while the segment began, or damage. */
function headless(options: RecoverOptions, index: number, bytes: Buffer, mark: Mark | null): Recovery {
  const scan = scanLines(
    bytes,
    { seq: 0, prev: ZEROS },
    null,
    () => {},
    () => {},
  );
  if (scan.goodAfter || scan.broken !== null || scan.lines > 0)
    throw auditFailure("broken", `\`${segmentName(index)}\` does not begin with a header`);
  const torn = { segment: index, offset: 0, bytes };
  if (index === 0) {
    if (mark !== null) throw auditFailure("broken", "the log's first segment is damaged below its checkpoint file");
    return fresh(options, 0, ZEROS, null, createTree(0, []), torn, null, null);
  }
  const before = options.stored.read(index - 1);
  const header = readLine(before, 0)?.header ?? null;
  if (header === null) throw auditFailure("broken", `\`${segmentName(index - 1)}\` does not begin with a header`);
  if (header.origin !== options.origin) throw auditFailure("foreign", `the log belongs to \`${header.origin}\``);
  const begin = index === 1 ? { seq: 0, prev: ZEROS } : sealBefore(options.stored, index - 1);
  const recovered = continued({ ...options, repair: false }, index - 1, before, header, begin, mark);
  if (recovered.torn !== null || recovered.state.segment !== index)
    throw auditFailure("broken", `\`${segmentName(index - 1)}\` is not sealed, yet \`${segmentName(index)}\` exists`);
  return { ...recovered, torn };
}

function fresh(
  options: RecoverOptions,
  segment: number,
  prev: string,
  seal: string | null,
  tree: ChainState["tree"],
  torn: Torn | null,
  key: string | null,
  lastCheckpoint: Recovery["lastCheckpoint"],
): Recovery {
  const state = {
    segment,
    open: false,
    format: FORMAT,
    offset: 0,
    segmentRecords: 0,
    segmentStarted: options.now,
    prev,
    seal,
    tree,
    mac: null,
    unmarked: 0,
  };
  return { state, torn, key, macKey: keyOfSegment(options, segment, options.mac !== null), lastCheckpoint };
}

function keyOfSegment(options: RecoverOptions, index: number, keyed: boolean): Uint8Array | null {
  const { mac } = options;
  if (keyed && mac === null) throw auditFailure("foreign", "the log is keyed: its MAC key is needed");
  if (!keyed && mac !== null)
    throw auditFailure("foreign", "the segment in use is not keyed: open it without a MAC key");
  if (mac === null) return null;
  if (mac.segment > index)
    throw auditFailure("foreign", `the MAC key is of segment ${mac.segment}, the log is at ${index}`);
  let key: Uint8Array = mac.key;
  for (let i = mac.segment; i < index; i++) key = ratchet(key);
  return key;
}

function sealBefore(stored: StoredLog, index: number): { readonly seq: number; readonly prev: string } {
  const bytes = stored.read(index - 1);
  const start = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  const line = readLine(bytes, start);
  if (line === null || line.kind !== "seal" || line.end !== bytes.length)
    throw auditFailure("broken", `\`${segmentName(index - 1)}\` does not end with its seal`);
  return { seq: line.seq + 1, prev: line.hash };
}

interface Mark {
  readonly size: number;
  readonly root: string;
}

function readCheckpoint(note: string | null, origin: string): Mark | null {
  if (note === null) return null;
  const [name, size, root] = note.split("\n");
  if (name !== origin) throw auditFailure("foreign", `the log's checkpoint file belongs to \`${name}\``);
  if (!/^(0|[1-9]\d{0,15})$/.test(size ?? "") || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? ""))
    throw auditFailure("broken", "the log's checkpoint file is damaged");
  return { size: Number(size), root: Buffer.from(root as string, "base64").toString("hex") };
}
