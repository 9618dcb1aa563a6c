/** What stands behind `then` and `else`: several outcomes, all of which happen. Without a word a rule that stands in the way denies. */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { findLabel } from "../resolve/labels.ts";
import { byBytes } from "../resolve/order.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_OUTCOMES, notAvailable } from "../syntax/later-words.ts";
import { unreachable } from "../unreachable.ts";
import { OUTCOME_PARTS } from "../vocabulary.ts";
import { readApproval } from "./approvals.ts";
import type { Approval, Condition, Outcome, OutcomePart } from "./contract.ts";
import { readObligations } from "./obligations.ts";
import type { Scope } from "./scope.ts";

const PLAIN = ["deny", "warn", "cancel"] as const;
const OTHER_LEDGERS: ReadonlySet<string> = new Set(["session", "agent", "team", "global", "turn", "key"]);

export const DENIES: Outcome = [{ kind: "deny" }];

/** Undefined when something was reported. `conditions`: all of the rule's, which an approval binds. `finds`: there is something to redact. */
export function readOutcome(
  nodes: readonly Ast.OutcomeNode[] | undefined,
  conditions: readonly (Condition | undefined)[],
  scope: Scope,
  finds = false,
): Outcome | undefined {
  if (nodes === undefined) return DENIES;
  const parts: OutcomePart[] = [];
  let ok = true;
  for (const node of nodes) {
    const part = readPart(node, conditions, scope, finds);
    if (part === undefined) ok = false;
    else if (parts.some((p) => p.kind === part.kind && (p.kind !== "label" || p.label === (part as typeof p).label))) {
      ok = false;
      scope.report(error("THC1013", `\`${part.kind}\` stands twice`, node.span, "again here"));
    } else parts.push(part);
  }
  return ok ? parts.sort(inOrder) : undefined;
}

export function approvalOf(outcome: Outcome): Approval | undefined {
  const part = outcome.find((p) => p.kind === "approval");
  return part?.kind === "approval" ? part.approval : undefined;
}

function inOrder(a: OutcomePart, b: OutcomePart): number {
  if (a.kind === "label" && b.kind === "label") return byBytes(a.label, b.label);
  return OUTCOME_PARTS.indexOf(a.kind) - OUTCOME_PARTS.indexOf(b.kind);
}

function readPart(
  node: Ast.OutcomeNode,
  conditions: readonly (Condition | undefined)[],
  scope: Scope,
  finds: boolean,
): OutcomePart | undefined {
  switch (node.kind) {
    case "approval": {
      const approval = readApproval(node.approvers, conditions, scope);
      return approval && { kind: "approval", approval };
    }
    case "with": {
      const obligations = readObligations(node.obligations, scope);
      return obligations && { kind: "with", obligations };
    }
    case "label": {
      const label = findLabel(node.label, scope.names, scope.report);
      return label === undefined ? undefined : { kind: "label", label: scope.names.labels[label]!.name };
    }
    case "suspend": {
      const { text, span } = node.ledger;
      if (text === "run" && node.duration === undefined) return { kind: "suspend", ledger: "run" };
      if (text === "run" || OTHER_LEDGERS.has(text)) {
        const what = node.duration === undefined ? text : `${text} for ${node.duration.text}`;
        return void scope.report(notAvailable(`\`suspend ${what}\` is`, node.span));
      }
      const help = didYouMean(text, ["run"]) ?? "write `suspend run`";
      return void scope.report(error("THC2011", `\`${text}\` cannot be suspended`, span, "not known here", { help }));
    }
    case "word":
      return readWord(node.word, scope, finds);
    default:
      return unreachable(node);
  }
}

function readWord({ text, span }: Ast.Word, { report }: Scope, finds: boolean): OutcomePart | undefined {
  if (text === "redact" && finds) return { kind: text };
  if (text === "redact") {
    const help = "an obligation says what: `with redact(note, pii)`";
    return void report(error("THC3122", "`redact` has no place here", span, "nothing was found", { help }));
  }
  const kind = PLAIN.find((word) => word === text);
  if (kind !== undefined) return { kind };
  if (LATER_OUTCOMES.has(text)) return void report(notAvailable(`\`${text}\` as an outcome is`, span));
  const help =
    text === "approval"
      ? "say who is asked: `approval from role finance_lead`, or `approval from user`"
      : (didYouMean(text, [...PLAIN, "approval", "with", ...(finds ? ["redact"] : [])]) ??
        `outcomes are ${list(allOutcomes(finds), "and")}`);
  return void report(error("THC2011", `unknown outcome \`${text}\``, span, "not known here", { help }));
}

const allOutcomes = (finds: boolean): readonly string[] => [
  ...["deny", "warn", "approval from …", "with …", "label …", "suspend run"],
  ...(finds ? ["redact"] : []),
  "cancel",
];
