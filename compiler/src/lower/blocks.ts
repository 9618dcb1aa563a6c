/**
 * Terms grouped into blocks: a rule with few targets stands in the block of each, a rule with many in one global block
 * whose first field is the tool. A field whose table would be too large for what it decides is left to the residual.
 *
 * The blocks of a contract resemble each other: what is known of a condition alone, or of a field with the same conditions, is worked out
 * once (drafts.ts) and stands in as many blocks as have it.
 */
import type { IrBlock, IrCondition, IrField, IrTerm } from "../ir/ir.ts";
import { type Clause, type Column, createDrafts, type Draft, type Drafts, type Placed } from "./drafts.ts";
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
    const own = drafts.of(c);
    if (c.targets.length > FEW && copies > MOST_COPIES) wide.push(...own);
    else for (const t of c.targets) few[t]?.push(...own);
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
    const whole = drafts.column(TOOL);
    place(whole, drafts.variant(whole));
  }
  // `has` is a class of any field of the same slot
  const bySlot = new Map<number, Column>();
  for (const column of columns) {
    const slot = column.wholeSlot;
    if (slot !== undefined && !bySlot.has(slot)) bySlot.set(slot, column);
  }
  const aliases: [column: Column, other: Column][] = [];
  for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
    if (column.placed !== undefined) continue;
    const { key } = column;
    const other = key.kind === "has" ? bySlot.get(key.slot) : undefined;
    if (other !== undefined) {
      aliases.push([column, other]);
      continue;
    }
    const variant = drafts.variant(column);
    if (classCount(variant.field, input.tools.length) * words * 16 > MOST_ROW_BYTES || fields.length >= MOST_FIELDS)
      continue;
    place(column, variant);
  }
  for (const [column, other] of aliases) column.placed = other.placed;

  const terms: IrTerm[] = [];
  for (const d of mine) {
    const term = buildTerm(input, drafts, d, tool);
    if (term !== undefined) terms.push(term);
  }
  return { fields, terms };
}

/** Undefined when a literal can never be accepted. */
function buildTerm(
  input: BlockInput,
  drafts: Drafts,
  { clause, atoms }: Draft,
  tool: number | undefined,
): IrTerm | undefined {
  const literals: { field: number; accepts: Uint8Array }[] = [];
  const residual: IrCondition[] = [];
  const restrict = (field: number, accepts: Uint8Array): void => {
    const before = literals.find((l) => l.field === field);
    if (before === undefined) literals.push({ field, accepts });
    // what is accepted belongs to other terms too
    else before.accepts = before.accepts.map((is, k) => is & (accepts[k] as number));
  };
  if (tool === undefined) {
    const accepts = new Uint8Array(input.tools.length);
    for (const t of clause.targets) accepts[t] = 1;
    restrict(0, accepts);
  }
  for (const atom of atoms) {
    const { condition, negated, column } = atom;
    if (column?.key.kind === "tool" && tool !== undefined) {
      const holds = kindHolds(condition, input.tools[tool] as Kind);
      if (holds === negated) return undefined;
      if (holds === undefined) residual.push(negated ? { op: "not", part: condition } : condition);
      continue;
    }
    const at = column?.placed;
    if (at === undefined) residual.push(negated ? { op: "not", part: condition } : condition);
    else restrict(at.number, drafts.accepts(atom, at.variant, clause.polarity));
  }
  if (literals.some((l) => !l.accepts.includes(1))) return undefined;
  if (literals.length > 1) literals.sort((x, y) => x.field - y.field);
  return {
    rule: clause.rule,
    purpose: clause.purpose,
    polarity: clause.polarity,
    literals,
    residual: residual.length === 0 ? undefined : residual.length === 1 ? residual[0] : { op: "and", parts: residual },
  };
}
