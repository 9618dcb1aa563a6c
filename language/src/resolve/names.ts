/**
 * Everything a contract declares, by name, as later stages look it up. Lists are sorted and an index into one is the id that stands
 * in the typed contract. Names of statements that did not parse are kept apart: using one is no second error.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Agent, Fact, Label, Tool } from "../types/contract.ts";
import type { Written } from "../types/written.ts";
import type { Import } from "./imports.ts";
import type { Shelf } from "./inspectors.ts";
import type { Linker } from "./registry.ts";

export interface Names {
  readonly agents: readonly Agent[];
  readonly agentIndex: ReadonlyMap<string, number>;
  readonly tools: readonly Tool[];
  readonly toolIndex: ReadonlyMap<string, number>;
  readonly facts: readonly Fact[];
  readonly factIndex: ReadonlyMap<string, number>;
  readonly labels: readonly Label[];
  readonly labelIndex: ReadonlyMap<string, number>;
  readonly lets: ReadonlyMap<string, Let>;
  /** Rules in the order of their ids. */
  readonly rules: readonly RuleEntry[];
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly imports: readonly Import[];
  /** Names of imported tools that a `classify` is about. */
  readonly classified: ReadonlySet<string>;
  readonly broken: Broken;
  readonly registry: Linker;
  /** What `inspect` can name; undefined: nothing is at hand. */
  readonly inspectors: Shelf | undefined;
  /** What equal texts were typed to. */
  readonly written: Written;
}

/** A rule before it is typed: one that is written, or one that a line of an agent is short for. */
export interface RuleEntry {
  readonly name: string;
  readonly span: Span;
  /** The agent that it stands inside. */
  readonly agent: string | undefined;
  readonly origin:
    | { readonly kind: "written"; readonly node: Ast.RuleNode }
    | { readonly kind: "delegate"; readonly from: Ast.Word; readonly node: Ast.DelegateNode }
    | ShareOrigin
    | LimitOrigin;
}
/** `budgets 10%` of a delegation: of one budget of the delegator. */
export interface ShareOrigin {
  readonly kind: "share";
  readonly from: Ast.Word;
  readonly share: Ast.Word;
  readonly budget: RuleEntry;
}
/** `models "…"` and `hosts "…"` of an agent. */
export interface LimitOrigin {
  readonly kind: "models" | "hosts";
  readonly values: readonly Ast.TextNode[];
}

export interface Let {
  readonly node: Ast.LetNode;
  /** Set when something reads it. */
  used: boolean;
}

/** Names that were declared in vain; `prefixes` are of imported tools. */
export interface Broken {
  readonly agents: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly facts: ReadonlySet<string>;
  readonly lets: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  /** Some `labels` did not parse: an unknown label may be one of them. */
  readonly labels: boolean;
}

/** The name may be one of a statement that did not parse, or of an import: then its absence is no error of its own. */
export function isBrokenTool(name: string, { broken }: Names): boolean {
  return broken.tools.has(name) || broken.prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
}

export const spell = (words: readonly Ast.Word[]): string => words.map((word) => word.text).join(".");
export const spanOf = (words: readonly Ast.Word[]): Span => ({
  start: words[0]?.span.start ?? 0,
  end: words.at(-1)?.span.end ?? 0,
});

/** The index of a tool by its whole name; reported when there is none. */
export function findTool(name: string, span: Span, names: Names, report: Report): number | undefined {
  const index = names.toolIndex.get(name);
  if (index === undefined && !isBrokenTool(name, names)) report(unknownTool(name, span, names));
  return index;
}

/** `others`: what else could stand there. */
export function unknownTool(name: string, span: Span, names: Names, others: readonly string[] = []) {
  return error("THC2001", `unknown tool \`${name}\``, span, "not declared in this contract", {
    help: didYouMean(name, [...names.toolIndex.keys(), ...others]),
  });
}

/** The index of an agent; reported when there is none. */
export function findAgent({ text, span }: Ast.Word, names: Names, report: Report): number | undefined {
  const index = names.agentIndex.get(text);
  if (index !== undefined || names.broken.agents.has(text)) return index;
  const help = didYouMean(text, names.agentIndex.keys());
  return void report(error("THC2002", `unknown agent \`${text}\``, span, "not declared in this contract", { help }));
}
