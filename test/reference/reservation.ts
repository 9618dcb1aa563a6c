/** Reservations: made when a call is let through, put right by its result (docs/semantics/history.md §2). */
import { actualUnits, counted, counterName, placeInTime } from "./budget.ts";
import type { Budget, Rule } from "./contract.ts";
import type { Call, Event } from "./event.ts";
import { ledgerOwner, ledgerPlace, touched } from "./ledgers.ts";
import type { PendingCall, RefState, Reservation } from "./state.ts";
import type { Verdict } from "./verdict.ts";

/** Later than this after its call, a result gives nothing back. */
const COMMITS = 3_600_000;

export function reservations(call: Call, verdicts: readonly Verdict[]): ReadonlyMap<string, Reservation> {
  return new Map(
    verdicts.flatMap(({ rule, units }) => {
      if (rule.kind !== "budget" || units === undefined) return [];
      return [[rule.name, { ledger: ledgerPlace(rule.ledger, call.request)!, units }] as const];
    }),
  );
}

export function reserve(call: Call, reserved: ReadonlyMap<string, Reservation>, state: RefState): RefState {
  return [...reserved].reduce((before, [name, { ledger, units }]) => {
    const rule = budgetNamed(call.contract.rules, name);
    // a figure that is 0 for now has its place as well: the result may say more
    if (units === 0n && !isFigure(rule)) return before;
    return count(call, rule, ledger, placeInTime(rule, call.request, call.now), units, before);
  }, state);
}

/** The actual figures in the places of what the call reserved. */
export function settle(event: Event, pending: PendingCall, released: boolean, state: RefState): RefState {
  return [...pending.reserved].reduce((before, [name, { ledger, units }]) => {
    const rule = budgetNamed(event.contract.rules, name);
    const actual = actualUnits(rule, event.request) ?? (released ? 0n : units);
    const delta = actual - units;
    const tooLate = delta < 0n && event.now - pending.time > COMMITS;
    const same = rule.ledger === "turn" || ledgerPlace(rule.ledger, event.request) === ledger;
    if (delta === 0n || tooLate || !same) return before;
    return count(event, rule, ledger, placeInTime(rule, pending, pending.time), delta, before);
  }, state);
}

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

function budgetNamed(rules: readonly Rule[], name: string): Budget {
  const rule = rules.find((r) => r.name === name);
  if (rule?.kind !== "budget") throw new Error("a reservation without a budget");
  return rule;
}
