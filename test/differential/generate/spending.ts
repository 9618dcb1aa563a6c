/**
 * What is spent for others, in the ledgers of all of them. Left to chance a budget per agent or team, a chain that holds and a result of
 * the same chain seldom meet; here every contract has them, and little else.
 */
import { allow, contract, T, tool } from "../../contracts/build.ts";
import type { Contract, Rule } from "../../reference/contract.ts";
import { decimal } from "../../reference/decimal.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { makeBudget } from "./budgets.ts";
import { makeDelegations, sharesOf } from "./delegations.ts";
import { narrate, type Step } from "./history.ts";

const NAMES = ["alpha", "beta", "gamma"];

export function tellSpending(random: Random, stepper: (contract: Contract) => Step): Case {
  const given = makeSpending(random);
  const author = narrate(given, random, stepper(given));
  const steps = 4 + random.below(14);
  for (let i = 0; i < steps; i += 1)
    random.weighted<void>([
      [5, () => void author.call()],
      [3, () => author.result()],
      [2, () => author.any()],
    ]);
  return { contract: given, events: author.events() };
}

function makeSpending(random: Random): Contract {
  const bare = contract([tool("look", {}), tool("pay", { amount: T.int })], [allow("all", ["*"])]);
  const agents = NAMES.slice(0, 1 + random.below(3)).map((name) => ({
    name,
    ids: [`${name}-*`],
    team: random.chance(0.3) ? random.pick(["research", "payments"]) : undefined,
    span: { start: 0, end: 0 },
  }));
  const given: Contract = { ...bare, agents };
  const targets = [...given.tools.keys()];
  const base = { targets, narrowed: [], because: undefined, suggest: undefined, maps: [], span: { start: 0, end: 0 } };
  const budgets = random
    .several(1, 4, (): Rule => {
      const rule = makeBudget(
        { ...base, name: "" },
        given,
        random.pick([[{ kind: "deny" }], [{ kind: "warn" }]]),
        random,
      );
      const ledger = random.pick(["agent", "agent", "team", "session"] as const);
      const own = random.chance(0.3) ? { agent: random.below(agents.length) } : {};
      if (rule.kind !== "budget") return rule;
      const few = random.chance(0.5)
        ? ({ measure: { kind: "calls" }, limit: decimal(2n + BigInt(random.below(5)), 0) } as const)
        : {};
      return { ...rule, ...few, ledger, window: rule.ledger === "turn" ? undefined : rule.window, ...own };
    })
    .map((rule, i) => ({ ...rule, name: `b${i}` }));
  const lines = [{ targets, narrowed: [], when: undefined }];
  const blocks = makeDelegations(given, random, 1).map((block) => ({
    ...block,
    lines,
    depth: 1 + random.below(4),
    ttl: random.chance(0.2) ? block.ttl : undefined,
    share: random.chance(0.7) ? decimal(5n, 1) : block.share,
  }));
  const rules: readonly Rule[] = [...given.rules, ...budgets, ...blocks];
  const all = [...rules, ...sharesOf(rules)];
  return { ...given, rules: all.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
