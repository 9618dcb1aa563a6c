/**
 * Commands against both readers: texts that somebody thought of, with what they run, and texts made at random, on which kernel and reference must
 * agree in every detail. Real shells are asked by test/differential/command-oracle.ts, which is run by hand.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeCommand } from "../differential/generate/commands.ts";
import { seeded } from "../differential/random.ts";
import { readCommand, type Segment } from "../reference/command/command.ts";
import { byKernel, byReference, observer, questions } from "./command-observer.ts";

const NAMES = ["rm", "ls", "cat", "curl", "sh", "hello"];
const WORDS = ["-rf", "x", "a.txt", ""];
const asked = questions(NAMES, WORDS);
const [kernel, reference] = [observer(byKernel, asked), observer(byReference, asked)];

/** Lines of `command ⇒ what it runs`: segments parted by `;`, words by blanks, `?` for what is not known, `…` for any number of words. */
const CASES = readFileSync(new URL("commands.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.includes(" ⇒ "))
  .map((line) => line.split(" ⇒ ") as [string, string]);

function shown(command: string): string {
  const line = ({ program, words, adds }: Segment) => [
    program ?? "?",
    ...(adds || words.some((w) => w.many) ? ["…"] : words.map((w) => (w.known ? w.text || "''" : "?"))),
  ];
  const segments = readCommand(command)?.segments.map((s) => JSON.stringify(line(s).join(" ")).slice(1, -1));
  return segments?.join(" ; ").replaceAll('\\"', '"') ?? "unknown";
}

describe("what somebody thought of", () => {
  test.each(CASES)("%s", (written, runs) => {
    const command = written.replaceAll("␊", "\n").replaceAll("␉", "\t");
    expect(shown(command)).toBe(runs);
    expect(kernel(command)).toBe(reference(command));
  });
});

test("kernel and reference make the same of commands made at random", () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const command = makeCommand(seeded(seed));
    expect([command, kernel(command)]).toEqual([command, reference(command)]);
  }
});

test.each([
  ["segments", (n: number) => Array.from({ length: n }, () => "x").join(";"), 64],
  ["words", (n: number) => `x${" a".repeat(n - 1)}`, 1024],
  ["texts for shells", (n: number) => "sh -c '';".repeat(n), 64],
  ["shells in one another", (n: number) => `${"( ".repeat(n - 1)}x${")".repeat(n - 1)}`, 8],
  ["substitutions in one another", (n: number) => `${"x $(".repeat(n - 1)}x${")".repeat(n - 1)}`, 8],
  ["here-documents at once", (n: number) => `x ${"<<E ".repeat(n)}\n${"E\n".repeat(n)}`, 12],
] as const)("more %s than the limit are not read", (_, make, most) => {
  for (const [n, isKnown] of [
    [most, true],
    [most + 1, false],
  ] as const) {
    const command = make(n);
    expect([n, readCommand(command) !== undefined]).toEqual([n, isKnown]);
    expect(kernel(command)).toBe(reference(command));
  }
});

test("a hundred thousand brackets, quotes or backslashes come to an end", () => {
  for (const one of ["(", "$(", "`", "'", '"', "\\", "{ ", "<(", "find -exec ", "sudo ", "if ", "<<E\n", "for x in "]) {
    const command = one.repeat(100_000);
    expect(kernel(command)).toBe(reference(command));
  }
});
