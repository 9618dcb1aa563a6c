/**
 * Ledgers: where budgets are counted (docs/semantics/history.md §1). The session's is the state itself; run, agent, team and global have
 * one each by their ids, and are written only when something in them changes.
 */
import type { BudgetLedger, Contract, Ledger } from "./contract.ts";
import type { Link, Request } from "./request.ts";
import { requestMember } from "./request.ts";
import type { LedgerState, RefState } from "./state.ts";

/**
 * The place in `RefState.ledgers`, and the first part of a counter's; undefined: the request does not say whose it is. `of`: the link
 * whose it is; left out: the principal's.
 */
export function ledgerPlace(ledger: BudgetLedger, request: Request, of?: Link): string | undefined {
  switch (ledger) {
    case "session":
      return "session";
    case "turn":
      return request.turn === undefined ? undefined : "session";
    case "global":
      return "global";
    case "agent":
      return JSON.stringify([ledger, of === undefined ? request.principal : of.id]);
    case "run":
      return named(ledger, requestMember(request.whole, "context", "run"));
    case "team":
      return named(
        ledger,
        of === undefined ? requestMember(request.whole, "principal", "team") : of.whole.members.get("team"),
      );
    default:
      throw new Error("a ledger that is none");
  }
}

function named(ledger: Ledger, id: ReturnType<typeof requestMember>): string | undefined {
  return id?.kind === "string" ? JSON.stringify([ledger, id.value]) : undefined;
}

/** Beside the session, those that the contract counts in. */
export function ledgersOf(contract: Contract): readonly Ledger[] {
  const kept = new Set<BudgetLedger>(contract.rules.flatMap((rule) => (rule.kind === "budget" ? [rule.ledger] : [])));
  if (suspendsRuns(contract)) kept.add("run");
  return (["run", "agent", "team", "global"] as const).filter((ledger) => kept.has(ledger));
}

/** Whose own ledgers are counted in beside the principal's: agents of the chain, as many as there may be. */
function delegatorsOf(contract: Contract, { chain = [] }: Request): readonly Link[] {
  const depths = contract.rules.flatMap((rule) => (rule.kind === "delegation" ? [rule.depth] : []));
  return chain.filter((link) => !link.user).slice(0, Math.max(0, ...depths));
}

/** Of the ledgers that this event names. */
export function placesOf(contract: Contract, request: Request): readonly string[] {
  const delegators = delegatorsOf(contract, request);
  return ledgersOf(contract).flatMap((ledger) => {
    const others = ledger === "agent" || ledger === "team" ? delegators : [];
    return [undefined, ...others].flatMap((of) => ledgerPlace(ledger, request, of) ?? []);
  });
}

/** Of the ledgers that this event names and that are not new. */
export function statesOf(contract: Contract, request: Request, state: RefState): readonly LedgerState[] {
  if (request.event === "message") return [];
  return placesOf(contract, request).flatMap((place) => state.ledgers.get(place) ?? []);
}

export function ledgerOwner(contractDigest: Uint8Array, request: Request): string {
  return JSON.stringify([Buffer.from(contractDigest).toString("hex"), request.ledgerKey]);
}

/** Written at `now`, when it is one beside the session. */
export function touched(state: RefState, place: string, owner: string, now: number): RefState {
  if (place === "session") return state;
  const before = state.ledgers.get(place);
  const after: LedgerState = { suspended: false, ...before, owner, latest: now };
  return { ...state, ledgers: new Map([...state.ledgers, [place, after]]) };
}

/** Some rule says `suspend run`. */
export function suspendsRuns(contract: Contract): boolean {
  return contract.rules.some((rule) => {
    const outcomes =
      rule.kind === "loop" ? rule.steps.map((s) => s.otherwise) : "otherwise" in rule ? [rule.otherwise] : [];
    return outcomes.flat().some((part) => part.kind === "suspend");
  });
}

/** The run of the call; a call that names none suspends its session. */
export function suspendRun(
  { contractDigest, request, now }: { contractDigest: Uint8Array; request: Request; now: number },
  state: RefState,
): RefState {
  const place = ledgerPlace("run", request);
  if (place === undefined) return { ...state, suspended: true };
  const written = touched(state, place, ledgerOwner(contractDigest, request), now);
  const ledgers = new Map([...written.ledgers, [place, { ...written.ledgers.get(place)!, suspended: true }]]);
  return { ...written, ledgers };
}

export function isSuspended(request: Request, state: RefState): boolean {
  const place = ledgerPlace("run", request);
  return state.suspended || (place !== undefined && state.ledgers.get(place)?.suspended === true);
}
