/**
 * Terms grouped into blocks: a rule with few targets stands in the block of each, a rule with many in one global block
 * whose first field is the tool. A field whose table would be too large for what it decides is left to the residual.
 *
 * The blocks of a contract resemble each other: what is known of a condition alone, or of a field with the same conditions, is worked out
 * once (drafts.ts) and stands in as many blocks as have it.
 */
import type { IrBlock, IrCondition, IrField, IrTerm } from "../ir/ir.ts";
import {
  type Clause,
  type Column,
  createDrafts,
  type Draft,
  type DraftAtom,
  type Drafts,
  type Placed,
} from "./drafts.ts";
import { classCount, type FieldKey } from "./fields.ts";
import { type Kind, kindHolds } from "./variants.ts";

export type { Clause } from "./drafts.ts";

export interface BlockInput {
  /** Tools and variants. */
  readonly tools: readonly Kind[];
  readonly booleans: ReadonlySet<number>;
}

/** At most this many targets are always worth a copy each; more, as long as all copies together stay below MOST_COPIES. */
const FEW = 8;
const MOST_COPIES = 20_000;
/** Bytes of a field's rows; above, its atoms are residual. */
const MOST_ROW_BYTES = 2_000_000;
const MOST_FIELDS = 4_000;

/** Through an index: 10,000 rules over 2,000 tools must not cost their product. */
export function buildBlocks(
  input: BlockInput,
  clauses: readonly Clause[],
): { perTool: (IrBlock | undefined)[]; global: IrBlock | undefined } {
  const few: Draft[][] = input.tools.map(() => []);
  const wide: Draft[] = [];
  const drafts = createDrafts(input.booleans, input.tools.length, (c, tool) => isSure(c, input.tools[tool]));
  let copies = 0;
  for (const { targets } of clauses) if (targets.length > FEW) copies += targets.length;
  for (const c of clauses) {
    const isWide = c.targets.length > FEW && copies > MOST_COPIES;
    const terms = drafts.termsOf(c.when);
    for (let t = 0; t < terms.length; t++) {
      const draft: Draft = { clause: c, atoms: terms[t] as Draft["atoms"] };
      if (isWide) wide.push(draft);
      else for (let i = 0; i < c.targets.length; i++) few[c.targets[i] as number]?.push(draft);
    }
  }
  drafts.rank();
  return {
    perTool: few.map((mine, t) => (mine.length === 0 ? undefined : buildBlock(input, drafts, mine, t))),
    global: wide.length === 0 ? undefined : buildBlock(input, drafts, wide, undefined),
  };
}

/** In the block of many tools: what depends on the call is not asked there (variants.ts, `targetKinds`). */
function isSure(c: IrCondition, kind: Kind | undefined): boolean {
  return kind !== undefined && kindHolds(c, kind) === true;
}

const TOOL: FieldKey = { kind: "tool" };

/** `tool`: whose block it is; undefined for the global one. */
function buildBlock(input: BlockInput, drafts: Drafts, mine: readonly Draft[], tool: number | undefined): IrBlock {
  const words = Math.ceil(mine.length / 128);
  const columns = drafts.columnsOf(mine, tool !== undefined);
  const fields: IrField[] = [];
  const place = (column: Column, of: Placed["variant"]): void => {
    column.placed = { number: fields.length, variant: of };
    fields.push(of.field);
  };
  if (tool === undefined) {
    // with or without a condition about it
    const column = drafts.column(TOOL);
    place(column, drafts.variant(column));
  }
  // `has` is a class of any field of the same slot
  const whole = wholeSlots(columns);
  const aliases: Column[] = [];
  for (const column of byRank(columns)) {
    if (column.placed !== undefined) continue;
    const { key } = column;
    if (key.kind === "has" && whole(key.slot) !== undefined) {
      aliases.push(column);
      continue;
    }
    const variant = drafts.variant(column);
    if (classCount(variant.field, input.tools.length) * words * 16 > MOST_ROW_BYTES || fields.length >= MOST_FIELDS)
      continue;
    place(column, variant);
  }
  for (const column of aliases) if (column.key.kind === "has") column.placed = whole(column.key.slot)?.placed;

  const terms: IrTerm[] = [];
  for (let i = 0; i < mine.length; i++) {
    const term = buildTerm(input, drafts, mine[i] as Draft, tool);
    if (term !== undefined) terms.push(term);
  }
  return { fields, terms };
}

/** Of so many columns one is found without a table. */
const FEW_COLUMNS = 32;

/** By slot: the first column that reads all of it, in the order of the terms. */
function wholeSlots(columns: readonly Column[]): (slot: number) => Column | undefined {
  if (columns.length <= FEW_COLUMNS) return (slot) => wholeOf(slot, columns);
  const bySlot = new Map<number, Column>();
  for (const column of columns)
    if (column.wholeSlot !== undefined && !bySlot.has(column.wholeSlot)) bySlot.set(column.wholeSlot, column);
  return (slot) => bySlot.get(slot);
}

function wholeOf(slot: number, columns: readonly Column[]): Column | undefined {
  let first: Column | undefined;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as Column;
    if (column.wholeSlot === slot && (first === undefined || column.met < first.met)) first = column;
  }
  return first;
}

/** In place, and without a sort's own room: most blocks have ten. */
function byRank(columns: Column[]): readonly Column[] {
  if (columns.length > FEW_COLUMNS) return columns.sort((a, b) => a.rank - b.rank);
  for (let i = 1; i < columns.length; i++) {
    const column = columns[i] as Column;
    let k = i;
    for (; k > 0 && (columns[k - 1] as Column).rank > column.rank; k--) columns[k] = columns[k - 1] as Column;
    columns[k] = column;
  }
  return columns;
}

interface Literal {
  readonly field: number;
  accepts: Uint8Array;
  isNever: boolean;
}

/** Undefined when a literal can never be accepted. */
function buildTerm(
  input: BlockInput,
  drafts: Drafts,
  { clause, atoms }: Draft,
  tool: number | undefined,
): IrTerm | undefined {
  const literals: Literal[] = [];
  let residual: IrCondition[] | undefined;
  if (tool === undefined) {
    const accepts = new Uint8Array(input.tools.length);
    for (const t of clause.targets) accepts[t] = 1;
    restrict(literals, 0, accepts, clause.targets.length === 0);
  }
  for (let i = 0; i < atoms.length; i++) {
    const atom = atoms[i] as DraftAtom;
    const { condition, negated, column } = atom;
    if (column?.key.kind === "tool" && tool !== undefined) {
      const holds = kindHolds(condition, input.tools[tool] as Kind);
      if (holds === negated) return undefined;
      if (holds === undefined) residual = left(residual, condition, negated);
      continue;
    }
    const at = column?.placed;
    if (at === undefined) residual = left(residual, condition, negated);
    else {
      const { classes, isNever } = drafts.accepts(atom, at.variant, clause.polarity);
      drafts.count(classes.length);
      restrict(literals, at.number, classes, isNever);
    }
  }
  for (let i = 0; i < literals.length; i++) if ((literals[i] as Literal).isNever) return undefined;
  return {
    rule: clause.rule,
    purpose: clause.purpose,
    polarity: clause.polarity,
    literals,
    residual: residual === undefined || residual.length === 1 ? residual?.[0] : { op: "and", parts: residual },
  };
}

/** By field. What is accepted belongs to other terms too. */
function restrict(literals: Literal[], field: number, accepts: Uint8Array, isNever: boolean): void {
  let k = literals.length;
  while (k > 0 && (literals[k - 1] as Literal).field > field) k--;
  const before = literals[k - 1];
  if (before?.field === field) {
    before.accepts = before.accepts.map((is, c) => is & (accepts[c] as number));
    before.isNever = !before.accepts.includes(1);
  } else if (k === literals.length) literals.push({ field, accepts, isNever });
  else literals.splice(k, 0, { field, accepts, isNever });
}

const left = (residual: IrCondition[] = [], condition: IrCondition, negated: boolean): IrCondition[] => {
  residual.push(negated ? { op: "not", part: condition } : condition);
  return residual;
};
