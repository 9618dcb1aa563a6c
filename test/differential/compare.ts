/** Runs a case on a subject and on the reference side by side, and says where they first part. */
import { isDeepStrictEqual } from "node:util";
import type { RefDecision } from "../reference/decision.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState, type RefState } from "../reference/state.ts";
import { type Case, type Event, encode } from "./event.ts";
import { type Instance, NEW_SESSION, type Subject } from "./subject.ts";

export interface Difference {
  /** Index of the event; −1: the contract did not compile. */
  readonly at: number;
  readonly what: string;
  readonly expected: RefDecision | undefined;
  readonly actual: RefDecision | undefined;
  readonly request: string;
}

export interface Observed {
  readonly event: Event;
  readonly decision: RefDecision;
  readonly before: RefState;
  readonly after: RefState;
}

export interface Compared {
  readonly difference: Difference | undefined;
  /** Requests that were decided by both. */
  readonly pairs: number;
}

export function compare(given: Case, subject: Subject, observe: (seen: Observed) => void = () => {}): Compared {
  const failed = (at: number, what: string, rest: Partial<Difference> = {}): Compared => ({
    difference: { at, what, expected: undefined, actual: undefined, request: "", ...rest },
    pairs: Math.max(0, at),
  });
  let instance: Instance;
  try {
    instance = subject.compile(given.contract);
  } catch (error) {
    return failed(-1, `the contract does not compile: ${String(error)}`);
  }
  const asked = new Map<string, string>();
  let state = emptyState();
  let bytes: Uint8Array = NEW_SESSION;
  for (const [at, event] of given.events.entries()) {
    const request = encode(event, asked);
    const expected = interpret(given.contract, instance.contractDigest, request, state);
    const shown = { expected: expected.decision, request: new TextDecoder().decode(request) };
    let actual: ReturnType<Instance["decide"]>;
    try {
      actual = instance.decide(request, bytes);
    } catch (error) {
      return failed(at, `it stops with an exception: ${String(error)}`, shown);
    }
    if (!isDeepStrictEqual(plainly(actual.decision), plainly(expected.decision)))
      return failed(at, "the decisions differ", { ...shown, actual: actual.decision });
    if (expected.state === state && !Buffer.from(actual.state).equals(bytes))
      return failed(at, "the state changed where nothing is written", { ...shown, actual: actual.decision });
    observe({ event, decision: expected.decision, before: state, after: expected.state });
    for (const { rule, digest } of expected.decision.approvals) asked.set(rule, digest);
    state = expected.state;
    bytes = actual.state;
  }
  return { difference: undefined, pairs: given.events.length };
}

/** The members of a decision, in one order, without prototypes of the subject's making. */
function plainly(decision: RefDecision): unknown {
  const {
    outcome,
    reason,
    rules,
    obligations,
    approvals,
    warnings,
    observed,
    hints,
    labels,
    levels,
    risk,
    duplicate,
    clockBehind,
    unfit,
    retryAfter,
    validUntil,
    enforce,
  } = decision;
  const asked = approvals.map(({ rule, digest }) => `${rule} ${digest}`);
  return [
    outcome,
    reason,
    [...rules],
    [...obligations],
    asked,
    [...warnings],
    [...observed],
    [...hints],
    [...labels],
    [...levels],
    risk,
    duplicate,
    clockBehind,
    unfit,
    retryAfter,
    validUntil,
    enforce,
  ];
}
