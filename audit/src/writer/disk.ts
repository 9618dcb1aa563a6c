/**
 * The few calls on a segment's file that decide whether a record is durable, as a value.
 *
 * They stand apart so that a test can make each of them fail; everything else a writer does with files is not on that path.
 * INVARIANT: after `sync` has failed it is never called again on that file, since the kernel may have dropped the dirty pages.
 */

import { fdatasync, fdatasyncSync, ftruncateSync, write, writeSync } from "node:fs";

export interface Disk {
  write(fd: number, bytes: Uint8Array, position: number): Promise<void>;
  writeSync(fd: number, bytes: Uint8Array, position: number): void;
  sync(fd: number): Promise<void>;
  syncNow(fd: number): void;
  truncate(fd: number, length: number): void;
}

function writeFrom(fd: number, bytes: Uint8Array, done: number, position: number, then: (e: Error | null) => void) {
  write(fd, bytes, done, bytes.length - done, position + done, (error, written) => {
    if (error !== null) return then(error);
    // A short write is no error: the disk may be almost full, and the next call says so.
    if (done + written < bytes.length) return writeFrom(fd, bytes, done + written, position, then);
    then(null);
  });
}

export const nodeDisk: Disk = {
  write: (fd, bytes, position) =>
    new Promise((resolve, reject) => {
      writeFrom(fd, bytes, 0, position, (error) => (error === null ? resolve() : reject(error)));
    }),
  writeSync(fd, bytes, position) {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
  },
  sync: (fd) =>
    new Promise((resolve, reject) => {
      fdatasync(fd, (error) => (error === null ? resolve() : reject(error)));
    }),
  syncNow: fdatasyncSync,
  truncate: ftruncateSync,
};
