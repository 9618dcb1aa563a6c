/** One decision, as `thc eval` and `thc explain` print it. */
import type {
  ApprovalRequest,
  BlastRadius,
  Decision,
  Explanation,
  Hint,
  Inspected,
  RuleExplanation,
} from "@thc/runtime";
import { maskedJson } from "../terminal/mask.ts";
import type { Paint } from "../terminal/paint.ts";
import { renderPairs } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import { writeDuration, writeObligation } from "../testing/compare.ts";
import type { DecidedOnce } from "../toolchain/decide-once.ts";
import { unreachable } from "../unreachable.ts";
import { groundingHints, moreOfPrior, writeFlags } from "./hints.ts";
import { findMisfit } from "./misfit.ts";
import { explainReason, name, names, prose, writeCall, writeObserved } from "./words.ts";

/** What was asked, as far as it can be read: the decision point has read it more strictly. */
export function renderRequest(request: Uint8Array): string[] {
  try {
    const { event, principal, action } = JSON.parse(new TextDecoder().decode(request));
    const who = ["principal", maskedJson(principal?.id ?? null, 80)] as const;
    const what = [
      `${visible(String(event)).slice(0, 12)}`,
      event === "call" ? writeCall(String(action?.tool), action?.args ?? {}) : "",
    ] as const;
    return renderPairs([who, what]);
  } catch {
    return [];
  }
}

/** `action`: further lines, of what was asked; the contract may not be at hand. */
export function renderDecision(
  { decision, request, contract, action }: Pick<DecidedOnce, "decision" | "request" | "contract" | "action">,
  paint: Paint,
): string[] {
  const enforced = decision.enforce ? "" : " (only observed: the call happens all the same)";
  const pairs: [string, string][] = [["decision", `${paintOutcome(decision.outcome, paint)}${enforced}`]];
  if (decision.reason !== "none") pairs.push(["reason", `${decision.reason}: ${writeReason(decision)}`]);
  const misfit = findMisfit(decision.reason, request, contract);
  if (misfit !== undefined) pairs.push(["where", misfit]);
  for (const [title, text] of action) pairs.push([title, text]);
  if (decision.levels.length > 0)
    pairs.push(["level", `${decision.levels.join(", ")}, risk ${decision.risk}${writeFlags(contract, request)}`]);
  if (decision.blast !== undefined) pairs.push(["blast", writeBlast(decision.blast)]);
  if (decision.rules.length > 0) pairs.push(["rules", names(decision.rules)]);
  for (const { rule, text } of decision.because) pairs.push(["because", `${prose(text)} (${name(rule)})`]);
  for (const { rule, instead, because } of decision.suggestions)
    pairs.push(["instead", `${prose(instead)}${because === undefined ? "" : `: ${prose(because)}`} (${name(rule)})`]);
  if (decision.outcome === "allow_with_obligations")
    pairs.push(["obligations", decision.obligations.map((one) => visible(writeObligation(one))).join(", ")]);
  if (decision.outcome === "require_approval")
    for (const request of decision.approvals) pairs.push(["approval", writeApproval(request)]);
  for (const hint of decision.hints)
    pairs.push([
      "hint",
      `${name(hint.rule)} wants an earlier call of ${names(hint.tools)}${matchingText(hint.matching)}${moreOfPrior(contract, hint.rule)}`,
    ]);
  for (const hint of groundingHints(contract, decision)) pairs.push(["hint", hint]);
  if (decision.labels.length > 0) pairs.push(["labels", `gives ${names(decision.labels)} to the session`]);
  if (decision.inspected !== undefined)
    for (const text of writeFindings(decision.inspected)) pairs.push(["found", text]);
  if (decision.warnings.length > 0) pairs.push(["warnings", names(decision.warnings)]);
  for (const one of decision.observed) pairs.push(["observed", writeObserved(one)]);
  if (decision.maps.length > 0) pairs.push(["maps", decision.maps.map((tag) => visible(tag)).join(", ")]);
  if (decision.outcome === "deny" && decision.fault !== undefined) pairs.push(["fault", prose(decision.fault)]);
  if (decision.validUntil !== undefined) pairs.push(["valid", `until ${writeTime(decision.validUntil)}`]);
  if (decision.duplicate) pairs.push(["note", "this call id was answered before; this is that answer"]);
  if (decision.unfit)
    pairs.push(["note", "the result does not fit what its tool returns: it is no evidence and grounds nothing"]);
  if (decision.clockBehind) pairs.push(["note", "the request's time lies more than 5 s behind its session"]);
  return renderPairs(pairs);
}

function writeReason({ reason, rules }: Decision): string {
  const blocks = rules.filter((rule) => DELEGATION.test(rule));
  return reason === "outside_delegation" && blocks.length > 0
    ? `no \`only\` line of ${names(blocks)} admits this call`
    : explainReason(reason);
}
/** No other rule has a name with `to` between two dots, but for shares of budgets, which have one more. */
const DELEGATION = /^[^.]+\.to\.[^.]+$/;

/** What and where, never the text itself: a place is a part of the request as well. */
function writeFindings({ findings, overLimit, more }: Inspected): readonly string[] {
  if (overLimit) return ["more than can be read, or encoded too deep: it counts as everything"];
  const lines = findings.map(({ inspector, class: found, severity, path, isName, layers }) => {
    const where = path === "" ? "the text" : `${isName ? "the name of " : ""}${prose(path, 80)}`;
    const encoded = layers === 0 ? "" : `, encoded ${layers === 1 ? "once" : `${layers} times`}`;
    return `${visible(inspector)} ${visible(found)} (${severity}) in ${where}${encoded}`;
  });
  return more ? [...lines, "and more"] : lines;
}

/** Which values the earlier call must have, said by the arguments of this one. */
function matchingText(matching: Hint["matching"]): string {
  const pairs = Object.entries(matching).map(([earlier, current]) =>
    earlier === current
      ? `the same \`${visible(earlier)}\``
      : `its \`${visible(earlier)}\` as \`${visible(current)}\` here`,
  );
  return pairs.length === 0 ? "" : ` with ${pairs.join(", ")}`;
}

/** Every rule that took part: the determining ones first, each with its conditions and what they were. */
export function renderExplanation(explanation: Explanation, paint: Paint): string[] {
  const [determining, others] = [true, false].map((wanted) =>
    explanation.rules.filter((rule) => rule.determining === wanted),
  );
  const block = (title: string, rules: readonly RuleExplanation[]) =>
    rules.length === 0 ? [] : ["", paint.strong(title), ...rules.flatMap((rule) => renderRule(rule, paint))];
  const seen = explanation.labels.length === 0 ? [] : ["", `the session has ${names(explanation.labels)}`];
  return [...block("what decided", determining!), ...block("what else took part", others!), ...seen];
}

function renderRule(rule: RuleExplanation, paint: Paint): string[] {
  const satisfied = rule.satisfied === undefined ? "" : rule.satisfied ? ", satisfied" : ", not satisfied";
  const atoms = rule.atoms.map(
    (atom) => [`    ${prose(atom.text, 120)}`, atom.value === "true" ? "true" : paint.warn(atom.value)] as const,
  );
  return [
    `  ${name(rule.rule)} ${paint.faint(`(${visible(rule.kind)}${rule.observed ? ", observed" : ""}, when ${rule.when}${satisfied})`)}`,
    ...renderPairs(atoms),
  ];
}

function writeBlast({ score, environment, resource_count_estimate: count, rollback_available }: BlastRadius): string {
  const many =
    count === undefined ? "no word of how many resources" : count === 1 ? "1 resource" : `${count} resources`;
  return `${score} (${environment}, ${many}, ${rollback_available ? "can be rolled back" : "no rollback"})`;
}

function writeApproval(request: ApprovalRequest): string {
  const who = request.roles === undefined ? "the session's user" : `a ${request.roles.map(name).join(" or ")}`;
  const people = request.quorum > 1 ? `${request.quorum} different people, each ${who}` : who;
  const expiry = request.expires === undefined ? "" : `, holds ${writeDuration(request.expires)}`;
  const part = request.binds === undefined ? "" : `, for ${names(request.binds)} whatever else the call says`;
  return `${name(request.rule)} asks ${people}${part}${expiry}${request.once ? ", once" : ""} (digest ${request.digest})`;
}

function paintOutcome(outcome: Decision["outcome"], paint: Paint): string {
  switch (outcome) {
    case "allow":
    case "allow_with_obligations":
      return paint.good(outcome);
    case "require_approval":
      return paint.warn(outcome);
    case "deny":
      return paint.bad(outcome);
    default:
      return unreachable(outcome);
  }
}

/** Times that no calendar holds stand as they are. */
function writeTime(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
}

/** The decision as data: everything but the states, the function and its place among the events of this run. */
export function decisionJson(decision: Decision): object {
  const { state: _state, blobs: _blobs, event: _event, explain: _explain, ...rest } = decision;
  return rest;
}
