/** Law 5: evidence is what the host reported as completed and ok, compared in canonical form. */

import {
  allow,
  compare,
  contract,
  deny,
  listOf,
  lit,
  optional,
  record,
  ref,
  requirePrior,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Json } from "../../contracts/session.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Rule } from "../../reference/contract.ts";
import { holds, isCall, isLetThrough, isResult, type Law, member, plainEvents, play, withMember } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

export const EVIDENCE: readonly Law[] = [
  {
    number: 5,
    sentence: "what was not reported as completed and ok is no evidence, however often it was called",
    trials: 400,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      // Every evidence rule for every agent and without its conditions, and none of the others that could deny first.
      const rules = given.rules.flatMap((rule): readonly Rule[] =>
        rule.kind === "require_prior" && !rule.negated && rule.completion === "ok"
          ? [{ ...everyones(rule), narrowed: [], when: undefined, otherwise: [{ kind: "deny" }] }]
          : rule.kind === "allow"
            ? [{ ...everyones(rule), narrowed: [], when: undefined, obligations: [] }]
            : [],
      );
      const status = random.pick(["failed", "withheld"]);
      const unsuccessful = plainEvents(events).map((event) =>
        isResult(event) ? { ...event, request: withMember(event.request, ["result", "status"], status) } : event,
      );
      const guarded = new Set(
        rules.flatMap((r) => (r.kind === "require_prior" ? r.targets.map((t) => given.tools[t]!.name) : [])),
      );
      for (const { event, decision } of play(subject.compile({ ...given, rules }), unsuccessful))
        holds(
          !isCall(event) ||
            !guarded.has(member(event.request, "action", "tool") as string) ||
            !isLetThrough(decision) ||
            decision.duplicate,
          () => "a call that never completed was taken as evidence",
        );
    },
  },
  {
    number: 5,
    sentence: "evidence corresponds by the canonical value, of an argument or of the result",
    trials: 80,
    check: (subject, random) => {
      const { type, groups } = random.pick(SPELLINGS);
      const [same, other] = random.chance(0.5) ? [groups[0]!, groups[1]!] : [groups[1]!, groups[0]!];
      const byResult = random.chance(0.5);
      const find = tool("find", { key: type }, { returns: record({ key: type }) });
      const use = tool("use", { key: type }, { levels: ["write"] });
      const prior = byResult ? ref("prior_result.key", type) : ref("prior_args.key", type);
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", type), prior, isIn: false }],
      });
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule]));
      const asked = random.pick(byResult ? other : same);
      session.call("find", { key: asked }, { id: "f" });
      session.call("find", { key: asked }, { id: "g" });
      session.result({ key: random.pick(same) }, { status: random.pick(["failed", "withheld"]) }, "g");
      const early = session.call("use", { key: random.pick(same) }).outcome;
      holds(early === "deny", () => "evidence before the result was there");
      session.result({ key: random.pick(same) }, {}, "f");
      const before = session.call("use", { key: random.pick(other) }).outcome;
      holds(before === "deny", () => `another ${type.kind} was taken for it`);
      const after = session.call("use", { key: random.pick(same) }).outcome;
      holds(after === "allow", () => `the same ${type.kind}, spelled differently, was not found`);
    },
  },
  {
    number: 5,
    sentence: "a result is evidence where it fits what its tool returns, and the answer says where it does not",
    trials: 40,
    check: (subject, random) => {
      const find = tool("find", { key: T.id }, { returns: record({ key: T.id, open: T.bool, n: optional(T.int) }) });
      const use = tool("use", { key: T.id }, { levels: ["write"] });
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", T.id), prior: ref("prior_args.key", T.id), isIn: false }],
      });
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule]));
      const whole = { key: "k", open: true };
      const [value, partial, fits] = random.pick<readonly [value: Json, partial: boolean, fits: boolean]>([
        [whole, false, true],
        [{ ...whole, n: 3, more: "x" }, false, true],
        [{ key: "k" }, true, true],
        [{ key: "k" }, false, false],
        [{ ...whole, open: "true" }, random.chance(0.5), false],
        [{ ...whole, n: 0.5 }, random.chance(0.5), false],
        [[whole], false, false],
        [null, true, false],
        ["k", false, false],
      ]);
      const status = random.pick(["ok", "ok", "failed", "withheld"]);
      session.call("find", { key: "k" });
      const told = session.result(value, { status, partial });
      const isOk = status === "ok";
      holds(told.outcome === "allow", () => `the result was not handed on: ${told.reason}`);
      holds(told.unfit === (isOk && !fits), () => `${JSON.stringify(value)}, ${status}: unfit is ${told.unfit}`);
      const used = session.call("use", { key: "k" });
      holds(
        (used.outcome === "allow") === (isOk && fits),
        () => `${JSON.stringify(value)}, ${status}: ${used.outcome}`,
      );
      holds(!used.unfit, () => "a call is no result");
    },
  },
  {
    number: 5,
    sentence: "the latest evidence that corresponds decides, and its age counts from its completion",
    trials: 40,
    check: (subject, random) => {
      const minutes = 1 + random.below(30);
      const find = tool("find", { key: { kind: "id" } }, { returns: record({ open: { kind: "bool" } }) });
      const use = tool("use", { key: { kind: "id" } }, { levels: ["write"] });
      const id = { kind: "id" } as const;
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", id), prior: ref("prior_args.key", id), isIn: false }],
        within: minutes * 60_000,
        where: { kind: "holds", value: ref("prior_result.open", { kind: "bool" }) },
      });
      const never = deny("never", ["use"], compare(ref("args.key", id), "==", lit("Z", id)));
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule, never]));
      const use1 = () => session.call("use", { key: "A" }).outcome;
      session.call("find", { key: "A" });
      session.wait(minutes * 30_000);
      session.result({ open: true });
      session.wait(minutes * 60_000);
      holds(use1() === "allow", () => "evidence aged before it completed");
      session.wait(1);
      holds(use1() === "deny", () => "evidence that is too old still counts");
      for (const open of [true, false]) {
        session.call("find", { key: "A" });
        session.result({ open });
      }
      holds(use1() === "deny", () => "an old truth outlived a newer one");
    },
  },
  {
    number: 5,
    sentence: "what a list proves it proves row by row, and nothing of one row for another",
    trials: 30,
    check: (subject, random) => {
      const row = record({ key: T.id, open: T.bool });
      const find = tool("find", {}, { returns: listOf(row) });
      const use = tool("use", { key: T.id }, { levels: ["write"] });
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", T.id), prior: ref("prior_row.key", T.id), isIn: false }],
        where: { kind: "holds", value: ref("prior_row.open", T.bool) },
      });
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule]));
      const use1 = (key: string) => session.call("use", { key }).outcome;
      const rows = Array.from({ length: 2 + random.below(6) }, (_, i) => ({ key: `k${i}`, open: random.chance(0.5) }));
      session.call("find", {});
      session.result(rows);
      for (const { key, open } of rows)
        holds(
          (use1(key) === "allow") === open,
          () => `row ${key}, which is ${open ? "open" : "shut"}, was read as another`,
        );
      holds(use1("none") === "deny", () => "a row that was not there");
      session.call("find", {});
      session.result([{ key: "other", open: true }]);
      const before = rows.find(({ open }) => open)?.key;
      holds(
        before === undefined || use1(before) === "allow",
        () => "a list without the row took the row of another away",
      );
      session.call("find", {});
      session.result(rows.map(({ key }) => ({ key, open: false })));
      for (const { key } of rows) holds(use1(key) === "deny", () => "an old truth outlived a newer one");
    },
  },
  {
    number: 5,
    sentence: "a value that is looked for in a list is one of that list, in canonical form",
    trials: 60,
    check: (subject, random) => {
      const { type, groups } = random.pick(SPELLINGS);
      const [same, other] = random.chance(0.5) ? [groups[0]!, groups[1]!] : [groups[1]!, groups[0]!];
      const byResult = random.chance(0.5);
      const find = tool("find", { keys: listOf(type) }, { returns: record({ keys: listOf(type) }) });
      const use = tool("use", { key: type }, { levels: ["write"] });
      const prior = ref(byResult ? "prior_result.keys" : "prior_args.keys", listOf(type));
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", type), prior, isIn: true }],
      });
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule]));
      const keys = [random.pick(same)];
      session.call("find", { keys: byResult ? [random.pick(other)] : keys });
      holds(session.call("use", { key: random.pick(same) }).outcome === "deny", () => "evidence before the result");
      session.result({ keys: byResult ? keys : [random.pick(other)] }, {}, "c1");
      const wrong = session.call("use", { key: random.pick(other) }).outcome;
      holds(wrong === "deny", () => `a ${type.kind} that is not in the list`);
      const right = session.call("use", { key: random.pick(same) }).outcome;
      holds(right === "allow", () => `the same ${type.kind}, spelled differently, was not found in the list`);
    },
  },
  {
    number: 5,
    sentence: "evidence from before the last change proves nothing, also when it completes after it",
    trials: 30,
    check: (subject, random) => {
      const check = tool("check", {}, { returns: record({ green: T.bool }) });
      const change = tool("change", {}, { levels: ["write"] });
      const push = tool("push", {}, { levels: ["write"] });
      const rule = requirePrior("tested", ["push"], ["check"], {
        since: [0],
        where: { kind: "holds", value: ref("prior_result.green", T.bool) },
      });
      const session = openSession(subject, contract([change, check, push], [allow("all", ["*"]), rule]));
      const passes = () => session.call("push", {}).outcome === "allow";
      const run = () => {
        session.call("check", {});
        session.result({ green: true });
      };
      run();
      holds(passes(), () => "nothing changed");
      session.call("change", {}, { id: "change" });
      holds(!passes(), () => "evidence from before the change");
      run();
      if (random.chance(0.5)) {
        const status = random.pick(["ok", "failed", "withheld"]);
        session.result("done", { status }, "change");
        holds(!passes(), () => "the change ended after the evidence");
      }
      session.call("check", {}, { id: "slow" });
      session.call("change", {}, { id: "between" });
      session.result("done", {}, "between");
      session.result({ green: true }, {}, "slow");
      holds(!passes(), () => "a check that began before the change");
      run();
      holds(passes(), () => "evidence from after the change");
    },
  },
  {
    number: 5,
    sentence: "a call id that is used again completes nothing of the call that had it before",
    trials: 6,
    check: (subject, random) => {
      const id = { kind: "id" } as const;
      const find = tool("find", { key: id });
      const use = tool("use", { key: id }, { levels: ["write"] });
      const rule = requirePrior("seen", ["use"], ["find"], {
        keys: [{ current: ref("args.key", id), prior: ref("prior_args.key", id), isIn: false }],
      });
      const session = openSession(subject, contract([find, use], [allow("all", ["*"]), rule]));
      session.call("find", { key: "A" }, { id: "again" });
      // So many others that the first is no longer among the open ones.
      for (let i = 0; i < 32 + random.below(20); i += 1) session.call("find", { key: `other-${i}` });
      session.call("find", { key: "B" }, { id: "again" });
      session.result("done", {}, "again");
      holds(session.call("use", { key: "B" }).outcome === "allow", () => "the call that completed is no evidence");
      holds(session.call("use", { key: "A" }).outcome === "deny", () => "the call that never completed is evidence");
    },
  },
];

/** The rule for every agent. */
function everyones<R extends Rule>({ agent: _, observe: __, ...rule }: R): Omit<R, "agent" | "observe"> {
  return rule;
}
