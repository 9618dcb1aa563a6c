/** A manifest is printed member by member, lists of objects as tables, and nothing in it acts on the terminal. */
import { expect, test } from "vitest";
import { renderFields } from "../../cli/src/reports/fields.ts";

test("members align, lists of objects are tables, nothing is left out", () => {
  const manifest = {
    name: "desk",
    version: "1.0.0",
    owner: undefined,
    state: { evidence: 128, largest: 20_480 },
    tools: [
      { name: "a.b", levels: ["read"] },
      { name: "c", levels: ["write", "delete"], risk: "critical" },
    ],
  };
  expect(renderFields(manifest)).toEqual([
    "name     desk",
    "version  1.0.0",
    "state    evidence 128, largest 20,480",
    "",
    "tools",
    "  name  levels         risk",
    "  a.b   read",
    "  c     write, delete  critical",
  ]);
});

test("control characters in a module's own words are escaped", () => {
  expect(renderFields({ name: "a\u001b[2J", list: [{ "k\n": "v\u202e" }] }).join("\n")).not.toMatch(
    /(?!\n)[\p{Cc}\p{Cf}]/u,
  );
});
