/**
 * The intermediate representation: a contract after lowering, before addresses. `thc compile --emit ir` prints it
 * (print.ts). Names are gone (slots, symbols and ids stand for them) but nothing is laid out yet (link/).
 */
import type {
  BudgetLedger,
  Decimal,
  ImportedList,
  InspectorPattern,
  Ledger,
  Level,
  LinkedRegistry,
  Loop,
  Obligation,
  OutcomePartKind,
  Risk,
  Severity,
  StateRows,
  Suggestion,
  Type,
  UsedRuleset,
  Window,
} from "@thc/language";

export interface Ir {
  readonly name: string;
  readonly version: string;
  readonly owner: string | undefined;
  /** SHA-256 of the canonical contract (digest.ts). */
  readonly digest: Uint8Array;
  readonly agents: readonly IrAgent[];
  readonly facts: readonly IrFact[];
  /** Slot numbers from FIRST_FREE_SLOT; earlier ones are the envelope's. */
  readonly slots: readonly IrSlot[];
  /** Slots of the envelope that some rule reads. */
  readonly envelope: readonly number[];
  readonly tools: readonly IrTool[];
  /** Numbers go on behind the tools': what a tool is in a call of an action of one class (lower/variants.ts). */
  readonly variants: readonly IrVariant[];
  readonly registry: LinkedRegistry | undefined;
  readonly imports: readonly ImportedList[];
  readonly rulesets: readonly UsedRuleset[];
  /** Undefined: no rule reads what a call touches. */
  readonly touched: IrTouched | undefined;
  /** Some value that a rule reads is a Command. */
  readonly readsCommands: boolean;
  readonly rules: readonly IrRule[];
  /** Whose score a decision reports. */
  readonly blasts: readonly Extract<Operand, { kind: "blast" }>[];
  /** Rules with too many targets to stand in each tool's block. */
  readonly global: IrBlock | undefined;
  readonly obligations: readonly Obligation[];
  readonly sources: readonly IrSource[];
  /** Grounding classes that are kept, by CLASS_BITS. */
  readonly classes: readonly GroundingClass[];
  /** Some amount stands in minor units on the wire. */
  readonly minor: boolean;
  /** Of the contract's labels, by number; none when nothing reads them, and then none are kept. */
  readonly labels: readonly string[];
  /** Labels whose values are kept, as flows by value read them. */
  readonly valueLabels: bigint;
  /** Of costs, when some budget counts them. */
  readonly currency: string | undefined;
  /** By number. */
  readonly budgets: readonly IrBudget[];
  /** Beside the session, those that have a state of their own; ascending. `delegators`: for so many those of agents and teams. */
  readonly ledgers: readonly Ledger[];
  readonly delegators: number;
  /** As the contract says; undefined: what is usual. */
  readonly rows: Partial<StateRows> | undefined;
  /** Of contracts with a `loop`: attempts that are kept, and per tool all its arguments, which tell calls apart. */
  readonly loops: { readonly rows: number; readonly args: readonly (readonly Operand[])[] } | undefined;
  /** Undefined: no rule inspects. */
  readonly inspection: IrInspection | undefined;
  /** Some rule suspends runs. */
  readonly suspends: boolean;
  readonly priors: number;
  /** Rules with `since`. */
  readonly sinces: number;
  readonly stateful: boolean;
  /** Milliseconds for which a decision counts; 0: for good. */
  readonly valid: number;
  /** Until when the whole contract is only observed, in milliseconds; undefined: it is enforced. */
  readonly observed: number | "for good" | undefined;
}

/** By number; a pattern's `kind` is one of them. */
export interface IrInspection {
  readonly kinds: readonly IrFindingKind[];
  readonly patterns: readonly (InspectorPattern & { readonly kind: number })[];
  /** By tool, the rules about its results. */
  readonly results: readonly (readonly IrContentRule[])[];
  readonly messages: readonly IrContentRule[];
}
/** A rule that is asked about what comes in, and not by the classifier; `only`: the agent it holds for. */
export interface IrContentRule {
  readonly rule: number;
  readonly only: IrCondition | undefined;
}
export interface IrFindingKind {
  readonly inspector: string;
  readonly class: string;
  readonly severity: Severity;
}

export interface IrAgent {
  readonly name: string;
  readonly ids: readonly string[];
  readonly team: string | undefined;
}
export interface IrFact {
  readonly root: string;
  readonly name: string;
  readonly type: Type;
  readonly range: { readonly low: Decimal; readonly high: Decimal } | undefined;
}
/** A place for one request value: `args.amount` of one type, or a fact. */
export interface IrSlot {
  readonly root: string;
  readonly path: readonly string[];
  readonly type: Type;
}
/** `lists`: by number, the slot of a list that some rule reads. `tools`: by tool, the arguments they are filled from. */
export interface IrTouched {
  readonly lists: readonly (number | undefined)[];
  readonly tools: readonly (readonly { readonly slot: number; readonly walk: IrWalk }[])[];
}
export type IrWalk =
  | { readonly kind: "value"; readonly type: Type["kind"] }
  | { readonly kind: "list"; readonly element: IrWalk }
  | { readonly kind: "record"; readonly members: readonly { readonly index: number; readonly walk: IrWalk }[] };
export interface IrTool {
  readonly name: string;
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  readonly returns: Type | undefined;
  readonly levels: readonly Level[];
  readonly risk: Risk;
  /** The argument that names the action, and by class of action the number of the variant. */
  readonly action: { readonly slot: number; readonly variants: readonly (number | undefined)[] } | undefined;
  readonly severity: number;
  /** For readers: the action that it is, or the argument that names it. */
  readonly names: { readonly is: string } | { readonly argument: string } | undefined;
  readonly irreversible: boolean;
  /** Undefined: its levels are the same for every call. */
  readonly cases: IrCases | undefined;
  readonly external: boolean;
  /** Whether a destination lies outside; undefined: no rule asks, or it does not depend on the call. */
  readonly outside: IrCondition | undefined;
  /** Arguments beyond `params` are no fault. */
  readonly open: boolean;
  /** SHA-256 (hex) of the definition that was pinned. */
  readonly definition: string | undefined;
  readonly isSource: boolean;
  readonly gives: IrGives | undefined;
  readonly block: IrBlock | undefined;
  /** `require prior` rules that name this tool, and what they read of its calls: keys, then values. */
  readonly evidence: readonly { readonly rule: number; readonly reads: readonly IrRead[] }[];
  /** Rules that name it behind `since`, by their number among those that have one. */
  readonly since: readonly number[];
}
/** Which labels a call gives; sets are bits by a label's number. */
export interface IrGives {
  readonly always: bigint;
  /** Carried by fields of the result only. */
  readonly alwaysPart: bigint;
  /** `part`: carried by a field only. */
  readonly conditional: readonly { readonly labels: bigint; readonly part: boolean; readonly when: IrCondition }[];
  readonly fields: readonly { readonly labels: bigint; readonly path: readonly string[] }[];
  /** `untrusted`, for a call of level read or execute, or an external one, unless `trusted` is true. */
  readonly untrusted: bigint;
  readonly external: boolean;
  readonly trusted: IrCondition | undefined;
}
/** Levels that depend on a condition. */
export interface IrCases {
  readonly always: readonly Level[];
  readonly cases: readonly { readonly level: Level; readonly when: IrCondition }[];
  readonly riskByLevel: boolean;
}
export interface IrVariant {
  readonly tool: number;
  readonly levels: readonly Level[];
  readonly risk: Risk;
  readonly block: IrBlock | undefined;
}
export interface IrRead {
  /** `row`: of each row of the result. */
  readonly moment: "call" | "result" | "row";
  /** The elements of a list are meant. */
  readonly list: boolean;
  /** A value, or a condition of which the row keeps the truth. */
  readonly read: Operand | { readonly kind: "truth"; readonly condition: IrCondition };
}

// ── conditions

export type Operand =
  | { readonly kind: "slot"; readonly slot: number; readonly member: string | undefined }
  /** The element a quantifier stands on (or a result's root, depth RESULT_ROOT), then child indexes. */
  | {
      readonly kind: "element";
      readonly depth: number;
      readonly path: readonly number[];
      readonly member: string | undefined;
    }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly value: Decimal }
  | { readonly kind: "count"; readonly list: Operand }
  | {
      readonly kind: "blast";
      readonly environment: Operand | undefined;
      readonly count: Operand | undefined;
      readonly rollback: Operand | undefined;
    }
  | {
      readonly kind: "arithmetic";
      readonly op: ArithmeticOp;
      readonly as: Computed;
      readonly of: readonly [Operand, Operand];
    }
  | { readonly kind: "pick"; readonly op: "min" | "max"; readonly as: Computed; readonly of: readonly Operand[] }
  /** `path`: child indexes below each element. */
  | {
      readonly kind: "fold";
      readonly op: "sum" | "min" | "max";
      readonly as: Computed;
      readonly list: Operand;
      readonly path: readonly number[];
    }
  /** The value of a key of a map, then child indexes below it. */
  | {
      readonly kind: "lookup";
      readonly map: Operand;
      readonly key: string;
      readonly path: readonly number[];
      readonly member: string | undefined;
    }
  /** A bound record of the request, member by member. */
  | { readonly kind: "record"; readonly whole: Operand; readonly members: readonly Operand[] }
  /** A value kept in the evidence row, or in an item of it. */
  | { readonly kind: "row" | "item"; readonly index: number };

export type ArithmeticOp = "+" | "-" | "*";
/** What a result must be a value of. */
export type Computed = "number" | "date" | "time" | "duration";

export type IrCondition =
  | { readonly op: "constant"; readonly value: boolean }
  | { readonly op: "and" | "or"; readonly parts: readonly IrCondition[] }
  | { readonly op: "not"; readonly part: IrCondition }
  /** The session has one of these labels. */
  | { readonly op: "labelled"; readonly labels: bigint }
  /** `is`: as `has`, but unknown where the value is. */
  | { readonly op: "has" | "is" | "holds"; readonly value: Operand }
  | {
      readonly op: "compare";
      readonly sign: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly op: "member"; readonly item: Operand; readonly values: readonly Operand[] }
  | { readonly op: "host_in"; readonly item: Operand; readonly patterns: readonly string[] }
  | { readonly op: "ip_in"; readonly item: Operand; readonly ranges: readonly string[] }
  | {
      readonly op: "matches";
      readonly item: Operand;
      readonly style: "text" | "path";
      readonly globs: readonly string[];
    }
  | { readonly op: "regex"; readonly item: Operand; readonly source: string; readonly ignoreCase: boolean }
  | { readonly op: "under"; readonly item: Operand; readonly prefix: Operand }
  | { readonly op: "contains" | "starts_with"; readonly item: Operand; readonly text: string }
  | { readonly op: "level_is"; readonly levels: readonly Level[]; readonly exact: boolean }
  | { readonly op: "level_has"; readonly levels: readonly Level[] }
  | { readonly op: "risk_is"; readonly risks: readonly Risk[] }
  | { readonly op: "external" }
  /** Whose rules are asked is one of these, by number, of `count` agents. */
  | { readonly op: "agent_is"; readonly agents: readonly number[]; readonly count: number }
  /** Whose rules are asked was delegated to by this agent. */
  | { readonly op: "acts_for"; readonly agent: number }
  | { readonly op: "includes"; readonly list: Operand; readonly item: Operand }
  | { readonly op: "subset" | "overlaps"; readonly list: Operand; readonly set: Operand }
  | {
      readonly op: "quantifier";
      readonly quantifier: "every" | "any" | "no";
      /** An absent list is unknown, not empty. */
      readonly strict: boolean;
      readonly depth: number;
      readonly lists: readonly Operand[];
      readonly body: IrCondition;
    };

// ── the classifier

export type IrField =
  | {
      readonly kind: "number";
      readonly slot: number;
      readonly member: string | undefined;
      readonly thresholds: readonly Decimal[];
      /** Where a value that is a threshold belongs: nothing tells it from what lies on that side, or it has a class of its own. */
      readonly equal: "below" | "above" | "own";
    }
  | {
      readonly kind: "symbol";
      readonly slot: number;
      readonly member: string | undefined;
      readonly texts: readonly string[];
    }
  | { readonly kind: "bool"; readonly slot: number; readonly member: string | undefined }
  | { readonly kind: "has"; readonly slot: number }
  | {
      readonly kind: "host";
      readonly slot: number;
      readonly member: string | undefined;
      readonly patterns: readonly string[];
    }
  | { readonly kind: "tool" }
  /** `count`: of all agents. */
  | { readonly kind: "agent"; readonly count: number };

/** A conjunction of one rule: all literals accept, and the residual is true (or, `possible`, not false). */
export interface IrTerm {
  readonly rule: number;
  /** `carry`: obligations of an allow that may not grant; of a delegation, that a line admits the call. */
  readonly purpose: "effect" | "carry";
  readonly polarity: "certain" | "possible";
  /** By field: 1 for each of its classes that is accepted. */
  readonly literals: readonly { readonly field: number; readonly accepts: Uint8Array }[];
  readonly residual: IrCondition | undefined;
}
export interface IrBlock {
  readonly fields: readonly IrField[];
  readonly terms: readonly IrTerm[];
}

export interface IrApproval {
  readonly roles: readonly string[] | undefined;
  readonly quorum: number;
  readonly expires: number | undefined;
  readonly once: boolean;
  readonly orRequester: boolean;
  /** The whole action is bound; else what `binds(…)` lists, named so. */
  readonly whole: boolean;
  readonly named?: readonly string[];
  readonly binds: readonly Operand[];
}
export interface IrRule {
  readonly name: string;
  readonly kind:
    | "allow"
    | "deny"
    | "oblige"
    | "require_prior"
    | "require_approval"
    | "require_grounded"
    | "require_scope"
    | "require_that"
    | "budget"
    | "loop"
    | "flow"
    | "delegation"
    | "inspect";
  /** Indexes into `tools`. */
  readonly targets: readonly number[];
  /** It is asked at calls: rules about what comes in are not, nor those that were asked when the contract was checked. */
  readonly isAboutCalls: boolean;
  /** Targets that count for some calls only, for explanations: the classifier has them as variants. */
  readonly narrowed: readonly { readonly tool: number; readonly condition: IrCondition }[];
  /** Whom it holds for, when not for all. */
  readonly agent: { readonly number: number; readonly condition: IrCondition } | undefined;
  readonly because: string | undefined;
  readonly suggest: Suggestion | undefined;
  readonly maps: readonly string[];
  /** Until when it is only observed, in milliseconds; undefined: it is enforced. */
  readonly observed: number | "for good" | undefined;
  readonly when: IrCondition | undefined;
  /** What happens where it is not satisfied; `approval` and `obligations` below say more of it. */
  readonly otherwise: readonly OutcomePartKind[];
  readonly approval: IrApproval | undefined;
  /** Indexes into `obligations`: of an allow or oblige, or of the outcome. */
  readonly obligations: readonly number[];
  /** Indexes into `budgets`, carried alike: in each of them the call must have room. */
  readonly rates: readonly number[];
  /** That its outcome gives. */
  readonly labels: bigint;
  readonly detail: IrDetail | undefined;
  /** The atoms of `when`, with their text, for explanations. */
  readonly atoms: readonly { readonly text: string; readonly condition: IrCondition }[];
}
export type IrDetail =
  /** Of `require that` and `require scope`: what must be true. */
  | { readonly kind: "that"; readonly condition: IrCondition }
  /** Of a flow by value. `every`: each of the sets has a label that the arguments hold a value of; else one has. */
  | { readonly kind: "values"; readonly every: boolean; readonly labels: readonly bigint[] }
  | {
      readonly kind: "prior";
      readonly index: number;
      readonly negated: boolean;
      readonly completion: "ok" | "allowed";
      readonly tools: readonly number[];
      readonly within: number | undefined;
      readonly where: IrCondition | undefined;
      /** Pairs of an argument of the earlier call and the one of this call that it has to equal. */
      readonly matching: readonly (readonly [earlier: string, current: string])[];
      readonly current: readonly Operand[];
      readonly kinds: readonly ("one" | "list" | "row")[];
      /** How many values `where` reads, of the call and of one row of its result. */
      readonly values: number;
      readonly rowValues: number;
      readonly readsRows: boolean;
      readonly whereRows: boolean;
      /** Its number among the rules with `since`. */
      readonly since: number | undefined;
    }
  | {
      readonly kind: "grounded";
      readonly values: readonly {
        readonly slot: number;
        readonly class: GroundingClass;
        /** The tokens in its texts are meant. */
        readonly tokens: boolean;
      }[];
      readonly user: boolean;
      /** The principal's own identifiers. */
      readonly self: readonly { readonly slot: number; readonly class: GroundingClass }[];
      readonly sources: readonly number[];
      /** The bit of its marks; undefined: it has none, as no result is a source. */
      readonly mark: number | undefined;
      /** Classes of what is marked for it. */
      readonly planted: readonly TraceClass[];
    }
  | { readonly kind: "budget"; readonly index: number }
  /** Agents by number. A line admits what its condition is true of. */
  | {
      readonly kind: "delegation";
      readonly from: number;
      readonly to: number;
      readonly depth: number;
      readonly ttl: number | undefined;
      readonly lines: readonly {
        readonly targets: readonly number[];
        readonly narrowed: IrRule["narrowed"];
        readonly when: IrCondition | undefined;
      }[];
    }
  /** Kinds of finding, one of which is enough. */
  | { readonly kind: "inspection"; readonly kinds: readonly number[] }
  | { readonly kind: "loop"; readonly what: Loop["what"]; readonly steps: readonly IrLoopStep[] };

/** What happens where it is reached; the approval is the rule's. */
export interface IrLoopStep {
  readonly count: number;
  readonly calls: number;
  readonly otherwise: readonly OutcomePartKind[];
  /** Indexes into `obligations`. */
  readonly obligations: readonly number[];
  /** Indexes into `budgets`. */
  readonly rates: readonly number[];
  readonly labels: bigint;
}

/** What is counted where: of a budget, one counter in its ledger; `ofDelegator`: per agent or team, in that of whom it is spent for. */
export interface IrBudget {
  readonly ledger: BudgetLedger;
  readonly ofDelegator: boolean;
  readonly window: Window | undefined;
  /** Undefined: each call counts for one. */
  readonly measure: Operand | undefined;
  /** The figure that the result names in the measure's place. */
  readonly actual: Operand | undefined;
  readonly scale: number;
  /** In units of 10^−scale. */
  readonly limit: bigint;
}

export type GroundingClass = "id" | "number" | "email" | "url" | "host" | "text";
/** Beside the classes of values: numbers read as minor units, words of what is searched, hosts that could ground a Url. */
export type TraceClass = GroundingClass | "amount" | "word" | "site";
export interface IrSource {
  readonly tool: number;
  /** Of an argument instead of the result: its slot, and when the call is trusted; undefined: always. */
  readonly argument: { readonly slot: number; readonly trusted: IrCondition | undefined } | undefined;
  /** Child indexes below the result, lists entered. */
  readonly path: readonly number[];
  readonly class: GroundingClass;
  /** Its tokens stand in texts. */
  readonly contains: boolean;
  readonly money: boolean;
  /** The argument that names the result; `bit`: its number among all such arguments. */
  readonly named: { readonly slot: number; readonly class: GroundingClass; readonly bit: number } | undefined;
}

/** Element register of a result's root (runtime/kernel/assembly/evidence.ts). */
export const RESULT_ROOT = 79;
/** And that of the row of it that is read. */
export const RESULT_ELEMENT = 78;
/** Slots of the envelope come first (runtime/kernel/assembly/value.ts). */
export const FIRST_FREE_SLOT = 48;
