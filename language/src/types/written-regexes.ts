/** Regular expressions as written: what they are refused for. Their syntax and their automaton are a folder of their own (regex/). */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { MOST_STATES, regexAutomaton } from "../regex/automaton.ts";
import { parseRegex } from "../regex/parse.ts";
import type * as Ast from "../syntax/ast.ts";

export type RegexNode = Extract<Ast.Operand, { kind: "regex" }>;

/** Undefined when it was reported. */
export function readRegex(
  { source, flags, span }: RegexNode,
  report: Report,
): { readonly source: string; readonly ignoreCase: boolean } | undefined {
  if (flags !== "" && flags !== "i") {
    const at = { start: span.end - flags.length, end: span.end };
    return void report(
      error("THC3110", `\`${flags}\` is no flag of an expression`, at, "", {
        help: "the one flag is `i`: letters in any case",
      }),
    );
  }
  const ignoreCase = flags === "i";
  const regex = parseRegex(source, ignoreCase);
  if ("message" in regex) {
    const at = { start: span.start + 1 + regex.start, end: span.start + 1 + regex.end };
    return void report(error("THC3110", regex.message, at, "", { help: regex.help }));
  }
  if (regexAutomaton(regex) === undefined)
    return void report(
      error("THC3111", `the expression needs more than ${MOST_STATES} states`, span, "", {
        help: "shorten what is counted, as in `.{0,100}`, or write several conditions",
      }),
    );
  return { source, ignoreCase };
}
