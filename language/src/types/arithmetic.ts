/** What `+`, `-` and `*` come to by the types of their operands, or why they come to nothing. */
import { type Diagnostic, error } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type { Arithmetic, Type } from "./contract.ts";
import { isNumber, showType } from "./type.ts";

type Op = Arithmetic["op"];

export function arithmeticType(op: Op, left: Type, right: Type, span: Span): Type | Diagnostic {
  const type = op === "*" ? productOf(left, right) : sumOf(left, right);
  if (type !== undefined) return type;
  if (left.kind === "money" && right.kind === "money" && op !== "*")
    return error("THC3002", `\`${left.currency}\` and \`${right.currency}\` are not added`, span, "currencies differ");
  const shown = `${showType(left)} ${op} ${showType(right)}`;
  return error("THC3040", `\`${shown}\` has no meaning`, span, "", { help: helpFor(op, left, right) });
}

function sumOf(left: Type, right: Type): Type | undefined {
  if (isNumber(left) && isNumber(right)) return number(left, right);
  if (left.kind === "money" && right.kind === "money" && left.currency === right.currency)
    return { ...left, minor: false };
  return undefined;
}

function productOf(left: Type, right: Type): Type | undefined {
  if (isNumber(left) && isNumber(right)) return number(left, right);
  if (left.kind === "money" && isNumber(right)) return { ...left, minor: false };
  if (isNumber(left) && right.kind === "money") return { ...right, minor: false };
  return undefined;
}

const number = (left: Type, right: Type): Type => ({
  kind: left.kind === "int" && right.kind === "int" ? "int" : "decimal",
});

function helpFor(op: Op, left: Type, right: Type): string | undefined {
  const kinds = [left, right].map((type) => (isNumber(type) ? "number" : type.kind));
  if (kinds.includes("money") && kinds.includes("number") && op !== "*")
    return "an amount needs its currency: `10 USD`";
  if (kinds.every((kind) => kind === "money")) return "an amount is multiplied by a plain number";
  return "numbers and amounts are computed with";
}
