/** Facts: request fields that the host promises to send, beside the built-in ones. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Fact, FactRoot, Type } from "../types/contract.ts";
import { compareDecimals, readDecimal } from "../types/decimal.ts";
import { readType } from "../types/read-type.ts";
import { TOUCHED } from "../types/touched.ts";
import { isNumber, isScalar, stripOptional } from "../types/type.ts";
import { spell } from "./names.ts";

export const FACT_ROOTS: readonly FactRoot[] = ["principal", "resource", "context", "action"];

const optional = (of: Type): Type => ({ kind: "optional", of });
/** Request fields that conditions may read without declaring them (docs/semantics.md, section 1). */
export const BUILT_IN: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["principal.id", { kind: "id" }],
  ["principal.team", optional({ kind: "text" })],
  ["principal.roles", optional({ kind: "list", element: { kind: "text" } })],
  ["principal.scopes", optional({ kind: "list", element: { kind: "text" } })],
  ["principal.chain", optional({ kind: "list", element: { kind: "id" } })],
  ["context.session", optional({ kind: "id" })],
  ["context.run", optional({ kind: "id" })],
  ["context.task", optional({ kind: "id" })],
  ["context.origin", optional({ kind: "text" })],
  ["context.cwd", optional({ kind: "path" })],
  ...TOUCHED,
]);
/** Members of every request that no fact may take the place of. */
const TAKEN: ReadonlySet<string> = new Set([
  "action.digest",
  ...["action.tool", "action.args", "context.time", "context.call_id", "context.key", "context.turn"],
  ...["context.approvals", "context.cost", "context.tokens", "context.elapsed", "context.ledger_key"],
]);

/** Undefined when it was reported. */
export function readFact(node: Ast.FactNode, report: Report): Fact | undefined {
  const path = spell(node.path.names);
  const [root, name, ...more] = node.path.names.map((word) => word.text);
  const factRoot = FACT_ROOTS.find((known) => known === root);
  if (factRoot === undefined || name === undefined || more.length > 0) {
    const help = didYouMean(root ?? "", FACT_ROOTS) ?? `a fact is named ${list(FACT_ROOTS)}, a dot and one name`;
    return void report(error("THC2005", `\`${path}\` is no name of a fact`, node.path.span, "", { help }));
  }
  if (BUILT_IN.has(path) || TAKEN.has(path))
    return void report(error("THC2010", `\`${path}\` is part of every request`, node.path.span, "declared again"));
  const type = readType(node.type, report);
  if (type === undefined) return undefined;
  const bare = stripOptional(type);
  const element = bare.kind === "list" ? bare.element : bare.kind === "map" ? bare.value : bare;
  if (!isScalar(element) || element.kind === "json")
    return void report(error("THC3016", "a fact is one value, or a list or map of values", node.type.span));
  if (node.range === undefined) return { path, root: factRoot, name, type, range: undefined, span: node.path.span };
  if (!isNumber(bare)) return void report(error("THC3016", "only a number has a range", node.type.span));
  const [low, high] = [readBound(node.range.low, report), readBound(node.range.high, report)];
  if (low === undefined || high === undefined) return undefined;
  if (compareDecimals(low, high) > 0)
    return void report(
      error("THC3023", "the range is empty", { start: node.range.low.span.start, end: node.range.high.span.end }),
    );
  return { path, root: factRoot, name, type, range: { low, high }, span: node.path.span };
}

function readBound(node: Ast.NumberNode, report: Report) {
  const value = node.unit === undefined ? readDecimal(node.text) : undefined;
  if (value === undefined) report(error("THC3023", "a bound is a plain number in range", node.span));
  return value;
}
