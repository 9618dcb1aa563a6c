/**
 * Tools that need no declaration: asking a model, and opening a connection. They are there when a statement names them in full, so that
 * a glob or `*` means no more than what stands in the contract; a declared tool of the same name is taken instead.
 */
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { plainName } from "./globs.ts";
import { spell } from "./names.ts";

/** Whether a word stands anywhere. */
export type Words = (word: string) => boolean;
type Parameter = readonly [name: string, type: string, mark?: "?" | "dest"];
const BUILT_IN: { readonly [tool: string]: readonly Parameter[] } = {
  "model.invoke": [
    ["provider", "Text"],
    ["model", "Id"],
    ["input_tokens", "Int", "?"],
    ["max_tokens", "Int", "?"],
    ["temperature", "Decimal", "?"],
    ["messages", "Json", "?"],
    ["tools", "Json", "?"],
  ],
  "net.connect": [
    ["host", "Host", "dest"],
    ["port", "Int"],
  ],
};

/** Those that are named and not declared, each as if it were declared where it is named first. `words`: of the texts that they stand in. */
export function usedBuiltIns(statements: readonly Ast.Statement[], words: Words): readonly Ast.ToolNode[] {
  // a name is written letter by letter, so most contracts need no closer look
  if (!Object.keys(BUILT_IN).some((name) => name.split(".").every(words))) return [];
  const declared = new Set<string>();
  const imports: string[] = [];
  for (const node of statements) {
    if (node.kind === "tool") declared.add(spell(node.name));
    if (node.kind === "use_tools") imports.push(`${node.alias.text}.`);
    if (node.kind === "broken" && node.declares !== undefined) declared.add(node.declares.name);
  }
  const named = new Map<string, Span>();
  visit(statements, named);
  return Object.entries(BUILT_IN).flatMap(([name, params]) => {
    const span = named.get(name);
    const isOwn = declared.has(name) || imports.some((prefix) => name.startsWith(prefix));
    return span === undefined || isOwn ? [] : [toolNode(name, params, span)];
  });
}

/** Every pattern that is a plain name, and every call. */
function visit(part: unknown, named: Map<string, Span>): void {
  if (Array.isArray(part)) {
    for (const each of part) visit(each, named);
    return;
  }
  if (typeof part !== "object" || part === null) return;
  const node = part as Partial<Ast.PatternNode> & Partial<Ast.CallNode>;
  const name =
    node.kind === "pattern" ? plainName(node.pieces!) : Array.isArray(node.tool) ? spell(node.tool) : undefined;
  if (name !== undefined && Object.hasOwn(BUILT_IN, name) && !named.has(name)) named.set(name, node.span!);
  for (const value of Object.values(part)) visit(value, named);
}

function toolNode(name: string, params: readonly Parameter[], span: Span): Ast.ToolNode {
  const word = (text: string): Ast.Word => ({ text, span });
  const typeNode = (type: string, mark: Parameter[2]): Ast.TypeNode => {
    const plain: Ast.TypeNode = { kind: "named", name: word(type), args: [], span };
    return mark === "?" ? { kind: "optional", of: plain, span } : plain;
  };
  return {
    kind: "tool",
    name: name.split(".").map(word),
    params: params.map(([param, type, mark]) => ({
      name: word(param),
      type: typeNode(type, mark),
      dest: mark === "dest",
      span,
    })),
    flags: ["execute", "external"].map((flag) => ({
      kind: "words",
      items: [{ word: word(flag), when: undefined }],
      span,
    })),
    span,
  };
}
