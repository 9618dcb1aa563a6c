import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { Approval, Contract, Rule } from "../reference/contract.ts";
import { compare } from "./compare.ts";
import type { Case } from "./event.ts";
import { makeCase } from "./generate/case.ts";
import { failureText, run } from "./run.ts";
import { type Instance, referenceSubject, type Subject } from "./subject.ts";
import { SUBJECTS, subjectNamed } from "./subjects.ts";

/** Long enough to meet most constructs, short enough for every test run; `npm run fuzz` is the long one. The reference is never another. */
const pairsFor = (name: string): number => (name === "reference" ? 500 : 3_000);

describe.each([...SUBJECTS.keys()])("%s", (name) => {
  test("it decides every request as the reference does", async () => {
    const { failure } = run(await subjectNamed(name), pairsFor(name), 1);
    expect(failure === undefined ? "" : failureText(failure)).toBe("");
  });
});

test("a seed is a case, on every run", () => {
  for (const seed of [1, 2, 3]) expect(makeCase(seed)).toEqual(makeCase(seed));
});

/** A subject that takes something of a contract to mean something else. */
interface Misreading {
  readonly name: string;
  readonly subject: Subject;
  /** It reads something else there. */
  readonly concerns: (given: Case) => boolean;
}
function misreading(name: string, change: (rule: Rule) => Rule): Misreading {
  const read = (contract: Contract): Contract => ({ ...contract, rules: contract.rules.map(change) });
  // histories that fill a table are shrunk for minutes
  const concerns = ({ contract, events }: Case) =>
    events.length <= 40 && contract.rules.some((rule) => !isDeepStrictEqual(rule, change(rule)));
  return { name, subject: referenceSubject(name, read), concerns };
}

function withApproval(change: (approval: Approval) => Approval): (rule: Rule) => Rule {
  return (rule) => {
    if (rule.kind === "require_approval") return { ...rule, approval: change(rule.approval) };
    if (!("otherwise" in rule)) return rule;
    const otherwise = rule.otherwise.map((part) =>
      part.kind === "approval" ? { ...part, approval: change(part.approval) } : part,
    );
    return { ...rule, otherwise };
  };
}

const MISREADINGS: readonly Misreading[] = [
  misreading("any prior call will do", (r) => (r.kind === "require_prior" && !r.negated ? { ...r, keys: [] } : r)),
  misreading("evidence does not age", (r) => (r.kind === "require_prior" ? { ...r, within: undefined } : r)),
  misreading("a call let through is evidence", (r) =>
    r.kind === "require_prior" ? { ...r, completion: "allowed" } : r,
  ),
  misreading("`where` is not read", (r) => (r.kind === "require_prior" ? { ...r, where: undefined } : r)),
  misreading(
    "one approver is enough",
    withApproval((a) => ({ ...a, quorum: 1 })),
  ),
  misreading(
    "an approval does not expire",
    withApproval((a) => ({ ...a, expires: undefined })),
  ),
  misreading(
    "an approval is used again",
    withApproval((a) => ({ ...a, once: false })),
  ),
  misreading(
    "an approval binds no facts",
    withApproval((a) => ({ ...a, binds: [] })),
  ),
  misreading(
    "a requester approves",
    withApproval((a) => ({ ...a, orRequester: true })),
  ),
  misreading("what the user did not say is grounded in the first source", (r) =>
    r.kind === "require_grounded" ? { ...r, sources: r.sources.slice(0, 1) } : r,
  ),
  misreading("a budget counts calls", (r) => (r.kind === "budget" ? { ...r, measure: { kind: "calls" } } : r)),
];

test.each(MISREADINGS.map((one) => [one.name, one] as const))(
  "a subject that thinks `%s` is found, and shown by a small case",
  (_, { subject, concerns }) => {
    const { failure } = run(subject, 20_000, 1, undefined, concerns);
    expect(failure).toBeDefined();
    const { contract, events } = failure!.shrunk;
    expect(contract.rules.length).toBeLessThanOrEqual(3);
    expect(events.length).toBeLessThanOrEqual(24);
    expect(failureText(failure!)).toContain(contract.rules[0]!.name);
  },
);

/** The reference with something wrong in its answers rather than in its reading. */
function altered(change: (answer: ReturnType<Instance["decide"]>) => ReturnType<Instance["decide"]>): Subject {
  const honest = referenceSubject("altered");
  return {
    ...honest,
    compile: (contract) => {
      const instance = honest.compile(contract);
      return { ...instance, decide: (request, state) => change(instance.decide(request, state)) };
    },
  };
}

test("a crash, a lost flag, a state that is forgotten and one that is written too often are differences", () => {
  const stop = altered((answer) => {
    if (answer.decision.outcome === "allow") throw new Error("stop");
    return answer;
  });
  const flagless = altered((a) => ({ ...a, decision: { ...a.decision, duplicate: false, clockBehind: false } }));
  const forgetful = altered((a) => ({ ...a, state: new Uint8Array(0) }));
  const hasty = altered((a) => ({ ...a, state: Buffer.concat([a.state, Uint8Array.of(0)]) }));
  for (const subject of [stop, flagless, forgetful, hasty]) expect(run(subject, 5_000, 1).failure).toBeDefined();
});

test("a contract that does not compile is a difference", () => {
  const subject: Subject = {
    name: "refuses",
    compile: () => {
      throw new Error("too many rules");
    },
  };
  expect(compare(makeCase(1), subject).difference?.what).toContain("too many rules");
});
