/**
 * Laws 7 and 9 over the ledgers of those for whom a call is made. What each of them has spent is added up here from the requests and
 * the answers alone.
 */
import { allow, budget, contract, deny, tool } from "../../contracts/build.ts";
import type { Random } from "../../differential/random.ts";
import type { Subject } from "../../differential/subject.ts";
import type { Budget, Contract } from "../../reference/contract.ts";
import { decimal } from "../../reference/decimal.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { holds, isLetThrough, type Law } from "../law.ts";

const TIME = 1_767_225_600_000;
const AGENTS = ["a", "b", "c"];
/** Who may hand on to whom. */
const HOPS = ["ab", "bc", "bb"];
const DEPTH = 3;

type Personal = "agent" | "team";
interface Someone {
  readonly id: string;
  readonly team: string | undefined;
}
interface Limits {
  readonly ledger: Personal;
  readonly limit: number;
  /** Percent of it for whoever is delegated to; undefined: all. */
  readonly share: number | undefined;
}

/** Everybody may call, and each hop admits everything. */
function chained({ ledger, limit, share }: Limits): Contract {
  const given = { ledger, measure: { kind: "cost", currency: "USD" } } satisfies Partial<Budget>;
  const index = (name: string): number => AGENTS.indexOf(name);
  const blocks = HOPS.flatMap(([from, to]) => {
    const name = `${from}.to.${to}`;
    const all = { targets: [0], narrowed: [], when: undefined };
    const hop = { kind: "delegation", from: index(from!), agent: index(to!), lines: [all], depth: DEPTH } as const;
    const percent = share === undefined ? undefined : decimal(BigInt(share), 0);
    const part = { ...given, agent: index(to!), delegator: index(from!) };
    const block = (names: Parameters<ReturnType<typeof deny>>[0]) => ({
      ...deny(name, ["go"])(names),
      ...{ ...hop, ttl: undefined, share: percent },
    });
    return share === undefined ? [block] : [block, budget(`${name}.cap`, ["go"], String((limit * share) / 100), part)];
  });
  const made = contract([tool("go", {})], [...blocks, allow("all", ["*"]), budget("cap", ["go"], `${limit}`, given)]);
  const rules = [...made.rules].sort((a, b) => (a.name < b.name ? -1 : 1));
  const agents = AGENTS.map((name) => ({ name, ids: [`${name}*`], team: undefined, span: { start: 0, end: 0 } }));
  return { ...made, rules, agents };
}

/** The principal is the last. */
function makePath(random: Random, teams: readonly (string | undefined)[]): readonly Someone[] {
  const kinds = random.pick(["a", "b", "ab", "ab", "abb", "abc", "bc", "bb", "abbc"]);
  return [...kinds].map((kind) => ({ id: `${kind}${1 + random.below(2)}`, team: random.pick(teams) }));
}

function host(subject: Subject, given: Contract) {
  const instance = subject.compile(given);
  let state: Uint8Array = new Uint8Array(0);
  return (event: string, id: string, path: readonly Someone[], context: object, rest: object): RefDecision => {
    const [principal, ...others] = [...path].reverse();
    const chain = others.reverse().map((link) => ({ ...link, at: 0 }));
    const request = {
      event,
      principal: { ...principal, ...(chain.length === 0 ? {} : { chain }) },
      ...(event === "call" ? { action: { tool: "go" } } : {}),
      context: { time: TIME, call_id: id, ...context },
      ...rest,
    };
    const decided = instance.decide(new TextEncoder().encode(JSON.stringify(request)), state);
    state = decided.state;
    return decided.decision;
  };
}

/** What stands where, by ledger; and by ledger and hop what was spent there by others. */
function books({ ledger, limit, share }: Limits) {
  const spent = new Map<string, number>();
  const at = (place: string): number => spent.get(place) ?? 0;
  const whose = (who: Someone): string | undefined => (ledger === "agent" ? who.id : who.team);
  /** With the most that each of them may hold, in hundredths. */
  const placesOf = (path: readonly Someone[]): ReadonlyMap<string, number> => {
    const own = path.map((who) => [`${whose(who)}`, limit * 100] as const);
    const hops = path.slice(1).map((to, i) => {
      const from = path[i]!;
      return [`${whose(from)} by ${from.id[0]}${to.id[0]}`, limit * (share ?? 100)] as const;
    });
    return new Map([...own, ...(share === undefined ? [] : hops)]);
  };
  return {
    fits: (path: readonly Someone[], cost: number): boolean =>
      path.every((who) => whose(who) !== undefined) &&
      [...placesOf(path)].every(([place, most]) => (at(place) + cost) * 100 <= most),
    add: (path: readonly Someone[], cost: number): void => {
      for (const place of placesOf(path).keys()) spent.set(place, at(place) + cost);
    },
    shown: (path: readonly Someone[]): string =>
      [...placesOf(path)].map(([place, most]) => `${place}: ${at(place)} of ${most / 100}`).join(", "),
  };
}

const nameOf = (path: readonly Someone[]): string => path.map(({ id, team }) => `${id}/${team ?? "-"}`).join(" → ");

export const DELEGATED_LEDGERS: readonly Law[] = [
  {
    number: 9,
    sentence:
      "a call made for others is counted once in the ledger of each of them, and only when all of them have room",
    trials: 60,
    check: (subject, random) => {
      const limits: Limits = {
        ledger: random.pick(["agent", "team"]),
        limit: 10 + random.below(60),
        share: random.chance(0.6) ? 10 + random.below(91) : undefined,
      };
      const [send, book] = [host(subject, chained(limits)), books(limits)];
      const teams = random.chance(0.7) ? ["t1", "t2", "t3"] : ["t1", "t2", undefined];
      for (let i = 0; i < 24; i += 1) {
        const path = makePath(random, teams);
        const cost = random.below(12);
        const decision = send("call", `c${i}`, path, { cost }, {});
        const fits = book.fits(path, cost);
        holds(
          isLetThrough(decision) === fits,
          () => `${nameOf(path)} for ${cost}: ${decision.outcome} ${decision.reason}; ${book.shown(path)}`,
        );
        if (!fits) continue;
        book.add(path, cost);
        if (!random.chance(0.7)) continue;
        const actual = random.below(20);
        const noEffect = random.chance(0.2);
        const result = noEffect ? { status: "failed", no_effect: true } : { status: "ok", cost: actual };
        send("result", `c${i}`, path, {}, { result });
        book.add(path, (noEffect ? 0 : actual) - cost);
      }
    },
  },
  {
    number: 7,
    sentence: "all that others do for an agent together spends no more than the share of its budget",
    trials: 40,
    check: (subject, random) => {
      const limits: Limits = { ledger: random.pick(["agent", "team"]), limit: 100, share: 1 + random.below(99) };
      const send = host(subject, chained(limits));
      const boss: Someone = { id: "a1", team: "t" };
      let spent = 0;
      for (let i = 0; i < 30; i += 1) {
        const cost = random.below(20);
        const helper: Someone = { id: `b${i}`, team: `t${i}` };
        const decision = send("call", `c${i}`, [boss, helper], { cost }, {});
        if (isLetThrough(decision)) spent += cost;
        holds(spent <= limits.share!, () => `${spent} spent of ${limits.share} % of 100`);
      }
      holds(spent > limits.share! - 20, () => `only ${spent} of ${limits.share} % of 100 could be spent`);
    },
  },
  {
    number: 9,
    sentence: "a result told of another chain puts nothing right in the ledgers of the call's",
    trials: 15,
    check: (subject, random) => {
      const limits: Limits = { ledger: "agent", limit: 100, share: undefined };
      const send = host(subject, chained(limits));
      const [boss, other, helper] = ["a1", "a2", "b1"].map((id): Someone => ({ id, team: undefined }));
      const cost = 60 + random.below(40);
      send("call", "c", [boss!, helper!], { cost }, {});
      send(
        "result",
        "c",
        random.chance(0.5) ? [helper!] : [other!, helper!],
        {},
        { result: { status: "ok", cost: 1 } },
      );
      const again = send("call", "d", [boss!, { id: "b2", team: undefined }], { cost: 101 - cost }, {});
      holds(again.reason === "budget_exceeded", () => `the reservation of ${cost} has gone: ${again.reason}`);
    },
  },
];
