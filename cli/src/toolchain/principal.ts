/** Who acts in a replay: an id that the named agent's globs match, of the team that the contract says. */
import type { Read } from "../files/read.ts";
import { problem } from "../files/read.ts";
import { visible } from "../terminal/visible.ts";
import type { Subject } from "./subject.ts";

export interface Acting {
  readonly id: string;
  /** What a host sends of every event of this agent: its team, where the contract says one. By path. */
  readonly facts: Readonly<Record<string, string>>;
}

export function principalOf(subject: Subject, wanted: string | undefined): Read<Acting> {
  const { agents } = subject.runtime.manifest;
  const [first, ...others] = agents;
  const agent =
    wanted === undefined ? (others.length === 0 ? first : undefined) : agents.find((one) => one.name === wanted);
  const known = agents.map((one) => `\`${visible(one.name)}\``).join(", ");
  if (agent === undefined)
    return problem(
      wanted === undefined
        ? `say who acts with \`--agent\`: ${known}`
        : `no agent \`${visible(wanted)}\`; there is ${known}`,
    );
  const facts: Acting["facts"] = agent.team === undefined ? {} : { "principal.team": agent.team };
  return { ok: true, value: { id: (agent.ids[0] ?? agent.name).replaceAll("*", "replay"), facts } };
}
