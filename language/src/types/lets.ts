/**
 * `let`: a name for a literal or for a set of texts. It is replaced where it is read, and typed there; what can be said of it
 * alone is said at its declaration.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Let } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import { canonicalHostPattern } from "./canonical/host.ts";
import { isLiteral, type LiteralNode } from "./literals.ts";
import type { Scope } from "./scope.ts";

const SETS = ["hosts", "paths", "words"];

export function checkLet({ node }: Let, report: Report): void {
  const { value } = node;
  switch (value.kind) {
    case "set":
      checkSet(value, report);
      break;
    case "path":
    case "count":
    case "arithmetic":
    case "function":
    case "blast": {
      const help = "a `let` names a number, an amount, a text, or a list of them";
      report(error("THC3017", "a `let` cannot read a value", value.span, "", { help }));
      break;
    }
    case "record":
      report(notAvailable("a `let` for a record is", value.span));
      break;
    default:
      break;
  }
}

export function checkSet({ set, values }: Ast.SetNode, report: Report): void {
  const { text, span } = set;
  if (text === "ids" || text === "values") report(notAvailable(`\`${text}\` is`, span));
  else if (!SETS.includes(text)) {
    const help = didYouMean(text, SETS) ?? `sets are ${list(SETS, "and")}`;
    report(error("THC2011", `unknown kind of set \`${text}\``, span, "", { help }));
  } else if (text === "hosts") {
    for (const host of values) if (canonicalHostPattern(host.value) === undefined) report(badHostPattern(host.span));
  }
}

export function badHostPattern(span: Ast.Word["span"]) {
  return error("THC3005", "this is not a host name", span, "", {
    help: "a host is written as `a.example`, or `*.a.example` for the names below it",
  });
}

/** The `let` that a single bare name means, if it means one. Marks it as used. */
function findLet(node: Ast.Operand, scope: Scope): Let | undefined {
  if (node.kind !== "path" || node.names.length !== 1) return undefined;
  const name = node.names[0]!.text;
  const found = scope.names.lets.get(name);
  if (found === undefined || scope.elements.some((element) => element.name === name)) return undefined;
  found.used = true;
  const clash = scope.tools.find((tool) => tool.params.some((param) => param.name === name));
  if (clash === undefined) return found;
  scope.report(
    error("THC2013", `\`${name}\` is a \`let\` and an argument of \`${clash.name}\``, node.span, "which of them", {
      help: `write \`args.${name}\` for the argument, or rename the \`let\``,
      related: [{ span: found.node.name.span, text: "the `let`" }],
    }),
  );
  return found;
}

/** The literal behind a name, at the place where it is read. */
export function letValue(node: Ast.Operand, scope: Scope): LiteralNode | undefined {
  const found = findLet(node, scope)?.node.value;
  if (found === undefined || found.kind === "set" || !isLiteral(found)) return undefined;
  return { ...found, span: node.span };
}

/** The set behind a name, or undefined. */
export function letSet(node: Ast.Operand, scope: Scope): Ast.SetNode | undefined {
  const found = findLet(node, scope)?.node.value;
  return found?.kind === "set" ? found : undefined;
}

/** A single bare name that was meant to be a `let`. */
export function isBrokenLet(node: Ast.Operand, scope: Scope): boolean {
  return node.kind === "path" && node.names.length === 1 && scope.names.broken.lets.has(node.names[0]!.text);
}
