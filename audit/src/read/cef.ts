/** Decisions as ArcSight CEF lines (version 0), one a line, with every value escaped for where it stands. */

import type { ObservedRule } from "../record/bodies.ts";
import type { ReadRecord } from "./records.ts";

const SEVERITY: Readonly<Record<string, number>> = {
  allow: 1,
  allow_with_obligations: 2,
  require_approval: 5,
  deny: 7,
};
const OBSERVED = 3;
const PRODUCT_VERSION = "0.1.0";

const inHeader = (text: string): string => text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
const inExtension = (text: string): string =>
  text.replace(/[\\=]/g, "\\$&").replace(/\r/g, "\\r").replace(/\n/g, "\\n");

/** With its label, where there is something to label. */
const labelled = (field: string, label: string, value: string): readonly (readonly [string, string])[] =>
  value === ""
    ? []
    : [
        [`${field}Label`, label],
        [field, value],
      ];

/** Each rule that is only observed, with what it would have done; none in records of the first format. */
export function observedText(observed: unknown): readonly string[] {
  const rules = Array.isArray(observed) ? (observed as readonly ObservedRule[]) : [];
  return rules.map(({ rule, would }) => `${rule} would ${would.join(", ")}`);
}

export function cefLine(origin: string, { body, seq, hash }: ReadRecord): string {
  // what is only observed happened, whatever the outcome says
  const isObserved = body.enforce === false;
  const outcome = isObserved ? `${String(body.outcome)} (not enforced)` : String(body.outcome);
  const contract = body.contract as { readonly name: string; readonly version: string; readonly digest: string };
  const header = [
    "CEF:0",
    "thc",
    "thc audit",
    PRODUCT_VERSION,
    `decision:${outcome}`,
    `${contract.name} ${outcome}`,
    String(isObserved ? OBSERVED : (SEVERITY[outcome] ?? 0)),
  ];
  const listed = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : "");
  const fields: readonly (readonly [string, string | null])[] = [
    ["rt", String(Date.parse(String(body.time)))],
    ["act", outcome],
    ["dvchost", origin],
    ["externalId", String(seq)],
    ["suser", body.agent as string | null],
    ["request", body.tool as string | null],
    ["reason", body.reason as string | null],
    ["cs1Label", "rules"],
    ["cs1", listed(body.rules)],
    ["cs2Label", "contract"],
    ["cs2", `${contract.name} ${contract.version} ${contract.digest}`],
    ["cs3Label", "recordHash"],
    ["cs3", hash],
    ["cs4Label", "tags"],
    ["cs4", listed(body.tags)],
    ["cs5Label", "traceId"],
    ["cs5", body.trace_id as string | null],
    ["cs6Label", "obligations"],
    ["cs6", listed(body.obligations)],
    ...labelled("flexString1", "observed", observedText(body.observed).join("; ")),
    ...labelled("flexDate1", "validUntil", typeof body.valid_until === "number" ? String(body.valid_until) : ""),
  ];
  const extension = fields
    .filter(([, value]) => value !== null && value !== "")
    .map(([key, value]) => `${key}=${inExtension(value as string)}`);
  return `${header.map(inHeader).join("|")}|${extension.join(" ")}`;
}
