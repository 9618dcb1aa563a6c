/**
 * `subset of`, `overlaps`, `includes`, and `in` with a list that is read: what is in which list. Elements are compared as `==` compares
 * them, hosts also with patterns; the list is read like any value, so an absent one needs `has` first.
 */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { actionLiterals } from "./actions.ts";
import { canonicalHostPattern } from "./canonical/host.ts";
import type { Condition, ElementSet, Literal, Reference, Type } from "./contract.ts";
import { readTerm } from "./expressions.ts";
import { badHostPattern, isBrokenLet, letSet, letValue } from "./lets.ts";
import { isLiteral, type LiteralNode, literalOf, nameLiteral } from "./literals.ts";
import { readRanges } from "./ranges.ts";
import { readListed } from "./references.ts";
import type { Scope } from "./scope.ts";
import { type RelationNode, typeOfTerm } from "./terms.ts";
import { comparable, isCanonical, isScalar, showType } from "./type.ts";

interface ScalarList {
  readonly reference: Reference;
  readonly element: Type;
}

/** Undefined when it was reported. */
export function typeListRelation(node: RelationNode, scope: Scope): Condition | undefined {
  if (node.op === "includes") return typeIncludes(node.left, node.right, scope);
  const [left, right] = [written(node.left, scope), written(node.right, scope)];
  if (left !== undefined && right !== undefined)
    return void scope.report(error("THC3001", "both lists are written out", node.span, "nothing is read"));
  if (left === undefined) {
    const list = readScalars(node.left, scope);
    const set = list && (right === undefined ? listSet(list, node.right, scope) : writtenSet(list, right, scope));
    return set && list && { kind: node.op === "overlaps" ? "overlaps" : "subset", list: list.reference, set };
  }
  const list = readScalars(node.right, scope);
  if (list === undefined) return undefined;
  if (node.op === "overlaps") {
    const set = writtenSet(list, left, scope);
    return set && { kind: "overlaps", list: list.reference, set };
  }
  // all that is written must be there
  const items = left.items.map((item) => elementLiteral(list.element, item, scope));
  if (!items.every((item) => item !== undefined)) return undefined;
  const parts = items.map((item): Condition => ({ kind: "includes", list: list.reference, item }));
  if (parts.length === 0)
    return void scope.report(error("THC3001", "nothing is asked of the list", node.left.span, "an empty list"));
  return parts.length === 1 ? parts[0] : { kind: "and", parts };
}

/** `LIST includes ITEM`, and `ITEM in LIST` of a list that is read. */
export function typeIncludes(listNode: Ast.Operand, itemNode: Ast.Operand, scope: Scope): Condition | undefined {
  const list = readScalars(listNode, scope);
  if (list === undefined) return undefined;
  const value = letValue(itemNode, scope) ?? itemNode;
  if (value.kind === "list" || letSet(itemNode, scope) !== undefined) {
    const help = "write `overlaps` for some of them, `[…] subset of LIST` for all";
    return void scope.report(error("THC3010", "`includes` is followed by one value", itemNode.span, "", { help }));
  }
  if (isLiteral(value)) {
    const item = elementLiteral(list.element, value, scope);
    return item && { kind: "includes", list: list.reference, item };
  }
  const item = readTerm(value, scope);
  if (item === undefined) return undefined;
  if (comparable(typeOfTerm(item), list.element)) return { kind: "includes", list: list.reference, item };
  return void scope.report(notComparable(list.element, typeOfTerm(item), itemNode.span));
}

/** Whether a name stands for a list that is read: no `let`, and no single value. */
export function isListRead(node: Ast.Operand, scope: Scope): boolean {
  if (node.kind !== "path" || isBrokenLet(node, scope)) return false;
  const name = node.names[0]!.text;
  if (node.names.length > 1) return true;
  return (
    !scope.names.lets.has(name) &&
    (scope.elements.some((element) => element.name === name) ||
      scope.tools.some((tool) => tool.params.some((param) => param.name === name)))
  );
}

function readScalars(node: Ast.Operand, scope: Scope): ScalarList | undefined {
  if (node.kind !== "path") {
    const what = isLiteral(node) ? nameLiteral(node) : "a value";
    return void scope.report(error("THC3010", `${what} is no list that is read`, node.span, "a list is needed"));
  }
  if (isBrokenLet(node, scope)) return undefined;
  const read = readListed(node, scope);
  if (read === undefined) return undefined;
  const { type } = read.reference;
  if (type.kind !== "list")
    return void scope.report(error("THC3010", `${showType(type)} is no list`, node.span, "a list is needed"));
  if (isScalar(type.element) && type.element.kind !== "json")
    return { reference: read.reference, element: type.element };
  const help = "ask about its elements: `every x in … (…)`, `any x in … (…)`";
  return void scope.report(
    error("THC3010", `the list holds ${showType(type.element)}, not single values`, node.span, "", { help }),
  );
}

interface Written {
  readonly items: readonly Ast.Operand[];
  readonly set: string | undefined;
  readonly span: Ast.Word["span"];
}

/** A list in the text, or a `let` that is one; undefined: something else stands there. */
function written(node: Ast.Operand, scope: Scope): Written | undefined {
  const set = letSet(node, scope);
  if (set !== undefined) {
    const items = set.values.map((text): LiteralNode => ({ kind: "text", value: text.value, span: node.span }));
    return { items, set: set.set.text, span: node.span };
  }
  const value = letValue(node, scope) ?? node;
  return value.kind === "list" ? { items: value.items, set: undefined, span: node.span } : undefined;
}

function writtenSet({ element }: ScalarList, { items, set, span }: Written, scope: Scope): ElementSet | undefined {
  if (set === "paths") {
    const help = "write `every p in LIST (p matches …)` or `any p in LIST (p matches …)`";
    return void scope.report(error("THC3001", "paths are globs, not values", span, "", { help }));
  }
  if (set === "hosts" && element.kind !== "host")
    return void scope.report(error("THC3001", `${showType(element)} is no Host`, span, "looked up in hosts"));
  if (element.kind === "ip") {
    const ranges = readRanges(items, scope);
    return ranges && { kind: "ranges", ranges };
  }
  if (element.kind === "host") {
    const patterns = items.map((item) => {
      const pattern = item.kind === "text" ? canonicalHostPattern(item.value) : undefined;
      if (pattern === undefined) scope.report(badHostPattern(item.span));
      return pattern;
    });
    if (!patterns.every((pattern) => pattern !== undefined)) return undefined;
    return { kind: "hosts", patterns: [...new Set(patterns)] };
  }
  const values: Literal[] = [];
  for (const item of items) {
    const found =
      element.kind === "cloud_action" && item.kind === "action"
        ? actionLiterals(item, scope)
        : [elementLiteral(element, item, scope)];
    if (found === undefined || !found.every((value) => value !== undefined)) return undefined;
    values.push(...found);
  }
  return { kind: "values", values };
}

function listSet(list: ScalarList, node: Ast.Operand, scope: Scope): ElementSet | undefined {
  const other = readScalars(node, scope);
  if (other === undefined) return undefined;
  const [a, b] = [list.element, other.element];
  if (comparable(a, b)) return { kind: "list", list: other.reference };
  return void scope.report(notComparable(a, b, node.span));
}

function notComparable(a: Type, b: Type, span: Ast.Word["span"]) {
  if (a.kind === "money" && b.kind === "money")
    return error("THC3002", `\`${a.currency}\` is compared with \`${b.currency}\``, span);
  const code = isCanonical(a) || isCanonical(b) ? "THC3003" : "THC3001";
  return error(code, `${showType(a)} cannot be compared with ${showType(b)}`, span);
}

function elementLiteral(type: Type, item: Ast.Operand, scope: Scope): Literal | undefined {
  if (isLiteral(item)) return literalOf(type, item, scope.report);
  return void scope.report(
    error("THC3001", "a list holds written values", item.span, "not a literal", { help: "texts stand in quotes" }),
  );
}
