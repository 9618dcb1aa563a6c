/**
 * The syntax tree: the contract as written, with a span on every node. Names are not resolved, words not checked, clauses stand in
 * the order of the text. The formatter prints it; the checker turns it into the typed contract (`types/contract.ts`).
 */
import type { Span } from "../source.ts";

interface Node {
  readonly span: Span;
}
/** A name, without its backquotes, or a word in a place where the checker knows the list. */
export interface Word extends Node {
  readonly text: string;
  /** It is a key of a map and stands in quotes: `env["HOME"]`, `{ "HOME": "/root" }`. */
  readonly key?: true;
}
export interface TextNode extends Node {
  readonly value: string;
}

export interface ContractNode extends Node {
  readonly kind: "contract" | "ruleset";
  readonly name: TextNode;
  readonly version: TextNode;
}

export type Statement =
  | OwnerNode
  | AgentNode
  | ToolNode
  | FactNode
  | LetNode
  | UseRegistryNode
  | UseToolsNode
  | UseRulesetsNode
  | GivenNode
  | InsideNode
  | ClassifyNode
  | RefineNode
  | LabelsNode
  | StateNode
  | DecisionNode
  | ObserveNode
  | RuleNode
  | DelegateNode
  | TestNode
  | BrokenNode;

/** A statement that did not parse: its diagnostics are out, and what it would have declared is not reported as unknown. */
export interface BrokenNode extends Node {
  readonly kind: "broken";
  readonly declares:
    | { readonly kind: "tool" | "tools" | "agent" | "fact" | "let" | "rule" | "labels"; readonly name: string }
    | undefined;
  /** Names of the rules inside an agent that did not parse. */
  readonly rules: readonly string[];
}
export interface OwnerNode extends Node {
  readonly kind: "owner";
  readonly owner: TextNode;
}
export interface AgentNode extends Node {
  readonly kind: "agent";
  readonly name: Word;
  readonly body: readonly (AgentItem | RuleNode | DelegateNode)[];
}
/** `delegate from A to B { … }`; inside an agent, which it then is from, `delegate to B { … }`. */
export interface DelegateNode extends Node {
  readonly kind: "delegate";
  readonly from: Word | undefined;
  readonly to: Word;
  readonly items: readonly DelegateItem[];
}
export type DelegateItem =
  | ({ readonly kind: "only"; readonly targets: TargetsNode; readonly condition: Condition | undefined } & Node)
  /** `text` with its `%`. */
  | ({ readonly kind: "budgets"; readonly share: Word } & Node)
  | ({ readonly kind: "depth"; readonly count: NumberNode } & Node)
  | ({ readonly kind: "ttl"; readonly duration: DurationNode } & Node);
/** `id "…", "…"`, `team "…"`, `models "…"`, `hosts "…"`. */
export interface AgentItem extends Node {
  readonly kind: "item";
  readonly word: Word;
  readonly values: readonly TextNode[];
}
export interface ToolNode extends Node {
  readonly kind: "tool";
  readonly name: readonly Word[];
  readonly params: readonly ParamNode[];
  readonly flags: readonly FlagNode[];
}
export interface ParamNode extends Node {
  readonly name: Word;
  readonly type: TypeNode;
  readonly dest: boolean;
}
/** A level, perhaps with its condition, or a flag that is one word. */
export interface FlagItem {
  readonly word: Word;
  readonly when: Condition | undefined;
}
/** `words`: `read`, or `read, write when C`, or `external, delete when C` behind a level; other flags stand alone. */
export type FlagNode =
  | ({ readonly kind: "words"; readonly items: readonly FlagItem[] } & Node)
  | ({ readonly kind: "returns"; readonly type: TypeNode } & Node)
  | ({ readonly kind: "risk"; readonly risk: Word } & Node)
  | ({ readonly kind: "is"; readonly action: ActionNode } & Node)
  /** `level of ARGUMENT`, `risk of ARGUMENT`. */
  | ({ readonly kind: "level of" | "risk of"; readonly argument: Word } & Node)
  | ({ readonly kind: "gives"; readonly items: readonly GivesItem[] } & Node)
  | ({ readonly kind: "accepts"; readonly label: Word } & Node);
/** `aws:s3:DeleteBucket`, or with `*` in it. */
export interface ActionNode extends Node {
  readonly kind: "action";
  readonly text: string;
}
export interface UseRegistryNode extends Node {
  readonly kind: "use_registry";
  readonly items: readonly RegistryItem[];
}
/** `services`: undefined for all of them. */
export interface RegistryItem extends Node {
  readonly provider: Word;
  readonly services: readonly Word[] | undefined;
}
/** `inside hosts ["*.acme.example"]`. */
export interface InsideNode extends Node {
  readonly kind: "inside";
  readonly set: SetNode;
}
/** `use tools "f.json" as orders pin "sha256:…"`. */
export interface UseToolsNode extends Node {
  readonly kind: "use_tools";
  readonly file: TextNode;
  readonly alias: Word;
  readonly pin: TextNode | undefined;
}
/** `use "std/secrets", "./team.contract" as ours granting`. */
export interface UseRulesetsNode extends Node {
  readonly kind: "use_rulesets";
  readonly items: readonly UseRuleset[];
}
export interface UseRuleset extends Node {
  readonly name: TextNode;
  readonly alias: Word | undefined;
  readonly granting: boolean;
}
/** In a ruleset: `given tool fs.read(path: Path) read`, for its own tests alone. */
export interface GivenNode extends Node {
  readonly kind: "given";
  readonly statement: Exclude<Statement, GivenNode | BrokenNode>;
}
/** `classify orders.get_*, orders.list read external`. */
export interface ClassifyNode extends Node {
  readonly kind: "classify";
  readonly tools: readonly PatternNode[];
  readonly flags: readonly FlagNode[];
}
/**
 * `refine orders.lookup.order_id: Id`, where the pattern names tools and an argument, `refine orders.lookup returns { … }`, or
 * `refine orders.lookup gives internal`.
 */
export interface RefineNode extends Node {
  readonly kind: "refine";
  readonly of: PatternNode;
  readonly what:
    | { readonly kind: "argument"; readonly type: TypeNode; readonly dest: boolean }
    | { readonly kind: "flag"; readonly flag: FlagNode };
}
/** `state { evidence 128  tokens 1_024 }`. */
export interface StateNode extends Node {
  readonly kind: "state";
  readonly items: readonly ({ readonly table: Word; readonly rows: NumberNode } & Node)[];
}
/** `decision valid 60s`. */
export interface DecisionNode extends Node {
  readonly kind: "decision";
  readonly valid: DurationNode;
}
/** `labels public < internal, hostile`: chains from the lowest label up; one label is a chain of its own. */
export interface LabelsNode extends Node {
  readonly kind: "labels";
  readonly chains: readonly (readonly Word[])[];
}
/** `L [from FIELD] [when C]`. */
export interface GivesItem extends Node {
  readonly label: Word;
  readonly from: PathNode | undefined;
  readonly when: Condition | undefined;
}
export interface FactNode extends Node {
  readonly kind: "fact";
  readonly path: PathNode;
  readonly type: TypeNode;
  readonly range: { readonly low: NumberNode; readonly high: NumberNode } | undefined;
}
export interface LetNode extends Node {
  readonly kind: "let";
  readonly name: Word;
  /** An expression is put in place where the name is read. */
  readonly value: SetNode | Operand | Exclude<Condition, { readonly kind: "bare" }>;
}
/** `hosts ["a.example"]`. */
export interface SetNode extends Node {
  readonly kind: "set";
  readonly set: Word;
  readonly values: readonly TextNode[];
}

export type TypeNode =
  | ({ readonly kind: "named"; readonly name: Word; readonly args: readonly TypeNode[] } & Node)
  | ({ readonly kind: "literals"; readonly values: readonly TextNode[] } & Node)
  | ({ readonly kind: "record"; readonly fields: readonly { readonly name: Word; readonly type: TypeNode }[] } & Node)
  | ({ readonly kind: "union"; readonly cases: readonly TypeNode[] } & Node)
  | ({ readonly kind: "optional"; readonly of: TypeNode } & Node);

// ── targets

export interface TargetsNode extends Node {
  readonly include: readonly TargetNode[];
  readonly except: readonly TargetNode[];
}
export type TargetNode =
  | ({ readonly kind: "star" } & Node)
  | ({ readonly kind: "level"; readonly levels: readonly Word[] } & Node)
  | ({ readonly kind: "risk"; readonly op: CompareSign; readonly risk: Word } & Node)
  | PatternNode;
/** A tool name, possibly with globs and braces. */
export interface PatternNode extends Node {
  readonly kind: "pattern";
  readonly pieces: readonly Piece[];
}
/** `text` is literal; a dot between segments is a piece of its own, so that printing knows where backquotes end. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "dot" }
  | { readonly kind: "braces"; readonly choices: readonly (readonly Piece[])[] };

// ── conditions

export type Condition =
  | ({ readonly kind: "and" | "or"; readonly parts: readonly Condition[] } & Node)
  | ({ readonly kind: "not"; readonly part: Condition } & Node)
  | ({ readonly kind: "has"; readonly path: PathNode } & Node)
  | ({ readonly kind: "session has"; readonly label: Word } & Node)
  | ({ readonly kind: "is"; readonly value: Operand; readonly tag: TextNode } & Node)
  | ({
      readonly kind: "quantifier";
      readonly quantifier: "every" | "any" | "no";
      readonly name: Word;
      readonly lists: readonly PathNode[];
      readonly body: Condition;
    } & Node)
  | ({ readonly kind: "relation"; readonly op: Operator; readonly left: Operand; readonly right: Operand } & Node)
  | ({ readonly kind: "bare"; readonly value: Operand } & Node);

export type CompareSign = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type Operator =
  | CompareSign
  | ("in" | "matches" | "under" | "contains" | "starts with")
  | ("subset of" | "overlaps" | "includes");

export interface PathNode extends Node {
  readonly kind: "path";
  readonly names: readonly Word[];
  /** `keys(PATH)`: the keys of a map, as a list. */
  readonly keys?: true;
}
export interface NumberNode extends Node {
  readonly kind: "number";
  /** As written: `-1_000.50`. */
  readonly text: string;
  readonly unit: Word | undefined;
}
export type Operand =
  | PathNode
  | NumberNode
  | ({ readonly kind: "text"; readonly value: string } & Node)
  | ({ readonly kind: "bool"; readonly value: boolean } & Node)
  | DurationNode
  /** `/…/i`, behind `matches`. */
  | ({ readonly kind: "regex"; readonly source: string; readonly flags: string } & Node)
  /** `2026-01-31`, or with a time of day. */
  | ({ readonly kind: "moment"; readonly text: string } & Node)
  | ActionNode
  | ({ readonly kind: "count"; readonly list: PathNode } & Node)
  /** `blast(environment, count, rollback)`; the word alone is a path. */
  | ({ readonly kind: "blast"; readonly facts: readonly PathNode[] } & Node)
  | ArithmeticNode
  | FunctionNode
  | ({ readonly kind: "list"; readonly items: readonly Operand[] } & Node)
  | ({ readonly kind: "record"; readonly entries: readonly Entry[] } & Node);
/** A chain of one strength: `a + b - c`, or `a * b * c`. What stands in parentheses is an operand of its own. */
export interface ArithmeticNode extends Node {
  readonly kind: "arithmetic";
  readonly first: Operand;
  readonly rest: readonly { readonly op: "+" | "-" | "*"; readonly operand: Operand }[];
}
export interface FunctionNode extends Node {
  readonly kind: "function";
  readonly name: "sum" | "min" | "max";
  readonly args: readonly Operand[];
}
export interface DurationNode extends Node {
  readonly kind: "duration";
  readonly text: string;
}
export interface Entry {
  readonly name: Word;
  readonly value: Operand;
}

// ── rules

export interface RuleNode extends Node {
  readonly kind: "rule";
  readonly name: Word;
  /** It is one of a ruleset: for tools that a contract may not have. */
  readonly isShared?: true;
  /** Before the verb: it is only looked at. */
  readonly observe: ObserveNode | undefined;
  readonly head: Head;
  readonly clauses: readonly Clause[];
}
/** `observe`, `observe until 2027-01-01`. */
export interface ObserveNode extends Node {
  readonly kind: "observe";
  readonly until: ({ readonly text: string } & Node) | undefined;
}
export type Head =
  | ({ readonly kind: "allow" | "deny" | "oblige"; readonly targets: TargetsNode } & Node)
  | ({
      readonly kind: "prior";
      readonly negated: boolean;
      readonly completion: "ok" | "allowed";
      readonly tools: readonly PatternNode[];
    } & Node)
  | ({ readonly kind: "approval" } & Node)
  | ({ readonly kind: "scope"; readonly scope: TextNode } & Node)
  | ({ readonly kind: "that"; readonly condition: Condition } & Node)
  | ({
      readonly kind: "grounded";
      readonly values: readonly GroundedNode[];
      readonly sources: readonly SourceNode[];
    } & Node)
  | ({
      readonly kind: "flow";
      readonly join: "and" | "or";
      readonly labels: readonly FlowLabelNode[];
      readonly targets: TargetsNode;
    } & Node)
  | ({ readonly kind: "budget"; readonly limit: NumberNode | DurationNode } & Node)
  | ({
      readonly kind: "inspect";
      /** `args`, `results`, `messages`, `descriptions`. */
      readonly what: Word;
      readonly targets: TargetsNode;
      readonly inspector: Word;
      readonly classes: readonly Word[];
      readonly atLeast: Word;
    } & Node)
  | ({
      readonly kind: "loop";
      readonly what: "same call" | "cycle" | "denied call";
      readonly steps: readonly LoopStepNode[];
    } & Node);
/** `3 in 10 calls then deny`. */
export interface LoopStepNode extends Node {
  readonly count: NumberNode;
  readonly calls: NumberNode;
  readonly outcomes: readonly OutcomeNode[];
}

export interface FlowLabelNode extends Node {
  readonly above: boolean;
  readonly label: Word;
}

export type Clause =
  | ({ readonly kind: "for" | "on" | "since"; readonly targets: TargetsNode } & Node)
  | ({ readonly kind: "matching"; readonly keys: readonly KeyNode[] } & Node)
  | ({ readonly kind: "within"; readonly duration: DurationNode } & Node)
  | ({ readonly kind: "where" | "when"; readonly condition: Condition } & Node)
  | ({ readonly kind: "with"; readonly obligations: readonly ObligationNode[] } & Node)
  | ({ readonly kind: "from"; readonly approvers: ApproversNode } & Node)
  | ({ readonly kind: "else" | "then"; readonly outcomes: readonly OutcomeNode[] } & Node)
  | ({ readonly kind: "by value" } & Node)
  | ({ readonly kind: "of"; readonly measure: Operand } & Node)
  | ({ readonly kind: "per"; readonly ledger: Word | DurationNode } & Node)
  | ({ readonly kind: "because"; readonly text: TextNode } & Node)
  | ({ readonly kind: "suggest"; readonly instead: ActionNode | TextNode } & Node)
  | ({ readonly kind: "maps"; readonly tags: readonly (TextNode & { readonly quoted: boolean })[] } & Node);

/** An argument, or with `urls of`, `emails of` the tokens in its text. */
export interface GroundedNode extends Node {
  readonly path: PathNode;
  readonly tokens: "urls" | "emails" | undefined;
}
/** `user`, `self`, `T.path`, `T@argument`; behind it `contains`, `named by ARGUMENT`. */
export interface SourceNode extends Node {
  readonly path: PathNode;
  readonly argument: Word | undefined;
  readonly contains: boolean;
  readonly namedBy: Word | undefined;
}
/** `a`, `a = prior.args.b`, or with `isIn` `a in prior.result.b`. */
export interface KeyNode extends Node {
  readonly current: PathNode;
  readonly prior: PathNode | undefined;
  readonly isIn: boolean;
}
export interface ObligationNode extends Node {
  readonly name: Word;
  readonly args: readonly ObligationArg[];
}
export interface ObligationArg extends Node {
  readonly value: Operand;
  readonly per: DurationNode | undefined;
}
export type OutcomeNode =
  | ({ readonly kind: "word"; readonly word: Word } & Node)
  | ({ readonly kind: "approval"; readonly approvers: ApproversNode } & Node)
  | ({ readonly kind: "with"; readonly obligations: readonly ObligationNode[] } & Node)
  | ({ readonly kind: "label"; readonly label: Word } & Node)
  | ({ readonly kind: "suspend"; readonly ledger: Word; readonly duration: DurationNode | undefined } & Node);
export interface ApproversNode extends Node {
  /** Undefined: the session's user. */
  readonly roles: readonly Word[] | undefined;
  readonly options: readonly ApprovalOption[];
}
export type ApprovalOption =
  | ({ readonly kind: "quorum"; readonly count: NumberNode } & Node)
  | ({ readonly kind: "expires"; readonly duration: DurationNode } & Node)
  | ({ readonly kind: "binds"; readonly fields: readonly PathNode[] } & Node)
  | ({ readonly kind: "once" | "binds all" | "or requester" } & Node);

// ── tests

export interface TestNode extends Node {
  readonly kind: "test";
  readonly name: TextNode;
  readonly steps: readonly StepNode[];
}
/** A rule's name in full: `support_bot.models` is one that an agent's `models` made. */
export type RuleName = readonly Word[];
export interface CallNode extends Node {
  readonly tool: readonly Word[];
  readonly args: readonly Entry[];
}
export type StepNode =
  | ({
      readonly kind: "as";
      readonly agent: Word;
      /** Whom it acts for. */
      readonly of: Word | undefined;
      readonly scopes: readonly TextNode[];
    } & Node)
  | ({ readonly kind: "fact"; readonly path: PathNode; readonly value: Operand } & Node)
  | ({ readonly kind: "at"; readonly time: TextNode } & Node)
  | ({ readonly kind: "after"; readonly duration: DurationNode } & Node)
  | ({ readonly kind: "user_says"; readonly text: TextNode } & Node)
  | ({
      readonly kind: "prior";
      readonly call: CallNode;
      readonly ok: boolean;
      readonly returns: Operand | undefined;
    } & Node)
  | ({ readonly kind: "attempt" | "call"; readonly call: CallNode } & Node)
  | ({ readonly kind: "result"; readonly value: Operand } & Node)
  | ({ readonly kind: "chunk"; readonly text: TextNode; readonly last: boolean } & Node)
  | ({
      readonly kind: "approved";
      readonly rule: RuleName;
      readonly by: TextNode;
      readonly role: Word | undefined;
    } & Node)
  | ({
      readonly kind: "expect";
      readonly outcome: Word;
      readonly by: readonly RuleName[];
      readonly only: boolean;
      readonly obligations: readonly ObligationNode[];
      readonly observed: readonly RuleName[];
    } & Node);
