/**
 * Conditions to terms of the classifier. A condition is brought into negation normal form (De Morgan holds for Kleene's
 * values), then into at most MAX_TERMS conjunctions; what a field can decide (fields.ts) becomes a literal, the rest a residual.
 * Both "certainly true" and "possibly true" distribute over `and` and `or`, so a rule splits the same way for either.
 */
import type { IrCondition } from "../ir/ir.ts";

const MAX_TERMS = 8;

export interface Atom {
  readonly condition: IrCondition;
  readonly negated: boolean;
}
/** Disjunction of conjunctions of (possibly negated) conditions that are neither `and` nor `or` where it was worth it. */
export function conjunctions(condition: IrCondition | undefined): readonly (readonly Atom[])[] {
  if (condition === undefined) return [[]];
  if (condition.op === "and" && condition.parts.every(isLiteral)) return [condition.parts.map(literalOf)];
  const split = dnf({ condition, negated: false });
  return split ?? [[{ condition, negated: false }]];
}

/** What most conditions are made of: a test, or that it does not hold. */
const isTest = ({ op }: IrCondition): boolean => op !== "and" && op !== "or" && op !== "not" && op !== "constant";
const isLiteral = (c: IrCondition): boolean => isTest(c.op === "not" ? c.part : c);
const literalOf = (c: IrCondition): Atom =>
  c.op === "not" ? { condition: c.part, negated: true } : { condition: c, negated: false };

function dnf({ condition: c, negated }: Atom): (readonly Atom[])[] | undefined {
  if (c.op === "not") return dnf({ condition: c.part, negated: !negated });
  if (c.op === "constant") return c.value !== negated ? [[]] : [];
  if (c.op !== "and" && c.op !== "or") return [[{ condition: c, negated }]];
  const parts = c.parts.map((p) => dnf({ condition: p, negated }) ?? [[{ condition: p, negated }]]);
  if ((c.op === "or") !== negated) {
    const all = parts.flat();
    return all.length > MAX_TERMS ? undefined : all;
  }
  let product: Atom[][] = [[]];
  for (const p of parts) {
    if (product.length * p.length > MAX_TERMS) return undefined;
    const [only, ...others] = p;
    if (only !== undefined && others.length === 0) {
      for (const left of product) left.push(...only);
      continue;
    }
    product = product.flatMap((left) => p.map((right) => [...left, ...right]));
  }
  return product;
}
