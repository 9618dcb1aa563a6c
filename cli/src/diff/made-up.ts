/** Made-up stories through two versions of a contract. */
import type { Contract } from "@thc/language";
import type { Engine } from "../engine.ts";
import { type Change, createComparison } from "./compare.ts";
import { diceFrom } from "./dice.ts";
import { createFloods } from "./floods.ts";
import { tellStory } from "./stories.ts";
import { poolsOf } from "./values.ts";

/** Every so many stories one is told in which much happens. */
const FLOOD = 10;

interface Version {
  readonly contract: Contract;
  readonly engine: Engine;
}

export function compareStories(before: Version, after: Version, stories: number): readonly Change[] {
  if (before.contract.tools.length === 0 || after.contract.tools.length === 0) return [];
  const comparison = createComparison(before.engine, after.engine);
  const pools = poolsOf([before.contract, after.contract]);
  const floods = createFloods([before.contract, after.contract], pools);
  for (let i = 0; i < stories; i++) {
    const dice = diceFrom(i * 2_654_435_761);
    const flood = i % FLOOD === FLOOD - 1 ? floods.tell(dice) : undefined;
    const story = flood ?? tellStory(before.contract, after.contract, pools, dice);
    if (comparison.add(story) && flood === undefined) floods.keep(story, dice);
  }
  return comparison.changes();
}
