/** What a term reads. */
import type { Reference, Term } from "../../reference/contract.ts";

export function referencesOf(term: Term): readonly Reference[] {
  switch (term.kind) {
    case "literal":
      return [];
    case "reference":
      return [term];
    case "blast":
      return [term.environment, term.count, term.rollback].filter((fact) => fact !== undefined);
    case "count":
    case "fold":
      return [term.list];
    case "arithmetic":
      return [...referencesOf(term.left), ...referencesOf(term.right)];
    case "pick":
      return term.of.flatMap(referencesOf);
  }
}
