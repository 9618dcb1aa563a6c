/** Text to typed contract: parse, declare, type, analyse. Several errors a run; a contract comes out only when there is none. */

import { reportDeadEnds } from "./analyse/dead-ends.ts";
import { reportShares, reportUnusable } from "./analyse/delegations.ts";
import { reportDestinations } from "./analyse/destinations.ts";
import { reportIdleRulesets } from "./analyse/idle-rulesets.ts";
import { comparePairs } from "./analyse/pairs.ts";
import { byPlace, type Diagnostic, error, type Report, warning } from "./diagnostics/diagnostic.ts";
import { declare } from "./resolve/declare.ts";
import { importedLists, type ToolFiles } from "./resolve/imports.ts";
import { namedInspectors, type Shelf } from "./resolve/inspectors.ts";
import type { Names } from "./resolve/names.ts";
import { type ActionCatalogue, createLinker } from "./resolve/registry.ts";
import { joinRulesets, type RulesetFiles } from "./resolve/rulesets.ts";
import type { Source } from "./source.ts";
import { parse } from "./syntax/parse.ts";
import { analyse } from "./types/analysis.ts";
import { oneCurrency } from "./types/budgets.ts";
import type { Contract, Rule } from "./types/contract.ts";
import { withGives } from "./types/gives.ts";
import { checkLet } from "./types/lets.ts";
import { withCases } from "./types/levels.ts";
import { loopsFit } from "./types/loops.ts";
import { readObservation } from "./types/observation.ts";
import { typeRule } from "./types/rules.ts";
import { readStateRows } from "./types/state-rows.ts";
import type { CheckTag } from "./types/tags.ts";
import { typeTest } from "./types/tests.ts";
import { readValidity } from "./types/validity.ts";
import { createWritten } from "./types/written.ts";

export interface Checked {
  /** Undefined exactly when one of the diagnostics is an error. */
  readonly contract: Contract | undefined;
  /** The text is a ruleset: `contract` is it in the world that its own tests stand in. */
  readonly isRuleset: boolean;
  /** By place in the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the language does not know by itself: tags and actions come from the registry's package, files from the shell. */
export interface CheckOptions {
  /** Looks a tag of `maps` up; without it tags are kept as text. */
  readonly tags?: CheckTag;
  /** Milliseconds since 1970: whether what is observed until a date is still observed, and whether there is one. Without it nobody asks. */
  readonly now?: number;
  /** The registry, asked for when a contract uses it; without it every use is an error. */
  readonly catalogue?: () => ActionCatalogue;
  /** What `use tools` names; without it every import is an error. */
  readonly files?: ToolFiles;
  /** What `use "…"` names; without it every use is an error. */
  readonly rulesets?: RulesetFiles;
  /** What `inspect` can name, asked for when a contract does; without it every name is unknown. */
  readonly inspectors?: Shelf;
}

export function check(source: Source, options: CheckOptions = {}): Checked {
  const { diagnostics, report, isFull } = collect();
  const parsed = parse(source, report);
  const linker = createLinker(options.catalogue, report);
  const joined = joinRulesets(parsed, source, options.rulesets, report);
  const declared = declare(
    joined.statements,
    {
      registry: linker,
      files: options.files,
      inspectors: options.inspectors,
      written: createWritten(source.text),
      words: joined.has,
    },
    report,
  );
  const { owner, tests } = declared;
  const given = { ...declared.names, tools: withGives(declared.names, declared.toolFlags, report) };
  const names = { ...given, tools: withCases(given, declared.toolFlags, report) };
  for (const entry of names.lets.values()) checkLet(entry, names, report);
  const rules = typeRules(names, options, isFull, report);
  oneCurrency(rules, names, report);
  const state = declared.state === undefined ? undefined : readStateRows(declared.state, report);
  const valid = declared.decision === undefined ? undefined : readValidity(declared.decision, report);
  const observe = declared.observe === undefined ? undefined : readObservation(declared.observe, options.now, report);
  loopsFit(rules, names, state?.loop, report);
  const typedTests = tests.map((node) => typeTest(node, names, rules, report));
  const isRuleset = parsed.contract?.kind === "ruleset";
  const isSound =
    parsed.contract !== undefined &&
    !diagnostics.some((d) => d.severity === "error") &&
    (state !== undefined || declared.state === undefined) &&
    rules.every((rule) => rule !== undefined) &&
    typedTests.every((test) => test !== undefined);
  if (!isSound) return { contract: undefined, isRuleset, diagnostics: inOrder(joined.placed(diagnostics)) };
  analyse(rules, names, report);
  comparePairs(rules, names.tools, report);
  reportDestinations(rules, names, report);
  reportUnusable(rules, names, report);
  reportShares(rules, names, report);
  reportDeadEnds(rules, names, report);
  reportIdleRulesets(joined.usedHere, rules, names.tools, report);
  const contract: Contract = {
    name: parsed.contract.name.value,
    version: parsed.contract.version.value,
    span: parsed.contract.name.span,
    owner,
    agents: names.agents,
    inside: declared.inside,
    imports: importedLists(names.imports),
    ...(joined.used.length === 0 ? {} : { rulesets: joined.used }),
    tools: names.tools,
    facts: names.facts,
    labels: names.labels,
    rules,
    state,
    ...(observe === undefined ? {} : { observe }),
    ...(valid === undefined ? {} : { valid }),
    tests: typedTests,
    registry: linker.linked(),
    ...namedInspectors(rules, options.inspectors),
  };
  return { contract, isRuleset, diagnostics: inOrder(joined.placed(diagnostics)) };
}

/** Errors, and warnings, that are shown of one contract. */
const MOST_SHOWN = 500;

/** `isFull`: there are more errors than are shown, and no reason to look for others. */
function collect(): {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: Report;
  readonly isFull: () => boolean;
} {
  const diagnostics: Diagnostic[] = [];
  const count = { error: 0, warning: 0 };
  return {
    diagnostics,
    isFull: () => count.error > MOST_SHOWN,
    report(diagnostic) {
      const { severity, primary } = diagnostic;
      const number = ++count[severity];
      if (number <= MOST_SHOWN) diagnostics.push(diagnostic);
      if (number !== MOST_SHOWN + 1) return;
      const message = `too many ${severity}s, more are not shown`;
      diagnostics.push((severity === "error" ? error : warning)("THC1017", message, primary.span));
    },
  };
}

/** Tools that all rules together are about, each counted as often as a rule means it. */
const MOST_TARGETS = 20_000_000;

function typeRules(
  names: Names,
  options: CheckOptions,
  isFull: () => boolean,
  report: Report,
): readonly (Rule | undefined)[] {
  const rules: (Rule | undefined)[] = [];
  let targets = 0;
  for (const entry of names.rules) {
    const rule = isFull() || targets > MOST_TARGETS ? undefined : typeRule(entry, names, options, report);
    rules.push(rule);
    if (rule === undefined || targets > MOST_TARGETS) continue;
    targets += rule.targets.length;
    if (targets <= MOST_TARGETS) continue;
    const help = "say what many rules have in common in one, or cut the contract in two";
    const message = `the rules name more than ${MOST_TARGETS} tools in all`;
    report(error("THC1010", message, entry.span, "here the limit is reached", { help }));
  }
  return rules;
}

/** By place; the same finding at the same place once. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(byPlace);
  return sorted.filter((d, i) => i === 0 || byPlace(d, sorted[i - 1]!) !== 0);
}
