/** Made-up stories through two versions of a contract. */
import type { Contract } from "@thc/language";
import type { Engine } from "../engine.ts";
import { type Change, createComparison } from "./compare.ts";
import { diceFrom } from "./dice.ts";
import { tellStory } from "./stories.ts";
import { poolsOf } from "./values.ts";

interface Version {
  readonly contract: Contract;
  readonly engine: Engine;
}

export function compareStories(before: Version, after: Version, stories: number): readonly Change[] {
  if (before.contract.tools.length === 0 || after.contract.tools.length === 0) return [];
  const comparison = createComparison(before.engine, after.engine);
  const pools = poolsOf([before.contract, after.contract]);
  for (let i = 0; i < stories; i++)
    comparison.add(tellStory(before.contract, after.contract, pools, diceFrom(i * 2_654_435_761)));
  return comparison.changes();
}
