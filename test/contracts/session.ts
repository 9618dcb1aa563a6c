/**
 * A session with some decision function, as a host would keep it: state, time and call ids are carried along.
 *
 * Written over `step`, so that the reference and the real module can be driven by the same tests.
 */
import type { RefDecision } from "../reference/decision.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface CallOptions {
  readonly id?: string;
  readonly turn?: number;
  /** Merged over the request, root by root. */
  readonly also?: { readonly [root: string]: { readonly [name: string]: Json } };
}
export interface Session {
  readonly call: (tool: string, args: Json, options?: CallOptions) => RefDecision;
  /** Of the last call, unless an id is given. */
  readonly result: (
    value: Json,
    rest?: { readonly [name: string]: Json },
    id?: string,
    context?: { readonly [name: string]: Json },
  ) => RefDecision;
  /** A piece of the last call's result. */
  readonly chunk: (text: string, last?: boolean) => RefDecision;
  readonly say: (text: string, from?: string) => RefDecision;
  readonly wait: (ms: number) => void;
  readonly send: (request: Json | Uint8Array) => RefDecision;
}

export const START = 1_767_225_600_000; // 2026-01-01T00:00:00Z

/** `step` holds the state: one request in, the decision out. */
export function session(step: (request: Uint8Array) => RefDecision, principal = "bot"): Session {
  let time = START;
  let calls = 0;
  let last = "";
  const send = (request: Json | Uint8Array) =>
    step(request instanceof Uint8Array ? request : new TextEncoder().encode(JSON.stringify(request)));
  return {
    send,
    wait: (ms) => {
      time += ms;
    },
    call: (tool, args, options = {}) => {
      calls += 1;
      last = options.id ?? `c${calls}`;
      const { principal: p, context, ...others } = options.also ?? {};
      return send({
        ...others,
        event: "call",
        principal: { id: principal, ...p },
        action: { tool, args, ...options.also?.action },
        context: { time, call_id: last, ...(options.turn === undefined ? {} : { turn: options.turn }), ...context },
      });
    },
    result: (value, rest = {}, id = last, context = {}) =>
      send({
        event: "result",
        principal: { id: principal },
        context: { time, call_id: id, ...context },
        result: { status: "ok", value, ...rest },
      }),
    chunk: (text, isLast = false) =>
      send({
        event: "chunk",
        principal: { id: principal },
        context: { time, call_id: last },
        chunk: { text, last: isLast },
      }),
    say: (text, from = "user") =>
      send({ event: "message", principal: { id: principal }, context: { time }, message: { from, text } }),
  };
}
