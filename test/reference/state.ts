/**
 * The state of a session as a plain value (docs/semantics.md §6): what the module keeps as keyed hashes in a blob is
 * here the values themselves, with the same capacities and the same evictions.
 */
import type { Obligation, Reason, StateRows } from "./contract.ts";
import type { Asked } from "./grounding/plant.ts";
import { emptyTable, type Table } from "./grounding/table.ts";
import type { Given, Labels } from "./labels.ts";
import type { Value } from "./value.ts";
import { NOTHING_SEEN, type SeenValues } from "./values.ts";

export interface RefState {
  /** Whose it is: contract, session and key; undefined while it is new. */
  readonly owner: string | undefined;
  readonly latest: number | undefined;
  /** Calls let through so far: the identity of a call, which its id is not. */
  readonly calls: number;
  /** The last sequence number given. */
  readonly sequence: number;
  /** In the order of the calls. */
  readonly pending: readonly PendingCall[];
  /** In the order in which the rows were made. */
  readonly evidence: readonly EvidenceRow[];
  /** Oldest first. */
  readonly items: readonly EvidenceItem[];
  /** By rule: the sequence number of the last call, or result, of its `since`. */
  readonly since: ReadonlyMap<string, number>;
  /** Rules (by name) that lost a row of evidence. */
  readonly forgotten: ReadonlySet<string>;
  /** By ledger and rule (`counterName`): units reserved and not released. */
  readonly counters: ReadonlyMap<string, Counter>;
  /** Beside the session, by `ledgerPlace`; one that is not here is new. */
  readonly ledgers: ReadonlyMap<string, LedgerState>;
  readonly approvals: readonly UsedApproval[];
  /** What was asked for, let through or not; the oldest first. */
  readonly attempts: readonly Attempt[];
  /** How many pending calls, rows of evidence and used approvals there may be. */
  readonly rows: { readonly pending: number; readonly evidence: number; readonly approvals: number };
  /** By a call that named no run. */
  readonly suspended: boolean;
  readonly labels: Labels;
  readonly values: SeenValues;
  readonly table: Table;
}

/** Units by place in time: a bucket, a period of the calendar, a turn, or 0 for good. */
export type Counter = ReadonlyMap<number, bigint>;
/** A ledger beside the session. */
export interface LedgerState {
  /** Contract and key under which it was written. */
  readonly owner: string;
  readonly latest: number;
  readonly suspended: boolean;
}

export interface PendingCall {
  readonly call: number;
  readonly id: string;
  readonly digest: string;
  readonly tool: number;
  readonly turn: number | undefined;
  readonly obligations: readonly Obligation[];
  /** Of a call that happens though it was not let through: why. */
  readonly refused: Reason | undefined;
  readonly time: number;
  readonly labels: Given;
  readonly reserved: readonly Reservation[];
  /** Traces of the arguments; undefined: too many. */
  readonly echo: ReadonlySet<string> | undefined;
  /** Arguments that name results, of those the ones that the user said. */
  readonly named: ReadonlySet<string>;
  /** Of a result that comes in pieces. */
  readonly stream: Stream;
  /** What its arguments ground once it has ended well; undefined: too much. */
  readonly asked: Asked | undefined;
}

/** What is held back, and whether a piece was denied or was the last. */
export interface Stream {
  readonly held: string;
  readonly end: "denied" | "last" | undefined;
}

export interface Reservation {
  /** Its rule's name. */
  readonly budget: string;
  /** `ledgerPlace` at the call. */
  readonly ledger: string;
  readonly units: bigint;
}

export interface Attempt {
  readonly tool: number;
  /** Equal for the same arguments; undefined: something in them is unknown. */
  readonly key: string | undefined;
  readonly denied: boolean;
}

export interface EvidenceRow {
  readonly rule: string;
  readonly call: number;
  readonly tool: number;
  readonly turn: number | undefined;
  readonly ok: boolean;
  /** Of the call, then of its ok result. */
  readonly time: number;
  /** Its sequence number when it was made. */
  readonly made: number;
  readonly sequence: number;
  readonly args: Value;
  /** Unknown until the result is there. */
  readonly result: Value;
}

/** One element of a list that a key looks into, or of a result whose rows are read. */
export interface EvidenceItem {
  /** `made` of the row that it belongs to. */
  readonly owner: number;
  readonly rule: string;
  /** The number of the key among the rule's keys. */
  readonly of: number | "row";
  readonly value: Value;
}

export interface UsedApproval {
  readonly rule: string;
  readonly id: string;
  /** The last time at which it still counts; undefined: it does not expire. */
  readonly until: number | undefined;
}

export function emptyState(): RefState {
  return {
    owner: undefined,
    latest: undefined,
    calls: 0,
    sequence: 0,
    pending: [],
    evidence: [],
    items: [],
    since: new Map(),
    forgotten: new Set(),
    counters: new Map(),
    ledgers: new Map(),
    approvals: [],
    attempts: [],
    rows: { pending: 32, evidence: 128, approvals: 32 },
    suspended: false,
    labels: new Map(),
    values: NOTHING_SEEN,
    table: emptyTable(),
  };
}

/** Full: the oldest call goes. Its reservations stay: it may have happened. */
export function addPending(state: RefState, call: PendingCall): RefState {
  return { ...state, pending: [...state.pending, call].slice(-state.rows.pending) };
}

/** Undefined: there is no room, even without those that have expired. */
export function addUsedApprovals(state: RefState, spent: readonly UsedApproval[], now: number): RefState | undefined {
  const merged = [...state.approvals];
  for (const approval of spent) {
    const at = merged.findIndex((a) => a.rule === approval.rule && a.id === approval.id);
    if (at < 0) merged.push(approval);
    else merged[at] = { ...approval, until: later(merged[at]!.until, approval.until) };
  }
  if (merged.length <= state.rows.approvals) return { ...state, approvals: merged };
  const live = merged.filter((approval) => approval.until === undefined || approval.until >= now);
  return live.length <= state.rows.approvals ? { ...state, approvals: live } : undefined;
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}

/** With as many rows as the contract says. */
export function sized(state: RefState, says: Partial<StateRows> = {}): RefState {
  const { tokens = state.table.rows, values = state.values.rows } = says;
  const { pending = state.rows.pending, evidence = state.rows.evidence, approvals = state.rows.approvals } = says;
  return {
    ...state,
    rows: { pending, evidence, approvals },
    table: { ...state.table, rows: tokens },
    values: { ...state.values, rows: values },
  };
}
