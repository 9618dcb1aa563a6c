// `observe`: what may stand behind it, and what the shell's clock says of its date.
import { describe, expect, test } from "vitest";
import { checked } from "./contract-of.ts";

describe("observe", () => {
  const body = (rule: string) => `  tool a(x: Text) read\n  all: allow a\n  ${rule}`;
  const now = Date.UTC(2026, 0, 1);
  const codesAt = (rule: string, at: number | undefined): string[] =>
    checked(body(rule), at === undefined ? {} : { now: at }).diagnostics.map((d) => d.code);

  test.each([
    'deny a when x == "b"',
    "oblige a with log_full",
    'require that x != "b" for a',
    'require scope "s" for a',
    "require approval for a from user",
    "require prior ok a for a",
    "budget 3 calls per session",
    "loop same call 3 in 10 calls then deny",
    "flow untrusted into a then warn",
  ])("stands before whatever narrows, with a date or without: %s", (rule) => {
    expect(codesAt(`r: observe ${rule}`, undefined)).toEqual([]);
    expect(codesAt(`r: observe until 2027-01-01 ${rule}`, now)).toEqual([]);
    expect(codesAt(`r: observe until 2027-01-01T09:00:00Z ${rule}`, now)).toEqual([]);
  });

  test("the shell's clock says whether it has ended, and asks for an end", () => {
    expect(codesAt("r: observe deny a", now)).toEqual(["THC4070"]);
    expect(codesAt("r: observe until 2026-01-01 deny a", now)).toEqual(["THC4071"]);
    expect(codesAt("r: observe until 2026-01-01 deny a", now - 1)).toEqual([]);
    expect(codesAt("r: observe until 2026-02-30 deny a", undefined)).toEqual(["THC3005"]);
  });

  test("a rule may be called so, and so may its neighbour", () => {
    expect(codesAt('observe: deny a when x == "b"\n  until: observe until 2027-01-01 deny a', now)).toEqual([]);
  });

  test("stands once at the head of a contract, for all of it", () => {
    const of = (line: string) =>
      checked(body('r: deny a when x == "b"').replace("  all:", `  ${line}\n  all:`)).contract?.observe;
    expect(of("observe until 2027-01-01")).toEqual({ until: Date.UTC(2027, 0, 1) });
    expect(of("observe")).toEqual({});
    expect(codesAt("r: deny a\n  observe", now)).toEqual(["THC4070"]);
    expect(codesAt("r: deny a\n  observe until 2027-01-01\n  observe until 2028-01-01", now)).toEqual(["THC2010"]);
  });
});
