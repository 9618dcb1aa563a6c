/**
 * One log, one writer: a lock file with the owner's host, pid and start time.
 *
 * The start time tells a dead owner from another process that got its pid. A stale lock is taken over under a second, short-lived lock, so that two
 * heirs cannot both win. A lock of another host is never judged stale from here.
 */

import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { auditFailure } from "../failure.ts";
import { LOCK_FILE } from "./names.ts";

interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly start: string;
}

/** Start of a process in clock ticks since boot; empty where the system does not say or there is no such process. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The program's name stands in parentheses and may hold anything; field 22 is counted from behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const start = startOf(owner.pid);
  return start === "" || owner.start === "" || start === owner.start;
}

function readOwner(path: string): Owner | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value !== "object" || value === null) return null;
    const { host, pid, start } = value as Partial<Record<keyof Owner, unknown>>;
    return typeof host === "string" && Number.isSafeInteger(pid) && typeof start === "string"
      ? { host, pid: pid as number, start }
      : null;
  } catch {
    return null;
  }
}

function tryCreate(path: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  writeSync(fd, JSON.stringify({ host: hostname(), pid: process.pid, start: startOf(process.pid) } satisfies Owner));
  closeSync(fd);
  return true;
}

/** Takes the lock or refuses; the answer releases it. */
export function takeLock(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  if (!tryCreate(path)) takeOver(path);
  return () => {
    const owner = readOwner(path);
    if (owner?.pid === process.pid && owner.host === hostname()) unlinkSync(path);
  };
}

function takeOver(path: string): void {
  const owner = readOwner(path);
  // An unreadable lock is being written this moment, or damaged: in doubt somebody writes.
  if (owner === null) throw auditFailure("locked", "another writer holds the log (its lock file cannot be read)");
  if (isAlive(owner))
    throw auditFailure("locked", `another writer holds the log: process ${owner.pid} on \`${owner.host}\``);
  const heir = `${path}.heir`;
  if (!tryCreate(heir)) throw auditFailure("locked", "another writer is taking the log over from a dead one");
  try {
    const now = readOwner(path);
    if (now === null || now.pid !== owner.pid || now.start !== owner.start)
      throw auditFailure("locked", "another writer has just taken the log over");
    unlinkSync(path);
    if (!tryCreate(path)) throw auditFailure("locked", "another writer has just taken the log over");
  } finally {
    unlinkSync(heir);
  }
}
