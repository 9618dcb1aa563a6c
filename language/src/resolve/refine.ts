/**
 * `refine`: a closer type for an argument of an imported tool, or the type of its result. A refinement narrows: what the server's
 * schema refuses, it refuses too, and what it would newly accept is an error here.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Param, Tool, Type } from "../types/contract.ts";
import { readType } from "../types/read-type.ts";
import { refinedType } from "../types/refinement.ts";
import { sameType, showType } from "../types/type.ts";
import { matchesPieces, plainName } from "./globs.ts";
import { choicesOf, type Importable, importedTools, matching, reportNone, spelling } from "./imported-patterns.ts";
import { canBeDest } from "./tools.ts";

type Pieces = readonly Ast.Piece[];
/** What was said of one place, so that the second one can be compared. */
type Said = Map<string, { readonly type: Type; readonly dest: boolean; readonly span: Span }>;

/** The tools as refined, and flags (`gives`) that are said of any tool. */
export function refineTools(
  nodes: readonly Ast.RefineNode[],
  of: Importable,
  report: Report,
): {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly flags: ReadonlyMap<string, readonly Ast.FlagNode[]>;
} {
  const tools = new Map(of.imported);
  const flags = new Map<string, readonly Ast.FlagNode[]>();
  const said: Said = new Map();
  for (const node of nodes) {
    const { what } = node;
    if (what.kind === "argument") {
      const type = readType(what.type, report);
      if (type !== undefined) refineArgument(node, what, type, tools, said, of, report);
    } else if (what.flag.kind === "returns") {
      const type = readType(what.flag.type, report);
      if (type === undefined) continue;
      for (const name of importedTools(node.of, of, "refine", report) ?? [])
        if (isNew(`${name} returns`, type, false, node.span, said, report))
          tools.set(name, { ...tools.get(name)!, returns: type });
    } else if (what.flag.kind === "gives") {
      // what a tool gives is no part of its types: it may be said of a declared one too
      for (const name of namedTools(node.of, of, report)) flags.set(name, [...(flags.get(name) ?? []), what.flag]);
    } else {
      const help = "`refine` takes a type behind `:`, `returns` or `gives`; levels and flags stand in `classify`";
      report(error("THC1012", "this has no place in `refine`", what.flag.span, "not here", { help }));
    }
  }
  return { tools, flags };
}

function namedTools(pattern: Ast.PatternNode, of: Importable, report: Report): readonly string[] {
  const declared = [...of.declared].filter((name) => matchesPieces(pattern.pieces, name));
  if (declared.length === 0) return importedTools(pattern, of, "refine", report) ?? [];
  return [...declared, ...matching(pattern.pieces, of)];
}

type Argument = Extract<Ast.RefineNode["what"], { kind: "argument" }>;

function refineArgument(
  node: Ast.RefineNode,
  what: Argument,
  type: Type,
  tools: Map<string, Tool>,
  said: Said,
  of: Importable,
  report: Report,
): void {
  for (const pieces of choicesOf(node.of.pieces)) {
    const { names, path, toolPieces } = splitAtTool(pieces, of);
    if (names.length === 0) {
      reportNone(toolPieces, node.of, of, "refine", report);
      return;
    }
    let found = false;
    for (const name of names) {
      const tool = tools.get(name)!;
      const [first, ...below] = path;
      const params = tool.params.filter((param) => first !== undefined && matchesPieces(first, param.name));
      for (const param of params) {
        const refined = refinedParam(param, below, type, what, report);
        if (refined === undefined) return;
        if (refined === "no such field") continue;
        found = true;
        const place = JSON.stringify([name, param.name, ...below.map(spelling)]);
        if (!isNew(place, type, what.dest, node.span, said, report)) return;
        const current = tools.get(name)!;
        tools.set(name, {
          ...current,
          params: current.params.map((each) => (each.name === param.name ? refined : each)),
        });
      }
    }
    if (found) continue;
    reportNoArgument(node, names, path, of, report);
    return;
  }
}

/** The longest tool name that the pattern begins with; the rest names an argument, and what lies in it. */
function splitAtTool(
  pieces: Pieces,
  of: Importable,
): { readonly names: readonly string[]; readonly path: readonly Pieces[]; readonly toolPieces: Pieces } {
  const segments = segmentsOf(pieces);
  for (let n = segments.length - 1; n > 0; n--) {
    const names = matching(joined(segments.slice(0, n)), of);
    if (names.length > 0) return { names, path: segments.slice(n), toolPieces: joined(segments.slice(0, n)) };
  }
  return { names: [], path: [], toolPieces: joined(segments.slice(0, -1)) };
}

function segmentsOf(pieces: Pieces): readonly Pieces[] {
  const segments: Ast.Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "dot") segments.push([]);
    else segments.at(-1)!.push(piece);
  }
  return segments;
}

const joined = (segments: readonly Pieces[]): Pieces =>
  segments.flatMap((segment, i) => (i === 0 ? segment : [{ kind: "dot" } as const, ...segment]));

function refinedParam(
  param: Param,
  below: readonly Pieces[],
  type: Type,
  { dest, type: written }: Argument,
  report: Report,
): Param | "no such field" | undefined {
  const refined = refinedType(param.type, below, type);
  if (refined.kind === "no such field") return "no such field";
  const { span } = written;
  if (refined.kind === "misfit") {
    const message = `${showType(type)} does not fit what is declared as ${showType(refined.of)}`;
    return void report(error("THC3030", message, span, "", { help: refined.help }));
  }
  if (!dest) return { ...param, type: refined.type };
  if (below.length === 0 && canBeDest(refined.type)) return { ...param, type: refined.type, dest: true };
  return void report(error("THC3016", "a destination is one value or a list of values", span));
}

function isNew(place: string, type: Type, dest: boolean, span: Span, said: Said, report: Report): boolean {
  const before = said.get(place);
  if (before === undefined) {
    said.set(place, { type, dest, span });
    return true;
  }
  if (sameType(before.type, type) && before.dest === dest) return true;
  const related = [{ span: before.span, text: "the other" }];
  report(error("THC3031", "the same is refined in two ways", span, "here, and otherwise before", { related }));
  return false;
}

function reportNoArgument(
  node: Ast.RefineNode,
  names: readonly string[],
  path: readonly Pieces[],
  { imported }: Importable,
  report: Report,
): void {
  const written = path.map(spelling).join(".");
  const [only] = names;
  const where = names.length === 1 ? `\`${only}\` has no argument` : "none of these tools has an argument";
  const known = names.flatMap((name) => imported.get(name)!.params.map((param) => param.name));
  const help = path.length === 1 && plainName(path[0]!) !== undefined ? didYouMean(written, known) : undefined;
  report(error("THC2004", `${where} \`${written}\``, node.of.span, "not in its definition", { help }));
}
