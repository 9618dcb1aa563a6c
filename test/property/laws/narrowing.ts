/** Law 3: only an allow grants. Any other rule, added to a contract, can only take away. */
import { makeCase } from "../../differential/generate/case.ts";
import { makeRule } from "../../differential/generate/rules.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { holds, isCall, isLetThrough, isNoWeaker, type Law, play } from "../law.ts";

export const NARROWING: readonly Law[] = [
  {
    number: 3,
    sentence: "a rule that is no allow never makes a decision weaker",
    trials: 400,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const added = makeRule("extra", contract, random);
      // where nobody enforces, a history goes on whatever is answered
      if (added.kind === "allow" || contract.observe !== undefined) return;
      const rules = [...contract.rules, added].sort((a, b) => (a.name < b.name ? -1 : 1));
      const narrowed = play(subject.compile({ ...contract, rules }), events);
      for (const [i, { event, decision }] of play(subject.compile(contract), events).entries()) {
        const other = narrowed[i]!.decision;
        // that the state is full is said of calls that the rules let through
        if (other.duplicate || decision.duplicate || decision.reason === "state_full") return;
        holds(isNoWeaker(other, decision), () => `${added.kind} turned ${decision.outcome} into ${other.outcome}`);
        // From here on the histories differ.
        if (isCall(event) && isLetThrough(other) !== isLetThrough(decision)) return;
        if (!isCall(event) && other.outcome !== decision.outcome) return;
        // and what people are told to sign
        if (asked(other) !== asked(decision)) return;
      }
    },
  },
  {
    number: 3,
    sentence: "what is let through is let through by an allow, and it is named",
    trials: 300,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const allows = new Set(contract.rules.flatMap((rule) => (rule.kind === "allow" ? [rule.name] : [])));
      for (const { event, decision } of play(subject.compile(contract), events))
        holds(
          !isCall(event) || !isLetThrough(decision) || decision.duplicate || decision.rules.some((r) => allows.has(r)),
          () => `let through by ${decision.rules.join(", ")}`,
        );
    },
  },
];

const asked = ({ approvals }: RefDecision): string =>
  approvals.flatMap(({ rule }) => (rule === "extra" ? [] : [rule])).join();
