/** Tools: parameters, levels, flags, and the risk that follows from them. */
import { type Diagnostic, error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Param, Tool, ToolAction, Type } from "../types/contract.ts";
import { readType } from "../types/read-type.ts";
import { isScalar, showType, stripOptional } from "../types/type.ts";
import type { Written } from "../types/written.ts";
import type { Risk } from "../vocabulary.ts";
import { type Flags, readFlags, riskOf } from "./flags.ts";
import { spanOf, spell } from "./names.ts";
import type { Linker } from "./registry.ts";

/** No tool has this name: as a target it means the calls that go outside. */
export const EXTERNAL = "external";

/** Undefined when it was reported. */
export function readTool(node: Ast.ToolNode, registry: Linker, written: Written, report: Report): Tool | undefined {
  const name = spell(node.name);
  if (name === EXTERNAL) {
    const help = "as a target it means every call that goes outside";
    return void report(
      error("THC1015", `\`${name}\` is a word of the language`, spanOf(node.name), "not a name", { help }),
    );
  }
  const params = readParamsOnce(node, written, report);
  const names = node.params.map((param) => param.name.text);
  const span = spanOf(node.name);
  const ability = abilityOf(node.flags, { name, names, params }, span, registry, report);
  const returns = readReturns(node.flags, report);
  if (params === undefined || ability === undefined || returns === "reported") return undefined;
  return { name, params, ...ability, gives: [], trusted: undefined, definition: undefined, returns, span };
}

/** What a tool is, beyond its types. */
export type Ability = Pick<
  Tool,
  "levels" | "cases" | "external" | "irreversible" | "risk" | "riskByLevel" | "action" | "severity" | "open"
>;

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
  const riskByLevel = flags.risk === undefined && action === undefined;
  return { levels, cases: [], external, irreversible, risk: own, riskByLevel, action, severity, open };
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

/** Tools of one kind have their arguments in common, and in the same words. */
function readParamsOnce(node: Ast.ToolNode, written: Written, report: Report): readonly Param[] | undefined {
  const [first] = node.params;
  const last = node.params.at(-1);
  const text = first && last && written.at({ start: first.span.start, end: last.span.end });
  const before = text === undefined ? undefined : written.params.get(text);
  if (before !== undefined) return before;
  const params = readParams(node, report);
  if (text !== undefined && params !== undefined) written.params.set(text, params);
  return params;
}

function readParams(node: Ast.ToolNode, report: Report): readonly Param[] | undefined {
  const params: Param[] = [];
  const seen = new Set<string>();
  let ok = true;
  for (const param of node.params) {
    const { text } = param.name;
    if (seen.size === seen.add(text).size) {
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
