/** Classifier blocks: field records, rows of bits, terms (runtime/kernel/assembly/classify.ts has the layout). */
import type { Decimal } from "@thc/language";
import type { IrBlock, IrField, IrRule, IrTerm } from "../ir/ir.ts";
import { classCount } from "../lower/fields.ts";
import type { DataBuffer } from "./buffer.ts";
import { type ConditionWriter, memberCode } from "./conditions.ts";

const EQUALS = { own: 0, below: 1, above: 2 } as const;
/** What a rule does when a term of it holds (the kernel's answer.ts). */
const EFFECTS = { grants: 1, carries: 2, denies: 4, requires: 256, admits: 8192 } as const;
const KINDS = { number: 1, symbol: 2, bool: 3, has: 4, host: 5, tool: 6, agent: 15 } as const;

/** Writes blocks: what a field alone decides is worked out once, as blocks have fields in common (lower/drafts.ts). */
export type BlockWriter = (block: IrBlock) => number;

interface Column {
  readonly classes: number;
  /** Of a symbol's classes, in the kernel's order: the symbols, and the class of the text at each index. */
  readonly sorted: readonly number[];
  readonly classOf: readonly number[] | undefined;
}

export function createBlockWriter(
  data: DataBuffer,
  conditions: ConditionWriter,
  rules: readonly IrRule[],
  tools: number,
  symbol: (text: string) => number,
): BlockWriter {
  const columns = new Map<IrField, Column>();

  function columnOf(field: IrField): Column {
    let column = columns.get(field);
    if (column === undefined) {
      // the kernel searches symbols by number: classes follow that order
      const order = field.kind === "symbol" ? symbolOrder(field.texts.map(symbol)) : undefined;
      column = {
        classes: classCount(field, tools),
        sorted: order?.sorted ?? [],
        classOf: order?.classOf,
      };
      columns.set(field, column);
    }
    return column;
  }

  // rows of all fields of a block, one behind the other, and where each begins: in 32-bit words
  let rows = new Uint32Array(1 << 10);
  const begins: number[] = [];

  return (block) => {
    const terms = block.terms.length;
    const words = Math.ceil(terms / 128);
    const stride = words * 4;
    const records = data.alloc(block.fields.length * 32);
    const own: Column[] = [];
    let size = stride;
    for (let i = 0; i < block.fields.length; i++) {
      const column = columnOf(block.fields[i] as IrField);
      own.push(column);
      begins[i] = size;
      size += column.classes * stride;
    }
    begins[own.length] = size;
    if (size > rows.length) rows = new Uint32Array(2 * size);
    // the first row is that of all terms
    for (let w = 0; w < stride; w++) {
      const left = terms - 32 * w;
      rows[w] = left >= 32 ? 0xffffffff : left > 0 ? 2 ** left - 1 : 0;
    }
    for (let w = stride; w < size; w++) rows[w] = rows[w - stride] as number;
    for (let t = 0; t < terms; t++) {
      const { literals } = block.terms[t] as IrTerm;
      for (let n = 0; n < literals.length; n++) {
        const { field, accepts } = literals[n] as IrTerm["literals"][number];
        const { classOf } = own[field] as Column;
        const first = (begins[field] as number) + (t >> 5);
        for (let k = 0; k < accepts.length; k++) {
          if (accepts[k] === 1) continue;
          const at = first + (classOf?.[k] ?? k) * stride;
          rows[at] = (rows[at] as number) & ~(1 << (t & 31));
        }
      }
    }
    for (let i = 0; i < own.length; i++) {
      const at = data.rows(rows, begins[i] as number, begins[i + 1] as number);
      writeField(data, conditions, records + i * 32, block.fields[i] as IrField, at, tools, own[i] as Column);
    }
    const baseAt = data.rows(rows, 0, stride);
    const termsAt = data.alloc(terms * 16);
    for (let t = 0; t < terms; t++) {
      const term = block.terms[t] as IrTerm;
      const e = termsAt + t * 16;
      data.u32(e, term.rule);
      data.u32(e + 4, effectsOf((rules[term.rule] as IrRule).kind, term.purpose));
      if (term.residual !== undefined) data.u32(e + 8, conditions.condition(term.residual));
      data.u8(e + 12, term.polarity === "certain" ? 1 : 0);
    }
    const at = data.alloc(32);
    data.u32(at, block.fields.length);
    data.u32(at + 4, words);
    data.u32(at + 8, records);
    data.u32(at + 12, termsAt);
    data.u32(at + 16, baseAt);
    return at;
  };
}

function effectsOf(kind: IrRule["kind"], purpose: IrTerm["purpose"]): number {
  switch (kind) {
    case "allow":
      return purpose === "carry" ? EFFECTS.carries : EFFECTS.grants;
    case "deny":
      return EFFECTS.denies;
    case "oblige":
      return EFFECTS.carries;
    default:
      return purpose === "carry" ? EFFECTS.admits : EFFECTS.requires;
  }
}

/** Symbols in ascending order; the class of the text at each index. */
function symbolOrder(symbols: readonly number[]): {
  readonly sorted: readonly number[];
  readonly classOf: readonly number[];
} {
  const by = symbols.map((s, k) => ({ s, k })).sort((a, b) => a.s - b.s);
  const classOf: number[] = [];
  for (const [c, { k }] of by.entries()) classOf[k] = c;
  return { sorted: by.map(({ s }) => s), classOf };
}

function writeField(
  data: DataBuffer,
  conditions: ConditionWriter,
  at: number,
  f: IrField,
  rows: number,
  tools: number,
  { sorted }: Column,
): void {
  data.u8(at, KINDS[f.kind]);
  if (f.kind !== "tool" && f.kind !== "agent") data.slot(at + 4, f.slot);
  if (f.kind === "number" || f.kind === "symbol" || f.kind === "bool" || f.kind === "host")
    data.u8(at + 1, memberCode(f.member));
  data.u32(at + 16, rows);
  if (f.kind === "number") {
    data.u8(at + 2, EQUALS[f.equal]);
    data.u32(at + 8, f.thresholds.length);
    const table = data.alloc(f.thresholds.length * 16);
    for (let i = 0; i < f.thresholds.length; i++) {
      const { digits, exponent } = spread(f.thresholds[i] as Decimal);
      data.i64(table + 16 * i, digits);
      data.u32(table + 16 * i + 8, exponent >>> 0);
    }
    data.u32(at + 12, table);
  } else if (f.kind === "symbol") {
    data.u32(at + 8, sorted.length);
    data.u32(at + 12, data.words(sorted));
  } else if (f.kind === "host") {
    const t = conditions.hosts(f.patterns);
    data.u32(at + 12, t.exact);
    data.u32(at + 20, t.exactMask);
    data.u32(at + 24, t.below);
    data.u32(at + 28, t.belowMask);
  } else if (f.kind === "tool") {
    // indexed by tool + 1, as the kernel counts
    const table = data.alloc((tools + 1) * 2);
    for (let t = 0; t < tools; t++) data.u16(table + 2 * (t + 1), t);
    data.u32(at + 12, table);
  }
}

/** Integers with exponent 0, as the kernel reads them: equal exponents make comparing cheap. */
function spread(d: Decimal): Decimal {
  if (d.exponent <= 0 || d.exponent > 15) return d;
  const digits = d.digits * 10n ** BigInt(d.exponent);
  return digits < 10n ** 15n && digits > -(10n ** 15n) ? { digits, exponent: 0 } : d;
}
