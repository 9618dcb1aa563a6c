/** Laws 2, 3 and 9 of rules that are only observed: they say what they would have done, count as ever, and change nothing else. */
import {
  allow,
  approval,
  budget,
  compare,
  contract,
  dec,
  deny,
  flow,
  lit,
  loop,
  observed,
  ref,
  requireApproval,
  requirePrior,
  requireThat,
  T,
  tool,
} from "../../contracts/build.ts";
import { START } from "../../contracts/session.ts";
import { makeCase } from "../../differential/generate/case.ts";
import { makeRule } from "../../differential/generate/rules.ts";
import type { Condition, Contract, Outcome, Rule } from "../../reference/contract.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { holds, type Law, play } from "../law.ts";
import { openSession } from "../session-of.ts";

const go = tool("go", { amount: T.int });
const all = allow("all", ["*"]);
const cap = deny("cap", ["go"], compare(ref("args.amount", T.int), ">", lit(dec("5"), T.int)));
const endless = budget("counts", ["go"], "1000000000");

/** All but what only the observed rule says; digests name the contract. */
function shown(d: RefDecision): string {
  const asked = d.approvals.map(({ rule }) => rule);
  const said = [d.outcome, d.reason, d.rules, d.obligations, asked, d.warnings, d.hints, d.duplicate, d.retryAfter];
  return JSON.stringify([...said, d.observed.filter((text) => !text.startsWith("extra "))]);
}

export const OBSERVING: readonly Law[] = [
  {
    number: 3,
    sentence: "a rule that is only observed changes nothing but what is said to be observed",
    trials: 60,
    check: (subject, random) => {
      const { contract: given, events: story } = makeCase(random.below(1e9));
      const events = story.slice(0, 30);
      const made = makeRule("extra", given, random);
      if (made.kind === "allow") return;
      // some history in any case: a rule that needs it must not be what brings it
      const [counts] = contract([go], [endless]).rules;
      const others = [...given.rules, { ...counts!, targets: given.tools.map((_, i) => i) }];
      const inOrder = (rules: readonly Rule[]): Contract => ({
        ...given,
        rules: [...rules].sort((a, b) => (a.name < b.name ? -1 : 1)),
      });
      const there = play(subject.compile(inOrder([...others, { ...made, observe: {} }])), events);
      for (const [i, { decision }] of play(subject.compile(inOrder(others)), events).entries()) {
        const other = there[i]!.decision;
        holds(shown(other) === shown(decision), () => `${made.kind}: ${shown(decision)} became ${shown(other)}`);
        const labels = decision.labels.every((label) => other.labels.includes(label));
        holds(labels, () => `${made.kind}: ${decision.labels.join()} became ${other.labels.join()}`);
      }
    },
  },
  {
    number: 3,
    sentence: "until its moment a rule is observed, from then on it is enforced, and no clock that lags takes it back",
    trials: 40,
    check: (subject, random) => {
      const until = START + random.below(5_000);
      // the budget makes the session remember the time
      const s = openSession(subject, contract([go], [all, observed(cap, { until }), endless]));
      let latest = 0;
      const at = (time: number) => {
        latest = Math.max(latest, time);
        const amount = random.pick([5, 6]);
        const { outcome, rules, observed } = s.call("go", { amount }, { also: { context: { time } } });
        const isOver = amount > 5;
        const isEnforced = latest >= until;
        const said = [outcome, rules.join(), observed.join()].join(" | ");
        const expected = isOver && isEnforced ? "deny | cap | " : `allow | all | ${isOver ? "cap would deny" : ""}`;
        holds(said === expected, () => `${time - until} ms from the moment: ${said}`);
      };
      for (let i = 0; i < 12; i += 1) at(Math.max(latest - random.below(1_000), until - 3 + random.below(6)));
      for (const time of [until - 1, until, until + 1, until - 1]) at(time);
    },
  },
  {
    number: 9,
    sentence: "a budget that is only observed counts what goes through, and has it counted when it is enforced",
    trials: 30,
    check: (subject, random) => {
      const until = START + 60_000;
      const calls = random.below(6);
      const few = observed(budget("few", ["go"], "3"), { until });
      const s = openSession(subject, contract([go], [all, few]));
      for (let i = 0; i < calls; i += 1) {
        const { outcome, observed, retryAfter } = s.call("go", { amount: 1 });
        holds(outcome === "allow", () => `${i} before: ${outcome}`);
        holds(observed.length === (i < 3 ? 0 : 1), () => `${i} before: ${observed.join()}`);
        holds(retryAfter === undefined, () => "it makes one wait");
      }
      s.wait(60_000);
      const { outcome } = s.call("go", { amount: 1 });
      holds((outcome === "deny") === calls >= 3, () => `${calls} before, then ${outcome}`);
    },
  },
  {
    number: 9,
    sentence: "a budget that is only observed says nobody when to ask again, whatever else denies the call",
    trials: 10,
    check: (subject, random) => {
      const other = tool("other", { amount: T.int });
      const hourly = budget("hourly", ["*"], "3", { window: { kind: "rolling", ms: 3_600_000 } });
      const unmet = requireThat("unmet", ["other"], { kind: "constant", value: false });
      const calls = 3 + random.below(3);
      for (const [rule, waits] of [
        [observed(hourly), false],
        [hourly, true],
      ] as const) {
        const s = openSession(subject, contract([go, other], [all, rule, unmet]));
        for (let i = 0; i < calls; i += 1) s.call("go", { amount: 1 });
        const { outcome, retryAfter } = s.call("other", { amount: 1 });
        holds(outcome === "deny", () => `an unmet requirement: ${outcome}`);
        holds((retryAfter !== undefined) === waits, () => `${rule.name}, ${waits}: wait for ${retryAfter}`);
      }
    },
  },
  {
    number: 3,
    sentence: "what only an observed rule would ask for or give, nobody is asked for and no session gets",
    trials: 20,
    check: (subject, random) => {
      const asked = observed(requireApproval("asked", ["go"], approval({ once: random.chance(0.5) })));
      const never: Condition = { kind: "constant", value: false };
      const marks = observed(requireThat("marks", ["go"], never, { otherwise: [{ kind: "label", label: "hostile" }] }));
      const stops = flow("stops", ["go"], ["hostile"], {}, ["hostile"]);
      const suspend: Outcome = [{ kind: "suspend", ledger: "run" }];
      const stuck = observed(loop("stuck", "same_call", [{ count: 2, calls: 9, otherwise: suspend }]));
      const trusting = tool("go", { amount: T.int }, { trusted: { kind: "constant", value: true } });
      const given = contract([trusting], [all, asked, marks, stops, stuck], [], ["bot"], undefined, ["hostile"]);
      const s = openSession(subject, given);
      for (let i = 0; i < 3; i += 1) {
        const { outcome, approvals, labels, observed } = s.call("go", { amount: 9 });
        holds(outcome === "allow" && approvals.length === 0, () => `${i}: ${outcome}`);
        holds(labels.length === 0, () => `it gives ${labels.join()}`);
        const would = ["asked would ask", "marks would label", ...(i === 0 ? [] : ["stuck would deny"])];
        holds(observed.join() === would.join(), () => observed.join());
      }
    },
  },
  {
    number: 3,
    sentence: "a contract that is only observed answers as it would, and says of every request that it is not enforced",
    trials: 25,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      const { observe: _observe, ...enforced } = given;
      const first = events.slice(0, 1);
      const [real] = play(subject.compile(enforced), first);
      const [trial] = play(subject.compile({ ...enforced, observe: {} }), first);
      const [a, b] = [real!.decision, trial!.decision];
      holds(shown(a) === shown(b), () => `${shown(a)} became ${shown(b)}`);
      holds(a.enforce, () => "an enforced contract says that it is not");
      const isUnreadable = [
        "too_large",
        "bad_utf8",
        "bad_json",
        "duplicate_key",
        "number_range",
        "too_deep",
        "bad_request",
      ];
      holds(b.enforce === isUnreadable.includes(b.reason), () => `${b.reason}: ${b.enforce}`);
    },
  },
  {
    number: 5,
    sentence:
      "where nobody enforces, what was denied and happened is on record: it is evidence, it is counted, nothing is suspended",
    trials: 20,
    check: (subject, random) => {
      const until = START + 3_600_000;
      const suspend: Outcome = [{ kind: "suspend", ledger: "run" }];
      const rules = [
        all,
        deny("no", ["look"]),
        requirePrior("seen", ["go"], ["look"]),
        budget("few", ["go"], "2"),
        loop("stuck", "same_call", [{ count: 4, calls: 9, otherwise: suspend }]),
      ];
      const bare = contract([go, tool("look", {})], rules);
      const s = openSession(subject, { ...bare, observe: random.chance(0.5) ? {} : { until } });
      const real = openSession(subject, bare);
      for (const session of [s, real]) {
        const { outcome, rules: by, enforce } = session.call("look", {}, { id: "l" });
        holds(
          outcome === "deny" && by.join() === "no" && enforce === (session === real),
          () => `${outcome} ${enforce}`,
        );
        const { outcome: again, duplicate } = session.call("look", {}, { id: "l" });
        holds(again === "deny" && duplicate === (session === s), () => `asked again: ${again} ${duplicate}`);
        session.result({}, {}, "l");
      }
      holds(real.call("go", { amount: 1 }).reason === "evidence_missing", () => "what never happened is evidence");
      const answers = Array.from({ length: 6 }, () => s.call("go", { amount: 1 }).reason);
      const expected = ["none", "none", "budget_exceeded", "budget_exceeded", "budget_exceeded", "budget_exceeded"];
      holds(answers.join() === expected.join(), () => answers.join());
    },
  },
];
