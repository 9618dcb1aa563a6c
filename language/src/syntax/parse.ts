/**
 * Text to syntax tree: lex, cut into statements, parse each by itself. Never throws on any text; every statement that cannot be
 * parsed is a `broken` node with its diagnostics out.
 */
import type { IRecognitionException, ParserMethod } from "chevrotain";
import { type Diagnostic, error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Source, Span } from "../source.ts";
import type * as Ast from "./ast.ts";
import { LATER_DECLARATIONS, LATER_REQUIREMENTS, LATER_VERBS, notAvailable } from "./later-words.ts";
import { type Comment, lex } from "./lex.ts";
import { ContractParser } from "./parse-blocks.ts";
import { isGivenAt, segment } from "./segment.ts";
import { expectationProvider, explain, hardWord, unknownStatement, VERBS } from "./syntax-errors.ts";
import * as T from "./tokens.ts";

export interface Parsed {
  /** Undefined when the first line is not a contract's. */
  readonly contract: Ast.ContractNode | undefined;
  readonly statements: readonly Ast.Statement[];
  readonly comments: readonly Comment[];
  /** Behind the last statement: where comments at the end belong. */
  readonly span: Span;
}

const MAX_SYNTAX_ERRORS = 100;
/** Words and signs of one statement, an agent's aside; and characters of one that stands inside an agent. */
const MAX_STATEMENT = 32_768;
const MAX_PART = 262_144;

/** Recording the grammar takes some 30 ms, so it happens once, and not on import. */
let shared: ContractParser | undefined;

export function parse(source: Source, report: Report): Parsed {
  shared ??= new ContractParser(expectationProvider);
  const parser = shared;
  const unread: Span[] = [];
  const { tokens, comments, finish } = lex(source, (diagnostic) => {
    report(diagnostic);
    if (diagnostic.code !== "THC1011") unread.push(diagnostic.primary.span);
  });
  const span = { start: 0, end: source.text.length };
  const first = tokens.at(0);
  if (first === undefined || (first.image !== "contract" && first.image !== "ruleset")) {
    report(missingContract(first));
    if (first === undefined) return { contract: undefined, statements: [], comments, span };
  }
  const { header, statements } = segment(tokens, report);
  let errors = 0;
  const reportSome = (diagnostic: Diagnostic): void => {
    if (++errors <= MAX_SYNTAX_ERRORS) report(diagnostic);
    if (errors === MAX_SYNTAX_ERRORS + 1)
      report(error("THC1017", "too many errors, more are not shown", diagnostic.primary.span));
  };
  const isFirstOnLine = (token: T.Token): boolean =>
    /(?:^|\n)[ \t]*$/.test(source.text.slice(Math.max(0, token.startOffset - 200), token.startOffset));
  const run = <N>(rule: ParserMethod<[], N>, input: readonly T.Token[]): N | undefined => {
    parser.input = input as T.Token[];
    const node = rule.call(parser);
    const [exception] = parser.errors as IRecognitionException[];
    if (exception === undefined) return node;
    const diagnostic = explain(exception, input, isFirstOnLine);
    reportSome(diagnostic);
    // what stands before an unknown statement is whole
    return diagnostic.code === "THC1003" ? node : undefined;
  };
  const contract = header.length > 0 ? run(parser.header, header) : undefined;
  const isRuleset = first.image === "ruleset";
  const nodes: Ast.Statement[] = [];
  for (const { tokens: input, broken } of statements) {
    const whole = spanOfAll(input);
    // a character that could not be read makes what follows from it no second error
    const isUnread = unread.some(({ start }) => whole.start <= start && start <= whole.end);
    const isGiven = isRuleset && isGivenAt(input, 0);
    const own = isGiven ? input.slice(1) : input;
    const isLong = !broken && tooLong(own, reportSome);
    const node = broken || isUnread || isLong ? undefined : statement(parser, own, run, reportSome);
    if (node?.kind === "agent") for (const part of node.body) partTooLong(part.span, reportSome);
    if (node === undefined || node.kind === "broken" || node.kind === "given")
      nodes.push({ kind: "broken", declares: declares(own), rules: rulesInside(own), span: whole });
    else nodes.push(isGiven ? { kind: "given", statement: node, span: whole } : node);
  }
  finish();
  return { contract, statements: nodes, comments, span };
}

/** What one statement holds is compared with itself here and there, so it is bounded by itself. */
function tooLong(input: readonly T.Token[], report: Report): boolean {
  const first = input[0];
  if (first === undefined || first.image === "agent" || input.length <= MAX_STATEMENT) return false;
  const message = `the statement has ${input.length} words and signs, the most is ${MAX_STATEMENT}`;
  report(error("THC1010", message, T.spanOf(first), "begins here"));
  return true;
}
function partTooLong({ start, end }: Span, report: Report): void {
  if (end - start <= MAX_PART) return;
  const message = `the statement has ${end - start} characters, the most inside an agent is ${MAX_PART}`;
  report(error("THC1010", message, { start, end: start + 1 }, "begins here"));
}

type Run = <N>(rule: ParserMethod<[], N>, input: readonly T.Token[]) => N | undefined;

function statement(
  parser: ContractParser,
  input: readonly T.Token[],
  run: Run,
  report: Report,
): Ast.Statement | undefined {
  const [first, second] = input;
  if (first === undefined) return undefined;
  const [verb, word] = verbOf(input);
  if (second?.tokenType === T.P[":"]) {
    if (T.isHard(first)) return void report(hardWord(first));
    if (verb === undefined) return void report(unknownVerb(second));
    if (LATER_VERBS.has(verb.image)) return void report(notAvailable(`\`${verb.image}\` is`, T.spanOf(verb)));
    if (!VERBS.includes(verb.image)) return void report(unknownVerb(verb));
    if (verb.image === "require" && word !== undefined && LATER_REQUIREMENTS.has(word.image))
      return void report(notAvailable(`\`require ${word.image}\` is`, T.spanOf(word)));
    return run(parser.rule, input);
  }
  switch (first.image) {
    case "owner":
      return run(parser.owner, input);
    case "agent":
      return run(parser.agent, input);
    case "tool":
      return run(parser.tool, input);
    case "fact":
      return run(parser.fact, input);
    case "labels":
      return run(parser.labels, input);
    case "state":
      return run(parser.state, input);
    case "decision":
      return run(parser.decision, input);
    case "observe":
      return run(parser.observe, input);
    case "let":
      return letStatement(parser, input, run, report);
    case "test":
      return run(parser.test, input);
    case "use":
      if (second?.image === "registry") return run(parser.useRegistry, input);
      if (second?.image === "tools") return run(parser.useTools, input);
      return run(parser.useRulesets, input);
    case "inside":
      return run(parser.inside, input);
    case "classify":
      return run(parser.classify, input);
    case "refine":
      return run(parser.refine, input);
    case "delegate":
      return run(parser.delegate, input);
    default:
      if (LATER_DECLARATIONS.has(first.image)) report(notAvailable(`\`${first.image}\` is`, T.spanOf(first)));
      else report(unknownStatement(first));
      return undefined;
  }
}

/** What the rule does, and the word behind it: `observe until DATE` may stand before. */
function verbOf(input: readonly T.Token[]): readonly (T.Token | undefined)[] {
  const skipped = input[2]?.image !== "observe" ? 2 : input[3]?.image !== "until" ? 3 : 5;
  return input.slice(skipped, skipped + 2);
}

function letStatement(
  parser: ContractParser,
  input: readonly T.Token[],
  run: Run,
  report: Report,
): Ast.Statement | undefined {
  const word = input[3];
  if (word?.image === "hours" || word?.image === "table")
    return void report(notAvailable(`\`${word.image}\` is`, T.spanOf(word)));
  return run(parser.let, input);
}

function unknownVerb(found: T.Token): Diagnostic {
  if (found.tokenType === T.P[":"]) {
    return error("THC1002", "the rule ends after its name", T.spanOf(found), "ends here", {
      help: "a rule says what it does: `name: allow …`",
    });
  }
  return error("THC1003", `\`${found.image}\` is nothing that a rule does`, T.spanOf(found), "not known here", {
    help:
      didYouMean(found.image, VERBS) ??
      "a rule says `allow`, `deny`, `oblige`, `require`, `budget`, `loop`, `flow` or `inspect`",
  });
}

function missingContract(first: T.Token | undefined): Diagnostic {
  const span = first === undefined ? { start: 0, end: 0 } : T.spanOf(first);
  return error("THC1016", "the file does not begin with a contract", span, "expected `contract`", {
    help: 'a file holds one contract, or one ruleset: `contract "name" version "1.0.0" { … }`',
  });
}

function spanOfAll(input: readonly T.Token[]): Span {
  return { start: input[0]?.startOffset ?? 0, end: (input.at(-1)?.endOffset ?? -1) + 1 };
}

/** Rules of an agent: `NAME: verb` inside its braces. */
function rulesInside(input: readonly T.Token[]): readonly string[] {
  if (input[0]?.image !== "agent") return [];
  return input.flatMap((token, i) => {
    const isRule = i > 2 && T.isName(token) && input[i + 1]?.image === ":" && VERBS.includes(input[i + 2]?.image ?? "");
    return isRule ? [token.payload ?? token.image] : [];
  });
}

/** What a broken statement would have declared, so that its uses are not reported too. */
function declares(input: readonly T.Token[]): Ast.BrokenNode["declares"] {
  const [first, second] = input;
  if (first === undefined || second === undefined) return undefined;
  const text = (token: T.Token): string => token.payload ?? token.image;
  const dotted = (from: number): string => {
    let name = "";
    for (let i = from; T.isName(input[i]); i += 2) {
      name += text(input[i]!);
      if (input[i + 1]?.image !== ".") break;
      name += ".";
    }
    return name;
  };
  if (second.tokenType === T.P[":"]) return { kind: "rule", name: text(first) };
  switch (first.image) {
    case "agent":
    case "let":
      return { kind: first.image, name: text(second) };
    case "labels":
      return { kind: "labels", name: "" };
    case "remember":
      return { kind: "let", name: text(second) };
    case "tool":
    case "fact":
      return { kind: first.image, name: dotted(1) };
    case "use": {
      const as = input.findIndex((token) => token.image === "as");
      return as === -1 ? undefined : { kind: "tools", name: dotted(as + 1) };
    }
    default:
      return undefined;
  }
}
