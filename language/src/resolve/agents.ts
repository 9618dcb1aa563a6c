/** Agents: each needs ids, and no principal may be two agents at once, so globs of different agents may not meet. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_AGENT_ITEMS, notAvailable } from "../syntax/later-words.ts";
import type { Agent } from "../types/contract.ts";
import { intersectGlobs } from "./globs.ts";

const MAX_GLOB = 200;

/** Undefined when it was reported. */
export function readAgent(node: Ast.AgentNode, report: Report): Agent | undefined {
  const ids: string[] = [];
  let ok = true;
  const fail = (diagnostic: Parameters<Report>[0]): void => {
    ok = false;
    report(diagnostic);
  };
  for (const { word, values } of node.items) {
    if (word.text !== "id") {
      if (LATER_AGENT_ITEMS.has(word.text)) fail(notAvailable(`\`${word.text}\` is`, word.span));
      else {
        const help = didYouMean(word.text, ["id", ...LATER_AGENT_ITEMS]) ?? "an agent has `id`s";
        fail(error("THC2011", `\`${word.text}\` is nothing that an agent has`, word.span, "not known here", { help }));
      }
      continue;
    }
    for (const { value, span } of values) {
      if (value === "") fail(error("THC3005", "an id cannot be empty", span));
      else if (value.length > MAX_GLOB) fail(error("THC3023", `an id has at most ${MAX_GLOB} characters`, span));
      else if (!ids.includes(value)) ids.push(value);
    }
  }
  if (ids.length === 0 && ok) {
    const help = 'say which principals are this agent: `id "support-bot-*"`';
    fail(error("THC1014", `the agent \`${node.name.text}\` has no id`, node.name.span, "", { help }));
  }
  return ok ? { name: node.name.text, ids, span: node.name.span } : undefined;
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
