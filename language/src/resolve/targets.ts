/**
 * Targets to tools: `*`, names, globs and braces, `level(…)`, `except`. The result is a sorted list of indexes that is never empty, so a
 * rule that means no tool is an error and not a rule that silently never matches.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import { LEVELS } from "../vocabulary.ts";
import { matchesPieces, plainName } from "./globs.ts";
import { isBrokenTool, type Names, unknownTool } from "./names.ts";

/** Undefined when it was reported, or is due to a declaration that was. */
export function resolveTargets(node: Ast.TargetsNode, names: Names, report: Report): readonly number[] | undefined {
  const include = union(node.include, names, report);
  const except = union(node.except, names, report);
  if (include === undefined || except === undefined) return undefined;
  const kept = [...include].filter((tool) => !except.has(tool)).sort((a, b) => a - b);
  if (kept.length > 0) return kept;
  if (names.broken.tools.size + names.broken.prefixes.length === 0)
    report(error("THC2001", "no tool is left after `except`", node.span));
  return undefined;
}

function union(targets: readonly Ast.TargetNode[], names: Names, report: Report): Set<number> | undefined {
  const all = new Set<number>();
  let ok = true;
  for (const target of targets) {
    const found = resolveTarget(target, names, report);
    if (found === undefined) ok = false;
    else for (const tool of found) all.add(tool);
  }
  return ok ? all : undefined;
}

function resolveTarget(target: Ast.TargetNode, names: Names, report: Report): readonly number[] | undefined {
  const { tools } = names;
  switch (target.kind) {
    case "star":
      return some([...tools.keys()], "*", target.span, names, report);
    case "level": {
      const unknown = target.levels.find((word) => !LEVELS.some((level) => level === word.text));
      if (unknown !== undefined) {
        const help = didYouMean(unknown.text, LEVELS) ?? `levels are ${list(LEVELS, "and")}`;
        return void report(error("THC2007", `unknown level \`${unknown.text}\``, unknown.span, "", { help }));
      }
      const wanted = new Set(target.levels.map((word) => word.text));
      const found = [...tools.keys()].filter((i) => tools[i]!.levels.some((level) => wanted.has(level)));
      return some(found, "level(…)", target.span, names, report);
    }
    case "pattern":
      return resolvePattern(target, names, report);
  }
}

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
  const isLater = name === "external" || name === "channel" || name === "risk";
  report(isLater ? notAvailable(`\`${name}\` as a target is`, node.span) : unknownTool(name, node.span, names));
  return undefined;
}

function some(
  found: readonly number[],
  what: string,
  span: Span,
  names: Names,
  report: Report,
): readonly number[] | undefined {
  if (found.length > 0) return found;
  const isExcused = names.broken.tools.size + names.broken.prefixes.length > 0;
  if (!isExcused)
    report(error("THC2001", `no declared tool matches ${what === "this glob" ? what : `\`${what}\``}`, span));
  return undefined;
}
