/** Verdicts over the anchors that a log holds, in the log's order: the token, its window, and that time does not run backwards. */

import { quoted } from "./fault.ts";
import type { Platform } from "./platform.ts";
import type { AnchorVerdict, Cadence } from "./report.ts";
import type { AnchorSeen } from "./segment-state.ts";
import { fromBase64, fromHex } from "./sha256.ts";
import type { TimestampTrust } from "./timestamp/trust.ts";
import { verifyTimestamp } from "./timestamp/verify.ts";

interface Stamped {
  readonly record: number;
  readonly latest: number;
}

const SLACK_RECORDS = 64;
const SLACK_MS = 60_000;

export function createAnchorJudge(platform: Platform, trust: TimestampTrust | null) {
  const verdicts: AnchorVerdict[] = [];
  const stamped: Stamped[] = [];
  let covered = 0;
  let missed: { readonly record: number; readonly reason: string } | null = null;
  let lastTime = Number.NaN;
  let checkedCadence = false;

  /** The latest genTime that the stamped checkpoint already contains, its accuracy taken off. */
  function notBefore(checkpoint: number): number | null {
    for (let i = stamped.length - 1; i >= 0; i--) {
      const entry = stamped[i] as Stamped;
      if (entry.record < checkpoint) return entry.latest;
    }
    return null;
  }

  async function judge(
    anchor: AnchorSeen,
    cadence: { readonly records: number; readonly seconds: number } | null,
  ): Promise<void> {
    const { record, checkpoint, size } = anchor;
    const verdict = { record, checkpoint, size, tsa: quoted(anchor.tsa) };
    if (anchor.received < anchor.sent) {
      verdicts.push({
        ...verdict,
        genTime: "",
        verdict: "refused",
        reason: "the answer was received before it was asked for",
      });
      return;
    }
    const response = fromBase64(anchor.response);
    if (response === null) {
      verdicts.push({ ...verdict, genTime: "", verdict: "refused", reason: "the response is no base64" });
      return;
    }
    const imprint = fromHex(platform.sha256Hex(new TextEncoder().encode(anchor.note))) as Uint8Array;
    const answer = await verifyTimestamp(
      platform.subtle,
      response,
      {
        imprint: { algorithm: "SHA-256", digest: imprint },
        nonce: fromHex(anchor.nonce) as Uint8Array,
        sent: anchor.sent,
        received: anchor.received,
        notBefore: notBefore(checkpoint),
      },
      trust ?? { roots: [] },
    );
    if (!answer.ok) {
      const unchecked = trust === null && answer.clause === "chain";
      const genTime = answer.genTime === null ? "" : new Date(answer.genTime).toISOString();
      verdicts.push({
        ...verdict,
        genTime,
        verdict: unchecked ? "unchecked" : "refused",
        reason: unchecked ? "no trusted roots given" : quoted(`${answer.clause}: ${answer.reason}`),
      });
      return;
    }
    verdicts.push({ ...verdict, genTime: new Date(answer.genTime).toISOString(), verdict: "verified", reason: "" });
    stamped.push({ record, latest: Math.max(answer.genTime - answer.accuracy, stamped.at(-1)?.latest ?? 0) });
    if (cadence !== null && size > covered) {
      checkedCadence = true;
      if (missed === null && size - covered > cadence.records + SLACK_RECORDS)
        missed = {
          record: covered,
          reason: `${size - covered} records waited for one anchor, ${cadence.records} were declared`,
        };
      if (missed === null && answer.genTime - lastTime > cadence.seconds * 1000 + SLACK_MS)
        missed = {
          record: covered,
          reason: `${Math.round((answer.genTime - lastTime) / 1000)} s between anchors, ${cadence.seconds} were declared`,
        };
    }
    if (size > covered) lastTime = answer.genTime;
    covered = Math.max(covered, size);
  }

  return {
    judge,
    verdicts: (): readonly AnchorVerdict[] => verdicts,
    covered: () => covered,
    cadence(declared: { readonly records: number; readonly seconds: number } | null, records: number): Cadence {
      if (declared === null) return { verdict: "none_declared" };
      if (missed !== null) return { verdict: "missed", ...missed };
      if (trust === null) return { verdict: "unchecked" };
      if (records - covered > declared.records + SLACK_RECORDS)
        return { verdict: "missed", record: covered, reason: `${records - covered} records wait for an anchor` };
      return checkedCadence ? { verdict: "kept" } : { verdict: "unchecked" };
    },
  };
}
