/** Who acts in a replay: an id that the named agent's globs match. */
import type { Read } from "../files/read.ts";
import { problem } from "../files/read.ts";
import { visible } from "../terminal/visible.ts";
import type { Subject } from "./subject.ts";

export function principalOf(subject: Subject, wanted: string | undefined): Read<string> {
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
  return { ok: true, value: (agent.ids[0] ?? agent.name).replaceAll("*", "replay") };
}
