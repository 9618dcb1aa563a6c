/** Who asks (docs/semantics/agents.md): the agent whose id and team a principal has. */
import type { Contract } from "./contract.ts";
import { matchesText } from "./glob.ts";
import { type Request, requestMember } from "./request.ts";

/** Its number; undefined when nobody that the contract knows has this id, or the agent is in another team than the request says. */
export function agentOf(contract: Contract, request: Request): number | undefined {
  const found = contract.agents.findIndex(({ ids }) => ids.some((glob) => matchesText(glob, request.principal)));
  if (found < 0) return undefined;
  const { team } = contract.agents[found]!;
  const said = requestMember(request.whole, "principal", "team");
  return team === undefined || said === undefined || (said.kind === "string" && said.value === team)
    ? found
    : undefined;
}
