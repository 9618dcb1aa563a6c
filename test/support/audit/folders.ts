/** Throw-away folders for logs, and the Python reader as a program. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { PYTHON_READER } from "./vectors.ts";

const made: string[] = [];
/** In memory where there is such a place: a sync then costs nothing, and means what it means to the code under test. */
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Gone when the test file is done. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(base, "thc-audit-"));
  made.push(folder);
  return folder;
}

export function segmentFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith("segment-"))
    .sort();
}

export function readSegments(folder: string): Buffer {
  return Buffer.concat(segmentFiles(folder).map((name) => readFileSync(join(folder, name))));
}

export function linesOf(folder: string): readonly Record<string, unknown>[] {
  return readSegments(folder)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export interface PythonAnswer {
  readonly ok: boolean;
  readonly said: Record<string, unknown>;
}

/** `null` where there is no Python 3. */
export function pythonReads(folder: string, ...args: readonly string[]): PythonAnswer | null {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  const done = spawnSync("python3", [PYTHON_READER, folder, ...args], { encoding: "utf8", env });
  if (done.error !== undefined) return null;
  if (done.stdout === "") throw new Error(done.stderr);
  return { ok: done.status === 0, said: JSON.parse(done.stdout) as Record<string, unknown> };
}
