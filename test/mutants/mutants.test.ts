import { expect, test } from "vitest";
import { LAWS } from "../property/laws.ts";
import { mutated } from "./build.ts";
import { MUTANTS } from "./mutants.ts";

test.each(MUTANTS.map((mutant) => [mutant.law, mutant.name, mutant] as const))(
  "law %i, `%s`: the text that it replaces stands in its file once",
  (_, __, mutant) => expect(mutated(process.cwd(), mutant)).toHaveProperty("text"),
);

test("every law has three mutants or more, and every mutant a law", () => {
  const laws = new Set(LAWS.map((law) => law.number));
  for (const law of laws) expect(MUTANTS.filter((m) => m.law === law).length).toBeGreaterThanOrEqual(3);
  expect(MUTANTS.filter((m) => !laws.has(m.law))).toEqual([]);
});
