/**
 * `where` and time: what an earlier call is asked is answered when that call is put on record, so an atom reads its
 * arguments, or its result, or this call; only a comparison may hold one against the other.
 */
import type { Condition, Reference, Term } from "./contract.ts";
import { referencesOf } from "./reads.ts";

/** The first atom that reads from two of them at once and is no comparison. */
export function mixedMoments(condition: Condition): Condition | undefined {
  if (condition.kind === "and" || condition.kind === "or") {
    for (const part of condition.parts) {
      const found = mixedMoments(part);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (condition.kind === "not") return mixedMoments(condition.part);
  if (condition.kind === "compare") return undefined;
  const roots = new Set(rootsOf(condition).filter((root) => root !== "element"));
  const earlier = roots.has("prior_args") || roots.has("prior_result") || roots.has("prior_row");
  return earlier && roots.size > 1 ? condition : undefined;
}

function rootsOf(condition: Condition): Reference["root"][] {
  switch (condition.kind) {
    case "constant":
      return [];
    // about this call
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      return ["args"];
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
    default:
      return rootOf(condition.item);
  }
}

function rootOf(term: Term): Reference["root"][] {
  if (term.kind === "blast") return ["args"];
  return referencesOf(term).map(({ root }) => root);
}
