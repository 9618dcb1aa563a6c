/**
 * Fields of the classifier: which one decides a condition about a single value, the classes that it puts values into
 * (runtime/kernel/assembly/classify.ts), and how true the condition is in each.
 */
import { type Decimal, unreachable } from "@thc/language";
import type { IrCondition, IrField, Operand } from "../ir/ir.ts";

/** The field that decides this condition, without its classes. */
export type FieldKey =
  | { readonly kind: "number" | "symbol"; readonly slot: number; readonly member: string | undefined }
  | { readonly kind: "bool"; readonly slot: number; readonly member: string | undefined }
  | { readonly kind: "has"; readonly slot: number }
  | {
      readonly kind: "host";
      readonly slot: number;
      readonly member: string | undefined;
      readonly patterns: readonly string[];
    }
  | { readonly kind: "tool" }
  | { readonly kind: "agent"; readonly count: number };

const isBool = (
  { slot, member }: { readonly slot: number; readonly member: string | undefined },
  booleans: ReadonlySet<number>,
) => (member === undefined ? booleans.has(slot) : member.startsWith("sql."));
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
      return s === undefined ? undefined : { kind: "bool", slot: s.slot, member: s.member };
    }
    case "compare": {
      const s = slotOf(c.left) ?? slotOf(c.right);
      const other = c.left.kind === "slot" ? c.right : c.left;
      if (s === undefined || (other.kind !== "number" && other.kind !== "text")) return undefined;
      if (other.kind === "text") return { kind: "symbol", slot: s.slot, member: s.member };
      if (isBool(s, booleans)) return { kind: "bool", slot: s.slot, member: s.member };
      return { kind: "number", slot: s.slot, member: s.member };
    }
    case "member": {
      const s = slotOf(c.item);
      if (s === undefined || c.values.length === 0) return undefined;
      const kind = c.values[0]?.kind === "text" ? "symbol" : "number";
      if (isBool(s, booleans)) return undefined;
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

/** Equal for equal keys; no part of one holds a blank. */
export function fieldName(k: FieldKey): string {
  switch (k.kind) {
    case "number":
    case "symbol":
    case "bool":
      return `${k.kind} ${k.slot} ${k.member ?? ""}`;
    case "has":
      return `${k.kind} ${k.slot}`;
    case "host":
      return `host ${k.slot} ${k.member ?? ""} ${k.patterns.join(" ")}`;
    case "tool":
    case "agent":
      return k.kind;
    default:
      return unreachable(k);
  }
}

/** The constants of a condition that its field's classes must tell apart. */
export function constantsOf(c: IrCondition): {
  readonly texts: readonly string[];
  readonly numbers: readonly Decimal[];
} {
  const texts: string[] = [];
  const numbers: Decimal[] = [];
  for (const o of c.op === "compare" ? [c.left, c.right] : c.op === "member" ? c.values : []) {
    if (o.kind === "text") texts.push(o.text);
    if (o.kind === "number") numbers.push(o.value);
  }
  return { texts, numbers };
}

/** How many classes a field has (runtime/kernel/assembly/classify.ts). */
export function classCount(f: IrField, tools: number): number {
  switch (f.kind) {
    case "number":
      return (f.equal === "own" ? 2 : 1) * f.thresholds.length + 3;
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

/** The class of each constant that a field's classes tell apart, where there are many of them. */
export type FieldIndex = ReadonlyMap<string, number> | undefined;
const FEW = 8;
const decimalKey = (d: Decimal): string => `${d.digits}e${d.exponent}`;
export function indexOf(f: IrField): FieldIndex {
  if (f.kind === "symbol" && f.texts.length > FEW) return new Map(f.texts.map((t, k) => [t, k]));
  if (f.kind === "number" && f.thresholds.length > FEW)
    return new Map(f.thresholds.map((t, i) => [decimalKey(t), numberClass(f, i)]));
  return undefined;
}
type NumberField = Extract<IrField, { kind: "number" }>;
const numberClass = ({ equal }: NumberField, i: number): number => (equal === "own" ? 2 * i + 1 : i);

/** Undefined: it is none of the field's constants. */
function classOf(constant: Operand, f: IrField, index: FieldIndex): number | undefined {
  if (constant.kind === "text" && f.kind === "symbol") {
    if (index !== undefined) return index.get(constant.text);
    const k = f.texts.indexOf(constant.text);
    return k < 0 ? undefined : k;
  }
  if (constant.kind !== "number" || f.kind !== "number") return undefined;
  const { digits, exponent } = constant.value;
  if (index !== undefined) return index.get(decimalKey(constant.value));
  const i = f.thresholds.findIndex((t) => t.digits === digits && t.exponent === exponent);
  return i < 0 ? undefined : numberClass(f, i);
}

const FLIPPED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
type Sign = keyof typeof FLIPPED;
/** The truth of `value SIGN constant` for a value below it, equal to it, above it. */
const ORDERS: { readonly [sign in Sign]: readonly [below: number, equal: number, above: number] } = {
  "==": [0, 2, 0],
  "!=": [2, 0, 2],
  "<": [2, 0, 0],
  "<=": [2, 2, 0],
  ">": [0, 0, 2],
  ">=": [0, 2, 2],
};

/**
 * The condition's truth (0 false, 1 unknown, 2 true) for every value of each class. `toolTruth`: of what is asked of a call's class, by
 * kind of tool. The last class of a field with a slot is absent; the one before it, but for bool and host, is present and unknown.
 */
export function truths(
  c: IrCondition,
  f: IrField,
  index: FieldIndex,
  count: number,
  toolTruth: (c: IrCondition, tool: number) => boolean,
): Uint8Array {
  const out = new Uint8Array(count);
  const last = count - 1;
  if (f.kind === "tool") {
    for (let k = 0; k < count; k++) out[k] = toolTruth(c, k) ? 2 : 0;
  } else if (f.kind === "agent") {
    if (c.op === "agent_is") for (const k of c.agents) out[k] = 2;
  } else if (f.kind === "has") {
    out[1] = 2;
  } else if (c.op === "has") {
    out.fill(2, 0, last);
  } else if (f.kind === "host" || f.kind === "bool") {
    out.set([0, 1, 2, 1]);
    if (f.kind === "bool" && c.op === "compare") {
      const constant = c.left.kind === "number" ? c.left : c.right;
      const isTrue = constant.kind === "number" && constant.value.digits !== 0n;
      if (isTrue !== (c.sign === "==")) out.set([2, 1, 0, 1]);
    }
  } else {
    if (c.op === "member") {
      for (const v of c.values) {
        const k = classOf(v, f, index);
        if (k !== undefined) out[k] = 2;
      }
    } else if (c.op === "compare") compared(c, f, index, out);
    else out.fill(1);
    out[last - 1] = 1;
    out[last] = 1;
  }
  return out;
}

function compared(
  c: Extract<IrCondition, { op: "compare" }>,
  f: IrField & { kind: "symbol" | "number" },
  index: FieldIndex,
  out: Uint8Array,
): void {
  if (f.kind === "symbol") {
    const constant = c.left.kind === "text" ? c.left : c.right;
    const k = classOf(constant, f, index);
    out.fill(c.sign === "==" ? 0 : 2);
    if (k !== undefined) out[k] = c.sign === "==" ? 2 : 0;
    return;
  }
  const right = c.right.kind === "number";
  const constant = right ? c.right : c.left;
  const k = classOf(constant, f, index);
  if (k === undefined) return void out.fill(1);
  const [below, equal, above] = ORDERS[right ? c.sign : FLIPPED[c.sign]];
  // without a class of their own, the values at the constant are the last of what is below it, or the first of what is above
  out.fill(below, 0, k + 1);
  if (f.equal === "own") out[k] = equal;
  out.fill(above, k + 1);
}

/** On which side of its constant a value that is equal to it lies, as far as the condition can tell; undefined: neither. */
export function equalSide(c: IrCondition): "below" | "above" | "own" | undefined {
  if (c.op === "has") return undefined;
  if (c.op !== "compare") return "own";
  const [below, equal, above] = ORDERS[c.right.kind === "number" ? c.sign : FLIPPED[c.sign]];
  return equal === below && equal !== above ? "below" : equal === above && equal !== below ? "above" : "own";
}
