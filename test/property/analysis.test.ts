/** What the checker says of two rules holds in every decision: a rule it calls needless changes none, one it calls shadowed lets nothing through. */

import { expect, test } from "vitest";
import { comparePairs } from "../../language/src/analyse/pairs.ts";
import { makeCase } from "../differential/generate/case.ts";
import { seeded } from "../differential/random.ts";
import { subjectNamed } from "../differential/subjects.ts";
import type { Allow, Condition, Deny, Rule } from "../reference/contract.ts";
import { isCall, isLetThrough, play } from "./law.ts";

const TRIALS = 120;

/** A contract in which one rule often covers another: copies of its rules, some said of less. */
function withCopies(seed: number) {
  const random = seeded(seed);
  const { contract, events } = makeCase(seed);
  const conditions = contract.rules.flatMap((rule) => ("when" in rule && rule.when !== undefined ? [rule.when] : []));
  const copies = contract.rules.flatMap((rule, i): Rule[] => {
    if ((rule.kind !== "allow" && rule.kind !== "deny") || random.below(2) === 0) return [];
    const more = conditions[random.below(Math.max(1, conditions.length))];
    const parts = [rule.when, random.below(3) === 0 ? undefined : more].filter((part) => part !== undefined);
    const when: Condition | undefined = parts.length < 2 ? parts[0] : { kind: "and", parts };
    const kind = rule.kind === "allow" && random.below(3) === 0 ? "deny" : rule.kind;
    return [{ ...rule, kind, name: `copy_${i}`, when } as Allow | Deny];
  });
  const rules = [...contract.rules, ...copies].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { contract: { ...contract, rules }, events };
}

test("a needless rule changes no outcome, and a shadowed allow lets nothing through", async () => {
  const subject = await subjectNamed("kernel");
  const found = { needless: 0, shadowed: 0 };
  for (let seed = 1; seed <= TRIALS; seed++) {
    const { contract, events } = withCopies(seed);
    const named: { code: string; rule: string }[] = [];
    comparePairs(contract.rules, contract.tools, ({ code, message }) => {
      const [first = "", second = ""] = [...message.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
      named.push({ code, rule: code === "THC4051" ? second : first });
    });
    const needless = new Set(named.flatMap(({ code, rule }) => (code === "THC4051" ? [rule] : [])));
    const shadowed = new Set(named.flatMap(({ code, rule }) => (code === "THC4050" ? [rule] : [])));
    if (needless.size + shadowed.size === 0) continue;
    found.needless += needless.size;
    found.shadowed += shadowed.size;
    const before = play(subject.compile(contract), events);
    const rules = contract.rules.filter((rule) => !needless.has(rule.name));
    const after = play(subject.compile({ ...contract, rules }), events);
    for (const [i, { event, decision }] of before.entries()) {
      // without its last rule about history a contract has none, and a check before the rules falls away
      if (decision.outcome === "deny" && decision.rules.length === 0 && decision.reason !== "no_allow") break;
      expect({ seed, i, outcome: after[i]!.decision.outcome }).toEqual({ seed, i, outcome: decision.outcome });
      if (isCall(event) && isLetThrough(decision))
        expect({ seed, i, through: decision.rules.filter((rule) => shadowed.has(rule)) }).toEqual({
          seed,
          i,
          through: [],
        });
    }
  }
  expect(found.needless).toBeGreaterThan(5);
  expect(found.shadowed).toBeGreaterThan(5);
});
