/** The bundle's index.html: one file, no script, no request to anywhere; everything that came from a log is escaped. */

import type { Report } from "../verify/report.ts";

export interface DecisionRow {
  readonly seq: number;
  readonly time: string;
  readonly outcome: string;
  readonly reason: string;
  readonly agent: string;
  readonly tool: string;
  readonly contract: string;
  readonly rules: readonly string[];
  readonly tags: readonly string[];
  /** False: the contract was only observed, and what it denied happened. */
  readonly isEnforced: boolean;
  /** `RULE would deny, ask`. */
  readonly observed: readonly string[];
}

export interface PageInput {
  readonly report: Report;
  readonly decisions: readonly DecisionRow[];
  readonly shown: number;
  readonly frameworks: Readonly<Record<string, string>>;
  readonly slice: { readonly from: number; readonly to: number } | null;
}

const OUTCOMES = ["allow", "allow_with_obligations", "require_approval", "deny"] as const;
const COLOURS = ["#2e7d32", "#558b2f", "#c77700", "#b3261e"] as const;
const BUCKETS = 60;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function counted(values: Iterable<string>): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function table(id: string, head: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
  if (rows.length === 0) return `<p class="none">${escaped(empty)}</p>`;
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("");
  return `<table id="${id}"><thead><tr>${cells("th", head)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n")}</tbody></table>`;
}

/** Stacked bars of decisions over time, one colour an outcome. */
function timeline(decisions: readonly DecisionRow[]): string {
  if (decisions.length === 0) return '<p class="none">no decisions</p>';
  const times = decisions.map(({ time }) => Date.parse(time));
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const width = Math.max(1, (last - first + 1) / BUCKETS);
  const buckets = Array.from({ length: BUCKETS }, () => OUTCOMES.map(() => 0));
  decisions.forEach(({ outcome }, i) => {
    const bucket = buckets[Math.min(BUCKETS - 1, Math.floor(((times[i] as number) - first) / width))] as number[];
    const kind = OUTCOMES.indexOf(outcome as (typeof OUTCOMES)[number]);
    if (kind >= 0) bucket[kind] = (bucket[kind] as number) + 1;
  });
  const highest = Math.max(1, ...buckets.map((bucket) => bucket.reduce((a, b) => a + b, 0)));
  let bars = "";
  buckets.forEach((bucket, x) => {
    let y = 160;
    bucket.forEach((count, kind) => {
      const height = (count / highest) * 150;
      y -= height;
      if (count > 0)
        bars += `<rect x="${x * 12}" y="${y.toFixed(1)}" width="10" height="${height.toFixed(1)}" fill="${COLOURS[kind]}"><title>${count} ${OUTCOMES[kind]}</title></rect>`;
    });
  });
  const legend = OUTCOMES.map(
    (outcome, i) =>
      `<span><i style="background:${COLOURS[i]}"></i>${outcome} ${decisions.filter((d) => d.outcome === outcome).length}</span>`,
  );
  return `<svg id="timeline" viewBox="0 0 720 165" role="img" aria-label="decisions over time by outcome">${bars}</svg>
<p class="axis"><span>${escaped(new Date(first).toISOString())}</span><span>${escaped(new Date(last).toISOString())}</span></p><p class="legend">${legend.join("")}</p>`;
}

function verdicts({ report, slice }: PageInput): string {
  const { integrity, completeness, anchored, unanchored, cadence } = report;
  const rows: (readonly [string, boolean | null, string])[] = [
    [
      "Integrity",
      integrity.ok,
      integrity.ok
        ? `every one of ${report.records} records is as it was written`
        : `${integrity.fault.kind}: ${integrity.fault.message}`,
    ],
    [
      "Completeness",
      completeness.verdict === "unknown" ? null : completeness.verdict === "complete",
      completeness.verdict === "complete"
        ? `holds all ${completeness.size} records of a head kept elsewhere`
        : completeness.reason,
    ],
    [
      "Anchored",
      anchored > 0 ? true : null,
      anchored > 0 ? `records 0 to ${anchored - 1}; ${unanchored} behind them are not` : "no verified anchor",
    ],
    [
      "Cadence",
      cadence.verdict === "kept" ? true : cadence.verdict === "missed" ? false : null,
      cadence.verdict === "missed" ? cadence.reason : cadence.verdict.replace("_", " "),
    ],
  ];
  if (slice !== null)
    rows.unshift([
      "Slice",
      null,
      `whole segments that hold records ${slice.from} to ${slice.to}; the verdicts below are of the whole log`,
    ]);
  return rows
    .map(
      ([name, good, said]) =>
        `<div class="verdict ${good === null ? "open" : good ? "good" : "bad"}"><b>${name}</b> ${escaped(said)}</div>`,
    )
    .join("\n");
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1d1d1f;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
.verdict{padding:.4rem .7rem;margin:.3rem 0;border-left:.35rem solid #999;background:#f5f5f5}.good{border-color:#2e7d32}.bad{border-color:#b3261e;background:#fdecea}
svg{width:100%;background:#fafafa}.axis{display:flex;justify-content:space-between;font-size:12px;color:#555;margin:0}
.legend span{margin-right:1.2rem}.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.3rem}.none{color:#666}code{font-size:12px}`;

export function evidencePage(input: PageInput): string {
  const { report, decisions, frameworks } = input;
  const anchors = report.anchors.map(({ record, size, genTime, tsa, verdict, reason }) => [
    `0 to ${size - 1}`,
    genTime,
    tsa,
    reason === "" ? verdict : `${verdict}: ${reason}`,
    String(record),
  ]);
  const rules = counted(decisions.flatMap((row) => row.rules)).map(([rule, count]) => [rule, String(count)]);
  const observed = counted(decisions.flatMap((row) => row.observed)).map(([said, count]) => [said, String(count)]);
  const tags = counted(decisions.flatMap((row) => row.tags)).map(([tag, count]) => [
    tag,
    Object.hasOwn(frameworks, tag) ? (frameworks[tag] as string) : "",
    String(count),
  ]);
  const rows = decisions
    .slice(0, input.shown)
    .map((d) => [
      String(d.seq),
      d.time,
      d.isEnforced ? d.outcome : `${d.outcome} (not enforced)`,
      d.tool,
      d.agent,
      d.rules.join(", "),
      d.reason,
    ]);
  const more =
    decisions.length > rows.length ? `<p class="none">${decisions.length - rows.length} more in log/</p>` : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence: ${escaped(report.origin)}</title><style>${STYLE}</style></head><body>
<h1>Evidence from the audit log <code>${escaped(report.origin)}</code></h1>
<p>${report.records} records in ${report.segments} segments. Root <code>${escaped(report.root)}</code></p>
<section id="verdicts">${verdicts(input)}</section>
<p class="none">This page repeats what a verification said when the bundle was made. To believe it, verify the bundle: README.txt says how.</p>
<h2>Decisions over time</h2>${timeline(decisions)}
<h2>Anchored ranges</h2>${table("anchors", ["records", "existed at", "TSA", "verdict", "token in record"], anchors, "no anchors")}
<h2>Rules that fired</h2>${table("rules", ["rule", "decisions"], rules, "no rules")}
<h2>Only observed</h2>${table("observed", ["rule", "decisions"], observed, "nothing was only observed")}
<h2>Frameworks touched</h2>${table("frameworks", ["id", "title", "decisions"], tags, "no framework tags")}
<h2>Decisions</h2>${table("decisions", ["record", "time", "outcome", "tool", "agent", "rules", "reason"], rows, "no decisions")}${more}
</body></html>
`;
}
