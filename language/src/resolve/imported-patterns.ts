/**
 * Patterns of `classify` and `refine` over the tools that were imported: globs cover the pinned list and nothing that comes later, and
 * every choice between braces must match something, so that a misspelt name is found.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Tool } from "../types/contract.ts";
import { unreachable } from "../unreachable.ts";
import { matchesPieces, plainName } from "./globs.ts";

/** What a pattern may name. */
export interface Importable {
  /** By whole name. */
  readonly imported: ReadonlyMap<string, Tool>;
  /** Declared by `tool`: these say themselves what they are. */
  readonly declared: ReadonlySet<string>;
  /** The name may be of something that was reported already. */
  readonly isExcused: (name: string) => boolean;
}
type Pieces = readonly Ast.Piece[];

const MAX_CHOICES = 4_096;

/** Names of imported tools; undefined when something was reported, or is due to what was. */
export function importedTools(node: Ast.PatternNode, of: Importable, verb: string, report: Report) {
  const found = new Set<string>();
  let ok = true;
  for (const pieces of choicesOf(node.pieces)) {
    const names = matching(pieces, of);
    if (names.length > 0) for (const name of names) found.add(name);
    else {
      ok = false;
      reportNone(pieces, node, of, verb, report);
    }
  }
  return ok ? [...found] : undefined;
}

export const matching = (pieces: Pieces, { imported }: Importable): readonly string[] => {
  const name = plainName(pieces);
  if (name !== undefined) return imported.has(name) ? [name] : [];
  return [...imported.keys()].filter((each) => matchesPieces(pieces, each));
};

export function reportNone(pieces: Pieces, node: Ast.PatternNode, of: Importable, verb: string, report: Report): void {
  const name = plainName(pieces);
  if (of.isExcused(name ?? literalStart(pieces))) return;
  if (name !== undefined && of.declared.has(name)) {
    const help = `\`tool ${name}(…)\` says itself what it is: write it there`;
    report(error("THC2023", `\`${name}\` is declared by \`tool\``, node.span, `not \`${verb}\``, { help }));
  } else if (name !== undefined) {
    const help = didYouMean(name, of.imported.keys());
    report(error("THC2001", `no imported tool is named \`${name}\``, node.span, "not in a pinned list", { help }));
  } else
    report(error("THC2001", `no imported tool matches \`${spelling(pieces)}\``, node.span, "not in a pinned list"));
}

/** Without braces: every way to choose. */
export function choicesOf(pieces: Pieces): readonly Pieces[] {
  let all: Pieces[] = [[]];
  for (const piece of pieces) {
    const choices = piece.kind === "braces" ? piece.choices : [[piece]];
    if (all.length * choices.length > MAX_CHOICES) return [pieces];
    all = all.flatMap((before) => choices.map((choice) => [...before, ...choice]));
  }
  return all;
}

export function spelling(pieces: Pieces): string {
  return pieces
    .map((piece) => {
      switch (piece.kind) {
        case "text":
          return piece.text;
        case "any":
          return "*";
        case "dot":
          return ".";
        case "braces":
          return `{${piece.choices.map(spelling).join(", ")}}`;
        default:
          return unreachable(piece);
      }
    })
    .join("");
}

/** What stands before the first glob: an import that failed is told by it. */
const literalStart = (pieces: Pieces): string => {
  const end = pieces.findIndex((piece) => piece.kind === "any" || piece.kind === "braces");
  return spelling(end === -1 ? pieces : pieces.slice(0, end));
};
