/** A call: every rule against the old state, the join, and what is written when it is let through (§5, §6). */
import { isInClasses } from "./call-class.ts";
import type { Rule } from "./contract.ts";
import { allowed, denied, join, type RefDecision } from "./decision.ts";
import type { Call, Interpreted } from "./event.ts";
import { echoesOf, namesSaid, plant } from "./grounding/plant.ts";
import type { Environment } from "./read.ts";
import { addEvidence, addPending, addUsedApprovals, type RefState } from "./state.ts";
import { UNKNOWN } from "./value.ts";
import { judge, type Verdict } from "./verdict.ts";

export function decideCall(call: Call, state: RefState): Interpreted {
  if (call.pending !== undefined) return { decision: { ...allowed(call.pending.obligations), duplicate: true }, state };
  const { contract, contractDigest, request, now } = call;
  const environment: Environment = {
    contract,
    tool: contract.tools[call.tool]!,
    call: call.class,
    args: call.args,
    fields: call.fields,
    prior: undefined,
    elements: [],
  };
  const asking = { contractDigest, actionDigest: call.digest, request, state, now };
  const verdicts = contract.rules.filter((rule) => targets(rule, call)).map((rule) => judge(rule, environment, asking));
  const decision = join(verdicts);
  if (!call.history || !isLetThrough(decision)) return { decision, state };

  const spent = addUsedApprovals(
    state,
    verdicts.flatMap((v) => v.spent),
    now,
  );
  if (spent === undefined) return { decision: { ...denied("state_full"), hints: decision.hints }, state };
  return { decision, state: recordCall(call, verdicts, spent) };
}

function targets(rule: Rule, call: Call): boolean {
  const narrowed = rule.narrowed.find(({ tool }) => tool === call.tool);
  return rule.targets.includes(call.tool) && (narrowed === undefined || isInClasses(narrowed.classes, call.class));
}

function isLetThrough(decision: RefDecision): boolean {
  return decision.outcome === "allow" || decision.outcome === "allow_with_obligations";
}

function recordCall(call: Call, verdicts: readonly Verdict[], state: RefState): RefState {
  const { contract, request, tool, now } = call;
  const reserved = new Map(verdicts.flatMap((v) => (v.units === undefined ? [] : [[v.rule.name, v.units] as const])));
  const used = new Map(state.used);
  for (const [rule, units] of reserved) used.set(rule, (used.get(rule) ?? 0n) + units);

  const serial = state.calls + 1;
  let next: RefState = { ...state, calls: serial, used };
  next = addPending(next, {
    call: serial,
    id: request.callId,
    digest: call.digest,
    tool,
    turn: request.turn,
    obligations: verdicts.flatMap((v) => v.carries),
    reserved,
    echo: echoesOf(contract, tool, request.args),
    named: namesSaid(contract, tool, call.args, state.table),
  });
  for (const rule of contract.rules)
    if (rule.kind === "require_prior" && rule.tools.includes(tool))
      next = addEvidence(next, {
        rule: rule.name,
        call: serial,
        tool,
        turn: request.turn,
        ok: false,
        time: now,
        args: call.args,
        result: UNKNOWN,
      });
  return { ...next, table: plant(next.table, contract, call.class, request.args) };
}
