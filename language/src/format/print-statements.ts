/**
 * Statements as a first line, parts that may each take a line of their own, and an end. Where lines break, and where comments go, is
 * `print.ts`.
 */
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { unreachable } from "../unreachable.ts";
import * as P from "./print-nodes.ts";

export interface Printed {
  readonly head: string;
  readonly parts: readonly Part[];
  /** Closes what the head opened; empty when nothing is open. */
  readonly end: string;
  /** Between the head and the parts, and the parts and the end, when all stand on one line. */
  readonly pad: string;
  /** Between parts on one line, and behind each but the last on lines of their own. */
  readonly separator: string;
  readonly isAlwaysBroken: boolean;
}
export interface Part {
  readonly text: string;
  readonly span: Span;
  /** Stays on the line of what stands before it while it fits there. */
  readonly joins: boolean;
  /** A statement inside this one, on lines of its own; `text` is then empty. */
  readonly nested?: Printed;
}
const JOINING: ReadonlySet<Ast.Clause["kind"]> = new Set([
  "for",
  "on",
  "of",
  "per",
  "matching",
  "since",
  "within",
  "from",
  "maps",
  "by value",
]);

type Whole = Exclude<Ast.Statement, Ast.BrokenNode>;
const plain = (head: string): Printed => ({ head, parts: [], end: "", pad: "", separator: "", isAlwaysBroken: false });

export function printStatement(node: Whole): Printed {
  switch (node.kind) {
    case "owner":
      return plain(`owner ${P.text(node.owner)}`);
    case "fact": {
      const range = node.range && ` in ${P.operand(node.range.low)}..${P.operand(node.range.high)}`;
      return plain(`fact ${P.operand(node.path)}: ${P.type(node.type)}${range ?? ""}`);
    }
    case "let": {
      const { value } = node;
      const shown = value.kind === "set" ? `${P.word(value.set)} [${P.texts(value.values)}]` : P.letValue(value);
      return plain(`let ${P.word(node.name)} = ${shown}`);
    }
    case "state":
      return {
        head: "state {",
        parts: node.items.map(({ table, rows, span }) => ({
          text: `${P.word(table)} ${P.operand(rows)}`,
          span,
          joins: false,
        })),
        end: "}",
        pad: " ",
        separator: " ",
        isAlwaysBroken: false,
      };
    case "observe":
      return plain(printObserve(node));
    case "decision":
      return plain(`decision valid ${node.valid.text}`);
    case "labels":
      return plain(`labels ${node.chains.map((chain) => P.words(chain, " < ")).join(", ")}`);
    case "use_registry":
      return plain(`use registry ${node.items.map(registryItem).join(", ")}`);
    case "inside":
      return plain(`inside ${P.word(node.set.set)} [${P.texts(node.set.values)}]`);
    case "use_tools": {
      const pin = node.pin === undefined ? "" : ` pin ${P.text(node.pin)}`;
      return plain(`use tools ${P.text(node.file)} as ${P.word(node.alias)}${pin}`);
    }
    case "use_rulesets":
      return plain(`use ${node.items.map(printUse).join(", ")}`);
    case "given": {
      const printed = printStatement(node.statement);
      return { ...printed, head: `given ${printed.head}` };
    }
    case "classify":
      return plain(`classify ${node.tools.map(P.pattern).join(", ")}${printFlags(node.flags)}`);
    case "refine": {
      const { what } = node;
      const of = P.pattern(node.of);
      if (what.kind === "flag") return plain(`refine ${of} ${printFlag(what.flag)}`);
      return plain(`refine ${of}: ${P.type(what.type)}${what.dest ? " dest" : ""}`);
    }
    case "agent":
      return {
        head: `agent ${P.word(node.name)} {`,
        parts: node.body.map((part) =>
          part.kind !== "item"
            ? { text: "", span: part.span, joins: false, nested: printStatement(part) }
            : { text: `${P.word(part.word)} ${P.texts(part.values)}`, span: part.span, joins: false },
        ),
        end: "}",
        pad: " ",
        separator: " ",
        isAlwaysBroken: node.body.some((part) => part.kind !== "item"),
      };
    case "delegate": {
      const from = node.from === undefined ? "" : ` from ${P.word(node.from)}`;
      return {
        head: `delegate${from} to ${P.word(node.to)} {`,
        parts: node.items.map((item) => ({ text: delegateItem(item), span: item.span, joins: false })),
        end: "}",
        pad: " ",
        separator: " ",
        isAlwaysBroken: true,
      };
    }
    case "tool":
      return {
        head: `tool ${P.words(node.name, ".")}(`,
        parts: node.params.map((param) => ({
          text: `${P.word(param.name)}: ${P.type(param.type)}${param.dest ? " dest" : ""}`,
          span: param.span,
          joins: false,
        })),
        end: `)${printFlags(node.flags)}`,
        pad: "",
        separator: ", ",
        isAlwaysBroken: false,
      };
    case "rule":
      return printRule(node);
    case "test":
      return {
        head: `test ${P.text(node.name)} {`,
        parts: node.steps.map((step) => ({ text: printStep(step), span: step.span, joins: false })),
        end: "}",
        pad: " ",
        separator: " ",
        isAlwaysBroken: true,
      };
    default:
      return unreachable(node);
  }
}

/** Each may take a line of its own. */
function loopSteps(head: Ast.Head): readonly Part[] {
  if (head.kind !== "loop") return [];
  return head.steps.map(({ count, calls, outcomes, span }, i) => {
    const text = `${P.operand(count)} in ${P.operand(calls)} calls then ${P.outcomes(outcomes)}`;
    return { text: i < head.steps.length - 1 ? `${text},` : text, span, joins: i === 0 };
  });
}

const printObserve = ({ until }: Ast.ObserveNode): string =>
  until === undefined ? "observe" : `observe until ${until.text}`;

const printRule = (node: Ast.RuleNode): Printed => ({
  head: `${P.word(node.name)}: ${node.observe === undefined ? "" : `${printObserve(node.observe)} `}${printHead(node.head)}`,
  parts: [
    ...loopSteps(node.head),
    ...node.clauses.map((clause) => ({
      text: printClause(clause),
      span: clause.span,
      joins: JOINING.has(clause.kind),
    })),
  ],
  end: "",
  pad: " ",
  separator: " ",
  isAlwaysBroken: false,
});

function delegateItem(item: Ast.DelegateItem): string {
  switch (item.kind) {
    case "only":
      return `only ${P.targets(item.targets)}${item.condition === undefined ? "" : ` when ${P.condition(item.condition)}`}`;
    case "budgets":
      return `budgets ${item.share.text}`;
    case "depth":
      return `depth ${P.operand(item.count)}`;
    case "ttl":
      return `ttl ${item.duration.text}`;
    default:
      return unreachable(item);
  }
}

function registryItem({ provider, services }: Ast.RegistryItem): string {
  if (services === undefined) return `${P.word(provider)}.*`;
  return `${P.word(provider)}.${services.length === 1 ? P.words(services) : `{${P.words(services)}}`}`;
}

function printUse({ name, alias, granting }: Ast.UseRuleset): string {
  return `${P.text(name)}${alias === undefined ? "" : ` as ${P.word(alias)}`}${granting ? " granting" : ""}`;
}

const printFlags = (flags: readonly Ast.FlagNode[]): string => flags.map((flag) => ` ${printFlag(flag)}`).join("");

function printFlag(flag: Ast.FlagNode): string {
  switch (flag.kind) {
    case "words":
      return flag.items
        .map(({ word, when }) => (when === undefined ? P.word(word) : `${P.word(word)} when ${P.condition(when)}`))
        .join(", ");
    case "risk":
      return `risk ${P.word(flag.risk)}`;
    case "is":
      return `is ${flag.action.text}`;
    case "level of":
    case "risk of":
      return `${flag.kind} ${P.word(flag.argument)}`;
    case "gives":
      return `gives ${flag.items.map(givesItem).join(", ")}`;
    case "accepts":
      return `accepts ${P.word(flag.label)}`;
    case "returns":
      return `returns ${P.type(flag.type)}`;
    default:
      return unreachable(flag);
  }
}

function givesItem({ label, from, when }: Ast.GivesItem): string {
  const field = from === undefined ? "" : ` from ${P.operand(from)}`;
  return `${P.word(label)}${field}${when === undefined ? "" : ` when ${P.condition(when)}`}`;
}

function printHead(head: Ast.Head): string {
  switch (head.kind) {
    case "allow":
    case "deny":
    case "oblige":
      return `${head.kind} ${P.targets(head.targets)}`;
    case "prior": {
      const tools = head.tools.map(P.pattern).join(" or ");
      return `require ${head.negated ? "no " : ""}prior ${head.completion} ${head.tools.length > 1 ? `(${tools})` : tools}`;
    }
    case "approval":
      return "require approval";
    case "scope":
      return `require scope ${P.text(head.scope)}`;
    case "that":
      return `require that ${P.condition(head.condition)}`;
    case "grounded":
      return `require grounded ${head.values.map(P.grounded).join(", ")} in ${head.sources.map(P.source).join(", ")}`;
    case "flow": {
      const labels = head.labels.map(({ above, label }) => `${above ? "above " : ""}${flowWord(label)}`);
      return `flow ${labels.join(` ${head.join} `)} into ${P.targets(head.targets)}`;
    }
    case "budget":
      return `budget ${P.operand(head.limit)}`;
    case "loop":
      return `loop ${head.what}`;
    case "inspect": {
      const classes = head.classes.length === 0 ? "" : `(${P.words(head.classes)})`;
      const sought = `${P.word(head.inspector)}${classes} >= ${P.word(head.atLeast)}`;
      return `inspect ${P.word(head.what)} of ${P.targets(head.targets)} for ${sought}`;
    }
    default:
      return unreachable(head);
  }
}

/** A label called `above` would read as the word. */
const flowWord = (label: Ast.Word): string => (label.text === "above" ? "`above`" : P.word(label));

function printClause(clause: Ast.Clause): string {
  switch (clause.kind) {
    case "for":
    case "on":
      return `${clause.kind} ${P.targets(clause.targets)}`;
    case "since":
      return `since last ${P.targets(clause.targets)}`;
    case "matching":
      return `matching ${clause.keys.map(printKey).join(", ")}`;
    case "within":
      return `within ${clause.duration.text}`;
    case "where":
    case "when":
      return `${clause.kind} ${P.condition(clause.condition)}`;
    case "with":
      return `with ${P.obligations(clause.obligations)}`;
    case "from":
      return P.approvers(clause.approvers);
    case "else":
    case "then":
      return `${clause.kind} ${P.outcomes(clause.outcomes)}`;
    case "by value":
      return "by value";
    case "of":
      return `of ${P.operand(clause.measure)}`;
    case "per":
      return `per ${"kind" in clause.ledger ? clause.ledger.text : P.word(clause.ledger)}`;
    case "because":
      return `because ${P.text(clause.text)}`;
    case "suggest":
      return `suggest ${"kind" in clause.instead ? clause.instead.text : P.text(clause.instead)}`;
    case "maps":
      return `maps ${clause.tags.map((tag) => (tag.quoted ? P.text(tag) : P.word({ text: tag.value }))).join(", ")}`;
    default:
      return unreachable(clause);
  }
}

const printKey = ({ current, prior, isIn }: Ast.KeyNode): string =>
  prior === undefined ? P.operand(current) : `${P.operand(current)} ${isIn ? "in" : "="} ${P.operand(prior)}`;

const printCall = ({ tool, args }: Ast.CallNode): string => `${P.words(tool, ".")}(${P.entries(args)})`;

/** A rule that is called `only` is written so that it is no word. */
const ruleName = (name: Ast.RuleName): string =>
  name.length === 1 && name[0]!.text === "only" ? "`only`" : P.words(name, ".");

function printStep(step: Ast.StepNode): string {
  switch (step.kind) {
    case "as":
      return `as ${P.word(step.agent)}${step.of === undefined ? "" : ` for ${P.word(step.of)}`}${step.scopes.length === 0 ? "" : ` scopes ${P.texts(step.scopes)}`}`;
    case "fact":
      return `fact ${P.operand(step.path)} = ${P.operand(step.value)}`;
    case "at":
      return `at ${P.text(step.time)}`;
    case "after":
      return `after ${step.duration.text}`;
    case "user_says":
      return `user says ${P.text(step.text)}`;
    case "prior": {
      const returns = step.returns === undefined ? "" : ` returns ${P.operand(step.returns)}`;
      return `prior ${printCall(step.call)} ${step.ok ? "ok" : "failed"}${returns}`;
    }
    case "attempt":
    case "call":
      return `${step.kind} ${printCall(step.call)}`;
    case "result":
      return `result ${P.operand(step.value)}`;
    case "chunk":
      return `chunk ${P.text(step.text)}${step.last ? " last" : ""}`;
    case "approved":
      return `approved ${P.words(step.rule, ".")} by ${P.text(step.by)}${step.role === undefined ? "" : ` role ${P.word(step.role)}`}`;
    case "expect": {
      const only = step.only ? "only " : "";
      // a rule of that name would read as the word
      const rules = step.by.map(ruleName).join(", ");
      const by = step.by.length === 0 ? "" : ` by ${only}${rules}`;
      const obligations = step.obligations.length === 0 ? "" : ` with ${P.obligations(step.obligations)}`;
      const observed = step.observed.length === 0 ? "" : ` observed ${step.observed.map(ruleName).join(", ")}`;
      return `expect ${P.word(step.outcome)}${by}${obligations}${observed}`;
    }
    default:
      return unreachable(step);
  }
}
