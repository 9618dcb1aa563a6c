/** Exact decimals of the compiler: order, and the unit of a budget. */
import type { Decimal } from "@thc/language";

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.exponent === b.exponent) return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
  const low = Math.min(a.exponent, b.exponent);
  const x = a.digits * 10n ** BigInt(a.exponent - low);
  const y = b.digits * 10n ** BigInt(b.exponent - low);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** docs/semantics.md, §6: the largest scale in 0..9 at which the limit is exact and below 9 × 10^17 units. */
export function budgetUnits(limit: Decimal): { readonly scale: number; readonly units: bigint } | undefined {
  for (let scale = 9; scale >= 0; scale--) {
    const shift = limit.exponent + scale;
    if (shift < 0) continue;
    const units = limit.digits * 10n ** BigInt(shift);
    if (units < 900_000_000_000_000_000n) return { scale, units };
  }
  return undefined;
}
