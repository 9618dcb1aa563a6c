/** What a decision says of inspections (docs/semantics/inspection.md §4). */
import type { Verdict } from "../verdict.ts";
import { asksAbout, type Inspected, MOST_FINDINGS, type Seen } from "./inspect.ts";

export function inspectedBy(verdicts: readonly Verdict[], seen: () => Seen): Inspected | undefined {
  const asked = verdicts.flatMap(({ rule, looked }) => (looked && rule.kind === "inspect" ? [rule] : []));
  if (asked.length === 0) return undefined;
  const { findings, overLimit } = seen();
  return {
    findings: findings.slice(0, MOST_FINDINGS).filter((finding) => asked.some((rule) => asksAbout(rule, finding))),
    overLimit,
    more: findings.length > MOST_FINDINGS,
  };
}
