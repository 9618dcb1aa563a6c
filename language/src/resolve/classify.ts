/**
 * `classify`: what an imported tool is, in place of the worst that it counts as until then. Two that name one tool must agree: otherwise
 * the order in which they stand would matter, or the milder would win.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Tool } from "../types/contract.ts";
import { type Importable, importedTools } from "./imported-patterns.ts";
import type { Linker } from "./registry.ts";
import { readAbility } from "./tools.ts";

/** The tools with what is said of them, and their flags; `classified`: which ones something is said of, also in vain. */
export function classifyTools(
  nodes: readonly Ast.ClassifyNode[],
  of: Importable,
  registry: Linker,
  report: Report,
): {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly flags: ReadonlyMap<string, readonly Ast.FlagNode[]>;
  readonly classified: ReadonlySet<string>;
} {
  const tools = new Map(of.imported);
  const before = new Map<string, { readonly said: string; readonly span: Span }>();
  const flags = new Map<string, readonly Ast.FlagNode[]>();
  const classified = new Set<string>();
  for (const node of nodes) {
    const names = node.tools.map((pattern) => importedTools(pattern, of, "classify", report));
    const known = [...new Set(names.flatMap((found) => found ?? []))];
    for (const name of known) classified.add(name);
    if (!isWhole(node, report)) continue;
    let isFirst = true;
    for (const name of known) {
      const tool = of.imported.get(name)!;
      const ability = readAbility(node.flags, tool, node.tools[0]!.span, registry, isFirst ? report : () => {});
      isFirst = false;
      if (ability === undefined) break;
      const said = JSON.stringify([ability, writtenIn(node.flags)]);
      const other = before.get(name);
      if (other !== undefined && other.said !== said) {
        report(disagreement(name, node.span, other.span));
        break;
      }
      before.set(name, { said, span: node.span });
      tools.set(name, { ...tool, ...ability });
      flags.set(name, node.flags);
    }
  }
  return { tools, flags, classified };
}

/** The items of `gives`, `accepts`, and levels with their conditions, as written, whatever their order. */
const writtenIn = (flags: readonly Ast.FlagNode[]): readonly string[] =>
  flags
    .flatMap((flag): readonly object[] =>
      flag.kind === "gives" || flag.kind === "words" ? flag.items : flag.kind === "accepts" ? [flag] : [],
    )
    .map((item) => JSON.stringify(item, (key, value) => (key === "span" ? undefined : value)))
    .sort();

function isWhole(node: Ast.ClassifyNode, report: Report): boolean {
  const returns = node.flags.find((flag) => flag.kind === "returns");
  if (returns === undefined) return true;
  const help = "write it as `refine TOOL returns { … }`";
  report(error("THC1012", "`returns` has no place in `classify`", returns.span, "not here", { help }));
  return false;
}

const disagreement = (name: string, span: Span, before: Span) =>
  error("THC2024", `\`${name}\` is classified in two ways`, span, "here, and otherwise before", {
    help: "let one glob cover it, or say the same in both",
    related: [{ span: before, text: "the other" }],
  });
