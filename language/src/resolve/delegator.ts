/** Who delegates by a `delegate` block, and the name by which decisions and tests call it: `support_bot.to.triage_bot`. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { RuleEntry } from "./names.ts";

/** `budgets 10%`: one rule more for every budget that holds for the delegator, counted where that is (docs/semantics/delegation.md). */
export function sharesOf(rules: Iterable<RuleEntry>): readonly RuleEntry[] {
  const all = [...rules];
  return all.flatMap((entry): readonly RuleEntry[] => {
    const { origin } = entry;
    if (origin.kind !== "delegate") return [];
    const { from, node } = origin;
    const item = node.items.find(({ kind }) => kind === "budgets");
    if (item?.kind !== "budgets") return [];
    const { share } = item;
    const own = all.filter((rule) => isShared(rule) && (rule.agent === undefined || rule.agent === from.text));
    return own.map((budget) => ({
      name: `${entry.name}.${budget.name}`,
      span: share.span,
      agent: node.to.text,
      origin: { kind: "share", from, share, budget },
    }));
  });
}

const isShared = ({ origin }: RuleEntry): boolean => origin.kind === "written" && origin.node.head.kind === "budget";

/** No other rule has a name with `to` between two dots. */
export const delegationName = (from: string, to: string): string => `${from}.to.${to}`;

/** `inside`: the agent that the block stands in. Undefined when it was reported. */
export function delegator(node: Ast.DelegateNode, inside: Ast.Word | undefined, report: Report): Ast.Word | undefined {
  const { from } = node;
  if (from === undefined && inside === undefined) {
    const help = `name the agent whose rights are narrowed: \`delegate from support_bot to ${node.to.text} { … }\``;
    return void report(error("THC1014", "the delegation does not say from whom", node.to.span, "to whom", { help }));
  }
  if (from !== undefined && inside !== undefined && from.text !== inside.text) {
    const message = `the agent \`${inside.text}\` cannot delegate for \`${from.text}\``;
    const help = `write it outside of the agent, or \`delegate to ${node.to.text} { … }\``;
    return void report(error("THC2100", message, from.span, "another agent", { help }));
  }
  return from ?? inside;
}
