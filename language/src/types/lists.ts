/** Lists that are read: whole, or one field of every record in them (`sum(lines.amount)`). */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Reference, Type } from "./contract.ts";
import { readElementField, readListed, wordsBelowList } from "./references.ts";
import type { Scope } from "./scope.ts";
import { isScalar, showType } from "./type.ts";

export interface ReadList {
  readonly reference: Reference;
  /** Names below an element. */
  readonly field: readonly string[];
  /** Of the elements, or of their field. */
  readonly type: Type;
}

/** A list of scalars, or a field of a list of records; undefined when it was reported. */
export function readList(node: Ast.PathNode, scope: Scope): ReadList | undefined {
  const below = wordsBelowList(node, scope);
  const names = node.names.slice(0, node.names.length - below.length);
  const last = names.at(-1);
  const head: Ast.PathNode =
    below.length === 0 || last === undefined
      ? node
      : { kind: "path", names, span: { start: node.span.start, end: last.span.end } };
  const read = readListed(head, scope);
  if (read === undefined) return undefined;
  const { type } = read.reference;
  if (type.kind !== "list")
    return void scope.report(error("THC3010", `${showType(type)} is no list`, node.span, "a list is needed"));
  const field = readElementField(type.element, below, node, scope);
  if (field === undefined) return undefined;
  if (isScalar(field.type) && field.type.kind !== "json")
    return { reference: read.reference, field: field.path, type: field.type };
  const help = field.type.kind === "record" ? "name one of its fields behind a dot" : undefined;
  return void scope.report(
    error("THC3010", `the list holds ${showType(field.type)}, not single values`, node.span, "", { help }),
  );
}
