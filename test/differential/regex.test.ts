/**
 * Regular expressions by three readers that share no code: the automaton that the kernel runs, the reference, and ECMAScript's RegExp
 * with flag `u` on what both dialects read alike.
 */
import { automatonOf, type RegexAutomaton } from "@thc/language";
import { expect, test } from "vitest";
import { matchesRegex } from "../reference/regex.ts";
import { makePattern, makeRegex, makeSubject } from "./generate/regexes.ts";
import { seeded } from "./random.ts";

const encoder = new TextEncoder();

/** As the kernel does (docs/formats/module.md, "Automaton"). */
function runs({ classOf, classes, next, sinks, accept }: RegexAutomaton, text: string): boolean {
  let state = 0;
  for (const byte of encoder.encode(text)) {
    if (state >= sinks) break;
    state = next[state * classes + classOf[byte]!]!;
  }
  return accept[state] === 1;
}

test("the automaton, the reference and ECMAScript agree on random expressions and texts", () => {
  const random = seeded(7);
  let matched = 0;
  let asked = 0;
  for (let i = 0; i < 600; i += 1) {
    const source = makePattern(random);
    const ignoreCase = random.chance(0.4);
    const theirs = new RegExp(source.replaceAll("\\x{", "\\u{"), ignoreCase ? "iu" : "u");
    const automaton = automatonOf(source, ignoreCase);
    for (let j = 0; j < 8; j += 1) {
      const text = makeSubject(random);
      const expected = theirs.test(text);
      const found = { automaton: runs(automaton, text), reference: matchesRegex(source, ignoreCase, text) };
      expect({ source, ignoreCase, text, ...found }).toEqual({
        ...{ source, ignoreCase, text },
        ...{ automaton: expected, reference: expected },
      });
      asked += 1;
      if (expected) matched += 1;
    }
  }
  // a generator whose expressions match always, or never, would show nothing
  expect(matched).toBeGreaterThan(asked / 5);
  expect(matched).toBeLessThan((4 * asked) / 5);
});

test("every character has the cases that ECMAScript gives it", () => {
  const random = seeded(11);
  for (let i = 0; i < 400; i += 1) {
    const code = random.below(random.pick([0x250, 0x600, 0x2200, 0x1f000]));
    if (code >= 0xd800 && code < 0xe000) continue;
    const c = String.fromCodePoint(code);
    const source = `^[\\x{${code.toString(16)}}]$`;
    for (const other of [c, c.toUpperCase(), c.toLowerCase(), "i", "k", "s", "ß"]) {
      const expected = new RegExp(`^[\\u{${code.toString(16)}}]$`, "iu").test(other);
      expect({ c, other, is: runs(automatonOf(source, true), other) }).toEqual({ c, other, is: expected });
      expect({ c, other, is: matchesRegex(source, true, other) }).toEqual({ c, other, is: expected });
    }
  }
});

test("an expression is matched in time linear in the text, whatever it is", () => {
  for (const source of ["(a|aa)*b", "(a*)*b", "(x+x+)+y", "(.*){1,12}[bc]$", "^(([a-z])+.)+[A-Z]([a-z])+$"]) {
    const text = "a".repeat(5_000);
    expect(runs(automatonOf(source, false), text)).toBe(false);
    expect(matchesRegex(source, false, text)).toBe(false);
  }
  for (let seed = 0; seed < 300; seed += 1) {
    const { source, ignoreCase } = makeRegex(seeded(seed));
    expect(automatonOf(source, ignoreCase).accept.length).toBeLessThanOrEqual(4_096);
  }
});
