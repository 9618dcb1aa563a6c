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

export function writeBlock(
  data: DataBuffer,
  conditions: ConditionWriter,
  block: IrBlock,
  rules: readonly IrRule[],
  tools: number,
  symbol: (text: string) => number,
): number {
  const terms = block.terms.length;
  const words = Math.ceil(terms / 128);
  const stride = words * 16;
  const records = data.alloc(block.fields.length * 32);
  const base = new Uint8Array(stride);
  for (let t = 0; t < terms; t++) base[t >> 3] = (base[t >> 3] as number) | (1 << (t & 7));
  const columns = block.fields.map((declared) => {
    // the kernel searches symbols by number: classes follow that order
    const order = declared.kind === "symbol" ? symbolOrder(declared.texts.map(symbol)) : undefined;
    const classes = classCount(declared, tools);
    const rows = new Uint8Array(classes * stride);
    for (let c = 0; c < classes; c++) rows.set(base, c * stride);
    return { declared, order, rows };
  });
  for (const [t, { literals }] of block.terms.entries())
    for (const { field, accepts } of literals) {
      const { order, rows } = columns[field] as (typeof columns)[number];
      for (let k = 0; k < accepts.length; k++) {
        if (accepts[k] === 1) continue;
        const at = (order?.classOf[k] ?? k) * stride + (t >> 3);
        rows[at] = (rows[at] as number) & ~(1 << (t & 7));
      }
    }
  for (const [i, { declared, order, rows }] of columns.entries()) {
    writeField(data, conditions, records + i * 32, declared, rowsAt(data, rows), tools, order?.sorted ?? []);
  }
  const baseAt = rowsAt(data, base);
  const termsAt = data.alloc(terms * 16);
  for (const [t, term] of block.terms.entries()) {
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
}

/**
 * Equal rows stand once where they are few: tools whose rules have one shape share them, so that they stay in a processor's cache though
 * the tools are many.
 */
function rowsAt(data: DataBuffer, rows: Uint8Array): number {
  if (rows.length <= SHARED) return data.words(new Uint32Array(rows.buffer));
  const at = data.alloc(rows.length);
  data.bytes(at, rows);
  return at;
}
const SHARED = 1024;

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
  symbols: readonly number[],
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
    for (const [i, t] of f.thresholds.entries()) {
      const { digits, exponent } = spread(t);
      data.i64(table + 16 * i, digits);
      data.u32(table + 16 * i + 8, exponent >>> 0);
    }
    data.u32(at + 12, table);
  } else if (f.kind === "symbol") {
    data.u32(at + 8, symbols.length);
    data.u32(at + 12, data.words(symbols));
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
