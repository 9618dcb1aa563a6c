/** The laws as tests of one subject: a file a subject, so that they run side by side. */
import { expect, test } from "vitest";
import { subjectNamed } from "../differential/subjects.ts";
import { LAWS } from "./laws.ts";
import { tryLaw } from "./try-law.ts";

/** `share` of the trials of each law. */
export function testLaws(name: string, share: number): void {
  test.each(LAWS.map((law) => [law.number, law.sentence, law] as const))("law %i: %s", async (_, __, law) => {
    const broken = tryLaw(law, await subjectNamed(name), 1, Math.ceil(law.trials * share));
    expect(broken === undefined ? "" : `seed ${broken.seed}: ${broken.message}`).toBe("");
  });
}
