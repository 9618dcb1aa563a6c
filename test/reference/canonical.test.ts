import { expect, test } from "vitest";
import { canonicalEmail } from "./canonical/email.ts";
import { canonicalHost } from "./canonical/host.ts";
import { canonicalPath } from "./canonical/path.ts";
import { canonicalUrl } from "./canonical/url.ts";
import { decimalOfLiteral, plainDecimal } from "./decimal.ts";
import { matchesPath, matchesText } from "./glob.ts";
import { chunks, isRunOf, words } from "./grounding/text.ts";

test.each([
  ["API.Example.com.", "api.example.com"],
  ["127.0.0.1", "127.0.0.1"],
  ["127.1", undefined],
  ["0x7f.1", undefined],
  ["a.0x", undefined],
  ["01.2.3.4", undefined],
  ["a..b", undefined],
  ["-a.b", undefined],
  ["bücher.de", undefined],
  ["", undefined],
  [".", undefined],
])("host %s is %s", (text, form) => expect(canonicalHost(text)).toBe(form));

test.each([
  ["Ann.Lee+x@ACME.example.", "ann.lee+x@acme.example"],
  ["a@b@c.d", undefined],
  ["a..b@c.d", undefined],
  ["a@1.2.3.4", undefined],
  [`${"a".repeat(65)}@b.c`, undefined],
])("email %s is %s", (text, form) => expect(canonicalEmail(text)).toBe(form));

test.each([
  ["HTTPS://Example.com:443", "https://example.com/"],
  ["http://example.com:00080/%7euser/%2e%2e/x?q=%3d#f", "http://example.com/x?q=%3D"],
  ["http://a:80@b.c/", undefined],
  ["javascript:alert(1)", undefined],
  ["example.com/a/./b/", "//example.com/a/b/"],
  ["example.com:80", "//example.com:80/"],
  ["localhost", undefined],
  ["http://localhost:99999/", undefined],
  ["http://a.b/%zz", undefined],
  ["http://a.b\\c", undefined],
  ["http://a.b//x", "http://a.b//x"],
  ["http://a.b/x/..", "http://a.b/"],
])("url %s is %s", (text, form) => expect(canonicalUrl(text)).toBe(form));

test.each([
  ["/a/../../b//c/.", undefined, "/b/c"],
  ["x/../y", "/home/bot", "/home/bot/y"],
  ["x", undefined, undefined],
  ["~/x", "/home", undefined],
  ["/a%2fb", undefined, undefined],
  ["/100%", undefined, "/100%"],
  ["..", "/", "/"],
])("path %s from %s is %s", (text, cwd, form) => expect(canonicalPath(text, cwd)).toBe(form));

test.each([
  ["-0", "0"],
  ["0e999999999999", "0"],
  ["1.50", "1.5"],
  ["1e22", `1${"0".repeat(22)}`],
  ["1e23", undefined],
  ["999999999999999e-22", "0.0000000999999999999999"],
  ["9007199254740991", "9007199254740991"],
  ["9007199254740992", undefined],
  ["1e-23", undefined],
])("the number %s is %s", (literal, plain) => {
  const value = decimalOfLiteral(literal);
  expect(value === undefined ? undefined : plainDecimal(value)).toBe(plain);
});

test.each([
  ["secrets/**", "/a/secrets/b/c", true],
  ["secrets/**", "/a/secrets", false],
  ["*.env", "/a/b/.env", true],
  ["/a/*", "/a/b/c", false],
  ["/a/**/c", "/a/c", true],
  ["/a/**/c", "/a/b/b/c", true],
  ["**", "/", false],
  ["/", "/", true],
  ["a**b", "/axb", true],
])("the path glob %s on %s: %s", (glob, path, matches) => expect(matchesPath(glob, path)).toBe(matches));

test("a text glob's star crosses everything", () => {
  expect(matchesText("a*b*c", "a/b//xbc")).toBe(true);
  expect(matchesText("a*b", "ab\n")).toBe(false);
});

test("chunks keep what stands together, words are runs", () => {
  expect(chunks("Pay $1,000.50, to (ann@b.c). *A-1*! x,y")).toEqual([
    "Pay",
    "$1,000.50",
    "to",
    "ann@b.c",
    "A-1",
    "x",
    "y",
  ]);
  expect(words("Grüße, O'Brien_2")).toEqual(["grüße", "o", "brien", "2"]);
});

test("one word says something only when it is long enough and no stop word", () => {
  const said = [words("please send the annual report to Ann")];
  expect(isRunOf("Annual Report", said)).toBe(true);
  expect(isRunOf("report annual", said)).toBe(false);
  expect(isRunOf("the", said)).toBe(false);
  expect(isRunOf("to", said)).toBe(false);
  expect(isRunOf("report", said)).toBe(true);
  expect(isRunOf("…", said)).toBe(false);
});
