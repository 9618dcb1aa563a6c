/** Reservations: made when a call is let through, put right by its result (docs/semantics/history.md §2). */
import { actualUnits, counted, counterName, placeInTime } from "./budget.ts";
import type { Budget, Contract } from "./contract.ts";
import type { Call, Event } from "./event.ts";
import { ledgerOwner, placesOf, touched } from "./ledgers.ts";
import { budgetsOf } from "./rates.ts";
import type { PendingCall, RefState, Reservation } from "./state.ts";
import type { Verdict } from "./verdict.ts";

/** Later than this after its call, a result gives nothing back. */
const COMMITS = 3_600_000;

/** One a budget and ledger: whoever is asked again counts the same call. */
export function reservations(verdicts: readonly Verdict[]): readonly Reservation[] {
  const all = verdicts.flatMap(({ costs }) =>
    costs.map(({ budget, ledger, units }) => ({ budget: budget.name, ledger, units })),
  );
  return [...new Map(all.map((one) => [JSON.stringify([one.budget, one.ledger]), one])).values()];
}

export function reserve(call: Call, reserved: readonly Reservation[], state: RefState): RefState {
  return reserved.reduce((before, { budget, ledger, units }) => {
    const rule = budgetNamed(call.contract, budget);
    // a figure that is 0 for now has its place as well: the result may say more
    if (units === 0n && !isFigure(rule)) return before;
    return count(call, rule, ledger, placeInTime(rule, call.request, call.now), units, before);
  }, state);
}

/** The actual figures in the places of what the call reserved. */
export function settle(event: Event, pending: PendingCall, released: boolean, state: RefState): RefState {
  const named = ledgersNamed(event);
  return pending.reserved.reduce((before, { budget, ledger, units }) => {
    const rule = budgetNamed(event.contract, budget);
    const actual = actualUnits(rule, event.request) ?? (released ? 0n : units);
    const delta = actual - units;
    const tooLate = delta < 0n && event.now - pending.time > COMMITS;
    if (delta === 0n || tooLate || !named.includes(ledger)) return before;
    return count(event, rule, ledger, placeInTime(rule, pending, pending.time), delta, before);
  }, state);
}

const ledgersNamed = ({ contract, request }: Event): readonly string[] => ["session", ...placesOf(contract, request)];

function count(event: Event, rule: Budget, ledger: string, at: number, units: bigint, state: RefState): RefState {
  const name = counterName(ledger, rule);
  const before = state.counters.get(name) ?? new Map<number, bigint>();
  const written = touched(state, ledger, ledgerOwner(event.contractDigest, event.request), event.now);
  // another turn has taken its place
  if (rule.ledger === "turn" && [...before.keys()].some((turn) => turn > at)) return written;
  return { ...written, counters: new Map([...state.counters, [name, counted(rule, before, at, units)]]) };
}

function isFigure({ measure }: Budget): boolean {
  return measure.kind === "cost" || measure.kind === "tokens" || measure.kind === "elapsed";
}

function budgetNamed(contract: Contract, name: string): Budget {
  const budget = budgetsOf(contract).find((b) => b.name === name);
  if (budget === undefined) throw new Error("a reservation without a budget");
  return budget;
}
