/** Flows: which labels they are about; and `accepts L` of a tool, which is short for a flow of what is above L into it. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { findLabel, orAbove } from "../resolve/labels.ts";
import type * as Ast from "../syntax/ast.ts";
import type { FlowLabel } from "./contract.ts";
import type { Scope } from "./scope.ts";

/** Undefined when something was reported. */
export function readFlowLabels(
  head: Extract<Ast.Head, { kind: "flow" }>,
  { names, report }: Scope,
): readonly FlowLabel[] | undefined {
  const labels = head.labels.map((node) => {
    const label = findLabel(node.label, names, report);
    if (label === undefined) return undefined;
    const { name, above } = names.labels[label]!;
    if (!node.above) return { label: name, above: false, anyOf: orAbove(label, names.labels) };
    if (above.length > 0) return { label: name, above: true, anyOf: above };
    return void reportNothingAbove(
      node,
      names.labels.some((other) => other.above.includes(label)),
      report,
    );
  });
  return labels.every((label) => label !== undefined) ? labels : undefined;
}

function reportNothingAbove({ label, span }: Ast.FlowLabelNode, isHighest: boolean, report: Report): void {
  const message = isHighest ? `\`${label.text}\` is the highest of its order` : `\`${label.text}\` is in no order`;
  const help = isHighest
    ? `without \`above\`, it is about \`${label.text}\` itself`
    : "an order is declared: `labels public < internal`";
  report(error("THC3080", message, span, "nothing is above it", { help }));
}
