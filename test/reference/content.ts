/** What comes in, a result or a message, under the rules that look at it (docs/semantics/inspection.md §5). */

import { createHash } from "node:crypto";
import { agentsOf } from "./chain.ts";
import type { Rule, Tool } from "./contract.ts";
import { bytewise, denied, join, type RefDecision } from "./decision.ts";
import type { Event } from "./event.ts";
import { type Inspect, inspect } from "./inspection/inspect.ts";
import { inspectedBy } from "./inspection/inspected.ts";
import { canonicalJson } from "./jcs.ts";
import type { JsonValue } from "./json.ts";
import { give, readsLabels } from "./labels.ts";
import { suspendRun } from "./ledgers.ts";
import { isObserved } from "./observe.ts";
import { addUsedApprovals, type RefState } from "./state.ts";
import type { Value } from "./value.ts";
import { judgeContent, setAside } from "./verdict.ts";

export interface Admitted {
  readonly decision: RefDecision;
  /** Approvals used, labels given, runs suspended. */
  readonly state: RefState;
  readonly passes: boolean;
  /** Something in it is to be taken out. */
  readonly redacts: boolean;
}

/** Undefined: no rule looks. `tool`: of a result, the tool of its call. */
export function admit(
  event: Event,
  what: "results" | "messages",
  tool: number | undefined,
  state: RefState,
  /** Of a chunk: with what was held back before it. */
  piece?: string,
): Admitted | undefined {
  const { contract, request } = event;
  const looks = (rule: Rule): rule is Inspect =>
    rule.kind === "inspect" && rule.what === what && (tool === undefined || rule.targets.includes(tool));
  if (!contract.rules.some(looks)) return undefined;
  const agents = agentsOf(contract, request, event.agent);
  const rules = contract.rules.filter(looks).filter((r) => r.agent === undefined || agents.includes(r.agent));
  const text = piece ?? (what === "messages" ? request.text : undefined);
  const value: JsonValue = text === undefined ? request.result : { kind: "string", value: text };
  const found = inspect(contract, value);
  const of = tool === undefined ? undefined : contract.tools[tool];
  // such rules have no condition, so that nothing of the request is bound
  const about = {
    read: (): Value => ({ kind: "unknown" }),
    irreversible: of?.irreversible === true,
    tool: of?.name ?? "",
  };
  const asking = {
    ...event,
    state,
    about,
    actionDigest: contentDigest(value, of, piece === undefined ? "result" : "chunk"),
  };
  const verdicts = rules
    .map((rule) => judgeContent(rule, found, asking))
    .map((verdict) => (isObserved(verdict.rule, event.now) ? setAside(verdict) : verdict));
  const joined = { ...join(verdicts, true), inspected: inspectedBy(verdicts, () => found) };
  const isLetThrough = joined.outcome === "allow" || joined.outcome === "allow_with_obligations";
  const spent = isLetThrough
    ? addUsedApprovals(
        state,
        verdicts.flatMap((v) => v.spent),
        event.now,
      )
    : state;
  const decision: RefDecision =
    spent === undefined ? { ...denied("state_full"), inspected: joined.inspected, observed: joined.observed } : joined;
  const said = verdicts.flatMap((v) => v.labels);
  const labels = event.history && readsLabels(contract) ? [...new Set(said)].sort(bytewise) : [];
  const suspends =
    !isObserved(contract, event.now) && verdicts.some((v) => v.effects.some((e) => e.kind === "suspend"));
  const next = suspends ? suspendRun(event, spent ?? state) : (spent ?? state);
  return {
    decision: { ...decision, labels },
    state: { ...next, labels: give(next.labels, labels, request.turn) },
    passes: isLetThrough && spent !== undefined,
    redacts: verdicts.some((v) => v.carries.some((one) => one.kind === "redact")),
  };
}

/** What an approval binds in the place of an action's digest. */
function contentDigest(value: JsonValue, tool: Tool | undefined, what: "result" | "chunk"): string {
  const text =
    tool === undefined
      ? `{"message":${canonicalJson(value)}}`
      : `{"${what}":${canonicalJson(value)},"tool":${JSON.stringify(tool.name)}}`;
  return createHash("sha256").update(text, "utf8").digest("hex");
}
