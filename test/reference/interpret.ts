/**
 * The executable semantics: one event in, one decision and the next state out (docs/semantics.md).
 *
 * Written to be read beside the page, not to be fast. It shares no code with the kernel, the compiler, the runtime or
 * the checker; test/differential compares them. This file is the order of the steps; each step is a file of its own.
 */

import { linkedActions } from "./action.ts";
import { agentOf } from "./agent.ts";
import { decideCall } from "./call.ts";
import { baseOf } from "./call-class.ts";
import { chainHolds } from "./chain.ts";
import { takeChunk } from "./chunk.ts";
import type { Contract, Reason, Rule } from "./contract.ts";
import { denied, type RefDecision } from "./decision.ts";
import type { Interpreted } from "./event.ts";
import { readFields, typingOf, workingDirectory } from "./fields.ts";
import { actionDigest } from "./jcs.ts";
import { readJson } from "./json.ts";
import { readsLabels } from "./labels.ts";
import { isSuspended, ledgerOwner, statesOf, suspendsRuns } from "./ledgers.ts";
import { hearMessage } from "./message.ts";
import { isObserved } from "./observe.ts";
import { allCarried, ratesOf } from "./rates.ts";
import { readRequest, requestMember } from "./request.ts";
import { takeResult } from "./result.ts";
import { emptyState, type PendingCall, type RefState, sized } from "./state.ts";
import { unreachable } from "./unreachable.ts";
import { typedArguments } from "./value.ts";

const GREATEST_STEP = 86_400_000;
const GREATEST_LAG = 5_000;

export function interpret(
  contract: Contract,
  contractDigest: Uint8Array,
  bytes: Uint8Array,
  given: RefState,
): Interpreted {
  const refuse = (reason: Reason, time?: number): Interpreted => ({
    decision: { ...denied(reason), enforce: time === undefined || !isObserved(contract, time) },
    state: given,
  });

  const json = readJson(bytes);
  if (typeof json === "string") return refuse(json);
  const request = readRequest(json);
  if (request === "bad_request") return refuse(request);
  const agent = agentOf(contract, request.principal, requestMember(request.whole, "principal", "team"));
  if (agent === undefined) return refuse("unknown_agent", request.time);
  const cwd = workingDirectory(json);
  const actions = linkedActions(contract);
  const tool = contract.tools.findIndex((t) => t.name === request.tool);
  const isCall = request.event === "call";
  if (isCall && tool < 0) return refuse("unknown_tool", request.time);
  const pinned = isCall ? contract.tools[tool]!.definition : undefined;
  if (pinned !== undefined && request.digest !== undefined && request.digest !== pinned)
    return refuse("tool_drift", request.time);
  const args = isCall ? typedArguments(contract.tools[tool]!, request.args, typingOf(cwd, actions)) : undefined;
  if (isCall && args === undefined) return refuse("bad_arguments", request.time);
  const callClass = args === undefined ? undefined : baseOf(contract.tools[tool]!, args, actions);
  if (isCall && callClass === undefined) return refuse("unknown_action", request.time);
  const fields = readFields(contract, request, agent);
  if (fields === "bad_facts") return refuse(fields, request.time);

  const history = hasHistory(contract);
  const state = history ? given : emptyState();
  const digest = actionDigest(request.tool, request.args);
  const owner = JSON.stringify([Buffer.from(contractDigest).toString("hex"), request.session, request.key]);
  const pending = state.pending.find((call) => call.id === request.callId);
  if (state.owner !== undefined && state.owner !== owner) return refuse("bad_state", request.time);
  const ledgers = history ? statesOf(contract, request, state) : [];
  if (ledgers.some((ledger) => ledger.owner !== ledgerOwner(contractDigest, request)))
    return refuse("bad_state", request.time);
  if (state.latest !== undefined && request.time - state.latest > GREATEST_STEP)
    return refuse("clock_jump", request.time);
  if (isCall && suspendsRuns(contract) && isSuspended(request, state)) return refuse("suspended", request.time);
  const now = Math.max(request.time, state.latest ?? 0, ...ledgers.map((ledger) => ledger.latest));
  if (isCall && !chainHolds(contract, request, agent, now)) return refuse("bad_chain", request.time);
  if (history && ["result", "chunk"].includes(request.event) && pending === undefined) {
    const { decision, state: unchanged } = refuse("unknown_call", request.time);
    return { decision: { ...decision, release: request.event === "chunk" ? 0 : undefined }, state: unchanged };
  }
  if (history && isCall && pending !== undefined && pending.digest !== digest)
    return refuse("call_id_reused", request.time);

  const clockBehind = now - request.time > GREATEST_LAG;
  const event = { contract, agent, contractDigest, request, now, history, cwd };
  const timed: RefState = { ...sized(state, contract.state), owner, latest: now };
  const finish = ({ decision, state: next }: Interpreted): Interpreted => ({
    decision: {
      ...decision,
      clockBehind,
      validUntil: validUntil(contract, request.time, decision, pending),
      enforce: !isObserved(contract, now),
    },
    state: history && !decision.duplicate ? next : given,
  });
  switch (request.event) {
    case "call":
      return finish(decideCall({ ...event, tool, args: args!, class: callClass!, fields, digest, pending }, timed));
    case "result":
      return finish(takeResult(event, pending, timed));
    case "message":
      return finish(hearMessage(event, timed));
    case "chunk":
      return finish(takeChunk(event, pending, timed));
    default:
      return unreachable(request.event);
  }
}

/** An answer is as old as its request; one that repeats another, as old as that. */
function validUntil(
  { valid }: Contract,
  time: number,
  { duplicate }: RefDecision,
  pending: PendingCall | undefined,
): number | undefined {
  if (valid === undefined) return undefined;
  return (duplicate && pending !== undefined ? Math.min(time, pending.time) : time) + valid;
}

/** §6: whether anything a decision depends on outlives its event. */
export function hasHistory(contract: Contract): boolean {
  const keeps = ["require_prior", "require_grounded", "require_approval", "budget", "loop"];
  const keepsCalls = (rule: Rule) => rule.kind === "inspect" && rule.what === "results";
  const asks = (rule: Rule) => "otherwise" in rule && rule.otherwise.some((part) => part.kind === "approval");
  return (
    readsLabels(contract) ||
    suspendsRuns(contract) ||
    contract.rules.some(
      (rule) =>
        keeps.includes(rule.kind) || keepsCalls(rule) || asks(rule) || ratesOf(rule, allCarried(rule)).length > 0,
    )
  );
}
