/**
 * `blast`: how much harm the call could do. The word alone reads the facts that have the usual names, as far as they are declared;
 * `blast(environment, count, rollback)` names others. The formula is the kernel's (docs/registry.md).
 */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Blast, Reference, Type } from "./contract.ts";
import { readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { showType } from "./type.ts";

const USUAL = ["resource.env", "resource.affected", "resource.rollback"] as const;
const FITS: readonly ((type: Type) => boolean)[] = [
  (type) => type.kind === "text" || type.kind === "literals",
  (type) => type.kind === "int",
  (type) => type.kind === "bool",
];
const WANTED = ["the environment as Text or texts", "a count as Int", "a Bool that says whether there is a rollback"];

type BlastNode = Extract<Ast.Operand, { kind: "blast" | "path" }>;

/** Also the bare word, where no argument, element or `let` has that name. */
export function blastNode(node: Ast.Operand, { tools, names, elements }: Scope): BlastNode | undefined {
  if (node.kind === "blast") return node;
  if (node.kind !== "path" || node.names.length !== 1 || node.names[0]!.text !== "blast") return undefined;
  const isTaken =
    names.lets.has("blast") ||
    elements.some(({ name }) => name === "blast") ||
    tools.some((tool) => tool.params.some((param) => param.name === "blast"));
  return isTaken ? undefined : node;
}

/** Undefined when it was reported. */
export function readBlast(node: BlastNode, scope: Scope): Blast | undefined {
  if (scope.prior !== undefined)
    return void scope.report(error("THC3017", "`where` does not read `blast`", node.span, "about this call"));
  const paths = node.kind === "blast" ? node.facts : USUAL.map((path) => usual(path, node, scope));
  if (paths.length !== USUAL.length) {
    const help = "write `blast(environment, count, rollback)`";
    return void scope.report(error("THC3010", "`blast` is of three facts", node.span, "", { help }));
  }
  const read = paths.map((path, i) => (path === undefined ? "none" : readFact(path, i, scope)));
  if (read.includes(undefined)) return undefined;
  const [environment, count, rollback] = read.map((each) => (each === "none" ? undefined : each));
  return { kind: "blast", environment, count, rollback };
}

function usual(path: string, { span }: BlastNode, { names }: Scope): Ast.PathNode | undefined {
  if (!names.factIndex.has(path)) return undefined;
  return { kind: "path", names: path.split(".").map((text) => ({ text, span })), span };
}

/** Read without `has`: an absent value counts as the worst. */
function readFact(path: Ast.PathNode, i: number, scope: Scope): Reference | undefined {
  const reference = readPath(path, scope)?.reference;
  if (reference === undefined || FITS[i]!(reference.type)) return reference;
  return void scope.report(
    error("THC3016", `${showType(reference.type)} does not fit here`, path.span, `${WANTED[i]} is needed`),
  );
}
