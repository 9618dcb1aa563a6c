/** What the test runner and the replay need of a decision point; the compiled module is one, a stub in a test another. */
import type { Decision } from "@thc/runtime";

export interface Engine {
  /** Pure: the next state stands in the answer, `state` is not changed. */
  readonly decide: (request: Uint8Array, state: Uint8Array) => Decision;
}

const encoder = new TextEncoder();
export const EMPTY_STATE = new Uint8Array(0);

/** A request as a host would send it (docs/semantics.md §1). */
export const encodeRequest = (request: object): Uint8Array => encoder.encode(JSON.stringify(request));
