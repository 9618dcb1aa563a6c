/** The parser's own way of choosing an alternative says what Chevrotain's does, for every choice of the grammar and every two tokens. */
import { Alternation, type IProduction, LLkLookaheadStrategy } from "chevrotain";
import { expect, test } from "vitest";
import { lazyLookahead } from "../../../language/src/syntax/lookahead.ts";
import { ContractParser } from "../../../language/src/syntax/parse-blocks.ts";
import { expectationProvider } from "../../../language/src/syntax/syntax-errors.ts";
import { Name, VOCABULARY } from "../../../language/src/syntax/tokens.ts";

/** `Name` is what many count as, and no token is. */
const TOKENS = VOCABULARY.filter((type) => type !== Name);

function choicesIn(part: IProduction): readonly Alternation[] {
  const inside = "definition" in part ? (part.definition as readonly IProduction[]) : [];
  const below = "referencedRule" in part ? [] : inside.flatMap(choicesIn);
  return part instanceof Alternation ? [part, ...below] : below;
}

test("every choice is made as by Chevrotain's paths, whatever the next two tokens are", () => {
  const parser = new ContractParser(expectationProvider);
  const [own, theirs] = [lazyLookahead(2), new LLkLookaheadStrategy({ maxLookahead: 2 })];
  let choices = 0;
  for (const rule of Object.values(parser.getGAstProductions()))
    for (const choice of rule.definition.flatMap(choicesIn)) {
      choices++;
      const options = {
        rule,
        prodOccurrence: choice.idx,
        maxLookahead: 2,
        hasPredicates: false,
        dynamicTokensEnabled: false,
      };
      const alternatives = choice.definition.map(() => ({ ALT: () => undefined }));
      const [a, b] = [own.buildLookaheadForAlternation(options), theirs.buildLookaheadForAlternation(options)];
      for (const first of TOKENS)
        for (const second of TOKENS) {
          const LA = (n: number) => ({ tokenTypeIdx: (n === 1 ? first : second).tokenTypeIdx });
          const at = { LA, LA_FAST: LA };
          const [mine, other] = [a.call(at, alternatives), b.call(at, alternatives)];
          if (mine !== other) expect(`${rule.name} ${first.name} ${second.name}: ${mine}`).toBe(`${other}`);
        }
    }
  expect(choices).toBeGreaterThan(40);
});
