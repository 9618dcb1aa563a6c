/** Every planted mutant. A list a subject; those of the compiler may stand beside these (subject `kernel`, any file of compiler/src). */
import { AGENT_MUTANTS } from "./agent-mutants.ts";
import { COMMAND_MUTANTS } from "./command-mutants.ts";
import { EVIDENCE_MUTANTS } from "./evidence-mutants.ts";
import { FLOW_MUTANTS } from "./flow-mutants.ts";
import { GROUNDING_MUTANTS } from "./grounding-mutants.ts";
import { KERNEL_MUTANTS } from "./kernel-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { REFERENCE_MUTANTS } from "./reference-mutants.ts";
import { TOOL_MUTANTS } from "./tool-mutants.ts";
import { VALUES_MUTANTS } from "./values-mutants.ts";

export const MUTANTS: readonly Mutant[] = [
  ...REFERENCE_MUTANTS,
  ...KERNEL_MUTANTS,
  ...AGENT_MUTANTS,
  ...EVIDENCE_MUTANTS,
  ...GROUNDING_MUTANTS,
  ...TOOL_MUTANTS,
  ...VALUES_MUTANTS,
  ...COMMAND_MUTANTS,
  ...FLOW_MUTANTS,
];
