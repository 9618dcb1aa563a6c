/** Laws 4, 9, 11 and 14 of loops: attempts are counted here from the requests alone. */
import { allow, compare, contract, deny, lit, loop, optional, ref, T, tool } from "../../contracts/build.ts";
import type { Subject } from "../../differential/subject.ts";
import type { Contract, Outcome } from "../../reference/contract.ts";
import { holds, isLetThrough, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const DENY: Outcome = [{ kind: "deny" }];
const WARN: Outcome = [{ kind: "warn" }];
const go = tool("go", { what: T.text, to: optional(T.email) });

const session = (subject: Subject, given: Contract) => openSession(subject, given);

export const LOOPS: readonly Law[] = [
  {
    number: 11,
    sentence: "the same call is let through fewer than N times in any M calls, whatever stands between",
    trials: 40,
    check: (subject, random) => {
      const count = 2 + random.below(4);
      const calls = count + random.below(12);
      const s = session(
        subject,
        contract([go], [allow("all", ["*"]), loop("stuck", "same_call", [{ count, calls, otherwise: DENY }])]),
      );
      const asked: string[] = [];
      for (let i = 0; i < 40; i += 1) {
        const what = random.pick(["a", "a", "b", `c${i}`]);
        asked.push(what);
        const same = asked.slice(-calls).filter((w) => w === what).length;
        const { outcome, reason } = s.call("go", { what });
        holds((outcome === "deny") === same >= count, () => `${same} of ${count} in ${calls}: ${outcome}`);
        holds(outcome !== "deny" || reason === "loop_detected", () => reason);
      }
    },
  },
  {
    number: 4,
    sentence: "arguments of which something is unknown are those of every call of the tool, and of no other",
    trials: 30,
    check: (subject, random) => {
      const other = tool("other", { what: T.text, to: optional(T.email) });
      const steps = [{ count: 3, calls: 8, otherwise: DENY }];
      const s = session(subject, contract([go, other], [allow("all", ["*"]), loop("stuck", "same_call", steps)]));
      const unknown = { what: "x", to: random.pick(["nobody", "a@", "a@b@c.example"]) };
      s.call("go", { what: "a" });
      s.call("go", unknown);
      s.call("other", { what: "a" });
      const known = s.call("go", random.chance(0.5) ? { what: "z" } : { what: "a", to: "ann@mail.example" });
      holds(known.outcome === "allow", () => "two of three");
      holds(s.call("go", unknown).reason === "loop_detected", () => "an unknown argument got out of the loop");
    },
  },
  {
    number: 12,
    sentence: "another spelling of the same arguments is no other call",
    trials: 30,
    check: (subject, random) => {
      const steps = [{ count: 3, calls: 3, otherwise: DENY }];
      const s = session(subject, contract([go], [allow("all", ["*"]), loop("stuck", "same_call", steps)]));
      const spelled = () => random.pick(["Ann@Mail.Example", "ann@mail.example", "ANN@mail.example."]);
      s.call("go", { what: "a", to: spelled() });
      s.call("go", { to: spelled(), what: "a" });
      holds(s.call("go", { what: "a", to: spelled() }).reason === "loop_detected", () => "spelt otherwise");
    },
  },
  {
    number: 11,
    sentence: "calls that repeat back to back are a cycle, and one call out of step is none",
    trials: 60,
    check: (subject, random) => {
      const period = 2 + random.below(8);
      const count = 2 + random.below(2);
      const calls = period * count + random.below(4);
      const steps = [{ count, calls: Math.min(calls, 64), otherwise: DENY }];
      const s = session(subject, contract([go], [allow("all", ["*"]), loop("circling", "cycle", steps)]));
      const lap = Array.from({ length: period }, (_, i) => `w${i}`);
      for (let i = 0; i < random.below(4); i += 1) s.call("go", { what: `before${i}` });
      const odd = random.chance(0.4) ? 1 + random.below(period * count - 1) : -1;
      for (let i = 0; i < period * count; i += 1) {
        const { outcome } = s.call("go", { what: i === odd ? "odd" : lap[i % period]! });
        const isLast = i === period * count - 1;
        const expected = isLast && odd < 0 && period <= 8;
        holds((outcome === "deny") === expected, () => `call ${i} of ${count} laps of ${period}: ${outcome}`);
      }
    },
  },
  {
    number: 9,
    sentence:
      "denied calls are counted however they are denied, and a loop over them lets go when they lie far enough back",
    trials: 40,
    check: (subject, random) => {
      const count = 1 + random.below(3);
      const calls = count + 1 + random.below(5);
      const bad = deny("bad", ["go"], compare(ref("args.what", T.text), "==", lit("bad")));
      const over = loop("nagging", "denied_call", [{ count, calls, otherwise: DENY }]);
      const s = session(subject, contract([go, tool("never", {})], [allow("all", ["go"]), bad, over]));
      const denied: boolean[] = [];
      for (let i = 0; i < 40; i += 1) {
        const kind = random.pick(["bad", "never", "good", "good", "good"]);
        denied.push(kind !== "good");
        const reached = denied.slice(-calls).filter(Boolean).length >= count;
        const decision = kind === "never" ? s.call("never", {}) : s.call("go", { what: kind });
        holds(decision.rules.includes("nagging") === reached, () => `${i}: ${decision.rules.join()} of ${kind}`);
        holds((decision.outcome === "deny") === (reached || kind !== "good"), () => `${i}: ${decision.outcome}`);
      }
    },
  },
  {
    number: 14,
    sentence: "a run that was suspended stays so, through every session of it, and no other run is",
    trials: 40,
    check: (subject, random) => {
      const suspend: Outcome = [{ kind: "suspend", ledger: "run" }];
      const steps = [
        { count: 2, calls: 9, otherwise: WARN },
        { count: 3, calls: 9, otherwise: suspend },
      ];
      const s = session(subject, contract([go], [allow("all", ["*"]), loop("stuck", "same_call", steps)]));
      const run = random.chance(0.7) ? "r1" : undefined;
      const call = (what: string, of: string | undefined) =>
        s.call("go", { what }, of === undefined ? {} : { also: { context: { run: of } } });
      holds(isLetThrough(call("a", run)), () => "the first");
      const second = call("a", run);
      holds(isLetThrough(second) && second.warnings.includes("stuck"), () => "the second is warned of");
      holds(call("a", run).reason === "loop_detected", () => "the third is denied");
      for (let i = 0; i < 70; i += 1) {
        const { reason } = call(random.pick(["a", `b${i}`]), run);
        holds(reason === "suspended", () => `${i} calls later: ${reason}`);
      }
      const other = call("another", "r2");
      holds(isLetThrough(other) === (run !== undefined), () => `another run: ${other.reason}`);
      holds(s.say("hello").outcome === "allow", () => "a message was refused");
    },
  },
];
