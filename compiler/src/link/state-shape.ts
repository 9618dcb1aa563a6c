/**
 * The shape of a contract's states: what stands in the blob of each ledger, how many rows of what size, and so how large it gets
 * (docs/formats/state.md). The kernel reads the same numbers from the header.
 */
import { LEDGERS, type Ledger } from "@thc/language";
import type { Ir } from "../ir/ir.ts";
import { isPersonal } from "../lower/budgets.ts";
import { type Counters, placeCounters } from "./counters.ts";
import { originBytes } from "./grounding.ts";

export const CAPACITIES = { pending: 32, evidence: 128, tokens: 1024, approvals: 32, values: 1024, loop: 64 } as const;
/** Elements of lists, for each row of evidence that there may be. */
const ITEMS_A_ROW = 4;
const HEADER = 80;
const APPROVAL_ROW = 32;
const TOKEN_ROW = 16;
const LABELS = 16;
const VALUE_ROW = 16;
const ATTEMPT = 16;
/** In a pending row: labels that its result carries. */
const FLOW = 16;
/** Words of the run's and the team's hash, in a pending row; of a delegator's agent's and team's. */
const IDS = 16;
/** In a pending row: what is held back of a result that comes in pieces. */
const STREAM = 520;

export interface StateShape {
  readonly counters: Counters;
  readonly caps: { readonly [table in Exclude<keyof typeof CAPACITIES, "loop"> | "items"]: number };
  /** Attempts that are kept: no more than some loop looks back. */
  readonly attempts: number;
  readonly keys: number;
  /** In a pending row: what its result may ground. */
  readonly origins: number;
  readonly obligationBytes: number;
  readonly pendingRow: number;
  readonly evidenceRow: number;
  readonly itemRow: number;
  /** Where the labels of its result stand in a pending row; 0: none are kept. */
  readonly flowRow: number;
  /** Where the ids stand behind a pending row's reserved units; 0: there are none. */
  readonly ids: number;
  /** Where those of each delegator and what was reserved in its ledgers stand, alike; and how many budgets count there. */
  readonly chain: number;
  readonly shared: number;
  /** Where what is held back of its result stands in a pending row; 0: no rule looks at results. */
  readonly stream: number;
  /** Bytes of the session's blob before its rows, without the header; of all rows. */
  readonly fixed: number;
  readonly rows: number;
  /** Bytes of a blob without rows and with all of them, per ledger that is kept. */
  readonly sizes: ReadonlyMap<Ledger, { readonly least: number; readonly most: number }>;
}

export function stateShape(ir: Ir): StateShape {
  const counters = placeCounters(ir.budgets);
  const obligationBytes = Math.ceil(ir.obligations.length / 64) * 8;
  let [keys, values, rowValues] = [0, 0, 0];
  let hasItems = false;
  for (const { detail } of ir.rules)
    if (detail?.kind === "prior") {
      keys = Math.max(keys, detail.current.length);
      values = Math.max(values, detail.values);
      rowValues = Math.max(rowValues, detail.rowValues);
      hasItems ||= detail.readsRows || detail.kinds.includes("list");
    }
  const origins = originBytes(ir);
  const byValue = ir.valueLabels !== 0n;
  const own = 56 + obligationBytes;
  const reserved = 8 * ir.budgets.length + origins;
  const flowRow = byValue ? own + reserved : 0;
  const behind = reserved + (byValue ? FLOW : 0);
  const ids = ir.budgets.some((b) => b.ledger === "run" || b.ledger === "team") ? behind : 0;
  const named = behind + (ids === 0 ? 0 : IDS);
  const shared = ir.budgets.filter(({ ledger }) => isPersonal(ledger)).length;
  const chain = ir.delegators === 0 ? 0 : named;
  const whole = own + named + ir.delegators * (IDS + 8 * shared);
  const stream = ir.inspection?.results.some((rules) => rules.length > 0) === true ? whole : 0;
  const pendingRow = whole + (stream === 0 ? 0 : STREAM);
  const evidenceRow = 64 + 16 * keys + 24 * values;
  const itemRow = hasItems ? 32 + 24 * rowValues : 0;
  const labels = ir.labels.length === 0 ? 0 : LABELS + 8 * ir.labels.length;
  const fixed = counters.bytes.session + 8 * Math.ceil(ir.priors / 64) + 8 * Math.ceil(ir.sinces / 2) + labels;
  const room = { ...CAPACITIES, ...ir.rows };
  const attempts = ir.loops?.rows ?? 0;
  const caps = {
    pending: ir.stateful ? room.pending : 0,
    evidence: ir.priors > 0 ? room.evidence : 0,
    tokens: ir.classes.length > 0 ? room.tokens : 0,
    approvals: ir.rules.some((r) => r.approval !== undefined) ? room.approvals : 0,
    values: byValue ? room.values : 0,
    items: hasItems ? ITEMS_A_ROW * room.evidence : 0,
  };
  const rows =
    caps.pending * pendingRow +
    caps.approvals * APPROVAL_ROW +
    caps.evidence * evidenceRow +
    caps.tokens * TOKEN_ROW +
    caps.values * VALUE_ROW +
    attempts * ATTEMPT +
    caps.items * itemRow;
  const sizes = new Map<Ledger, { least: number; most: number }>();
  if (ir.stateful) sizes.set("session", { least: HEADER + fixed, most: HEADER + fixed + rows });
  for (const ledger of ir.ledgers) {
    const size = HEADER + counters.bytes[ledger];
    sizes.set(ledger, { least: size, most: size });
  }
  return {
    counters,
    caps,
    attempts,
    keys,
    origins,
    obligationBytes,
    pendingRow,
    evidenceRow,
    itemRow,
    flowRow,
    ids,
    chain,
    shared,
    stream,
    fixed,
    rows,
    sizes,
  };
}

/** Ledgers beside the session, by the numbers of their records: the principal's, then each delegator's. */
export const ledgerPlaces = (delegators: number): readonly Ledger[] => [
  ...LEDGERS.slice(1),
  ...Array.from({ length: delegators }, () => ["agent", "team"] as const).flat(),
];
