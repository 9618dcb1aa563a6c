// The sample contracts check without an error, and every kind of rule, condition and step occurs in them.
import { check } from "@thc/language";
import { expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { corpus } from "./contracts.ts";

test.each(corpus)("$name has no error", ({ source }) => {
  const { contract, diagnostics } = check(source, { inspectors: LINKED.inspectors!, rulesets: LINKED.rulesets! });
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  expect(contract).toBeDefined();
});

test("together the samples use every kind of rule and of test step", () => {
  const contracts = corpus.map(
    ({ source }) => check(source, { inspectors: LINKED.inspectors!, rulesets: LINKED.rulesets! }).contract!,
  );
  const kinds = (all: readonly { readonly kind: string }[]) => [...new Set(all.map((each) => each.kind))].sort();
  expect(kinds(contracts.flatMap((c) => c.rules))).toEqual(
    [
      "allow",
      "budget",
      "delegation",
      "deny",
      "flow",
      "inspect",
      "loop",
      "oblige",
      "require_approval",
      "require_grounded",
      "require_prior",
      "require_scope",
      "require_that",
    ].sort(),
  );
  expect(kinds(contracts.flatMap((c) => c.tests.flatMap((t) => t.steps)))).toEqual(
    [
      "after",
      "approved",
      "as",
      "at",
      "attempt",
      "call",
      "chunk",
      "expect",
      "fact",
      "figure",
      "cwd",
      "prior",
      "result",
      "user_says",
    ].sort(),
  );
});
