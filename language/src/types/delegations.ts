/** `delegate from A to B { … }`: a rule inside B that speaks when B acts for A (docs/semantics/delegation.md). */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { findAgent, type Names, type RuleEntry } from "../resolve/names.ts";
import { resolveTargets } from "../resolve/targets.ts";
import type * as Ast from "../syntax/ast.ts";
import { typeCondition } from "./conditions.ts";
import type { Delegation, DelegationLine } from "./contract.ts";
import { positiveCount, positiveDuration } from "./numbers.ts";
import type { Scope } from "./scope.ts";

/** Hops of a chain are looked at one by one. */
const MAX_DEPTH = 8;
/** Without a word of it, nobody is handed on to. */
const USUAL_DEPTH = 1;

/** Undefined when something was reported. */
export function typeDelegation(entry: RuleEntry, names: Names, report: Report): Delegation | undefined {
  if (entry.origin.kind !== "delegate") return undefined;
  const { node, from: delegator } = entry.origin;
  const from = findAgent(delegator, names, report);
  const agent = findAgent(node.to, names, report);
  const lines = node.items.flatMap((item) => (item.kind === "only" ? [typeLine(item, names, report)] : []));
  const depth = once(node, "depth", report);
  const ttl = once(node, "ttl", report);
  const most = depth === undefined ? USUAL_DEPTH : depth && positiveCount(depth.count, MAX_DEPTH, report);
  const ms = ttl && positiveDuration(ttl.duration, report);
  if (lines.length === 0) {
    const message = `nothing is delegated to \`${node.to.text}\``;
    const help = "what no `only` admits is denied: say what may be done, `only orders.lookup`";
    return void report(error("THC1014", message, entry.span, "admits no call", { help }));
  }
  if (from === undefined || agent === undefined || most === undefined || most === false) return undefined;
  if (ttl === false || (ttl !== undefined && ms === undefined)) return undefined;
  if (!lines.every((line) => line !== undefined)) return undefined;
  return {
    kind: "delegation",
    name: entry.name,
    targets: [...names.tools.keys()],
    narrowed: [],
    because: undefined,
    suggest: undefined,
    maps: [],
    span: entry.span,
    from,
    agent,
    lines,
    depth: most,
    ttl: ms === false ? undefined : ms,
  };
}

type Item<K extends Ast.DelegateItem["kind"]> = Extract<Ast.DelegateItem, { kind: K }>;

/** False when it stands twice, which was reported. */
function once<K extends "depth" | "ttl">(node: Ast.DelegateNode, kind: K, report: Report): Item<K> | undefined | false {
  const found = node.items.filter((item) => item.kind === kind);
  const [first, second] = found;
  if (second === undefined) return first as Item<K> | undefined;
  const related = [{ span: first!.span, text: "first here" }];
  report(error("THC1013", `\`${kind}\` stands twice`, second.span, "again here", { related }));
  return false;
}

function typeLine(item: Item<"only">, names: Names, report: Report): DelegationLine | undefined {
  const found = resolveTargets(item.targets, names, report);
  if (found === undefined) return undefined;
  const { targets, narrowed } = found;
  if (item.condition === undefined) return { targets, narrowed, when: undefined };
  const scope: Scope = {
    names,
    report,
    tools: targets.map((i) => names.tools[i]!),
    narrowed: narrowed.map((target) => target.when),
    prior: undefined,
    elements: [],
    strict: true,
    present: new Set(),
  };
  const when = typeCondition(item.condition, scope);
  return when === undefined ? undefined : { targets, narrowed, when };
}
