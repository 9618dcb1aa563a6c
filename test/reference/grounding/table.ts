/**
 * The table of what may ground and what may not: 1,024 rows (docs/semantics/grounding.md, "The table").
 *
 * INVARIANT: what users said and what agents planted is never evicted; when it does not fit, grounding gets stricter.
 */
import { isRunWord, words } from "./text.ts";
import { type Trace, traceKey } from "./traces.ts";

export interface Table {
  /** Typed tokens of user messages, one row each: `id a1`, `number 5`, `email …`, `url …`, `bare …`, `host …`. */
  readonly tokens: ReadonlySet<string>;
  /** The words of each kept message: a row a word and one for the end. */
  readonly messages: readonly (readonly string[])[];
  /** By class and form: the marks of the rules it is planted for. */
  readonly marks: ReadonlyMap<string, ReadonlySet<number>>;
  readonly marksForgotten: boolean;
  /** Rows of results, oldest first. */
  readonly results: readonly ResultRow[];
  /** How many it has. */
  readonly rows: number;
}
/** `place`: whose source it is. A text is its words and an end. */
export type ResultRow = { readonly place: string } & (
  | { readonly kind: "token"; readonly form: string }
  | { readonly kind: "word"; readonly word: string; readonly echoed: boolean }
  | { readonly kind: "end" }
);

export function emptyTable(): Table {
  return { tokens: new Set(), messages: [], marks: new Map(), marksForgotten: false, results: [], rows: 1_024 };
}

function pinnedRows(table: Table): number {
  const wordsSaid = table.messages.reduce((sum, message) => sum + wordRows(message), 0);
  return table.tokens.size + wordsSaid + table.marks.size;
}

function wordRows(message: readonly unknown[]): number {
  return message.length === 0 ? 0 : message.length + 1;
}

/** The rows of results that stay when `pinned` rows stand beside them. */
function youngest({ results, rows }: Pick<Table, "results" | "rows">, pinned: number): readonly ResultRow[] {
  return results.slice(Math.max(0, results.length + pinned - rows));
}

/** All of it, or nothing. */
export function addMessage(table: Table, tokens: readonly string[], said: readonly string[]): Table {
  const kept = new Set([...table.tokens, ...tokens]);
  const messages = said.length === 0 ? table.messages : [...table.messages, said];
  const next = { ...table, tokens: kept, messages };
  const pinned = pinnedRows(next);
  return pinned > table.rows ? table : { ...next, results: youngest(table, pinned) };
}

export function addMark(table: Table, trace: Trace, marks: readonly number[]): Table {
  if (table.marksForgotten || marks.length === 0) return table;
  const key = traceKey(trace);
  const next = {
    ...table,
    marks: new Map([...table.marks, [key, new Set([...(table.marks.get(key) ?? []), ...marks])]]),
  };
  const pinned = pinnedRows(next);
  return pinned > table.rows ? { ...table, marksForgotten: true } : { ...next, results: youngest(table, pinned) };
}

export function isMarked(table: Table, trace: Trace, mark: number): boolean {
  return table.marks.get(traceKey(trace))?.has(mark) ?? false;
}

export function addResultToken(table: Table, place: string, form: string): Table {
  if (holdsToken(table, place, form) || pinnedRows(table) >= table.rows) return table;
  return {
    ...table,
    results: youngest({ ...table, results: [...table.results, { kind: "token", place, form }] }, pinnedRows(table)),
  };
}

/** All of a text, or nothing: forms, each once, and words with their end. */
export function addResultText(
  table: Table,
  place: string,
  forms: readonly string[],
  run: readonly { readonly word: string; readonly echoed: boolean }[],
): Table {
  const rows: ResultRow[] = [
    ...forms.filter((form) => !holdsToken(table, place, form)).map((form) => ({ kind: "token" as const, place, form })),
    ...run.map((word) => ({ kind: "word" as const, place, ...word })),
    ...(run.length === 0 ? [] : [{ kind: "end" as const, place }]),
  ];
  const pinned = pinnedRows(table);
  if (rows.length + pinned > table.rows) return table;
  return { ...table, results: youngest({ ...table, results: [...table.results, ...rows] }, pinned) };
}

export function holdsToken(table: Table, place: string, form: string): boolean {
  return table.results.some((row) => row.kind === "token" && row.place === place && row.form === form);
}

/** A run of words of one text of the place, of which not all were the agent's own. */
export function holdsRun(table: Table, place: string, value: string): boolean {
  const run = words(value);
  if (!isRunWord(run)) return false;
  const rows = table.results.filter((row) => row.place === place && row.kind !== "token");
  return rows.some((_, at) => {
    const found = run.map((word, i) => {
      const row = rows[at + i];
      return row?.kind === "word" && row.word === word ? row : undefined;
    });
    return found.every((row) => row !== undefined) && found.some((row) => row?.echoed === false);
  });
}
