/**
 * Conditions as unions of regions: what each value that they read may be. Enough to see that two tests of one value contradict
 * each other, or that one condition covers another; nothing is solved. What is not understood (a quantifier, a glob, a comparison
 * of two values) is one truth, equal only to itself. Answers of "yes" can be trusted where all values are known; "no" means nothing.
 */
import type { Condition, Decimal, Reference, Term } from "../types/contract.ts";
import { compareDecimals } from "../types/decimal.ts";

interface Bound {
  readonly at: Decimal;
  /** The bound itself does not belong to it. */
  readonly open: boolean;
}
type Region =
  | { readonly kind: "number"; readonly low?: Bound; readonly high?: Bound; readonly not: readonly Decimal[] }
  | { readonly kind: "text"; readonly only?: ReadonlySet<string>; readonly not: ReadonlySet<string> }
  | { readonly kind: "truth"; readonly value: boolean };
/** By value or, for what is not understood, by its text: all hold together. */
export type Box = ReadonlyMap<string, Region>;

/** More alternatives than this are not looked at, nor what joins more parts. */
const MOST_BOXES = 64;
const MOST_PARTS = 256;

/** The alternatives under which the condition is true, without those that contradict themselves; undefined: too many. */
export function boxesOf(condition: Condition | undefined): readonly Box[] | undefined {
  return condition === undefined ? [new Map()] : alternatives(condition, true, false);
}
/** Whether a condition contradicts itself; of one that many rules have (types/written.ts) found out once. */
export function contradictions(): (condition: Condition) => boolean {
  const known = new Map<Condition, boolean>();
  return (condition) => {
    let is = known.get(condition);
    if (is === undefined) {
      is = boxesOf(condition)?.length === 0;
      known.set(condition, is);
    }
    return is;
  };
}

/**
 * Those under which it is true or, with values unknown, may be: undefined also when one contradicts itself, as it then is
 * unknown where what it reads is.
 */
export function possibleBoxesOf(condition: Condition | undefined): readonly Box[] | undefined {
  return condition === undefined ? [new Map()] : alternatives(condition, true, true);
}

/** Each alternative of `a` lies in one of `b`. */
export const covers = (b: readonly Box[], a: readonly Box[]): boolean =>
  a.every((inner) => b.some((outer) => [...outer].every(([key, region]) => isWithin(inner.get(key), region))));

/** Some alternative of each can hold together, as far as can be told. */
export const overlap = (a: readonly Box[], b: readonly Box[]): boolean =>
  a.some((one) => b.some((other) => meet(one, other) !== undefined));

function alternatives(condition: Condition, wanted: boolean, whole: boolean): readonly Box[] | undefined {
  switch (condition.kind) {
    case "constant":
      return condition.value === wanted ? [new Map()] : [];
    case "not":
      return alternatives(condition.part, !wanted, whole);
    case "and":
    case "or": {
      if (condition.parts.length > MOST_PARTS) return undefined;
      const parts = condition.parts.map((part) => alternatives(part, wanted, whole));
      if ((condition.kind === "or") === wanted)
        return fewEnough(parts.flatMap((part): readonly (Box | undefined)[] => part ?? [undefined]));
      let all: readonly Box[] | undefined = [new Map()];
      for (const part of parts) {
        if (part === undefined || all === undefined) return undefined;
        all = fewEnough(all.flatMap((box) => part.flatMap((other) => meet(box, other) ?? (whole ? [undefined] : []))));
      }
      return all;
    }
    default:
      return [new Map([atom(condition, wanted)])];
  }
}

function fewEnough(boxes: readonly (Box | undefined)[]): readonly Box[] | undefined {
  return boxes.length <= MOST_BOXES && boxes.every((box) => box !== undefined) ? boxes : undefined;
}

function atom(condition: Condition, wanted: boolean): readonly [string, Region] {
  if (condition.kind === "holds" && isPlain(condition.value))
    return [keyOf(condition.value), { kind: "truth", value: wanted }];
  if (condition.kind === "compare") {
    const read = comparison(condition.left, condition.op, condition.right, wanted);
    if (read !== undefined) return read;
  }
  if (condition.kind === "level_is") return ["level", among(levelSets(condition), wanted)];
  if (condition.kind === "risk_is") return ["risk", among(new Set(condition.risks), wanted)];
  if (condition.kind === "member" && isPlain(condition.item)) {
    const texts = condition.values.map(({ value }) => value);
    if (texts.every((value) => typeof value === "string"))
      return [keyOf(condition.item), among(new Set(texts), wanted)];
  }
  const text = JSON.stringify(condition, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  return [text, { kind: "truth", value: wanted }];
}

/** The sets of levels that a call may have, each written as one text. */
function levelSets({ levels, exact }: Extract<Condition, { kind: "level_is" }>): ReadonlySet<string> {
  if (exact) return new Set([[...levels].sort().join()]);
  const sets: string[][] = [[]];
  for (const level of levels) sets.push(...sets.map((set) => [...set, level]));
  return new Set(sets.map((set) => [...set].sort().join()));
}

const among = (texts: ReadonlySet<string>, wanted: boolean): Region =>
  wanted ? { kind: "text", only: texts, not: new Set() } : { kind: "text", not: texts };

const isPlain = (term: Term): term is Reference =>
  term.kind === "reference" && term.root !== "element" && term.root !== "prior_args" && term.root !== "prior_result";
const keyOf = ({ root, path, member }: Reference): string => JSON.stringify([root, path, member]);

type Op = Extract<Condition, { kind: "compare" }>["op"];
const OPPOSITE: { readonly [op in Op]: Op } = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };
const MIRRORED: { readonly [op in Op]: Op } = { "==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function comparison(left: Term, written: Op, right: Term, wanted: boolean): readonly [string, Region] | undefined {
  if (left.kind === "literal" && right.kind !== "literal") return comparison(right, MIRRORED[written], left, wanted);
  if (!isPlain(left) || right.kind !== "literal") return undefined;
  const op = wanted ? written : OPPOSITE[written];
  const key = keyOf(left);
  const { value } = right;
  if (typeof value === "string") return [key, among(new Set([value]), op === "==")];
  if (typeof value === "boolean") return [key, { kind: "truth", value: (op === "==") === value }];
  const bound = (open: boolean): Bound => ({ at: value, open });
  switch (op) {
    case "==":
      return [key, { kind: "number", low: bound(false), high: bound(false), not: [] }];
    case "!=":
      return [key, { kind: "number", not: [value] }];
    case "<":
    case "<=":
      return [key, { kind: "number", high: bound(op === "<"), not: [] }];
    case ">":
    case ">=":
      return [key, { kind: "number", low: bound(op === ">"), not: [] }];
  }
}

/** What both say; undefined: nothing can be both. */
function meet(a: Box, b: Box): Box | undefined {
  const both = new Map(a);
  for (const [key, region] of b) {
    const before = both.get(key);
    const met = before === undefined ? region : meetRegions(before, region);
    if (met === undefined) return undefined;
    both.set(key, met);
  }
  return both;
}

function meetRegions(a: Region, b: Region): Region | undefined {
  if (a.kind === "number" && b.kind === "number") {
    const low = tighter(a.low, b.low, 1);
    const high = tighter(a.high, b.high, -1);
    const not = [...a.not, ...b.not];
    const met = { kind: "number", ...(low && { low }), ...(high && { high }), not } as const;
    return isEmpty(met) ? undefined : met;
  }
  if (a.kind === "text" && b.kind === "text") {
    const not = new Set([...a.not, ...b.not]);
    if (a.only === undefined && b.only === undefined) return { kind: "text", not };
    const only = new Set([...(a.only ?? b.only!)].filter((t) => !not.has(t) && (b.only ?? a.only!).has(t)));
    return only.size === 0 ? undefined : { kind: "text", only, not: new Set() };
  }
  if (a.kind === "truth" && b.kind === "truth") return a.value === b.value ? a : undefined;
  return a; // one value read in two ways: nothing is concluded
}

function tighter(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compareDecimals(a.at, b.at) * sign;
  return order > 0 || (order === 0 && a.open) ? a : b;
}

function isEmpty({ low, high, not }: Extract<Region, { kind: "number" }>): boolean {
  if (low === undefined || high === undefined) return false;
  const order = compareDecimals(low.at, high.at);
  if (order !== 0) return order > 0;
  return low.open || high.open || not.some((value) => compareDecimals(value, low.at) === 0);
}

function isWithin(inner: Region | undefined, outer: Region): boolean {
  if (inner === undefined) return false;
  if (inner.kind === "truth" && outer.kind === "truth") return inner.value === outer.value;
  if (inner.kind === "text" && outer.kind === "text") {
    const { only, not } = inner;
    if (only !== undefined) return [...only].every((t) => !outer.not.has(t) && (outer.only?.has(t) ?? true));
    return outer.only === undefined && [...outer.not].every((t) => not.has(t));
  }
  if (inner.kind === "number" && outer.kind === "number") {
    const isAtLeast = (a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): boolean => {
      if (b === undefined) return true;
      if (a === undefined) return false;
      const order = compareDecimals(a.at, b.at) * sign;
      return order > 0 || (order === 0 && (a.open || !b.open));
    };
    const isOutside = (value: Decimal): boolean =>
      meetRegions(inner, {
        kind: "number",
        low: { at: value, open: false },
        high: { at: value, open: false },
        not: [],
      }) === undefined;
    return isAtLeast(inner.low, outer.low, 1) && isAtLeast(inner.high, outer.high, -1) && outer.not.every(isOutside);
  }
  return false;
}
