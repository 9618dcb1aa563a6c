/** Law 9 over ledgers and windows, law 14 for what they forget. The sums here are made from the requests alone. */
import { allow, budget, contract, tool } from "../../contracts/build.ts";
import type { Instance, Subject } from "../../differential/subject.ts";
import type { Budget, Contract } from "../../reference/contract.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { holds, isLetThrough, type Law } from "../law.ts";

const START = 1_767_225_600_000;
const DAY = 86_400_000;
const go = tool("go", {});

interface Sent {
  readonly time?: number;
  readonly agent?: string;
  readonly run?: string;
  readonly team?: string;
  readonly turn?: number;
  readonly cost?: number;
  readonly id?: string;
  readonly key?: string;
}
/** One session, with whoever takes part in it. */
function host(subject: Subject, given: Contract) {
  const instance: Instance = subject.compile(given);
  let state: Uint8Array = new Uint8Array(0);
  let calls = 0;
  let clock = 0;
  const send = (event: string, sent: Sent, rest: object): RefDecision => {
    const { time = START, agent = "bot", run, team, turn, cost } = sent;
    calls += 1;
    // no session's clock jumps a day: somebody speaks now and then
    while (clock > 0 && event !== "message" && time - clock > DAY)
      send("message", { time: clock + DAY }, { message: { from: "x", text: "" } });
    clock = time;
    const request = {
      event,
      principal: { id: agent, ...(team === undefined ? {} : { team }) },
      ...(event === "call" ? { action: { tool: "go", args: {} } } : {}),
      context: { time, call_id: sent.id ?? `c${calls}`, run, turn, cost, ledger_key: sent.key },
      ...rest,
    };
    const decided = instance.decide(new TextEncoder().encode(JSON.stringify(request)), state);
    state = decided.state;
    return decided.decision;
  };
  return {
    call: (sent: Sent = {}) => send("call", sent, {}),
    goes: (sent: Sent = {}) => isLetThrough(send("call", sent, {})),
    result: (sent: Sent, result: object) => send("result", sent, { result: { status: "ok", value: null, ...result } }),
    /** As a host that decides on an old state: what it would write is thrown away. */
    at: <T>(then: () => T): T => {
      const [before, then_] = [state, clock];
      const answer = then();
      [state, clock] = [before, then_];
      return answer;
    },
  };
}

const per = (ledger: Budget["ledger"], limit: number, rest: Partial<Budget> = {}) =>
  contract([go], [allow("all", ["*"]), budget("cap", ["*"], `${limit}`, { ledger, ...rest })], [], ["*"]);

export const LEDGER_LAWS: readonly Law[] = [
  {
    number: 9,
    sentence: "whoever shares a ledger shares its budget, and nobody else's; one without a name is denied",
    trials: 40,
    check: (subject, random) => {
      const limit = 1 + random.below(6);
      const ledger = random.pick(["run", "agent", "team", "global", "turn"] as const);
      const mine: Sent = { run: "r1", agent: "a1", team: "t1", turn: 1 };
      const other: Sent = { run: "r2", agent: "a2", team: "t2", turn: 2 };
      const h = host(subject, per(ledger, limit));
      for (let i = 0; i < limit; i += 1) holds(h.goes(mine), () => `call ${i + 1} of ${limit} per ${ledger}`);
      holds(!h.goes(mine), () => `more than ${limit} per ${ledger}`);
      holds(h.goes(other) === (ledger !== "global"), () => `another ${ledger} and the same budget`);
      holds(
        !h.goes(ledger === "turn" ? { ...mine, agent: "a3" } : { ...other, [ledger]: mine[ledger as "run"] }),
        () => `the same ${ledger} under other names`,
      );
      if (ledger !== "turn") {
        const { reason } = h.call({ ...mine, key: "0123456789abcdef".repeat(2) });
        holds(reason === "bad_state", () => `a ledger under another key: ${reason}`);
      }
      if (ledger === "agent" || ledger === "global") return;
      const { reason } = host(subject, per(ledger, limit)).call({ ...mine, [ledger]: undefined });
      holds(reason === "budget_exceeded", () => `no ${ledger} was named: ${reason}`);
    },
  },
  {
    number: 9,
    sentence: "what calls that run at the same time reserve never adds up to more than the limit",
    trials: 60,
    check: (subject, random) => {
      const limit = 2 + random.below(200);
      const ledger = random.pick(["session", "run", "agent", "global"] as const);
      const window = random.chance(0.5) ? undefined : ({ kind: "rolling", ms: 3_600_000 } as const);
      const measure = { kind: "cost", currency: "USD" } as const;
      const h = host(subject, per(ledger, limit, { measure, window }));
      let [reserved, spent] = [0, 0];
      for (let i = 0; i < 12; i += 1) {
        const cost = random.below(limit);
        // somebody else decides on the same states, loses the race, and decides again
        if (random.chance(0.3)) h.at(() => h.goes({ run: "r", cost: random.below(limit), time: START + i }));
        if (h.goes({ run: "r", cost, time: START + i, id: `k${i}` })) {
          reserved += cost;
          holds(reserved + spent <= limit, () => `${reserved} reserved and ${spent} spent of ${limit}`);
          if (!random.chance(0.6)) continue;
          const actual = random.below(2 * limit);
          h.result({ run: "r", time: START + i, id: `k${i}` }, { cost: actual });
          reserved -= cost;
          spent += actual;
        } else holds(reserved + spent + cost > limit, () => `${cost} was refused at ${reserved + spent} of ${limit}`);
      }
    },
  },
  {
    number: 9,
    sentence:
      "the result puts the actual figure in the reservation's place, also above the limit; one that is lost commits",
    trials: 40,
    check: (subject, random) => {
      const limit = 10 + random.below(1_000);
      const measure = { kind: "cost", currency: "USD" } as const;
      const window = random.pick([undefined, { kind: "rolling", ms: 8 * 3_600_000 }] as const);
      const make = () => host(subject, per(random.pick(["session", "agent"] as const), limit, { measure, window }));
      const half = Math.floor(limit / 2);
      const actual = random.below(limit);
      const [cheap, dear, none, lost] = [make(), make(), make(), make()];
      const late = START + 3_600_001;
      for (const h of [cheap, dear, none, lost]) holds(h.goes({ cost: half, id: "k" }), () => "half of it");
      cheap.result({ id: "k" }, { cost: actual });
      holds(
        cheap.at(() => cheap.goes({ cost: limit - actual })),
        () => `${actual} of ${limit} spent: the rest is free`,
      );
      holds(!cheap.goes({ cost: limit - actual + 1 }), () => "one more than the rest");
      dear.result(
        { id: "k" },
        { status: random.pick(["ok", "failed"]), cost: limit + 5, no_effect: random.chance(0.5) },
      );
      holds(!dear.goes({ cost: 0 }), () => "more was spent than there is, and yet something is free");
      none.result({ id: "k" }, random.chance(0.5) ? {} : { cost: -1 });
      holds(!none.goes({ cost: limit - half + 1 }), () => "a result without a figure gave something back");
      lost.result({ id: "k", time: late }, random.chance(0.5) ? { cost: 0 } : { status: "failed", no_effect: true });
      holds(!lost.goes({ cost: limit - half + 1, time: late }), () => "a result an hour late gave something back");
    },
  },
  {
    number: 9,
    sentence:
      "in any stretch of a window's length no more is let through than the limit, and what is older counts no more",
    trials: 60,
    check: (subject, random) => {
      const ms = random.pick([60_000, 900_000, 3_600_000, DAY]);
      const limit = 1 + random.below(5);
      const h = host(
        subject,
        per(random.pick(["session", "agent"] as const), limit, { window: { kind: "rolling", ms } }),
      );
      const passed: number[] = [];
      let time = START + random.below(1_000_000);
      for (let i = 0; i < 30; i += 1) {
        time += random.chance(0.5) ? random.below(1_000) : random.below(Math.ceil(ms / 2));
        const { outcome, retryAfter } = h.call({ time });
        const recent = passed.filter((t) => t > time - ms).length;
        if (outcome === "allow") {
          passed.push(time);
          holds(recent < limit, () => `${recent + 1} within ${ms} ms, ${limit} are allowed`);
          continue;
        }
        const bucket = Math.ceil(ms / 60);
        holds(passed.filter((t) => t > time - ms - 2 * bucket).length >= limit, () => "what is older still counts");
        holds(retryAfter !== undefined && retryAfter > 0, () => `no room, and no word of when: ${retryAfter}`);
        holds(!h.at(() => h.goes({ time: time + retryAfter! - 1 })), () => "there was room before it was said");
        holds(
          h.at(() => h.goes({ time: time + retryAfter! })),
          () => "no room when it was said",
        );
      }
    },
  },
  {
    number: 9,
    sentence: "a day, a week and a month begin at midnight UTC, on Monday, on the first",
    trials: 60,
    check: (subject, random) => {
      const kind = random.pick(["day", "week", "month"] as const);
      const h = host(subject, per("agent", 1, { window: { kind } }));
      const day = new Date(START + random.below(3_000) * DAY);
      const [y, m, d] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
      const next = { day: d + 1, week: d + 7 - ((day.getUTCDay() + 6) % 7), month: 1 }[kind];
      const end = Date.UTC(y, kind === "month" ? m + 1 : m, next);
      const first = day.getTime() + random.below(DAY);
      holds(h.goes({ time: first }), () => "the first of its period");
      const again = Math.min(end - 1, first + random.below(end - first));
      const { outcome, retryAfter } = h.call({ time: again });
      holds(outcome === "deny" && retryAfter === end - again, () => `${kind}: ${outcome}, ${retryAfter}`);
      holds(h.goes({ time: end }), () => `the next ${kind} has begun at ${new Date(end).toISOString()}`);
    },
  },
  {
    number: 14,
    sentence: "a turn that another came after has been forgotten, and is denied",
    trials: 20,
    check: (subject, random) => {
      const limit = 2 + random.below(5);
      const h = host(subject, per("turn", limit));
      const turn = random.below(1_000);
      holds(h.goes({ turn }), () => "a first call");
      holds(h.goes({ turn: turn + 1 + random.below(5) }), () => "a call of a later turn");
      const { reason } = h.call({ turn });
      holds(reason === "budget_exceeded", () => `an earlier turn: ${reason}`);
    },
  },
  {
    number: 9,
    sentence: "a figure that is missing, negative or not exact denies, whatever the budget says",
    trials: 60,
    check: (subject, random) => {
      const kind = random.pick(["cost", "tokens", "elapsed"] as const);
      const measure = kind === "cost" ? ({ kind, currency: "USD" } as const) : { kind };
      const otherwise = random.pick([
        [{ kind: "warn" }],
        [{ kind: "with", obligations: [{ kind: "log_full" }] }],
      ] as const);
      const given = contract([go], [allow("all", ["*"]), budget("cap", ["*"], "100", { measure, otherwise })]);
      const instance = subject.compile(given);
      const context = { time: START, call_id: "c" };
      const decide = (figure: number | undefined) => {
        const request = {
          event: "call",
          principal: { id: "bot" },
          action: { tool: "go" },
          context: { ...context, [kind]: figure },
        };
        return instance.decide(new TextEncoder().encode(JSON.stringify(request)), new Uint8Array(0)).decision;
      };
      holds(isLetThrough(decide(random.below(200))), () => "a figure that is one");
      for (const figure of [undefined, -1, kind === "cost" ? 1e-10 : -5])
        holds(decide(figure).reason === "budget_exceeded", () => `${figure} of ${kind}: ${decide(figure).outcome}`);
    },
  },
];
