// What a diagnostic underlines: the text between « and » is underlined, no more and no less, and nothing else is reported.
import { readdirSync, readFileSync } from "node:fs";
import { check, DIAGNOSTICS } from "@thc/language";
import { describe, expect, test } from "vitest";
import { checkWhole } from "../../contracts/check-whole.ts";
import { LINKED } from "../../contracts/linked.ts";

const FOLDER = new URL("underlines/", import.meta.url);
/** Cases stand in `underlines/*.txt`: a line `=== CODE`, then the contract with its marks. */
const CASES: readonly (readonly [code: string, marked: string])[] = readdirSync(FOLDER).flatMap((name) =>
  readFileSync(new URL(name, FOLDER), "utf8")
    .split(/^=== /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n") + 1)] as const),
);

const wrap = (body: string): string => `contract "x" version "1" {\n  agent bot { id "bot" }\n  ${body}\n}\n`;
const repeat = (text: string, times: number): string => text.repeat(times);

/** Too long for a literal, or invisible. */
const MADE: readonly (readonly [code: string, marked: string])[] = [
  ["THC1009", wrap(`tool a() read\n  r: allow a when ${repeat("(", 64)}«(»true${repeat(")", 65)}`)],
  ["THC1010", `«»${repeat(" ", 16 * 1024 * 1024 + 1)}`],
  ["THC1011", wrap("// what you see is not\u202e«»what you get\n  tool a() read\n  r: allow a")],
];

/** Raised by more than one of the cases below, or by none that fits in a line: they have tests of their own. */
const ELSEWHERE = ["THC1017", "THC9001"];

describe("underlined", () => {
  test.each(CASES)("%s", (code, marked) => {
    const text = marked.replace(/[«»]/g, "");
    // THC5001 is what a registry is missing for
    const { diagnostics } = checkWhole(
      { path: "x", text },
      code === "THC5001" ? {} : { ...LINKED, now: Date.UTC(2026, 0, 1) },
    );
    expect(diagnostics.map((d) => d.code)).toEqual([code]);
    const { start, end } = diagnostics[0]!.primary.span;
    expect(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`).toBe(marked);
  });

  test.each(MADE)("%s", (code, marked) => {
    const text = marked.replace(/[«»]/g, "");
    const found = check({ path: "x", text }).diagnostics.find((d) => d.code === code);
    const length = marked.indexOf("»") - marked.indexOf("«") - 1;
    // a hidden character is underlined itself; it stands before the marks
    const start = marked.indexOf("«") - (code === "THC1011" ? 1 : 0);
    expect(found?.primary.span).toEqual({ start, end: start + length + (code === "THC1011" ? 1 : 0) });
  });

  test("every code has a case", () => {
    const cased = new Set([...CASES, ...MADE].map(([code]) => code).concat(ELSEWHERE));
    expect(Object.keys(DIAGNOSTICS).filter((code) => !cased.has(code))).toEqual([]);
  });

  test("THC1017: after a hundred syntax errors the rest is counted, not shown", () => {
    const { diagnostics } = check({ path: "x", text: wrap(repeat("r: alow x\n", 5_000)) });
    expect(diagnostics.filter((d) => d.code === "THC1003")).toHaveLength(100);
    expect(diagnostics.filter((d) => d.code === "THC1017")).toHaveLength(1);
  });
});
