/**
 * Takes one recorded run through a decision point, event by event, as a live host would have.
 *
 * A record is one run of one session. What it cannot know is settled so: time is synthetic, one second a step; facts and costs that nothing
 * names are not known either, so that a budget over costs denies; a denied call never ran, so its result is
 * withheld; a call that needs approval counts as granted (a made-up approver signs exactly what was asked for) and is reported
 * as asked; every obligation counts as kept.
 */
import { OBLIGATION_KINDS } from "@thc/language";
import type { ApprovalRequest, Decision } from "@thc/runtime";
import { EMPTY_STATE, encodeRequest } from "../engine.ts";
import { type Facts, membersOf } from "./facts.ts";
import type { CallEvent, Run } from "./run.ts";

const START = Date.UTC(2026, 0, 1);
const STEP = 1_000;

export interface Host {
  readonly decide: (request: Uint8Array, state: Uint8Array) => Decision;
  readonly principal: string;
  /** Sent with every event. */
  readonly facts: Facts;
  /** A recorded answer as the value the tool returned. */
  readonly readAnswer: (tool: string, out: unknown) => unknown;
  /** Every decision of a call, that after the approvals too, while it can still be explained. */
  readonly decided?: (call: CallEvent, request: Uint8Array, decision: Decision) => void;
  /** Every decision of a result, with the value that was told. */
  readonly answered?: (call: CallEvent, value: unknown, decision: Decision) => void;
}

export interface RunDecisions {
  readonly id: string;
  readonly calls: number;
  readonly deny: readonly number[];
  readonly ask: readonly number[];
  /** Of each denied or asked call: the rules that decided, else the reason. */
  readonly denials: readonly (readonly string[])[];
  readonly asks: readonly (readonly string[])[];
  /** Calls that rules would have touched which are only observed: those, with what they would have done. */
  readonly observed: readonly { readonly i: number; readonly by: readonly string[] }[];
  /** Messages and results that were refused, with what decided. */
  readonly refusals: readonly Refusal[];
  /** Of the session's state after the last event, in bytes. */
  readonly stateBytes: number;
}

/** `i`: the place of the call whose result it is; of a message, its place among the run's messages. */
export interface Refusal {
  readonly event: "message" | "result";
  readonly i: number;
  readonly reason: string;
  readonly by: readonly string[];
}

export function replayRun(run: Run, host: Host): RunDecisions {
  const deny: number[] = [];
  const asked: number[] = [];
  const denials: string[][] = [];
  const asks: string[][] = [];
  const observed: { readonly i: number; readonly by: readonly string[] }[] = [];
  const refusals: Refusal[] = [];
  let messages = 0;
  let state: Uint8Array = EMPTY_STATE;
  let time = START;

  const facts = {
    principal: membersOf(host.facts, "principal"),
    action: membersOf(host.facts, "action"),
    resource: membersOf(host.facts, "resource"),
    context: membersOf(host.facts, "context"),
  };
  const request = (event: string, action: object, context: object, rest: object = {}): Uint8Array =>
    encodeRequest({
      event,
      principal: { ...facts.principal, id: host.principal },
      action: { ...facts.action, ...action },
      resource: facts.resource,
      context: { ...facts.context, ...context, time, session: run.id, run: run.id },
      ...rest,
    });
  const ask = (call: CallEvent, context: object): Decision => {
    const bytes = request("call", { tool: call.tool, args: call.args }, context);
    const decision = host.decide(bytes, state);
    host.decided?.(call, bytes, decision);
    return decision;
  };
  const tell = (event: Refusal["event"], i: number, context: object, rest: object): Decision => {
    const decision = host.decide(request(event, {}, context, rest), state);
    if (decision.outcome === "deny") refusals.push({ event, i, reason: decision.reason, by: determiners(decision) });
    state = decision.state;
    return decision;
  };

  for (const event of run.events) {
    if (event.kind === "message") {
      tell("message", messages++, {}, { message: { from: "user", text: event.text } });
      time += STEP;
      continue;
    }
    const callId = `${run.id}#${event.index}`;
    const turn = event.turn === undefined ? {} : { turn: event.turn };
    const context = { call_id: callId, ...turn, ...event.figures };
    const first = ask(event, context);
    const approvals =
      first.outcome === "require_approval" ? first.approvals.flatMap((one) => grant(one, callId, time)) : [];
    const decision = approvals.length === 0 ? first : ask(event, { ...context, approvals });
    state = decision.state;
    time += STEP;
    if (decision.observed.length > 0)
      observed.push({
        i: event.index,
        by: decision.observed.map(({ rule, would }) => `${rule} would ${would.join(", ")}`),
      });
    if (decision.outcome === "deny" || decision.outcome === "require_approval") {
      deny.push(event.index);
      denials.push(determiners(decision));
      // nobody enforces it: it went on as it is recorded
      if (decision.enforce) continue;
    }
    if (
      first.outcome === "require_approval" &&
      decision.outcome !== "deny" &&
      decision.outcome !== "require_approval"
    ) {
      asked.push(event.index);
      asks.push(determiners(first));
    }
    if (event.out === null) continue;
    const status = event.failed ? "failed" : "ok";
    const value = host.readAnswer(event.tool, event.out);
    const result = { status, value, kept: OBLIGATION_KINDS };
    const told = tell("result", event.index, { call_id: callId }, { result });
    host.answered?.(event, value, told);
    time += STEP;
  }
  const calls = run.events.filter((event) => event.kind === "call").length;
  return { id: run.id, calls, deny, ask: asked, denials, asks, observed, refusals, stateBytes: state.byteLength };
}

const determiners = (decision: Decision): string[] =>
  decision.rules.length > 0 ? [...decision.rules] : [`(${decision.reason})`];

/** A module may claim any number; no team is larger. */
const LARGEST_QUORUM = 64;

/** As many different people as the rule wants, each in a role that it names. */
function grant(request: ApprovalRequest, callId: string, at: number): object[] {
  return Array.from({ length: Math.min(request.quorum, LARGEST_QUORUM) }, (_, person) => ({
    id: `${callId}/${request.rule}/${person}`,
    rule: request.rule,
    digest: request.digest,
    by: `approver-${person}`,
    roles: request.roles ?? [],
    user: request.roles === undefined,
    at,
  }));
}
