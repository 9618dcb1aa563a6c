/** Law 1 for agents: what stands inside one is nobody else's, and who is in another team is nobody. */
import { makeCase } from "../../differential/generate/case.ts";
import type { Contract } from "../../reference/contract.ts";
import { holds, instead, isCall, type Law, member, plainEvents, play, withMember } from "../law.ts";

export const AGENTS: readonly Law[] = [
  {
    number: 1,
    sentence: "a rule inside an agent is no rule for any other",
    trials: 400,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const who = random.below(contract.agents.length);
      // alone: the other agents stay declared, with nothing inside
      const alone: Contract = { ...contract, rules: contract.rules.filter((r) => (r.agent ?? who) === who) };
      if (alone.rules.length === contract.rules.length) return;
      const mine = plainEvents(events).filter(({ request }) => isOf(member(request, "principal", "id"), contract, who));
      // what is done for others is theirs too
      if (mine.some(({ request }) => member(request, "principal", "chain") !== undefined)) return;
      const there = play(subject.compile(alone), mine);
      for (const [i, { decision }] of play(subject.compile(contract), mine).entries()) {
        const other = there[i]!.decision;
        // digests name the contract
        const shown = (d: typeof other) => JSON.stringify([d.outcome, d.reason, d.rules, d.obligations, d.warnings]);
        holds(shown(decision) === shown(other), () => `${shown(other)} became ${shown(decision)}`);
        if (other.approvals.length > 0) return;
      }
    },
  },
  {
    number: 1,
    sentence: "a principal of another team than its agent's is unknown",
    trials: 60,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      // what is counted per team is counted for a team that the host names
      if (contract.rules.some((rule) => rule.kind === "budget" && rule.ledger === "team")) return;
      const team = "a team of its own";
      const instance = subject.compile({ ...contract, agents: contract.agents.map((agent) => ({ ...agent, team })) });
      for (const played of play(instance, plainEvents(events)).filter((p) => isCall(p.event))) {
        const to = (said: string | undefined) =>
          instead(instance, played, withMember(played.event.request, ["principal", "team"], said));
        const [silent, same, other] = [to(undefined), to(team), to("another")];
        holds(silent.reason === same.reason, () => `unsaid ${silent.reason}, said ${same.reason}`);
        const early = ["bad_utf8", "bad_json", "duplicate_key", "number_range", "too_deep", "too_large", "bad_request"];
        holds(
          other.reason === "unknown_agent" || early.includes(other.reason),
          () => `of another team, yet ${other.outcome}`,
        );
      }
    },
  },
];

function isOf(id: unknown, { agents }: Contract, who: number): boolean {
  const [first] = agents[who]!.ids;
  return typeof id === "string" && first !== undefined && id.startsWith(first.split("*")[0]!);
}
