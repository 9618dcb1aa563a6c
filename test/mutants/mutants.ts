/** Every planted mutant. A list a subject; those of the compiler may stand beside these (subject `kernel`, any file of compiler/src). */
import { AGENT_MUTANTS } from "./agent-mutants.ts";
import { ANSWER_MUTANTS } from "./answer-mutants.ts";
import { COMMAND_MUTANTS } from "./command-mutants.ts";
import { DELEGATION_MUTANTS } from "./delegation-mutants.ts";
import { EVIDENCE_MUTANTS } from "./evidence-mutants.ts";
import { FLOW_MUTANTS } from "./flow-mutants.ts";
import { GROUNDING_MUTANTS } from "./grounding-mutants.ts";
import { INSPECTION_MUTANTS } from "./inspection-mutants.ts";
import { KERNEL_MUTANTS } from "./kernel-mutants.ts";
import { MAP_MUTANTS } from "./map-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { REFERENCE_MUTANTS } from "./reference-mutants.ts";
import { SQL_MUTANTS } from "./sql-mutants.ts";
import { TOOL_MUTANTS } from "./tool-mutants.ts";
import { VALUES_MUTANTS } from "./values-mutants.ts";

export const MUTANTS: readonly Mutant[] = [
  ...REFERENCE_MUTANTS,
  ...KERNEL_MUTANTS,
  ...AGENT_MUTANTS,
  ...DELEGATION_MUTANTS,
  ...ANSWER_MUTANTS,
  ...EVIDENCE_MUTANTS,
  ...GROUNDING_MUTANTS,
  ...TOOL_MUTANTS,
  ...VALUES_MUTANTS,
  ...MAP_MUTANTS,
  ...COMMAND_MUTANTS,
  ...FLOW_MUTANTS,
  ...SQL_MUTANTS,
  ...INSPECTION_MUTANTS,
];
