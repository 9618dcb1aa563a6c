/** Decisions of about 1 KB as a host would record them, the same in every run. */

import { createHash } from "node:crypto";
import type { DecisionRecordBody } from "@thc/audit";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const RULES = ["refunds", "evidence", "hard_cap", "prod_data", "known_to", "over_500", "per_case", "volume"];

export function makeRows(count: number): readonly DecisionRecordBody[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: "decision",
    action: digest(`action ${n}`),
    agent: `support-bot-${n % 40}`,
    answer: digest(`answer ${n}`),
    approvals:
      n % 10 === 0 ? [{ approver: "alice@acme.example", id: `ap-${n}`, role: "finance_lead", rule: "over_500" }] : [],
    contract: { digest: `sha256:${digest("module")}`, name: "support-refunds", version: "3.2.0" },
    enforce: true,
    obligations: ["log_full", "rate(20 per 1h)", "redact(note, pii)"],
    observed: [],
    outcome: n % 7 === 0 ? "deny" : "allow_with_obligations",
    reason: n % 7 === 0 ? "rule" : null,
    request: digest(`request ${n}`),
    rules: [RULES[n % 8] as string, RULES[(n + 3) % 8] as string],
    state: { after: digest(`state ${n + 1}`), before: digest(`state ${n}`) },
    tags: ["ASI02", "AML.T0053", "AC-6"],
    tool: "refund.issue",
    trace_id: `4bf92f3577b34da6a3ce929d0e0e${String(n).padStart(8, "0")}`,
    valid_until: null,
  }));
}
