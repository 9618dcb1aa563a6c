/**
 * Relations: `== != < …`, `in`, `matches`, `under`, `contains`, `starts with`. Canonical values (Email, Url, Host, Path) are compared in
 * canonical form or not at all: the text operators on them are errors (LANGUAGE, law 12).
 */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { findRisk, risksThat, unknownRisk } from "../resolve/risks.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_CONDITIONS, notAvailable } from "../syntax/later-words.ts";
import { LEVELS, type Level, RISKS, type Risk } from "../vocabulary.ts";
import { actionLiterals } from "./actions.ts";
import type { CompareOp, Condition, Literal, Type } from "./contract.ts";
import { readTerm } from "./expressions.ts";
import { letSet, letValue } from "./lets.ts";
import { typeListRelation } from "./list-relations.ts";
import { isLiteral, type LiteralNode, literalOf, nameLiteral, ownType } from "./literals.ts";
import { typeMatches, typeMembership, typeUnder } from "./memberships.ts";
import type { Scope } from "./scope.ts";
import { type RelationNode, rawCompare, typeOfTerm } from "./terms.ts";
import { comparable, isCanonical, isOrdered, isPlainText, showType } from "./type.ts";

/** Undefined when it was reported. */
export function typeRelation(node: RelationNode, scope: Scope): Condition | undefined {
  const aboutLevel = levelRelation(node, scope);
  if (aboutLevel !== undefined) return aboutLevel === "reported" ? undefined : aboutLevel;
  const aboutRisk = riskRelation(node, scope);
  if (aboutRisk !== undefined) return aboutRisk === "reported" ? undefined : aboutRisk;
  if (isLaterWord(node.left) && readTerm(node.left, scope) === undefined) return undefined;
  switch (node.op) {
    case "in":
      return typeMembership(node, scope);
    case "matches":
      return typeMatches(node, scope);
    case "under":
      return typeUnder(node, scope);
    case "contains":
    case "starts with":
      return textSearch(node, scope);
    case "subset of":
    case "overlaps":
    case "includes":
      return typeListRelation(node, scope);
    default:
      return comparison(node, node.op, scope);
  }
}

/** `risk >= …` and its like: one sentence is enough, so the other side is not read. */
const isLaterWord = (node: Ast.Operand): boolean =>
  node.kind === "path" && node.names.length === 1 && LATER_CONDITIONS.has(node.names[0]!.text);

const ORDERED: ReadonlySet<CompareOp> = new Set<CompareOp>(["<", "<=", ">", ">="]);
const MIRRORED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function comparison(node: RelationNode, op: CompareOp, scope: Scope): Condition | undefined {
  const [a, b] = [letValue(node.left, scope) ?? node.left, letValue(node.right, scope) ?? node.right];
  if (isLiteral(a) && isLiteral(b)) return constantComparison(a, b, op, scope);
  // a literal stands on the right, so that everything after has one case fewer
  if (isLiteral(a)) return withLiteral(b, MIRRORED[op], a, node, scope);
  if (isLiteral(b)) return withLiteral(a, op, b, node, scope);
  const [left, right] = [readTerm(a, scope), readTerm(b, scope)];
  if (left === undefined || right === undefined) return undefined;
  const [x, y] = [typeOfTerm(left), typeOfTerm(right)];
  if (x.kind === "money" && y.kind === "money" && x.currency !== y.currency)
    return void scope.report(error("THC3002", `\`${x.currency}\` is compared with \`${y.currency}\``, node.span));
  if (!comparable(x, y)) {
    const code = isCanonical(x) || isCanonical(y) ? "THC3003" : "THC3001";
    return void scope.report(error(code, `${showType(x)} cannot be compared with ${showType(y)}`, node.span));
  }
  return canOrder(op, x, node, scope) ? { kind: "compare", op, left, right } : undefined;
}

function withLiteral(
  read: Ast.Operand,
  op: CompareOp,
  literal: LiteralNode,
  node: RelationNode,
  scope: Scope,
): Condition | undefined {
  const left = readTerm(read, scope);
  if (left === undefined) return undefined;
  const type = typeOfTerm(left);
  if (!canOrder(op, type, node, scope)) return undefined;
  if (type.kind === "cloud_action" && literal.kind === "action") {
    const values = actionLiterals(literal, scope);
    const is: Condition | undefined = values && { kind: "member", item: left, values };
    return op === "!=" && is !== undefined ? { kind: "not", part: is } : is;
  }
  const right = literalOf(type, literal, scope.report);
  return right && { kind: "compare", op, left, right };
}

function canOrder(op: CompareOp, type: Type, node: RelationNode, scope: Scope): boolean {
  if (!ORDERED.has(op) || isOrdered(type)) return true;
  scope.report(
    error(
      "THC3001",
      `${showType(type)} has no order`,
      node.span,
      `numbers, amounts and dates are compared by \`${op}\``,
    ),
  );
  return false;
}

function constantComparison(a: LiteralNode, b: LiteralNode, op: CompareOp, scope: Scope): Condition | undefined {
  const type = ownType(a);
  const left: Literal | undefined = type && literalOf(type, a, scope.report);
  const right: Literal | undefined = type && literalOf(type, b, scope.report);
  if (type === undefined) return void scope.report(error("THC3001", `${nameLiteral(a)} cannot be compared`, a.span));
  if (left === undefined || right === undefined) return undefined;
  if (ORDERED.has(op) && !isOrdered(type))
    return void scope.report(error("THC3001", `${showType(type)} has no order`, a.span));
  return { kind: "compare", op, left, right };
}

function textSearch(node: RelationNode, scope: Scope): Condition | undefined {
  const item = readTerm(node.left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (isCanonical(type)) return void scope.report(rawCompare(type, node));
  if (!isPlainText(type))
    return void scope.report(
      error("THC3001", `\`${node.op}\` looks into texts, not into ${showType(type)}`, node.left.span),
    );
  const value = letValue(node.right, scope) ?? node.right;
  if (value.kind !== "text")
    return void scope.report(error("THC3001", `\`${node.op}\` is followed by a text in quotes`, node.right.span));
  return { kind: node.op === "contains" ? "contains" : "starts_with", item, text: value.value };
}

/** `risk == r`, `risk >= r`, `risk in […]`, about the called tool. */
function riskRelation(node: RelationNode, scope: Scope): Condition | "reported" | undefined {
  const { left, right, op } = node;
  if (left.kind !== "path" || left.names.length !== 1 || left.names[0]!.text !== "risk") return undefined;
  const items = right.kind === "list" ? right.items : [right];
  const words = items.flatMap((item) => (item.kind === "path" && item.names.length === 1 ? [item.names[0]!] : []));
  if (words.length !== items.length || words.length === 0 || letSet(right, scope) !== undefined) return undefined;
  const wanted = new Set<Risk>();
  for (const word of words) {
    const risk = findRisk(word.text);
    if (risk === undefined) {
      scope.report(unknownRisk(word));
      return "reported";
    }
    wanted.add(risk);
  }
  const [first] = wanted;
  if (right.kind === "list" && op === "in") return { kind: "risk_is", risks: RISKS.filter((risk) => wanted.has(risk)) };
  if (right.kind === "list" || !isSign(op) || first === undefined) return undefined;
  return { kind: "risk_is", risks: risksThat(op, first) };
}

const isSign = (op: Ast.Operator): op is Ast.CompareSign => op in MIRRORED;

/** `level == x`, `level != x`, `level in […]`, about the called tool. */
function levelRelation(node: RelationNode, scope: Scope): Condition | "reported" | undefined {
  if (node.left.kind !== "path" || node.left.names.length !== 1 || node.left.names[0]!.text !== "level")
    return undefined;
  const items = node.right.kind === "list" ? node.right.items : [node.right];
  if (!items.every((item) => item.kind === "path" && item.names.length === 1) || items.length === 0) return undefined;
  if (letSet(node.right, scope) !== undefined) return undefined;
  const levels: Level[] = [];
  for (const item of items) {
    const word = item.kind === "path" ? item.names[0]!.text : "";
    const level = LEVELS.find((known) => known === word);
    if (level === undefined) {
      const help = didYouMean(word, LEVELS) ?? `levels are ${list(LEVELS, "and")}`;
      scope.report(error("THC2007", `unknown level \`${word}\``, item.span, "", { help }));
      return "reported";
    }
    if (!levels.includes(level)) levels.push(level);
  }
  const sorted = LEVELS.filter((level) => levels.includes(level));
  if (node.op === "in" && node.right.kind === "list") return { kind: "level_is", levels: sorted, exact: false };
  if (node.right.kind === "list" || (node.op !== "==" && node.op !== "!=")) {
    scope.report(notAvailable(`\`level ${node.op}\` is`, node.span));
    return "reported";
  }
  const is: Condition = { kind: "level_is", levels: sorted, exact: true };
  return node.op === "==" ? is : { kind: "not", part: is };
}
