/** `budget`: a limit over calls, or over a number or an amount of the call, summed up in the session. */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_LEDGERS, LATER_MEASURES, notAvailable } from "../syntax/later-words.ts";
import type { Clauses } from "./clauses.ts";
import type { Budget, Decimal } from "./contract.ts";
import { decimalOf } from "./literals.ts";
import { readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { isNumber, showType } from "./type.ts";

type BudgetHead = Extract<Ast.Head, { kind: "budget" }>;

/** Undefined when something was reported. */
export function readBudget(
  head: BudgetHead,
  clauses: Clauses,
  scope: Scope,
): { readonly limit: Decimal; readonly measure: Budget["measure"] } | undefined {
  const { report } = scope;
  const { limit: node } = head;
  if (node.kind === "duration") return void report(notAvailable("a budget of time is", node.span));
  if (!isLedger(clauses.per, scope)) return undefined;
  const measure = readMeasure(node, clauses.of, scope);
  const limit = decimalOf(node, report);
  if (measure === undefined || limit === undefined) return undefined;
  if (!isCountable(limit)) {
    const help = "a limit is not negative and has at most nine decimals, fewer when it is very large";
    return void report(error("THC3020", "this limit cannot be counted exactly", node.span, "", { help }));
  }
  return { limit, measure };
}

function isLedger(per: Clauses["per"], { report }: Scope): boolean {
  const ledger = per?.ledger;
  if (ledger === undefined) return false;
  if ("kind" in ledger) report(notAvailable("a budget by window is", ledger.span));
  else if (LATER_LEDGERS.has(ledger.text)) report(notAvailable(`a budget per \`${ledger.text}\` is`, ledger.span));
  else if (ledger.text === "session") return true;
  else {
    const help = didYouMean(ledger.text, ["session"]) ?? "budgets count per `session`";
    report(error("THC2011", `unknown ledger \`${ledger.text}\``, ledger.span, "", { help }));
  }
  return false;
}

function readMeasure(limit: Ast.NumberNode, of: Clauses["of"], scope: Scope): Budget["measure"] | undefined {
  const { report } = scope;
  const unit = limit.unit;
  const isCurrency = unit !== undefined && /^[A-Z]{3}$/.test(unit.text);
  if (unit !== undefined && !isCurrency && unit.text !== "calls" && unit.text !== "call") {
    if (LATER_MEASURES.has(unit.text)) return void report(notAvailable(`a budget of \`${unit.text}\` is`, unit.span));
    const help =
      didYouMean(unit.text, ["calls"]) ?? "a limit is `200 calls`, `500 USD`, or a plain number `of` an argument";
    return void report(error("THC2011", `unknown unit \`${unit.text}\``, unit.span, "", { help }));
  }
  if (of === undefined) {
    if (!isCurrency) return { kind: "calls" };
    const help = "say which argument is summed up: `of amount`";
    return void report(error("THC3020", "an amount of what is not said", limit.span, "", { help }));
  }
  const { measure } = of;
  if (measure.kind === "count") return void report(notAvailable("a budget of `count(…)` is", measure.span));
  if (measure.kind !== "path")
    return void report(error("THC3020", "a budget counts calls or an argument", measure.span));
  const [name, ...more] = measure.names;
  const isCalls = more.length === 0 && (name!.text === "calls" || name!.text === "call");
  if (isCalls && !isCurrency) return { kind: "calls" };
  if (more.length === 0 && LATER_MEASURES.has(name!.text))
    return void report(notAvailable(`a budget of \`${name!.text}\` is`, measure.span));
  return argumentMeasure(limit, measure, scope);
}

function argumentMeasure(limit: Ast.NumberNode, node: Ast.PathNode, scope: Scope): Budget["measure"] | undefined {
  const { report } = scope;
  const read = readPath(node, scope);
  if (read === undefined) return undefined;
  const { reference } = read;
  const { type } = reference;
  if (reference.root !== "args" || (!isNumber(type) && type.kind !== "money"))
    return void report(error("THC3020", `${showType(type)} is no number or amount of the call`, node.span));
  const name = reference.path[0]!;
  const lacking = scope.tools.filter((tool) => !tool.params.some((param) => param.name === name));
  if (lacking.length > 0) {
    const shown = list(
      lacking.slice(0, 3).map((tool) => tool.name),
      "and",
    );
    const help = `every call of ${shown} would be denied; say \`on …\``;
    return void report(
      error("THC3020", `\`${name}\` is not an argument of ${shown}`, node.span, "cannot be counted", { help }),
    );
  }
  const currency = limit.unit !== undefined && /^[A-Z]{3}$/.test(limit.unit.text) ? limit.unit.text : undefined;
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

/** docs/semantics.md, "Budgets": whole in units of 10^−s, for the largest s in 0..9 that keeps it below 9 × 10^17. */
function isCountable({ digits, exponent }: Decimal): boolean {
  if (digits < 0n) return false;
  for (let s = 9; s >= 0; s--) {
    const shift = exponent + s;
    if (shift < 0) return false;
    if (digits * 10n ** BigInt(shift) < 9n * 10n ** 17n) return true;
  }
  return false;
}
