// The pages of docs/diagnostics are executed: the first contract of a page gives the page's code and reads as printed there.
import { readdirSync, readFileSync } from "node:fs";
import { DIAGNOSTICS, renderDiagnostic } from "@thc/language";
import { describe, expect, test } from "vitest";
import { checkWhole } from "../contracts/check-whole.ts";
import { LINKED } from "../contracts/linked.ts";

/** As `thc check` asks, on a day between the dates of the examples. */
const CHECKED = { ...LINKED, now: Date.UTC(2026, 0, 1) };

const folder = new URL("../../docs/diagnostics/", import.meta.url);
const codes = Object.keys(DIAGNOSTICS);
/** Pages in words: an example would be too long, invisible, or is not known. */
const WITHOUT_EXAMPLE = ["THC1010", "THC1011", "THC1017", "THC9001"];

const blocks = (page: string): string[] => [...page.matchAll(/```\w+\n([\s\S]*?)```/g)].map((match) => match[1]!);

test("every code has a page, and every page a code", () => {
  const pages = readdirSync(folder).map((file) => file.replace(/\.md$/, ""));
  expect(pages.sort()).toEqual([...codes].sort());
});

describe.each(Object.entries(DIAGNOSTICS))("%s", (code, title) => {
  const page = readFileSync(new URL(`${code}.md`, folder), "utf8");
  test("the page has the code's title", () => {
    expect(page.startsWith(`# ${code}: ${title}\n`)).toBe(true);
  });
  if (WITHOUT_EXAMPLE.includes(code)) return;
  test("the example gives this code alone, the corrected one gives nothing", () => {
    const [failing, printed, corrected] = blocks(page);
    const source = { path: "example.contract", text: failing! };
    // THC5001 is what a registry is missing for
    const { diagnostics } = checkWhole(source, code === "THC5001" ? {} : CHECKED);
    expect(diagnostics.map((d) => d.code)).toEqual([code]);
    expect(renderDiagnostic(diagnostics[0]!, source, { color: false })).toBe(printed);
    const fixed = checkWhole({ path: "example.contract", text: corrected! }, CHECKED);
    expect(fixed.diagnostics).toEqual([]);
    expect(fixed.contract).toBeDefined();
  });
});
