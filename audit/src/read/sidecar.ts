/**
 * The sidecar as a reader sees it: what opens the commitments of decision records, or the fact that it was erased.
 *
 * A segment's file is gone through once for where its entries stand; each is read when it is asked for, so that no file is too large.
 */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

export type SidecarEntry =
  | { readonly state: "erased" }
  | {
      readonly state: "kept";
      readonly action: Uint8Array;
      readonly answer: Uint8Array;
      readonly request: Uint8Array;
      readonly session: string;
      /** `null`: the state that the session's record before left. */
      readonly stateBefore: Uint8Array | null;
      readonly salts: ReadonlyMap<string, Uint8Array>;
    };

export interface SegmentEntries {
  get(record: number): SidecarEntry | undefined;
}

export interface SidecarSource {
  /** Entries of a segment by record number. */
  entries(segment: string): SegmentEntries;
}

const SEGMENT = /^segment-(\d{6,})\.jsonl$/;
const HEAD = /^\{"record":(0|[1-9]\d{0,15}),/;
const HEAD_BYTES = 32;
const CHUNK = 1_048_576;
/** An entry is a request, a state and little more; what is longer is none. */
const LONGEST_ENTRY = 64 * 1_048_576;

export function directorySidecar(folder: string): SidecarSource {
  return {
    entries(segment) {
      const number = SEGMENT.exec(segment)?.[1];
      if (number === undefined) return new Map();
      const path = join(folder, `sidecar-${number}.jsonl`);
      const places = placesIn(path);
      return {
        get(record) {
          const place = places.get(record);
          return place === undefined ? undefined : (readEntry(path, record, place) ?? undefined);
        },
      };
    },
  };
}

interface Place {
  readonly at: number;
  readonly length: number;
}

/** The file's descriptor for as long as `work` lasts; `null` when there is no such file. */
function withFile<T>(path: string, work: (fd: number) => T): T | null {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return fstatSync(fd).isFile() ? work(fd) : null;
  } finally {
    closeSync(fd);
  }
}

function placesIn(path: string): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  withFile(path, (fd) => {
    const buffer = Buffer.allocUnsafe(CHUNK);
    let [lineAt, head] = [0, ""];
    for (let offset = 0; ; ) {
      const read = readSync(fd, buffer, 0, CHUNK, offset);
      if (read === 0) return;
      for (let i = 0; i < read; ) {
        const newline = buffer.subarray(0, read).indexOf(0x0a, i);
        const end = newline < 0 ? read : newline;
        if (head.length < HEAD_BYTES) head += buffer.toString("latin1", i, Math.min(end, i + HEAD_BYTES - head.length));
        i = end + 1;
        if (newline < 0) break;
        const record = HEAD.exec(head)?.[1];
        // The last one counts: an earlier one is of a record that a crash took.
        if (record !== undefined) places.set(Number(record), { at: lineAt, length: offset + newline - lineAt });
        [lineAt, head] = [offset + i, ""];
      }
      offset += read;
    }
  });
  return places;
}

function readEntry(path: string, record: number, { at, length }: Place): SidecarEntry | null {
  if (length > LONGEST_ENTRY) return null;
  return withFile(path, (fd) => {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const read = readSync(fd, bytes, done, length - done, at + done);
      if (read === 0) return null;
      done += read;
    }
    return parseEntry(bytes.toString("utf8"), record);
  });
}

function parseEntry(line: string, wanted: number): SidecarEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { record, erased, action, answer, request, salts, session, state } = value as Record<string, unknown>;
  if (record !== wanted) return null;
  if (erased === true) return { state: "erased" };
  const bytes = (text: unknown): Uint8Array =>
    typeof text === "string" ? Uint8Array.from(Buffer.from(text, "base64")) : new Uint8Array(0);
  if (typeof salts !== "object" || salts === null || typeof session !== "string") return null;
  return {
    state: "kept",
    action: bytes(action),
    answer: bytes(answer),
    request: bytes(request),
    session,
    stateBefore: state === null ? null : bytes(state),
    salts: new Map(Object.entries(salts).map(([label, salt]) => [label, bytes(salt)])),
  };
}
