/**
 * What rules carry: obligations of the host by number, a `redact` once for each class, so that their union is that of sets; and rates,
 * which are budgets of calls.
 */
import type { Carried, Obligation } from "@thc/language";
import type { IrBudget } from "../ir/ir.ts";
import { budgetUnits } from "./decimals.ts";

export interface CarriedNumbers {
  readonly obligations: readonly number[];
  readonly rates: readonly number[];
}
const NOTHING: CarriedNumbers = { obligations: [], rates: [] };

export interface ObligationTable {
  readonly obligations: readonly Obligation[];
  /** The numbers of what one rule carries: a rate is counted once for all of its steps. */
  readonly rule: (name: string, carried: readonly Carried[]) => CarriedNumbers;
}

export function createObligations(budgets: IrBudget[]): ObligationTable {
  const obligations: Obligation[] = [];
  const keys = new Map<string, number>();
  const once = (key: string, add: () => number): number => {
    const number = keys.get(key) ?? add();
    keys.set(key, number);
    return number;
  };
  return {
    obligations,
    rule: (name, carried) => {
      if (carried.length === 0) return NOTHING;
      return {
        obligations: [
          ...new Set(
            carried
              .flatMap((one) => (one.kind === "rate" ? [] : apart(one)))
              .map((one) => once(keyOf(one), () => obligations.push(one) - 1)),
          ),
        ],
        rates: [
          ...new Set(
            carried.flatMap((one) =>
              one.kind === "rate" ? [once(`${name} ${keyOf(one)}`, () => budgets.push(callsPer(one)) - 1)] : [],
            ),
          ),
        ],
      };
    },
  };
}

const keyOf = (one: Carried): string => JSON.stringify(one, Object.keys(one).sort());

function apart(one: Obligation): readonly Obligation[] {
  return one.kind === "redact" ? one.classes.map((name) => ({ ...one, classes: [name] })) : [one];
}

function callsPer({ count, ms }: Extract<Carried, { kind: "rate" }>): IrBudget {
  const units = budgetUnits({ digits: BigInt(count), exponent: 0 });
  if (units === undefined) throw new Error("a rate does not fit");
  const counted = { measure: undefined, actual: undefined, scale: units.scale, limit: units.units };
  return { ledger: "session", ofDelegator: false, window: { kind: "rolling", ms }, ...counted };
}
