/** `budget`: a limit over calls, or over what calls cost or carry, summed up in a ledger, for good or in a window. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Names } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_LEDGERS, notAvailable } from "../syntax/later-words.ts";
import { LEDGERS } from "../vocabulary.ts";
import { CALENDAR, type Clauses } from "./clauses.ts";
import type { Budget, BudgetLedger, Decimal, Measure, Rule, Window } from "./contract.ts";
import { normalise, readDuration } from "./decimal.ts";
import { decimalOf } from "./literals.ts";
import { positiveDuration } from "./numbers.ts";
import { mapList, readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { isNumber, showType } from "./type.ts";

type BudgetHead = Extract<Ast.Head, { kind: "budget" }>;
type Counted = Pick<Budget, "limit" | "measure" | "ledger" | "window">;

const BUDGET_LEDGERS = [...LEDGERS, "turn"] as const;
const CURRENCY = /^[A-Z]{3}$/;

/** Undefined when something was reported. */
export function readBudget(head: BudgetHead, clauses: Clauses, scope: Scope): Counted | undefined {
  const { report } = scope;
  const ledger = readLedger(clauses.per, scope);
  const window = clauses.window === undefined ? "none" : readWindow(clauses.window, scope);
  const measure = readMeasure(head.limit, clauses.of, scope);
  const limit = readLimit(head.limit, scope);
  if (ledger === undefined || window === undefined || measure === undefined || limit === undefined) return undefined;
  if (ledger === "turn" && window !== "none") {
    const help = "a turn is over before a window is; leave one of them out";
    return void report(error("THC3071", "a window within a turn", clauses.window!.span, "", { help }));
  }
  if (!isCountable(limit)) {
    const help = "a limit is not negative and has at most nine decimals, fewer when it is very large";
    return void report(error("THC3020", "this limit cannot be counted exactly", head.limit.span, "", { help }));
  }
  return { limit, measure, ledger, window: window === "none" ? undefined : window };
}

function readLedger(per: Clauses["per"], { report }: Scope): BudgetLedger | undefined {
  const word = per?.ledger;
  if (word === undefined || "kind" in word) return undefined;
  const known = BUDGET_LEDGERS.find((ledger) => ledger === word.text);
  if (known !== undefined) return known;
  if (LATER_LEDGERS.has(word.text)) return void report(notAvailable(`a budget per \`${word.text}\` is`, word.span));
  const window = { second: "1s", minute: "1m", hour: "1h" }[word.text];
  const help =
    (window && `write whose calls count, then the window: \`per session per ${window}\``) ??
    didYouMean(word.text, [...BUDGET_LEDGERS, ...CALENDAR]) ??
    `budgets count per ${list(BUDGET_LEDGERS, "or")}`;
  return void report(error("THC2011", `unknown ledger \`${word.text}\``, word.span, "", { help }));
}

function readWindow({ ledger }: NonNullable<Clauses["window"]>, { report }: Scope): Window | undefined {
  if ("kind" in ledger) {
    const ms = positiveDuration(ledger, report);
    return ms === undefined ? undefined : { kind: "rolling", ms };
  }
  const kind = CALENDAR.find((word) => word === ledger.text);
  return kind && { kind };
}

/** In the measure's unit; a duration in milliseconds. */
function readLimit(node: BudgetHead["limit"], { report }: Scope): Decimal | undefined {
  if (node.kind === "number") return decimalOf(node, report);
  const ms = readDuration(node.text);
  if (ms !== undefined) return normalise({ digits: BigInt(ms), exponent: 0 });
  return void report(error("THC3023", "the duration is out of range", node.span));
}

/** What stands behind the number: nothing, a currency, or `calls`. */
function unitOf(limit: BudgetHead["limit"], { report }: Scope): "none" | "currency" | "calls" | "duration" | undefined {
  if (limit.kind === "duration") return "duration";
  const { unit } = limit;
  if (unit === undefined) return "none";
  if (CURRENCY.test(unit.text)) return "currency";
  if (unit.text === "calls" || unit.text === "call") return "calls";
  const help =
    unit.text === "tokens"
      ? `write \`${limit.text} of tokens\``
      : (didYouMean(unit.text, ["calls"]) ??
        "a limit is `200 calls`, `500 USD`, `30m`, or a plain number `of` something");
  return void report(error("THC2011", `unknown unit \`${unit.text}\``, unit.span, "", { help }));
}

function readMeasure(limit: BudgetHead["limit"], of: Clauses["of"], scope: Scope): Measure | undefined {
  const { report } = scope;
  const unit = unitOf(limit, scope);
  if (unit === undefined) return undefined;
  if (of === undefined) {
    if (unit === "none" || unit === "calls") return { kind: "calls" };
    const help = unit === "duration" ? "write `of elapsed`" : "say what is summed up: `of cost`, or `of` an argument";
    return void report(error("THC3020", `${SHOWN[unit]} of what is not said`, limit.span, "", { help }));
  }
  const { measure } = of;
  if (measure.kind === "count") {
    if (unit === "none") return countMeasure(measure, scope);
    return void misfit(limit, "`count` is a plain number", scope);
  }
  if (measure.kind !== "path")
    return void report(error("THC3020", "a budget counts calls, costs or an argument", measure.span));
  const [first, ...more] = measure.names;
  const word = more.length === 0 ? first!.text : undefined;
  switch (word) {
    case "calls":
    case "call":
      if (unit === "none" || unit === "calls") return { kind: "calls" };
      return void misfit(limit, "`calls` are a plain number", scope);
    case "cost":
      if (unit === "currency" && limit.kind === "number") return { kind: "cost", currency: limit.unit!.text };
      return void misfit(limit, "`cost` is an amount, such as `5 USD of cost`", scope);
    case "tokens":
      if (unit === "none") return { kind: "tokens" };
      return void misfit(limit, "`tokens` are a plain number", scope);
    case "elapsed":
      if (unit === "duration") return { kind: "elapsed" };
      return void misfit(limit, "`elapsed` is a duration, such as `30m of elapsed`", scope);
    default:
      return argumentMeasure(limit, unit, measure, scope);
  }
}

const SHOWN = { currency: "an amount", duration: "a duration", none: "a number", calls: "calls" } as const;

function misfit(limit: BudgetHead["limit"], help: string, { report }: Scope): undefined {
  report(error("THC3020", "the limit and what it counts do not fit", limit.span, "", { help }));
}

function countMeasure(node: Extract<Ast.Operand, { kind: "count" }>, scope: Scope): Measure | undefined {
  const read = readPath(node.list, scope);
  if (read === undefined) return undefined;
  const reference = read.reference.type.kind === "map" ? mapList(read.reference, "map.values") : read.reference;
  if (reference.root !== "args" || reference.type.kind !== "list")
    return void scope.report(error("THC3020", `${showType(reference.type)} is no list of the call`, node.list.span));
  if (!isInAll(reference.path[0]!, node.span, scope)) return undefined;
  return { kind: "count", list: reference };
}

function argumentMeasure(
  limit: BudgetHead["limit"],
  unit: "none" | "currency" | "calls" | "duration",
  node: Ast.PathNode,
  scope: Scope,
): Measure | undefined {
  const { report } = scope;
  const read = readPath(node, scope);
  if (read === undefined) return undefined;
  const { reference } = read;
  const { type } = reference;
  if (reference.root !== "args" || (!isNumber(type) && type.kind !== "money"))
    return void report(error("THC3020", `${showType(type)} is no number or amount of the call`, node.span));
  const name = reference.path[0]!;
  if (!isInAll(name, node.span, scope)) return undefined;
  if (limit.kind === "duration") return void misfit(limit, `\`${name}\` is ${showType(type)}`, scope);
  const currency = unit === "currency" ? limit.unit!.text : undefined;
  const needed = type.kind === "money" ? type.currency : undefined;
  if (currency !== needed) {
    const help = needed === undefined ? "the argument is a plain number" : `write \`${limit.text} ${needed}\``;
    return void report(
      error("THC3002", `the limit and \`${name}\` differ in currency`, limit.span, `\`${name}\` is ${showType(type)}`, {
        help,
      }),
    );
  }
  return { kind: "argument", value: reference };
}

/** A target without the argument would be denied whatever it is called with. */
function isInAll(name: string, span: Ast.PathNode["span"], scope: Scope): boolean {
  const lacking = scope.tools.filter((tool) => !tool.params.some((param) => param.name === name));
  if (lacking.length === 0) return true;
  const shown = list(
    lacking.slice(0, 3).map((tool) => tool.name),
    "and",
  );
  const help = `every call of ${shown} would be denied; say \`on …\``;
  scope.report(error("THC3020", `\`${name}\` is not an argument of ${shown}`, span, "cannot be counted", { help }));
  return false;
}

/** docs/semantics/history.md, "Budgets": whole in units of 10^−s, for the largest s in 0..9 that keeps it below 9 × 10^17. */
function isCountable({ digits, exponent }: Decimal): boolean {
  if (digits < 0n) return false;
  for (let s = 9; s >= 0; s--) {
    const shift = exponent + s;
    if (shift < 0) return false;
    if (digits * 10n ** BigInt(shift) < 9n * 10n ** 17n) return true;
  }
  return false;
}

/** The host sends costs as plain numbers: what they are amounts of is said once for the whole contract. */
export function oneCurrency(rules: readonly (Rule | undefined)[], names: Names, report: Report): void {
  let first: { readonly currency: string; readonly span: Span } | undefined;
  rules.forEach((rule, i) => {
    if (rule?.kind !== "budget" || rule.measure.kind !== "cost") return;
    const { currency } = rule.measure;
    const { origin } = names.rules[i]!;
    const head = origin.kind === "written" ? origin.node.head : undefined;
    const span = head?.kind === "budget" ? head.limit.span : rule.span;
    first ??= { currency, span };
    if (first.currency === currency) return;
    report(
      error("THC3070", `costs are counted in \`${currency}\` here, in \`${first.currency}\` before`, span, "", {
        related: [{ span: first.span, text: "first here" }],
        help: "the host sends one number: count all costs in one currency",
      }),
    );
  });
}
