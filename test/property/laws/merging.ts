/** Laws 8 and 9 of what several rules carry at once: the narrowest of it, and rates that are counted. */
import { allow, contract, oblige, tool } from "../../contracts/build.ts";
import type { Random } from "../../differential/random.ts";
import type { Carried, Obligation } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

type Throttle = Extract<Obligation, { kind: "throttle" }>;

export const MERGING: readonly Law[] = [
  {
    number: 8,
    sentence: "of several limits the smallest stands alone, and what is redacted by one rule is redacted",
    trials: 120,
    check: (subject, random) => {
      const lists = Array.from({ length: 2 + random.below(4) }, () => random.several(1, 3, () => limit(random)));
      const rules = lists.map((obligations, i) => oblige(`o${i}`, ["*"], { obligations }));
      const carried = lists.flat();
      const session = openSession(subject, contract([tool("go", {})], [allow("all", ["*"]), ...rules]));
      const got = session.call("go", {}).obligations.map((text) => JSON.parse(text) as Obligation);
      const amounts = (all: readonly Carried[], kind: string) =>
        all.flatMap((one) =>
          one.kind !== kind ? [] : one.kind === "row_limit" ? [one.rows] : "ms" in one ? [one.ms] : [],
        );
      for (const kind of ["row_limit", "timeout", "credential"]) {
        const [least, stated] = [Math.min(...amounts(carried, kind)), amounts(got, kind)];
        holds(stated.length === (least === Infinity ? 0 : 1), () => `${stated.length} × ${kind}`);
        holds(stated.length === 0 || stated[0] === least, () => `${kind} ${stated[0]} where ${least} was carried`);
      }
      const classes = (all: readonly Carried[]) =>
        [...new Set(all.flatMap((one) => (one.kind === "redact" ? one.classes : [])))].sort().join();
      holds(classes(got) === classes(carried), () => `redacted: ${classes(got)} instead of ${classes(carried)}`);
      holds(got.filter((one) => one.kind === "redact").length <= 1, () => "one field, and two redactions");
      const throttles = (all: readonly Carried[]) => all.flatMap((one) => (one.kind === "throttle" ? [one] : []));
      const kept = throttles(got);
      for (const one of throttles(carried))
        holds(
          kept.some((k) => keeps(k, one)),
          () => `a host may break throttle(${one.count} per ${one.ms}ms)`,
        );
      for (const one of kept)
        holds(
          !kept.some((k) => k !== one && keeps(k, one)),
          () => `throttle(${one.count} per ${one.ms}ms) is needless`,
        );
    },
  },
  {
    number: 9,
    sentence: "a rate lets no more calls through in any of its times than it says, and says when it will let one more",
    trials: 25,
    check: (subject, random) => {
      const [count, ms] = [1 + random.below(5), 60_000 * (1 + random.below(5))];
      const rate: Carried = { kind: "rate", count, ms };
      const rule = random.chance(0.5)
        ? [allow("all", ["*"], { obligations: [rate] })]
        : [allow("all", ["*"]), oblige("slowly", ["*"], { obligations: [rate, { kind: "log_full" }] })];
      const session = openSession(subject, contract([tool("go", {})], rule));
      let now = 0;
      let times: readonly number[] = [];
      for (let i = 0; i < 30; i += 1) {
        const step = random.below(ms / 2);
        session.wait(step);
        now += step;
        const { outcome, reason, retryAfter } = session.call("go", {});
        const through = outcome !== "deny";
        if (through) times = [...times, now];
        const lately = times.filter((time) => now - time < ms).length;
        holds(lately <= count, () => `${lately} calls in ${ms} ms`);
        if (through) continue;
        holds(reason === "budget_exceeded", () => reason);
        holds(
          times.filter((time) => now - time <= ms + 2 * Math.ceil(ms / 60)).length >= count,
          () => "denied too soon",
        );
        holds(retryAfter !== undefined && retryAfter > 0, () => "it does not say when");
        session.wait(retryAfter! - 1);
        holds(session.call("go", {}).outcome === "deny", () => "it had room before it said");
        session.wait(1);
        holds(session.call("go", {}).outcome !== "deny", () => "it had no room when it said");
        now += retryAfter!;
        times = [...times, now];
      }
    },
  },
  {
    number: 9,
    sentence: "each rule counts its own rate, and only the calls for which it carries it",
    trials: 30,
    check: (subject, random) => {
      const [n, m] = [1 + random.below(4), 1 + random.below(4)];
      const both = contract(
        [tool("a", {}), tool("b", {})],
        [
          allow("all", ["*"]),
          oblige("one", ["a"], { obligations: [{ kind: "rate", count: n, ms: 3_600_000 }] }),
          oblige("two", ["b"], { obligations: [{ kind: "rate", count: m, ms: 3_600_000 }] }),
        ],
      );
      const session = openSession(subject, both);
      const through = (name: string) => session.call(name, {}).outcome !== "deny";
      const [as, bs] = [0, 1, 2, 3, 4, 5]
        .map(() => [through("a"), through("b")] as const)
        .reduce(([x, y], [a, b]) => [x + Number(a), y + Number(b)], [0, 0]);
      holds(as === n && bs === m, () => `${as} and ${bs} instead of ${n} and ${m}`);
    },
  },
];

/** Whoever keeps `a` keeps `b`: the most calls that `a` lets through in `b`'s time, at its beginning and every `a.ms` after. */
function keeps(a: Throttle, b: Throttle): boolean {
  let most = 0;
  for (let time = 0; time < b.ms; time += a.ms) most += a.count;
  return most <= b.count;
}

function limit(random: Random): Carried {
  return random.pick<() => Carried>([
    () => ({ kind: "row_limit", rows: 1 + random.below(50) }),
    () => ({ kind: "timeout", ms: 1_000 * (1 + random.below(50)) }),
    () => ({ kind: "credential", ms: 60_000 * (1 + random.below(20)) }),
    () => ({ kind: "throttle", count: 1 + random.below(30), ms: 60_000 * (1 + random.below(4)) }),
    () => ({
      kind: "redact",
      field: "result",
      classes: random.several(1, 2, () => random.pick(["keys", "pii", "pan"])),
    }),
  ])();
}
