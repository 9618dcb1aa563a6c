/** Who asks (docs/semantics/agents.md): the agent whose id and team a principal has. */
import type { Contract } from "./contract.ts";
import { matchesText } from "./glob.ts";
import type { JsonValue } from "./json.ts";

/** Its number; undefined when nobody that the contract knows has this id, or the agent is in another team than is said. */
export function agentOf(contract: Contract, id: string, said: JsonValue | undefined): number | undefined {
  const found = contract.agents.findIndex(({ ids }) => ids.some((glob) => matchesText(glob, id)));
  if (found < 0) return undefined;
  const { team } = contract.agents[found]!;
  return team === undefined || said === undefined || (said.kind === "string" && said.value === team)
    ? found
    : undefined;
}
