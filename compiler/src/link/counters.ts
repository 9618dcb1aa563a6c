/**
 * Counters: where each budget is counted, in which ledger's state, and how many bytes it takes there (docs/formats/state.md,
 * runtime/kernel/assembly/counters.ts and budget.ts).
 */
import { LEDGERS, type Ledger } from "@thc/language";
import type { IrBudget } from "../ir/ir.ts";
import { isPersonal } from "../lower/budgets.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const WINDOWS = { rolling: 1, day: 2, week: 3, month: 4 } as const;
const TURN = 5;
const BUCKETS = 60;
const RECORD = 64;

export interface Counters {
  /** Per budget, from the beginning of its ledger's counters. */
  readonly offsets: readonly number[];
  readonly bytes: { readonly [ledger in Ledger]: number };
}

export function placeCounters(budgets: readonly IrBudget[]): Counters {
  const bytes = { session: 0, run: 0, agent: 0, team: 0, global: 0 };
  const offsets = budgets.map((b) => {
    const ledger = ledgerOf(b);
    const at = bytes[ledger];
    bytes[ledger] += counterSize(b);
    return at;
  });
  return { offsets, bytes };
}

/** For good: what is used. In a turn or a period of the calendar: which, and what is used. Rolling: newest, sum, buckets. */
function counterSize({ ledger, window }: IrBudget): number {
  if (window === undefined) return ledger === "turn" ? 16 : 8;
  return window.kind === "rolling" ? 16 + 8 * (BUCKETS + 1) : 16;
}

const ledgerOf = (b: IrBudget): Ledger => (b.ledger === "turn" ? "session" : b.ledger);

/** Budget records; the address of each. */
export function writeBudgets(
  data: DataBuffer,
  conditions: ConditionWriter,
  budgets: readonly IrBudget[],
  counters: Counters,
): readonly number[] {
  let personal = 0;
  return budgets.map((b, index) => {
    const at = data.alloc(RECORD);
    const { window } = b;
    data.u32(at, index);
    data.u32(at + 4, b.measure === undefined ? 0 : 1);
    data.u32(at + 8, b.measure === undefined ? 0 : conditions.operand(b.measure));
    data.u32(at + 12, b.scale);
    data.i64(at + 16, b.limit);
    data.u32(at + 24, LEDGERS.indexOf(ledgerOf(b)));
    data.u32(at + 28, window === undefined ? (b.ledger === "turn" ? TURN : 0) : WINDOWS[window.kind]);
    data.u32(at + 32, counters.offsets[index] as number);
    data.u32(at + 36, b.actual === undefined ? 0 : conditions.operand(b.actual));
    data.i64(at + 40, window?.kind === "rolling" ? BigInt(Math.ceil(window.ms / BUCKETS)) : 0n);
    if (isPersonal(b.ledger)) data.u32(at + 48, personal++);
    data.u32(at + 52, b.ofDelegator ? 1 : 0);
    return at;
  });
}
