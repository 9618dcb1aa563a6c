/** `TEXT matches /…/`: the text that an expression looks into. */
import { error } from "../diagnostics/diagnostic.ts";
import type { Condition } from "./contract.ts";
import { readTerm } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { type RelationNode, rawCompare, typeOfTerm } from "./terms.ts";
import { isCanonical, isPlainText, showType } from "./type.ts";
import { type RegexNode, readRegex } from "./written-regexes.ts";

/** Undefined when it was reported. Of a `let` the expression was reported where it stands: `isNamed`. */
export function typeRegex(
  node: RelationNode,
  written: RegexNode,
  scope: Scope,
  isNamed = false,
): Condition | undefined {
  const item = readTerm(node.left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (isCanonical(type)) {
    const raw = rawCompare(type, node);
    return void scope.report(
      type.kind === "path" ? { ...raw, help: 'a path is matched by globs: `matches "**/.env*"`' } : raw,
    );
  }
  if (!isPlainText(type))
    return void scope.report(
      error("THC3001", `an expression looks into texts, not into ${showType(type)}`, node.left.span),
    );
  const regex = readRegex(written, isNamed ? () => {} : scope.report);
  return regex && { kind: "regex", item, ...regex };
}
