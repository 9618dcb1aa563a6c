/**
 * Which alternative a token begins, worked out when the parser first gets there: a contract needs a part of the grammar, and
 * Chevrotain's way of working out all of it at the start took a third of a short `thc check`. The answers are Chevrotain's own: where
 * the first token decides among the alternatives, a table says the same as its paths; everywhere else its paths are asked.
 */
import {
  Alternation,
  Alternative,
  type ILookaheadStrategy,
  type IProduction,
  type IToken,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
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
  const several = new Map<number, readonly Candidate[] | "not known">();
  return function (this: unknown, alternatives) {
    const { LA } = this as { readonly LA: (n: number) => IToken };
    const first = LA.call(this, 1).tokenTypeIdx;
    const n = table[first];
    if (n === SEVERAL) {
      let candidates = several.get(first);
      if (candidates === undefined) {
        candidates = candidatesFor(alternation, first, firsts);
        several.set(first, candidates);
      }
      if (candidates === "not known") return ask.call(this, alternatives);
      const second = LA.call(this, 2).tokenTypeIdx;
      const isChosen = ({ number, seconds }: Candidate): boolean => {
        if (!seconds.canEnd && !seconds.types.has(second)) return false;
        const gate = hasPredicates ? alternatives?.[number]?.GATE : undefined;
        return gate === undefined || gate.call(this);
      };
      return candidates.find(isChosen)?.number;
    }
    const gate = n === undefined || !hasPredicates ? undefined : alternatives?.[n]?.GATE;
    return gate === undefined || gate.call(this) ? n : undefined;
  };
}

/** An alternative that a token begins, and what may stand behind it. */
interface Candidate {
  readonly number: number;
  readonly seconds: Seconds;
}
/** Behind a certain first token. */
interface Seconds {
  readonly types: ReadonlySet<number>;
  /** The token alone may be all of it: then anything may follow. */
  readonly canEnd: boolean;
}
const NOTHING: Seconds = { types: new Set(), canEnd: false };

/** In their order, by two tokens as Chevrotain's paths are. "not known": with a production that is not looked into. */
function candidatesFor(
  alternation: Alternation,
  first: number,
  firsts: Map<Rule, First>,
): readonly Candidate[] | "not known" {
  const found: Candidate[] = [];
  for (const [number, alternative] of alternation.definition.entries()) {
    if (!firstOf([alternative], firsts).types.has(first)) continue;
    const seconds = behind([alternative], first, firsts);
    if (seconds === undefined) return "not known";
    found.push({ number, seconds });
  }
  return found;
}

function behind(definition: readonly IProduction[], token: number, firsts: Map<Rule, First>): Seconds | undefined {
  const types = new Set<number>();
  let canEnd = false;
  for (const [i, part] of definition.entries()) {
    const first = firstOfPart(part, firsts);
    const own = first.types.has(token) ? behindPart(part, token, firsts) : NOTHING;
    if (own === undefined) return undefined;
    for (const type of own.types) types.add(type);
    if (own.canEnd) {
      const rest = firstOf(definition.slice(i + 1), firsts);
      for (const type of rest.types) types.add(type);
      if (rest.canBeEmpty) canEnd = true;
    }
    if (!first.canBeEmpty) break;
  }
  return { types, canEnd };
}

function behindPart(part: IProduction, token: number, firsts: Map<Rule, First>): Seconds | undefined {
  if (part instanceof Terminal) return { types: new Set(), canEnd: true };
  if (part instanceof NonTerminal) return behind(part.referencedRule.definition, token, firsts);
  if (part instanceof Alternation) {
    const each = part.definition.map((one) => behind([one], token, firsts));
    if (!each.every((seconds) => seconds !== undefined)) return undefined;
    return { types: new Set(each.flatMap(({ types }) => [...types])), canEnd: each.some(({ canEnd }) => canEnd) };
  }
  if (part instanceof Alternative || part instanceof Option) return behind(partsOf(part), token, firsts);
  if (!(part instanceof Repetition || part instanceof RepetitionMandatory)) return undefined;
  const once = behind(partsOf(part), token, firsts);
  if (once?.canEnd !== true) return once;
  return { types: new Set([...once.types, ...firstOf(partsOf(part), firsts).types]), canEnd: true };
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
