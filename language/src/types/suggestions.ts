/**
 * What to do instead: a cloud action or a text behind `suggest`. A denial that is about one cloud action and says nothing gets what the
 * registry's curated table says of it.
 */
import type * as Ast from "../syntax/ast.ts";
import type { Condition, Suggestion, Tool } from "./contract.ts";
import type { Scope } from "./scope.ts";

/** Undefined when there is none, or it was reported. */
export function readSuggestion(
  node: Ast.ActionNode | Ast.TextNode | undefined,
  { names }: Scope,
): Suggestion | undefined {
  if (node === undefined) return undefined;
  if (!("kind" in node)) return { instead: node.value, because: undefined };
  return names.registry.find(node) === undefined ? undefined : { instead: node.text, because: undefined };
}

export function usualSuggestion(when: Condition | undefined, { names, tools }: Scope): Suggestion | undefined {
  const named = when === undefined ? NONE : namedActions(when);
  const [action, ...others] =
    named.length > 0 ? new Set(named) : tools.some(isAction) ? new Set(tools.map(ownAction)) : NONE;
  return others.length === 0 && action !== undefined ? names.registry.suggestion(action) : undefined;
}

const NONE: readonly string[] = [];
const isAction = ({ action }: Tool): boolean => action?.kind === "is";
const ownAction = ({ action }: Tool): string | undefined => (action?.kind === "is" ? action.action.name : undefined);

/** Actions that the condition asks for; one behind `not` is not asked for. */
function namedActions(condition: Condition): readonly string[] {
  if (condition.kind === "and" || condition.kind === "or")
    return condition.parts.some((part) => namedActions(part).length > 0) ? condition.parts.flatMap(namedActions) : NONE;
  if (condition.kind !== "member" || typeof condition.values[0]?.value !== "string") return NONE;
  return condition.values.flatMap(({ type, value }) =>
    type.kind === "cloud_action" && typeof value === "string" ? [value] : [],
  );
}
