/**
 * States by ledger: the session's, and those beside it that a contract counts in. And all of them as one value, for whoever keeps the
 * states of an event in one place (a log, a file): docs/formats/state.md, "Bundle".
 */

/** Beside the session; a ledger's number in the kernel is its place + 1. */
export const OTHER_LEDGERS = ["run", "agent", "team", "global"] as const;
export type Ledger = (typeof OTHER_LEDGERS)[number];
/** Of a delegator; of the n-th the agent's number is 3 + 2n, the team's one more. */
export const DELEGATOR_LEDGERS = ["agent", "team"] as const;

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
  /**
   * Of a contract that counts in the ledgers of those for whom a call is made (`manifest.state.delegators`): theirs, in the order of the
   * chain's agents; one that is missing is `bad_state` as well. A ledger that stands in two places is written in the first alone.
   */
  readonly delegators?: readonly DelegatorBlobs[];
}
export interface DelegatorBlobs {
  readonly agent?: Uint8Array;
  readonly team?: Uint8Array;
}

const MAGIC = 0x42434854; // "THCB"
/** Before the lengths stands how many delegators there are. */
const MAGIC_CHAIN = 0x44434854; // "THCD"
const NAMES = ["session", ...OTHER_LEDGERS] as const;
const NOT_KEPT = 0xffffffff;
/** A chain has no more agents. */
export const MOST_DELEGATORS = 15;

/** The session's blob as it is when there is no other; else magic and lengths, then the blobs. */
export function packBlobs(blobs: Blobs): Uint8Array {
  const own = NAMES.map((name) => blobs[name]);
  const { session = new Uint8Array(0), delegators } = blobs;
  if (own.slice(1).every((part) => part === undefined) && delegators === undefined) return session;
  const parts = [...own, ...(delegators ?? []).flatMap((one) => DELEGATOR_LEDGERS.map((name) => one[name]))];
  const head = (delegators === undefined ? 4 : 8) + 4 * parts.length;
  const out = new Uint8Array(head + parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, delegators === undefined ? MAGIC : MAGIC_CHAIN, true);
  if (delegators !== undefined) view.setUint32(4, delegators.length, true);
  let at = head;
  for (const [i, part] of parts.entries()) {
    // a ledger that is not kept is told from an empty one
    view.setUint32(head - 4 * (parts.length - i), part === undefined ? NOT_KEPT : part.length, true);
    if (part === undefined) continue;
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What `packBlobs` made; anything else is the session's blob, and refused as what it is. */
export function unpackBlobs(bytes: Uint8Array): Blobs {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < 24 ? 0 : view.getUint32(0, true);
  if (magic !== MAGIC && magic !== MAGIC_CHAIN) return { session: bytes };
  const chain = magic === MAGIC ? 0 : view.getUint32(4, true);
  const count = NAMES.length + DELEGATOR_LEDGERS.length * chain;
  const lengthsAt = magic === MAGIC ? 4 : 8;
  let at = lengthsAt + 4 * count;
  if (chain > MOST_DELEGATORS || at > bytes.length) return { session: bytes };
  const parts: (Uint8Array | undefined)[] = [];
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(lengthsAt + 4 * i, true);
    parts.push(length === NOT_KEPT ? undefined : bytes.slice(at, at + length));
    if (length !== NOT_KEPT) at += length;
    if (at > bytes.length) return { session: bytes };
  }
  if (at !== bytes.length) return { session: bytes };
  const named = (names: readonly string[], from: number) =>
    Object.fromEntries(names.flatMap((name, i) => (parts[from + i] === undefined ? [] : [[name, parts[from + i]]])));
  const delegators = Array.from({ length: chain }, (_, n) => named(DELEGATOR_LEDGERS, NAMES.length + 2 * n));
  return { ...named(NAMES, 0), ...(magic === MAGIC ? {} : { delegators }) };
}
