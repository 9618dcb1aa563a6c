/** Evidence: what calls leave for `require prior` (docs/semantics/evidence.md, "Rows", "Capacities"). */
import type { Contract, RequirePrior } from "./contract.ts";
import { fieldOf } from "./read.ts";
import type { EvidenceItem, EvidenceRow, RefState } from "./state.ts";
import { UNKNOWN, type Value } from "./value.ts";

/** For each row of evidence that there may be. */
const ITEMS_A_ROW = 4;

export function priorRules(contract: Contract): readonly RequirePrior[] {
  return contract.rules.filter((rule) => rule.kind === "require_prior");
}

/** A key or `where` has `prior.row`. */
export function readsRows({ keys, where }: RequirePrior): boolean {
  const mentions = (value: unknown): boolean =>
    value !== null &&
    typeof value === "object" &&
    (("root" in value && value.root === "prior_row") || Object.values(value).some(mentions));
  return mentions([keys, where]);
}

/** The rows of a call that is let through. */
export function recordEvidence(
  state: RefState,
  contract: Contract,
  row: Pick<EvidenceRow, "call" | "tool" | "turn" | "time" | "args">,
): RefState {
  let next = state;
  for (const rule of priorRules(contract).filter(({ tools }) => tools.includes(row.tool))) {
    const made = next.sequence + 1;
    const whole = { ...row, rule: rule.name, made, sequence: made, ok: false, result: UNKNOWN };
    next = addRow({ ...next, sequence: made }, whole);
    next = addItems(next, rule, made, "prior_args", row.args);
  }
  return markSince(next, contract, row.tool);
}

/** An ok result that fits. */
export function completeEvidence(
  state: RefState,
  contract: Contract,
  call: number,
  time: number,
  result: Value,
): RefState {
  let next = state;
  for (const { made, rule } of state.evidence.filter((row) => row.call === call)) {
    const sequence = next.sequence + 1;
    const complete = (row: EvidenceRow) => (row.made === made ? { ...row, ok: true, time, sequence, result } : row);
    next = { ...next, sequence, evidence: next.evidence.map(complete) };
    next = addItems(next, priorRules(contract).find((r) => r.name === rule)!, made, "prior_result", result);
  }
  return next;
}

/** What did not complete is no evidence, but it was allowed. */
export function dropEvidence(state: RefState, contract: Contract, call: number): RefState {
  const allowed = priorRules(contract).filter(({ completion }) => completion === "allowed");
  const goes = (row: EvidenceRow) => row.call === call && !allowed.some((rule) => rule.name === row.rule);
  return withoutRows(state, state.evidence.filter(goes));
}

/** A call, or a result, of this tool: evidence made before counts no more where a rule says so. */
export function markSince(state: RefState, contract: Contract, tool: number): RefState {
  const rules = priorRules(contract).filter(({ since }) => since?.includes(tool));
  if (rules.length === 0) return state;
  const sequence = state.sequence + 1;
  return {
    ...state,
    sequence,
    since: new Map([...state.since, ...rules.map((rule) => [rule.name, sequence] as const)]),
  };
}

/** Full: the row with the lowest sequence number goes, and its rule has forgotten. */
function addRow(state: RefState, row: EvidenceRow): RefState {
  const next = { ...state, evidence: [...state.evidence, row] };
  if (next.evidence.length <= state.rows.evidence) return next;
  const oldest = next.evidence.reduce((a, b) => (b.sequence < a.sequence ? b : a));
  return { ...withoutRows(next, [oldest]), forgotten: new Set([...state.forgotten, oldest.rule]) };
}

function withoutRows(state: RefState, gone: readonly EvidenceRow[]): RefState {
  return {
    ...state,
    evidence: state.evidence.filter((row) => !gone.includes(row)),
    items: state.items.filter((item) => !gone.some((row) => row.made === item.owner)),
  };
}

/** The lists that the rule looks into, key by key, then the rows. */
function addItems(
  state: RefState,
  rule: RequirePrior,
  owner: number,
  root: "prior_args" | "prior_result",
  value: Value,
): RefState {
  const lists: readonly (readonly [EvidenceItem["of"], Value])[] = [
    ...rule.keys.flatMap(({ isIn, prior }, i) =>
      isIn && prior.root === root ? [[i, fieldOf(value, prior.path)] as const] : [],
    ),
    ...(root === "prior_result" && readsRows(rule) ? [["row", value] as const] : []),
  ];
  const added = lists.flatMap(([of, list]) =>
    list.kind === "list" ? list.items.map((item) => ({ owner, rule: rule.name, of, value: item })) : [],
  );
  const items = [...state.items, ...added];
  const first = Math.max(0, items.length - ITEMS_A_ROW * state.rows.evidence);
  const lost = items.slice(0, first).map((item) => item.rule);
  return { ...state, items: items.slice(first), forgotten: new Set([...state.forgotten, ...lost]) };
}
