/**
 * Decisions as OCSF events: API Activity (class 6003) with the `record_integrity` profile, one JSON object a line.
 *
 * Each event is attested over its own canonical form (RFC 8785) and names the event before it, as the profile says; the log's own hash, which an event can be
 * traced back to, stands in `metadata.uid`.
 */

import { hash } from "node:crypto";
import { canonicalText } from "../record/canonical.ts";
import type { ReadRecord } from "./records.ts";

export const OCSF_VERSION = "1.9.0";
const CLASS = 6003;
const OTHER_ACTIVITY = 99;
const SHA_256 = 3;

const OUTCOMES: Readonly<Record<string, { readonly severity: number; readonly status: number }>> = {
  allow: { severity: 1, status: 1 },
  allow_with_obligations: { severity: 1, status: 1 },
  require_approval: { severity: 2, status: 99 },
  deny: { severity: 3, status: 2 },
};
const OBSERVED = { severity: 1, status: 99 };
const SEVERITIES = ["Unknown", "Informational", "Low", "Medium"];

interface Fingerprint {
  readonly algorithm: string;
  readonly algorithm_id: number;
  readonly value: string;
}

/** A stateful mapper: feed it decision records in order. */
export function ocsfMapper(origin: string, key: string): (record: ReadRecord) => string {
  let before: { readonly uid: string; readonly fingerprint: Fingerprint } | null = null;
  return ({ body, seq, hash: uid }) => {
    const outcome = String(body.outcome);
    // what is only observed happened, whatever the outcome says
    const isObserved = body.enforce === false;
    const { severity, status } = isObserved ? OBSERVED : (OUTCOMES[outcome] ?? { severity: 0, status: 0 });
    const said = isObserved ? `${outcome} (not enforced)` : outcome;
    const { _hash, _prev, _seq, _mac, kind, time, ...rest } = body;
    const agent = body.agent ?? "unknown";
    const event = {
      activity_id: OTHER_ACTIVITY,
      activity_name: "Decide",
      actor: { app_name: agent },
      api: { operation: body.tool ?? "unknown", service: { name: (body.contract as { name: string }).name } },
      attestation: { authority_uid: key, chain_uid: origin, uid, ...(before === null ? {} : { prev_event: before }) },
      category_name: "Application Activity",
      category_uid: 6,
      class_name: "API Activity",
      class_uid: CLASS,
      message: body.reason === null ? said : `${said}: ${String(body.reason)}`,
      metadata: {
        log_name: origin,
        original_time: time,
        product: { name: "thc", vendor_name: "thc" },
        profiles: ["record_integrity"],
        sequence: seq,
        uid,
        version: OCSF_VERSION,
        ...(body.trace_id === null ? {} : { correlation_uid: body.trace_id }),
      },
      severity: SEVERITIES[severity],
      severity_id: severity,
      src_endpoint: { name: agent },
      status_detail: said,
      status_id: status,
      time: Date.parse(String(time)),
      type_name: "API Activity: Other",
      type_uid: CLASS * 100 + OTHER_ACTIVITY,
      unmapped: rest,
    };
    const value = hash("sha256", canonicalText(event), "hex");
    const fingerprint = { algorithm: "SHA-256", algorithm_id: SHA_256, value };
    before = { uid, fingerprint };
    return canonicalText({ ...event, attestation: { ...event.attestation, fingerprint } });
  };
}
