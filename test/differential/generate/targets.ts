/** Which tools a rule is for: some by name, or what a level, a risk or `external` means. */
import type { Contract, Rule } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { classTargets } from "./classes.ts";

export function makeTargets(contract: Contract, random: Random): Pick<Rule, "targets" | "narrowed"> {
  if (random.chance(contract.registry === undefined ? 0.15 : 0.4)) {
    const { targets, narrowed } = random.pick(classTargets(contract.tools));
    return { targets, narrowed };
  }
  const all = contract.tools.map((_, i) => i);
  return { targets: random.chance(0.3) ? all : random.some(all, 3), narrowed: [] };
}
