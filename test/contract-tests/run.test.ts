/** The steps of a contract's tests become the requests that a host would send, and expectations are compared as written. */
import type { Contract, Test, TestStep } from "@thc/language";
import { describe, expect, test } from "vitest";
import { runTests } from "../../cli/src/testing/run.ts";
import { TEST_START } from "../../cli/src/testing/scene.ts";
import { type Asked, stubEngine, type Verdict } from "../replay/stub-engine.ts";
import { contractWith } from "./small-contract.ts";

const span = { start: 0, end: 0 };
type Bare<T> = T extends unknown ? Omit<T, "span"> : never;

function ran(steps: readonly Bare<TestStep>[], verdict: (request: Asked) => Verdict, change: Partial<Contract> = {}) {
  const engine = stubEngine(verdict);
  const test: Test = { name: "t", span, steps: steps.map((step) => ({ ...step, span }) as TestStep) };
  const report = runTests(contractWith({ ...change, tests: [test] }), engine);
  return { ...engine, report, faults: report[0]!.faults, verdict: report[0]!.verdict };
}

const look = { kind: "call", call: { tool: 0, args: { id: "A1" } } } as const;
const allowed = { kind: "expect", outcome: "allow", by: [], only: false, obligations: [], observed: [] } as const;
const denied = { ...allowed, outcome: "deny" } as const;
const asked = { ...allowed, outcome: "approval" } as const;

describe("requests", () => {
  test("time begins at a fixed point and moves a second a step, unless `at` or `after` say otherwise", () => {
    const { asked: requests } = ran(
      [look, look, { kind: "after", ms: 60_000 }, look, look, { kind: "at", time: 5 }, look, allowed],
      () => "allow",
    );
    const times = requests.map((request) => request.context.time);
    expect(times).toEqual([TEST_START, TEST_START + 1_000, TEST_START + 61_000, TEST_START + 62_000, 5]);
  });

  test("`after` before anything happened counts from the beginning", () => {
    const { asked: requests } = ran([{ kind: "after", ms: 7 }, { kind: "after", ms: 7 }, look, allowed], () => "allow");
    expect(requests[0]!.context.time).toBe(TEST_START + 14);
  });

  test("the only agent acts where no `as` says who, and facts stand where they belong", () => {
    const { asked: requests } = ran(
      [
        { kind: "fact", fact: 0, value: "dev" },
        { kind: "fact", fact: 0, value: "prod" },
        look,
        { kind: "as", agent: 0, principal: "bot-7", of: undefined, scopes: ["a", "b"] },
        look,
        allowed,
      ],
      () => "allow",
    );
    expect(requests[0]).toMatchObject({
      event: "call",
      principal: { id: "bot-test" },
      action: { tool: "look", args: { id: "A1" } },
      resource: { env: "prod" },
    });
    expect(requests[0]!.principal.scopes).toBeUndefined();
    expect(requests[1]!.principal).toEqual({ id: "bot-7", scopes: ["a", "b"] });
  });

  test("with several agents a test must say who acts", () => {
    const agents = ["a", "b"].map((name) => ({ name, ids: [name], team: undefined, span }));
    expect(ran([look, allowed], () => "allow", { agents }).faults).toMatchObject([{ kind: "no_agent" }]);
  });

  test("the state of one step is the next one's, and what the user says is a message", () => {
    const { asked: requests, states } = ran([{ kind: "user_says", text: "hi" }, look, look, allowed], () => "allow");
    expect(requests[0]).toMatchObject({ event: "message", message: { from: "user", text: "hi" } });
    expect(states).toEqual([0, 1, 2]);
  });

  test("a prior is a call and its result in the same second, with every obligation kept", () => {
    const prior = { kind: "prior", call: look.call, ok: true, returns: { id: "A1" } } as const;
    const { asked: requests } = ran([prior, look, allowed], () => ({ obligations: [{ kind: "log_full" }] }));
    const [call, result, next] = requests;
    expect(result).toMatchObject({ event: "result", result: { status: "ok", value: { id: "A1" }, partial: true } });
    expect(result!.result!.kept).toContain("log_full");
    expect(result!.context.call_id).toBe(call!.context.call_id);
    expect(result!.context.time).toBe(call!.context.time);
    expect(next!.context.call_id).not.toBe(call!.context.call_id);
  });

  test("a prior that failed returns nothing; one that does not say what it returned returns the emptiest fitting value", () => {
    const prior = (ok: boolean, tool = 0) =>
      ({ kind: "prior", call: { tool, args: {} }, ok, returns: undefined }) as const;
    const { asked: requests } = ran([prior(false), prior(true), look, allowed], () => "allow");
    expect(requests.map((request) => request.result?.value)).toEqual([undefined, null, undefined, {}, undefined]);
    expect(requests[1]!.result!.status).toBe("failed");
    expect(ran([prior(true, 1), look, allowed], () => "allow").faults).toMatchObject([
      { kind: "nothing_returned", tool: "total" },
    ]);
  });
});

describe("approvals", () => {
  const approved = (by: string, role: string | undefined, rule = 1) => ({ kind: "approved", rule, by, role }) as const;
  const needsTwo = ({ context }: Asked): Verdict =>
    (context.approvals?.length ?? 0) >= 2 ? "allow" : { ask: [{ rule: "ask" }] };

  test("are built from the digest that the next call asks for, and stay in the host's hands", () => {
    const {
      asked: requests,
      states,
      verdict,
    } = ran([approved("alice", "lead"), approved("bob", undefined), look, allowed, look, allowed], needsTwo);
    expect(verdict).toBe("passed");
    expect(requests.map((request) => request.context.approvals!.length)).toEqual([0, 2, 2]);
    expect(requests[1]!.context.approvals).toMatchObject([
      { rule: "ask", digest: "ask-digest", by: "alice", roles: ["lead"], user: false },
      { rule: "ask", digest: "ask-digest", by: "bob", roles: [], user: true },
    ]);
    // Asking for the digest leaves no trace.
    expect(states).toEqual([0, 0, 2]);
    expect(requests[0]!.context.call_id).toBe(requests[1]!.context.call_id);
  });

  test("of a rule that does not ask are an error of the test", () => {
    const { verdict, faults } = ran([approved("alice", "lead", 0), look, allowed], needsTwo);
    expect({ verdict, faults }).toMatchObject({
      verdict: "error",
      faults: [{ kind: "approval_not_asked", rule: "allow_all", asked: ["ask"] }],
    });
  });

  test("change nothing where the call is denied", () => {
    expect(ran([approved("alice", "lead"), look, denied], () => "deny").verdict).toBe("passed");
  });
});

describe("expectations", () => {
  test("allow covers an allow with obligations, and obligations are compared as written", () => {
    const carried: Verdict = {
      obligations: [
        { kind: "timeout", ms: 90_000 },
        { kind: "redact", field: "result", classes: ["b", "a"] },
      ],
    };
    const wanted = (obligations: typeof carried.obligations) => ({ ...allowed, obligations });
    expect(ran([look, wanted([{ kind: "redact", field: "result", classes: ["a", "b"] }])], () => carried).verdict).toBe(
      "passed",
    );
    expect(ran([look, wanted([{ kind: "timeout", ms: 60_000 }])], () => carried).faults).toMatchObject([
      { mismatches: [{ kind: "not_carried", obligations: ["timeout(1m)"] }] },
    ]);
  });

  test("a wrong outcome fails and leaves the rest of the test running", () => {
    const { verdict, faults } = ran([look, denied, look, asked], () => "allow");
    expect(verdict).toBe("failed");
    expect(faults).toMatchObject([{ mismatches: [{ kind: "outcome" }] }, { mismatches: [{ kind: "outcome" }] }]);
  });

  test("`by` means among the determining rules, `by only` exactly these", () => {
    const both = (): Verdict => ({ ask: [{ rule: "allow_all" }, { rule: "ask" }] });
    const by = (rules: readonly number[], only: boolean) => ({ ...asked, by: rules, only });
    expect(ran([look, by([0], false)], both).verdict).toBe("passed");
    expect(ran([look, by([0, 1], true)], both).verdict).toBe("passed");
    expect(ran([look, by([0], true)], both).faults).toMatchObject([
      { mismatches: [{ kind: "also_determining", rules: ["ask"] }] },
    ]);
    expect(ran([look, by([2], false)], both).faults).toMatchObject([
      { mismatches: [{ kind: "not_determining", rules: ["never"] }] },
    ]);
  });

  test("compare the last `call`; an `attempt` in between does not count", () => {
    const verdicts = ({ action }: Asked): Verdict => (action.tool === "look" ? "allow" : "deny");
    const attempt = { kind: "attempt", call: { tool: 1, args: {} } } as const;
    expect(ran([look, attempt, allowed], verdicts).verdict).toBe("passed");
    expect(ran([attempt, denied], verdicts).faults).toMatchObject([{ kind: "no_call" }]);
  });

  test("a prior that is not let through is an error of the test, and ends it", () => {
    const prior = { kind: "prior", call: look.call, ok: true, returns: undefined } as const;
    for (const verdict of ["deny", { ask: [{ rule: "ask" }] }] as const) {
      const { verdict: said, faults } = ran([prior, look, allowed], () => verdict);
      expect({ said, faults }).toMatchObject({ said: "error", faults: [{ kind: "prior_refused" }] });
    }
  });

  test("a test that expects nothing proves nothing", () => {
    expect(ran([look], () => "allow").faults).toMatchObject([{ kind: "expects_nothing" }]);
  });

  test("rules that determined a decision are covered, the others are named", () => {
    const { report } = ran([look, asked], () => ({ ask: [{ rule: "ask" }] }));
    expect(report[0]).toMatchObject({ determining: ["ask"], effective: ["ask"] });
  });
});
