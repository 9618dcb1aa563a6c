/** Mutants of what belongs to agents: their own rules, teams. In the reference, the kernel and the compiler. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    1,
    "an agent's own rules hold for all",
    "test/reference/call.ts",
    "if (rule.agent !== undefined && rule.agent !== identity.agent) return false;",
    "",
  ],
  [1, "any team will do", "test/reference/agent.ts", "said.value === team)", "said.value !== undefined)"],
];
const KERNEL: readonly Row[] = [
  [1, "everyone is the first agent", "runtime/kernel/assembly/classify.ts", "c = agent() - 1;", "c = 0;"],
  [
    1,
    "a team may be contradicted",
    "runtime/kernel/assembly/agents.ts",
    "if (!text || stateOf(said) != KNOWN) return true;",
    "if (!text || stateOf(said) == KNOWN) return true;",
  ],
  [
    1,
    "the compiler forgets whose a rule is",
    "compiler/src/lower/lower.ts",
    "if (agent === undefined) return when;",
    "if (agent === undefined || agent.number >= 0) return when;",
  ],
];

export const AGENT_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "", REFERENCE),
  ...planted("kernel", "", KERNEL),
];
