/**
 * What is well typed and yet surely not meant: a rule that can never match, a tool that nothing allows, a `let` that nothing
 * reads, an `every` that an empty list satisfies. Warnings only; constants are folded, nothing is solved.
 */

import { contradictions } from "../analyse/regions.ts";
import { type Report, warning } from "../diagnostics/diagnostic.ts";
import { someNames } from "../resolve/imports.ts";
import type { Names } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { classTruth } from "./call-class.ts";
import type { Condition, Rule, Tool } from "./contract.ts";
import { compareDecimals } from "./decimal.ts";
import { paramNamed } from "./params.ts";

export function analyse(rules: readonly Rule[], names: Names, report: Report): void {
  const isContradiction = contradictions();
  rules.forEach((rule, i) => {
    const { origin } = names.rules[i]!;
    if (origin.kind !== "written") return;
    reportNever(rule, origin.node, names, isContradiction, report);
    if (rule.kind === "allow") reportVacuous(rule.when, origin.node, report);
  });
  const allowed = new Set(rules.flatMap((rule) => (rule.kind === "allow" ? rule.targets : [])));
  names.tools.forEach((tool, i) => {
    // of a server's tools a contract allows some
    if (allowed.has(i) || tool.definition !== undefined) return;
    const help = "without an `allow` it is always denied";
    report(warning("THC4003", `nothing allows \`${tool.name}\``, tool.span, "no rule can let it through", { help }));
  });
  const isAllowed = (name: string): boolean => allowed.has(names.toolIndex.get(name) ?? -1);
  reportImports(names, isAllowed, report);
  for (const [name, { node, used }] of names.lets)
    if (!used) report(warning("THC4004", `nothing uses the \`let\` \`${name}\``, node.name.span));
}

function reportImports({ imports, classified }: Names, isAllowed: (name: string) => boolean, report: Report): void {
  for (const { alias, tools, untyped } of imports) {
    const unsaid = tools.map(({ name }) => name).filter((name) => !classified.has(name));
    if (unsaid.length > 0) {
      const help = `they count as \`execute external irreversible\`: say what they are, as in \`classify ${alias.text}.get_* read\``;
      const message = `nothing classifies ${someNames(unsaid)}`;
      report(warning("THC4010", message, alias.span, "imported here", { help }));
    }
    const granted = untyped.filter(isAllowed);
    if (granted.length > 0) {
      const help = "its schema is not that of an object; only a call without arguments fits";
      report(
        warning("THC4012", `the arguments of ${someNames(granted)} have no types`, alias.span, "imported here", {
          help,
        }),
      );
    }
  }
}

function reportNever(
  rule: Rule,
  node: Ast.RuleNode,
  names: Names,
  isContradiction: (condition: Condition) => boolean,
  report: Report,
): void {
  const condition = "when" in rule ? rule.when : undefined;
  if (condition === undefined) return;
  const isNever = isContradiction(condition) || rule.targets.every((i) => fold(condition, names.tools[i]!) === false);
  if (!isNever) return;
  report(warning("THC4002", `\`${rule.name}\` can never match`, conditionSpan(node), "always false"));
}

function reportVacuous(condition: Condition | undefined, node: Ast.RuleNode, report: Report): void {
  const every = condition?.kind === "quantifier" && condition.quantifier === "every" ? condition : undefined;
  const list = condition?.kind === "subset" ? condition.list : every?.lists[0];
  if (list === undefined) return;
  const { root, path, member } = list;
  const last = member === undefined ? [] : [member.slice(member.indexOf(".") + 1)];
  const written = [...(root === "args" ? [] : [root]), ...path, ...last].join(".");
  report(
    warning(
      "THC4006",
      `\`${every === undefined ? "subset of" : "every"}\` is also true when the list is empty`,
      conditionSpan(node),
      "allows a call with no element",
      {
        help: `if that is not meant, write \`count(${written}) > 0 and …\``,
      },
    ),
  );
}

function conditionSpan(node: Ast.RuleNode): Span {
  const clause = node.clauses.find((c) => c.kind === "when");
  return clause?.kind === "when" ? clause.condition.span : node.name.span;
}

/** The value of a condition that is the same in every request of this tool, else undefined. */
export function fold(condition: Condition, tool: Tool): boolean | undefined {
  switch (condition.kind) {
    case "constant":
      return condition.value;
    case "and":
    case "or": {
      const decides = condition.kind === "or";
      const parts = condition.parts.map((part) => fold(part, tool));
      if (parts.includes(decides)) return decides;
      return parts.every((part) => part === !decides) ? !decides : undefined;
    }
    case "not": {
      const part = fold(condition.part, tool);
      return part === undefined ? undefined : !part;
    }
    case "risk_is":
    case "level_is":
    case "level_has":
    case "external":
      return classTruth(condition, tool);
    case "compare":
      return foldComparison(condition);
    case "quantifier": {
      const body = fold(condition.body, tool);
      if (condition.quantifier === "every") return body === true ? true : undefined;
      return body === false ? condition.quantifier === "no" : undefined;
    }
    case "has":
    case "is":
      return condition.value.root === "args" && paramNamed(tool.params, condition.value.path[0] ?? "") === undefined
        ? false
        : undefined;
    default:
      return undefined;
  }
}

function foldComparison({ op, left, right }: Extract<Condition, { kind: "compare" }>): boolean | undefined {
  if (left.kind !== "literal" || right.kind !== "literal") return undefined;
  const [a, b] = [left.value, right.value];
  if (typeof a === "object" && typeof b === "object") {
    const sign = compareDecimals(a, b);
    switch (op) {
      case "==":
        return sign === 0;
      case "!=":
        return sign !== 0;
      case "<":
        return sign < 0;
      case "<=":
        return sign <= 0;
      case ">":
        return sign > 0;
      case ">=":
        return sign >= 0;
    }
  }
  return op === "!=" ? a !== b : a === b;
}
