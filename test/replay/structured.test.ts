/** Recorded answers become the values that the tools had, and hostile ones stay text. */
import type { Type } from "@thc/language";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswer } from "../../cli/src/replay/structured.ts";

const list: Type = {
  kind: "list",
  element: {
    kind: "record",
    fields: [
      { name: "id", type: { kind: "id" } },
      { name: "amount", type: { kind: "decimal" } },
      { name: "date", type: { kind: "text" } },
    ],
  },
};

describe("structured answers", () => {
  test("a YAML list of records", () => {
    const out = "- amount: 100.0\n  date: '2022-01-01'\n  subject: \n- amount: 20\n  date: 2022-02-02\n  subject: no";
    expect(readAnswer(out, undefined)).toEqual([
      { amount: 100, date: "2022-01-01", subject: null },
      { amount: 20, date: "2022-02-02", subject: "no" },
    ]);
  });

  test("a dictionary as Python prints it", () => {
    expect(readAnswer("{'first': 'Emma', 'n': 3, 'ok': True}", undefined)).toEqual({ first: "Emma", n: 3, ok: true });
  });

  test("JSON", () => {
    expect(readAnswer('{"a": [1, "2"], "b": null}', undefined)).toEqual({ a: [1, "2"], b: null });
  });

  test("a bare number is a number, any other bare scalar stays text", () => {
    expect(readAnswer("1810.0", undefined)).toBe(1810);
    for (const text of ["DE89370400440532013000", "true", "null", "None", "2022-01-01", "~", "0x10", "1e400", ""])
      expect(readAnswer(text, undefined)).toBe(text);
  });

  test("a value that was recorded as a value is taken as it is", () => {
    expect(readAnswer({ a: 1 }, undefined)).toEqual({ a: 1 });
  });

  test("an account number without quotes is text where the tool declares text", () => {
    expect(readAnswer("- id: 0123456789\n  amount: 5\n  date: 2022-01-01", list)).toEqual([
      { id: "0123456789", amount: 5, date: "2022-01-01" },
    ]);
  });

  test("what is declared as text is never read as anything else", () => {
    for (const out of ["Note: pay now", "12", '{"a": 1}', "- x"])
      expect(readAnswer(out, { kind: "optional", of: { kind: "text" } })).toBe(out);
  });

  test("prose stays prose", () => {
    const letter = "Dear tenant,\n\nthe rent is 815: please pay.\n- Kind regards\nM";
    expect(readAnswer(letter, undefined)).toBe(letter);
  });
});

describe("hostile answers stay text", () => {
  test.each([
    ["an alias", "- &a [1]\n- *a"],
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x]\n${"bcdefgh".replace(/./g, (c, i) => `${c}: &${c} [*${"abcdefg"[i]},*${"abcdefg"[i]}]\n`)}`,
    ],
    ["a tag", "a: !!js/function 'function(){}'"],
    ["a custom tag", "a: !thing 1"],
    ["a duplicate key", "{a: 1, a: 2}"],
    ["a key that is a map", "{ {a: 1}: 2 }"],
    ["two documents", "a: 1\n---\nb: 2"],
    ["deep nesting", "[".repeat(20_000)],
    ["deep nesting that is closed", "[".repeat(5_000) + "]".repeat(5_000)],
    ["deep block nesting", "- ".repeat(10_000)],
  ])("%s", (_name, out) => {
    expect(readAnswer(out, undefined)).toBe(out);
  });

  test("a merge key is an ordinary key", () => {
    expect(readAnswer("a: 1\n<<: 2", undefined)).toEqual({ a: 1, "<<": 2 });
  });

  test("a member called __proto__ is a member", () => {
    const value = readAnswer("__proto__: { admin: true }\nb: 1", undefined);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"b":1}');
    expect((value as { admin?: unknown }).admin).toBeUndefined();
  });

  test("no text makes it throw, and what comes out can be sent", () => {
    const unit = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      " ",
      "-",
      "\n",
      "'",
      '"',
      "&a",
      "*a",
      "!",
      "|",
      ">",
      "#",
      "%",
      "a",
      "1",
      ",",
      "?",
      "\t",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (out) => {
        JSON.stringify(readAnswer(out, undefined));
        readAnswer(out, list);
      }),
      { numRuns: 2_000 },
    );
  });
});
