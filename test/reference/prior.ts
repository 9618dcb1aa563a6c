/** `require prior` and `require no prior` over the rows of evidence (docs/semantics/evidence.md, "Satisfied"). */

import { evaluate } from "./condition.ts";
import type { EvidenceKey, RequirePrior } from "./contract.ts";
import { readsRows } from "./evidence.ts";
import { type Environment, fieldOf, read } from "./read.ts";
import type { EvidenceItem, EvidenceRow, RefState } from "./state.ts";
import { certain } from "./truth.ts";
import { equalValues, type Value } from "./value.ts";

interface Asked {
  readonly rule: RequirePrior;
  readonly environment: Environment;
  readonly items: readonly EvidenceItem[];
}

export function hasPrior(
  rule: RequirePrior,
  environment: Environment,
  state: RefState,
  now: number,
  turn: number | undefined,
): boolean {
  const after = state.since.get(rule.name) ?? 0;
  const inReach = (row: EvidenceRow) =>
    row.rule === rule.name && row.made > after && (rule.within === undefined || now - row.time <= rule.within);
  const rows = state.evidence.filter(inReach);
  const asked: Asked = { rule, environment, items: state.items.filter((item) => item.rule === rule.name) };
  if (!rule.negated) return hasCandidate(asked, rows, turn);
  const known = rule.keys.every((key) => isKnown(read(key.current, environment)));
  return known && !state.forgotten.has(rule.name) && rows.every((row) => differs(asked, row));
}

/** The latest row that matches decides: an old truth does not outlive a newer one. */
function hasCandidate(asked: Asked, rows: readonly EvidenceRow[], turn: number | undefined): boolean {
  const { completion, where } = asked.rule;
  const candidates = rows.filter(
    (row) => (row.ok || completion === "allowed") && (turn === undefined || row.turn !== turn) && matches(asked, row),
  );
  if (candidates.length === 0) return false;
  const latest = candidates.reduce((a, b) => (b.sequence > a.sequence ? b : a));
  if (where === undefined) return true;
  const isTrue = (row?: Value) => certain(whereOf(asked, latest, row));
  if (!mentionsRow(asked)) return isTrue();
  return rowItems(asked, latest).some((item) => rowEqual(asked, item) === true && isTrue(item));
}

function matches(asked: Asked, row: EvidenceRow): boolean {
  const { rule } = asked;
  return (
    rule.keys.every((key, i) => {
      if (key.prior.root === "prior_row") return true;
      if (!key.isIn) return keyEqual(asked, key, row) === true;
      return elements(asked, row, i).some((item) => equalValues(current(asked, key), item) === true);
    }) &&
    (!readsRows(rule) || rowItems(asked, row).some((item) => rowEqual(asked, item) === true))
  );
}

/** For certain; what is unknown does not differ. */
function differs(asked: Asked, row: EvidenceRow): boolean {
  const { rule } = asked;
  const byKey = rule.keys.some((key, i) => {
    if (key.prior.root === "prior_row") return false;
    if (!key.isIn) return keyEqual(asked, key, row) === false;
    const list = fieldOf(key.prior.root === "prior_args" ? row.args : row.result, key.prior.path);
    return (
      list.kind === "list" && elements(asked, row, i).every((item) => equalValues(current(asked, key), item) === false)
    );
  });
  if (byKey) return true;
  const isFalse = (item?: Value) => rule.where !== undefined && whereOf(asked, row, item) === false;
  if (!readsRows(rule)) return isFalse();
  const byRow =
    row.result.kind === "list" &&
    rowItems(asked, row).every((item) => rowEqual(asked, item) === false || (mentionsRow(asked) && isFalse(item)));
  return byRow || (!mentionsRow(asked) && isFalse());
}

const current = ({ environment }: Asked, key: EvidenceKey): Value => read(key.current, environment);

/** Undefined when a side is not known. */
function keyEqual(asked: Asked, key: EvidenceKey, row: EvidenceRow): boolean | undefined {
  return equalValues(current(asked, key), read(key.prior, { ...asked.environment, prior: row }));
}

/** All keys of a row together; undefined when one of them, there or here, is not known. */
function rowEqual(asked: Asked, item: Value): boolean | undefined {
  const keys = asked.rule.keys.filter((key) => key.prior.root === "prior_row");
  const equal = keys.map((key) => equalValues(current(asked, key), fieldOf(item, key.prior.path)));
  return equal.includes(undefined) ? undefined : !equal.includes(false);
}

function elements({ items }: Asked, row: EvidenceRow, of: EvidenceItem["of"]): readonly Value[] {
  return items.filter((item) => item.owner === row.made && item.of === of).map((item) => item.value);
}

function rowItems(asked: Asked, row: EvidenceRow): readonly Value[] {
  return elements(asked, row, "row");
}

/** `where` itself reads a row, not only a key. */
function mentionsRow({ rule }: Asked): boolean {
  return readsRows({ ...rule, keys: [] });
}

function whereOf({ rule, environment }: Asked, row: EvidenceRow, item: Value | undefined) {
  const prior = { args: row.args, result: row.result, ...(item === undefined ? {} : { row: item }) };
  return evaluate(rule.where!, { ...environment, prior });
}

function isKnown(value: Value): boolean {
  return value.kind !== "absent" && value.kind !== "unknown";
}
