/**
 * The formatter. It prints the syntax tree, reads its own output back and refuses when that would mean something else; so a bug of ours
 * costs a message and never a changed contract.
 */
import { byPlace, type Diagnostic, error } from "./diagnostics/diagnostic.ts";
import { printContract } from "./format/print.ts";
import type { Source } from "./source.ts";
import { type Parsed, parse } from "./syntax/parse.ts";

export type Formatted = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

/** A contract with syntax errors is not formatted; one with unknown names or wrong types is. */
export const format = (source: Source): Formatted => formatWith(printContract, source);

/** For any printer, so that a test can plant a faulty one. */
export function formatWith(print: typeof printContract, source: Source): Formatted {
  const diagnostics: Diagnostic[] = [];
  const parsed = parse(source, (diagnostic) => void diagnostics.push(diagnostic));
  const { contract } = parsed;
  if (diagnostics.length > 0 || contract === undefined) return { diagnostics: diagnostics.sort(byPlace) };
  const text = print({ ...parsed, contract }, source.text);
  const again: Diagnostic[] = [];
  const reparsed = parse({ path: source.path, text }, (diagnostic) => void again.push(diagnostic));
  if (again.length === 0 && meaning(parsed) === meaning(reparsed)) return { text };
  const help = "this is a fault of the formatter; the contract was not changed";
  return { diagnostics: [error("THC9001", "formatting would change the contract", contract.span, "", { help })] };
}

/** The tree without its spans, and the comments in order. */
function meaning({ contract, statements, comments }: Parsed): string {
  const texts = comments.map((comment) => comment.text).sort();
  return JSON.stringify([contract, statements, texts], (key, value) => (key === "span" ? undefined : value));
}
