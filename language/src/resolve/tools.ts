/** Tools: parameters, levels, flags, and the risk that follows from them. */
import { type Diagnostic, error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_FLAGS, notAvailable } from "../syntax/later-words.ts";
import type { Param, Tool, ToolAction, Type } from "../types/contract.ts";
import { readType } from "../types/read-type.ts";
import { isScalar, showType, stripOptional } from "../types/type.ts";
import { LEVELS, type Level, RISKS, type Risk } from "../vocabulary.ts";
import { spanOf, spell } from "./names.ts";
import type { Linker } from "./registry.ts";
import { findRisk, unknownRisk } from "./risks.ts";

/** Undefined when it was reported. */
export function readTool(node: Ast.ToolNode, registry: Linker, report: Report): Tool | undefined {
  const name = spell(node.name);
  const params = readParams(node, report);
  const names = node.params.map((param) => param.name.text);
  const span = spanOf(node.name);
  const ability = abilityOf(node.flags, { name, names, params }, span, registry, report);
  const returns = readReturns(node.flags, report);
  if (params === undefined || ability === undefined || returns === "reported") return undefined;
  return { name, params, ...ability, gives: [], trusted: undefined, definition: undefined, returns, span };
}

/** What a tool is, beyond its types. */
export type Ability = Pick<Tool, "levels" | "external" | "irreversible" | "risk" | "action" | "severity" | "open">;

/** Flags of a tool whose types are known, as `classify` has them. Undefined when it was reported. */
export function readAbility(
  flags: readonly Ast.FlagNode[],
  { name, params }: Pick<Tool, "name" | "params">,
  span: Span,
  registry: Linker,
  report: Report,
): Ability | undefined {
  return abilityOf(flags, { name, names: params.map((param) => param.name), params }, span, registry, report);
}

/** `params`: undefined when one of them was reported. */
interface Shape {
  readonly name: string;
  readonly names: readonly string[];
  readonly params: readonly Param[] | undefined;
}

function abilityOf(
  nodes: readonly Ast.FlagNode[],
  shape: Shape,
  span: Span,
  registry: Linker,
  report: Report,
): Ability | undefined {
  const flags = readFlags(nodes, shape.name, span, report);
  const action = readAction(nodes, shape, registry, report);
  if (flags === undefined || action === "reported") return undefined;
  const { levels, external, irreversible, open } = flags;
  const own = risk(flags, action);
  const severity = action?.kind === "is" ? action.action.severity : SEVERITY[own];
  return { levels, external, irreversible, risk: own, action, severity, open };
}

function readReturns(flags: readonly Ast.FlagNode[], report: Report): Type | undefined | "reported" {
  const flag = flags.find((each) => each.kind === "returns");
  return flag === undefined ? undefined : (readType(flag.type, report) ?? "reported");
}

/** Of a risk alone (docs/registry.md, "Blast radius"). */
const SEVERITY: { readonly [risk in Risk]: number } = { read: 20, write: 250, destructive: 600, critical: 880 };

/** What it says of itself; else its action's; else by its levels. */
function risk(flags: Flags, action: ToolAction | undefined): Risk {
  if (flags.risk !== undefined) return flags.risk;
  if (action?.kind === "is") return action.action.risk;
  return action?.kind === "named" && action.risk ? "critical" : riskOf(flags.levels, flags.irreversible);
}

/** The risk of a tool that says none (LANGUAGE, section 3): the highest of its levels, one step higher when irreversible. */
export function riskOf(levels: readonly Level[], irreversible: boolean): Risk {
  const base = { read: 0, write: 1, delete: 2, execute: 2 };
  return RISKS[Math.max(...levels.map((level) => base[level])) + (irreversible ? 1 : 0)]!;
}

function readParams(node: Ast.ToolNode, report: Report): readonly Param[] | undefined {
  const params: Param[] = [];
  let ok = true;
  for (const param of node.params) {
    const { text } = param.name;
    if (params.some((other) => other.name === text)) {
      report(error("THC2010", `the argument \`${text}\` is declared twice`, param.name.span, "again here"));
      ok = false;
      continue;
    }
    const type = readType(param.type, report);
    if (type === undefined) ok = false;
    else if (param.dest && !canBeDest(type)) {
      report(error("THC3016", "a destination is one value or a list of values", param.type.span));
      ok = false;
    } else params.push({ name: text, type, dest: param.dest });
  }
  return ok ? params : undefined;
}

export function canBeDest(type: Type): boolean {
  const bare = stripOptional(type);
  const element = bare.kind === "list" ? bare.element : bare;
  return isScalar(element) && element.kind !== "json" && element.kind !== "bool";
}

/** `is aws:s3:DeleteBucket`, or `level of ARGUMENT` and `risk of ARGUMENT`. */
function readAction(
  flags: readonly Ast.FlagNode[],
  { names, params }: Shape,
  registry: Linker,
  report: Report,
): ToolAction | undefined | "reported" {
  const is = flags.find((flag) => flag.kind === "is");
  const of = flags.flatMap((flag) => (flag.kind === "level of" || flag.kind === "risk of" ? [flag] : []));
  const [first, second] = of;
  if (first === undefined) {
    const action = is && registry.find(is.action);
    return is === undefined ? undefined : action === undefined ? "reported" : { kind: "is", action };
  }
  const refuse = (diagnostic: Diagnostic): "reported" => {
    report(diagnostic);
    return "reported";
  };
  if (is !== undefined)
    return refuse(error("THC1013", "a tool is one action or names one in each call", is.span, "not both"));
  const { text, span } = first.argument;
  if (second !== undefined && second.argument.text !== text)
    return refuse(error("THC3016", "level and risk are of the same argument", second.argument.span));
  const param = names.indexOf(text);
  if (param === -1) {
    const help = didYouMean(text, names);
    return refuse(error("THC2004", `the tool has no argument \`${text}\``, span, "not declared", { help }));
  }
  const type = params?.[param]?.type;
  if (type !== undefined && type.kind !== "cloud_action") {
    const help = `declare it: \`${text}: CloudAction\``;
    return refuse(error("THC3016", `${showType(type)} names no cloud action`, span, "", { help }));
  }
  const hasRisk = flags.some((flag) => flag.kind === "risk");
  return { kind: "named", param, level: of.some((flag) => flag.kind === "level of"), risk: !hasRisk };
}

interface Flags {
  readonly levels: readonly Level[];
  readonly external: boolean;
  readonly irreversible: boolean;
  readonly risk: Risk | undefined;
  readonly open: boolean;
}

const PLAIN_FLAGS: readonly string[] = ["external", "irreversible", "open"];

function readFlags(nodes: readonly Ast.FlagNode[], name: string, span: Span, report: Report): Flags | undefined {
  const levels = new Set<Level>();
  const seen = new Map<string, Ast.FlagNode>();
  let risk: Risk | undefined;
  for (const flag of nodes) {
    const key = keyOf(flag);
    const before = seen.get(key);
    if (before !== undefined) return void report(twice(key, flag, before));
    seen.set(key, flag);
    switch (flag.kind) {
      case "level of":
        for (const level of LEVELS) levels.add(level);
        break;
      case "is":
      case "risk of":
      case "returns":
      case "gives":
      case "accepts":
        break;
      case "risk":
        risk = findRisk(flag.risk.text);
        if (risk === undefined) return void report(unknownRisk(flag.risk));
        break;
      case "words":
        for (const word of flag.words) {
          const level = LEVELS.find((known) => known === word.text);
          if (level !== undefined) levels.add(level);
          else if (flag.words.length > 1 || !PLAIN_FLAGS.includes(word.text)) return void report(unknownFlag(word));
        }
        break;
    }
  }
  if (levels.size === 0) {
    const help = `say what it does, behind its arguments: ${list(LEVELS)}`;
    return void report(error("THC1014", `the tool \`${name}\` has no level`, span, "", { help }));
  }
  return {
    levels: LEVELS.filter((level) => levels.has(level)),
    external: seen.has("external"),
    irreversible: seen.has("irreversible"),
    risk,
    open: seen.has("open"),
  };
}

/** What may stand once: each flag, a list of levels, one risk. */
function keyOf(flag: Ast.FlagNode): string {
  if (flag.kind === "level of" || flag.kind === "risk of") return flag.kind.slice(0, -3);
  if (flag.kind !== "words") return flag.kind;
  const text = flag.words[0]?.text ?? "";
  return LEVELS.some((level) => level === text) ? "level" : text;
}

function twice(key: string, flag: Ast.FlagNode, before: Ast.FlagNode): Diagnostic {
  const help = key === "level" ? "several levels stand in one list: `read, write`" : undefined;
  return error("THC1013", `\`${key}\` stands twice`, flag.span, "again here", {
    help,
    related: [{ span: before.span, text: "first here" }],
  });
}

function unknownFlag(word: Ast.Word): Diagnostic {
  if (LATER_FLAGS.has(word.text)) return notAvailable(`\`${word.text}\` is`, word.span);
  const known = [...LEVELS, ...PLAIN_FLAGS, "returns", "risk", "is", "gives", "accepts"];
  return error("THC2007", `\`${word.text}\` is no level or flag of a tool`, word.span, "not known here", {
    help: didYouMean(word.text, known) ?? `levels are ${list(LEVELS, "and")}, flags ${list(PLAIN_FLAGS, "and")}`,
  });
}
