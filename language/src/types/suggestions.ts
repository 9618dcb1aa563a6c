/**
 * What to do instead: a cloud action or a text behind `suggest`. A denial that is about one cloud action and says nothing gets what the
 * registry's curated table says of it.
 */
import type * as Ast from "../syntax/ast.ts";
import type { Condition, Suggestion } from "./contract.ts";
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
  const own = tools.map(({ action }) => (action?.kind === "is" ? action.action.name : undefined));
  const named = when === undefined ? [] : namedActions(when);
  const about = new Set(named.length > 0 ? named : own);
  const [action] = about;
  return about.size === 1 && action !== undefined ? names.registry.suggestion(action) : undefined;
}

/** Actions that the condition asks for; one behind `not` is not asked for. */
function namedActions(condition: Condition): readonly string[] {
  if (condition.kind === "and" || condition.kind === "or") return condition.parts.flatMap(namedActions);
  if (condition.kind !== "member") return [];
  return condition.values.flatMap(({ type, value }) =>
    type.kind === "cloud_action" && typeof value === "string" ? [value] : [],
  );
}
