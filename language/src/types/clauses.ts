/**
 * Which clauses a verb takes, and that each stands at most once. The parser accepts all of them behind every verb; the table here is
 * the grammar's other half.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";

export type ClauseKind = Ast.Clause["kind"];
type PerClause = Extract<Ast.Clause, { kind: "per" }>;
/** `per` stands once for the ledger and once for the window. */
export type Clauses = { readonly [kind in ClauseKind]?: Ast.Clause & { readonly kind: kind } } & {
  readonly window?: PerClause;
};
export const CALENDAR = ["day", "week", "month"] as const;

const TAKES: {
  readonly [head in Ast.Head["kind"]]: { readonly may: readonly ClauseKind[]; readonly must: readonly ClauseKind[] };
} = {
  allow: { may: ["when", "with"], must: [] },
  deny: { may: ["when"], must: [] },
  oblige: { may: ["when", "with"], must: ["with"] },
  prior: { may: ["for", "matching", "within", "since", "where", "when", "else"], must: ["for"] },
  approval: { may: ["for", "from", "when"], must: ["for", "from"] },
  grounded: { may: ["for", "when", "else"], must: ["for"] },
  scope: { may: ["for", "when", "else"], must: ["for"] },
  that: { may: ["for", "when", "else"], must: ["for"] },
  flow: { may: ["when", "by value", "then"], must: ["then"] },
  budget: { may: ["of", "on", "per", "then"], must: ["per"] },
  loop: { may: [], must: [] },
  inspect: { may: ["when", "then"], must: ["then"] },
};
const ALWAYS: readonly ClauseKind[] = ["because", "suggest", "maps"];
const VERB: { readonly [head in Ast.Head["kind"]]: string } = {
  allow: "allow",
  deny: "deny",
  oblige: "oblige",
  prior: "require prior",
  approval: "require approval",
  grounded: "require grounded",
  scope: "require scope",
  that: "require that",
  flow: "flow",
  budget: "budget",
  loop: "loop",
  inspect: "inspect",
};

/** Undefined when something was reported. */
export function takeClauses(rule: Ast.RuleNode, report: Report): Clauses | undefined {
  const { may, must } = TAKES[rule.head.kind];
  const verb = VERB[rule.head.kind];
  const found: { [kind in ClauseKind | "window"]?: Ast.Clause } = {};
  let ok = true;
  for (const clause of rule.clauses) {
    const key = isWindow(clause) ? "window" : clause.kind;
    const before = found[key];
    if (!may.includes(clause.kind) && !ALWAYS.includes(clause.kind)) {
      const word = { start: clause.span.start, end: clause.span.start + clause.kind.length };
      const help = `\`${verb}\` takes ${list([...may, ...ALWAYS], "and")}`;
      report(error("THC1012", `\`${clause.kind}\` has no place in \`${verb}\``, word, "not here", { help }));
      ok = false;
    } else if (before !== undefined) {
      report(twice(clause, before));
      ok = false;
    } else found[key] = clause;
  }
  for (const kind of must) {
    if (found[kind] !== undefined) continue;
    report(
      error("THC1014", `\`${verb}\` needs \`${kind}\``, rule.head.span, "", {
        help: kind === "then" ? THEN : HELP[kind],
      }),
    );
    ok = false;
  }
  return ok ? (found as Clauses) : undefined;
}

const THEN = "say what happens: `then deny`, or `then approval from user`";
const HELP: { readonly [kind in ClauseKind]?: string } = {
  for: "say for which tools: `for refund.issue`",
  from: "say who is asked: `from role finance_lead`, or `from user`",
  with: "say what is carried out: `with log_full`",
  per: "say over what it counts: `per session`, `per agent`",
};

const isWindow = (clause: Ast.Clause): boolean =>
  clause.kind === "per" &&
  ("kind" in clause.ledger || CALENDAR.some((word) => word === (clause.ledger as Ast.Word).text));

const twice = (clause: Ast.Clause, before: Ast.Clause) =>
  error("THC1013", `\`${clause.kind}\` stands twice`, clause.span, "again here", {
    related: [{ span: before.span, text: "first here" }],
    ...(clause.kind === "per" && before.kind === "per"
      ? { help: "a window is a duration, `per 1h`, or `day`, `week` or `month`" }
      : {}),
  });
