/**
 * Levels with a condition: `read, write when sql.writes`. Typed once all names are known, over the arguments of the tool and facts:
 * what a level depends on cannot itself depend on the level.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type { Names } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import { LEVELS } from "../vocabulary.ts";
import { typeCondition } from "./conditions.ts";
import type { LevelCase, Tool } from "./contract.ts";

/** Every tool with the conditions of its levels; a fault leaves one out, and is reported. */
export function withCases(
  names: Names,
  flags: ReadonlyMap<string, readonly Ast.FlagNode[]>,
  report: Report,
): readonly Tool[] {
  return names.tools.map((tool) => {
    const items = flags.get(tool.name)?.flatMap((flag) => (flag.kind === "words" ? flag.items : [])) ?? [];
    const cases = items.flatMap((item) => readCase(item, tool, names, report));
    // the only level is that of every call, whatever its condition
    return cases.length === 0 || tool.levels.length === 1
      ? tool
      : { ...tool, cases: cases.sort((a, b) => rank(a) - rank(b)) };
  });
}

const rank = ({ level }: LevelCase): number => LEVELS.indexOf(level);

function readCase({ word, when }: Ast.FlagItem, tool: Tool, names: Names, report: Report): LevelCase[] {
  const level = LEVELS.find((known) => known === word.text);
  if (level === undefined || when === undefined) return [];
  const scope = {
    names,
    report,
    tools: [tool],
    prior: undefined,
    elements: [],
    strict: true,
    present: new Set<string>(),
  };
  const condition = typeCondition(when, scope);
  if (condition === undefined) return [];
  if (!readsClass(condition)) return [{ level, when: condition }];
  const help = "a level depends on arguments and facts";
  report(error("THC3032", "a level cannot depend on what follows from levels", when.span, "", { help }));
  return [];
}

/** Levels, risk, `external`, `blast`, labels, and what a call touches: wherever it stands in the condition. */
function readsClass(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  return isFromClass(part) || Object.values(part).some(readsClass);
}

const FROM_CLASS: readonly unknown[] = ["level_is", "level_has", "risk_is", "external", "session_has", "blast"];
const TOUCHED: readonly unknown[] = ["paths", "writes", "hosts", "emails", "commands", "tables"];
function isFromClass(part: object): boolean {
  if ("root" in part && "path" in part && Array.isArray(part.path))
    return part.root === "action" && TOUCHED.includes(part.path[0]);
  return "kind" in part && FROM_CLASS.includes(part.kind);
}
