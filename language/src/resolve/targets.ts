/**
 * Targets to tools: `*`, names, globs and braces, `level(…)`, `risk …`, `external`, `except`. The result is a sorted list of indexes that
 * is never empty, so a rule that means no tool is an error and not a rule that silently never matches.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import { type ClassCondition, classTruth } from "../types/call-class.ts";
import type { Condition, Rule } from "../types/contract.ts";
import { LEVELS } from "../vocabulary.ts";
import { matchesPieces, plainName } from "./globs.ts";
import { isBrokenTool, type Names, unknownTool } from "./names.ts";
import { byBytes } from "./order.ts";
import { findRisk, risksThat, unknownRisk } from "./risks.ts";
import { EXTERNAL } from "./tools.ts";

export type Targets = Pick<Rule, "targets" | "narrowed">;
/** By tool: the calls of it that are meant; a constant `true`: all of them. */
type Meant = ReadonlyMap<number, Condition>;

const ALL: Condition = { kind: "constant", value: true };
const NONE: Condition = { kind: "constant", value: false };

/** Undefined when it was reported, or is due to a declaration that was. */
export function resolveTargets(node: Ast.TargetsNode, names: Names, report: Report): Targets | undefined {
  const [only] = node.include;
  if (only?.kind === "pattern" && node.include.length === 1 && node.except.length === 0) {
    const tool = names.toolIndex.get(plainName(only.pieces) ?? "");
    if (tool !== undefined) return { targets: [tool], narrowed: [] };
  }
  if (only?.kind === "star" && node.include.length === 1 && node.except.length === 0 && names.tools.length > 0)
    return { targets: allOf(names.tools), narrowed: [] };
  const include = union(node.include, names, report);
  const except = union(node.except, names, report);
  if (include === undefined || except === undefined) return undefined;
  const kept = [...include]
    .map(([tool, when]) => ({ tool, when: joined("and", [when, negated(except.get(tool) ?? NONE)]) }))
    .filter(({ when }) => !isConstant(when, false))
    .sort((a, b) => a.tool - b.tool);
  if (kept.length > 0)
    return { targets: kept.map(({ tool }) => tool), narrowed: kept.filter(({ when }) => !isConstant(when, true)) };
  if (names.broken.tools.size + names.broken.prefixes.length === 0)
    report(error("THC2001", "no tool is left after `except`", node.span));
  return undefined;
}

const everything = new WeakMap<Names["tools"], readonly number[]>();
/** One list for all the rules that say `*`. */
function allOf(tools: Names["tools"]): readonly number[] {
  const before = everything.get(tools);
  if (before !== undefined) return before;
  const all = tools.map((_, i) => i);
  everything.set(tools, all);
  return all;
}

function union(targets: readonly Ast.TargetNode[], names: Names, report: Report): Meant | undefined {
  const all = new Map<number, Condition>();
  let ok = true;
  for (const target of targets) {
    const found = resolveTarget(target, names, report);
    if (found === undefined) ok = false;
    else for (const [tool, when] of found) all.set(tool, joined("or", [all.get(tool) ?? NONE, when]));
  }
  return ok ? all : undefined;
}

function resolveTarget(target: Ast.TargetNode, names: Names, report: Report): Meant | undefined {
  const { tools } = names;
  const byClass = (asked: ClassCondition, what: string): Meant | undefined => {
    const found = tools.flatMap((tool, i): (readonly [number, Condition])[] => {
      const truth = classTruth(asked, tool);
      return truth === false ? [] : [[i, truth === true ? ALL : asked]];
    });
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
      return byClass({ kind: "level_has", levels: LEVELS.filter((level) => wanted.has(level)) }, "level(…)");
    }
    case "risk": {
      const risk = findRisk(target.risk.text);
      if (risk === undefined) return void report(unknownRisk(target.risk));
      return byClass({ kind: "risk_is", risks: risksThat(target.op, risk) }, `risk ${target.op} ${risk}`);
    }
    case "pattern":
      if (plainName(target.pieces) === EXTERNAL) return byClass({ kind: "external" }, EXTERNAL);
      return whole(resolvePattern(target, names, report));
  }
}

const whole = (tools: readonly number[] | undefined): Meant | undefined =>
  tools && new Map(tools.map((tool) => [tool, ALL]));

const isConstant = (condition: Condition, value: boolean): boolean =>
  condition.kind === "constant" && condition.value === value;

/** Without constants and repetitions, in an order that the text does not give. */
function joined(kind: "and" | "or", conditions: readonly Condition[]): Condition {
  const decides = kind === "or";
  const parts = conditions.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (parts.some((part) => isConstant(part, decides))) return decides ? ALL : NONE;
  const open = new Map(parts.filter((part) => part.kind !== "constant").map((part) => [JSON.stringify(part), part]));
  const sorted = [...open].sort(([a], [b]) => byBytes(a, b)).map(([, part]) => part);
  return sorted.length === 0 ? (decides ? NONE : ALL) : sorted.length === 1 ? sorted[0]! : { kind, parts: sorted };
}

const negated = (condition: Condition): Condition =>
  condition.kind === "constant" ? { kind: "constant", value: !condition.value } : { kind: "not", part: condition };

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
  const isLater = name === "channel";
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
