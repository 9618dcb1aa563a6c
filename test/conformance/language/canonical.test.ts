// Canonical literals: vectors from docs/semantics.md, and agreement with the reference interpreter, which shares no code.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalEmail } from "../../reference/canonical/email.ts";
import { canonicalHost } from "../../reference/canonical/host.ts";
import { canonicalPath } from "../../reference/canonical/path.ts";
import { canonicalUrl } from "../../reference/canonical/url.ts";
import { codesOf, conditionOf } from "./contract-of.ts";

/** What a literal becomes when it is compared with an argument of the type; undefined when it is refused. */
function literal(argument: string, text: string): string | undefined {
  const escaped = [...text].map((c) => `\\u{${c.codePointAt(0)!.toString(16)}}`).join("");
  const condition = `${argument} == "${escaped}"`;
  if (codesOf(condition).includes("THC3005")) return undefined;
  const typed = conditionOf(condition);
  return typed.kind === "compare" && typed.right.kind === "literal" ? String(typed.right.value) : "?";
}

describe("vectors", () => {
  test.each([
    ["h", "Acme.EXAMPLE.", "acme.example"],
    ["h", "a_b.example", "a_b.example"],
    ["h", "127.0.0.1", "127.0.0.1"],
    ["h", "127.1", undefined],
    ["h", "a.0x7f", undefined],
    ["h", "127.0.0.01", undefined],
    ["h", "a..b", undefined],
    ["h", "-a.example", undefined],
    ["h", "bücher.example", undefined],
    ["e", "Ann+x@Acme.Example", "ann+x@acme.example"],
    ["e", "ann@127.0.0.1", undefined],
    ["e", "a..b@c.example", undefined],
    ["e", "a@b@c.example", undefined],
    ["u", "HTTP://A.example:80", "http://a.example/"],
    ["u", "https://a.example:8443/x/%2E%2e/y?b=%7e%2f#z", "https://a.example:8443/y?b=~%2F"],
    ["u", "a.example/x", "//a.example/x"],
    ["u", "localhost/x", undefined],
    ["u", "https://a@b.example/", undefined],
    ["u", "https://a.example/%zz", undefined],
    ["u", "https://a.example:99999/", undefined],
    ["u", "file:///etc/passwd", undefined],
    ["p", "/a//b/./../c/", "/a/c"],
    ["p", "/../..", "/"],
    ["p", "/a/%2e%2e", undefined],
    ["p", "/a\\b", undefined],
    ["p", "a/b", undefined],
    ["p", "~/a", undefined],
  ] as const)("%s %s is %s", (argument, text, expected) => {
    expect(literal(argument, text)).toBe(expected);
  });
});

test("literals become what the reference interpreter makes of the same text in a request", () => {
  const piece = fc.constantFrom(
    ...[
      "a",
      "B",
      "9",
      "0",
      "01",
      "255",
      "256",
      "0x",
      "xn--",
      "-",
      "_",
      ".",
      "..",
      "/",
      "//",
      ":",
      ":80",
      ":443",
      "@",
      "?",
      "#",
    ],
    ...[
      "http://",
      "HTTPS://",
      "ws://",
      "ftp://",
      "file://",
      "example",
      "acme.example",
      "%2e",
      "%2F",
      "%7E",
      "%",
      "%4",
      "~",
      "\\",
      " ",
    ],
    ...["+", "é", "\t", "{", "'", "127.0.0.1", "localhost", "/./", "/../"],
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (sample) => {
      expect([sample, literal("h", sample)]).toEqual([sample, canonicalHost(sample)]);
      expect([sample, literal("e", sample)]).toEqual([sample, canonicalEmail(sample)]);
      expect([sample, literal("u", sample)]).toEqual([sample, canonicalUrl(sample)]);
      expect([sample, literal("p", sample)]).toEqual([sample, canonicalPath(sample, undefined)]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  );
});
