/** What a term reads, and what a condition does. */
import { unreachable } from "../unreachable.ts";
import type { Condition, Reference, Term } from "./contract.ts";

/** Every reference in it: lists whole, the facts of a blast radius. */
export function referencesOf(term: Term): readonly Reference[] {
  switch (term.kind) {
    case "literal":
      return [];
    case "reference":
      return [term];
    case "count":
    case "fold":
      return [term.list];
    case "blast":
      return [term.environment, term.count, term.rollback].filter((fact) => fact !== undefined);
    case "arithmetic":
      return [...referencesOf(term.left), ...referencesOf(term.right)];
    case "pick":
      return term.of.flatMap(referencesOf);
  }
}

/** Every reference in it. */
export function visitReferences(condition: Condition, visit: (reference: Reference) => void): void {
  const terms = (...all: readonly Term[]): void => {
    for (const term of all) referencesOf(term).forEach(visit);
  };
  switch (condition.kind) {
    case "constant":
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      break;
    case "and":
    case "or":
      for (const part of condition.parts) visitReferences(part, visit);
      break;
    case "not":
      visitReferences(condition.part, visit);
      break;
    case "has":
    case "is":
    case "holds":
      visit(condition.value);
      break;
    case "compare":
      terms(condition.left, condition.right);
      break;
    case "member":
    case "host_in":
    case "ip_in":
    case "matches":
    case "regex":
    case "contains":
    case "starts_with":
      terms(condition.item);
      break;
    case "under":
      terms(condition.item, condition.prefix);
      break;
    case "includes":
      visit(condition.list);
      terms(condition.item);
      break;
    case "subset":
    case "overlaps":
      visit(condition.list);
      if (condition.set.kind === "list") visit(condition.set.list);
      break;
    case "quantifier":
      condition.lists.forEach(visit);
      visitReferences(condition.body, visit);
      break;
    default:
      unreachable(condition);
  }
}
