/**
 * Asking: request and state in, decision out. Nothing here throws for anything a request may be: what cannot be read is a
 * denial. The module holds nothing between calls, so one Decider serves any number of sessions, one event at a time.
 */
import { createAnswerReader } from "./answer.ts";
import { type Blobs, DELEGATOR_LEDGERS, type DelegatorBlobs, OTHER_LEDGERS } from "./blobs.ts";
import type { Decision } from "./decision.ts";
import { createEncoder } from "./encode.ts";
import { hex } from "./hex.ts";
import type { Kernel } from "./kernel.ts";
import type { ExplainTable, Manifest } from "./manifest.ts";

export interface Decider {
  /**
   * @param request JSON bytes (UTF-8), JSON text, or an object of the request's shape (docs/formats/request.md)
   * @param state the session's last state, empty for a new session; of a contract that keeps other ledgers the blobs of all of them
   * (blobs.ts); left out: everything is new
   */
  readonly decide: (request: Uint8Array | string | object, state?: Uint8Array | Blobs) => Decision;
  /** SHA-256 (hex) of the last call's canonical action (RFC 8785); undefined when there was none. Before the next `decide`. */
  readonly actionDigest: () => string | undefined;
}

const EMPTY = new Uint8Array(0);
/** Of a contract without history. */
const NO_BLOBS: Blobs = Object.freeze({});
/** Number of the first delegator's first ledger. */
const FIRST_DELEGATOR = OTHER_LEDGERS.length + 1;
/** Where the blobs of a ledger go and come from. */
interface Place {
  readonly ledger: string;
  readonly bytes: number;
  readonly number: number;
  readonly inAt: number;
  readonly outAt: number;
}
type Changing<T> = { -readonly [K in keyof T]: T[K] };
const READABLE: Readonly<Record<string, readonly string[]>> = {
  principal: ["id", "team", "roles", "scopes", "chain"],
  action: ["tool", "args", "digest"],
  resource: [],
  context: [
    ...["time", "call_id", "session", "key", "turn", "run", "task", "origin", "cwd", "approvals"],
    ...["cost", "tokens", "elapsed", "ledger_key"],
  ],
  result: ["status", "value", "partial", "no_effect", "kept", "cost", "tokens", "elapsed"],
  message: ["from", "text"],
  chunk: ["text", "last"],
};

export function createDecider(kernel: Kernel, manifest: Manifest, explain: () => ExplainTable): Decider {
  const reader = createAnswerReader(kernel, manifest, explain);
  const { read } = reader;
  const decideEvent = kernel.decide;
  const wanted = new Map(Object.entries(READABLE).map(([group, names]) => [group, new Set(names)]));
  for (const f of manifest.facts) {
    const dot = f.path.indexOf(".");
    wanted.get(f.path.slice(0, dot))?.add(f.path.slice(dot + 1));
  }
  const utf8 = new TextEncoder();
  const limit = manifest.limits.request;
  const encoder = createEncoder(wanted, limit);
  const { history, most } = manifest.state;
  const place = <L extends string>(ledger: L, number: number) => {
    const bytes = manifest.state.ledgers?.find((kept) => kept.ledger === ledger)?.bytes;
    if (bytes === undefined) return [];
    return [{ ledger, bytes, number, inAt: kernel.ledger_in(number), outAt: kernel.ledger_out(number) }];
  };
  const others = OTHER_LEDGERS.flatMap((ledger, i) => place(ledger, i + 1));
  const ofDelegators = Array.from({ length: manifest.state.delegators ?? 0 }, (_, n) =>
    DELEGATOR_LEDGERS.flatMap((ledger, i) => place(ledger, FIRST_DELEGATOR + 2 * n + i)),
  );
  const inputAt = kernel.input(0);
  const stateInAt = kernel.state_in();
  const stateOutAt = kernel.state_out();
  let memory = new Uint8Array(kernel.memory.buffer);

  /** Memory that has grown leaves its old view empty: asking for `memory.buffer` each time would cost more than a rule. */
  function refresh(): void {
    if (memory.length === 0) memory = new Uint8Array(kernel.memory.buffer);
  }

  /** Room for `length` bytes at `inputAt`; false: the host has no memory for it. */
  function room(length: number): boolean {
    if (inputAt + length + 256 <= memory.length) return true;
    const ok = kernel.input(length) !== 0;
    refresh();
    return ok;
  }
  function put(request: Uint8Array | string | object): number {
    if (request instanceof Uint8Array) {
      if (request.length > limit || !room(request.length)) return limit + 1;
      memory.set(request, inputAt);
      return request.length;
    }
    if (typeof request === "string") {
      if (request.length > limit || !room(request.length * 3)) return limit + 1;
      // a lone surrogate would silently become U+FFFD: such a text is no Unicode
      if (!wellFormed(request)) return putInvalid();
      return utf8.encodeInto(request, memory.subarray(inputAt, inputAt + request.length * 3)).written;
    }
    if (typeof request !== "object" || request === null) return putInvalid();
    if (!room(16384)) return limit + 1;
    for (;;) {
      const have = Math.min(memory.length - inputAt - 256, limit + 1);
      let need: number;
      try {
        need = encoder.encode(request, memory, inputAt, have);
      } catch {
        return putInvalid(); // a getter threw, a cycle ran deep
      }
      if (need <= have) return need;
      if (need > limit || !room(need)) return limit + 1;
    }
  }
  function putInvalid(): number {
    memory[inputAt] = 0x3f;
    return 1;
  }

  /** Puts the blobs of the ledgers beside the session where the kernel reads them; what is missing stays not given. */
  function give(blobs: Blobs): void {
    for (const one of others) giveOne(one, blobs[one.ledger]);
    if (ofDelegators.length === 0) return;
    for (const [n, places] of ofDelegators.entries())
      for (const one of places) giveOne(one, blobs.delegators?.[n]?.[one.ledger]);
  }
  function giveOne({ bytes, number, inAt }: Place, blob: Uint8Array | undefined): void {
    if (blob === undefined) return;
    if (blob.length <= bytes) memory.set(blob, inAt);
    // larger than any that this contract writes: read as one that is cut short
    kernel.ledger_give(number, blob.length > bytes ? 1 : blob.length);
  }
  function taken(session: Uint8Array, before: Blobs): Blobs {
    const blobs: Changing<Blobs> = { session };
    for (const one of others) blobs[one.ledger] = takenOne(one, before[one.ledger]);
    if (ofDelegators.length === 0) return blobs;
    const given = before.delegators ?? [];
    blobs.delegators = given.map((before, n): DelegatorBlobs => {
      const after: Changing<DelegatorBlobs> = { ...before };
      for (const one of ofDelegators[n] ?? [])
        if (before[one.ledger] !== undefined) after[one.ledger] = takenOne(one, before[one.ledger]);
      return after;
    });
    return blobs;
  }
  function takenOne({ number, outAt }: Place, before: Uint8Array | undefined): Uint8Array {
    const written = kernel.ledger_out_length(number);
    return written < 0 ? (before ?? EMPTY) : memory.slice(outAt, outAt + written);
  }

  function ask(request: Uint8Array | string | object, state: Uint8Array, before: Blobs | undefined): Decision {
    const length = put(request);
    if (!history) {
      const packed = decideEvent(length, 0);
      refresh();
      return read(packed, state, NO_BLOBS);
    }
    const stateLength = state.length;
    if (stateLength > 0 && stateLength <= most) memory.set(state, stateInAt);
    if (before !== undefined) give(before);
    // a blob larger than any this contract writes is read as one that is cut short
    const packed = decideEvent(length, stateLength > most ? 1 : stateLength);
    refresh();
    const written = kernel.state_out_length();
    const next = written < 0 ? state : memory.slice(stateOutAt, stateOutAt + written);
    return read(packed, next, others.length === 0 ? { session: next } : taken(next, before ?? NO_BLOBS));
  }

  const news = (places: readonly Place[]) => Object.fromEntries(places.map(({ ledger }) => [ledger, EMPTY]));
  const newDelegators = ofDelegators.length === 0 ? {} : { delegators: ofDelegators.map(news) };
  const allNew: Blobs = { session: EMPTY, ...news(others), ...newDelegators };
  return {
    decide(request, given = others.length === 0 ? EMPTY : allNew) {
      const isSession = given instanceof Uint8Array;
      const state = isSession ? given : (given.session ?? EMPTY);
      try {
        return ask(request, state, isSession ? undefined : given);
      } catch {
        // a trap: only a module that was not made by the compiler can get here, and nothing is let through
        return reader.internal(state, isSession ? { session: state } : given);
      }
    },
    actionDigest() {
      const at = kernel.action_digest();
      if (at === 0) return undefined;
      refresh();
      return hex(memory, at, at + 32);
    },
  };
}

/** No lone surrogate (String.prototype.isWellFormed where there is one). */
function wellFormed(text: string): boolean {
  const s = text as string & { isWellFormed?: () => boolean };
  if (s.isWellFormed !== undefined) return s.isWellFormed();
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
