// Budgets of the session: what is reserved counts until a result says that the call had no effect.
// Budget record, 24 B: index u32 · measure u32 (0 calls, 1 a term) · term u32 · scale u32 · limit i64 (units of 10^−scale)
import { H, H_BUDGETS } from "./memory";
import { readTerm, tDigits, tExponent, tNumber, tState } from "./term";
import { NO_UNITS, units } from "./decimal";
import { rule } from "./answer";
import { budgets, measures } from "./state";
import { KNOWN } from "./value";

const MOST: i64 = 9000000000000000000;

export function resetMeasures(): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) store<i64>(measures() + (i << 3), NO_UNITS);
}

/** 0: satisfied · 1: exceeded · 2: the measure is unknown, or the sum could not be kept. */
export function budgetVerdict(id: u32): u32 {
  const b = <usize>load<u32>(rule(id), 4);
  let digits: i64 = 1;
  let exponent: i32 = 0;
  if (load<u32>(b, 4)) {
    readTerm(<usize>load<u32>(b, 8));
    if (tState != KNOWN || !tNumber) return 2;
    digits = tDigits;
    exponent = tExponent;
  }
  const u = units(digits, exponent, load<i32>(b, 12));
  if (u == NO_UNITS) return 2;
  const i = <usize>load<u32>(b) << 3;
  const used = load<i64>(budgets() + i);
  if (used >= MOST - u) return 2; // the sum itself might wrap
  store<i64>(measures() + i, u);
  return used + u <= load<i64>(b, 16) ? 0 : 1;
}

/** Reserves this call's measures; `row` keeps them for a result without effect. */
export function reserveAll(row: usize): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) {
    const u = load<i64>(measures() + (i << 3));
    store<i64>(row + (i << 3), u);
    if (u != NO_UNITS) store<i64>(budgets() + (i << 3), load<i64>(budgets() + (i << 3)) + u);
  }
}
export function release(row: usize): void {
  const n = H(H_BUDGETS);
  for (let i: usize = 0; i < n; i++) {
    const u = load<i64>(row + (i << 3));
    if (u != NO_UNITS) store<i64>(budgets() + (i << 3), load<i64>(budgets() + (i << 3)) - u);
  }
}
