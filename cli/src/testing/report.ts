/**
 * What a run of a contract's tests found, as values; `reports/tests.ts` puts it into words.
 *
 * An expectation that does not hold *fails* the test. A test is in *error* when its own steps do not work (a `prior` that is
 * refused): then nothing is said about the expectation behind it.
 */
import type { CallStep, Contract, Source, Span, TestStep } from "@thc/language";
import type { Decision, Explanation } from "@thc/runtime";
import type { RuleCoverage, Seen } from "./coverage.ts";

export interface Observed {
  /** Undefined: of a message. */
  readonly call: CallStep | undefined;
  readonly decision: Decision;
  readonly explanation: Explanation;
}

export type Expectation = Extract<TestStep, { readonly kind: "expect" }>;

export type Mismatch =
  | { readonly kind: "outcome" }
  | { readonly kind: "not_determining"; readonly rules: readonly string[] }
  | { readonly kind: "also_determining"; readonly rules: readonly string[] }
  | { readonly kind: "not_observed"; readonly rules: readonly string[] }
  | { readonly kind: "not_carried"; readonly obligations: readonly string[] };

export type Fault =
  | {
      readonly kind: "expectation";
      readonly span: Span;
      readonly wanted: Expectation;
      readonly got: Observed;
      readonly mismatches: readonly Mismatch[];
    }
  | { readonly kind: "prior_refused"; readonly span: Span; readonly got: Observed }
  | { readonly kind: "result_refused"; readonly span: Span; readonly reason: string }
  | { readonly kind: "message_refused"; readonly span: Span; readonly reason: string }
  | {
      readonly kind: "approval_not_asked";
      readonly span: Span;
      readonly rule: string;
      readonly asked: readonly string[];
    }
  | { readonly kind: "nothing_returned" | "result_unfit"; readonly span: Span; readonly tool: string }
  | { readonly kind: "no_agent"; readonly span: Span }
  | { readonly kind: "no_call"; readonly span: Span }
  | { readonly kind: "expects_nothing"; readonly span: Span };

export interface TestReport extends Seen {
  readonly name: string;
  readonly span: Span;
  readonly verdict: "passed" | "failed" | "error";
  readonly faults: readonly Fault[];
  /** Names of rules that determined one of its decisions. */
  readonly determining: readonly string[];
}
/** What the tests of one contract found: its own, and those of its suites. */
export interface ContractRun {
  readonly path: string;
  readonly contract: Contract;
  readonly files: readonly { readonly source: Source; readonly tests: readonly TestReport[] }[];
  readonly coverage: readonly RuleCoverage[];
}
