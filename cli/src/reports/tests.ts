/** The outcome of a contract's tests, in words: for each fault the source line, what was decided, why, and what would help. */
import type { Contract, Source, Tool } from "@thc/language";
import type { Explanation } from "@thc/runtime";
import type { Paint } from "../terminal/paint.ts";
import { plural } from "../terminal/table.ts";
import { shorten, visible, visibleInPlace } from "../terminal/visible.ts";
import { writeObligation } from "../testing/compare.ts";
import { rulesCovered } from "../testing/coverage.ts";
import type { ContractRun, Expectation, Fault, Observed, TestReport } from "../testing/report.ts";
import { unreachable } from "../unreachable.ts";
import { advise } from "./advice.ts";
import { explainReason, name, names, prose, writeCall, writeObserved } from "./words.ts";

export function renderTests({ path, contract, files, coverage }: ContractRun, paint: Paint): string[] {
  const tests = files.flatMap((file) => file.tests);
  const faulty = tests.filter((test) => test.verdict !== "passed").length;
  const passed = tests.length - faulty;
  const { covered, of } = rulesCovered(coverage);
  const idle = coverage.filter(({ decided }) => decided === 0).map(({ rule }) => rule);
  const never = idle.length === 0 ? "" : `, never: ${names(idle)}`;
  const verdict = faulty === 0 ? paint.good(`${passed} passed`) : paint.bad(`${passed} passed, ${faulty} failed`);
  const suites = files.length > 1 ? ` in ${files.length} files` : "";
  return [
    ...files.flatMap(({ source, tests }) =>
      tests.filter((test) => test.verdict !== "passed").flatMap((test) => renderTest(source, contract, test, paint)),
    ),
    `${visible(path)}: ${verdict}${suites}, ${covered} of ${plural(of, "rule")} decided something${never}`,
  ];
}

function renderTest(source: Source, contract: Contract, test: TestReport, paint: Paint): string[] {
  const faults = test.faults.flatMap((fault) => {
    const line = lineOf(source, fault.span.start);
    const gutter = " ".repeat(String(line.number).length);
    return [
      `${gutter}--> ${visible(source.path)}:${line.number}`,
      `${line.number} | ${line.text}`,
      ...describe(contract, fault).map((text) => `${gutter} ${paint.faint("=")} ${text}`),
    ];
  });
  const verdict = test.verdict === "error" ? "cannot run" : "failed";
  return [`${paint.bad(verdict)}: ${paint.strong(visible(test.name))}`, ...faults, ""];
}

function describe(contract: Contract, fault: Fault): string[] {
  switch (fault.kind) {
    case "expectation":
      return [
        `expected: ${writeExpectation(contract, fault.wanted)}`,
        ...decided(contract, fault.got),
        ...advise(contract, fault.wanted, fault.got, fault.mismatches).map((text) => `help: ${text}`),
      ];
    case "prior_refused":
      return [
        "a `prior` must be let through; use `attempt` for a call of any outcome",
        ...decided(contract, fault.got),
        ...advise(contract, LET_THROUGH, fault.got, [{ kind: "outcome" }]).map((text) => `help: ${text}`),
      ];
    case "result_refused":
      return [`the result of this call was refused: \`${fault.reason}\``];
    case "message_refused":
      return [`this message was refused: \`${fault.reason}\``];
    case "approval_not_asked":
      return [
        `${name(fault.rule)} does not ask for an approval of the call that follows`,
        fault.asked.length === 0 ? "no rule asks for one" : `help: ${names(fault.asked)} does`,
      ];
    case "result_unfit":
      return [
        `this result does not fit what ${name(fault.tool)} returns`,
        "help: what does not fit is no evidence and grounds nothing; members may be left out, but not be of another type",
      ];
    case "nothing_returned":
      return [`say what ${name(fault.tool)} returned: \`prior … ok returns …\``];
    case "no_agent":
      return ["say who acts: put `as AGENT` before this step"];
    case "no_call":
      return ["there is no `call` before this `expect`"];
    case "expects_nothing":
      return ["this test has no `expect`, so it proves nothing"];
    default:
      return unreachable(fault);
  }
}

const LET_THROUGH: Expectation = {
  kind: "expect",
  span: { start: 0, end: 0 },
  outcome: "allow",
  by: [],
  only: false,
  obligations: [],
  observed: [],
};

/** Of the rules that decided, what their conditions came to. */
function reasons({ rules }: Explanation): string[] {
  return rules
    .filter((rule) => rule.determining && rule.atoms.length > 0)
    .slice(0, MOST_RULES)
    .map(
      ({ rule, atoms }) =>
        `${name(rule)}: ${shorten(atoms.map((atom) => `${prose(atom.text, 80)} is ${atom.value}`).join(", "), 240)}`,
    );
}
const MOST_RULES = 5;

function decided(contract: Contract, { call, decision, explanation }: Observed): string[] {
  const why = explainReason(decision.reason);
  const by = decision.rules.length === 0 ? "" : ` by ${names(decision.rules)}`;
  const obligations =
    decision.outcome === "allow_with_obligations"
      ? ` with ${visible(decision.obligations.map(writeObligation).join(", "))}`
      : "";
  return [
    call === undefined
      ? "a message"
      : `call: ${writeCall(contract.tools[call.tool]!.name, call.args, currencies(contract.tools[call.tool]!))}`,
    `decided: ${decision.outcome}${by}${obligations}${why === "" ? "" : ` (${decision.reason}: ${why})`}`,
    ...decision.observed.map((one) => `observed: ${writeObserved(one)}`),
    ...reasons(explanation),
    ...decision.because.map(({ rule, text }) => `because: ${prose(text)} (${name(rule)})`),
  ];
}

/** Of arguments that are amounts as a contract writes them. */
function currencies({ params }: Tool): ReadonlyMap<string, string> {
  return new Map(
    params.flatMap(({ name, type }): [string, string][] => {
      const amount = type.kind === "optional" ? type.of : type;
      return amount.kind === "money" && !amount.minor ? [[name, amount.currency]] : [];
    }),
  );
}

function writeExpectation(contract: Contract, wanted: Expectation): string {
  const by =
    wanted.by.length === 0
      ? ""
      : ` by ${wanted.only ? "only " : ""}${names(wanted.by.map((rule) => contract.rules[rule]!.name))}`;
  const obligations =
    wanted.obligations.length === 0 ? "" : ` with ${visible(wanted.obligations.map(writeObligation).join(", "))}`;
  const observed =
    wanted.observed.length === 0 ? "" : ` observed ${names(wanted.observed.map((rule) => contract.rules[rule]!.name))}`;
  return `${wanted.outcome}${by}${obligations}${observed}`;
}

function lineOf(source: Source, offset: number): { readonly number: number; readonly text: string } {
  const before = source.text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  const end = source.text.indexOf("\n", offset);
  const text = visibleInPlace(source.text.slice(start, end === -1 ? undefined : end)).replace(/\r$/, "");
  return { number: before.split("\n").length, text: shorten(text.replaceAll("\t", "  "), 160) };
}

/** Everything that a machine may want of a fault, in the words that people get. */
export interface FaultText {
  readonly kind: string;
  readonly line: number;
  readonly details: readonly string[];
}
export const faultsOf = (source: Source, contract: Contract, test: TestReport): readonly FaultText[] =>
  test.faults.map((fault) => ({
    kind: fault.kind,
    line: lineOf(source, fault.span.start).number,
    details: describe(contract, fault),
  }));
export const lineOfTest = (source: Source, test: TestReport): number => lineOf(source, test.span.start).number;

export function testsJson({ path, contract, files, coverage }: ContractRun): object {
  const rules = (idle: boolean) => coverage.filter(({ decided }) => (decided === 0) === idle).map(({ rule }) => rule);
  return {
    path,
    tests: files.flatMap(({ source, tests }) =>
      tests.map((test) => ({
        file: source.path,
        name: test.name,
        line: lineOfTest(source, test),
        verdict: test.verdict,
        faults: faultsOf(source, contract, test),
      })),
    ),
    rules: { covered: rules(false), uncovered: rules(true) },
    coverage: coverage.map(({ rule, decided, atoms }) => ({
      rule,
      decided,
      atoms: atoms.map(({ text, wasTrue, wasFalse }) => ({ text, true: wasTrue, false: wasFalse })),
    })),
  };
}
