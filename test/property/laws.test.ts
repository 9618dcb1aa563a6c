import { describe, expect, test } from "vitest";
import { SUBJECTS, subjectNamed } from "../differential/subjects.ts";
import { LAWS } from "./laws.ts";
import { tryLaw } from "./try-law.ts";

describe.each([...SUBJECTS.keys()])("%s", (name) => {
  test.each(LAWS.map((law) => [law.number, law.sentence, law] as const))("law %i: %s", async (_, __, law) => {
    const broken = tryLaw(law, await subjectNamed(name), 1);
    expect(broken === undefined ? "" : `seed ${broken.seed}: ${broken.message}`).toBe("");
  });
});
