/**
 * States by ledger: the session's, and those beside it that a contract counts in. And all of them as one value, for whoever keeps the
 * states of an event in one place (a log, a file): docs/formats/state.md, "Bundle".
 */

/** Beside the session; a ledger's number in the kernel is its place + 1. */
export const OTHER_LEDGERS = ["run", "agent", "team", "global"] as const;
export type Ledger = (typeof OTHER_LEDGERS)[number];

/**
 * One blob a ledger; empty: a new one. A contract that keeps a ledger wants its member in every call and result, also the run's and the
 * team's when the request names none (empty then): one that is missing is `bad_state`, so that nobody counts from nought by mistake.
 */
export interface Blobs {
  readonly session?: Uint8Array;
  readonly run?: Uint8Array;
  readonly agent?: Uint8Array;
  readonly team?: Uint8Array;
  readonly global?: Uint8Array;
}

const MAGIC = 0x42434854; // "THCB"
const NAMES = ["session", ...OTHER_LEDGERS] as const;

/** The session's blob as it is when there is no other; else magic and five lengths, then the blobs. */
export function packBlobs(blobs: Blobs): Uint8Array {
  const parts = NAMES.map((name) => blobs[name]);
  const session = blobs.session ?? new Uint8Array(0);
  if (parts.slice(1).every((part) => part === undefined)) return session;
  const out = new Uint8Array(24 + parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  let at = 24;
  for (const [i, part] of parts.entries()) {
    // a ledger that is not kept is told from an empty one
    view.setUint32(4 + 4 * i, part === undefined ? 0xffffffff : part.length, true);
    if (part === undefined) continue;
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What `packBlobs` made; anything else is the session's blob, and refused as what it is. */
export function unpackBlobs(bytes: Uint8Array): Blobs {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0, true) !== MAGIC) return { session: bytes };
  const blobs: { [name in (typeof NAMES)[number]]?: Uint8Array } = {};
  let at = 24;
  for (const [i, name] of NAMES.entries()) {
    const length = view.getUint32(4 + 4 * i, true);
    if (length === 0xffffffff) continue;
    if (at + length > bytes.length) return { session: bytes };
    blobs[name] = bytes.slice(at, at + length);
    at += length;
  }
  return at === bytes.length ? blobs : { session: bytes };
}
