/**
 * Terms grouped into blocks: a rule with few targets stands in the block of each, a rule with many in one global block
 * whose first field is the tool. A field whose table would be too large for what it decides is left to the residual.
 */
import type { Decimal } from "@thc/language";
import type { IrBlock, IrCondition, IrField, IrTerm } from "../ir/ir.ts";
import { type Atom, conjunctions } from "./clauses.ts";
import { compareDecimals } from "./decimals.ts";
import {
  classCount,
  constantsOf,
  equalSide,
  type FieldIndex,
  type FieldKey,
  fieldName,
  fieldOf,
  indexOf,
  truths,
} from "./fields.ts";
import { type Kind, kindHolds } from "./variants.ts";

export interface BlockInput {
  /** Tools and variants. */
  readonly tools: readonly Kind[];
  readonly booleans: ReadonlySet<number>;
}
/** A rule as the classifier sees it. */
export interface Clause {
  readonly rule: number;
  readonly targets: readonly number[];
  readonly purpose: "effect" | "carry";
  readonly polarity: "certain" | "possible";
  readonly when: IrCondition | undefined;
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
  const copies = clauses.reduce((n, c) => n + (c.targets.length > FEW ? c.targets.length : 0), 0);
  for (const c of clauses) {
    const drafts = draftsOf(input, c);
    if (c.targets.length > FEW && copies > MOST_COPIES) wide.push(...drafts);
    else for (const t of c.targets) few[t]?.push(...drafts);
  }
  return {
    perTool: few.map((mine, t) => (mine.length === 0 ? undefined : buildBlock(input, mine, t))),
    global: wide.length === 0 ? undefined : buildBlock(input, wide, undefined),
  };
}

/** One term to be, prepared once for all the blocks that it is copied to. */
interface Draft {
  readonly clause: Clause;
  readonly atoms: readonly DraftAtom[];
}
interface DraftAtom extends Atom {
  /** Undefined: no field can decide it. */
  readonly key: FieldKey | undefined;
  readonly name: string;
  readonly texts: readonly string[];
  readonly numbers: readonly Decimal[];
}

function draftsOf({ booleans }: BlockInput, clause: Clause): readonly Draft[] {
  return conjunctions(clause.when).map((atoms) => ({
    clause,
    atoms: atoms.map(({ condition, negated }): DraftAtom => {
      const key = fieldOf(condition, booleans);
      const { texts, numbers } = constantsOf(condition);
      return { condition, negated, key, name: key === undefined ? "" : fieldName(key), texts, numbers };
    }),
  }));
}

/** In the block of many tools: what depends on the call is not asked there (variants.ts, `targetKinds`). */
function isSure(c: IrCondition, kind: Kind | undefined): boolean {
  return kind !== undefined && kindHolds(c, kind) === true;
}

/** A field of a block that is being built. */
interface Column {
  readonly key: FieldKey;
  readonly texts: Set<string>;
  readonly numbers: Decimal[];
  readonly sides: Set<"below" | "above" | "own">;
}
/** Of a number with at most so many thresholds, what is equal to one always has a class of its own. */
const FEW_THRESHOLDS = 4;
interface Placed {
  readonly number: number;
  readonly field: IrField;
  readonly index: FieldIndex;
}

/** `tool`: whose block it is; undefined for the global one. */
function buildBlock(input: BlockInput, drafts: readonly Draft[], tool: number | undefined): IrBlock {
  const words = Math.ceil(drafts.length / 128);

  // every field with the constants its atoms name
  const columns = new Map<string, Column>();
  for (const d of drafts) {
    for (const { condition, key, name, texts, numbers } of d.atoms) {
      if (key === undefined || (key.kind === "tool" && tool !== undefined)) continue;
      let column = columns.get(name);
      if (column === undefined) {
        column = { key, texts: new Set(), numbers: [], sides: new Set() };
        columns.set(name, column);
      }
      for (const t of texts) column.texts.add(t);
      for (const n of numbers) column.numbers.push(n);
      const side = equalSide(condition);
      if (side !== undefined) column.sides.add(side);
    }
  }
  const fields: IrField[] = [];
  const placed = new Map<string, Placed>();
  const place = (name: string, field: IrField): void => {
    placed.set(name, { number: fields.length, field, index: indexOf(field) });
    fields.push(field);
  };
  if (tool === undefined) place(fieldName({ kind: "tool" }), { kind: "tool" });
  // `has` is a class of any field of the same slot
  const bySlot = new Map<number, string>();
  for (const [name, { key }] of columns) {
    const isWhole = key.kind !== "has" && "slot" in key && !("member" in key && key.member !== undefined);
    if (isWhole && !bySlot.has(key.slot)) bySlot.set(key.slot, name);
  }
  const aliases: [name: string, other: string][] = [];
  for (const name of [...columns.keys()].sort()) {
    if (placed.has(name)) continue;
    const column = columns.get(name) as Column;
    const { key } = column;
    const other = key.kind === "has" ? bySlot.get(key.slot) : undefined;
    if (other !== undefined) {
      aliases.push([name, other]);
      continue;
    }
    const field = makeField(column);
    if (classCount(field, input.tools.length) * words * 16 > MOST_ROW_BYTES || fields.length >= MOST_FIELDS) continue;
    place(name, field);
  }
  for (const [name, other] of aliases) {
    const at = placed.get(other);
    if (at !== undefined) placed.set(name, at);
  }

  const terms: IrTerm[] = [];
  for (const d of drafts) {
    const term = buildTerm(input, d, tool, placed);
    if (term !== undefined) terms.push(term);
  }
  return { fields, terms };
}

function makeField({ key, texts, numbers, sides }: Column): IrField {
  switch (key.kind) {
    case "symbol":
      return { ...key, kind: "symbol", texts: [...texts].sort() };
    case "number": {
      const sorted = [...numbers].sort(compareDecimals);
      const thresholds = sorted.filter((n, i) => i === 0 || compareDecimals(n, sorted[i - 1] ?? n) !== 0);
      const [side = "own", other] = sides;
      const equal = thresholds.length <= FEW_THRESHOLDS || other !== undefined ? "own" : side;
      return { ...key, kind: "number", thresholds, equal };
    }
    default:
      return key;
  }
}

/** Undefined when a literal can never be accepted. */
function buildTerm(
  input: BlockInput,
  { clause, atoms }: Draft,
  tool: number | undefined,
  placed: ReadonlyMap<string, Placed>,
): IrTerm | undefined {
  const literals: { readonly field: number; readonly accepts: Uint8Array }[] = [];
  const residual: IrCondition[] = [];
  const restrict = (field: number, accepts: Uint8Array): void => {
    const before = literals.find((l) => l.field === field)?.accepts;
    if (before === undefined) literals.push({ field, accepts });
    else for (let k = 0; k < before.length; k++) before[k] = (before[k] as number) & (accepts[k] as number);
  };
  if (tool === undefined) {
    const accepts = new Uint8Array(input.tools.length);
    for (const t of clause.targets) accepts[t] = 1;
    restrict(0, accepts);
  }
  for (const { condition, negated, key, name } of atoms) {
    if (key?.kind === "tool" && tool !== undefined) {
      const holds = kindHolds(condition, input.tools[tool] as Kind);
      if (holds === negated) return undefined;
      if (holds === undefined) residual.push(negated ? { op: "not", part: condition } : condition);
      continue;
    }
    const at = key === undefined ? undefined : placed.get(name);
    if (at === undefined) {
      residual.push(negated ? { op: "not", part: condition } : condition);
      continue;
    }
    const count = classCount(at.field, input.tools.length);
    const accepts = truths(condition, at.field, at.index, count, (c, i) => isSure(c, input.tools[i]));
    const [least, most] = ACCEPTED[clause.polarity][negated ? "negated" : "plain"];
    for (let k = 0; k < count; k++)
      accepts[k] = (accepts[k] as number) >= least && (accepts[k] as number) <= most ? 1 : 0;
    restrict(at.number, accepts);
  }
  if (literals.some((l) => !l.accepts.includes(1))) return undefined;
  literals.sort((x, y) => x.field - y.field);
  return {
    rule: clause.rule,
    purpose: clause.purpose,
    polarity: clause.polarity,
    literals,
    residual: residual.length === 0 ? undefined : residual.length === 1 ? residual[0] : { op: "and", parts: residual },
  };
}

/** Which truths (0 false, 1 unknown, 2 true) of an atom satisfy its literal. */
const ACCEPTED = {
  certain: { plain: [2, 2], negated: [0, 0] },
  possible: { plain: [1, 2], negated: [0, 1] },
} as const;
