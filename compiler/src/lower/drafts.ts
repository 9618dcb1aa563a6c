/**
 * What blocks are built of, prepared once for all of them: the terms of a rule before they have fields, what a field is like when
 * certain conditions ask it, and which of its classes an atom accepts. Keyed by the identity of conditions, of which equal ones are
 * mostly one (language/src/types/written.ts); where they are not, the same is only worked out again.
 */
import type { Decimal } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrCondition, IrField } from "../ir/ir.ts";
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

/** A rule as the classifier sees it. */
export interface Clause {
  readonly rule: number;
  readonly targets: readonly number[];
  readonly purpose: "effect" | "carry";
  readonly polarity: "certain" | "possible";
  readonly when: IrCondition | undefined;
}
/** One term to be. */
export interface Draft {
  readonly clause: Clause;
  readonly atoms: readonly DraftAtom[];
}
export interface DraftAtom extends Atom {
  /** Undefined: no field can decide it. */
  readonly column: Column | undefined;
  readonly asked: Asked;
}
/** A condition that a field may decide. */
interface Asked {
  readonly number: number;
  readonly condition: IrCondition;
  readonly texts: readonly string[];
  readonly numbers: readonly Decimal[];
  readonly side: ReturnType<typeof equalSide>;
  /** The last block in which it was met. */
  block: number;
}
/** A field, by what it reads; and what it is in the block that is being built. */
export interface Column {
  readonly key: FieldKey;
  readonly name: string;
  /** Its slot, where `has` of that slot is one of its classes. */
  readonly wholeSlot: number | undefined;
  /** By the numbers of the conditions that ask it. */
  readonly variants: Map<number | string, Variant>;
  /** Among the names of all of them. */
  rank: number;
  /** Of the block that is being built: its number, and the place of this one among those that it has. */
  block: number;
  met: number;
  asked: Asked[];
  placed: Placed | undefined;
}
export interface Placed {
  readonly number: number;
  readonly variant: Variant;
}
/** A field as certain conditions make it. */
export interface Variant {
  readonly field: IrField;
  readonly index: FieldIndex;
  readonly count: number;
  readonly accepts: Map<number, Accepted>;
}
/** By class: 1 where a literal is satisfied. Shared: not to be written to. */
interface Accepted {
  readonly classes: Uint8Array;
  /** None of them is. */
  readonly isNever: boolean;
}

export interface Drafts {
  /** The terms of a condition; undefined: always true. */
  readonly termsOf: (when: IrCondition | undefined) => readonly (readonly DraftAtom[])[];
  /** When all drafts are made. */
  readonly rank: () => void;
  /** A field with no condition yet, in the current block. */
  readonly column: (key: FieldKey) => Column;
  /** Begins a block: its fields, in the order of the first atoms; `isOne`: of one tool, whose class is no field. */
  readonly columnsOf: (drafts: readonly Draft[], isOne: boolean) => Column[];
  readonly variant: (column: Column) => Variant;
  readonly accepts: (atom: DraftAtom, variant: Variant, polarity: Clause["polarity"]) => Accepted;
  /** Of classes that were gone through: there is an end to it. */
  readonly count: (classes: number) => void;
}

/** Of a number with at most so many thresholds, what is equal to one always has a class of its own. */
const FEW_THRESHOLDS = 4;
/** Classes that are gone through for all terms together: each atom has those of its field. */
const MOST_WORK = 500_000_000;
/** A field that more conditions ask is hardly met again. */
const MOST_KEPT = 8;

/** `holds`: of a condition about the called tool, by number of the tool. */
export function createDrafts(
  booleans: ReadonlySet<number>,
  tools: number,
  holds: (c: IrCondition, tool: number) => boolean,
): Drafts {
  const columns = new Map<string, Column>();
  const terms = new Map<IrCondition, readonly (readonly DraftAtom[])[]>();
  const atoms = new Map<IrCondition, { readonly plain: DraftAtom; readonly negated: DraftAtom }>();
  let block = 0;
  let work = 0;

  function columnOf(key: FieldKey): Column {
    const name = fieldName(key);
    let column = columns.get(name);
    if (column === undefined) {
      const isWhole = key.kind !== "has" && "slot" in key && !("member" in key && key.member !== undefined);
      const wholeSlot = isWhole ? key.slot : undefined;
      column = { key, name, wholeSlot, variants: new Map(), rank: 0, block: 0, met: 0, asked: [], placed: undefined };
      columns.set(name, column);
    }
    return column;
  }
  function inBlock(column: Column): boolean {
    if (column.block === block) return true;
    column.block = block;
    column.asked = [];
    column.placed = undefined;
    return false;
  }
  function atomOf({ condition, negated }: Atom): DraftAtom {
    let made = atoms.get(condition);
    if (made === undefined) {
      const key = fieldOf(condition, booleans);
      const column = key === undefined ? undefined : columnOf(key);
      const { texts, numbers } = constantsOf(condition);
      const side = column === undefined ? undefined : equalSide(condition);
      const asked = { number: atoms.size, condition, texts, numbers, side, block: 0 };
      made = {
        plain: { condition, negated: false, column, asked },
        negated: { condition, negated: true, column, asked },
      };
      atoms.set(condition, made);
    }
    return negated ? made.negated : made.plain;
  }
  function termsOf(when: IrCondition | undefined): readonly (readonly DraftAtom[])[] {
    if (when === undefined) return ALWAYS;
    let made = terms.get(when);
    if (made === undefined) {
      made = conjunctions(when).map((all) => all.map(atomOf));
      terms.set(when, made);
    }
    return made;
  }
  function newVariant({ key }: Column, asked: readonly Asked[]): Variant {
    const field = makeField(key, asked);
    return { field, index: indexOf(field), count: classCount(field, tools), accepts: new Map() };
  }

  return {
    termsOf,
    count(classes) {
      work += classes;
      if (work > MOST_WORK)
        throw contractTooLarge(
          "its conditions tell too many values apart; values of one kind stand in a list: `x in […]`",
        );
    },
    rank() {
      const sorted = [...columns.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const [rank, column] of sorted.entries()) column.rank = rank;
    },
    column(key) {
      const column = columnOf(key);
      inBlock(column);
      return column;
    },
    columnsOf(drafts, isOne) {
      block++;
      const found: Column[] = [];
      for (let d = 0; d < drafts.length; d++) {
        const all = (drafts[d] as Draft).atoms;
        for (let a = 0; a < all.length; a++) {
          const { column, asked } = all[a] as DraftAtom;
          if (column === undefined || (column.key.kind === "tool" && isOne)) continue;
          if (!inBlock(column)) column.met = found.push(column);
          if (asked.block === block) continue;
          asked.block = block;
          column.asked.push(asked);
        }
      }
      return found;
    },
    variant(column) {
      const { asked, variants } = column;
      if (asked.length > MOST_KEPT) return newVariant(column, asked);
      const key = keyOf(asked);
      let made = variants.get(key);
      if (made === undefined) {
        made = newVariant(column, asked);
        variants.set(key, made);
      }
      return made;
    },
    accepts({ asked, negated }, { field, index, count, accepts }, polarity) {
      const key = 4 * asked.number + (negated ? 2 : 0) + (polarity === "certain" ? 1 : 0);
      let made = accepts.get(key);
      if (made === undefined) {
        const classes = truths(asked.condition, field, index, count, holds);
        const [least, most] = ACCEPTED[polarity][negated ? "negated" : "plain"];
        for (let k = 0; k < count; k++)
          classes[k] = (classes[k] as number) >= least && (classes[k] as number) <= most ? 1 : 0;
        made = { classes, isNever: !classes.includes(1) };
        accepts.set(key, made);
      }
      return made;
    },
  };
}

const ALWAYS: readonly (readonly DraftAtom[])[] = [[]];

/** More conditions than a contract has. */
const MANY = 2 ** 26;
/** The same for the same conditions, in whatever order; of one or two, as most are, without a text. */
function keyOf(asked: readonly Asked[]): number | string {
  const first = asked[0]?.number ?? -1;
  if (asked.length < 2) return first;
  const second = asked[1]?.number ?? -1;
  if (asked.length === 2) return (Math.min(first, second) + 1) * MANY + Math.max(first, second);
  return asked
    .map(({ number }) => number)
    .sort((a, b) => a - b)
    .join();
}

function textsOf(asked: readonly Asked[]): readonly string[] {
  if (asked.length === 1 && asked[0]?.texts.length === 1) return asked[0].texts;
  return [...new Set(asked.flatMap(({ texts }) => texts))].sort();
}

/** Ascending, each once. */
function thresholdsOf(asked: readonly Asked[]): readonly Decimal[] {
  if (asked.length === 1 && asked[0]?.numbers.length === 1) return asked[0].numbers;
  const sorted = asked.flatMap(({ numbers }) => numbers).sort(compareDecimals);
  return sorted.filter((n, i) => i === 0 || compareDecimals(n, sorted[i - 1] ?? n) !== 0);
}

function makeField(key: FieldKey, asked: readonly Asked[]): IrField {
  switch (key.kind) {
    case "symbol":
      return { kind: "symbol", slot: key.slot, member: key.member, texts: textsOf(asked) };
    case "number": {
      const thresholds = thresholdsOf(asked);
      const sides = new Set(asked.map(({ side }) => side).filter((side) => side !== undefined));
      const isOne = thresholds.length > FEW_THRESHOLDS && sides.size === 1;
      const equal = isOne ? ([...sides][0] ?? "own") : "own";
      return { kind: "number", slot: key.slot, member: key.member, thresholds, equal };
    }
    default:
      return key;
  }
}

/** Which truths (0 false, 1 unknown, 2 true) of an atom satisfy its literal. */
const ACCEPTED = {
  certain: { plain: [2, 2], negated: [0, 0] },
  possible: { plain: [1, 2], negated: [0, 1] },
} as const;
