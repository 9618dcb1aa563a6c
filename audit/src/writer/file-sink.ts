/**
 * Batches into segment files: write, fdatasync, and only then acknowledge.
 *
 * Every batch knows its offset, so writing it twice writes the same bytes to the same place: that is what lets `appendSync` overtake a write that
 * is still under way. After a failure nothing is retried; what was never durable is cut off, and the log stays closed until it is opened anew.
 */

import { closeSync, existsSync, openSync } from "node:fs";
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
  /** Asynchronous writes under way. */
  busy: number;
}

/**
 * The files of a few segments at once.
 * INVARIANT: a file stays open while a write is under way on it, or the write could land in whatever gets its number next.
 */
function createFiles(folder: string, nameOf: (segment: number) => string, mode: number) {
  const files = new Map<number, OpenFile>();
  return {
    of(segment: number, durable: number): OpenFile {
      let file = files.get(segment);
      if (file === undefined) {
        const path = join(folder, nameOf(segment));
        const fresh = !existsSync(path);
        file = { segment, fd: openSync(path, fresh ? "wx+" : "r+", mode), durable, busy: 0 };
        if (fresh) syncFolder(folder);
        files.set(segment, file);
      }
      return file;
    },
    closeBelow(segment: number): void {
      for (const file of [...files.values()])
        if (file.segment < segment && file.busy === 0) {
          closeSync(file.fd);
          files.delete(file.segment);
        }
    },
    all: (): readonly OpenFile[] => [...files.values()],
  };
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
  const { folder, disk, at } = options;
  const segments = createFiles(folder, segmentName, 0o644);
  const sidecars = options.sidecar === null ? null : createFiles(options.sidecar, sidecarName, 0o600);

  const segmentOf = (batch: Batch): OpenFile =>
    segments.of(batch.segment, batch.segment === at?.segment ? at.length : 0);

  /** The sidecar's bytes, and where they stand: fixed when first asked, so that a second write is the same write. */
  const places = new WeakMap<Batch, { readonly bytes: Buffer; readonly at: number }>();
  let [sideSegment, sideEnd] = [at?.segment ?? -1, options.sidecarLength];
  function besideOf(batch: Batch) {
    if (sidecars === null || batch.sidecar.length === 0) return null;
    let place = places.get(batch);
    if (place === undefined) {
      if (batch.segment !== sideSegment) [sideSegment, sideEnd] = [batch.segment, 0];
      place = { bytes: Buffer.from(`${batch.sidecar.join("\n")}\n`), at: sideEnd };
      sideEnd += place.bytes.length;
      places.set(batch, place);
    }
    return { file: sidecars.of(batch.segment, 0), ...place };
  }

  function finish(batch: Batch, file: OpenFile): void {
    file.durable = Math.max(file.durable, batch.offset + batch.length);
    const newest = batch.checkpoints.at(-1);
    if (newest !== undefined) replaceFile(folder, CHECKPOINT_FILE, newest.note);
    segments.closeBelow(batch.segment);
    sidecars?.closeBelow(batch.segment);
  }

  async function durably(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
    file.busy += 1;
    try {
      await disk.write(file.fd, bytes, position);
      await disk.sync(file.fd);
    } finally {
      file.busy -= 1;
    }
  }

  const bytesOf = (batch: Batch): Buffer => batch.buffer.subarray(0, batch.length);

  return {
    async write(batch) {
      const beside = besideOf(batch);
      if (beside !== null) await durably(beside.file, beside.bytes, beside.at);
      const main = segmentOf(batch);
      await durably(main, bytesOf(batch), batch.offset);
      finish(batch, main);
    },
    writeNow(batch) {
      const beside = besideOf(batch);
      if (beside !== null) {
        disk.writeSync(beside.file.fd, beside.bytes, beside.at);
        disk.syncNow(beside.file.fd);
      }
      const main = segmentOf(batch);
      disk.writeSync(main.fd, bytesOf(batch), batch.offset);
      disk.syncNow(main.fd);
      finish(batch, main);
    },
    abandon() {
      for (const file of segments.all())
        try {
          disk.truncate(file.fd, file.durable);
        } catch {
          // The torn tail stays; opening the log sets it aside.
        }
    },
    async close() {
      for (const file of [...segments.all(), ...(sidecars?.all() ?? [])]) if (file.busy === 0) closeSync(file.fd);
    },
  };
}
