// The formatter's refusal, with a faulty printer planted, and the comments that survive.
import { check, type Formatted, format, type Source } from "@thc/language";
import { expect, test } from "vitest";

/** Not part of the package: the seam where a printer can be planted. */
const { formatWith } = (await import(new URL("../../../language/src/format.ts", import.meta.url).href)) as {
  formatWith(print: () => string, source: Source): Formatted;
};

const source = (text: string) => ({ path: "x", text });
const CONTRACT = `contract "x" version "1" {
  tool a() read // about a
  // before the rule
  r: allow a
    // before the condition
    when true // behind it
  deny_all: deny a when /* no */ false
}
`;

test("THC9001: a printer that changes the contract is caught, and its text is not handed out", () => {
  const good = source('contract "x" version "1" {\n  tool a() read\n  r: allow a\n}\n');
  const result = formatWith(() => good.text.replace("allow", "deny"), good);
  expect("diagnostics" in result && result.diagnostics.map((d) => d.code)).toEqual(["THC9001"]);
  const lossy = formatWith(() => good.text, source(`// a comment\n${good.text}`));
  expect("diagnostics" in lossy && lossy.diagnostics.map((d) => d.code)).toEqual(["THC9001"]);
});

test("comments stay: above, behind, inside of a statement, and at the end", () => {
  const text = CONTRACT.replace("/* no */ ", "");
  const result = format(source(text));
  expect("text" in result && result.text).toBe(`contract "x" version "1" {
  tool a() read // about a
  // before the rule
  // before the condition
  r: allow a when true // behind it
  deny_all: deny a when false
}
`);
});

test("a contract with syntax errors is not formatted", () => {
  expect(format(source(CONTRACT))).toHaveProperty("diagnostics");
  expect(check(source(CONTRACT)).contract).toBeUndefined();
});

test("single blank lines stay, more become one; parentheses are where they mean something, or help", () => {
  const before =
    'contract "x" version "1" {\n\n\n  tool a(x: Int, y: Int) read\n\n\n  r: allow a when ((x) == 1 and (y == 2)) or not (not (y > 3)) or not y in [1]\n}';
  const ugly = before.replace("(x)", "x");
  const result = format(source(ugly));
  expect("text" in result && result.text).toBe(
    'contract "x" version "1" {\n  tool a(x: Int, y: Int) read\n\n  r: allow a when (x == 1 and y == 2) or y > 3 or not (y in [1])\n}\n',
  );
});
