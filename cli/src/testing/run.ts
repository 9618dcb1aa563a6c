/**
 * Runs the tests that stand in a contract against a decision point.
 *
 * Steps become the requests a host would send (`scene.ts`); nothing is evaluated here, so that a test proves what the module
 * does. A test begins with an empty state and stops at the first step that does not work.
 */
import type { CallStep, Contract, Test, TestStep } from "@thc/language";
import { OBLIGATION_KINDS } from "@thc/language";
import type { Decision, Explanation } from "@thc/runtime";
import { EMPTY_STATE, type Engine } from "../engine.ts";
import { unreachable } from "../unreachable.ts";
import { compare, shortOutcome } from "./compare.ts";
import type { SeenAtom } from "./coverage.ts";
import { emptiestFitting } from "./placeholder-result.ts";
import type { Fault, Observed, TestReport } from "./report.ts";
import {
  type Approval,
  advance,
  callRequest,
  chunkRequest,
  messageRequest,
  opening,
  resultRequest,
  type Scene,
} from "./scene.ts";

/** `tests`: the contract's own, or those of a suite. */
export function runTests(contract: Contract, engine: Engine, tests = contract.tests): readonly TestReport[] {
  return tests.map((test) => runTest(contract, engine, test));
}

/** What a step leaves behind: the scene after it, and what is wrong, if anything. */
interface Progress {
  readonly scene: Scene;
  /** Said since the last call, not yet granted: which digest to grant is known when the call is made. */
  readonly promised: readonly Extract<TestStep, { kind: "approved" }>[];
  readonly last: Observed | undefined;
  /** The call that a `result` or `chunk` belongs to. */
  readonly lastCall: CallStep | undefined;
}
interface Step {
  readonly after: Progress;
  readonly fault?: Fault;
  readonly decided?: readonly Decision[];
  readonly explained?: Explanation;
}

function runTest(contract: Contract, engine: Engine, test: Test): TestReport {
  const seen = new Set<string>();
  const effective: string[] = [];
  const atoms = new Map<string, SeenAtom>();
  let progress: Progress = {
    scene: opening(contract, EMPTY_STATE),
    promised: [],
    last: undefined,
    lastCall: undefined,
  };
  const faults: Fault[] = [];
  for (const [i, step] of test.steps.entries()) {
    const isExpected = test.steps[i + 1]?.kind === "expect";
    const { after, fault, decided = [], explained } = runStep(contract, engine, progress, step, isExpected);
    for (const { rules, warnings, observed } of decided) {
      for (const rule of rules) seen.add(rule);
      effective.push(...rules, ...warnings, ...observed.map(({ rule }) => rule));
    }
    for (const { rule, atoms: atomsOf } of explained?.rules ?? [])
      for (const { text, value } of atomsOf) atoms.set(`${rule}\0${text}\0${value}`, { rule, text, value });
    if (fault !== undefined) faults.push(fault);
    // A wrong expectation leaves the rest of the test meaningful; a step that did not work does not.
    if (fault !== undefined && fault.kind !== "expectation") break;
    progress = after;
  }
  if (!test.steps.some((step) => step.kind === "expect")) faults.push({ kind: "expects_nothing", span: test.span });
  const verdict =
    faults.length === 0 ? "passed" : faults.every((fault) => fault.kind === "expectation") ? "failed" : "error";
  const { name, span } = test;
  return { name, span, verdict, faults, determining: [...seen].sort(), effective, atoms: [...atoms.values()] };
}

/** `isExpected`: the step behind it says what it comes to. */
function runStep(contract: Contract, engine: Engine, before: Progress, step: TestStep, isExpected: boolean): Step {
  const { scene } = before;
  const inScene = (changes: Partial<Scene>): Step => ({ after: { ...before, scene: { ...scene, ...changes } } });
  switch (step.kind) {
    case "as": {
      const { team } = contract.agents[step.agent]!;
      return inScene({
        principal: step.principal,
        team,
        scopes: step.scopes.length === 0 ? undefined : step.scopes,
        of: step.of && {
          id: step.of.principal,
          team: contract.agents[step.of.agent]!.team,
          since: undefined,
        },
      });
    }
    case "fact": {
      const { root, name } = contract.facts[step.fact]!;
      const others = scene.facts.filter((fact) => fact.root !== root || fact.name !== name);
      return inScene({ facts: [...others, { root, name, value: step.value }] });
    }
    case "cwd":
      return inScene({ cwd: step.path });
    case "figure":
      return inScene({ figures: new Map([...scene.figures, [`${step.root}.${step.name}`, step.value]]) });
    case "at":
      return inScene({ fixed: step.time, turn: scene.turn + 1 });
    case "after":
      return inScene({ fixed: (scene.fixed ?? scene.last ?? advance(scene).last) + step.ms, turn: scene.turn + 1 });
    case "approved":
      return { after: { ...before, promised: [...before.promised, step] } };
    case "user_says":
      return runMessage(contract, engine, before, step, isExpected);
    case "prior":
      return runPrior(contract, engine, before, step);
    case "attempt":
    case "call": {
      const made = makeCall(contract, engine, before, step);
      if ("fault" in made) return { after: before, fault: made.fault };
      return {
        after: { ...made.after, last: step.kind === "call" ? made.after.last : before.last },
        decided: made.decided,
        explained: made.after.last.explanation,
      };
    }
    case "result":
    case "chunk":
      return runResult(contract, engine, before, step);
    case "expect": {
      if (before.last === undefined) return { after: before, fault: { kind: "no_call", span: step.span } };
      const mismatches = compare(contract, step, before.last.decision);
      if (mismatches.length === 0) return { after: before };
      return {
        after: before,
        fault: { kind: "expectation", span: step.span, wanted: step, got: before.last, mismatches },
      };
    }
    default:
      return unreachable(step);
  }
}

function runMessage(
  contract: Contract,
  engine: Engine,
  before: Progress,
  step: Extract<TestStep, { kind: "user_says" }>,
  isExpected: boolean,
): Step {
  if (before.scene.principal === undefined) return { after: before, fault: { kind: "no_agent", span: step.span } };
  const moved = advance(before.scene);
  const granted = grant(contract, engine, moved, isExpected ? before.promised : [], (scene) =>
    messageRequest(scene, step.text),
  );
  if ("fault" in granted) return { after: before, fault: granted.fault };
  const scene = { ...moved, approvals: [...moved.approvals, ...granted.approvals] };
  const decision = engine.decide(messageRequest(scene, step.text), scene.state);
  const { outcome, reason, state } = decision;
  const next = { ...before, scene: { ...scene, state, turn: scene.turn + 1 } };
  const explained = decision.explain();
  if (isExpected)
    return {
      after: { ...next, promised: [], last: { call: undefined, decision, explanation: explained } },
      decided: [...granted.decided, decision],
      explained,
    };
  if (outcome === "deny" || outcome === "require_approval")
    return { after: before, fault: { kind: "message_refused", span: step.span, reason } };
  return { after: next, decided: [decision], explained };
}

/** Or a piece of it. Of the last call, whatever came of it; what comes of the result is for `expect`. */
function runResult(
  contract: Contract,
  engine: Engine,
  before: Progress,
  step: Extract<TestStep, { kind: "result" | "chunk" }>,
): Step {
  const { lastCall } = before;
  if (lastCall === undefined) return { after: before, fault: { kind: "no_call", span: step.span } };
  const { scene } = before;
  const now = { ...scene, last: scene.last ?? advance(scene).last };
  const request = (at: typeof now) =>
    step.kind === "chunk"
      ? chunkRequest(at, step.text, step.last)
      : resultRequest(at, true, step.value, OBLIGATION_KINDS);
  const granted = grant(contract, engine, now, before.promised, request);
  if ("fault" in granted) return { after: before, fault: granted.fault };
  const asking = { ...now, approvals: [...now.approvals, ...granted.approvals] };
  const decision = engine.decide(request(asking), scene.state);
  const last = { call: lastCall, decision, explanation: decision.explain() };
  const turn = step.kind === "chunk" ? scene.turn : scene.turn + 1;
  const next = { ...scene, approvals: asking.approvals, state: decision.state, turn };
  return {
    after: { ...before, promised: [], last, scene: next },
    decided: [...granted.decided, decision],
    explained: last.explanation,
  };
}

type Made = { readonly after: Progress & { readonly last: Observed }; readonly decided: readonly Decision[] };

function makeCall(
  contract: Contract,
  engine: Engine,
  before: Progress,
  step: TestStep & { readonly call: CallStep },
): Made | { readonly fault: Fault } {
  if (before.scene.principal === undefined) return { fault: { kind: "no_agent", span: step.span } };
  const moved = advance(before.scene);
  const asking = { ...moved, calls: moved.calls + 1 };
  const granted = grant(contract, engine, asking, before.promised, (at) => callRequest(contract, at, step.call));
  if ("fault" in granted) return granted;
  const scene = { ...asking, approvals: [...asking.approvals, ...granted.approvals] };
  const decision = engine.decide(callRequest(contract, scene, step.call), scene.state);
  const last = { call: step.call, decision, explanation: decision.explain() };
  return {
    after: { scene: { ...scene, state: decision.state }, promised: [], last, lastCall: step.call },
    decided: [...granted.decided, decision],
  };
}

/** What was promised becomes approvals of the digests that the request asks for; under a denial nothing is asked for. */
function grant(
  contract: Contract,
  engine: Engine,
  scene: Scene & { readonly last: number },
  promised: Progress["promised"],
  request: (scene: Scene & { readonly last: number }) => Uint8Array,
): { readonly approvals: readonly Approval[]; readonly decided: readonly Decision[] } | { readonly fault: Fault } {
  if (promised.length === 0) return { approvals: [], decided: [] };
  const asked = engine.decide(request(scene), scene.state);
  if (asked.outcome === "deny") return { approvals: [], decided: [asked] };
  const requests = asked.outcome === "require_approval" ? asked.approvals : [];
  const approvals: Approval[] = [];
  for (const { rule: index, by, role, span } of promised) {
    const rule = contract.rules[index]!.name;
    const request = requests.find((one) => one.rule === rule);
    if (request === undefined)
      return { fault: { kind: "approval_not_asked", span, rule, asked: requests.map((one) => one.rule) } };
    const id = `approval-${scene.approvals.length + approvals.length + 1}`;
    const roles = role === undefined ? [] : [role];
    approvals.push({ id, rule, digest: request.digest, by, roles, user: role === undefined, at: scene.last });
  }
  return { approvals, decided: [asked] };
}

function runPrior(
  contract: Contract,
  engine: Engine,
  before: Progress,
  step: Extract<TestStep, { kind: "prior" }>,
): Step {
  const made = makeCall(contract, engine, before, step);
  if ("fault" in made) return { after: before, fault: made.fault };
  const { decided } = made;
  const explained = made.after.last.explanation;
  const { last, scene } = made.after;
  if (last.decision.enforce && shortOutcome(last.decision.outcome) !== "allow")
    return { after: before, decided, explained, fault: { kind: "prior_refused", span: step.span, got: last } };
  const tool = contract.tools[step.call.tool]!;
  const value = step.returns !== undefined ? step.returns : step.ok ? emptiestFitting(tool.returns) : null;
  if (value === undefined)
    return { after: before, decided, explained, fault: { kind: "nothing_returned", span: step.span, tool: tool.name } };
  // The result comes back in the same second.
  const now = { ...scene, last: scene.last ?? advance(scene).last };
  const request = resultRequest(now, step.ok, value, OBLIGATION_KINDS);
  const { outcome, reason, state, unfit } = engine.decide(request, scene.state);
  if (outcome === "deny")
    return { after: before, decided, explained, fault: { kind: "result_refused", span: step.span, reason } };
  if (unfit)
    return { after: before, decided, explained, fault: { kind: "result_unfit", span: step.span, tool: tool.name } };
  const next = { ...scene, state, turn: scene.turn + 1 };
  return { after: { ...made.after, last: before.last, scene: next }, decided, explained };
}
