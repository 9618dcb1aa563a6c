/**
 * Evidence keys: `a` means `a = prior.args.a`; `in` looks into a list. Both sides have the same canonical type, so that the comparison is of values and not of
 * spellings, and every named tool has the prior side, so that no call of one is quietly left out.
 */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { EvidenceKey, Reference, Type } from "./contract.ts";
import { readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { comparable, isScalar, showType, stripOptional } from "./type.ts";

/** Undefined when something was reported. */
export function readKeys(nodes: readonly Ast.KeyNode[], scope: Scope): readonly EvidenceKey[] | undefined {
  const keys: EvidenceKey[] = [];
  let ok = true;
  for (const node of nodes) {
    const key = readKey(node, scope);
    if (key === undefined) ok = false;
    else keys.push(key);
  }
  return ok ? keys : undefined;
}

function readKey(node: Ast.KeyNode, scope: Scope): EvidenceKey | undefined {
  const { report } = scope;
  const current = readPath(node.current, scope)?.reference;
  if (current === undefined) return undefined;
  if (current.root !== "args" || !isKey(current.type, current.member)) {
    const help = "a key is one value, an argument of the call or a field of it";
    return void report(error("THC3010", "this cannot be a key", node.current.span, "", { help }));
  }
  const prior = node.prior === undefined ? sameName(node, scope) : readPath(node.prior, scope)?.reference;
  if (prior === undefined) return undefined;
  const span = node.prior?.span ?? node.current.span;
  const type = node.isIn ? elementOf(prior) : prior.type;
  if (type === undefined || !PRIOR_ROOTS.has(prior.root) || !isKey(type, prior.member))
    return void report(error("THC3010", "this cannot be a key", span, "", { help: helpFor(node, prior) }));
  if (!comparable(current.type, type)) {
    const message = `the key compares ${showType(current.type)} with ${showType(type)}`;
    return void report(error("THC3009", message, node.span, "both sides need the same type"));
  }
  if (prior.root === "prior_args") {
    const lacking = scope.prior?.find((tool) => !tool.params.some((param) => param.name === prior.path[0]));
    if (lacking !== undefined)
      return void report(
        error("THC2004", `\`${lacking.name}\` has no argument \`${prior.path[0]}\``, span, "the key needs it"),
      );
  }
  return { current, prior, isIn: node.isIn };
}

const PRIOR_ROOTS: ReadonlySet<Reference["root"]> = new Set(["prior_args", "prior_result", "prior_row"]);

/** What a list holds; a list that lies in a row is not looked into. */
function elementOf({ root, type }: Reference): Type | undefined {
  return type.kind === "list" && root !== "prior_row" ? stripOptional(type.element) : undefined;
}

function helpFor({ isIn, current }: Ast.KeyNode, prior: Reference): string {
  const written = current.names.map((word) => word.text).join(".");
  const field = current.names.at(-1)!.text;
  const row = isIn && prior.type.kind === "list" ? stripOptional(prior.type.element) : undefined;
  if (row?.kind === "record" && row.fields.some(({ name }) => name === field))
    return `of one row of it: write \`${written} = prior.row.${field}\``;
  if (isIn) return `behind \`in\` stands a list of values of the earlier call: \`${written} in prior.result.ids\``;
  if (prior.type.kind === "list") return `for one of a list write \`${written} in prior.…\``;
  return "write `a = prior.args.b`, `a = prior.result.b`, or `a = prior.row.b` for one row of a list";
}

function sameName(node: Ast.KeyNode, scope: Scope) {
  const { names, span } = node.current;
  const own = names[0]!.text === "args" && names.length > 1 ? names.slice(1) : names;
  const written = [{ text: "prior", span }, { text: "args", span }, ...own];
  return readPath({ kind: "path", names: written, span }, scope)?.reference;
}

const isKey = (type: Parameters<typeof isScalar>[0], member: unknown): boolean =>
  isScalar(type) && type.kind !== "json" && type.kind !== "sql" && member === undefined;
