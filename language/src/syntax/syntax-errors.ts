/**
 * What the parser says when it stops: Chevrotain's exception, the place and what was expected there, in the reader's words. The
 * message provider only hands the expectation through; Chevrotain's own messages never reach anybody.
 */
import type { IParserErrorMessageProvider, IRecognitionException } from "chevrotain";
import { type Diagnostic, error, list, quote } from "../diagnostics/diagnostic.ts";
import { didYouMean, suggest } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import { laterAt } from "./later-words.ts";
import * as T from "./tokens.ts";

/** By rule: what stands where it found nothing fitting. */
const EXPECTED: { readonly [rule: string]: string } = {
  operand: "a value or a name",
  factor: "a value or a name",
  primary: "a condition",
  operator: "an operator",
  registryItem: "a service, several in `{…}`, or `*`",
  target: "a tool name, a glob or `*`",
  piece: "a tool name, a glob or `*`",
  plainPiece: "a tool name, a glob or `*`",
  alternatives: "a tool name",
  either: "a tool name",
  lastTools: "a tool name, a glob or `*`",
  approvers: "`role` or `user`",
  approvalOption: "`quorum`, `expires`, `once`, `binds all`, `binds(…)` or `or requester`",
  outcome: "`deny`, `warn` or `approval from …`",
  plainType: "a type",
  ledger: "`session`",
  tag: "a tag",
  clause: "a cloud action or a text in quotes",
  limit: "a number",
  let: "a value, or `hosts`, `paths` or `words` with a list",
  refine: "a type behind `:`, `returns` or `gives`",
  requirement: "`prior`, `approval`, `grounded`, `scope` or `that`",
  priorStep: "`ok` or `failed`",
  delegateItem: "`only`, `budgets`, `depth` or `ttl`",
};
const STEPS = "as,fact,at,after,user says,prior,attempt,approved,call,chunk,result,expect".split(",");
/** By rule and token type: where the missing token alone would mislead. */
const EXPECTED_TOKEN: { readonly [ruleAndToken: string]: string } = {
  "test }": `a step (${list(STEPS)}) or \`}\``,
  "agent }": "`id` or `}`",
  "delegate }": "`only`, `budgets`, `depth`, `ttl` or `}`",
  "set text": "a text in quotes",
};

const expectation = (rule: string, label: string): string =>
  EXPECTED_TOKEN[`${rule} ${label.replaceAll("`", "")}`] ?? label;

export const expectationProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => expectation(ruleName, expected.LABEL ?? expected.name),
  buildNotAllInputParsedMessage: () => "the end of the statement",
  buildNoViableAltMessage: ({ ruleName }) => EXPECTED[ruleName] ?? "something else",
  buildEarlyExitMessage: ({ ruleName }) => EXPECTED[ruleName] ?? "something else",
};

const CLAUSES =
  "when with because suggest maps for matching since within where from else then on of per except and or returns risk in under contains matches".split(
    " ",
  );
export const VERBS = ["allow", "deny", "oblige", "require", "budget", "loop", "flow", "inspect"];
export const STATEMENTS = [
  "owner",
  "agent",
  "tool",
  "fact",
  "labels",
  "let",
  "use",
  "classify",
  "refine",
  "state",
  "delegate",
  "decision",
  "observe",
  "test",
];

export function explain(
  exception: IRecognitionException,
  statement: readonly T.Token[],
  isFirstOnLine: (t: T.Token) => boolean,
): Diagnostic {
  const found = exception.token as T.Token;
  const isEnd = found.tokenType.name === "EOF";
  const last = statement.at(-1)!;
  const before = isEnd ? statement : statement.slice(0, statement.indexOf(found));
  if (isEnd) {
    const end: Span = { start: last.endOffset, end: last.endOffset + 1 };
    return error("THC1002", `the statement ends where ${exception.message} is expected`, end, "ends here");
  }
  const span = T.spanOf(found);
  const later = laterAt(found, before);
  if (later !== undefined) return later;
  if (exception.name === "NotAllInputParsedException")
    return redundant(found, span, before, statement[before.length + 1], isFirstOnLine(found));
  const next = statement[before.length + 1];
  if (T.isHard(found) && (exception.message === "a name" || next?.image === ":")) return hardWord(found);
  const help =
    product(found, before) ??
    misspelt(exception.message, found) ??
    unfinished(exception.message, found, next) ??
    unquoted(before);
  return error("THC1001", `expected ${exception.message}, found ${shown(found)}`, span, "unexpected", { help });
}

export function hardWord(found: T.Token): Diagnostic {
  return error("THC1015", `\`${found.image}\` is a word of the language`, T.spanOf(found), "not a name", {
    help: `as a name it is written in backquotes: \`\` \`${found.image}\` \`\``,
  });
}

export function unknownStatement(found: T.Token): Diagnostic {
  return error("THC1003", `${shown(found)} begins no statement`, T.spanOf(found), "not known here", {
    help:
      didYouMean(found.image, STATEMENTS) ??
      `a rule begins with its name and a colon, a declaration with ${list(STATEMENTS)}`,
  });
}

/** What people write out of the habit of other languages. */
function habit(found: T.Token, next: T.Token | undefined): string | undefined {
  if (found.image === "=") return "values are compared by `==`";
  if (/^[a-z]{3}$/.test(found.image) && found.tokenType === T.Ident)
    return `a currency is written \`${found.image.toUpperCase()}\``;
  if (found.image === "|") return "write `or`";
  return T.isName(found) && VERBS.includes(next?.image ?? "")
    ? `a rule is written \`${found.image}: ${next!.image} …\``
    : undefined;
}

/** `a*b` is a glob, which has no place among values. */
function product(found: T.Token, before: readonly T.Token[]): string | undefined {
  const isAsked = before.some(({ image }) => image === "when" || image === "where");
  return isAsked && found.tokenType === T.Glob ? "with blanks around it, `*` multiplies: `a * b`" : undefined;
}

/** Where the nearest word of the language would mislead. */
function slip(found: T.Token, before: readonly T.Token[], next: T.Token | undefined): string | undefined {
  if (found.image === "if") return "a condition begins with `when`";
  if (found.image === "unless") return "write `when not (…)`";
  const previous = before.at(-1);
  const isGrouped = found.image === "," && previous?.tokenType === T.Num && next?.tokenType === T.Num;
  if (isGrouped) return `digits are grouped by \`_\`: \`${previous.image}_${next.image}\``;
  if (found.image === "use" && next !== undefined && T.isName(next)) return RULESET_QUOTED;
  if (found.image === ">" && before[0]?.image === "labels")
    return "labels go from the lowest up: `labels public < secret`";
  if (isGlued(previous, found)) return "numbers have no unit; an amount has its currency, `5 USD`";
  const isAsked = before.some((token) => token.image === "from");
  return isAsked && [found.image, previous?.image].some((word) => OPTIONS.includes(word ?? ""))
    ? "what an approval needs stands in brackets: `from role finance (quorum 2, expires 30m, once)`"
    : undefined;
}
const RULESET_QUOTED = 'a ruleset stands in quotes: `use "std/secrets"`';

/** `5kg`; what looks like a currency is spoken of elsewhere. */
const isGlued = (number: T.Token | undefined, found: T.Token): boolean =>
  number?.tokenType === T.Num &&
  number.endOffset + 1 === found.startOffset &&
  /^[a-z]+$/i.test(found.image) &&
  found.image.length !== 3;

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(ms|milli\w*)$/, "ms"],
  [/^s(ecs?|econds?)?$/, "s"],
  [/^m(ins?|inutes?)?$/, "m"],
  [/^h(rs?|ours?)?$/, "h"],
  [/^d(ays?)?$/, "d"],
  [/^w(eeks?)?$/, "w"],
];

const unquoted = (before: readonly T.Token[]): string | undefined =>
  before.at(-1)?.image === "use" ? RULESET_QUOTED : undefined;

/** What lacks only how it is written. */
function unfinished(expected: string, found: T.Token, next: T.Token | undefined): string | undefined {
  if (expected === EXPECTED.approvers && T.isName(found)) return `write \`role ${found.image}\``;
  if (found.tokenType !== T.Num) return undefined;
  if (expected === T.Percent.LABEL) return `write \`${found.image}%\``;
  if (expected !== T.Duration.LABEL) return undefined;
  const unit = next === undefined ? undefined : UNITS.find(([word]) => word.test(next.image))?.[1];
  return unit === undefined ? `a duration has its unit: \`${found.image}m\`` : `write \`${found.image}${unit}\``;
}
const OPTIONS = ["quorum", "expires", "once", "binds"];

function redundant(
  found: T.Token,
  span: Span,
  before: readonly T.Token[],
  next: T.Token | undefined,
  isFirst: boolean,
): Diagnostic {
  if (isFirst && T.isName(found) && suggest(found.image, STATEMENTS) !== undefined) return unknownStatement(found);
  return error("THC1001", `${shown(found)} does not continue the statement before it`, span, "unexpected", {
    help: product(found, before) ?? slip(found, before, next) ?? didYouMean(found.image, CLAUSES) ?? habit(found, next),
  });
}

/** The words that an expectation names in backticks are what a misspelt word may have meant. */
function misspelt(expected: string, found: T.Token): string | undefined {
  if (!T.isName(found)) return undefined;
  return didYouMean(
    found.image,
    [...expected.matchAll(/`([a-z]+)/g)].map((m) => m[1]!),
  );
}

const shown = (token: T.Token): string => (token.tokenType === T.Quoted ? token.image : quote(token.image));
