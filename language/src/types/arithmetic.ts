/** What `+`, `-` and `*` come to by the types of their operands, or why they come to nothing. */
import { type Diagnostic, error } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type { Arithmetic, Type } from "./contract.ts";
import { isMoment, isNumber, showType } from "./type.ts";

type Op = Arithmetic["op"];

export function arithmeticType(op: Op, left: Type, right: Type, span: Span): Type | Diagnostic {
  const type = op === "*" ? productOf(left, right) : sumOf(op, left, right);
  if (type !== undefined) return type;
  if (left.kind === "money" && right.kind === "money" && op !== "*")
    return error("THC3002", `\`${left.currency}\` and \`${right.currency}\` are not added`, span, "currencies differ");
  const shown = `${showType(left)} ${op} ${showType(right)}`;
  return error("THC3040", `\`${shown}\` has no meaning`, span, "", { help: helpFor(op, left, right) });
}

function sumOf(op: Op, left: Type, right: Type): Type | undefined {
  if (isNumber(left) && isNumber(right)) return number(left, right);
  if (left.kind === "money" && right.kind === "money" && left.currency === right.currency)
    return { ...left, minor: false };
  if (op === "-" && left.kind === right.kind && (left.kind === "date" || left.kind === "time"))
    return { kind: "duration" };
  if (right.kind === "duration" && isMoment(left)) return left;
  return op === "+" && left.kind === "duration" && isMoment(right) ? right : undefined;
}

function productOf(left: Type, right: Type): Type | undefined {
  if (isNumber(left) && isNumber(right)) return number(left, right);
  if (left.kind === "money" && isNumber(right)) return { ...left, minor: false };
  if (isNumber(left) && right.kind === "money") return { ...right, minor: false };
  if (left.kind === "duration" && isNumber(right)) return left;
  if (isNumber(left) && right.kind === "duration") return right;
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
  if (kinds.includes("date") || kinds.includes("time"))
    return "a date or time takes a duration: `due + 3d`, `due - 12h`";
  return "numbers, amounts, dates, times and durations are computed with";
}
