/** Classifier blocks: field records, rows of bits, terms (runtime/kernel/assembly/classify.ts has the layout). */
import type { Decimal } from "@thc/language";
import type { IrBlock, IrField } from "../ir/ir.ts";
import { classCount } from "../lower/clauses.ts";
import type { DataBuffer } from "./buffer.ts";
import { type ConditionWriter, memberCode } from "./conditions.ts";

const KINDS = { number: 1, symbol: 2, bool: 3, has: 4, host: 5, tool: 6, agent: 15 } as const;

export function writeBlock(
  data: DataBuffer,
  conditions: ConditionWriter,
  block: IrBlock,
  tools: number,
  symbol: (text: string) => number,
): number {
  const terms = block.terms.length;
  const words = Math.ceil(terms / 128);
  const stride = words * 16;
  const records = data.alloc(block.fields.length * 32);
  for (const [i, declared] of block.fields.entries()) {
    // the kernel searches symbols by number: classes follow that order
    const order =
      declared.kind === "symbol"
        ? declared.texts.map((t, k) => ({ k, s: symbol(t) })).sort((a, b) => a.s - b.s)
        : undefined;
    const classes = classCount(declared, tools);
    const rows = new Uint8Array(classes * stride);
    const literals = block.terms.map((t) => t.literals.find((l) => l.field === i));
    for (let c = 0; c < classes; c++) {
      const k = order?.[c]?.k ?? c;
      for (const [t, literal] of literals.entries()) {
        if (literal === undefined || literal.accepts[k] === true)
          rows[c * stride + (t >> 3)] = (rows[c * stride + (t >> 3)] as number) | (1 << (t & 7));
      }
    }
    const at = data.alloc(rows.length);
    data.bytes(at, rows);
    writeField(data, conditions, records + i * 32, declared, at, tools, order?.map((o) => o.s) ?? []);
  }
  const base = new Uint8Array(stride);
  for (let t = 0; t < terms; t++) base[t >> 3] = (base[t >> 3] as number) | (1 << (t & 7));
  const baseAt = data.alloc(stride);
  data.bytes(baseAt, base);
  const termsAt = data.alloc(words * 128 * 16);
  for (const [t, term] of block.terms.entries()) {
    const e = termsAt + t * 16;
    data.u32(e, term.rule);
    data.u8(e + 4, term.purpose === "carry" ? 1 : 0);
    data.u8(e + 5, term.polarity === "certain" ? 1 : 0);
    if (term.residual !== undefined) data.u32(e + 8, conditions.condition(term.residual));
  }
  const at = data.alloc(32);
  data.u32(at, block.fields.length);
  data.u32(at + 4, words);
  data.u32(at + 8, records);
  data.u32(at + 12, termsAt);
  data.u32(at + 16, baseAt);
  return at;
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
  if (f.kind === "number" || f.kind === "symbol" || f.kind === "host") data.u8(at + 1, memberCode(f.member));
  data.u32(at + 16, rows);
  if (f.kind === "number") {
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
