/** `require prior` and `require no prior` over the rows of evidence (docs/semantics.md §6). */

import { evaluate } from "./condition.ts";
import type { RequirePrior } from "./contract.ts";
import { type Environment, read } from "./read.ts";
import type { EvidenceRow, RefState } from "./state.ts";
import { certain } from "./truth.ts";
import { equalValues, type Value } from "./value.ts";

export function hasPrior(
  rule: RequirePrior,
  environment: Environment,
  state: RefState,
  now: number,
  turn: number | undefined,
): boolean {
  const rows = state.evidence.filter(
    (row) => row.rule === rule.name && (rule.within === undefined || now - row.time <= rule.within),
  );
  return rule.negated ? isFirst(rule, environment, state, rows) : hasCandidate(rule, environment, rows, turn);
}

/** The latest row that matches decides: an old truth does not outlive a newer one. */
function hasCandidate(
  rule: RequirePrior,
  environment: Environment,
  rows: readonly EvidenceRow[],
  turn: number | undefined,
): boolean {
  const candidates = rows.filter(
    (row) =>
      (row.ok || rule.completion === "allowed") &&
      (turn === undefined || row.turn !== turn) &&
      keyEqualities(rule, environment, row).every((equal) => equal === true),
  );
  if (candidates.length === 0) return false;
  const latest = candidates.reduce((a, b) => (b.sequence > a.sequence ? b : a));
  return rule.where === undefined || certain(evaluate(rule.where, { ...environment, prior: latest }));
}

/** Nothing forgotten, and every row differs for certain. */
function isFirst(rule: RequirePrior, environment: Environment, state: RefState, rows: readonly EvidenceRow[]): boolean {
  if (state.forgotten.has(rule.name)) return false;
  if (rule.keys.some((key) => !isKnown(read(key.current, environment)))) return false;
  return rows.every((row) => keyEqualities(rule, environment, row).includes(false));
}

/** Per key: equal, different, or undefined when a side is not known. */
function keyEqualities(
  rule: RequirePrior,
  environment: Environment,
  row: EvidenceRow,
): readonly (boolean | undefined)[] {
  return rule.keys.map((key) =>
    equalValues(read(key.current, environment), read(key.prior, { ...environment, prior: row })),
  );
}

function isKnown(value: Value): boolean {
  return value.kind !== "absent" && value.kind !== "unknown";
}
