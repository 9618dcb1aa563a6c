/**
 * The typed contract: what the checker hands to everyone after it.
 *
 * It is a value (no spans needed to evaluate it, no names left to resolve): the reference interpreter gives it meaning,
 * the compiler lowers it. Names are ranks: `rules`, `tools`, `agents` and `facts` are sorted bytewise by name and an
 * index into them is the id that stands in modules, decisions and state. Literals are canonical (docs/semantics.md).
 */
import type { Span } from "../source.ts";
import type { Ledger, Level, Risk, Severity } from "../vocabulary.ts";
import type { Agent, ImportedList, Label, StateRows, UsedRuleset } from "./declared.ts";
import type { Inspector } from "./inspector.ts";
import type { CloudAction, LinkedRegistry } from "./linked-registry.ts";
import type { Member } from "./member.ts";
import type { Carried } from "./obligation.ts";
import type { Test } from "./test-steps.ts";
import type { Decimal, Type } from "./value-type.ts";

export type { Ledger, Level, OutcomePartKind, Risk, Severity } from "../vocabulary.ts";
/** Declarations that stand alone (declared.ts), tables of what `inspect` looks for (inspector.ts), what a test is (test-steps.ts), and words of the vocabulary. */
export type * from "./declared.ts";
export type * from "./inspector.ts";
export type * from "./linked-registry.ts";
export type * from "./member.ts";
export type * from "./obligation.ts";
export type * from "./test-steps.ts";
export type * from "./value-type.ts";

export interface Contract {
  readonly name: string;
  readonly version: string;
  /** Of its name; left out where it was read from no text. */
  readonly span?: Span;
  readonly owner: string | undefined;
  readonly agents: readonly Agent[];
  /** Host patterns of what is ours; a destination anywhere else is outside. Sorted. */
  readonly inside: readonly string[];
  /** Lists of tools that were imported, by alias: `tools` has their tools as `alias.name`. */
  readonly imports: readonly ImportedList[];
  /** Rulesets whose rules stand among `rules`, by alias; left out: none. */
  readonly rulesets?: readonly UsedRuleset[];
  readonly tools: readonly Tool[];
  readonly facts: readonly Fact[];
  /** What data can carry; `untrusted`, which is built in, among them. */
  readonly labels: readonly Label[];
  readonly rules: readonly Rule[];
  /** Rows of each table, as far as the contract says; undefined: it says nothing of states. */
  readonly state?: Partial<StateRows> | undefined;
  /** The whole contract is only observed: its answers are not enforced. Left out: they are. */
  readonly observe?: Observation;
  /** Milliseconds for which a decision counts; left out: for good. */
  readonly valid?: number;
  readonly tests: readonly Test[];
  /** Undefined: the contract names no cloud action. */
  readonly registry: LinkedRegistry | undefined;
  /** Those that rules name, by name; undefined: none does. */
  readonly inspectors?: readonly Inspector[] | undefined;
}

export interface Tool {
  readonly name: string;
  readonly params: readonly Param[];
  readonly returns: Type | undefined;
  /** All that a call may have. */
  readonly levels: readonly Level[];
  /** Of `levels`: those that a call has only when (or if nobody knows whether) a condition holds. If none would be left it has all. */
  readonly cases: readonly LevelCase[];
  readonly external: boolean;
  readonly irreversible: boolean;
  /** The highest that a call may have. */
  readonly risk: Risk;
  /** A call's risk is that of the levels it has, and not one that was stated. */
  readonly riskByLevel: boolean;
  readonly action: ToolAction | undefined;
  /** Arguments beyond `params` may be given; no rule reads them. */
  readonly open: boolean;
  /** SHA-256 (hex) of the definition it was imported from; a call under another one is denied. */
  readonly definition: string | undefined;
  /** Labels that a call of it gives to the session (docs/semantics/flows.md). */
  readonly gives: readonly Gives[];
  /** `gives trusted`, and when. Undefined: a call of level read or execute, or an external one, gives `untrusted`. */
  readonly trusted: Condition | undefined;
  /** In thousandths: its action's, or that of its risk alone; of a tool that names its action in each call not read. */
  readonly severity: number;
  readonly span: Span;
}
export interface LevelCase {
  readonly level: Level;
  /** Over arguments and facts. */
  readonly when: Condition;
}
/** `named`: argument `param` says which action a call is; `level`, `risk`: it gives the call's, and `levels`, `risk` above are the most. */
export type ToolAction =
  | { readonly kind: "is"; readonly action: CloudAction }
  | { readonly kind: "named"; readonly param: number; readonly level: boolean; readonly risk: boolean };

export interface Gives {
  readonly label: number;
  /** The field of the result that carries it; undefined: all of it. */
  readonly from: readonly string[] | undefined;
  readonly when: Condition | undefined;
}

export interface Param {
  readonly name: string;
  /** `optional` at the top when the argument may be absent or null. */
  readonly type: Type;
  readonly dest: boolean;
}

/** A request field the host sends: `root.name`. Optional facts may be absent; others are unknown when absent. */
export interface Fact {
  readonly path: string;
  readonly root: FactRoot;
  readonly name: string;
  readonly type: Type;
  /** Inclusive bounds of a number; a value outside is a denial `bad_facts`. */
  readonly range: { readonly low: Decimal; readonly high: Decimal } | undefined;
  readonly span: Span;
}
export type FactRoot = "principal" | "resource" | "context" | "action";

// ── conditions: true, false or unknown (docs/semantics.md, "Conditions")

export type Condition =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "has"; readonly value: Reference }
  /** The value is of this case of a union, which the reference ends in; unknown where the value is. */
  | { readonly kind: "is"; readonly value: Reference }
  /** `session has L`: an earlier call gave one of `anyOf`, which are L and what is above it. */
  | { readonly kind: "session_has"; readonly label: string; readonly anyOf: readonly number[] }
  /** A reference of type Bool, standing for itself. */
  | { readonly kind: "holds"; readonly value: Reference }
  | { readonly kind: "compare"; readonly op: CompareOp; readonly left: Term; readonly right: Term }
  /** `in` over values of the item's type. */
  | { readonly kind: "member"; readonly item: Term; readonly values: readonly Literal[] }
  /** `in` over host patterns: `a.example`, or `*.a.example` for one or more names below it. */
  | { readonly kind: "host_in"; readonly item: Term; readonly patterns: readonly string[] }
  /** `in` over ranges of addresses: `10.0.0.0/8`, canonical. */
  | { readonly kind: "ip_in"; readonly item: Reference; readonly ranges: readonly string[] }
  | {
      readonly kind: "matches";
      readonly item: Term;
      readonly style: "text" | "path";
      readonly globs: readonly string[];
    }
  /** Somewhere in the text is a match (docs/semantics/expressions.md). */
  | { readonly kind: "regex"; readonly item: Term; readonly source: string; readonly ignoreCase: boolean }
  | { readonly kind: "under"; readonly item: Term; readonly prefix: Term }
  | { readonly kind: "contains" | "starts_with"; readonly item: Term; readonly text: string }
  /** Some element of the list equals the item. */
  | { readonly kind: "includes"; readonly list: Reference; readonly item: Term }
  /** All elements of the list are in the set, or some are. */
  | { readonly kind: "subset" | "overlaps"; readonly list: Reference; readonly set: ElementSet }
  /** `level == L`: the call's level set is exactly {L}; `level in […]`: it is a subset. */
  | { readonly kind: "level_is"; readonly levels: readonly Level[]; readonly exact: boolean }
  /** The call has one of these levels. */
  | { readonly kind: "level_has"; readonly levels: readonly Level[] }
  /** The tool is external, or a destination lies outside. */
  | { readonly kind: "external" }
  /** The call's risk is one of these. */
  | { readonly kind: "risk_is"; readonly risks: readonly Risk[] }
  | {
      readonly kind: "quantifier";
      readonly quantifier: "every" | "any" | "no";
      /** How many quantifiers stand around this one; the body's references with this depth read the element. */
      readonly depth: number;
      readonly lists: readonly Reference[];
      readonly body: Condition;
    };
/** What elements are looked up in: values of their type, host patterns, or the elements of another list. */
export type ElementSet =
  | { readonly kind: "values"; readonly values: readonly Literal[] }
  | { readonly kind: "hosts"; readonly patterns: readonly string[] }
  | { readonly kind: "ranges"; readonly ranges: readonly string[] }
  | { readonly kind: "list"; readonly list: Reference };
export type CompareOp = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Term =
  | Reference
  | Literal
  | { readonly kind: "count"; readonly list: Reference }
  | Blast
  | Arithmetic
  | Fold
  | Pick;
/** Exact: what the operands come to, or unknown when that is no value of `type` (docs/semantics/values.md, "Arithmetic"). */
export interface Arithmetic {
  readonly kind: "arithmetic";
  readonly op: "+" | "-" | "*";
  readonly left: Term;
  readonly right: Term;
  readonly type: Type;
}
/** Of all elements of a list, or of one field of its records. */
export interface Fold {
  readonly kind: "fold";
  readonly op: "sum" | "min" | "max";
  readonly list: Reference;
  /** Names below the element. */
  readonly field: readonly string[];
  readonly type: Type;
}
/** The least or the greatest of two values or more. */
export interface Pick {
  readonly kind: "pick";
  readonly op: "min" | "max";
  readonly of: readonly Term[];
  readonly type: Type;
}
/** How much harm this call could do, 0 to 1 (docs/registry.md, "Blast radius"); what is not given counts as the worst. */
export interface Blast {
  readonly kind: "blast";
  readonly environment: Reference | undefined;
  readonly count: Reference | undefined;
  readonly rollback: Reference | undefined;
}

/** A scalar read from the request, from the evidence row under test, or from a quantifier's element. */
export interface Reference {
  readonly kind: "reference";
  readonly root: "args" | FactRoot | "prior_args" | "prior_result" | "prior_row" | "element";
  /** Of `element`: which quantifier. Otherwise 0. */
  readonly depth: number;
  /** Names below the root; empty for an element itself. Under `args`, a tool without that argument reads absent. */
  readonly path: readonly string[];
  /** Maps on the way: `path[at]` is a key of one, or `at` is the path's length and `member` one of the map's. */
  readonly maps?: readonly { readonly at: number; readonly type: Type }[];
  /** Places in `path` that are cases of unions: what is below is absent in any other case. */
  readonly cases?: readonly number[];
  /** A derived member of the value at `path` (`.domain` of an Email); `type` is then the member's type. */
  readonly member: Member | undefined;
  /** The type read, after `optional` is stripped. */
  readonly type: Type;
  readonly optional: boolean;
}

export type Literal =
  | { readonly kind: "literal"; readonly type: Type; readonly value: boolean }
  | { readonly kind: "literal"; readonly type: Type; readonly value: Decimal }
  | { readonly kind: "literal"; readonly type: Type; readonly value: string };

// ── rules

interface RuleBase {
  readonly name: string;
  /** Indexes into `tools`, ascending. Never empty. */
  readonly targets: readonly number[];
  /** Of targets that count for some of their calls only; the others count whole. Sorted by tool. */
  readonly narrowed: readonly NarrowedTarget[];
  /** Index into `agents` of a rule that stands inside an agent; left out: it holds for all. */
  readonly agent?: number;
  readonly because: string | undefined;
  /** What to do instead, when this rule stands in the way. */
  readonly suggest: Suggestion | undefined;
  readonly maps: readonly string[];
  /** It is computed and reported, and changes nothing else; left out: it is enforced. Of a rule that narrows. */
  readonly observe?: Observation;
  readonly span: Span;
}
/** Milliseconds since 1970: from then on it is enforced. Left out: for good. */
export interface Observation {
  readonly until?: number;
}
export interface Suggestion {
  readonly instead: string;
  /** The registry's reason, where the suggestion is the registry's. */
  readonly because: string | undefined;
}

/** The rule is for calls of this tool for which the condition holds; it is over the call's class alone (levels, risk, external). */
export interface NarrowedTarget {
  readonly tool: number;
  readonly when: Condition;
}

export type Rule =
  | Allow
  | Deny
  | Oblige
  | RequirePrior
  | RequireApproval
  | RequireGrounded
  | RequireScope
  | RequireThat
  | Budget
  | Loop
  | Flow
  | Delegation
  | Inspect;

export interface Allow extends RuleBase {
  readonly kind: "allow";
  readonly when: Condition | undefined;
  readonly obligations: readonly Carried[];
}
export interface Deny extends RuleBase {
  readonly kind: "deny";
  readonly when: Condition | undefined;
}
export interface Oblige extends RuleBase {
  readonly kind: "oblige";
  readonly when: Condition | undefined;
  readonly obligations: readonly Carried[];
}
export interface RequirePrior extends RuleBase {
  readonly kind: "require_prior";
  readonly negated: boolean;
  readonly completion: "ok" | "allowed";
  readonly tools: readonly number[];
  readonly keys: readonly EvidenceKey[];
  /** Milliseconds. */
  readonly within: number | undefined;
  /** Evidence made before the last call of one of these counts no more. Ascending; undefined: none. */
  readonly since: readonly number[] | undefined;
  readonly where: Condition | undefined;
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}
/** `current` (an argument of the call) equals `prior` (of the earlier call: an argument, a field of its result, of one row of it), or is in that list. */
export interface EvidenceKey {
  readonly current: Reference;
  readonly prior: Reference;
  readonly isIn: boolean;
}
export interface RequireApproval extends RuleBase {
  readonly kind: "require_approval";
  readonly when: Condition | undefined;
  readonly approval: Approval;
}
/** The principal's scopes, as the host verified them, hold this one. */
export interface RequireScope extends RuleBase {
  readonly kind: "require_scope";
  readonly scope: string;
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}
/** The condition is true; unknown is not. */
export interface RequireThat extends RuleBase {
  readonly kind: "require_that";
  readonly that: Condition;
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}
export interface RequireGrounded extends RuleBase {
  readonly kind: "require_grounded";
  /** Each once; `destinations` is already expanded, by tool. */
  readonly values: readonly GroundedValue[];
  readonly sources: readonly Source[];
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}
/** An argument (a list means each element), or every token of a class in its texts. */
export interface GroundedValue {
  readonly reference: Reference;
  readonly tokens: "urls" | "emails" | undefined;
}
export type Source =
  | { readonly kind: "user" }
  /** The principal's own identifiers: of these, those of the value's class. */
  | { readonly kind: "self"; readonly identifiers: readonly Reference[] }
  /** The scalars at a path of a result (lists are entered, no path: the result itself), or the tokens in the texts there. */
  | {
      readonly kind: "result";
      readonly tool: number;
      readonly path: readonly string[];
      readonly type: Type;
      readonly contains: boolean;
      /** An argument of the tool: only results of calls where the user said it. */
      readonly namedBy: string | undefined;
    }
  /** An argument of ok calls that gave trusted. */
  | { readonly kind: "argument"; readonly tool: number; readonly name: string; readonly type: Type };
export interface Budget extends RuleBase {
  readonly kind: "budget";
  /** In the measure's unit: milliseconds of `elapsed`. */
  readonly limit: Decimal;
  readonly measure: Measure;
  readonly ledger: BudgetLedger;
  /** Undefined: for good. */
  readonly window: Window | undefined;
  readonly otherwise: Outcome;
  /** Index into `agents`: it counts only what `agent` spends for this one. Of `budgets 10%` of a delegation. */
  readonly delegator?: number;
}
export interface Loop extends RuleBase {
  readonly kind: "loop";
  readonly what: "same_call" | "cycle" | "denied_call";
  /** Every step that is reached happens; by `count`, then `calls`. At most one of them asks for an approval. */
  readonly steps: readonly LoopStep[];
}
/** `count` in the last `calls`, this one among them. */
export interface LoopStep {
  readonly count: number;
  readonly calls: number;
  readonly otherwise: Outcome;
}

/** What a call counts for. `cost`, `tokens`, `elapsed`: the request's estimate, then the result's figure. */
export type Measure =
  | { readonly kind: "calls" | "tokens" | "elapsed" }
  | { readonly kind: "cost"; readonly currency: string }
  | { readonly kind: "argument"; readonly value: Reference }
  | { readonly kind: "count"; readonly list: Reference };
/** The turn's counters stand in the session's state. */
export type BudgetLedger = Ledger | "turn";
export type Window = { readonly kind: "rolling"; readonly ms: number } | { readonly kind: "day" | "week" | "month" };

/**
 * What `agent` may do when it acts for `from`: what no line admits is denied. Its targets are all tools; in calls that are not of
 * such a chain it says nothing. Named `A.to.B`.
 */
export interface Delegation extends RuleBase {
  readonly kind: "delegation";
  /** Index into `agents`. */
  readonly from: number;
  readonly agent: number;
  /** Never empty. */
  readonly lines: readonly DelegationLine[];
  /** How many hops, the one to `agent` among them, a chain may have from here on. */
  readonly depth: number;
  /** Percent of the delegator's budgets, which are rules of their own; undefined: all of them. */
  readonly share: Decimal | undefined;
  /** Milliseconds from the delegation on; undefined: as long as the chain lasts. */
  readonly ttl: number | undefined;
}
/** `only TARGETS when C`. */
export interface DelegationLine {
  readonly targets: readonly number[];
  readonly narrowed: readonly NarrowedTarget[];
  readonly when: Condition | undefined;
}

export interface Flow extends RuleBase {
  readonly kind: "flow";
  /** `and`: the session, or by value the arguments, have each of the labels; `or`: one of them. */
  readonly join: "and" | "or";
  readonly labels: readonly FlowLabel[];
  readonly byValue: boolean;
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}
/** `anyOf`: the label and what is above it, or with `above` only that; never empty. */
export interface FlowLabel {
  readonly label: string;
  readonly above: boolean;
  readonly anyOf: readonly number[];
}

/** What is looked at holds something of these classes, of this severity or a higher one. */
export interface Inspect extends RuleBase {
  readonly kind: "inspect";
  /** `results` are of calls of the targets; a message is of no tool: then all are targets. `descriptions`, the definitions of imported tools, are looked at when the contract is checked. */
  readonly what: "args" | "results" | "messages" | "descriptions";
  /** One of the contract's, by name. */
  readonly inspector: string;
  /** Sorted; undefined: all of its classes. */
  readonly classes: readonly string[] | undefined;
  readonly atLeast: Severity;
  /** Of `args` only. */
  readonly when: Condition | undefined;
  readonly otherwise: Outcome;
}

/**
 * What happens where a rule stands in the way: all of it. Never empty; each kind at most once, in the order of OUTCOME_PARTS
 * (vocabulary.ts), several labels sorted. `warn` and `label` alone do not move the decision.
 */
export type Outcome = readonly OutcomePart[];
export type OutcomePart =
  | { readonly kind: "deny" | "warn" | "redact" | "cancel" }
  | { readonly kind: "approval"; readonly approval: Approval }
  /** Carried if the call is let through. */
  | { readonly kind: "with"; readonly obligations: readonly Carried[] }
  | { readonly kind: "label"; readonly label: string }
  /** This call is denied, and every later one of the run. */
  | { readonly kind: "suspend"; readonly ledger: "run" };

export interface Approval {
  /** Undefined: `from user`, the session's verified user. */
  readonly roles: readonly string[] | undefined;
  readonly quorum: number;
  /** Milliseconds from the grant; undefined: as long as the session lasts. */
  readonly expires: number | undefined;
  /** As written; a tool that is irreversible makes it `once` in any case. */
  readonly once: boolean;
  readonly orRequester: boolean;
  /** The whole action is bound; else of its arguments only those among `binds`. */
  readonly whole: boolean;
  /** Beside tool, agent and session: request fields that the rule's conditions read, or what `binds(…)` lists; sorted by path. */
  readonly binds: readonly Reference[];
}
