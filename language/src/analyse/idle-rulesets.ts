/**
 * A ruleset that is used and can decide nothing: all of its rules look for something among the paths that a call touches, and no tool has a
 * path in a typed argument. A warning; rules about anything else, and tools of which it is not sure, count as able to decide.
 */
import { quote, type Report, warning } from "../diagnostics/diagnostic.ts";
import type { UsedHere } from "../resolve/rulesets.ts";
import type { Condition, Rule, Tool, Type } from "../types/contract.ts";

const PATHS: ReadonlySet<string> = new Set(["paths", "writes"]);

export function reportIdleRulesets(
  used: readonly UsedHere[],
  rules: readonly Rule[],
  tools: readonly Tool[],
  report: Report,
): void {
  if (tools.some(({ params }) => params.some(({ type }) => holdsPaths(type)))) return;
  for (const { alias, name, span } of used) {
    const own = rules.filter((rule) => rule.name.startsWith(`${alias}.`));
    if (own.length === 0 || !own.every((rule) => rule.kind === "deny" && isAboutPaths(rule.when))) continue;
    const message = `${quote(name)} can never decide anything here: no tool has a path in a typed argument`;
    const help =
      "give arguments that are paths the type `Path`; keys in texts are what `inspect args of * for secrets >= high then deny` finds";
    report(warning("THC4072", message, span, "finds nothing", { help }));
  }
}

const isAboutPaths = (condition: Condition | undefined): boolean =>
  condition?.kind === "quantifier" &&
  condition.quantifier === "any" &&
  condition.lists.every(({ root, path }) => root === "action" && PATHS.has(path[0] ?? ""));

/** Commands touch paths as well. */
function holdsPaths(type: Type): boolean {
  switch (type.kind) {
    case "optional":
      return holdsPaths(type.of);
    case "list":
      return holdsPaths(type.element);
    case "map":
      return holdsPaths(type.value);
    case "record":
      return type.fields.some((field) => holdsPaths(field.type));
    case "union":
      return type.cases.some((each) => holdsPaths(each.type));
    default:
      return type.kind === "path" || type.kind === "command";
  }
}
