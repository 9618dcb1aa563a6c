/** A contract statement by statement, each in the one agreed layout on one line: what two versions of it are compared by. */
import { type Printed, printStatement } from "./format/print-statements.ts";
import type { Source } from "./source.ts";
import { parse } from "./syntax/parse.ts";

export interface OutlineItem {
  /** As the syntax names it: `rule`, `tool`, `agent`, `let`, … */
  readonly kind: string;
  /** What it declares; statements without a name have their first words. */
  readonly name: string;
  readonly text: string;
}

/** Tests are left out: they say what a contract does, not what it is. Broken statements too. */
export function outline(source: Source): readonly OutlineItem[] {
  return parse(source, () => {}).statements.flatMap((node) => {
    if (node.kind === "broken" || node.kind === "test") return [];
    const text = onOneLine(printStatement(node));
    return [{ kind: node.kind, name: nameIn(node.kind, text), text }];
  });
}

const onOneLine = ({ head, pad, parts, separator, end }: Printed): string =>
  [head, pad, parts.map((part) => part.text).join(separator), end === "" ? "" : pad, end].join("").trim();

function nameIn(kind: string, text: string): string {
  if (kind === "rule") return text.slice(0, text.indexOf(":"));
  const named = /^(?:agent|tool|fact|let) ((?:`[^`]*`|[^\s(:={])+)/.exec(text);
  return named?.[1] ?? text.slice(0, 60);
}
