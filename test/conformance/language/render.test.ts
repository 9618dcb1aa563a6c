// How a diagnostic is shown: to people, in colour or not, and to programs.
import { check, diagnosticToJson, renderDiagnostic } from "@thc/language";
import { expect, test } from "vitest";

const source = {
  path: "refunds.contract",
  text: 'contract "x" version "1" {\r\n\ttool pay(to: Id) write\r\n\ttool pay(to: Id) read // 漢字\r\n\tall: allow pay\r\n}\r\n',
};
const [twice] = check(source).diagnostics;

test("both places of a double declaration are shown, the first mistake first", () => {
  expect(renderDiagnostic(twice!, source, { color: false })).toBe(
    [
      "error[THC2010]: the tool `pay` is declared twice",
      " --> refunds.contract:3:7",
      "  |",
      "3 |  tool pay(to: Id) read // 漢字",
      "  |       ^^^ again here",
      "2 |  tool pay(to: Id) write",
      "  |       --- first here",
      "  = see docs/diagnostics/THC2010.md",
      "",
    ].join("\n"),
  );
});

test("colour adds escapes and nothing else", () => {
  const colored = renderDiagnostic(twice!, source, { color: true });
  const start = String.fromCharCode(27);
  expect(colored).toContain(`${start}[1;31merror[THC2010]`);
  expect(colored.split(new RegExp(`${start}\\[[0-9;]*m`)).join("")).toBe(
    renderDiagnostic(twice!, source, { color: false }),
  );
});

test("as JSON it has lines and columns from 1, offsets from 0, and its page", () => {
  expect(diagnosticToJson(twice!, source)).toEqual({
    code: "THC2010",
    severity: "error",
    message: "the tool `pay` is declared twice",
    path: "refunds.contract",
    primary: {
      start: { offset: 59, line: 3, column: 7 },
      end: { offset: 62, line: 3, column: 10 },
      text: "again here",
    },
    related: [
      { start: { offset: 34, line: 2, column: 7 }, end: { offset: 37, line: 2, column: 10 }, text: "first here" },
    ],
    help: null,
    page: "docs/diagnostics/THC2010.md",
  });
});
