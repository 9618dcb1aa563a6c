/**
 * A story: a contract and what happens in one session of it. The vectors are stories with what the module answered; what a
 * state holds at the end is written by hand, so that a reader of the format is held to something nobody computed.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

export interface Story {
  readonly name: string;
  /** One sentence: what this vector is for. */
  readonly about: string;
  readonly contract: string;
  readonly session: string;
  /** 32 hex digits, or empty: no `context.key`. */
  readonly key: string;
  readonly steps: readonly Step[];
  /** Texts that hashes of the last state may stand for, and what that state holds (read_state.py prints it so). */
  readonly holds?: {
    readonly names: readonly (readonly (string | number | readonly string[])[])[];
    readonly rows: Json;
  };
  /** Of an approval digest: the parts that are hashed, as text or `hex:…`. Braces name digests that are put in. */
  readonly approvalParts?: readonly string[];
}
export interface Step {
  readonly about?: string;
  /** `{asked}` in it stands for the digest that the last decision asked to approve. */
  readonly request:
    | { readonly json: Json }
    | { readonly text: string; readonly padded?: number }
    | { readonly hex: string };
  /** Instead of the state that the step before left. Given the states so far. */
  readonly given?: (states: readonly Uint8Array[]) => Uint8Array;
}

export const START = 1_767_225_600_000; // 2026-01-01T00:00:00Z
export const KEY = "000102030405060708090a0b0c0d0e0f";

/** The requests of one session, shortly. Times are seconds after START. */
export function session(principal: string, name: string, key: string) {
  const context = (at: number, id?: string) => ({
    time: START + at * 1000,
    ...(id === undefined ? {} : { call_id: id }),
    ...(name === "" ? {} : { session: name }),
    ...(key === "" ? {} : { key }),
  });
  return {
    call: (
      at: number,
      id: string,
      tool: string,
      args: Json,
      more: { context?: object; resource?: Json } = {},
    ): Step => ({
      request: {
        json: {
          event: "call",
          principal: { id: principal },
          action: { tool, args },
          ...(more.resource === undefined ? {} : { resource: more.resource }),
          context: { ...context(at, id), ...more.context },
        },
      },
    }),
    result: (at: number, id: string, result: { readonly [name: string]: Json }): Step => ({
      request: { json: { event: "result", principal: { id: principal }, context: context(at, id), result } },
    }),
    chunk: (at: number, id: string, text: string, last = false): Step => ({
      request: {
        json: { event: "chunk", principal: { id: principal }, context: context(at, id), chunk: { text, last } },
      },
    }),
    say: (at: number, text: string, from = "user"): Step => ({
      request: {
        json: { event: "message", principal: { id: principal }, context: context(at), message: { from, text } },
      },
    }),
  };
}
