/**
 * Actions decided by hand, where words mislead or the damage is known: one row gives a level, an effect, flags and the
 * reason to a few operations of one service. The rows are in curated-*.ts, one file a provider.
 *
 * A row is `level effect flags | because | operation …`, flags joined by commas or `-`. Rows name real actions only (a
 * test says so), and are read once, on first use.
 */

import { EFFECTS, type Effect, FLAGS, type Flag, LEVELS, type Level } from "../action.ts";
import { asciiLower } from "../name.ts";
import { AWS_ROWS } from "./curated-aws.ts";
import { AZURE_ROWS } from "./curated-azure.ts";
import { GCP_ROWS } from "./curated-gcp.ts";
import type { CuratedRows } from "./curated-rows.ts";
import { SAAS_ROWS } from "./curated-saas.ts";

export interface Curated {
  readonly level: Level;
  readonly effect: Effect;
  readonly flags: readonly Flag[];
  readonly because: string;
}

function member<T extends string>(words: readonly T[], word: string, row: string): T {
  const found = words.find((each) => each === word);
  if (found === undefined) throw new Error(`curated row with the unknown word ${word}: ${row}`);
  return found;
}

function readRows(tables: readonly CuratedRows[]): ReadonlyMap<string, Curated> {
  const rows = new Map<string, Curated>();
  for (const [prefix, lines] of tables.flatMap((table) => Object.entries(table))) {
    const lower = prefix.startsWith("aws:") || prefix.startsWith("azure:");
    for (const line of lines) {
      const [what = "", because = "", operations = ""] = line.split("|").map((part) => part.trim());
      const [level = "", effect = "", flags = "-"] = what.split(" ");
      const row: Curated = {
        level: member(LEVELS, level, line),
        effect: member(EFFECTS, effect, line),
        flags: flags === "-" ? [] : flags.split(",").map((flag) => member(FLAGS, flag, line)),
        because,
      };
      for (const operation of operations.split(/\s+/)) {
        const name = `${prefix}${operation}`;
        const key = lower ? asciiLower(name) : name;
        if (rows.has(key)) throw new Error(`two curated rows for ${name}`);
        rows.set(key, row);
      }
    }
  }
  return rows;
}

let rows: ReadonlyMap<string, Curated> | undefined;

function allRows(): ReadonlyMap<string, Curated> {
  rows ??= readRows([AWS_ROWS, GCP_ROWS, AZURE_ROWS, SAAS_ROWS]);
  return rows;
}

/** The row for a key as `keyOf` gives it. */
export function curatedRow(key: string): Curated | undefined {
  return allRows().get(key);
}

export function curatedKeys(): readonly string[] {
  return [...allRows().keys()];
}
