/**
 * What `where` may ask (docs/semantics.md §6): each atom of the earlier call alone, or a comparison of it with this one.
 * A quantifier or a match that mixes both cannot be kept in an evidence row, and the checker refuses it.
 */
import type { Condition, Reference, Term } from "../../reference/contract.ts";
import { referencesOf } from "./terms.ts";

export function isStorable(condition: Condition): boolean {
  if (condition.kind === "and" || condition.kind === "or") return condition.parts.every(isStorable);
  if (condition.kind === "not") return isStorable(condition.part);
  const roots = new Set(rootsOf(condition).filter((root) => root !== "element"));
  const earlier = [...roots].some((root) => root.startsWith("prior_"));
  return !earlier || roots.size === 1 || condition.kind === "compare";
}

type Root = Reference["root"];

function rootsOf(condition: Condition): Root[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.flatMap(rootsOf);
    case "not":
      return rootsOf(condition.part);
    case "has":
    case "is":
    case "holds":
      return [condition.value.root];
    case "compare":
      return [...rootOf(condition.left), ...rootOf(condition.right)];
    case "under":
      return [...rootOf(condition.item), ...rootOf(condition.prefix)];
    case "includes":
      return [condition.list.root, ...rootOf(condition.item)];
    case "subset":
    case "overlaps":
      return [condition.list.root, ...(condition.set.kind === "list" ? [condition.set.list.root] : [])];
    case "quantifier":
      return [...condition.lists.map((list) => list.root), ...rootsOf(condition.body)];
    case "constant":
      return [];
    // about this call
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      return ["args"];
    default:
      return rootOf(condition.item);
  }
}

function rootOf(term: Term): Root[] {
  return term.kind === "blast" ? ["args"] : referencesOf(term).map(({ root }) => root);
}
