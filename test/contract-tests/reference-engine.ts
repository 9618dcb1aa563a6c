/** The executable semantics as a decision point: what a contract's tests mean, without compiler or kernel. */
import { createHash } from "node:crypto";
import type { Approval, Contract, Obligation, Rule } from "@thc/language";
import type { Decision, DenyReason, ObservedRule } from "@thc/runtime";
import type { Engine } from "../../cli/src/engine.ts";
import type { RefDecision } from "../reference/decision.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState, type RefState } from "../reference/state.ts";

/** Its states are values, so each gets a number, and the bytes that are passed about are that number. */
export function referenceEngine(contract: Contract): Engine {
  const digest = createHash("sha256").update(contract.name).digest();
  const states: RefState[] = [emptyState()];
  return {
    decide: (request, bytes) => {
      const at = bytes.length === 0 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
      const { decision, state } = interpret(contract, digest, request, states[at]!);
      const next = new Uint8Array(4);
      new DataView(next.buffer).setUint32(0, states.push(state) - 1);
      return decode(contract, decision, next);
    },
  };
}

/** The reference names what it decided; the contract says the rest. */
function decode(contract: Contract, decision: RefDecision, state: Uint8Array): Decision {
  const { outcome, reason, rules, warnings, duplicate, clockBehind, unfit } = decision;
  const ruleNamed = (name: string): Rule => contract.rules.find((rule) => rule.name === name)!;
  const base = {
    rules,
    because: rules.flatMap((rule) => {
      const text = ruleNamed(rule).because;
      return text === undefined ? [] : [{ rule, text }];
    }),
    suggestions: [],
    maps: [],
    warnings,
    observed: decision.observed.map((text) => {
      const [rule, would] = text.split(" would ");
      return { rule: rule!, would: would!.split(", ") as ObservedRule["would"][number][] };
    }),
    hints: decision.hints.map((rule) => ({ rule, tools: priorTools(contract, ruleNamed(rule)), matching: {} })),
    labels: decision.labels,
    inspected: decision.inspected as Decision["inspected"],
    release: decision.release,
    duplicate,
    clockBehind,
    unfit,
    levels: [],
    risk: undefined,
    blast: undefined,
    retryAfter: decision.retryAfter,
    validUntil: decision.validUntil,
    enforce: decision.enforce,
    state,
    blobs: {},
    event: 1,
    explain: () => ({ rules: [], labels: [] }),
  };
  if (outcome === "require_approval") {
    const [first, ...others] = decision.approvals.map(({ rule, digest }) => {
      const { roles, quorum, expires, once, whole, binds } = approvalOf(ruleNamed(rule));
      const named = binds.map(({ root, path }) => (root === "args" ? path : [root, ...path]).join("."));
      return { rule, digest, roles, quorum, expires, once, binds: whole ? undefined : named };
    });
    return { ...base, outcome, reason: "approval_required", approvals: [first!, ...others] };
  }
  if (outcome === "allow_with_obligations") {
    const [first, ...others] = decision.obligations.map((text) => JSON.parse(text) as Obligation);
    return { ...base, outcome, reason: "none", obligations: [first!, ...others] };
  }
  if (outcome === "allow") return { ...base, outcome, reason: "none" };
  return { ...base, outcome, reason: reason as DenyReason, fault: undefined };
}

function approvalOf(rule: Rule): Approval {
  if (rule.kind === "require_approval") return rule.approval;
  const outcome =
    rule.kind === "loop" ? rule.steps.flatMap((step) => step.otherwise) : "otherwise" in rule ? rule.otherwise : [];
  const part = outcome.find((p) => p.kind === "approval");
  if (part !== undefined) return part.approval;
  throw new Error(`rule ${rule.name} asks for no approval`);
}

const priorTools = (contract: Contract, rule: Rule): readonly string[] =>
  rule.kind === "require_prior" ? rule.tools.map((tool) => contract.tools[tool]!.name) : [];
