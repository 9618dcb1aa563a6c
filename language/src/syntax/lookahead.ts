/**
 * Which alternative a token begins, worked out when the parser first gets there: a contract needs a part of the grammar, and
 * Chevrotain's way of working out all of it at the start took a third of a short `thc check`. The answers are Chevrotain's own: where
 * the first token decides among the alternatives, a table says the same as its paths; everywhere else its paths are asked.
 */
import {
  Alternation,
  type ILookaheadStrategy,
  type IProduction,
  type IToken,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  type Rule,
  Terminal,
} from "chevrotain";

type Options = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];
type Choose = ReturnType<ILookaheadStrategy["buildLookaheadForAlternation"]>;
/** What can stand first: numbers of token types, with those that count as one of them. */
interface First {
  readonly types: ReadonlySet<number>;
  readonly canBeEmpty: boolean;
}

export function lazyLookahead(maxLookahead: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  const firsts = new Map<Rule, First>();
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation(options) {
      let choose: Choose | undefined;
      let byPaths: Choose | undefined;
      const ask: Choose = function (this: unknown, alternatives) {
        byPaths ??= strategy.buildLookaheadForAlternation(options);
        return byPaths.call(this, alternatives);
      };
      return function (this: unknown, alternatives) {
        choose ??= byFirstToken(options, firsts, ask) ?? ask;
        return choose.call(this, alternatives);
      };
    },
    buildLookaheadForOptional(options) {
      let isNext: ReturnType<ILookaheadStrategy["buildLookaheadForOptional"]> | undefined;
      return function (this: unknown) {
        isNext ??= strategy.buildLookaheadForOptional(options);
        return isNext.call(this);
      };
    },
  };
}

/** Several alternatives begin so. */
const SEVERAL = -1;

/** `ask`: where one token does not decide. Undefined: that is so of all tokens. */
function byFirstToken(
  { rule, prodOccurrence, hasPredicates }: Options,
  firsts: Map<Rule, First>,
  ask: Choose,
): Choose | undefined {
  const alternation = alternationOf(rule.definition, prodOccurrence);
  if (alternation === undefined) return undefined;
  const table: number[] = [];
  for (const [n, alternative] of alternation.definition.entries()) {
    const { types, canBeEmpty } = firstOf([alternative], firsts);
    if (canBeEmpty) return undefined;
    for (const type of types) table[type] = table[type] === undefined ? n : SEVERAL;
  }
  return function (this: unknown, alternatives) {
    const n = table[(this as { readonly LA: (n: number) => IToken }).LA(1).tokenTypeIdx];
    if (n === SEVERAL) return ask.call(this, alternatives);
    const gate = n === undefined || !hasPredicates ? undefined : alternatives?.[n]?.GATE;
    return gate === undefined || gate.call(this) ? n : undefined;
  };
}

function alternationOf(definition: readonly IProduction[], occurrence: number): Alternation | undefined {
  for (const part of definition) {
    if (part instanceof Alternation && part.idx === occurrence) return part;
    const inside = part instanceof NonTerminal ? undefined : alternationOf(partsOf(part), occurrence);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const partsOf = (part: IProduction): readonly IProduction[] =>
  (part as { readonly definition?: readonly IProduction[] }).definition ?? [];

function firstOf(definition: readonly IProduction[], firsts: Map<Rule, First>): First {
  const types = new Set<number>();
  for (const part of definition) {
    const first = firstOfPart(part, firsts);
    for (const type of first.types) types.add(type);
    if (!first.canBeEmpty) return { types, canBeEmpty: false };
  }
  return { types, canBeEmpty: true };
}

function firstOfPart(part: IProduction, firsts: Map<Rule, First>): First {
  if (part instanceof Terminal) {
    const { tokenTypeIdx, categoryMatches = [] } = part.terminalType;
    return {
      types: new Set([...(tokenTypeIdx === undefined ? [] : [tokenTypeIdx]), ...categoryMatches]),
      canBeEmpty: false,
    };
  }
  if (part instanceof NonTerminal) {
    const rule = part.referencedRule;
    let first = firsts.get(rule);
    if (first === undefined) {
      first = firstOf(rule.definition, firsts);
      firsts.set(rule, first);
    }
    return first;
  }
  if (part instanceof Alternation) {
    const each = part.definition.map((one) => firstOf([one], firsts));
    return { types: new Set(each.flatMap(({ types }) => [...types])), canBeEmpty: each.some((one) => one.canBeEmpty) };
  }
  const { types, canBeEmpty } = firstOf(partsOf(part), firsts);
  return { types, canBeEmpty: canBeEmpty || part instanceof Option || part instanceof Repetition };
}
