/** Rule records and what they point to: approvals, evidence, grounding. Budgets are counters.ts. */
import { OUTCOME_PARTS } from "@thc/language";
import type { Ir, IrApproval, IrRule } from "../ir/ir.ts";
import { CLASS_BITS } from "../lower/grounding.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const KINDS = {
  allow: 1,
  deny: 2,
  oblige: 3,
  require_prior: 4,
  require_approval: 5,
  require_grounded: 6,
  budget: 7,
  require_scope: 8,
  require_that: 9,
  loop: 10,
  inspect: 11,
  flow: 12,
  delegation: 14,
} as const;
const LOOPS = { same_call: 1, cycle: 2, denied_call: 3 } as const;
const LOOP_STEP = 48;
/** A bit for each kind of finding. */
const INSPECTION = 32;
const KEY_KINDS = ["one", "list", "row"] as const;
export const RULE_SIZE = 64;

export function writeRules(
  data: DataBuffer,
  conditions: ConditionWriter,
  ir: Ir,
  symbol: (text: string) => number,
  budgets: readonly number[],
): { readonly at: number; readonly views: readonly number[] } {
  const at = data.alloc(Math.max(1, ir.rules.length) * RULE_SIZE);
  const views: number[] = [];
  const ratesOf = (rates: readonly number[]): number[] => rates.map((index) => budgets[index] as number);
  for (let id = 0; id < ir.rules.length; id++) {
    const r = ir.rules[id] as IrRule;
    const e = at + id * RULE_SIZE;
    const name = data.text(r.name);
    data.u8(e, KINDS[r.kind]);
    data.u8(e + 1, r.otherwise.length === 0 ? 0 : outcomeBits(r.otherwise));
    const detail = writeDetail(data, conditions, r, budgets);
    data.u32(e + 4, detail);
    if (r.detail?.kind === "grounded" && r.detail.mark !== undefined) views.push(detail);
    data.u32(e + 8, data.words(r.obligations));
    data.u32(e + 12, r.obligations.length);
    data.u32(e + 16, r.approval === undefined ? 0 : writeApproval(data, conditions, r.approval, symbol));
    data.u32(e + 20, name.address);
    data.u32(e + 24, name.length);
    if (r.labels !== 0n) data.i64(e + 32, BigInt.asIntN(64, r.labels));
    if (r.rates.length > 0) data.u32(e + 40, data.words(ratesOf(r.rates)));
    data.u32(e + 44, r.rates.length);
    if (r.observed !== undefined) data.i64(e + 56, r.observed === "for good" ? -1n : BigInt(r.observed));
  }
  return { at, views };
}

/** Bit i: OUTCOME_PARTS[i] happens. */
const outcomeBits = (parts: IrRule["otherwise"]): number =>
  parts.reduce((bits, part) => bits | (1 << OUTCOME_PARTS.indexOf(part)), 0);

function writeApproval(
  data: DataBuffer,
  conditions: ConditionWriter,
  a: IrApproval,
  symbol: (text: string) => number,
): number {
  const roles = [...new Set((a.roles ?? []).map(symbol))].sort((x, y) => x - y);
  const at = data.alloc(32);
  data.u32(at, a.quorum);
  data.u32(at + 4, data.words(roles));
  data.u32(at + 8, roles.length);
  data.u32(at + 12, (a.roles === undefined ? 1 : 0) | (a.once ? 2 : 0) | (a.orRequester ? 4 : 0) | (a.whole ? 0 : 8));
  data.i64(at + 16, a.expires === undefined ? -1n : BigInt(a.expires));
  data.u32(at + 24, data.words(a.binds.map(conditions.operand)));
  data.u32(at + 28, a.binds.length);
  return at;
}

function writeDetail(data: DataBuffer, conditions: ConditionWriter, r: IrRule, budgets: readonly number[]): number {
  const d = r.detail;
  if (d === undefined) return 0;
  switch (d.kind) {
    case "prior": {
      const at = data.alloc(48);
      data.u8(at, d.negated ? 1 : 0);
      data.u8(at + 1, d.completion === "allowed" ? 1 : 0);
      data.u8(at + 2, d.current.length);
      data.u8(at + 3, d.values);
      data.u32(at + 4, d.index);
      data.i64(at + 8, d.within === undefined ? -1n : BigInt(d.within));
      data.u32(at + 16, d.where === undefined ? 0 : conditions.condition(d.where));
      data.u32(at + 20, data.words(d.current.map(conditions.operand)));
      data.u32(at + 24, d.since === undefined ? 0 : d.since + 1);
      data.u8(at + 28, d.rowValues);
      data.u8(at + 29, (d.readsRows ? 1 : 0) | (d.whereRows ? 2 : 0));
      data.u32(
        at + 32,
        d.kinds.reduce((bits, kind, i) => bits | (KEY_KINDS.indexOf(kind) << (2 * i)), 0),
      );
      return at;
    }
    case "that": {
      const at = data.alloc(16);
      data.u32(at, conditions.condition(d.condition));
      return at;
    }
    case "grounded": {
      const values = data.alloc(d.values.length * 8);
      for (const [i, v] of d.values.entries()) {
        data.slot(values + 8 * i, v.slot);
        data.u32(values + 8 * i + 4, (CLASS_BITS[v.class] | (v.tokens ? 0x80000000 : 0)) >>> 0);
      }
      const self = data.alloc(d.self.length * 8);
      for (const [i, v] of d.self.entries()) {
        data.slot(self + 8 * i, v.slot);
        data.u32(self + 8 * i + 4, CLASS_BITS[v.class]);
      }
      const at = data.alloc(48);
      data.u32(at, values);
      data.u32(at + 4, d.values.length);
      data.u32(at + 8, data.words(d.sources));
      data.u32(at + 12, d.sources.length);
      data.u32(at + 16, d.user ? 1 : 0);
      data.u32(at + 20, self);
      data.u32(at + 24, d.self.length);
      data.u32(at + 28, d.mark === undefined ? 0 : 1 << d.mark);
      data.u32(
        at + 32,
        d.planted.reduce((bits, c) => bits | CLASS_BITS[c], 0),
      );
      return at;
    }
    case "delegation":
      return 0;
    case "inspection": {
      const bits: number[] = Array.from({ length: INSPECTION / 4 }, () => 0);
      for (const kind of d.kinds) bits[kind >> 5] = ((bits[kind >> 5] ?? 0) | (1 << (kind & 31))) >>> 0;
      return data.words(bits);
    }
    case "budget":
      return budgets[d.index] as number;
    case "loop": {
      const steps = data.alloc(d.steps.length * LOOP_STEP);
      for (const [i, s] of d.steps.entries()) {
        const e = steps + LOOP_STEP * i;
        data.u32(e, s.count);
        data.u32(e + 4, s.calls);
        data.u32(e + 8, outcomeBits(s.otherwise));
        data.u32(e + 12, data.words(s.obligations));
        data.u32(e + 16, s.obligations.length);
        data.u32(e + 20, data.words(s.rates.map((index) => budgets[index] as number)));
        data.u32(e + 24, s.rates.length);
        data.i64(e + 32, BigInt.asIntN(64, s.labels));
      }
      const at = data.alloc(16);
      data.u8(at, LOOPS[d.what]);
      data.u8(at + 1, d.steps.length);
      data.u32(at + 4, steps);
      return at;
    }
    case "values": {
      const sets = data.alloc(d.labels.length * 8);
      for (const [i, set] of d.labels.entries()) data.i64(sets + 8 * i, BigInt.asIntN(64, set));
      const at = data.alloc(32);
      data.u32(at, d.every ? 1 : 0);
      data.u32(at + 4, d.labels.length);
      data.u32(at + 8, sets);
      return at;
    }
  }
}
