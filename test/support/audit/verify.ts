/** Verifying a folder in a test, and logs made for tests with a fixed key and clock. */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenOptions, openLog } from "@thc/audit";
import { directorySource, nodePlatform } from "@thc/audit/read";
import { type Fault, type Report, type VerifyOptions, verifyLog } from "@thc/audit/verify";
import { freshFolder } from "./folders.ts";
import { pem, vectors } from "./vectors.ts";

export const SIGNING_KEY = pem(vectors.private_keys[0] as string);
export const NEXT_KEY = pem(vectors.private_keys[1] as string);
export const ORIGIN = vectors.origin;
export const VERIFICATION_KEY = vectors.verification_keys[0] as string;

export function verifyFolder(folder: string, options: Partial<VerifyOptions> = {}): Promise<Report> {
  return verifyLog(directorySource(folder), { platform: nodePlatform(), ...options });
}

export async function faultOf(folder: string, options: Partial<VerifyOptions> = {}): Promise<Fault | null> {
  const { integrity } = await verifyFolder(folder, options);
  return integrity.ok ? null : integrity.fault;
}

export function openTestLog(folder: string, options: Partial<OpenOptions> = {}) {
  let now = Date.UTC(2026, 2, 1, 12);
  return openLog({ folder, origin: ORIGIN, signingKey: SIGNING_KEY, clock: () => (now += 7), ...options });
}

/** A closed log with `records` host records in segments of `perSegment`. */
export async function writtenLog(records: number, options: Partial<OpenOptions> = {}): Promise<string> {
  const folder = freshFolder();
  const { log } = openTestLog(folder, options);
  for (let n = 0; n < records; n++) await log.append({ kind: "x_step", n, text: `step ${n} é` });
  await log.close();
  return folder;
}

export function copyOf(folder: string): string {
  const copy = freshFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export function editFile(folder: string, name: string, edit: (bytes: Buffer) => Buffer): void {
  const path = join(folder, name);
  writeFileSync(path, edit(readFileSync(path)));
}

export function editLines(folder: string, name: string, edit: (lines: string[]) => string[]): void {
  editFile(folder, name, (bytes) => Buffer.from(edit(bytes.toString("utf8").split("\n")).join("\n")));
}
