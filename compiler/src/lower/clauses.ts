/**
 * Conditions to terms of the classifier. A condition is brought into negation normal form (De Morgan holds for Kleene's
 * values), then into at most MAX_TERMS conjunctions; what a field can decide becomes a literal, the rest a residual.
 * Both "certainly true" and "possibly true" distribute over `and` and `or`, so a rule splits the same way for either.
 */
import { type Decimal, unreachable } from "@thc/language";
import type { IrCondition, IrField, Operand } from "../ir/ir.ts";
import { compareDecimals } from "./decimals.ts";

const MAX_TERMS = 8;

export interface Atom {
  readonly condition: IrCondition;
  readonly negated: boolean;
}
/** Disjunction of conjunctions of (possibly negated) conditions that are neither `and` nor `or` where it was worth it. */
export function conjunctions(condition: IrCondition | undefined): readonly (readonly Atom[])[] {
  if (condition === undefined) return [[]];
  const split = dnf({ condition, negated: false });
  return split ?? [[{ condition, negated: false }]];
}

function dnf({ condition: c, negated }: Atom): (readonly Atom[])[] | undefined {
  if (c.op === "not") return dnf({ condition: c.part, negated: !negated });
  if (c.op === "constant") return c.value !== negated ? [[]] : [];
  if (c.op !== "and" && c.op !== "or") return [[{ condition: c, negated }]];
  const parts = c.parts.map((p) => dnf({ condition: p, negated }) ?? [[{ condition: p, negated }]]);
  if ((c.op === "or") !== negated) {
    const all = parts.flat();
    return all.length > MAX_TERMS ? undefined : all;
  }
  let product: (readonly Atom[])[] = [[]];
  for (const p of parts) {
    if (product.length * p.length > MAX_TERMS) return undefined;
    product = product.flatMap((left) => p.map((right) => [...left, ...right]));
  }
  return product;
}

/** The field that decides this condition, without its classes. */
export type FieldKey =
  | { readonly kind: "number" | "symbol"; readonly slot: number; readonly member: string | undefined }
  | { readonly kind: "bool"; readonly slot: number }
  | { readonly kind: "has"; readonly slot: number }
  | {
      readonly kind: "host";
      readonly slot: number;
      readonly member: string | undefined;
      readonly patterns: readonly string[];
    }
  | { readonly kind: "tool" }
  | { readonly kind: "agent"; readonly count: number };

const slotOf = (o: Operand) => (o.kind === "slot" ? o : undefined);

/** What the condition compares a single slot with; undefined: no field can decide it. */
export function fieldOf(c: IrCondition, booleans: ReadonlySet<number>): FieldKey | undefined {
  switch (c.op) {
    case "has": {
      const s = slotOf(c.value);
      return s === undefined || s.member !== undefined ? undefined : { kind: "has", slot: s.slot };
    }
    case "holds": {
      const s = slotOf(c.value);
      return s === undefined ? undefined : { kind: "bool", slot: s.slot };
    }
    case "compare": {
      const s = slotOf(c.left) ?? slotOf(c.right);
      const other = c.left.kind === "slot" ? c.right : c.left;
      if (s === undefined || (other.kind !== "number" && other.kind !== "text")) return undefined;
      if (other.kind === "text") return { kind: "symbol", slot: s.slot, member: s.member };
      if (booleans.has(s.slot) && s.member === undefined) return { kind: "bool", slot: s.slot };
      return { kind: "number", slot: s.slot, member: s.member };
    }
    case "member": {
      const s = slotOf(c.item);
      if (s === undefined || c.values.length === 0) return undefined;
      const kind = c.values[0]?.kind === "text" ? "symbol" : "number";
      if (booleans.has(s.slot) && s.member === undefined) return undefined;
      return { kind, slot: s.slot, member: s.member };
    }
    case "host_in": {
      const s = slotOf(c.item);
      return s === undefined ? undefined : { kind: "host", slot: s.slot, member: s.member, patterns: c.patterns };
    }
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
      return { kind: "tool" };
    case "agent_is":
      return { kind: "agent", count: c.count };
    default:
      return undefined;
  }
}

export const fieldName = (k: FieldKey): string => JSON.stringify(k);

/** The constants of a condition that its field's classes must tell apart. */
export function constantsOf(c: IrCondition): {
  readonly texts: readonly string[];
  readonly numbers: readonly Decimal[];
} {
  const operands = c.op === "compare" ? [c.left, c.right] : c.op === "member" ? c.values : [];
  return {
    texts: operands.flatMap((o) => (o.kind === "text" ? [o.text] : [])),
    numbers: operands.flatMap((o) => (o.kind === "number" ? [o.value] : [])),
  };
}

/** 0 false, 1 unknown, 2 true. */
type Truth = 0 | 1 | 2;
const truth = (b: boolean): Truth => (b ? 2 : 0);

/** How many classes a field has (runtime/kernel/assembly/classify.ts). */
export function classCount(f: IrField, tools: number): number {
  switch (f.kind) {
    case "number":
      return 2 * f.thresholds.length + 3;
    case "symbol":
      return f.texts.length + 3;
    case "bool":
    case "host":
      return 4;
    case "has":
      return 2;
    case "tool":
      return tools;
    case "agent":
      return f.count;
    default:
      return unreachable(f);
  }
}

const FLIPPED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
function holds(sign: keyof typeof FLIPPED, order: number): boolean {
  switch (sign) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** Order of any value of class k of a number field against a constant that is one of its thresholds. */
function orderOf(f: IrField & { kind: "number" }, k: number, value: Decimal): number {
  const i = f.thresholds.findIndex((t) => compareDecimals(t, value) === 0);
  return Math.sign(k - (2 * i + 1));
}

/** The condition's truth for every value of class k. `toolTruth`: of what is asked of a call's class, by kind of tool. */
export function truthInClass(
  c: IrCondition,
  f: IrField,
  k: number,
  toolTruth: (c: IrCondition, tool: number) => boolean,
): Truth {
  if (f.kind === "tool") return truth(toolTruth(c, k));
  if (f.kind === "agent") return truth(c.op === "agent_is" && c.agents.includes(k));
  if (f.kind === "has") return k === 1 ? 2 : 0;
  // the last class: absent; the one before it, but for bool and host: present, and unknown
  const last = classCount(f, 0) - 1;
  if (c.op === "has") return truth(k !== last);
  if (k === last) return 1;
  if (f.kind === "host") return k as Truth;
  if (f.kind === "bool") {
    if (k === 1 || c.op !== "compare") return k as Truth;
    const constant = c.left.kind === "number" ? c.left : c.right;
    const same = (k === 2) === (constant.kind === "number" && constant.value.digits !== 0n);
    return truth(c.sign === "==" ? same : !same);
  }
  if (k === last - 1) return 1;
  if (f.kind === "symbol") {
    const text = f.texts[k];
    if (c.op === "member") return truth(c.values.some((v) => v.kind === "text" && v.text === text));
    if (c.op !== "compare") return 1;
    const constant = c.left.kind === "text" ? c.left : c.right;
    const same = constant.kind === "text" && constant.text === text;
    return truth(c.sign === "==" ? same : !same);
  }
  if (c.op === "member") return truth(c.values.some((v) => v.kind === "number" && orderOf(f, k, v.value) === 0));
  if (c.op !== "compare") return 1;
  const right = c.right.kind === "number";
  const constant = right ? c.right : c.left;
  if (constant.kind !== "number") return 1;
  return truth(holds(right ? c.sign : FLIPPED[c.sign], orderOf(f, k, constant.value)));
}
