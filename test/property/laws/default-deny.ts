/** Law 1: nothing matched is a denial; who or what is unknown is denied before any rule. */
import { makeCase } from "../../differential/generate/case.ts";
import { holds, instead, isCall, isLetThrough, type Law, plainEvents, play, withMember } from "../law.ts";

export const DEFAULT_DENY: readonly Law[] = [
  {
    number: 1,
    sentence: "without an allow that matches, every call is denied",
    trials: 60,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const bare = { ...contract, rules: contract.rules.filter((rule) => rule.kind !== "allow") };
      for (const { event, decision } of play(subject.compile(bare), events))
        holds(!isCall(event) || decision.outcome === "deny", () => `without an allow: ${decision.outcome}`);
    },
  },
  {
    number: 1,
    sentence: "an unknown agent or tool is denied before any rule",
    trials: 60,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const instance = subject.compile(contract);
      for (const played of play(instance, plainEvents(events)).filter((p) => isCall(p.event))) {
        const { request } = played.event;
        for (const changed of [
          withMember(request, ["principal", "id"], "nobody"),
          withMember(request, ["action", "tool"], "no.such.tool"),
        ]) {
          const { outcome, rules } = instead(instance, played, changed);
          holds(outcome === "deny" && rules.length === 0, () => `unknown, yet ${outcome} by ${rules.join(", ")}`);
        }
        holds(
          !isLetThrough(played.decision) || contract.rules.some((r) => r.kind === "allow"),
          () => "who granted it?",
        );
      }
    },
  },
];
