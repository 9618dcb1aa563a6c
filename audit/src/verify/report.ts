/** What a verification says, as a value: separate verdicts, never one that hides another. */

import type { Fault } from "./fault.ts";

export type VerifyMode = "fast" | "full" | "deep";

export type Completeness =
  | { readonly verdict: "unknown"; readonly reason: string }
  | { readonly verdict: "complete"; readonly size: number; readonly beyond: number }
  | { readonly verdict: "incomplete"; readonly reason: string };

export interface AnchorVerdict {
  readonly record: number;
  readonly checkpoint: number;
  /** Records below this number existed at `genTime`. */
  readonly size: number;
  readonly tsa: string;
  /** RFC 3339; empty when the token could not be read. */
  readonly genTime: string;
  readonly verdict: "verified" | "unchecked" | "refused";
  readonly reason: string;
}

export type Cadence =
  | { readonly verdict: "none_declared" }
  | { readonly verdict: "unchecked" }
  | { readonly verdict: "kept" }
  | { readonly verdict: "missed"; readonly record: number; readonly reason: string };

export interface KeyInForce {
  readonly from: number;
  readonly key: string;
}

export interface Report {
  /** Nothing found wrong: no fault, no refused anchor, not incomplete, cadence not missed. */
  readonly ok: boolean;
  readonly mode: VerifyMode;
  readonly origin: string;
  readonly segments: number;
  readonly records: number;
  readonly bytes: number;
  /** Hex; empty with `fast`. */
  readonly root: string;
  readonly integrity: { readonly ok: true } | { readonly ok: false; readonly fault: Fault };
  readonly completeness: Completeness;
  readonly keys: { readonly inForce: readonly KeyInForce[]; readonly trusted: boolean };
  readonly macs: "none" | "checked" | "unchecked";
  readonly anchors: readonly AnchorVerdict[];
  /** Records 0 up to this number are covered by a verified anchor. */
  readonly anchored: number;
  /** Records behind them. */
  readonly unanchored: number;
  readonly anchorFailures: number;
  readonly cadence: Cadence;
  /** Records whose clock ran backwards: flagged, not a fault. */
  readonly clock: { readonly backwards: number; readonly first: number | null };
  readonly kinds: Readonly<Record<string, number>>;
}

/** Between which verified times a record was written; `null` where no anchor says. */
export interface Bracket {
  readonly after: string | null;
  readonly before: string | null;
}

export function bracketOf(report: Report, record: number): Bracket {
  const verified = report.anchors.filter((anchor) => anchor.verdict === "verified");
  const before = verified.filter(({ size }) => size > record).map(({ genTime }) => genTime);
  const after = verified.filter((anchor) => anchor.record < record).map(({ genTime }) => genTime);
  // RFC 3339 in one form and zone sorts as text.
  return { after: after.sort().at(-1) ?? null, before: before.sort()[0] ?? null };
}

/** The report for a person at a terminal. */
export function reportText(report: Report): string {
  const lines = [
    `log           ${report.origin || "(unknown)"}: ${report.records} records in ${report.segments} segments, ${report.bytes} bytes (${report.mode})`,
    `integrity     ${integrityText(report)}`,
    `completeness  ${completenessText(report.completeness)}`,
    `key           ${keyText(report)}`,
    `macs          ${{ none: "not keyed", checked: "all right", unchecked: "not checked (no key given)" }[report.macs]}`,
    `anchored      ${anchoredText(report)}`,
  ];
  for (const { record, tsa, reason } of report.anchors.filter((a) => a.verdict === "refused"))
    lines.push(`  refused     record ${record} (${tsa}): ${reason}`);
  if (report.anchorFailures > 0) lines.push(`  failed      ${report.anchorFailures} attempts to anchor`);
  lines.push(`cadence       ${cadenceText(report.cadence)}`);
  if (report.clock.backwards > 0)
    lines.push(`clock         ran backwards ${report.clock.backwards} times, first at record ${report.clock.first}`);
  return `${lines.join("\n")}\n`;
}

function integrityText({ integrity }: Report): string {
  if (integrity.ok) return "intact";
  const { kind, segment, line, byte, message } = integrity.fault;
  const place = segment === "" ? "" : ` at ${segment}${line > 0 ? `, line ${line}, byte ${byte}` : ""}`;
  return `BROKEN (${kind})${place}: ${message}`;
}

function completenessText(completeness: Completeness): string {
  switch (completeness.verdict) {
    case "unknown":
      return `unknown: ${completeness.reason}`;
    case "complete":
      return `holds all ${completeness.size} records of the given head, and ${completeness.beyond} more`;
    case "incomplete":
      return `INCOMPLETE: ${completeness.reason}`;
  }
}

function keyText({ keys }: Report): string {
  const now = keys.inForce.at(-1)?.key ?? "none";
  const changes = keys.inForce.length - 1;
  return `${now}${changes > 0 ? `, ${changes} rotations` : ""}${keys.trusted ? "" : " (the log's own word: no trusted key given)"}`;
}

function anchoredText({ anchors, anchored, unanchored }: Report): string {
  const verified = anchors.filter((a) => a.verdict === "verified");
  const unchecked = anchors.filter((a) => a.verdict === "unchecked").length;
  if (verified.length === 0) return unchecked > 0 ? `not checked: ${unchecked} tokens, no trusted roots given` : "no";
  const last = verified.reduce((a, b) => (b.size > a.size ? b : a));
  return `records 0 to ${anchored - 1} existed at ${last.genTime} (${last.tsa}); ${unanchored} behind them are not anchored yet`;
}

function cadenceText(cadence: Cadence): string {
  switch (cadence.verdict) {
    case "none_declared":
      return "none declared";
    case "unchecked":
      return "declared, not checked (no verified anchors)";
    case "kept":
      return "kept";
    case "missed":
      return `MISSED at record ${cadence.record}: ${cadence.reason}`;
  }
}
