// Canonical literals: vectors from docs/semantics.md, and agreement with the reference interpreter, which shares no code.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAccount } from "../../reference/canonical/account.ts";
import { canonicalEmail } from "../../reference/canonical/email.ts";
import { canonicalHost } from "../../reference/canonical/host.ts";
import { canonicalIp } from "../../reference/canonical/ip.ts";
import { dateValue, durationValue, timeValue } from "../../reference/canonical/moment.ts";
import { canonicalPath } from "../../reference/canonical/path.ts";
import { canonicalUrl } from "../../reference/canonical/url.ts";
import type { Decimal } from "../../reference/contract.ts";
import { plainDecimal } from "../../reference/decimal.ts";
import { checked, codesOf, conditionOf } from "./contract-of.ts";

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

/** Of docs/semantics/values.md; moments in seconds. */
describe("vectors of values", () => {
  test.each([
    ["ip", "10.0.0.1", "10.0.0.1"],
    ["ip", "::FFFF:a00:1", "10.0.0.1"],
    ["ip", "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["ip", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["ip", "1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["ip", "0:0:0:0:0:0:0:0", "::"],
    ["ip", "1::", "1::"],
    ["ip", "64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
    ["ip", "10.0.0.01", undefined],
    ["ip", "fe80::1%eth0", undefined],
    ["ip", "1:2:3:4:5:6:7:8:", undefined],
    ["account", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"],
    ["account", "ab12", "AB12"],
    ["account", "1-2", undefined],
    ["account", "DE89  37040044053201", undefined],
    ["date", "1970-01-02", "86400"],
    ["date", "1969-12-31", "-86400"],
    ["date", "2000-02-29", "951782400"],
    ["date", "1900-02-29", undefined],
    ["date", "0001-01-01", "-62135596800"],
    ["date", "9999-12-31", "253402214400"],
    ["time", "1970-01-01T01:00:00.250+01:00", "0.25"],
    ["time", "1969-12-31 23:59:59.5z", "-0.5"],
    ["time", "2026-01-31t09:00Z", "1769850000"],
    ["time", "0001-01-01T00:00:00+00:01", undefined],
    ["time", "2026-01-31T09:00:00", undefined],
    ["time", "2016-12-31T23:59:60Z", undefined],
    ["duration", "P1W", "604800"],
    ["duration", "P1DT12H", "129600"],
    ["duration", "PT0.5H", "1800"],
    ["duration", "PT1M0.000000001S", "60.000000001"],
    ["duration", "P1M", undefined],
    ["duration", "P1DT", undefined],
    ["duration", "PT1.5H1M", undefined],
  ] as const)("%s %s is %s", (type, text, expected) => {
    expect(form(type, text)).toBe(expected);
  });
});

const KINDS = { ip: "Ip", account: "Account", date: "Date", time: "Time", duration: "Duration" } as const;

/** Of a literal of the type. */
function form(type: keyof typeof KINDS, text: string): string | undefined {
  const escaped = [...text].map((c) => `\\u{${c.codePointAt(0)!.toString(16)}}`).join("");
  const { contract } = checked(`  tool t(it: ${KINDS[type]}) read\n  r: allow t when it == "${escaped}"`);
  const [rule] = contract?.rules ?? [];
  if (rule?.kind !== "allow" || rule.when?.kind !== "compare" || rule.when.right.kind !== "literal") return undefined;
  const { value } = rule.when.right;
  return typeof value === "object" ? plainDecimal(value) : String(value);
}

test("literals of addresses, accounts, dates, times and durations become what the reference interpreter makes of them", () => {
  const piece = fc.constantFrom(
    ...[
      "0",
      "1",
      "2",
      "10",
      "255",
      "256",
      "00",
      "2026",
      "12",
      "31",
      "29",
      "02",
      ".",
      "-",
      ":",
      "::",
      "a",
      "F",
      "ffff",
      "0db8",
    ],
    ...[
      "T",
      "t",
      " ",
      "Z",
      "z",
      "+",
      "+01:00",
      "-05:30",
      "P",
      "PT",
      "D",
      "H",
      "M",
      "S",
      "W",
      "Y",
      "/8",
      "%",
      "DE89",
      "ü",
    ],
    ...["2026-12-31", "10.0.0.1", "09:00", ":00", ".5", "3704 0044 0532 0130 00", "37040044053201"],
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(""));
  const plain = (value: Decimal | undefined) => value && plainDecimal(value);
  fc.assert(
    fc.property(text, (sample) => {
      expect([sample, form("ip", sample)]).toEqual([sample, canonicalIp(sample)]);
      expect([sample, form("account", sample)]).toEqual([sample, canonicalAccount(sample)]);
      expect([sample, form("date", sample)]).toEqual([sample, plain(dateValue(sample))]);
      expect([sample, form("time", sample)]).toEqual([sample, plain(timeValue(sample))]);
      expect([sample, form("duration", sample)]).toEqual([sample, plain(durationValue(sample))]);
      // a form is its own form
      const forms = [canonicalIp(sample), canonicalAccount(sample)];
      expect([forms[0] && canonicalIp(forms[0]), forms[1] && canonicalAccount(forms[1])]).toEqual(forms);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
  );
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
