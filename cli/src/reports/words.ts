/** The few phrases that several reports share: reasons in plain words, rule lists, calls as a contract writes them. */
import type { ObservedRule, Reason } from "@thc/runtime";
import { mask, maskedJson } from "../terminal/mask.ts";
import { shorten, visible } from "../terminal/visible.ts";
import { unreachable } from "../unreachable.ts";

/** Names of rules and tools come from contracts or modules, so they are escaped too. */
export const name = (text: string): string => `\`${shorten(visible(text), 80)}\``;
export const names = (texts: readonly string[]): string => texts.map(name).join(", ");
/** Free text of a contract or a request. */
export const prose = (text: string, limit = 400): string => shorten(visible(mask(text)), limit);

/** `units`: by argument what stands behind its number. */
export function writeCall(
  tool: string,
  args: Readonly<Record<string, unknown>>,
  units: ReadonlyMap<string, string> = new Map(),
): string {
  const written = Object.entries(args).map(([key, value]) => {
    const unit = typeof value === "number" ? units.get(key) : undefined;
    return `${visible(key)}: ${maskedJson(value, 80, key)}${unit === undefined ? "" : ` ${unit}`}`;
  });
  return `${visible(tool)}(${shorten(written.join(", "), 240)})`;
}

/** A rule that is only observed, and what it would have done. */
export const writeObserved = ({ rule, would }: ObservedRule): string => `${name(rule)} would ${would.join(", ")}`;

/** What the reason code says to someone who has never seen it. */
export function explainReason(reason: Reason): string {
  switch (reason) {
    case "none":
      return "";
    case "too_large":
      return "the request is larger than 1,048,576 bytes";
    case "bad_utf8":
      return "the request is not valid UTF-8";
    case "bad_json":
      return "the request is not one valid JSON object";
    case "duplicate_key":
      return "an object of the request names a member twice";
    case "number_range":
      return "a number in the request cannot be read exactly";
    case "too_deep":
      return "the request is nested more than 32 levels deep";
    case "bad_request":
      return "a member of the request is missing or of the wrong type";
    case "unknown_agent":
      return "no agent of the contract has this principal's id";
    case "unknown_tool":
      return "the contract declares no such tool";
    case "bad_arguments":
      return "the arguments do not fit the tool's parameters";
    case "bad_facts":
      return "a fact is null, of the wrong type or out of its range";
    case "bad_state":
      return "the state was not written by this contract for this session, or it is damaged";
    case "clock_jump":
      return "the request's time is more than a day after the session's latest";
    case "unknown_call":
      return "no call with this id is pending";
    case "call_id_reused":
      return "this call id belongs to another action";
    case "no_allow":
      return "no rule allows this call";
    case "denied_by_rule":
      return "a rule denies this call";
    case "evidence_missing":
      return "an earlier call that the contract requires is missing or does not match";
    case "not_grounded":
      return "a value does not come from where the contract says it must";
    case "budget_exceeded":
      return "the call does not fit into a budget";
    case "approval_required":
      return "someone must approve this call first";
    case "obligation_conflict":
      return "two rules ask for different sandboxes";
    case "obligation_not_kept":
      return "the host did not report that it kept an obligation";
    case "state_full":
      return "the session holds as many used approvals as it can";
    case "unknown_action":
      return "the cloud action that the call names is not one that the contract knows";
    case "tool_drift":
      return "the tool is no longer the one that the contract pinned";
    case "bad_chain":
      return "the chain of delegation does not hold";
    case "suspended":
      return "the run or session was suspended";
    case "scope_missing":
      return "the principal lacks a scope that the contract requires";
    case "requirement_unmet":
      return "a condition that the contract requires does not hold";
    case "outside_delegation":
      return "no `only` line of the delegation admits this call";
    case "loop_detected":
      return "the run repeats itself";
    case "flow_denied":
      return "labels of this session may not flow into this call";
    case "inspection_denied":
      return "an inspector found what it looks for";
    case "internal":
      return "the module could not decide";
    default:
      return unreachable(reason);
  }
}
