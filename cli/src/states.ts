/**
 * All states that a host keeps, as one value of bytes, so that tests, replays and `thc eval` can carry them along: of a contract with
 * one ledger the session's blob; of any other a text with the blobs of every ledger by its id (docs/formats/state.md, "Store").
 */
import type { Blobs, Decision, Ledger, Runtime } from "@thc/runtime";
import type { Engine } from "./engine.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const EMPTY = new Uint8Array(0);

interface Store {
  readonly session: Uint8Array;
  readonly others: { readonly [ledger in Ledger]?: { readonly [id: string]: string } };
}
/** Undefined: the request names none. */
type Ids = { readonly [ledger in Ledger]: string | undefined };

export function engineOf(runtime: Pick<Runtime, "decide" | "manifest">): Engine {
  const ledgers = (runtime.manifest.state.ledgers ?? []).map((l) => l.ledger);
  if (ledgers.length === 0) return runtime;
  return {
    decide(request, state) {
      const store = readStore(state);
      // what is no store goes to the module as it is, and is refused
      if (store === undefined) return runtime.decide(request, state);
      const ids = idsOf(request);
      const given: Blobs = {
        session: store.session,
        ...Object.fromEntries(ledgers.map((ledger) => [ledger, blobOf(store, ledger, ids[ledger])])),
      };
      const decision = runtime.decide(request, given);
      return {
        ...decision,
        state: isSame(ledgers, given, decision) ? state : writeStore(ledgers, store, ids, decision),
      };
    },
  };
}

function blobOf({ others }: Store, ledger: Ledger, id: string | undefined): Uint8Array {
  const kept = id === undefined ? undefined : others[ledger]?.[id];
  return kept === undefined ? EMPTY : Uint8Array.from(Buffer.from(kept, "base64"));
}

const isSame = (ledgers: readonly Ledger[], given: Blobs, { blobs }: Decision): boolean =>
  blobs.session === given.session && ledgers.every((ledger) => blobs[ledger] === given[ledger]);

function readStore(bytes: Uint8Array): Store | undefined {
  if (bytes.length === 0) return { session: EMPTY, others: {} };
  try {
    const { session, ...others } = JSON.parse(decoder.decode(bytes));
    return { session: Uint8Array.from(Buffer.from(session, "base64")), others };
  } catch {
    return undefined;
  }
}

function writeStore(ledgers: readonly Ledger[], { others }: Store, ids: Ids, { blobs }: Decision): Uint8Array {
  const base64 = (blob: Uint8Array = EMPTY) => Buffer.from(blob).toString("base64");
  const kept = ledgers.map((ledger) => {
    const id = ids[ledger];
    const blob = blobs[ledger] ?? EMPTY;
    const changed = id === undefined || blob.length === 0 ? {} : { [id]: base64(blob) };
    return [ledger, { ...others[ledger], ...changed }] as const;
  });
  return encoder.encode(JSON.stringify({ session: base64(blobs.session), ...Object.fromEntries(kept) }));
}

/** Whose ledgers a request names; nobody's when it cannot be read, and then it is refused anyway. */
function idsOf(request: Uint8Array): Ids {
  const ids = { run: undefined, agent: undefined, team: undefined, global: "" };
  try {
    const { principal, context } = JSON.parse(decoder.decode(request));
    const text = (v: unknown) => (typeof v === "string" ? v : undefined);
    return { ...ids, run: text(context?.run), agent: text(principal?.id), team: text(principal?.team) };
  } catch {
    return ids;
  }
}
