/** A module's own description in lines: members in their order, lists of objects as tables. Everything in it is untrusted text. */
import { type Column, renderPairs, renderTable } from "../terminal/table.ts";
import { shorten, visible } from "../terminal/visible.ts";

export function renderFields(value: object): string[] {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  const plain = entries.filter(([, item]) => !isTable(item));
  const tables = entries.filter((entry): entry is [string, object[]] => isTable(entry[1]));
  return [
    ...renderPairs(plain.map(([key, item]) => [visible(key), inline(item)])),
    ...tables.flatMap(([key, items]) => ["", visible(key), ...indent(tableOf(items))]),
  ];
}

const isTable = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof item === "object" && item !== null && !Array.isArray(item));

function tableOf(items: readonly object[]): string[] {
  const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const columns: Column[] = keys.map((key) => ({ title: visible(key), align: "left" }));
  const cell = (item: object, key: string) => shorten(inline((item as Record<string, unknown>)[key]), 100);
  return renderTable(
    columns,
    items.map((item) => keys.map((key) => cell(item, key))),
  );
}

function inline(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return visible(value);
  if (typeof value === "number") return value.toLocaleString("en-US", { useGrouping: value >= 10_000 });
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inline).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, item]) => `${visible(key)} ${inline(item)}`)
      .join(", ");
  return visible(String(value));
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
