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
/** One ledger of an event: of the principal, or of a delegator, counted from 0. `id` undefined: the request names none. */
interface Place {
  readonly ledger: Ledger;
  readonly delegator: number | undefined;
  readonly id: string | undefined;
}

export function engineOf(runtime: Pick<Runtime, "decide" | "manifest">): Engine {
  const { delegators = 0, ...state } = runtime.manifest.state;
  const ledgers = (state.ledgers ?? []).map((l) => l.ledger);
  if (ledgers.length === 0) return runtime;
  return {
    decide(request, state) {
      const store = readStore(state);
      // what is no store goes to the module as it is, and is refused
      if (store === undefined) return runtime.decide(request, state);
      const places = placesOf(request, ledgers, delegators);
      const own = places.filter(({ delegator }) => delegator === undefined);
      const blobsOf = (some: readonly Place[]) =>
        Object.fromEntries(some.map((place) => [place.ledger, blobOf(store, place)]));
      const others = Array.from({ length: delegators }, (_, n) => places.filter(({ delegator }) => delegator === n));
      const given: Blobs = {
        session: store.session,
        ...blobsOf(own),
        ...(delegators === 0 ? {} : { delegators: others.map(blobsOf) }),
      };
      const decision = runtime.decide(request, given);
      const changed = places.flatMap((place) => {
        const after = blobAt(decision.blobs, place);
        return place.id === undefined || after === undefined || after === blobAt(given, place)
          ? []
          : [{ ...place, id: place.id, after }];
      });
      const isSame = changed.length === 0 && decision.blobs.session === given.session;
      return { ...decision, state: isSame ? state : writeStore(ledgers, store, decision, changed) };
    },
  };
}

function blobAt(blobs: Blobs, { ledger, delegator }: Place): Uint8Array | undefined {
  if (delegator === undefined) return blobs[ledger];
  return ledger === "agent" || ledger === "team" ? blobs.delegators?.[delegator]?.[ledger] : undefined;
}

function blobOf({ others }: Store, { ledger, id }: Place): Uint8Array {
  const kept = id === undefined ? undefined : others[ledger]?.[id];
  return kept === undefined ? EMPTY : Uint8Array.from(Buffer.from(kept, "base64"));
}

function readStore(bytes: Uint8Array): Store | undefined {
  if (bytes.length === 0) return { session: EMPTY, others: {} };
  try {
    const { session, ...others } = JSON.parse(decoder.decode(bytes));
    return { session: Uint8Array.from(Buffer.from(session, "base64")), others };
  } catch {
    return undefined;
  }
}

function writeStore(
  ledgers: readonly Ledger[],
  { others }: Store,
  { blobs }: Decision,
  changed: readonly (Place & { readonly id: string; readonly after: Uint8Array })[],
): Uint8Array {
  const base64 = (blob: Uint8Array = EMPTY) => Buffer.from(blob).toString("base64");
  const kept = ledgers.map((ledger) => {
    const own = changed.filter((place) => place.ledger === ledger);
    return [ledger, { ...others[ledger], ...Object.fromEntries(own.map(({ id, after }) => [id, base64(after)])) }];
  });
  return encoder.encode(JSON.stringify({ session: base64(blobs.session), ...Object.fromEntries(kept) }));
}

/** Whose ledgers a request names. */
function placesOf(request: Uint8Array, ledgers: readonly Ledger[], delegators: number): readonly Place[] {
  const [ids, ...others] = idsOf(request);
  const own = ledgers.map((ledger) => ({ ledger, delegator: undefined, id: ids[ledger] }));
  const theirs = Array.from({ length: delegators }, (_, delegator) =>
    ledgers.flatMap((ledger) =>
      ledger === "agent" || ledger === "team" ? [{ ledger, delegator, id: others[delegator]?.[ledger] }] : [],
    ),
  );
  return [...own, ...theirs.flat()];
}

type Link = { readonly [member in "id" | "team" | "user"]?: unknown };
type Ids = { readonly [ledger in Ledger]?: string | undefined };

/** The principal's, then those of the agents of the chain; nobody's when it cannot be read, and then it is refused anyway. */
function idsOf(request: Uint8Array): readonly [Ids, ...Ids[]] {
  try {
    const { principal, context } = JSON.parse(decoder.decode(request));
    const text = (v: unknown) => (typeof v === "string" ? v : undefined);
    const of = (one: Link | undefined) => ({
      agent: text(one?.id),
      team: text(one?.team),
    });
    const links: readonly Link[] = Array.isArray(principal?.chain) ? principal.chain : [];
    const agents = links.filter((link) => link?.user !== true);
    return [{ ...of(principal), run: text(context?.run), global: "" }, ...agents.map(of)];
  } catch {
    return [{ global: "" }];
  }
}
