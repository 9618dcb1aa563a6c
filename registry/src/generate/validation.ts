/**
 * How the catalogue agrees with lists that others made of dangerous actions.
 *
 * A list has a floor: a level that its actions should at least have, or a flag they should carry. A path is several
 * actions that only together do damage: it is caught when one of them is at the floor. Names that the catalogue does not
 * hold (AWS has withdrawn them) are counted apart. The lists: registry/validation/, with source and licence in each.
 */

import { FLAGS, type Flag, isAtLeast, LEVELS, type Level } from "../action.ts";
import type { Catalogue } from "../catalogue.ts";

export interface ValidationList {
  readonly title: string;
  readonly source: string;
  readonly floor: Level | Flag;
  readonly kind: "actions" | "paths";
  readonly rows: readonly (readonly string[])[];
}

export interface Agreement {
  readonly title: string;
  readonly floor: Level | Flag;
  readonly kind: "actions" | "paths";
  readonly agreed: number;
  readonly judged: number;
  /** Rows without a single name that the catalogue holds. */
  readonly unknown: readonly string[];
  /** Rows below the floor, with the levels of their actions. */
  readonly missed: readonly string[];
}

export function parseList(text: string): ValidationList {
  const lines = text.split("\n").filter((line) => line !== "");
  const head = (key: string): string => {
    const line = lines.find((each) => each.startsWith(`# ${key}: `));
    if (line === undefined) throw new Error(`a validation list without ${key}`);
    return line.slice(key.length + 4);
  };
  const floor = [...LEVELS, ...FLAGS].find((each) => each === head("floor"));
  const kind = head("kind");
  if (floor === undefined || (kind !== "actions" && kind !== "paths"))
    throw new Error(`a validation list that does not read`);
  const rows = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" "));
  return { title: head("title"), source: head("source"), floor, kind, rows };
}

function isLevel(floor: Level | Flag): floor is Level {
  return (LEVELS as readonly string[]).includes(floor);
}

export function agreement(list: ValidationList, catalogue: Catalogue): Agreement {
  const { floor, kind, title } = list;
  const unknown: string[] = [];
  const missed: string[] = [];
  let agreed = 0;
  for (const row of list.rows) {
    const found = row.map((name) => catalogue.find(name)).filter((entry) => entry !== undefined);
    if (found.length === 0) unknown.push(row.join(" "));
    else if (found.some((entry) => (isLevel(floor) ? isAtLeast(entry.level, floor) : entry.flags.includes(floor))))
      agreed += 1;
    else missed.push(found.map((entry) => `${entry.name} (${entry.level})`).join(" + "));
  }
  return { title, floor, kind, agreed, judged: list.rows.length - unknown.length, unknown, missed };
}

/** The table of docs/registry.md. */
export function agreementTable(agreements: readonly Agreement[]): string {
  const rows = agreements.map(({ title, floor, agreed, judged, unknown }) => {
    const share = judged === 0 ? "–" : `${((agreed / judged) * 100).toFixed(1)} %`;
    return `| ${title} | ${floor} | ${agreed} of ${judged} | ${share} | ${unknown.length} |`;
  });
  return ["| list | floor | agreed | share | not in the catalogue |", "|---|---|---|---|---|", ...rows].join("\n");
}
