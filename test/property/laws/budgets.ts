/** Law 9: budgets reserve inside the decision, exactly. The sums here are made from the requests alone. */

import { allow, budget, contract, ref, T, tool } from "../../contracts/build.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Budget, Contract, Rule } from "../../reference/contract.ts";
import { holds, isCall, isLetThrough, isResult, type Law, member, plainEvents, play, withMember } from "../law.ts";
import { openSession } from "../session-of.ts";

export const BUDGETS: readonly Law[] = [
  {
    number: 9,
    sentence: "what is let through never adds up to more than the budget",
    trials: 500,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      const rules = given.rules.flatMap((rule): readonly Rule[] =>
        rule.kind === "budget" && isPlain(rule)
          ? [{ ...rule, otherwise: [{ kind: "deny" }] }]
          : rule.kind === "allow"
            ? [rule]
            : [],
      );
      const kept = plainEvents(events).map((event) =>
        isResult(event) ? { ...event, request: withMember(event.request, ["result", "no_effect"], undefined) } : event,
      );
      const played = play(subject.compile({ ...given, rules }), kept).filter(
        (p) => isCall(p.event) && isLetThrough(p.decision) && !p.decision.duplicate,
      );
      for (const rule of rules)
        if (rule.kind === "budget") {
          const spent = played.reduce((sum, p) => sum + amountOf(rule, given, p.event.request), 0n);
          holds(spent <= unitsOf(rule.limit.digits, rule.limit.exponent), () => `${spent} spent of \`${rule.name}\``);
        }
    },
  },
  {
    number: 9,
    sentence: "a budget is used up to its last unit, and not one unit beyond; what had no effect is given back",
    trials: 60,
    check: (subject, random) => {
      const cents = 100 + random.below(100_000);
      const minor = random.chance(0.5);
      const type = minor ? T.cents : T.usd;
      const pay = tool("pay", { amount: type }, { levels: ["write"] });
      const cap = budget("cap", ["pay"], (cents / 100).toFixed(2), {
        measure: { kind: "argument", value: ref("args.amount", type) },
      });
      const session = openSession(subject, contract([pay], [allow("all", ["*"]), cap]));
      const spend = (amount: number) =>
        session.call("pay", { amount: minor ? amount : amount / 100 }).outcome === "allow";
      const first = random.below(cents);
      holds(spend(first), () => "a first part was refused");
      holds(!spend(cents - first + 1), () => "one cent too many was let through");
      holds(spend(cents - first), () => "the last cent was refused");
      holds(!spend(1), () => "more than everything was let through");
      holds(spend(0), () => "nothing was refused");
      holds(!spend(-1), () => "a negative amount was let through");
      session.call("pay", { amount: 0 }, { id: "again" });
      session.result(null, { status: "failed" }, "c3");
      holds(!spend(1), () => "a failed call gave its amount back");
      session.result(null, { status: "failed", no_effect: true }, "c1");
      holds(spend(first), () => "what had no effect was not given back");
      holds(!spend(1), () => "it was given back twice");
    },
  },
  {
    number: 9,
    sentence: "the same call asked twice reserves once",
    trials: 20,
    check: (subject, random) => {
      const limit = 2 + random.below(8);
      const go = tool("go", { n: T.int });
      const session = openSession(subject, contract([go], [allow("all", ["*"]), budget("cap", ["*"], `${limit}`)]));
      const calls = Array.from({ length: limit }, (_, i) => `c-${i}`);
      for (const id of calls)
        for (let again = 0; again < 3; again += 1) {
          const { outcome, duplicate } = session.call("go", { n: 1 }, { id });
          holds(outcome === "allow" && duplicate === again > 0, () => `${id}, time ${again}: ${outcome}`);
        }
      holds(session.call("go", { n: 1 }, { id: "one-more" }).outcome === "deny", () => "one more was let through");
    },
  },
];

const SCALE = 30;

/** In units small enough for every number a request can hold. */
function unitsOf(digits: bigint, exponent: number): bigint {
  return digits * 10n ** BigInt(exponent + SCALE);
}

/** Of the session, for good, and measured by the request alone: what the sums of this law can follow. */
/** Of every call of its targets, whoever makes it. */
function isPlain({ ledger, window, measure, agent, narrowed, observe }: Budget): boolean {
  if (agent !== undefined || observe !== undefined || narrowed.length > 0) return false;
  return ledger === "session" && window === undefined && (measure.kind === "calls" || measure.kind === "argument");
}

function amountOf(rule: Budget, of: Contract, request: Parameters<typeof member>[0]): bigint {
  const tool = of.tools.findIndex((t) => t.name === member(request, "action", "tool"));
  if (!rule.targets.includes(tool)) return 0n;
  if (rule.measure.kind !== "argument") return unitsOf(1n, 0);
  const { path, type, cases = [] } = rule.measure.value;
  // which case of a union it is stands in no request
  const sent = member(request, "action", "args", ...path.filter((_, i) => !cases.includes(i)));
  if (sent === null || typeof sent !== "object" || !("raw" in sent)) throw new Error("let through without an amount");
  const [, whole, fraction = "", exponent = "0"] = /^(-?\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(sent.raw)!;
  const shift = Number(exponent) - fraction.length - (type.kind === "money" && type.minor ? 2 : 0);
  return unitsOf(BigInt(`${whole}${fraction}`), shift);
}
