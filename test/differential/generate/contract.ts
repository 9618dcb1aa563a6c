/** Contracts: mostly small, now and then one with many rules over one tool or many conditions. */
import type { Contract, Rule } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { insideAgents, makeAgents, makeLimits } from "./agents.ts";
import { withClasses } from "./classes.ts";
import { makeRegistry, withAction, withNamedActions } from "./cloud.ts";
import { makeDelegations, sharesOf } from "./delegations.ts";
import { withImports } from "./imports.ts";
import { withInspectors } from "./inspections.ts";
import { makeLabels, withGives } from "./labels.ts";
import { makeFacts, makeTool, toolNames } from "./menu.ts";
import { allowEverything, HISTORIES_BEGIN, makeRule } from "./rules.ts";

export function makeContract(random: Random): Contract {
  const large = random.chance(0.02);
  const registry = makeRegistry(random);
  const names = toolNames(random, large ? 2 : 6);
  const unlabelled: Contract = {
    name: "generated",
    version: "1.0.0",
    owner: undefined,
    agents: makeAgents(random),
    inside: [],
    imports: [],
    tools: [...names].sort().map((name) => {
      const tool = makeTool(name, random);
      return registry === undefined ? tool : withAction(tool, random);
    }),
    facts: makeFacts(random),
    labels: makeLabels(random),
    rules: [],
    tests: [],
    registry,
  };
  const bare = withImports(withClasses(withGives(unlabelled, random), random), random);
  const count = large ? 60 + random.below(90) : 1 + random.below(random.chance(0.7) ? 5 : 12);
  const made = Array.from({ length: count }, (_, i) => makeRule(ruleName(i), bare, random));
  const rules: Rule[] = [
    ...insideAgents(made, bare, random),
    ...makeLimits(bare, random),
    ...makeDelegations(bare, random),
  ];
  rules.push(...sharesOf(rules));
  // Rules narrow: without this one almost every generated call would end at `no_allow` or the first deny.
  if (random.chance(0.8)) rules.push(allowEverything(bare));
  const state = random.chance(0.15) ? { state: makeRows(random) } : {};
  const until = random.pick([undefined, 2, 60, 3_600]);
  const observation = until === undefined ? {} : { until: HISTORIES_BEGIN + until * 1_000 };
  const observe = random.chance(0.08) ? { observe: observation } : {};
  const valid = random.chance(0.35) ? { valid: random.pick([1, 60_000, 86_400_000]) } : {};
  return withInspectors(
    withNamedActions({
      ...bare,
      ...state,
      ...valid,
      ...observe,
      rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)),
    }),
  );
}

/** Tables so small that they are full soon. */
function makeRows(random: Random): NonNullable<Contract["state"]> {
  const few = () => 1 + random.below(6);
  const rows = {
    approvals: few(),
    evidence: few(),
    loop: 64,
    pending: few(),
    tokens: 4 + random.below(40),
    values: few(),
  };
  return Object.fromEntries(Object.entries(rows).filter(() => random.chance(0.7)));
}

function ruleName(rank: number): string {
  return `r${String.fromCharCode(97 + (rank % 26))}${Math.floor(rank / 26) || ""}`;
}
