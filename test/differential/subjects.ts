/**
 * The subjects that the programs and laws run against, by name. `reference` is always there, so that the machinery
 * itself is tested; the real module stands beside it.
 */
import { kernelSubject } from "./kernel-subject.ts";
import { referenceSubject, type Subject } from "./subject.ts";

export const SUBJECTS: ReadonlyMap<string, () => Promise<Subject>> = new Map([
  ["kernel", async () => kernelSubject()],
  ["reference", async () => referenceSubject()],
]);

export async function subjectNamed(name: string): Promise<Subject> {
  const make = SUBJECTS.get(name);
  if (make === undefined) throw new Error(`unknown subject \`${name}\`; known: ${[...SUBJECTS.keys()].join(", ")}`);
  return make();
}
