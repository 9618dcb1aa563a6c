/**
 * `where` of `require prior`: what it asks of the earlier call is answered when that call is seen, and kept in its evidence
 * row. An atom that reads only the call's arguments, or only its result, is kept as its truth; a comparison of the earlier
 * call with the present one keeps the earlier value. So a row holds no lists and no texts, only truths, numbers and hashes.
 */
import type { Condition, Reference, Term } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrCondition, Operand } from "../ir/ir.ts";
import { conditionText } from "../ir/text.ts";
import { computedAs, lowerCondition, operand, type Scope } from "./conditions.ts";

/** What a row keeps, by the moment it is read at. */
export type Kept =
  | { readonly kind: "truth"; readonly moment: Moment; readonly of: Condition }
  | { readonly kind: "value"; readonly moment: Moment; readonly of: Term };
export type Moment = "call" | "result" | "row";

export interface Where {
  readonly condition: IrCondition;
  readonly kept: readonly Kept[];
  /** Of each row of the result. */
  readonly keptOfRows: readonly Kept[];
}

export function lowerWhere(where: Condition, scope: Scope): Where {
  const kept: Kept[] = [];
  const keptOfRows: Kept[] = [];
  const numbers = new Map<string, number>();
  const keep = (k: Kept): Operand => {
    const isOfRow = k.moment === "row";
    const list = isOfRow ? keptOfRows : kept;
    const key = JSON.stringify(k, (_, v) => (typeof v === "bigint" ? `${v}n` : v));
    let index = numbers.get(key);
    if (index === undefined) {
      index = list.push(k) - 1;
      numbers.set(key, index);
    }
    return { kind: isOfRow ? "item" : "row", index };
  };
  const term = (t: Term): Operand => {
    const references = referencesOfTerm(t);
    const [moment, other] = momentsOf(references);
    if (moment === undefined) return operand(t, scope);
    if (other === undefined && references.every(isPrior)) return keep({ kind: "value", moment, of: t });
    // what is computed from several moments is computed when all are there, from what was kept
    if (t.kind === "arithmetic")
      return { kind: "arithmetic", op: t.op, as: computedAs(t.type), of: [term(t.left), term(t.right)] };
    if (t.kind === "pick") return { kind: "pick", op: t.op, as: computedAs(t.type), of: t.of.map(term) };
    return keep({ kind: "value", moment, of: t });
  };
  const go = (c: Condition): IrCondition => {
    if (c.kind === "and" || c.kind === "or") return { op: c.kind, parts: c.parts.map(go) };
    if (c.kind === "not") return { op: "not", part: go(c.part) };
    const references = referencesOf(c);
    const moments = momentsOf(references);
    const [moment] = moments;
    if (moment === undefined) return lowerCondition(c, scope);
    const pure = moments.length === 1 && references.every((r) => isPrior(r) || r.root === "element");
    if (pure) return { op: "holds", value: keep({ kind: "truth", moment, of: c }) };
    if (c.kind === "compare") return { op: "compare", sign: c.op, left: term(c.left), right: term(c.right) };
    throw contractTooLarge(
      `\`${conditionText(c)}\` asks an earlier call and the present one at once; only a comparison can`,
    );
  };
  return { condition: go(where), kept, keptOfRows };
}

const isPrior = (r: Reference): boolean =>
  r.root === "prior_args" || r.root === "prior_result" || r.root === "prior_row";

function momentsOf(references: readonly Reference[]): Moment[] {
  const call = references.some((r) => r.root === "prior_args");
  const result = references.some((r) => r.root === "prior_result");
  const row = references.some((r) => r.root === "prior_row");
  return [
    ...(call ? (["call"] as const) : []),
    ...(result ? (["result"] as const) : []),
    ...(row ? (["row"] as const) : []),
  ];
}

function referencesOfTerm(t: Term): Reference[] {
  switch (t.kind) {
    case "literal":
    case "blast": // about this call alone: the checker keeps it out of `where`
      return [];
    case "reference":
      return [t];
    case "count":
    case "fold":
      return [t.list];
    case "arithmetic":
      return [...referencesOfTerm(t.left), ...referencesOfTerm(t.right)];
    case "pick":
      return t.of.flatMap(referencesOfTerm);
  }
}
function referencesOf(c: Condition): Reference[] {
  switch (c.kind) {
    case "constant":
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      return [];
    case "and":
    case "or":
      return c.parts.flatMap(referencesOf);
    case "not":
      return referencesOf(c.part);
    case "has":
    case "is":
    case "holds":
      return [c.value];
    case "compare":
      return [...referencesOfTerm(c.left), ...referencesOfTerm(c.right)];
    case "under":
      return [...referencesOfTerm(c.item), ...referencesOfTerm(c.prefix)];
    case "member":
    case "host_in":
    case "ip_in":
    case "matches":
    case "regex":
    case "contains":
    case "starts_with":
      return referencesOfTerm(c.item);
    case "includes":
      return [c.list, ...referencesOfTerm(c.item)];
    case "subset":
    case "overlaps":
      return c.set.kind === "list" ? [c.list, c.set.list] : [c.list];
    case "quantifier":
      return [...c.lists, ...referencesOf(c.body)];
  }
}
