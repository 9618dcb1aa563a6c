/**
 * `let`: a name for a literal or for a set of texts. It is replaced where it is read, and typed there; what can be said of it
 * alone is said at its declaration.
 */
import { type Diagnostic, error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Let, Names } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import { isPlaced, isTest } from "../syntax/let-expressions.ts";
import { canonicalHostPattern } from "./canonical/host.ts";
import { isLiteral, type LiteralNode } from "./literals.ts";
import { paramNamed } from "./params.ts";
import type { Scope } from "./scope.ts";
import { readRegex } from "./written-regexes.ts";

const SETS = ["hosts", "paths", "words"];

export function checkLet({ node }: Let, { lets }: Names, report: Report): void {
  const { value } = node;
  const fault = isPlaced(value) ? placeFault(value, lets) : undefined;
  if (fault !== undefined) report(fault);
  switch (value.kind) {
    case "set":
      checkSet(value, report);
      break;
    case "regex":
      readRegex(value, report);
      break;
    case "record":
      report(notAvailable("a `let` for a record is", value.span));
      break;
    default:
      break;
  }
}

/** Parts of an expression: names, values, relations, and what joins them. */
const MOST_PARTS = 64;

/** Why the expression cannot be put in place: it could not be bounded if it named another one, or were long. */
function placeFault(value: Ast.Operand | Ast.Condition, lets: Names["lets"]): Diagnostic | undefined {
  const parts: { readonly kind: string; readonly span: Ast.Word["span"] }[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || parts.length > MOST_PARTS) return;
    if ("kind" in part && "span" in part) parts.push(part as (typeof parts)[number]);
    for (const [name, inner] of Object.entries(part)) if (name !== "span") visit(inner);
  };
  visit(value);
  if (parts.length > MOST_PARTS)
    return error("THC2080", `the \`let\` has more than ${MOST_PARTS} parts`, value.span, "", {
      help: "write a rule for each part",
    });
  for (const part of parts) {
    const name = part.kind === "path" ? (part as Ast.PathNode).names : [];
    const other = name.length === 1 ? lets.get(name[0]!.text) : undefined;
    if (other === undefined || !isPlaced(other.node.value)) continue;
    return error("THC2080", `\`${name[0]!.text}\` is itself a \`let\` with an expression`, part.span, "named here", {
      help: "a `let` may name values and sets, and no other expression",
      related: [{ span: other.node.name.span, text: "declared here" }],
    });
  }
  return undefined;
}

/**
 * The expression behind a single bare name, and where it is typed: among the arguments of the rule, and without the names that
 * quantifiers around the place give, which are not its own. "faulty" was reported at its declaration.
 */
export function letExpression(
  node: Ast.Operand,
  scope: Scope,
): { readonly value: Exclude<Ast.LetNode["value"], Ast.SetNode>; readonly scope: Scope } | "faulty" | undefined {
  const found = findLet(node, scope)?.node.value;
  if (found === undefined || !isPlaced(found)) return undefined;
  if (placeFault(found, scope.names.lets) !== undefined) return "faulty";
  const report: Report = (d) =>
    scope.report({ ...d, related: [...d.related, { span: node.span, text: "the `let` is read here" }] });
  return { value: found, scope: { ...scope, report, elements: scope.elements.map((e) => ({ ...e, name: "" })) } };
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
  const clash = scope.tools.find((tool) => paramNamed(tool.params, name) !== undefined);
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
  if (found === undefined || found.kind === "set" || isTest(found) || !isLiteral(found)) return undefined;
  // a regular expression keeps its own place, as its faults stand in it
  return found.kind === "regex" ? found : { ...found, span: node.span };
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
