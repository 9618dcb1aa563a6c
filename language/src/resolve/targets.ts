/**
 * Targets to tools: `*`, names, globs and braces, `level(…)`, `except`. The result is a sorted list of indexes that is never empty, so a
 * rule that means no tool is an error and not a rule that silently never matches.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import type { Rule } from "../types/contract.ts";
import { LEVELS } from "../vocabulary.ts";
import { classesWhere, EVERY_CLASS } from "./classes.ts";
import { matchesPieces, plainName } from "./globs.ts";
import { isBrokenTool, type Names, unknownTool } from "./names.ts";
import { findRisk, risksThat, unknownRisk } from "./risks.ts";

export type Targets = Pick<Rule, "targets" | "narrowed">;
/** By tool: the classes of its calls that are meant, all of them for a tool that is of one kind. */
type Meant = ReadonlyMap<number, number>;

/** Undefined when it was reported, or is due to a declaration that was. */
export function resolveTargets(node: Ast.TargetsNode, names: Names, report: Report): Targets | undefined {
  const include = union(node.include, names, report);
  const except = union(node.except, names, report);
  if (include === undefined || except === undefined) return undefined;
  const kept = [...include]
    .map(([tool, classes]) => ({ tool, classes: classes & ~(except.get(tool) ?? 0) }))
    .filter(({ classes }) => classes !== 0)
    .sort((a, b) => a.tool - b.tool);
  if (kept.length > 0)
    return { targets: kept.map(({ tool }) => tool), narrowed: kept.filter(({ classes }) => classes !== EVERY_CLASS) };
  if (names.broken.tools.size + names.broken.prefixes.length === 0)
    report(error("THC2001", "no tool is left after `except`", node.span));
  return undefined;
}

function union(targets: readonly Ast.TargetNode[], names: Names, report: Report): Meant | undefined {
  const all = new Map<number, number>();
  let ok = true;
  for (const target of targets) {
    const found = resolveTarget(target, names, report);
    if (found === undefined) ok = false;
    else for (const [tool, classes] of found) all.set(tool, (all.get(tool) ?? 0) | classes);
  }
  return ok ? all : undefined;
}

function resolveTarget(target: Ast.TargetNode, names: Names, report: Report): Meant | undefined {
  const { tools } = names;
  const byClass = (asks: Parameters<typeof classesWhere>[1], what: string): Meant | undefined => {
    const found = tools.map((tool, i) => [i, classesWhere(tool, asks)] as const).filter(([, classes]) => classes !== 0);
    return some(found, what, target.span, names, report) && new Map(found);
  };
  switch (target.kind) {
    case "star":
      return whole(some([...tools.keys()], "*", target.span, names, report));
    case "level": {
      const unknown = target.levels.find((word) => !LEVELS.some((level) => level === word.text));
      if (unknown !== undefined) {
        const help = didYouMean(unknown.text, LEVELS) ?? `levels are ${list(LEVELS, "and")}`;
        return void report(error("THC2007", `unknown level \`${unknown.text}\``, unknown.span, "", { help }));
      }
      const wanted: ReadonlySet<string> = new Set(target.levels.map((word) => word.text));
      return byClass((levels) => levels.some((level) => wanted.has(level)), "level(…)");
    }
    case "risk": {
      const risk = findRisk(target.risk.text);
      if (risk === undefined) return void report(unknownRisk(target.risk));
      const risks = risksThat(target.op, risk);
      return byClass((_, own) => risks.includes(own), `risk ${target.op} ${risk}`);
    }
    case "pattern":
      return whole(resolvePattern(target, names, report));
  }
}

const whole = (tools: readonly number[] | undefined): Meant | undefined =>
  tools && new Map(tools.map((tool) => [tool, EVERY_CLASS]));

/** A tool's name, or a glob over names. */
export function resolvePattern(node: Ast.PatternNode, names: Names, report: Report): readonly number[] | undefined {
  const name = plainName(node.pieces);
  if (name === undefined) {
    const found = [...names.tools.keys()].filter((i) => matchesPieces(node.pieces, names.tools[i]!.name));
    return some(found, "this glob", node.span, names, report);
  }
  const index = names.toolIndex.get(name);
  if (index !== undefined) return [index];
  if (isBrokenTool(name, names)) return undefined;
  const isLater = name === "external" || name === "channel";
  report(isLater ? notAvailable(`\`${name}\` as a target is`, node.span) : unknownTool(name, node.span, names));
  return undefined;
}

function some<T>(
  found: readonly T[],
  what: string,
  span: Span,
  names: Names,
  report: Report,
): readonly T[] | undefined {
  if (found.length > 0) return found;
  const isExcused = names.broken.tools.size + names.broken.prefixes.length > 0;
  if (!isExcused)
    report(error("THC2001", `no declared tool matches ${what === "this glob" ? what : `\`${what}\``}`, span));
  return undefined;
}
