/** Decisions for tests, and a small deterministic module that answers requests from a counter in its state. */

import { createHash } from "node:crypto";
import type { DecisionInput } from "@thc/audit";
import type { Decide } from "@thc/audit/read";

export const MODULE_DIGEST = `sha256:${"5".repeat(64)}`;

const sha = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The state counts the requests and digests them; the answer depends on both. */
export const fakeModule: Decide = (request, state) => {
  const n = Number((JSON.parse(Buffer.from(request).toString()) as { readonly call: unknown }).call);
  const deny = n % 3 === 0;
  return {
    action: Uint8Array.from(sha("action", request)),
    answerBytes: (format) => Uint8Array.from(sha("answer", format, request, state)),
    stateAfter: Uint8Array.from(Buffer.concat([Buffer.of((state[0] ?? 0) + 1), sha(state, request)])),
    stated: {
      enforce: n % 7 !== 0,
      observed: n % 4 === 0 ? [{ rule: "cap", would: ["deny"] }] : [],
      valid_until: n % 2 === 0 ? 1_767_225_600_000 + n : null,
      obligations: deny ? [] : ["log_full", "rate(20 per 1h)"],
      outcome: deny ? "deny" : n % 5 === 0 ? "require_approval" : "allow_with_obligations",
      reason: deny ? "rule" : null,
      rules: deny ? ["prod_data"] : ["refunds"],
      tags: deny ? ["ASI02", "AC-6"] : ["ASI02"],
    },
  };
};

/** A host that decides for sessions and hands over what it did. */
export function fakeHost() {
  const states = new Map<string, Uint8Array>();
  let n = 0;
  return (session: string, changed: Partial<DecisionInput> = {}): DecisionInput => {
    n += 1;
    const request = Buffer.from(JSON.stringify({ call: n, session, phone: "+49 30 1234567" }));
    const before = states.get(session) ?? new Uint8Array(0);
    const { action, answerBytes, stateAfter, stated } = fakeModule(request, before);
    states.set(session, stateAfter);
    return {
      ...stated,
      action,
      agent: "support-bot-1",
      answer: answerBytes("thc-audit-log/2"),
      approvals:
        n % 5 === 0 ? [{ approver: "alice@acme.example", id: `ap-${n}`, role: "finance_lead", rule: "over_500" }] : [],
      contract: { digest: MODULE_DIGEST, name: "support-refunds", version: "3.2.0" },
      request,
      state: { after: stateAfter, before, session },
      tool: "refund.issue",
      trace_id: `trace-${n}`,
      ...changed,
    };
  };
}
