/**
 * Labels: what data carries. `labels a < b < c` is an order from the lowest up, a label without `<` stands alone, and several lines add
 * up. `untrusted` is built in. Sorted by name; an index is the label's id.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Label } from "../types/contract.ts";
import type { Names } from "./names.ts";
import { byBytes } from "./order.ts";

/** A set of labels is one word of 64 bits. */
const MOST_LABELS = 64;
export const UNTRUSTED = "untrusted";
/** No label: `gives trusted` takes `untrusted` away. */
export const TRUSTED = "trusted";

export function readLabels(lines: readonly Ast.LabelsNode[], report: Report): readonly Label[] {
  const found = new Map<string, { readonly word: Ast.Word; readonly higher: readonly Ast.Word[] }>();
  const nowhere = { start: 0, end: 0 };
  found.set(UNTRUSTED, { word: { text: UNTRUSTED, span: nowhere }, higher: [] });
  for (const chain of lines.flatMap((line) => line.chains)) {
    const kept = chain.filter((word) => isFree(word, found, report));
    for (const [i, word] of chain.entries())
      if (kept.includes(word) && !found.has(word.text))
        found.set(word.text, { word, higher: chain.slice(i + 1).filter((other) => kept.includes(other)) });
  }
  const sorted = [...found.values()].sort((a, b) => byBytes(a.word.text, b.word.text));
  const ids = new Map(sorted.map(({ word }, i) => [word.text, i]));
  const last = [...found.values()].at(-1);
  if (sorted.length > MOST_LABELS && last !== undefined) {
    const message = `${sorted.length} labels, \`${UNTRUSTED}\` among them; ${MOST_LABELS} are the most`;
    report(error("THC2051", message, last.word.span, "too many"));
  }
  return sorted.map(({ word, higher }) => ({
    name: word.text,
    above: higher.map((other) => ids.get(other.text)!).sort((a, b) => a - b),
    span: word.span,
  }));
}

function isFree(word: Ast.Word, found: ReadonlyMap<string, { readonly word: Ast.Word }>, report: Report): boolean {
  const { text, span } = word;
  const before = found.get(text);
  if (text === UNTRUSTED || text === TRUSTED) {
    const help = "leave it out here; every contract has it";
    report(error("THC2051", `\`${text}\` is built in`, span, "not to be declared", { help }));
    return false;
  }
  if (before === undefined) return true;
  const related = [{ span: before.word.span, text: "first here" }];
  report(error("THC2010", `the label \`${text}\` is declared twice`, span, "again here", { related }));
  return false;
}

/** A label and what is above it: a session that has one of them has the label. */
export const orAbove = (label: number, labels: readonly Label[]): readonly number[] =>
  [label, ...labels[label]!.above].sort((a, b) => a - b);

/** Undefined when it was reported, or stands in a line that did not parse. */
export function findLabel(word: Ast.Word, { labels, labelIndex, broken }: Names, report: Report): number | undefined {
  const index = labelIndex.get(word.text);
  if (index !== undefined || broken.labels) return index;
  const known = labels.map((label) => label.name);
  const help = didYouMean(word.text, known) ?? `declare it: \`labels ${word.text}\``;
  report(error("THC2050", `unknown label \`${word.text}\``, word.span, "not declared", { help }));
  return undefined;
}
