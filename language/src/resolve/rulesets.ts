/**
 * `use "std/secrets"`: rules from another text, which the caller hands in. They become statements of the contract, under the ruleset's name
 * (`secrets.env_files`), so that nothing of them can collide; what stands in a ruleset narrows, unless the contract says `granting`.
 *
 * Spans of a ruleset lie behind those of the contract, one text after the other; `placed` puts diagnostics back into their own text.
 */
import { type Diagnostic, error, type Label, list, quote, type Report } from "../diagnostics/diagnostic.ts";
import type { Source, Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { type Parsed, parse } from "../syntax/parse.ts";
import type { UsedRuleset } from "../types/declared.ts";
import { byBytes } from "./order.ts";

export type RulesetRead =
  | { readonly ok: true; readonly source: Source }
  /** One line: what could not be read, and why. */
  | { readonly ok: false; readonly message: string };
/** A ruleset by what stands behind `use`: a name of the shelf, or a path relative to the contract (`./team.contract`). */
export type RulesetFiles = (name: string) => RulesetRead;

/** A text and where its spans begin. */
interface Text {
  readonly source: Source;
  readonly from: number;
}
/** With the place of its name behind `use`. */
export type UsedHere = UsedRuleset & { readonly span: Span };
export interface Joined {
  readonly statements: readonly Ast.Statement[];
  readonly used: readonly UsedRuleset[];
  readonly usedHere: readonly UsedHere[];
  /** Whether a word stands in one of the texts. */
  readonly has: (word: string) => boolean;
  /** In the text that each of them is about. What is only to be noted of a ruleset is its author's to know, and left out. */
  readonly placed: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
}

const SHARED: ReadonlySet<Ast.Statement["kind"]> = new Set(["rule", "let", "labels", "fact", "broken"]);
/** Of a ruleset alone: its tests, and the world that they stand in. */
const OWN: ReadonlySet<Ast.Statement["kind"]> = new Set(["test", "given", "owner"]);

/** The contract's own statements, with those of the rulesets that it uses. */
export function joinRulesets(parsed: Parsed, source: Source, files: RulesetFiles | undefined, report: Report): Joined {
  if (parsed.contract?.kind === "ruleset") return alone(parsed, source, report);
  const texts: Text[] = [];
  const used: UsedHere[] = [];
  const added: Ast.Statement[] = [];
  const own = parsed.statements.filter((node) => node.kind !== "use_rulesets");
  const facts = new Set(own.flatMap((node) => (node.kind === "fact" ? [spell(node.path.names)] : [])));
  let from = source.text.length + 1;
  for (const item of parsed.statements.flatMap((node) => (node.kind === "use_rulesets" ? node.items : []))) {
    const read = readRuleset(item, files, report);
    if (read === undefined) continue;
    const text: Text = { source: read, from };
    from += read.text.length + 1;
    texts.push(text);
    const ruleset = readStatements(item, text, report);
    if (ruleset === undefined) continue;
    const { name, version, alias, statements } = ruleset;
    const before = used.find((other) => other.alias === alias);
    if (before !== undefined) {
      const help = 'give one of them another name: `use "…" as NAME`';
      const related = [{ span: before.span, text: "first here" }];
      report(error("THC2010", `two rulesets are called \`${alias}\``, item.span, "again here", { help, related }));
      continue;
    }
    used.push({ name, version, alias, span: item.span });
    for (const node of statements) {
      // what the contract says of a fact stands, and the same fact twice is one
      if (node.kind === "fact" && facts.has(spell(node.path.names))) continue;
      if (node.kind === "fact") facts.add(spell(node.path.names));
      added.push(node);
    }
  }
  return {
    statements: [...own, ...added],
    usedHere: used,
    used: used.map(({ span: _span, ...one }) => one).sort((a, b) => byBytes(a.alias, b.alias)),
    has: (word) => source.text.includes(word) || texts.some((text) => text.source.text.includes(word)),
    placed: (diagnostics) => diagnostics.flatMap((diagnostic) => placed(diagnostic, texts)),
  };
}

/** A ruleset by itself, as its author checks and tests it: what is given stands beside it. */
function alone({ statements }: Parsed, { text }: Source, report: Report): Joined {
  reportForeign(statements, report);
  const shown = statements.flatMap((node): Ast.Statement[] =>
    node.kind === "given" ? [node.statement] : node.kind === "rule" ? [{ ...node, isShared: true }] : [node],
  );
  return {
    statements: shown.filter((node) => node.kind !== "use_rulesets"),
    used: [],
    usedHere: [],
    has: (word) => text.includes(word),
    placed: (diagnostics) => diagnostics,
  };
}

function reportForeign(statements: readonly Ast.Statement[], report: Report): void {
  for (const node of statements) {
    if (SHARED.has(node.kind) || OWN.has(node.kind)) continue;
    const help = "a ruleset has rules, `let`, `labels` and `fact`; what its tests need stands behind `given`";
    report(error("THC2110", "this has no place in a ruleset", node.span, "belongs to a contract", { help }));
  }
}

function readRuleset(item: Ast.UseRuleset, files: RulesetFiles | undefined, report: Report): Source | undefined {
  const { value, span } = item.name;
  if (files === undefined) {
    const help = "the command line brings them; a program hands them to `check`";
    return void report(error("THC2020", "there are no rulesets to read this from", span, "", { help }));
  }
  const read = files(value);
  return read.ok ? read.source : void report(error("THC2020", read.message, span));
}

type Ruleset = UsedRuleset & { readonly statements: readonly Ast.Statement[] };

function readStatements(item: Ast.UseRuleset, { source, from }: Text, report: Report): Ruleset | undefined {
  const there: Report = (diagnostic) => report(moved(diagnostic, from));
  const parsed = parse(source, there);
  if (parsed.contract === undefined) return undefined;
  if (parsed.contract.kind !== "ruleset") {
    const help = 'a ruleset begins with `ruleset "NAME" version "…" {`';
    return void report(
      error("THC2111", `${quote(item.name.value)} is no ruleset`, item.name.span, "a contract", { help }),
    );
  }
  const name = parsed.contract.name.value;
  const alias = item.alias?.text ?? name.split("/").at(-1)!;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(alias)) {
    const help = 'name it here: `use "…" as NAME`';
    return void report(error("THC2111", `${quote(name)} does not end on a name`, item.name.span, "", { help }));
  }
  reportForeign(parsed.statements, there);
  const shared = parsed.statements.filter((node) => SHARED.has(node.kind));
  const grants = shared.filter((node) => node.kind === "rule" && node.head.kind === "allow");
  const [first] = grants;
  if (!item.granting && first !== undefined) {
    const names = grants.map((node) => (node.kind === "rule" ? node.name.text : ""));
    const help = 'if it may, say so: `use "…" granting`';
    const related: Label[] = [{ span: shifted(first.span, from), text: "an `allow`" }];
    const message = `${quote(name)} grants, by ${list(names, "and")}`;
    report(error("THC2112", message, item.span, "a ruleset only narrows", { help, related }));
  }
  const version = parsed.contract.version.value;
  return { name, version, alias, statements: qualified(shared, alias).map((node) => displaced(node, from)) };
}

// ── names

/** Rules, `let`s and labels of a ruleset are called `ALIAS.NAME`, where they are declared and where they are meant. */
function qualified(statements: readonly Ast.Statement[], alias: string): readonly Ast.Statement[] {
  const lets = new Set(statements.flatMap((node) => (node.kind === "let" ? [node.name.text] : [])));
  const labels = new Set(
    statements.flatMap((node) => (node.kind === "labels" ? node.chains.flat().map((word) => word.text) : [])),
  );
  const full = (word: Ast.Word): Ast.Word => ({ ...word, text: `${alias}.${word.text}` });
  const rename = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((part) => rename(part, key));
    if (typeof value !== "object" || value === null) return value;
    const node = value as { readonly kind?: unknown; readonly names?: readonly Ast.Word[]; readonly text?: unknown };
    if (key === "label" && typeof node.text === "string" && labels.has(node.text)) return full(value as Ast.Word);
    const [only, ...others] = node.kind === "path" ? (node.names ?? []) : [];
    if (only !== undefined && others.length === 0 && lets.has(only.text)) return { ...node, names: [full(only)] };
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rename(part, name)]));
  };
  return statements.map((node): Ast.Statement => {
    switch (node.kind) {
      case "rule":
        return { ...(rename(node, "") as Ast.RuleNode), name: full(node.name), isShared: true };
      case "let":
        return { ...node, name: full(node.name) };
      case "labels":
        return { ...node, chains: node.chains.map((chain) => chain.map(full)) };
      default:
        return node;
    }
  });
}

const spell = (words: readonly Ast.Word[]): string => words.map((word) => word.text).join(".");

// ── places

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function displaced<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((part) => displaced(part, by)) as T;
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value).map(([key, part]) => [
    key,
    key === "span" ? shifted(part as Span, by) : displaced(part, by),
  ]);
  return Object.fromEntries(parts) as T;
}

function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  const label = (one: Label): Label => ({ ...one, span: shifted(one.span, by) });
  return { ...diagnostic, primary: label(diagnostic.primary), related: diagnostic.related.map(label) };
}

function placed(diagnostic: Diagnostic, texts: readonly Text[]): readonly Diagnostic[] {
  const label = (one: Label): Label => {
    const text = texts.findLast(({ from }) => one.span.start >= from);
    return text === undefined ? one : { ...one, span: shifted(one.span, -text.from), source: text.source };
  };
  const primary = label(diagnostic.primary);
  if (primary.source !== undefined && diagnostic.severity === "warning") return [];
  return [{ ...diagnostic, primary, related: diagnostic.related.map(label) }];
}
