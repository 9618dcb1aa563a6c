/**
 * Law 7: delegation narrows by construction. Whatever a call that is made for others comes to, nobody of the chain could not have had it
 * by calling alone; what no line admits is denied; a chain with a hop that does not hold is no chain.
 */

import { allow, budget, contract, deny, tool } from "../../contracts/build.ts";
import { type makeCase, stepper } from "../../differential/generate/case.ts";
import { makeContract } from "../../differential/generate/contract.ts";
import { narrate } from "../../differential/generate/history.ts";
import type { Random } from "../../differential/random.ts";
import { arr, num, obj, plain, type Written } from "../../differential/written.ts";
import type { Contract } from "../../reference/contract.ts";
import { decimal } from "../../reference/decimal.ts";
import {
  holds,
  instead,
  isCall,
  isLetThrough,
  isNoWeaker,
  type Law,
  member,
  type Played,
  plainEvents,
  play,
  withMember,
} from "../law.ts";

const CHAIN = ["principal", "chain"] as const;
const APPROVALS = ["context", "approvals"] as const;
const BEFORE_CHAINS = ["bad_request", "bad_json", "duplicate_key", "number_range", "too_deep", "too_large", "bad_utf8"]
  .concat(["unknown_agent", "unknown_tool", "tool_drift", "bad_arguments", "unknown_action", "bad_facts", "bad_state"])
  .concat(["clock_jump", "suspended"]);

/** Links of a call's chain; none when it is not written so. */
function linksOf(request: Written): readonly Written[] {
  const chain = member(request, ...CHAIN);
  return chain !== null && typeof chain === "object" && "items" in chain ? chain.items : [];
}
const agentsIn = (request: Written): readonly Written[] =>
  linksOf(request).filter((link) => member(link, "user") !== true);

/** Some rule says for whom it is: what it says of a call for others and of one for oneself may differ. */
function readsChain({ rules, tools }: Contract): boolean {
  const finds = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null) return false;
    if ("root" in value && "path" in value && value.root === "principal")
      return Array.isArray(value.path) && value.path[0] === "chain";
    return Object.values(value).some(finds);
  };
  return finds(rules) || finds(tools);
}

/** A contract that delegates, and a short history in it; `change` comes before the history is written. */
function delegated(random: Random, change: (contract: Contract) => Contract = (c) => c): ReturnType<typeof makeCase> {
  let contract = makeContract(random);
  while (!contract.rules.some((rule) => rule.kind === "delegation") || contract.rules.length > 20)
    contract = makeContract(random);
  const changed = change(contract);
  const author = narrate(changed, random, stepper(changed));
  for (let i = 0; i < 8; i += 1) author.any();
  return { contract: changed, events: plainEvents(author.events()) };
}
const isMadeForAgents = ({ event, decision }: Played): boolean =>
  isCall(event) && agentsIn(event.request).length > 0 && !decision.duplicate;

/** What one may do another may not: allows stand inside agents, and some ids are denied. */
function apart(contract: Contract, random: Random): Contract {
  const agents = [...contract.agents.keys()];
  const moved = contract.rules.map((rule) =>
    rule.kind === "allow" && random.chance(0.6) ? { ...rule, agent: random.pick(agents) } : rule,
  );
  const base = { narrowed: [], because: undefined, suggest: undefined, maps: [], span: { start: 0, end: 0 } };
  const id = { kind: "reference", root: "principal", depth: 0, path: ["id"], member: undefined } as const;
  const deny: Contract["rules"][number] = {
    ...{ ...base, kind: "deny", name: "denied", targets: [...contract.tools.keys()] },
    // delegators have an 8 in their ids
    when: { kind: "matches", item: { ...id, type: { kind: "id" }, optional: false }, style: "text", globs: ["*8*"] },
  };
  const inside: Contract["rules"][number] = { ...deny, when: undefined, agent: random.pick(agents) };
  const rules = [...moved, ...random.pick([[deny], [inside], [inside], []])];
  return { ...contract, rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Everything is allowed and admitted once somebody of a role has approved it. */
function askingInRole(contract: Contract): Contract {
  const targets = [...contract.tools.keys()];
  const base = { targets, narrowed: [], because: undefined, suggest: undefined, maps: [], span: { start: 0, end: 0 } };
  const asked = {
    roles: ["lead"],
    quorum: 1,
    expires: undefined,
    once: false,
    orRequester: true,
    whole: true,
    binds: [],
  };
  const lines = [{ targets, narrowed: [], when: undefined }];
  return {
    ...contract,
    rules: [
      { ...base, kind: "allow", name: "all", when: undefined, obligations: [] },
      { ...base, kind: "require_approval", name: "asks", when: undefined, approval: asked },
      ...contract.rules.flatMap((rule) => (rule.kind === "delegation" ? [{ ...rule, lines }] : [])),
    ],
  };
}

/** Agent a delegates a tool to agent b, with so much of its budget of so many calls a session. */
function sharing(limit: number, share: number): Contract {
  const all = { targets: [0], narrowed: [], when: undefined };
  const block = { kind: "delegation", from: 0, agent: 1, lines: [all], depth: 1, ttl: undefined } as const;
  const made = contract(
    [tool("look", {})],
    [
      (names) => ({ ...deny("a.to.b", ["look"])(names), ...block, share: decimal(BigInt(share), 0) }),
      budget("a.to.b.most", ["look"], String((limit * share) / 100), { agent: 1, delegator: 0 }),
      allow("all", ["look"]),
      budget("most", ["look"], String(limit)),
    ],
  );
  const agents = ["a", "b"].map((name) => ({ name, ids: [name], team: undefined, span: { start: 0, end: 0 } }));
  return { ...made, agents };
}

export const DELEGATION: readonly Law[] = [
  {
    number: 7,
    sentence:
      "a call made for others is never weaker than the same call of any of them, or, where no rule reads the chain, of the principal for itself",
    trials: 60,
    check: (subject, random) => {
      const found = delegated(random, (contract) => apart(contract, random));
      const instance = subject.compile(found.contract);
      const reads = readsChain(found.contract);
      for (const played of play(instance, found.events).filter(isMadeForAgents)) {
        // an approval is bound to the chain for which it was given
        const asked = withMember(played.event.request, APPROVALS, undefined);
        const decision = instead(instance, played, asked);
        const alone = withMember(asked, CHAIN, undefined);
        const others = linksOf(asked).flatMap((link, i, all) => {
          if (member(link, "user") === true) return [];
          // what it does for those before it, where rules read who they are
          const before = reads && i > 0 ? withMember(asked, CHAIN, arr(all.slice(0, i))) : alone;
          return [
            ["id", "team", "roles", "scopes"].reduce<Written>(
              (request, name) => withMember(request, ["principal", name], member(link, name)),
              before,
            ),
          ];
        });
        for (const request of [...(reads ? [] : [alone]), ...others]) {
          const own = instead(instance, played, request);
          const who = String(member(request, "principal", "id"));
          holds(
            decision.duplicate || own.duplicate || isNoWeaker(decision, own),
            () => `${who}: ${own.outcome}, for others ${decision.outcome}`,
          );
        }
      }
    },
  },
  {
    number: 7,
    sentence: "what no line of the delegation admits is denied",
    trials: 40,
    check: (subject, random) => {
      const found = delegated(random);
      const when = { kind: "constant", value: false } as const;
      const rules = found.contract.rules.map((rule) =>
        rule.kind === "delegation" ? { ...rule, lines: rule.lines.map((line) => ({ ...line, when })) } : rule,
      );
      for (const { decision } of play(subject.compile({ ...found.contract, rules }), found.events).filter(
        isMadeForAgents,
      ))
        holds(decision.outcome === "deny", () => `not admitted, yet ${decision.outcome}`);
    },
  },
  {
    number: 7,
    sentence: "a chain is void when a hop has no block, comes later, widens the scopes, or is one too many",
    trials: 30,
    check: (subject, random) => {
      const found = delegated(random);
      const { contract, events } = found;
      const instance = subject.compile(contract);
      const compiled = (change: (rules: Contract["rules"]) => Contract["rules"]) =>
        subject.compile({ ...contract, rules: change(contract.rules) });
      const undelegated = compiled((rules) => rules.filter((rule) => rule.kind !== "delegation"));
      const brief = compiled((rules) => rules.map((rule) => (rule.kind === "delegation" ? { ...rule, ttl: 1 } : rule)));
      const played = play(instance, events).filter(isMadeForAgents).slice(0, 6);
      for (const { event, decision } of played) {
        const isVoid = (at: typeof instance, request: Written, how: string): void => {
          const { reason } = at.decide(new TextEncoder().encode(plain(request)), new Uint8Array(0)).decision;
          holds(reason === "bad_chain" || BEFORE_CHAINS.includes(reason), () => `${how}, yet ${reason}`);
        };
        const { request } = event;
        const links = agentsIn(request);
        isVoid(undelegated, request, "nothing is delegated");
        isVoid(instance, withMember(request, ["principal", "scopes"], arr(["all:of:it"])), "a scope more");
        const time = Number((member(request, "context", "time") as { readonly raw: string } | undefined)?.raw);
        const at = (when: number) => arr(links.map((link) => withMember(link, ["at"], num(when))));
        if (!Number.isSafeInteger(time) || decision.reason === "bad_request") continue;
        isVoid(instance, withMember(request, CHAIN, at(time + 1)), "delegated later");
        isVoid(brief, withMember(request, CHAIN, at(Math.max(0, time - 2))), "delegated long ago");
        const many = Array.from({ length: 4 }, () => links)
          .flat()
          .slice(0, 12);
        if (many.length > 3) isVoid(instance, withMember(request, CHAIN, arr(many)), "one hop after the other");
      }
    },
  },
  {
    number: 7,
    sentence: "what is done for others spends no more than its share, and what is not done for them none of it",
    trials: 40,
    check: (subject, random) => {
      const limit = 1 + random.below(12);
      const [share, own] = [1 + random.below(100), random.below(limit + 1)];
      const instance = subject.compile(sharing(limit, share));
      const calls = [...Array(own).fill(false), ...Array(limit).fill(true)].sort(() => random.below(3) - 1);
      let state: Uint8Array = new Uint8Array(0);
      let spent = 0;
      let all = 0;
      for (const [i, isForOther] of calls.entries()) {
        const chain = isForOther ? arr([obj({ id: "a", at: num(0) })]) : undefined;
        const request = obj({
          event: "call",
          principal: obj({ id: "b", chain }),
          action: obj({ tool: "look" }),
          context: obj({ time: num(1_000), call_id: `c${i}` }),
        });
        const { decision, state: after } = instance.decide(new TextEncoder().encode(plain(request)), state);
        const fits = all + 1 <= limit && (!isForOther || (spent + 1) * 100 <= limit * share);
        holds(isLetThrough(decision) === fits, () => `${spent} of ${share} % of ${limit} spent: ${decision.outcome}`);
        state = after;
        if (isLetThrough(decision)) all += 1;
        if (isLetThrough(decision) && isForOther) spent += 1;
      }
    },
  },
  {
    number: 6,
    sentence: "whoever a call is made for approves nothing of it in a role",
    trials: 15,
    check: (subject, random) => {
      const found = delegated(random, askingInRole);
      const instance = subject.compile(found.contract);
      for (const played of play(instance, found.events).filter(isMadeForAgents)) {
        const { request } = played.event;
        const { approvals, outcome } = instead(instance, played, withMember(request, APPROVALS, undefined));
        if (outcome !== "require_approval") continue;
        const [link] = agentsIn(request);
        const entries = approvals.map(({ rule, digest }) =>
          obj({
            ...{ id: "own", rule, digest, by: member(link!, "id") ?? null },
            ...{ roles: arr(["lead", "finance", "oncall"]), at: member(request, "context", "time") },
          }),
        );
        const decision = instead(instance, played, withMember(request, APPROVALS, arr(entries)));
        holds(decision.duplicate || !isLetThrough(decision), () => `approved by whom it is for: ${decision.outcome}`);
      }
    },
  },
];
