/** Reads a request and, if given, a state, and has them decided; a request that is no request is a decision too: a denial. */
import type { Contract } from "@thc/language";
import type { Decision, Explanation } from "@thc/runtime";
import { EMPTY_STATE } from "../engine.ts";
import { EXIT } from "../exit.ts";
import { type Read, readBytes } from "../files/read.ts";
import { engineOf } from "../states.ts";
import type { Paint } from "../terminal/paint.ts";
import { actionReason } from "./action-reason.ts";
import { type Opened, openSubject } from "./subject.ts";

export interface DecidedOnce {
  readonly decision: Decision;
  readonly explanation: Explanation;
  /** As given; it may be anything. */
  readonly request: Uint8Array;
  /** Undefined: only the module is at hand. */
  readonly contract: Contract | undefined;
  /** What the registry says of the cloud action, if the request names one. */
  readonly action: readonly (readonly [string, string])[];
}

export async function decideOnce(
  path: string,
  input: { readonly request: string; readonly state?: string },
  paint: Paint,
): Promise<{ readonly ok: true; readonly value: DecidedOnce } | Extract<Opened, { readonly ok: false }>> {
  const opened = await openSubject(path, paint);
  if (!opened.ok) return opened;
  const request = readBytes(input.request);
  if (!request.ok) return { ok: false, exit: EXIT.unreadable, lines: [request.message] };
  const state: Read<Uint8Array> = input.state === undefined ? { ok: true, value: EMPTY_STATE } : readBytes(input.state);
  if (!state.ok) return { ok: false, exit: EXIT.unreadable, lines: [state.message] };
  const { runtime, contract } = opened.value;
  const decision = engineOf(runtime).decide(request.value, state.value);
  const action = await actionReason(runtime.manifest, request.value, opened.value.path);
  return { ok: true, value: { decision, explanation: decision.explain(), request: request.value, contract, action } };
}
