/** Tables for people: columns padded to their widest cell, numbers to the right. Cells must already be safe to show. */

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column, at) => Math.max(width(column.title), ...rows.map((row) => width(row[at] ?? ""))));
  const line = (cells: readonly string[]) =>
    columns
      .map((column, at) => {
        const cell = cells[at] ?? "";
        const gap = " ".repeat(widths[at]! - width(cell));
        return column.align === "right" ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  const head = columns.some((column) => column.title !== "") ? [line(columns.map((column) => column.title))] : [];
  return [...head, ...rows.map(line)];
}

/** Two columns, the first is a label. */
export function renderPairs(pairs: readonly (readonly [string, string])[]): string[] {
  return renderTable([LEFT, LEFT], pairs);
}
const LEFT: Column = { title: "", align: "left" };

/** Of whole numbers: `1,234`. By hand, since the first use of a locale costs as long as a small check. */
export const count = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
export const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
export const plural = (value: number, word: string): string => `${count(value)} ${word}${value === 1 ? "" : "s"}`;

const width = (text: string): number => [...text].length;
