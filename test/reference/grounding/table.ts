/**
 * The table of what may ground and what may not: 1,024 rows (docs/semantics.md §8, "The table").
 *
 * INVARIANT: what users said and what agents planted is never evicted; when it does not fit, grounding gets stricter.
 */

export interface Table {
  /** Typed tokens of user messages, one row each: `id a1`, `number 5`, `email …`, `url …`, `bare …`, `host …`. */
  readonly tokens: ReadonlySet<string>;
  /** The words of each kept message: a row a word and one for the end. */
  readonly messages: readonly (readonly string[])[];
  readonly marks: ReadonlySet<string>;
  readonly marksForgotten: boolean;
  /** Oldest first. */
  readonly results: readonly ResultToken[];
  /** How many it has. */
  readonly rows: number;
}
export interface ResultToken {
  readonly source: string;
  readonly form: string;
}

export function emptyTable(): Table {
  return { tokens: new Set(), messages: [], marks: new Set(), marksForgotten: false, results: [], rows: 1_024 };
}

function pinnedRows(table: Table): number {
  const words = table.messages.reduce((sum, message) => sum + wordRows(message), 0);
  return table.tokens.size + words + table.marks.size;
}

function wordRows(message: readonly string[]): number {
  return message.length === 0 ? 0 : message.length + 1;
}

/** The rows of results that stay when `pinned` rows stand beside them. */
function youngest({ results, rows }: Pick<Table, "results" | "rows">, pinned: number): readonly ResultToken[] {
  return results.slice(Math.max(0, results.length + pinned - rows));
}

/** All of it, or nothing. */
export function addMessage(table: Table, tokens: readonly string[], words: readonly string[]): Table {
  const kept = new Set([...table.tokens, ...tokens]);
  const messages = words.length === 0 ? table.messages : [...table.messages, words];
  const next = { ...table, tokens: kept, messages };
  const pinned = pinnedRows(next);
  return pinned > table.rows ? table : { ...next, results: youngest(table, pinned) };
}

export function addMark(table: Table, form: string): Table {
  if (table.marksForgotten || table.marks.has(form)) return table;
  const next = { ...table, marks: new Set([...table.marks, form]) };
  const pinned = pinnedRows(next);
  return pinned > table.rows ? { ...table, marksForgotten: true } : { ...next, results: youngest(table, pinned) };
}

export function addResultToken(table: Table, token: ResultToken): Table {
  if (hasResultToken(table, token) || pinnedRows(table) >= table.rows) return table;
  return { ...table, results: youngest({ ...table, results: [...table.results, token] }, pinnedRows(table)) };
}

export function hasResultToken(table: Table, token: ResultToken): boolean {
  return table.results.some((row) => row.source === token.source && row.form === token.form);
}
