/** Contracts: mostly small, now and then one with many rules over one tool or many conditions. */
import type { Agent, Contract, Rule } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { makeRegistry, withAction, withNamedActions } from "./cloud.ts";
import { withImports } from "./imports.ts";
import { makeFacts, makeTool, toolNames } from "./menu.ts";
import { allowEverything, makeRule } from "./rules.ts";

const span = { start: 0, end: 0 };
const AGENTS: readonly Agent[] = [
  { name: "support_bot", ids: ["support-bot-*"], span },
  { name: "triage_bot", ids: ["triage-*-bot", "triage"], span },
];

export function makeContract(random: Random): Contract {
  const large = random.chance(0.02);
  const registry = makeRegistry(random);
  const names = toolNames(random, large ? 2 : 6);
  const plain: Contract = {
    name: "generated",
    version: "1.0.0",
    owner: undefined,
    imports: [],
    agents: random.chance(0.7) ? AGENTS.slice(0, 1) : AGENTS,
    tools: [...names].sort().map((name) => {
      const tool = makeTool(name, random);
      return registry === undefined ? tool : withAction(tool, random);
    }),
    facts: makeFacts(random),
    rules: [],
    tests: [],
    registry,
  };
  const bare = withImports(plain, random);
  const count = large ? 60 + random.below(90) : 1 + random.below(random.chance(0.7) ? 5 : 12);
  const rules: Rule[] = Array.from({ length: count }, (_, i) => makeRule(ruleName(i), bare, random));
  // Rules narrow: without this one almost every generated call would end at `no_allow` or the first deny.
  if (random.chance(0.8)) rules.push(allowEverything(bare));
  return withNamedActions({ ...bare, rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)) });
}

function ruleName(rank: number): string {
  return `r${String.fromCharCode(97 + (rank % 26))}${Math.floor(rank / 26) || ""}`;
}
