/** A result: what completes, what is released, what grounds (docs/semantics.md §6, "result"). */
import { linkedActions } from "./action.ts";
import { admit } from "./content.ts";
import { allowed, denied } from "./decision.ts";
import type { Event, Interpreted } from "./event.ts";
import { completeEvidence, dropEvidence, markSince } from "./evidence.ts";
import { see } from "./flow.ts";
import { take } from "./grounding/take.ts";
import { isObserved } from "./observe.ts";
import { settle } from "./reservation.ts";
import type { PendingCall, RefState } from "./state.ts";
import { typed, type Value } from "./value.ts";

/** `pending` is undefined only where nothing is kept. */
export function takeResult(event: Event, pending: PendingCall | undefined, given: RefState): Interpreted {
  if (pending === undefined) return { decision: allowed([]), state: given };
  const { request } = event;
  const allKept = pending.obligations.every((obligation) => request.kept.includes(obligation.kind));
  // nobody enforces: it is handed on, whatever is answered
  const happens = isObserved(event.contract, event.now);
  const admitted = allKept ? admitResult(event, pending, given) : undefined;
  const state = admitted?.state ?? given;
  if (admitted?.decision.outcome === "require_approval" && !happens) return admitted;
  const kept = happens || (allKept && (admitted === undefined || admitted.passes));
  const ok = kept && request.status === "ok";
  const value = ok ? fitting(event, pending) : undefined;
  const closed: RefState = {
    ...settle(event, pending, !ok && request.noEffect, state),
    values: kept ? see(state.values, event.contract, pending.tool, pending.labels, request) : state.values,
    pending: state.pending.filter((call) => call !== pending),
  };
  const decision = admitted?.decision ?? (allKept ? allowed([]) : denied("obligation_not_kept"));
  return {
    decision: { ...decision, unfit: ok && value === undefined },
    state: value === undefined ? failed(event, closed, pending) : completed(event, closed, pending, value),
  };
}

/** Of a stream that was ended nothing is handed on. */
function admitResult(event: Event, pending: PendingCall, state: RefState) {
  if (pending.stream.end === "denied") return { decision: denied("inspection_denied"), state, passes: false };
  return admit(event, "results", pending.tool, state);
}

/** A tool that declares no result: anything fits, and nothing of it is read. */
function fitting(event: Event, pending: PendingCall): Value | undefined {
  const { request, cwd } = event;
  const type = event.contract.tools[pending.tool]!.returns;
  if (type === undefined) return { kind: "json", value: request.result };
  // As with members: null, and no value at all, fits what is optional only.
  if (request.result.kind === "null" && type.kind !== "optional") return undefined;
  const actions = linkedActions(event.contract);
  return typed(type, request.result, { cwd, actions, undeclared: "ignored", partial: request.partial });
}

function completed(event: Event, state: RefState, pending: PendingCall, value: Value): RefState {
  const { contract, now } = event;
  const next = completeEvidence(state, contract, pending.call, now, value);
  return markSince({ ...next, table: take(next.table, contract, pending, value) }, contract, pending.tool);
}

function failed({ contract }: Event, state: RefState, pending: PendingCall): RefState {
  return markSince(dropEvidence(state, contract, pending.call), contract, pending.tool);
}
