/** Delegations, and chains of calls that are made for others: mostly such as some block covers, now and then not. */
import type { Contract, Delegation, DelegationLine, Rule } from "../../reference/contract.ts";
import { decimal } from "../../reference/decimal.ts";
import type { Random } from "../random.ts";
import { arr, num, obj, type Written } from "../written.ts";
import { makeCondition } from "./conditions.ts";
import { join, ofArguments, ofRequest } from "./references.ts";
import { makeTargets } from "./targets.ts";
import { writeValue } from "./values.ts";

const SHARES = [decimal(5n, 1), decimal(125n, -1), decimal(1n, 2)];
const MINUTE = 60_000;
const TEAMS = ["research", "payments"];
const SCOPES = ["refunds:write", "hello"];

export function makeDelegations(contract: Contract, random: Random, often = 0.4): readonly Delegation[] {
  if (!random.chance(often)) return [];
  const agents = [...contract.agents.keys()];
  return agents.flatMap((from) =>
    agents.flatMap((agent): readonly Delegation[] =>
      random.chance(from === agent ? 0.3 : 0.6) ? [makeDelegation(from, agent, contract, random)] : [],
    ),
  );
}

/** What `budgets N%` adds: of each budget of the delegator. */
export function sharesOf(rules: readonly Rule[]): readonly Rule[] {
  return rules.flatMap((block) =>
    rules.flatMap((rule): readonly Rule[] => {
      if (block.kind !== "delegation" || block.share === undefined || rule.kind !== "budget") return [];
      if (rule.agent !== undefined && rule.agent !== block.from) return [];
      const { digits, exponent } = block.share;
      const limit = decimal(rule.limit.digits * digits, rule.limit.exponent + exponent - 2);
      const rounded = limit.exponent < -9 ? decimal(limit.digits / 10n ** BigInt(-9 - limit.exponent), -9) : limit;
      const own = { name: `${block.name}.${rule.name}`, agent: block.agent, delegator: block.from, limit: rounded };
      return [{ ...rule, ...own, otherwise: [{ kind: "deny" }] }];
    }),
  );
}

function makeDelegation(from: number, agent: number, contract: Contract, random: Random): Delegation {
  const { agents, tools } = contract;
  return {
    kind: "delegation",
    name: `${agents[from]!.name}.to.${agents[agent]!.name}`,
    targets: [...tools.keys()],
    narrowed: [],
    because: undefined,
    suggest: undefined,
    maps: [],
    span: { start: 0, end: 0 },
    from,
    agent,
    lines: random.several(1, 3, () => makeLine(contract, random)),
    share: random.chance(0.5) ? random.pick(SHARES) : undefined,
    depth: random.pick([1, 2, 2, 3]),
    ttl: random.chance(0.4) ? random.pick([MINUTE, 15 * MINUTE]) : undefined,
  };
}

function makeLine(contract: Contract, random: Random): DelegationLine {
  const { targets, narrowed } = random.chance(0.4)
    ? { targets: [...contract.tools.keys()], narrowed: [] }
    : makeTargets(contract, random);
  const args = ofArguments(contract, targets);
  const scope = {
    readable: join(args, args, ofRequest(contract)),
    guarded: true,
    depth: 0,
    labels: contract.labels,
  };
  return { targets, narrowed, when: random.chance(0.5) ? makeCondition(scope, random) : undefined };
}

/** Of an event: what its principal holds, and whom it is for. */
export interface Whom {
  readonly scopes: readonly string[];
  readonly chain: Written | undefined;
}
export const NOBODY: Whom = { scopes: [], chain: undefined };
export function makeWhom(contract: Contract, agent: number, now: number, random: Random): Whom {
  const scopes = random.chance(0.3) ? ["refunds:write"] : [];
  return { scopes, chain: makeChain(contract, agent, scopes, now, random) };
}

/** `principal.chain` of one call by a principal of `agent` that has these scopes; undefined: it acts for itself. */
function makeChain(
  contract: Contract,
  agent: number,
  scopes: readonly string[],
  now: number,
  random: Random,
): Written | undefined {
  const blocks = contract.rules.flatMap((rule) => (rule.kind === "delegation" ? [rule] : []));
  if (!random.chance(blocks.length > 0 ? 0.65 : 0.02)) return undefined;
  const links: Written[] = [];
  let to = agent;
  do {
    const fitting = blocks.filter((rule) => rule.agent === to);
    const isCovered = fitting.length > 0 && random.chance(0.97);
    const from = isCovered ? random.pick(fitting).from : random.below(contract.agents.length);
    links.unshift(makeLink(contract, from, scopes, now, random));
    to = from;
  } while (random.chance(0.25) && links.length < 4);
  const whom = () => obj({ id: random.pick(["ann", "bob"]), user: true, scopes: arr(SCOPES), at: num(now - 1_000) });
  if (random.chance(0.2)) links.unshift(whom());
  if (random.chance(0.02)) links.push(whom());
  return random.chance(0.02) ? random.pick<Written>([arr([]), null, arr([null]), "support-bot-7"]) : arr(links);
}

function makeLink(
  { agents, facts, rules }: Contract,
  agent: number,
  scopes: readonly string[],
  now: number,
  random: Random,
): Written {
  const { ids, team } = agents[agent]!;
  const teams = rules.some((rule) => rule.kind === "budget" && rule.ledger === "team") ? 0.9 : 0.3;
  const age = random.pick([0, 1_000, 1_000, 59_000, 61_000, 900_000, 900_001, random.chance(0.1) ? -1 : 0]);
  const held = random.chance(0.95) ? [...scopes, ...random.some(SCOPES, 1)] : [];
  return obj({
    id: random.chance(0.98) ? random.pick(ids).replaceAll("*", "8") : "nobody",
    team: random.chance(teams) ? (random.chance(0.9) ? (team ?? random.pick(TEAMS)) : "payments") : undefined,
    roles: random.chance(0.4) ? arr(random.several(0, 2, () => random.pick(["A1", "lead", "hello"]))) : undefined,
    scopes: held.length > 0 || random.chance(0.3) ? arr(held) : undefined,
    at: random.chance(0.99) ? num(now - age) : random.pick([undefined, num(-1), "then"]),
    user: random.chance(0.05) ? random.chance(0.5) : undefined,
    ...Object.fromEntries(
      facts.flatMap(({ root, name, type }) =>
        root === "principal" && random.chance(0.5)
          ? [[name, name === "trust" ? num(random.pick(["0", "0.5", "1", "2"])) : writeValue(type, random, new Map())]]
          : [],
      ),
    ),
  });
}
