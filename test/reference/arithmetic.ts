/** Arithmetic (docs/semantics/values.md, "Arithmetic"): exact, and unknown when the result is no value of its type. */
import { isDate, isDuration, isTime } from "./canonical/moment.ts";
import type { Arithmetic, Decimal, Fold, Pick, Type } from "./contract.ts";
import { compareDecimals, decimal, fits, scaled } from "./decimal.ts";
import { numberOf, UNKNOWN, type Value } from "./value.ts";

export function compute({ op, type }: Arithmetic, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return UNKNOWN;
  switch (op) {
    case "+":
      return of(type, add(a, b));
    case "-":
      return of(type, add(a, { digits: -b.digits, exponent: b.exponent }));
    case "*":
      return of(type, decimal(a.digits * b.digits, a.exponent + b.exponent));
  }
}

/** Over the elements of a known list, each already the field that is asked for. */
export function fold({ op, type }: Fold, items: readonly Value[]): Value {
  const numbers = items.map(numberOf).filter((number) => number !== undefined);
  if (numbers.length < items.length) return UNKNOWN;
  if (op === "sum") return of(type, numbers.reduce(add, { digits: 0n, exponent: 0 }));
  return numbers.length === 0 ? UNKNOWN : of(type, extreme(op, numbers));
}

export function pick({ op, type }: Pick, values: readonly Value[]): Value {
  const numbers = values.map(numberOf).filter((number) => number !== undefined);
  return numbers.length < values.length ? UNKNOWN : of(type, extreme(op, numbers));
}

function extreme(op: "min" | "max", numbers: readonly Decimal[]): Decimal {
  const sign = op === "min" ? 1 : -1;
  return numbers.reduce((best, next) => (sign * compareDecimals(next, best) < 0 ? next : best));
}

function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return decimal(scaled(a, exponent) + scaled(b, exponent), exponent);
}

function of(type: Type, value: Decimal): Value {
  return isValue(type, value) ? { kind: "number", value, sent: value } : UNKNOWN;
}

function isValue(type: Type, value: Decimal): boolean {
  switch (type.kind) {
    case "date":
      return isDate(value);
    case "time":
      return isTime(value);
    case "duration":
      return isDuration(value);
    default:
      return fits(value);
  }
}
