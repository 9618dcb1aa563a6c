/** `thc test --coverage`: a line a rule, and below it the atoms that were not both true and false. */
import type { Paint } from "../terminal/paint.ts";
import { percent, renderTable } from "../terminal/table.ts";
import { atomsCovered, type RuleCoverage, rulesCovered, type Share } from "../testing/coverage.ts";
import { name, prose } from "./words.ts";

export function renderCoverage(coverage: readonly RuleCoverage[], paint: Paint): string[] {
  const rows = coverage.flatMap(({ rule, decided, atoms }) => {
    const gaps = atoms.filter(({ wasTrue, wasFalse }) => !wasTrue || !wasFalse);
    const seen = 2 * atoms.length - gaps.reduce((sum, gap) => sum + Number(!gap.wasTrue) + Number(!gap.wasFalse), 0);
    return [
      [name(rule), decided === 0 ? "never" : String(decided), `${seen} of ${2 * atoms.length}`],
      ...gaps.map(({ text, wasTrue, wasFalse }) => [
        `  ${paint.faint(`never ${wasTrue ? "false" : wasFalse ? "true" : "true, never false"}:`)} ${prose(text, 100)}`,
      ]),
    ];
  });
  const share = (word: string, { covered, of }: Share) =>
    of === 0 ? `no ${word}` : `${covered} of ${of} ${word} (${percent(covered, of)})`;
  return [
    ...renderTable(
      [
        { title: "rule", align: "left" },
        { title: "decided", align: "right" },
        { title: "conditions seen", align: "right" },
      ],
      rows.filter((row) => row.length > 1),
    ).flatMap((line, at) => [line, ...(at === 0 ? [] : gapsBehind(rows, at - 1))]),
    `covered: ${share("rules", rulesCovered(coverage))}, ${share("truths of conditions", atomsCovered(coverage))}`,
    "",
  ];
}

/** The lines of one cell that follow the n-th row of the table. */
function gapsBehind(rows: readonly (readonly string[])[], n: number): string[] {
  const starts = rows.flatMap((row, at) => (row.length > 1 ? [at] : []));
  return rows.slice(starts[n]! + 1, starts[n + 1] ?? rows.length).map(([line]) => line!);
}
