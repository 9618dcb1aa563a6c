/** A call: every rule against the old state, the join, and what is written when it is let through (§5, §6). */

import type { CallClass } from "./call-class.ts";
import { type Identity, identitiesOf } from "./chain.ts";
import type { Reason, Reference, Rule } from "./contract.ts";
import { allowed, bytewise, denied, join, type RefDecision } from "./decision.ts";
import type { Call, Interpreted } from "./event.ts";
import { recordEvidence } from "./evidence.ts";
import { askedBy, echoesOf, namesSaid, plant } from "./grounding/plant.ts";
import { inspect, type Seen } from "./inspection/inspect.ts";
import { inspectedBy } from "./inspection/inspected.ts";
import { type Given, give, givenBy, readsLabels, seen as seenLabels } from "./labels.ts";
import { suspendRun } from "./ledgers.ts";
import { attemptOf, remember } from "./loop.ts";
import { ofHost } from "./obligations.ts";
import { isObserved } from "./observe.ts";
import { type Environment, read } from "./read.ts";
import { reservations, reserve } from "./reservation.ts";
import { classOf } from "./settle-class.ts";
import { addPending, addUsedApprovals, type RefState } from "./state.ts";
import { touchedLists } from "./touched.ts";
import { judge, setAside, together, type Verdict, withRates } from "./verdict.ts";

export function decideCall(call: Call, state: RefState): Interpreted {
  if (call.pending !== undefined) {
    const { obligations, refused } = call.pending;
    return {
      decision: { ...(refused === undefined ? allowed(obligations) : denied(refused)), duplicate: true },
      state,
    };
  }
  const { contract, contractDigest, request, now } = call;
  const identities = identitiesOf(call, call.agent, call.fields);
  const environments = identities.map((identity) => environmentOf(call, identity, state));
  const environment = environments.at(-1)!;
  const settled = environment.call;
  const attempt = attemptOf(call);
  let once: Seen | undefined;
  const seen = (): Seen => {
    once ??= inspect(contract, request.args);
    return once;
  };
  const asking = {
    contractDigest,
    actionDigest: call.digest,
    request,
    state,
    now,
    attempt,
    seen,
    about: {
      read: (reference: Reference) => read(reference, environment),
      irreversible: environment.tool.irreversible,
      tool: environment.tool.name,
    },
  };
  /** Under each identity for which it is; nothing when there is none. */
  const judgeEach = (rule: Rule, refused: boolean | undefined): readonly Verdict[] => {
    const found = identities.flatMap((identity, i) =>
      targets(rule, call, identity) ? [judge(rule, environments[i]!, { ...asking, refused })] : [],
    );
    if (found.length === 0) return [];
    const verdict = withRates(together(found), environment, { ...asking, refused });
    return [isObserved(rule, now) ? setAside(verdict) : verdict];
  };
  const first = contract.rules.flatMap((rule) => judgeEach(rule, undefined));
  const granted = identities.every((identity, i) =>
    contract.rules.some(
      (rule) =>
        targets(rule, call, identity) && judge(rule, environments[i]!, { ...asking, refused: undefined }).grants,
    ),
  );
  // loops over denied calls count this one, when it is denied by any other rule
  const refused = join(first, granted).outcome === "deny";
  const overDenied = contract.rules.filter((rule) => rule.kind === "loop" && rule.what === "denied_call");
  const verdicts = [...first, ...overDenied.flatMap((rule) => judgeEach(rule, refused))];
  const risk = RISKS.findLast((each) => settled.risks.includes(each));
  const said = { levels: settled.levels, risk, inspected: inspectedBy(verdicts, seen) };
  const decision = { ...join(verdicts, granted), ...said };
  if (!call.history) return { decision, state };
  /** Nobody enforces the answer: the call happens, and what is written follows that. */
  const happens = isObserved(contract, now);
  /** What outcomes say stays, whatever the decision; what the tool gives, once the call is let through. */
  const answer = (made: RefDecision, given: readonly string[], next: RefState): Interpreted => {
    const spoken = verdicts.flatMap((v) => v.labels);
    const labels = readsLabels(contract) ? [...new Set([...given, ...spoken])].sort(bytewise) : [];
    const remembered = remember(contract, next, { ...attempt, denied: refused || made.reason === "state_full" });
    const suspends = !happens && verdicts.some((v) => v.effects.some((e) => e.kind === "suspend"));
    const after = suspends ? suspendRun(call, remembered) : remembered;
    return { decision: { ...made, labels }, state: { ...after, labels: give(after.labels, labels, request.turn) } };
  };
  if (!isLetThrough(decision) && !happens) return answer(decision, [], state);

  const letThrough = isLetThrough(decision);
  const approvals = letThrough ? verdicts.flatMap((v) => v.spent) : [];
  const spent = addUsedApprovals(state, approvals, now);
  const full = { ...denied("state_full"), ...said, hints: decision.hints, observed: decision.observed };
  const made = spent === undefined ? full : decision;
  if (spent === undefined && !happens) return answer(made, [], state);
  const given = givenBy(environment);
  const next = recordCall(call, environment, verdicts, given, spent ?? state, made);
  return answer(made, [...given.whole, ...given.part], next);
}

const RISKS = ["read", "write", "destructive", "critical"];
/** No condition that a class rests on reads a class. */
const UNASKED: CallClass = { sure: [], levels: [], risks: [], external: false, severity: 0 };

/** What rules read, when this identity calls. */
function environmentOf(call: Call, { fields, delegator, link, before: by }: Identity, state: RefState): Environment {
  const { contract, args } = call;
  const tool = contract.tools[call.tool]!;
  const before: Environment = {
    contract,
    tool,
    call: UNASKED,
    args,
    fields,
    delegator,
    link,
    before: by,
    labels: seenLabels(state.labels, call.request.turn),
    prior: undefined,
    elements: [],
  };
  const settled = classOf(call.class, before);
  return { ...before, call: settled, fields: new Map([...fields, ...touchedLists(tool, args, settled)]) };
}

function targets(rule: Rule, call: Call, identity: Identity): boolean {
  if (rule.agent !== undefined && rule.agent !== identity.agent) return false;
  if (rule.kind === "inspect" && rule.what !== "args") return false;
  return rule.targets.includes(call.tool);
}

/** What it is answered when it is asked for again; that somebody was asked is a denial then. */
function refusalOf({ outcome, reason }: RefDecision): Reason | undefined {
  if (outcome === "deny") return reason;
  return outcome === "require_approval" ? "denied_by_rule" : undefined;
}

function isLetThrough(decision: RefDecision): boolean {
  return decision.outcome === "allow" || decision.outcome === "allow_with_obligations";
}

function recordCall(
  call: Call,
  environment: Environment,
  verdicts: readonly Verdict[],
  given: Given,
  state: RefState,
  made: RefDecision,
): RefState {
  const { contract, request, tool, now } = call;
  const reserved = reservations(verdicts);
  const serial = state.calls + 1;
  let next: RefState = { ...reserve(call, reserved, state), calls: serial };
  next = addPending(next, {
    call: serial,
    id: request.callId,
    digest: call.digest,
    tool,
    turn: request.turn,
    obligations: isLetThrough(made) ? ofHost(verdicts.flatMap((v) => v.carries)) : [],
    refused: refusalOf(made),
    time: now,
    labels: given,
    reserved,
    stream: { held: "", end: undefined },
    echo: echoesOf(contract, tool, request.args),
    named: namesSaid(contract, tool, call.args, state.table),
    asked: askedBy(contract, environment),
  });
  next = recordEvidence(next, contract, { call: serial, tool, turn: request.turn, time: now, args: call.args });
  return { ...next, table: plant(next.table, contract, environment.call, request.args) };
}
