/** Budgets in exact units (docs/semantics.md §6, "Budgets"). */
import type { Budget, Decimal } from "./contract.ts";
import { compareDecimals, decimal, scaled } from "./decimal.ts";
import { type Environment, read } from "./read.ts";

const SMALLEST_EXPONENT = -9;
const LIMIT_OF_VALUES = decimal(9n, 17);
const LIMIT_OF_SUMS = 9n * 10n ** 18n;

export type Spending =
  /** The measure is unknown or the sum too large: denied, whatever the rule says. */
  { readonly kind: "uncountable" } | { readonly kind: "counted"; readonly units: bigint; readonly within: boolean };

export function spend(rule: Budget, environment: Environment, used: bigint): Spending {
  const exponent = unitExponent(rule.limit);
  const units = unitsOf(measured(rule, environment), exponent);
  if (units === undefined || used + units >= LIMIT_OF_SUMS) return { kind: "uncountable" };
  return { kind: "counted", units, within: used + units <= scaled(rule.limit, exponent) };
}

/** −s for the largest s in 0..9 with limit × 10^s below 9 × 10^17. */
function unitExponent(limit: Decimal): number {
  for (let exponent = SMALLEST_EXPONENT; exponent <= 0; exponent += 1)
    if (compareDecimals(decimal(limit.digits, limit.exponent - exponent), LIMIT_OF_VALUES) < 0) return exponent;
  throw new Error("a limit that the checker refuses");
}

function measured(rule: Budget, environment: Environment): Decimal | undefined {
  if (rule.measure.kind === "calls") return { digits: 1n, exponent: 0 };
  const value = read(rule.measure.value, environment);
  return value.kind === "number" && value.value.digits >= 0n ? value.value : undefined;
}

function unitsOf(value: Decimal | undefined, exponent: number): bigint | undefined {
  if (value === undefined || (value.digits !== 0n && value.exponent < exponent)) return undefined;
  if (compareDecimals(decimal(value.digits, value.exponent - exponent), LIMIT_OF_VALUES) >= 0) return undefined;
  return value.digits === 0n ? 0n : scaled(value, exponent);
}
