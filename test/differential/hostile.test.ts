import { check } from "@thc/language";
import { describe, expect, test } from "vitest";
import { TARGETS, texts } from "./hostile.ts";
import { SUBJECTS, subjectNamed } from "./subjects.ts";

/** What is proved of the reference is that the trial is fair. */
const trialsOf = (name: string): number => (name === "reference" ? 40 : 120);

function firstFault(name: string, trial: (seed: number) => string | undefined): string {
  for (let seed = 1; seed <= trialsOf(name); seed += 1) {
    const fault = trial(seed);
    if (fault !== undefined) return `seed ${seed}: ${fault}`;
  }
  return "";
}

describe.each([...SUBJECTS.keys()])("%s", (name) => {
  test.each(TARGETS.map((target) => [target.name, target] as const))(
    "damaged %s neither crash it nor get past it",
    async (_, target) => {
      const subject = await subjectNamed(name);
      expect(firstFault(name, (seed) => target.trial(subject, seed))).toBe("");
    },
  );

  test("a damaged contract text is a contract that decides, or diagnostics", async () => {
    const subject = await subjectNamed(name);
    const read = (text: string) => check({ path: "damaged.contract", text }).contract;
    expect(firstFault(name, (seed) => texts(read, subject, seed))).toBe("");
  });
});
