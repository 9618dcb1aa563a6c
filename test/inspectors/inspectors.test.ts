// Each inspector finds what it says and not what only looks like it, in the module and in the reference; its table is well made.
import { INSPECTORS } from "@thc/stdlib-rules";
import { describe, expect, test } from "vitest";
import { allow, contract, inspect, T, tool } from "../contracts/build.ts";
import { kernelSubject } from "../differential/kernel-subject.ts";
import { referenceSubject } from "../differential/subject.ts";
import { openSession } from "../property/session-of.ts";
import { VECTORS } from "./vectors.ts";

const note = tool("note", { text: T.text }, { levels: ["write"], risk: "write" });

test("every inspector has examples of all its classes", () => {
  const classes = INSPECTORS.map(({ name, patterns }) => [name, [...new Set(patterns.map((p) => p.class))].sort()]);
  const shown = Object.entries(VECTORS).map(([name, { found }]) => [name, [...new Set(found.map(([k]) => k))].sort()]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(classes));
});

test("the tables are of literals of ASCII, small where case does not count, each once", () => {
  for (const { name, patterns } of INSPECTORS) {
    const keys = patterns.map(({ class: kind, literal, fold }) => `${kind} ${literal} ${fold}`);
    expect(new Set(keys).size, name).toBe(keys.length);
    for (const { literal, fold, before, after } of patterns) {
      expect(literal).toMatch(/^[\x20-\x7e]{1,64}$/);
      if (fold) expect(literal).toBe(literal.toLowerCase());
      for (const run of [before, after]) if (run !== undefined) expect(run.least >= 1 && run.least <= 64).toBe(true);
    }
  }
});

describe.each([kernelSubject(), referenceSubject()])("$name", (subject) => {
  test.each(Object.entries(VECTORS))("%s", (inspector, { found, nothing }) => {
    const rule = inspect("looks", ["note"], inspector, { atLeast: "low", otherwise: [{ kind: "warn" }] });
    const session = openSession(subject, contract([note], [allow("all", ["*"]), rule]));
    const kinds = (text: string) =>
      session.call("note", { text }).inspected!.findings.map((finding) => finding.class) as readonly string[];
    for (const [kind, text] of found) expect(kinds(text), text).toContain(kind);
    for (const text of nothing) expect(kinds(text), text).toEqual([]);
  });
});
