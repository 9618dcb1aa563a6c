/** Written cloud actions as values: each is linked, and a glob is all that it matches. */
import type * as Ast from "../syntax/ast.ts";
import type { Literal } from "./contract.ts";
import type { Scope } from "./scope.ts";

/** Undefined when it was reported. */
export function actionLiterals(node: Ast.ActionNode, { names }: Scope): readonly Literal[] | undefined {
  return names.registry
    .link(node.text, node.span)
    ?.map(({ name }) => ({ kind: "literal", type: { kind: "cloud_action" }, value: name }));
}
