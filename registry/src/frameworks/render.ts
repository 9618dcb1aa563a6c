/**
 * A coverage map as text, JSON, Markdown and HTML. The same words in each: a rule *maps to* an id, and a map is no
 * statement that anybody complies.
 *
 * Large frameworks (more than 60 ids) print only what is covered, and how many are not; JSON always holds every row.
 * Names come from contracts, so they are escaped for the format that they are put into.
 */

import { unreachable } from "../unreachable.ts";
import type { CoverageMap, CoverageRow, CoverageState } from "./coverage.ts";

export const COVERAGE_FORMATS = ["text", "json", "markdown", "html"] as const;
export type CoverageFormat = (typeof COVERAGE_FORMATS)[number];

const WORDS: Readonly<Record<CoverageState, string>> = {
  enforced: "enforced by a tested rule",
  mapped: "mapped, not tested",
  not_covered: "not covered",
};

const NOTE = "Rules map to these ids. This is not a statement of compliance.";
const LARGE = 60;

function shown(map: CoverageMap): readonly CoverageRow[] {
  return map.rows.length > LARGE ? map.rows.filter((row) => row.state !== "not_covered") : map.rows;
}

function summary(map: CoverageMap): string {
  const { enforced, mapped, not_covered: none } = map.totals;
  return `${enforced} enforced by a tested rule, ${mapped} mapped, ${none} not covered, of ${map.rows.length}`;
}

const heading = (map: CoverageMap): string => `${map.title} ${map.version}`;

function idOf(row: CoverageRow): string {
  return row.withdrawn ? `${row.id} (withdrawn)` : row.id;
}

/** Control characters would move a terminal's cursor. */
function plain(text: string): string {
  return [...text].map((letter) => (/\p{Cc}|\p{Cf}/u.test(letter) ? "\ufffd" : letter)).join("");
}

function renderText(map: CoverageMap): string {
  const rows = shown(map).map((row) => [idOf(row), plain(row.name), WORDS[row.state], plain(row.rules.join(", "))]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const unknown = map.unknown.map(({ rule, tag, nearest }) => {
    const near = nearest === undefined ? "" : `, did you mean \`${nearest}\`?`;
    return `unknown tag \`${plain(tag)}\` of rule ${plain(rule)}${near}`;
  });
  return [
    heading(map),
    "",
    ...lines,
    "",
    summary(map),
    ...unknown,
    NOTE,
    `Licence of the ids: ${map.licence}`,
    "",
  ].join("\n");
}

function markdownCell(text: string): string {
  return plain(text)
    .replace(/[\\`*_[\]<>|~#&]/g, (letter) => `\\${letter}`)
    .replace(/\s+/g, " ");
}

function renderMarkdown(map: CoverageMap): string {
  const rows = shown(map).map((row) => {
    const cells = [idOf(row), row.name, WORDS[row.state], row.rules.join(", "), row.tests.join("; ")];
    return `| ${cells.map(markdownCell).join(" | ")} |`;
  });
  const unknown = map.unknown.map(
    ({ rule, tag }) => `- unknown tag ${markdownCell(tag)} of rule ${markdownCell(rule)}`,
  );
  return [
    `# ${markdownCell(heading(map))}`,
    "",
    "| id | name | state | rules | tests |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    `${summary(map)}.`,
    ...(unknown.length > 0 ? ["", ...unknown] : []),
    "",
    `${NOTE} Licence of the ids: ${markdownCell(map.licence)}.`,
    "",
  ].join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return plain(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d2733}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d5dbe3}
.enforced td:nth-child(3){color:#0b6b3a;font-weight:600}.mapped td:nth-child(3){color:#8a5a00}.not_covered{color:#66717f}`;

function renderHtml(map: CoverageMap): string {
  const rows = shown(map).map((row) => {
    const cells = [idOf(row), row.name, WORDS[row.state], row.rules.join(", "), row.tests.join("; ")];
    return `<tr class="${row.state}">${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const unknown = map.unknown.map(
    ({ rule, tag }) => `<li>unknown tag ${escapeHtml(tag)} of rule ${escapeHtml(rule)}</li>`,
  );
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${escapeHtml(heading(map))}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escapeHtml(heading(map))}</h1><p>${escapeHtml(summary(map))}.</p>`,
    "<table><thead><tr><th>id</th><th>name</th><th>state</th><th>rules</th><th>tests</th></tr></thead><tbody>",
    ...rows,
    "</tbody></table>",
    ...(unknown.length > 0 ? [`<ul>${unknown.join("")}</ul>`] : []),
    `<p>${escapeHtml(NOTE)} Licence of the ids: ${escapeHtml(map.licence)}.</p></body></html>`,
    "",
  ].join("\n");
}

export function renderCoverage(map: CoverageMap, format: CoverageFormat): string {
  switch (format) {
    case "text":
      return renderText(map);
    case "json":
      return `${JSON.stringify(map, null, 2)}\n`;
    case "markdown":
      return renderMarkdown(map);
    case "html":
      return renderHtml(map);
    default:
      return unreachable(format);
  }
}
