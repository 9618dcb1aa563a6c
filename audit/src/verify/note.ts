/** Signed notes and verification keys as a reader checks them (C2SP signed-note, tlog-checkpoint, tlog-proof). */

import type { Platform } from "./platform.ts";
import { fromBase64, fromHex, toHex } from "./sha256.ts";

export interface VerificationKey {
  readonly text: string;
  readonly name: string;
  readonly id: string;
  readonly publicKey: Uint8Array;
}

const utf8 = new TextEncoder();

/** `null` when the text is no Ed25519 verification key or its id is not its own. */
export function parseVerificationKey(platform: Platform, text: string): VerificationKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text);
  if (match === null) return null;
  const [, name, id, encoded] = match as unknown as [string, string, string, string];
  const typed = fromBase64(encoded);
  if (typed === null || typed.length !== 33 || typed[0] !== 1) return null;
  const named = utf8.encode(`${name}\n`);
  const bytes = new Uint8Array(named.length + typed.length);
  bytes.set(named);
  bytes.set(typed, named.length);
  return platform.sha256Hex(bytes).slice(0, 8) === id ? { text, name, id, publicKey: typed.subarray(1) } : null;
}

export interface NoteParts {
  readonly text: string;
  readonly signatures: readonly string[];
}

export function splitNote(note: string): NoteParts | null {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0 || !note.endsWith("\n")) return null;
  const signatures = note.slice(gap + 2, -1).split("\n");
  return signatures.some((line) => line === "") ? null : { text: note.slice(0, gap + 1), signatures };
}

/** Every key must have signed, one line each, in their order, and nobody else. */
export async function isSignedBy(
  platform: Platform,
  note: NoteParts,
  keys: readonly VerificationKey[],
): Promise<boolean> {
  if (note.signatures.length !== keys.length) return false;
  for (const [i, key] of keys.entries()) if (!(await lineHolds(platform, note, i, key))) return false;
  return true;
}

/** At least one line is by the key, and every line by it holds; lines of others (witnesses) are let be. */
export async function isSignedAmongOthers(platform: Platform, note: NoteParts, key: VerificationKey): Promise<boolean> {
  let signed = false;
  for (const [i, line] of note.signatures.entries()) {
    const raw = fromBase64(line.split(" ")[2] ?? "");
    if (line.split(" ")[1] !== key.name || raw === null || toHex(raw.subarray(0, 4)) !== key.id) continue;
    if (!(await lineHolds(platform, note, i, key))) return false;
    signed = true;
  }
  return signed;
}

async function lineHolds(platform: Platform, note: NoteParts, index: number, key: VerificationKey): Promise<boolean> {
  const parts = (note.signatures[index] as string).split(" ");
  const raw = fromBase64(parts[2] ?? "");
  if (parts.length !== 3 || parts[0] !== "—" || parts[1] !== key.name) return false;
  if (raw === null || raw.length !== 68 || toHex(raw.subarray(0, 4)) !== key.id) return false;
  return platform.ed25519(key.publicKey, utf8.encode(note.text), raw.subarray(4));
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

const COUNT = /^(?:0|[1-9]\d{0,15})$/;

/** The three lines of a checkpoint without extensions. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const lines = text.split("\n");
  const [origin, size, root] = lines as [string, string, string];
  if (
    lines.length !== 4 ||
    lines[3] !== "" ||
    origin === "" ||
    !COUNT.test(size) ||
    !Number.isSafeInteger(Number(size))
  )
    return null;
  const bytes = fromBase64(root);
  return bytes === null || bytes.length !== 32 ? null : { origin, size: Number(size), root: toHex(bytes) };
}

export interface InclusionProof {
  readonly index: number;
  readonly path: readonly string[];
  readonly note: string;
}

/** C2SP tlog-proof without extra data. */
export function parseProof(text: string): InclusionProof | null {
  const gap = text.indexOf("\n\n");
  if (gap < 0) return null;
  const [title, index, ...path] = text.slice(0, gap).split("\n");
  const number = /^index (\d+)$/.exec(index ?? "")?.[1] ?? "";
  if (title !== "c2sp.org/tlog-proof@v1" || !COUNT.test(number)) return null;
  const hashes = path.map(fromBase64);
  if (hashes.length > 64 || !hashes.every((hash) => hash?.length === 32)) return null;
  return { index: Number(number), path: hashes.map((hash) => toHex(hash as Uint8Array)), note: text.slice(gap + 2) };
}

export const isHash = (text: unknown): text is string => typeof text === "string" && fromHex(text)?.length === 32;
