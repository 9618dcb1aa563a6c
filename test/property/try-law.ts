/** Many trials of one law, each from its own seed; the first that breaks it is told with its seed. */
import { seeded } from "../differential/random.ts";
import type { Subject } from "../differential/subject.ts";
import type { Law } from "./law.ts";

export interface Broken {
  readonly seed: number;
  readonly message: string;
}

export function tryLaw(law: Law, subject: Subject, seed: number, trials = law.trials): Broken | undefined {
  for (let at = seed; at < seed + trials; at += 1) {
    try {
      law.check(subject, seeded(at));
    } catch (error) {
      return { seed: at, message: error instanceof Error ? error.message : String(error) };
    }
  }
  return undefined;
}
