/** Agents: each needs ids, and no principal may be two agents at once, so globs of different agents may not meet. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_AGENT_ITEMS, notAvailable } from "../syntax/later-words.ts";
import { canonicalHostPattern } from "../types/canonical/host.ts";
import type { Agent } from "../types/contract.ts";
import { badHostPattern } from "../types/lets.ts";
import { intersectGlobs } from "./globs.ts";
import type { LimitOrigin } from "./names.ts";

const MAX_GLOB = 200;

/** What an agent has, and how often: `id` may stand several times, the others once. */
const ITEMS = ["id", "team", "models", "hosts"] as const;

export interface ReadAgent {
  readonly agent: Agent;
  readonly limits: readonly { readonly origin: LimitOrigin; readonly span: Span }[];
}

/** Undefined when it was reported. */
export function readAgent(node: Ast.AgentNode, report: Report): ReadAgent | undefined {
  const ids: string[] = [];
  const limits: { readonly origin: LimitOrigin; readonly span: Span }[] = [];
  const seen = new Map<string, Span>();
  let team: string | undefined;
  let ok = true;
  const fail = (diagnostic: Parameters<Report>[0]): void => {
    ok = false;
    report(diagnostic);
  };
  for (const item of node.body) {
    if (item.kind !== "item") continue;
    const { word, values } = item;
    const kind = ITEMS.find((known) => known === word.text);
    const before = seen.get(word.text);
    if (kind === undefined) fail(unknownItem(word));
    else if (kind === "id") ids.push(...readIds(values, fail));
    else if (before !== undefined) fail(twice(word, before));
    else if (kind === "team") team = readTeam(values, fail);
    else if (kind === "models" ? areGlobs(values, fail) : areHosts(values, fail))
      limits.push({ origin: { kind, values }, span: word.span });
    seen.set(word.text, word.span);
  }
  if (ids.length === 0 && ok) {
    const help = 'say which principals are this agent: `id "support-bot-*"`';
    fail(error("THC1014", `the agent \`${node.name.text}\` has no id`, node.name.span, "", { help }));
  }
  return ok
    ? { agent: { name: node.name.text, ids: [...new Set(ids)], team, span: node.name.span }, limits }
    : undefined;
}

function readIds(values: readonly Ast.TextNode[], fail: Report): string[] {
  return values.flatMap(({ value, span }) => {
    if (value === "") fail(error("THC3005", "an id cannot be empty", span));
    else if (value.length > MAX_GLOB) fail(error("THC3023", `an id has at most ${MAX_GLOB} characters`, span));
    else return [value];
    return [];
  });
}

function readTeam(values: readonly Ast.TextNode[], fail: Report): string | undefined {
  const [team, second] = values;
  if (second !== undefined) fail(error("THC1045", "an agent is in one team", second.span, "a second one"));
  else if (team?.value === "") fail(error("THC3005", "a team cannot be empty", team.span));
  else return team?.value;
  return undefined;
}

function areGlobs(values: readonly Ast.TextNode[], fail: Report): boolean {
  const wrong = values.find(({ value }) => value === "" || value.length > MAX_GLOB);
  if (wrong === undefined) return true;
  if (wrong.value === "") fail(error("THC3005", "a glob cannot be empty", wrong.span));
  else fail(error("THC3023", `a glob has at most ${MAX_GLOB} characters`, wrong.span));
  return false;
}

function areHosts(values: readonly Ast.TextNode[], fail: Report): boolean {
  const wrong = values.find(({ value }) => canonicalHostPattern(value) === undefined);
  if (wrong !== undefined) fail(badHostPattern(wrong.span));
  return wrong === undefined;
}

const twice = (word: Ast.Word, before: Span) =>
  error("THC1013", `\`${word.text}\` stands twice`, word.span, "again here", {
    help: "several values stand in one list, with commas",
    related: [{ span: before, text: "first here" }],
  });

function unknownItem(word: Ast.Word) {
  if (LATER_AGENT_ITEMS.has(word.text)) return notAvailable(`\`${word.text}\` is`, word.span);
  return error("THC2011", `\`${word.text}\` is nothing that an agent has`, word.span, "not known here", {
    help: didYouMean(word.text, [...ITEMS, ...LATER_AGENT_ITEMS]) ?? `an agent has ${list(ITEMS, "and")}, and rules`,
  });
}

export function reportOverlaps(agents: readonly Agent[], report: Report): void {
  agents.forEach((agent, i) => {
    for (const other of agents.slice(0, i)) {
      const shared = firstShared(agent, other);
      if (shared === undefined) continue;
      const message = `the agents ${list([other.name, agent.name], "and")} share ids`;
      report(
        error("THC4001", message, agent.span, `the id \`${shared}\` is both`, {
          related: [{ span: other.span, text: "the other agent" }],
        }),
      );
    }
  });
}

function firstShared(a: Agent, b: Agent): string | undefined {
  for (const left of a.ids) {
    for (const right of b.ids) {
      const shared = prefixesMeet(left, right) ? intersectGlobs(left, right) : undefined;
      if (shared !== undefined) return shared;
    }
  }
  return undefined;
}

/** A cheap look first: what stands before the first `*` of both. */
function prefixesMeet(a: string, b: string): boolean {
  const [left, right] = [a.split("*", 1)[0]!, b.split("*", 1)[0]!];
  return left.startsWith(right) || right.startsWith(left);
}
