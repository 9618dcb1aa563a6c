/** Risks as they are asked for: `risk >= destructive` is the set of risks that fulfil it. */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { unreachable } from "../unreachable.ts";
import { RISKS, type Risk } from "../vocabulary.ts";

export const findRisk = (word: string): Risk | undefined => RISKS.find((known) => known === word);

export function risksThat(op: Ast.CompareSign, risk: Risk): readonly Risk[] {
  const at = RISKS.indexOf(risk);
  return RISKS.filter((_, i) => {
    switch (op) {
      case "==":
        return i === at;
      case "!=":
        return i !== at;
      case "<":
        return i < at;
      case "<=":
        return i <= at;
      case ">":
        return i > at;
      case ">=":
        return i >= at;
      default:
        return unreachable(op);
    }
  });
}

export function unknownRisk(word: Ast.Word) {
  return error("THC2011", `unknown risk \`${word.text}\``, word.span, "", {
    help: didYouMean(word.text, RISKS) ?? `risks are ${list(RISKS, "and")}`,
  });
}
