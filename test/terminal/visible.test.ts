/** What comes from a file cannot act on the terminal, and secrets in it are not printed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mask, maskedJson } from "../../cli/src/terminal/mask.ts";
import { renderTable } from "../../cli/src/terminal/table.ts";
import { shorten, visible, visibleInPlace, visibleJson } from "../../cli/src/terminal/visible.ts";

const ACTS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const anyText = fc.string({ unit: "binary", maxLength: 40 });

describe("escaping", () => {
  test("nothing that a terminal acts on is left in a line", () => {
    fc.assert(fc.property(anyText, (text) => !ACTS.test(visible(text))));
  });

  test("an escape sequence stands as what it is", () => {
    expect(visible("a\u001b[2Jb\u202ec\nd")).toBe("a\\u{1b}[2Jb\\u{202e}c\\u{a}d");
  });

  test("in place, every offset still points where it did", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visibleInPlace(text);
        return shown.length === text.length && !ACTS.test(shown.replace(/[\n\r\t]/g, ""));
      }),
    );
  });

  test("JSON keeps its value and loses what a terminal acts on", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const whole = { value, text };
        const shown = visibleJson(JSON.stringify(whole, undefined, 2));
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(whole)));
        return !ACTS.test(shown.replaceAll("\n", ""));
      }),
    );
  });

  test("a cut text says that it is cut, and no character is cut in half", () => {
    expect(shorten("abc", 3)).toBe("abc");
    expect(shorten("😀😀😀😀", 3)).toBe("😀😀…");
  });
});

describe("masking", () => {
  test.each([
    ["password", "hunter2"],
    ["api_key", "x"],
    ["Authorization", "Basic abc"],
    ["body", ["AKIA", "ABCDEFGHIJKLMNOP"].join("")],
    ["body", ["ghp", "0123456789abcdefghijABCDEFGHIJ"].join("_")],
    ["note", ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" ")],
    ["body", "the password is hunter2"],
    ["url", "postgres://app:s3cret@db.example/x"],
  ])("the value of `%s` is hidden: %s", (name, value) => {
    expect(mask(value, name)).toBe(`[masked, ${value.length} characters]`);
    expect(maskedJson({ [name]: value }, 400)).not.toContain(value);
  });

  test.each(["GB29NWBK60161331926819", "ann@example.com", "https://www.example.com/a/b", "order-12345"])(
    "an everyday value is shown: %s",
    (value) => {
      expect(mask(value, "recipient")).toBe(value);
    },
  );

  test("a secret deep in a value is hidden, and so is everything below a secret's name", () => {
    const shown = maskedJson({ a: [{ token: "t0psecret" }], secrets: { pin: 1234, list: ["hidden"] } }, 400);
    for (const secret of ["t0psecret", "1234", "hidden"]) expect(shown).not.toContain(secret);
  });

  test("a value of any size and depth is printed in bounded space", () => {
    let deep: unknown = "x";
    for (let at = 0; at < 5_000; at++) deep = [deep];
    expect(maskedJson(deep, 80).length).toBeLessThanOrEqual(80);
    expect(
      [
        ...maskedJson(
          Array.from({ length: 100_000 }, () => "long"),
          80,
        ),
      ].length,
    ).toBeLessThanOrEqual(80);
  });
});

test("columns of a table align, numbers to the right", () => {
  const lines = renderTable(
    [
      { title: "rule", align: "left" },
      { title: "calls", align: "right" },
    ],
    [
      ["payee", "7"],
      ["a", "1,200"],
    ],
  );
  expect(lines).toEqual(["rule   calls", "payee      7", "a      1,200"]);
});
