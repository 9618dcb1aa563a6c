/**
 * What stands on a side of a relation: a value that is read, or what is computed from some. Arithmetic is over numbers, amounts of one
 * currency, and moments with durations; everything else is refused here and never at a request. What is computed from literals alone is
 * computed here.
 */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { isTest } from "../syntax/let-expressions.ts";
import { arithmeticType } from "./arithmetic.ts";
import { fitsDate, fitsDuration, fitsTime } from "./canonical/moment.ts";
import type { Arithmetic, Decimal, Fold, Literal, Pick, Term, Type } from "./contract.ts";
import { addDecimals, fitsNumber, multiplyDecimals } from "./decimal.ts";
import { letExpression, letValue } from "./lets.ts";
import { readList } from "./lists.ts";
import { decimalOf, isLiteral, type LiteralNode, literalOf, nameLiteral, ownType } from "./literals.ts";
import type { Scope } from "./scope.ts";
import { readAtom, typeOfTerm } from "./terms.ts";
import { comparable, isNumber, isOrdered, showType } from "./type.ts";

/** More operators in one expression are not read: a term is a tree, and trees are walked. */
const MOST_OPERATORS = 32;

/** A value of one of the sides of a relation; undefined when it was reported. */
export function readTerm(node: Ast.Operand, scope: Scope): Term | undefined {
  if (node.kind === "arithmetic") {
    if (operatorsIn(node) <= MOST_OPERATORS) return readChain(node, scope);
    const help = "compare its parts";
    return void scope.report(
      error("THC3040", `more than ${MOST_OPERATORS} operators in one expression`, node.span, "", { help }),
    );
  }
  const inside = letExpression(node, scope);
  if (inside === "faulty") return undefined;
  if (inside !== undefined) {
    const { value } = inside;
    if (!isTest(value)) return readTerm(value, inside.scope);
    return void scope.report(
      error("THC3008", "a `let` that is true or false is no value", node.span, "a value is expected"),
    );
  }
  return node.kind === "function" ? readFunction(node, scope) : readAtom(node, scope);
}

/** An operand of arithmetic, which may be a literal. */
function readOperand(node: Ast.Operand, scope: Scope): Term | undefined {
  const written = letValue(node, scope) ?? node;
  return isLiteral(written) ? readLiteral(written, scope) : readTerm(written, scope);
}

function readLiteral(node: LiteralNode, { report }: Scope): Literal | undefined {
  if (node.kind === "duration" || node.kind === "moment") return literalOf(ownType(node)!, node, report);
  if (node.kind !== "number")
    return void report(error("THC3040", `${nameLiteral(node)} is not computed with`, node.span));
  const value = decimalOf(node, report);
  if (value === undefined) return undefined;
  const currency = node.unit?.text;
  if (currency !== undefined) return { kind: "literal", type: { kind: "money", currency, minor: false }, value };
  return { kind: "literal", type: { kind: value.exponent < 0 ? "decimal" : "int" }, value };
}

function readChain(node: Ast.ArithmeticNode, scope: Scope): Term | undefined {
  const first = readOperand(node.first, scope);
  const rest = node.rest.map(({ op, operand }) => ({ op, node: operand, term: readOperand(operand, scope) }));
  if (first === undefined) return undefined;
  let left = first;
  for (const { op, node: at, term } of rest) {
    if (term === undefined) return undefined;
    const type = arithmeticType(op, typeOfTerm(left), typeOfTerm(term), { start: node.span.start, end: at.span.end });
    if ("code" in type) return void scope.report(type);
    const made = computed({ kind: "arithmetic", op, left, right: term, type });
    if (made === undefined) return void scope.report(error("THC3023", "the result is out of range", node.span));
    left = made;
  }
  return left;
}

const FITS: { readonly [kind: string]: (value: Decimal) => boolean } = {
  date: fitsDate,
  time: fitsTime,
  duration: fitsDuration,
};
/** Two literals are one; undefined: no such value. */
function computed(term: Arithmetic): Term | undefined {
  const { op, left, right, type } = term;
  if (left.kind !== "literal" || right.kind !== "literal") return term;
  const [a, b] = [left.value, right.value];
  if (typeof a !== "object" || typeof b !== "object") return term;
  const value = op === "*" ? multiplyDecimals(a, b) : addDecimals(a, op === "+" ? b : { ...b, digits: -b.digits });
  return (FITS[type.kind] ?? fitsNumber)(value) ? { kind: "literal", type, value } : undefined;
}

function readFunction(node: Ast.FunctionNode, scope: Scope): Fold | Pick | undefined {
  const [only, ...more] = node.args;
  if (more.length === 0 && only !== undefined) return readFold(node, only, scope);
  if (node.name === "sum")
    return void scope.report(
      error("THC3010", "`sum` takes one list", node.span, "", { help: "values are added by `+`" }),
    );
  if (node.args.length > MOST_OPERATORS)
    return void scope.report(error("THC3040", `more than ${MOST_OPERATORS} values in \`${node.name}\``, node.span));
  const of = node.args.map((arg) => readOperand(arg, scope));
  if (!of.every((term) => term !== undefined)) return undefined;
  let type = ordered(typeOfTerm(of[0]!), node, node.args[0]!, scope);
  for (const [i, term] of of.entries()) {
    if (type === undefined || i === 0) continue;
    const next = ordered(typeOfTerm(term), node, node.args[i]!, scope);
    if (next === undefined) return undefined;
    if (type.kind === "money" && next.kind === "money" && type.currency !== next.currency)
      return void scope.report(
        error("THC3002", `\`${type.currency}\` is compared with \`${next.currency}\``, node.args[i]!.span),
      );
    if (!comparable(type, next))
      return void scope.report(
        error("THC3001", `${showType(type)} cannot be compared with ${showType(next)}`, node.args[i]!.span),
      );
    if (type.kind === "int") type = next;
  }
  return type && { kind: "pick", op: node.name, of, type: plain(type) };
}

function readFold(node: Ast.FunctionNode, arg: Ast.Operand, scope: Scope): Fold | undefined {
  if (arg.kind !== "path")
    return void scope.report(error("THC3010", `\`${node.name}\` of one value`, arg.span, "a list is needed"));
  const list = readList(arg, scope);
  if (list === undefined) return undefined;
  const type = ordered(list.type, node, arg, scope);
  if (type === undefined) return undefined;
  if (node.name === "sum" && !isSummable(type))
    return void scope.report(error("THC3040", `${showType(type)} has no sum`, arg.span));
  return { kind: "fold", op: node.name, list: list.reference, field: list.field, type: plain(type) };
}

const isSummable = (type: Type): boolean => isNumber(type) || type.kind === "money" || type.kind === "duration";

function ordered(type: Type, node: Ast.FunctionNode, at: Ast.Operand, scope: Scope): Type | undefined {
  if (isOrdered(type)) return type;
  return void scope.report(
    error("THC3040", `${showType(type)} has no order`, at.span, `\`${node.name}\` is of numbers, amounts and dates`),
  );
}

/** What is computed counts whole units. */
const plain = (type: Type): Type => (type.kind === "money" ? { ...type, minor: false } : type);

function operatorsIn(node: Ast.Operand): number {
  if (node.kind === "function") return node.args.reduce((sum, arg) => sum + operatorsIn(arg), 0);
  if (node.kind !== "arithmetic") return 0;
  const inside = node.rest.reduce((sum, { operand }) => sum + 1 + operatorsIn(operand), 0);
  return inside + operatorsIn(node.first);
}
