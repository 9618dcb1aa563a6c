/** `accepts L` on a tool is short for a rule: `flow above L into it then deny`. It is called `TOOL.accepts`. */
import type * as Ast from "../syntax/ast.ts";

type Accepts = Extract<Ast.FlagNode, { kind: "accepts" }>;

/** Undefined where L is the highest of its order: the tool accepts everything of it. */
export function acceptsRule(tool: string, flag: Accepts, highest: ReadonlySet<string>): Ast.RuleNode | undefined {
  const { label, span } = flag;
  if (highest.has(label.text)) return undefined;
  const text = tool
    .split(".")
    .flatMap((part, i): Ast.Piece[] => [...(i > 0 ? [{ kind: "dot" } as const] : []), { kind: "text", text: part }]);
  const target: Ast.PatternNode = { kind: "pattern", pieces: text, span };
  return {
    kind: "rule",
    name: { text: `${tool}.accepts`, span },
    observe: undefined,
    head: {
      kind: "flow",
      join: "and",
      labels: [{ above: true, label, span: label.span }],
      targets: { include: [target], except: [], span },
      span,
    },
    clauses: [{ kind: "then", outcomes: [{ kind: "word", word: { text: "deny", span }, span }], span }],
    span,
  };
}

/** Labels that stand last in an order. */
export function highestOf(lines: readonly Ast.LabelsNode[]): ReadonlySet<string> {
  const chains = lines.flatMap((line) => line.chains).filter((chain) => chain.length > 1);
  return new Set(chains.map((chain) => chain.at(-1)!.text));
}
