/**
 * Imported tools among the declared ones: refined, then classified, as a classification may read a refined type. Flags that hold
 * conditions are handed on, to be typed once all names are known (types/gives.ts).
 */
import type { Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Tool } from "../types/contract.ts";
import { classifyTools } from "./classify.ts";
import type { Importable } from "./imported-patterns.ts";
import type { Broken } from "./names.ts";
import { refineTools } from "./refine.ts";
import type { Linker } from "./registry.ts";

/** What is said of tools that others define. */
export interface About {
  readonly classify: Ast.ClassifyNode[];
  readonly refine: Ast.RefineNode[];
}
export interface Imported {
  readonly tools: ReadonlyMap<string, Tool>;
  /** By name of the tool, also of one that `tool` declares: flags beside its own. */
  readonly flags: ReadonlyMap<string, readonly Ast.FlagNode[]>;
  /** Names that a `classify` is about. */
  readonly classified: ReadonlySet<string>;
}

export function importTools(
  { classify, refine }: About,
  imported: ReadonlyMap<string, Tool>,
  declared: ReadonlySet<string>,
  broken: Pick<Broken, "tools" | "prefixes">,
  registry: Linker,
  report: Report,
): Imported {
  const isExcused = (name: string): boolean =>
    broken.tools.has(name) || broken.prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
  const of: Importable = { imported, declared, isExcused };
  const refined = refineTools(refine, of, report);
  const said = classifyTools(classify, { ...of, imported: refined.tools }, registry, report);
  const flags = new Map(said.flags);
  for (const [name, more] of refined.flags) flags.set(name, [...(flags.get(name) ?? []), ...more]);
  return { tools: said.tools, flags, classified: said.classified };
}
