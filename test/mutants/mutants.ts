/** Every planted mutant. A list a subject; those of the kernel and the compiler stand beside this one. */
import type { Mutant } from "./mutant.ts";
import { REFERENCE_MUTANTS } from "./reference-mutants.ts";

export const MUTANTS: readonly Mutant[] = [...REFERENCE_MUTANTS];
