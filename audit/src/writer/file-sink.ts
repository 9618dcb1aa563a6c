/**
 * Batches into segment files: write, fdatasync, and only then acknowledge.
 *
 * Every batch knows its offset, so writing it twice writes the same bytes to the same place: that is what lets `appendSync` overtake a write that
 * is still under way. After a failure nothing is retried; what was never durable is cut off, and the log stays closed until it is opened anew.
 */

import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Batch } from "./composer.ts";
import type { Disk } from "./disk.ts";
import { CHECKPOINT_FILE, replaceFile, segmentName, sidecarName, syncFolder } from "./names.ts";
import type { Sink } from "./sink.ts";

interface OpenFile {
  readonly segment: number;
  readonly fd: number;
  /** Bytes known to be on the disk. */
  durable: number;
}

export interface FileSinkOptions {
  readonly folder: string;
  readonly sidecar: string | null;
  readonly disk: Disk;
  /** The segment in use and its durable length; `null` when the first batch starts one. */
  readonly at: { readonly segment: number; readonly length: number } | null;
  readonly sidecarLength: number;
}

export function createFileSink(options: FileSinkOptions): Sink {
  const { folder, disk } = options;
  let file: OpenFile | null = null;
  let side: OpenFile | null = null;
  if (options.at !== null) {
    const { segment, length } = options.at;
    file = { segment, fd: openSync(join(folder, segmentName(segment)), "r+"), durable: length };
  }

  function fileOf(batch: Batch): OpenFile {
    if (file !== null && file.segment === batch.segment) return file;
    if (file !== null) closeSync(file.fd);
    const fd = openSync(join(folder, segmentName(batch.segment)), "wx", 0o644);
    syncFolder(folder);
    file = { segment: batch.segment, fd, durable: 0 };
    return file;
  }

  function sideOf(batch: Batch): OpenFile | null {
    if (options.sidecar === null || batch.sidecar.length === 0) return null;
    if (side !== null && side.segment === batch.segment) return side;
    if (side !== null) closeSync(side.fd);
    const fd = openSync(join(options.sidecar, sidecarName(batch.segment)), "a+", 0o600);
    closeSync(fd);
    const kept = openSync(join(options.sidecar, sidecarName(batch.segment)), "r+");
    syncFolder(options.sidecar);
    side = {
      segment: batch.segment,
      fd: kept,
      durable: batch.segment === options.at?.segment ? options.sidecarLength : 0,
    };
    return side;
  }

  /** The sidecar's bytes, and where they stand: fixed when first asked, so that a second write is the same write. */
  const sidePlaces = new WeakMap<Batch, { readonly bytes: Buffer; readonly at: number }>();
  let sideEnd = options.sidecarLength;
  let sideSegment = options.at?.segment ?? -1;
  function sidePlace(batch: Batch) {
    let place = sidePlaces.get(batch);
    if (place === undefined) {
      if (batch.segment !== sideSegment) {
        sideEnd = 0;
        sideSegment = batch.segment;
      }
      place = { bytes: Buffer.from(`${batch.sidecar.join("\n")}\n`), at: sideEnd };
      sideEnd += place.bytes.length;
      sidePlaces.set(batch, place);
    }
    return place;
  }

  function publish(batch: Batch): void {
    const newest = batch.checkpoints.at(-1);
    if (newest !== undefined) replaceFile(folder, CHECKPOINT_FILE, newest.note);
  }

  const bytesOf = (batch: Batch): Buffer => batch.buffer.subarray(0, batch.length);

  return {
    async write(batch) {
      const beside = sideOf(batch);
      if (beside !== null) {
        const { bytes, at } = sidePlace(batch);
        await disk.write(beside.fd, bytes, at);
        await disk.sync(beside.fd);
      }
      const main = fileOf(batch);
      await disk.write(main.fd, bytesOf(batch), batch.offset);
      await disk.sync(main.fd);
      main.durable = Math.max(main.durable, batch.offset + batch.length);
      publish(batch);
    },
    writeNow(batch) {
      const beside = sideOf(batch);
      if (beside !== null) {
        const { bytes, at } = sidePlace(batch);
        disk.writeSync(beside.fd, bytes, at);
        disk.syncNow(beside.fd);
      }
      const main = fileOf(batch);
      disk.writeSync(main.fd, bytesOf(batch), batch.offset);
      disk.syncNow(main.fd);
      main.durable = Math.max(main.durable, batch.offset + batch.length);
      publish(batch);
    },
    abandon() {
      try {
        if (file !== null) disk.truncate(file.fd, file.durable);
      } catch {
        // The torn tail stays; opening the log sets it aside.
      }
    },
    async close() {
      if (file !== null) closeSync(file.fd);
      if (side !== null) closeSync(side.fd);
      file = null;
      side = null;
    },
  };
}
