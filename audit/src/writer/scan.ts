/**
 * How a writer reads its own last segment: line by line, telling a tear from a break.
 *
 * It trusts a line whose hash is right and follows; it judges nothing else. The verifier reads logs with code of its own.
 */

import { hash } from "node:crypto";
import type { SegmentMac } from "../chain/mac.ts";

export interface SegmentHeader {
  readonly format: string;
  readonly origin: string;
  readonly key: string;
  readonly keyed: boolean;
  readonly peaks: readonly string[];
  readonly seal: string | null;
  readonly started: number;
}

export interface ReadLine {
  readonly hash: string;
  readonly prev: string;
  readonly seq: number;
  readonly mac: string | null;
  readonly kind: string;
  readonly note: string | null;
  readonly header: SegmentHeader | null;
  /** Where the next line starts. */
  readonly end: number;
}

const HEAD = /^\{"_hash":"([0-9a-f]{64})",(?:"_mac":"([0-9a-f]{64})",)?"_prev":"/;

/** The line at `start` when it is whole and its hash is right, else `null`. */
export function readLine(bytes: Buffer, start: number): ReadLine | null {
  const newline = bytes.indexOf(0x0a, start);
  if (newline < 0) return null;
  const head = HEAD.exec(bytes.toString("latin1", start, Math.min(start + 160, newline)));
  if (head === null) return null;
  const body = start + (head[2] === undefined ? 76 : 150);
  const digest = hash("sha256", Buffer.concat([Buffer.of(0, 0x7b), bytes.subarray(body, newline)]), "hex");
  if (digest !== head[1]) return null;
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(bytes.toString("utf8", start, newline)) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { _prev, _seq, kind, note } = record;
  if (typeof _prev !== "string" || typeof _seq !== "number" || typeof kind !== "string") return null;
  return {
    hash: digest,
    prev: _prev,
    seq: _seq,
    mac: head[2] ?? null,
    kind,
    note: typeof note === "string" ? note : null,
    header: kind === "segment" ? headerOf(record) : null,
    end: newline + 1,
  };
}

function headerOf(record: Record<string, unknown>): SegmentHeader | null {
  const { format, origin, key, mac, peaks, seal, time } = record;
  if (typeof format !== "string" || typeof origin !== "string" || typeof key !== "string" || !Array.isArray(peaks))
    return null;
  if (!peaks.every((peak) => typeof peak === "string" && /^[0-9a-f]{64}$/.test(peak))) return null;
  if (seal !== null && typeof seal !== "string") return null;
  return { format, origin, key, keyed: mac !== null, peaks, seal, started: Date.parse(String(time)) };
}

export interface SegmentScan {
  readonly lines: number;
  readonly end: number;
  readonly prev: string;
  readonly sealed: boolean;
  /** Offset of a whole record that does not follow. */
  readonly broken: number | null;
  /** Whole records stand behind the first bad byte. */
  readonly goodAfter: boolean;
  readonly key: string | null;
  readonly unmarked: number;
  readonly lastCheckpoint: { readonly seq: number; readonly note: string } | null;
}

const NOT_COUNTED: ReadonlySet<string> = new Set(["anchor", "anchor_failed", "checkpoint", "seal", "segment"]);

export function scanLines(
  bytes: Buffer,
  begin: { readonly seq: number; readonly prev: string },
  mac: SegmentMac | null,
  before: (seq: number) => void,
  push: (hash: string) => void,
): SegmentScan {
  let { seq, prev } = begin;
  let [end, lines, unmarked] = [0, 0, 0];
  let sealed = false;
  let key: string | null = null;
  let lastCheckpoint: SegmentScan["lastCheckpoint"] = null;
  const result = (broken: number | null, goodAfter: boolean): SegmentScan => ({
    lines,
    end,
    prev,
    sealed,
    broken,
    goodAfter,
    key,
    unmarked,
    lastCheckpoint,
  });
  while (end < bytes.length) {
    const line = readLine(bytes, end);
    if (line === null) return result(null, goodLineAfter(bytes, end));
    if (line.seq !== seq || line.prev !== prev || sealed) return result(end, false);
    if ((line.mac === null) !== (mac === null) || (mac !== null && mac.over(line.hash) !== line.mac))
      return result(end, false);
    before(seq);
    push(line.hash);
    sealed = line.kind === "seal";
    if (line.kind === "checkpoint" && line.note !== null) {
      lastCheckpoint = { seq, note: line.note };
      unmarked = 0;
    } else if (!NOT_COUNTED.has(line.kind)) unmarked += 1;
    if (line.kind === "key") key = line.note?.split("\n")[5] ?? null;
    prev = line.hash;
    seq += 1;
    lines += 1;
    end = line.end;
  }
  return result(null, false);
}

function goodLineAfter(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(0x0a, from) + 1; at > 0 && at < bytes.length; at = bytes.indexOf(0x0a, at) + 1)
    if (readLine(bytes, at) !== null) return true;
  return false;
}
