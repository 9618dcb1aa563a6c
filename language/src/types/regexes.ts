/** `TEXT matches /…/`: what the expression is refused for. Its syntax and its automaton are a folder of their own (regex/). */
import { error } from "../diagnostics/diagnostic.ts";
import { MOST_STATES, regexAutomaton } from "../regex/automaton.ts";
import { parseRegex } from "../regex/parse.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Condition } from "./contract.ts";
import { readTerm } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { type RelationNode, rawCompare, typeOfTerm } from "./terms.ts";
import { isCanonical, isPlainText, showType } from "./type.ts";

type RegexNode = Extract<Ast.Operand, { kind: "regex" }>;

/** Undefined when it was reported. */
export function typeRegex(node: RelationNode, written: RegexNode, scope: Scope): Condition | undefined {
  const item = readTerm(node.left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (isCanonical(type)) {
    const raw = rawCompare(type, node);
    return void scope.report(
      type.kind === "path" ? { ...raw, help: 'a path is matched by globs: `matches "**/.env*"`' } : raw,
    );
  }
  if (!isPlainText(type))
    return void scope.report(
      error("THC3001", `an expression looks into texts, not into ${showType(type)}`, node.left.span),
    );
  const { source, flags, span } = written;
  if (flags !== "" && flags !== "i") {
    const at = { start: span.end - flags.length, end: span.end };
    return void scope.report(
      error("THC3110", `\`${flags}\` is no flag of an expression`, at, "", {
        help: "the one flag is `i`: letters in any case",
      }),
    );
  }
  const ignoreCase = flags === "i";
  const regex = parseRegex(source, ignoreCase);
  if ("message" in regex) {
    const at = { start: span.start + 1 + regex.start, end: span.start + 1 + regex.end };
    return void scope.report(error("THC3110", regex.message, at, "", { help: regex.help }));
  }
  if (regexAutomaton(regex) === undefined)
    return void scope.report(
      error("THC3111", `the expression needs more than ${MOST_STATES} states`, span, "", {
        help: "shorten what is counted, as in `.{0,100}`, or write several conditions",
      }),
    );
  return { kind: "regex", item, source, ignoreCase };
}
