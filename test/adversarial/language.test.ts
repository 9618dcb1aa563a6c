// Texts made to hurt the reader: they come back as diagnostics, never as an exception or an endless run.
import { check, diagnosticToJson, format, renderDiagnostic } from "@thc/language";
import { describe, expect, test } from "vitest";

const wrap = (body: string): string =>
  `contract "x" version "1" {\n  agent bot { id "bot" }\n  tool a(x: Text) read\n${body}\n}\n`;

const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ["nothing", ""],
  ["a NUL", "\0"],
  ["NULs in a contract", wrap("  r: allow a\0")],
  ["a lone surrogate", wrap('  r: allow a when x == "\ud800"')],
  ["a byte order mark", `\ufeff${wrap("  r: allow a")}`],
  ["a direction change in a text", wrap('  r: allow a because "\u202egood"')],
  ["ten megabytes of garbage", "\u{1f4a9}~$".repeat(2_600_000)],
  ["four megabytes of brackets", "(".repeat(4_000_000)],
  ["mixed brackets", wrap("({[".repeat(100_000))],
  ["closing brackets", wrap(")}]".repeat(100_000))],
  ["deep conditions", wrap(`  r: allow a when ${"(".repeat(100_000)}true${")".repeat(100_000)}`)],
  ["many nots", wrap(`  r: allow a when ${"not ".repeat(100_001)}true`)],
  ["many ands", wrap(`  r: allow a when ${"true and ".repeat(50_000)}true`)],
  ["deep lists", wrap(`  r: allow a when x in ${"[".repeat(100_000)}`)],
  ["deep types", wrap(`  tool b(x: ${"List<".repeat(50_000)}Text${">".repeat(50_000)}) read`)],
  ["deep records", wrap(`  tool b(x: ${"{ a: ".repeat(50_000)}Text`)],
  ["many question marks", wrap(`  tool b(x: Text${"?".repeat(100_000)}) read`)],
  ["deep quantifiers", wrap(`  r: allow a when ${"any y in x (".repeat(50_000)}`)],
  ["a long path", wrap(`  r: allow a when x${".y".repeat(100_000)} == "1"`)],
  ["a long number", wrap(`  r: budget ${"9".repeat(1_000_000)} calls per session`)],
  ["many open texts", wrap('  r: allow a because "\n'.repeat(100_000))],
  ["many open backquotes", wrap("`\n".repeat(100_000))],
  ["many rules without a verb", wrap("  r:\n".repeat(100_000))],
  ["one very long line", wrap(`  r: allow ${"a, ".repeat(200_000)}`)],
  ["many slashes", wrap("  r: allow a when x matches /\n".repeat(50_000))],
  ["a long expression", wrap(`  r: allow a when x matches /${"a".repeat(1_000_000)}/`)],
  ["deep groups", wrap(`  r: allow a when x matches /${"(".repeat(1_900)}/`)],
  ["repetitions of repetitions", wrap(`  r: allow a when x matches /${"(".repeat(40)}a${"){1000}".repeat(40)}/`)],
  ["an expression with too many ways", wrap(`  r: allow a when x matches /${"(a|b|[^c])*.{9}".repeat(100)}/i`)],
  [
    "many lets in one another",
    wrap(Array.from({ length: 300 }, (_, i) => `  let l${i} = l${i + 1} and l${i + 1}`).join("\n")),
  ],
  ["a long let", wrap(`  let l = ${"x == x and ".repeat(5_000)}true\n  r: allow a when l`)],
  ["many globs", wrap(`  r: allow ${"a*".repeat(2_000)}b`)],
  ["many braces", wrap(`  r: allow ${"{a,b,a*}".repeat(2_000)}b`)],
  ["a long agent id", wrap(`  agent two { id "${"*a".repeat(100_000)}" }`)],
  [
    "names of the prototype",
    wrap("  tool constructor(__proto__: Text) read\n  __proto__: allow constructor when __proto__ == toString"),
  ],
];

describe("hostile text", () => {
  test.each(HOSTILE)("%s is refused, or understood, without an exception", (_, text) => {
    const source = { path: "x", text };
    const { contract, diagnostics } = check(source);
    expect(contract === undefined).toBe(diagnostics.some((d) => d.severity === "error"));
    expect(diagnostics.length).toBeLessThan(400);
    for (const diagnostic of diagnostics.slice(0, 5)) {
      const printed = renderDiagnostic(diagnostic, source, { color: false });
      expect(printed).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
      expect(printed.length).toBeLessThan(5_000);
      JSON.stringify(diagnosticToJson(diagnostic, source));
    }
    format(source);
  });
});

describe("work grows with the text, not with its square", () => {
  // counted in statements that are read, not in time: ten times the rules, ten times the diagnostics
  test("every one of many broken statements is found by itself", () => {
    const { diagnostics } = check({
      path: "x",
      text: wrap("  r1: allow b\n  r2: allow a when\n  r3: allow a\n".repeat(20)),
    });
    expect(diagnostics.filter((d) => d.code === "THC1002")).toHaveLength(20);
    expect(diagnostics.filter((d) => d.code === "THC2010")).toHaveLength(38);
  });
});
