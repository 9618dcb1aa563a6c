/** `delegate from A to B { … }`: a rule inside B that speaks when B acts for A (docs/semantics/delegation.md). */
import { type Diagnostic, error, type Report } from "../diagnostics/diagnostic.ts";
import { findAgent, type Names, type RuleEntry } from "../resolve/names.ts";
import { resolveTargets } from "../resolve/targets.ts";
import type * as Ast from "../syntax/ast.ts";
import { typeCondition } from "./conditions.ts";
import type { Decimal, Delegation, DelegationLine, Rule, Tool } from "./contract.ts";
import { compareDecimals, multiplyDecimals, readDecimal } from "./decimal.ts";
import { positiveCount, positiveDuration } from "./numbers.ts";
import { DENIES } from "./outcomes.ts";
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
  const budgets = once(node, "budgets", report);
  const share = budgets && readShare(budgets.share, report);
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
  if (budgets === false || (budgets !== undefined && share === undefined)) return undefined;
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
    share: share === false ? undefined : share,
    depth: most,
    ttl: ms === false ? undefined : ms,
  };
}

/** Of `12.5%`: more than nothing, not more than all. */
function readShare({ text, span }: Ast.Word, report: Report): Decimal | undefined {
  const share = readDecimal(text.slice(0, -1));
  if (share !== undefined && share.digits > 0n && compareDecimals(share, HUNDRED) <= 0) return share;
  return void report(error("THC3023", "this is a percentage above 0%, at most 100%", span));
}

/** A budget of the delegator, of which so much is for what is done for it. */
export function typeShare(
  entry: RuleEntry,
  names: Names,
  typed: (budget: RuleEntry) => Rule | undefined,
): Rule | undefined {
  const { origin } = entry;
  if (origin.kind !== "share") return undefined;
  const share = readDecimal(origin.share.text.slice(0, -1));
  // what is wrong about it is said where it stands
  const budget = typed(origin.budget);
  const [from, agent] = [origin.from.text, entry.agent ?? ""].map((name) => names.agentIndex.get(name));
  if (share === undefined || budget?.kind !== "budget" || from === undefined || agent === undefined) return undefined;
  const { name, span } = entry;
  return { ...budget, name, span, agent, delegator: from, limit: partOf(budget.limit, share), otherwise: DENIES };
}

/** Rounded down to what budgets count exactly. */
function partOf(limit: Decimal, share: Decimal): Decimal {
  const exact = multiplyDecimals(multiplyDecimals(limit, share), { digits: 1n, exponent: -2 });
  const below = SMALLEST_EXPONENT - exact.exponent;
  return below <= 0
    ? exact
    : multiplyDecimals({ digits: exact.digits / 10n ** BigInt(below), exponent: SMALLEST_EXPONENT }, ONE);
}
const HUNDRED: Decimal = { digits: 1n, exponent: 2 };
const ONE: Decimal = { digits: 1n, exponent: 0 };
/** Decimals of a budget's unit. */
const SMALLEST_EXPONENT = -9;

type Item<K extends Ast.DelegateItem["kind"]> = Extract<Ast.DelegateItem, { kind: K }>;

/** False when it stands twice, which was reported. */
function once<K extends "budgets" | "depth" | "ttl">(
  node: Ast.DelegateNode,
  kind: K,
  report: Report,
): Item<K> | undefined | false {
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
  const tools = targets.map((i) => names.tools[i]!);
  const scope: Scope = {
    names,
    report: (diagnostic) => report(aboutSome(diagnostic, tools)),
    tools,
    narrowed: narrowed.map((target) => target.when),
    prior: undefined,
    elements: [],
    strict: true,
    present: new Set(),
  };
  const when = typeCondition(item.condition, scope);
  return when === undefined ? undefined : { targets, narrowed, when };
}

/** An argument that only some of the line's tools have. */
function aboutSome(diagnostic: Diagnostic, tools: readonly Tool[]): Diagnostic {
  if (diagnostic.code !== "THC3004") return diagnostic;
  const having = tools.filter(({ params }) => params.some(({ name }) => diagnostic.message.startsWith(`\`${name}\``)));
  if (having.length === 0 || having.length === tools.length) return diagnostic;
  const only = having.map(({ name }) => name).join(", ");
  return { ...diagnostic, help: `write a second line, \`only ${only} when …\`: of several one must fit` };
}
