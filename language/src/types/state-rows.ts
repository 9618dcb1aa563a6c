/** `state { evidence 128  tokens 1_024 }`: how many rows the tables of a session may have. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { StateRows } from "./contract.ts";
import { positiveCount } from "./numbers.ts";

/** Where the contract says nothing, and the most that it may say. */
export const STATE_ROWS: { readonly [table in keyof StateRows]: { readonly usual: number; readonly most: number } } = {
  pending: { usual: 32, most: 4096 },
  evidence: { usual: 128, most: 4096 },
  tokens: { usual: 1024, most: 16384 },
  approvals: { usual: 32, most: 4096 },
  values: { usual: 1024, most: 16384 },
  loop: { usual: 64, most: 1024 },
};

/** Undefined when something was reported. */
export function readStateRows(node: Ast.StateNode, report: Report): Partial<StateRows> | undefined {
  const rows: { -readonly [table in keyof StateRows]?: number } = {};
  const tables = Object.keys(STATE_ROWS) as (keyof StateRows)[];
  let ok = true;
  for (const item of node.items) {
    const { text, span } = item.table;
    const table = tables.find((name) => name === text);
    if (table === undefined) {
      const help = didYouMean(text, tables) ?? `a state has rows of ${list(tables, "and")}`;
      report(error("THC2011", `unknown table \`${text}\``, span, "not known here", { help }));
    } else if (rows[table] !== undefined) report(error("THC1013", `\`${text}\` stands twice`, span, "again here"));
    else {
      const count = positiveCount(item.rows, STATE_ROWS[table].most, report);
      if (count !== undefined) rows[table] = count;
    }
    if (table === undefined || rows[table] === undefined) ok = false;
  }
  return ok ? rows : undefined;
}
