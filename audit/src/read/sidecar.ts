/** The sidecar as a reader sees it: what opens the commitments of decision records, or the fact that it was erased. */

import { existsSync, readFileSync } from "node:fs";
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

export interface SidecarSource {
  /** Entries of a segment by record number. */
  entries(segment: string): ReadonlyMap<number, SidecarEntry>;
}

export function directorySidecar(folder: string): SidecarSource {
  return {
    entries(segment) {
      const path = join(folder, segment.replace("segment-", "sidecar-"));
      const entries = new Map<number, SidecarEntry>();
      if (!existsSync(path)) return entries;
      for (const line of readFileSync(path, "utf8").split("\n")) {
        const parsed = parseEntry(line);
        // The last one counts: an earlier one is of a record that a crash took.
        if (parsed !== null) entries.set(parsed.record, parsed.entry);
      }
      return entries;
    },
  };
}

function parseEntry(line: string): { readonly record: number; readonly entry: SidecarEntry } | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { record, erased, action, answer, request, salts, session, state } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(record)) return null;
  if (erased === true) return { record: record as number, entry: { state: "erased" } };
  const bytes = (text: unknown): Uint8Array => Uint8Array.from(Buffer.from(String(text), "base64"));
  if (typeof salts !== "object" || salts === null || typeof session !== "string") return null;
  return {
    record: record as number,
    entry: {
      state: "kept",
      action: bytes(action),
      answer: bytes(answer),
      request: bytes(request),
      session,
      stateBefore: state === null ? null : bytes(state),
      salts: new Map(Object.entries(salts).map(([label, salt]) => [label, bytes(salt)])),
    },
  };
}
