/** Budgets: what is counted, in which ledger, and where the figures stand in the request. */
import type { Budget, BudgetLedger, Ledger, Rule } from "@thc/language";
import { LEDGERS, unreachable } from "@thc/language";
import type { IrBudget, Operand } from "../ir/ir.ts";
import { slotOperand } from "./conditions.ts";
import { budgetUnits } from "./decimals.ts";
import type { SlotTable } from "./slots.ts";

/** Slots of the envelope: the request's estimate, and the result's figure. */
export const FIGURES = {
  cost: { estimate: 22, actual: 25 },
  tokens: { estimate: 23, actual: 26 },
  elapsed: { estimate: 24, actual: 27 },
} as const;

export function lowerBudget({ limit, measure, ledger, window, delegator }: Budget, slots: SlotTable): IrBudget {
  const units = budgetUnits(limit);
  if (units === undefined) throw new Error("a budget's limit does not fit");
  const ofDelegator = delegator !== undefined && isPersonal(ledger);
  const counted = { ledger, ofDelegator, window, scale: units.scale, limit: units.units };
  const slot = (n: number): Operand => ({ kind: "slot", slot: n, member: undefined });
  switch (measure.kind) {
    case "calls":
      return { ...counted, measure: undefined, actual: undefined };
    case "cost":
    case "tokens":
    case "elapsed": {
      const { estimate, actual } = FIGURES[measure.kind];
      return { ...counted, measure: slot(estimate), actual: slot(actual) };
    }
    case "argument":
      return { ...counted, measure: slotOperand(slots, measure.value), actual: undefined };
    case "count": {
      const list = slotOperand(slots, measure.list);
      return { ...counted, measure: { kind: "count", list }, actual: undefined };
    }
    default:
      return unreachable(measure);
  }
}

/** Each identity of a call has one of its own (docs/semantics/delegation.md). */
export const isPersonal = (ledger: BudgetLedger): boolean => ledger === "agent" || ledger === "team";

/** As many as a chain may have. */
export function delegatorsOf(rules: readonly Rule[], budgets: readonly IrBudget[]): number {
  if (!budgets.some(({ ledger }) => isPersonal(ledger))) return 0;
  return Math.max(0, ...rules.map((rule) => (rule.kind === "delegation" ? rule.depth : 0)));
}

/** The ledgers beside the session; a turn is counted in the session's. `suspends`: runs are, and their ledger says so. */
export function ledgersOf(budgets: readonly IrBudget[], suspends: boolean): readonly Ledger[] {
  const isKept = (ledger: Ledger) => (ledger === "run" && suspends) || budgets.some((b) => b.ledger === ledger);
  return LEDGERS.filter((ledger) => ledger !== "session" && isKept(ledger));
}
