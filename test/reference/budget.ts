/** Budgets in exact units, ledger by ledger and window by window (docs/semantics/history.md §2). */
import type { Budget, Decimal, Window } from "./contract.ts";
import { compareDecimals, decimal, scaled } from "./decimal.ts";
import { type Environment, read } from "./read.ts";
import type { Request } from "./request.ts";
import type { Counter, RefState } from "./state.ts";
import { unreachable } from "./unreachable.ts";

const SMALLEST_EXPONENT = -9;
const LIMIT_OF_VALUES = decimal(9n, 17);
const LIMIT_OF_SUMS = 9n * 10n ** 18n;
const BUCKETS = 60;
const DAY = 86_400_000;

export type Spending =
  /** The measure or the counter is unknown, or the sum too large: denied, whatever the rule says. */
  | { readonly kind: "uncountable" }
  | {
      readonly kind: "counted";
      readonly units: bigint;
      readonly within: boolean;
      /** Undefined when it is within. */
      readonly wait: number | "never" | undefined;
    };

/** `ledger`: `ledgerPlace` where it is counted; undefined: nobody says where. */
export function spend(
  rule: Budget,
  ledger: string | undefined,
  environment: Environment,
  request: Request,
  state: RefState,
  now: number,
): Spending {
  const exponent = unitExponent(rule.limit);
  const units = unitsOf(measured(rule, environment, request), exponent);
  const used = usedOf(rule, ledger, request, state, now);
  if (units === undefined || used === undefined || used + units >= LIMIT_OF_SUMS) return { kind: "uncountable" };
  const limit = scaled(rule.limit, exponent);
  const within = used + units <= limit;
  return {
    kind: "counted",
    units,
    within,
    wait: within ? undefined : waitFor(rule, ledger!, units, limit, request, state, now),
  };
}

/** How long until the call would be within the limit, if nothing else is counted meanwhile. */
function waitFor(
  rule: Budget,
  ledger: string,
  units: bigint,
  limit: bigint,
  request: Request,
  state: RefState,
  now: number,
) {
  const { window } = rule;
  if (units > limit || window === undefined) return "never";
  if (window.kind !== "rolling") return nextPeriod(window.kind, now) - now;
  const counter = state.counters.get(counterName(ledger, rule))!;
  const leaves = [...counter.keys()].map((bucket) => (bucket + BUCKETS + 1) * Math.ceil(window.ms / BUCKETS));
  const fits = (time: number) => usedOf(rule, ledger, request, state, time)! + units <= limit;
  return Math.min(...leaves.filter((time) => time > now && fits(time))) - now;
}

function nextPeriod(kind: "day" | "week" | "month", now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (kind === "month") return Date.UTC(year, month + 1, 1);
  // Monday is day 1, Sunday 0
  return Date.UTC(year, month, day + (kind === "day" ? 1 : 7 - ((date.getUTCDay() + 6) % 7)));
}

/** A place in time that counts at `now`. */
function counts(rule: Budget, at: number, request: Request, now: number): boolean {
  if (rule.ledger === "turn") return at === request.turn;
  if (rule.window?.kind === "rolling") return at >= placeInTime(rule, request, now) - BUCKETS;
  return at === placeInTime(rule, request, now);
}

function usedOf(
  rule: Budget,
  ledger: string | undefined,
  request: Request,
  state: RefState,
  now: number,
): bigint | undefined {
  if (ledger === undefined) return undefined;
  const counter = state.counters.get(counterName(ledger, rule)) ?? new Map<number, bigint>();
  if (rule.ledger === "turn" && [...counter.keys()].some((turn) => turn > request.turn!)) return undefined;
  return [...counter].reduce((sum, [at, units]) => (counts(rule, at, request, now) ? sum + units : sum), 0n);
}

export const counterName = (ledger: string, rule: Budget): string => JSON.stringify([ledger, rule.name]);

/** Where what happens at `time` is counted. */
export function placeInTime(rule: Budget, request: Pick<Request, "turn">, time: number): number {
  return rule.ledger === "turn" ? request.turn! : periodOf(rule.window, time);
}

function periodOf(window: Window | undefined, time: number): number {
  const days = Math.floor(time / DAY);
  switch (window?.kind) {
    case undefined:
      return 0;
    case "rolling":
      return Math.floor(time / Math.ceil(window.ms / BUCKETS));
    case "day":
      return days;
    case "week":
      // 1970-01-01 was a Thursday
      return Math.floor((days + 3) / 7);
    case "month": {
      const date = new Date(time);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    }
    default:
      return unreachable(window);
  }
}

/** The counter with `units` more at a place; a turn takes the place of the one before. */
export function counted(rule: Budget, counter: Counter, at: number, units: bigint): Counter {
  const before = counter.get(at) ?? 0n;
  const sum = [...counter.values()].reduce((total, one) => total + one, 0n);
  const room = LIMIT_OF_SUMS - sum;
  const after = before + (units > room ? room : units);
  const others = rule.ledger === "turn" ? [] : [...counter].filter(([place]) => place !== at);
  return new Map([...others, [at, after < 0n ? 0n : after]]);
}

/** The figure that a result names, in units, rounded up; undefined: it names none that counts. */
export function actualUnits(rule: Budget, request: Request): bigint | undefined {
  const { kind } = rule.measure;
  const figure = kind === "cost" || kind === "tokens" || kind === "elapsed" ? request.actual[kind] : undefined;
  if (figure === undefined || figure.digits < 0n) return undefined;
  const exponent = unitExponent(rule.limit);
  const most = 9n * 10n ** 17n;
  const shift = figure.exponent - exponent;
  if (shift > 40) return figure.digits === 0n ? 0n : most;
  const unit = 10n ** BigInt(Math.max(0, -shift));
  const whole = figure.digits * 10n ** BigInt(Math.max(0, shift));
  const units = (whole + unit - 1n) / unit;
  return units > most ? most : units;
}

/** −s for the largest s in 0..9 with limit × 10^s below 9 × 10^17. */
function unitExponent(limit: Decimal): number {
  for (let exponent = SMALLEST_EXPONENT; exponent <= 0; exponent += 1)
    if (compareDecimals(decimal(limit.digits, limit.exponent - exponent), LIMIT_OF_VALUES) < 0) return exponent;
  throw new Error("a limit that the checker refuses");
}

function measured({ measure }: Budget, environment: Environment, request: Request): Decimal | undefined {
  switch (measure.kind) {
    case "calls":
      return { digits: 1n, exponent: 0 };
    case "cost":
    case "tokens":
    case "elapsed": {
      const figure = request.estimate[measure.kind];
      return figure === undefined || figure.digits < 0n ? undefined : figure;
    }
    case "argument": {
      const value = read(measure.value, environment);
      return value.kind === "number" && value.value.digits >= 0n ? value.value : undefined;
    }
    case "count": {
      const list = read(measure.list, environment);
      return list.kind === "list" ? decimal(BigInt(list.items.length), 0) : undefined;
    }
    default:
      return unreachable(measure);
  }
}

function unitsOf(value: Decimal | undefined, exponent: number): bigint | undefined {
  if (value === undefined || (value.digits !== 0n && value.exponent < exponent)) return undefined;
  if (compareDecimals(decimal(value.digits, value.exponent - exponent), LIMIT_OF_VALUES) >= 0) return undefined;
  return value.digits === 0n ? 0n : scaled(value, exponent);
}
