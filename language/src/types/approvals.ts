/** Approvals: who is asked, under which terms, and what the answer binds beside the call itself. */
import { error } from "../diagnostics/diagnostic.ts";
import { byBytes } from "../resolve/order.ts";
import type * as Ast from "../syntax/ast.ts";
import { unreachable } from "../unreachable.ts";
import { asksForClass } from "./call-class.ts";
import type { Approval, Condition, Reference, Term, Tool } from "./contract.ts";
import { positiveCount, positiveDuration } from "./numbers.ts";
import { referencesOf } from "./reads.ts";
import type { Scope } from "./scope.ts";

const MAX_QUORUM = 16;

/** `conditions`: all of the rule's. Undefined when something was reported. */
export function readApproval(
  node: Ast.ApproversNode,
  conditions: readonly (Condition | undefined)[],
  { report, tools, narrowed = [] }: Scope,
): Approval | undefined {
  const seen = new Set<string>();
  let ok = true;
  let quorum: number | undefined = 1;
  let expires: number | undefined;
  for (const option of node.options) {
    if (seen.has(option.kind)) {
      ok = false;
      report(error("THC1013", `\`${option.kind}\` stands twice`, option.span, "again here"));
    }
    seen.add(option.kind);
    if (option.kind === "quorum") {
      quorum = positiveCount(option.count, MAX_QUORUM, report);
      if (quorum === undefined) ok = false;
      else if (node.roles === undefined && quorum > 1) {
        ok = false;
        report(error("THC3019", "the session has one user, so one approval is all there can be", option.span));
      }
    } else if (option.kind === "expires") {
      expires = positiveDuration(option.duration, report);
      if (expires === undefined) ok = false;
    }
  }
  const twice = node.roles?.find((role, i) => node.roles!.findIndex((other) => other.text === role.text) !== i);
  if (twice !== undefined) {
    ok = false;
    report(error("THC2010", `the role \`${twice.text}\` stands twice`, twice.span, "again here"));
  }
  if (!ok || quorum === undefined) return undefined;
  return {
    roles: node.roles?.map((role) => role.text),
    quorum,
    expires,
    once: seen.has("once"),
    orRequester: seen.has("or requester"),
    binds: requestFields([...narrowed, ...conditions], tools),
  };
}

/**
 * The request fields (not arguments) that conditions read: each once, whole, sorted by path. What asks for a call's class reads what
 * the levels of `tools` depend on.
 */
export function requestFields(
  conditions: readonly (Condition | undefined)[],
  tools: readonly Tool[],
): readonly Reference[] {
  const found = new Map<string, Reference>();
  const add = (reference: Reference): void => {
    const { root } = reference;
    if (root !== "principal" && root !== "resource" && root !== "context" && root !== "action") return;
    found.set([root, ...reference.path].join("."), reference);
  };
  for (const condition of conditions) if (condition !== undefined) visitReferences(condition, add);
  if (conditions.some((condition) => condition !== undefined && asksForClass(condition)))
    for (const tool of tools) for (const { when } of tool.cases) visitReferences(when, add);
  return [...found].sort(([a], [b]) => byBytes(a, b)).map(([, reference]) => wholeField(reference));
}

/** An approval binds the value that was sent, not a member of it. */
function wholeField(reference: Reference): Reference {
  if (reference.member === undefined) return reference;
  const { maps, ...rest } = reference;
  if (reference.member === "map.keys" || reference.member === "map.values") {
    const way = maps!.slice(0, -1);
    return { ...rest, member: undefined, type: maps!.at(-1)!.type, ...(way.length > 0 ? { maps: way } : {}) };
  }
  const kind = reference.member.split(".")[0] as "email" | "url" | "path" | "sql" | "text";
  return { ...reference, member: undefined, type: { kind } };
}

function visitReferences(condition: Condition, visit: (reference: Reference) => void): void {
  const terms = (...all: readonly Term[]): void => {
    for (const term of all) referencesOf(term).forEach(visit);
  };
  switch (condition.kind) {
    case "constant":
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      break;
    case "and":
    case "or":
      for (const part of condition.parts) visitReferences(part, visit);
      break;
    case "not":
      visitReferences(condition.part, visit);
      break;
    case "has":
    case "is":
    case "holds":
      visit(condition.value);
      break;
    case "compare":
      terms(condition.left, condition.right);
      break;
    case "member":
    case "host_in":
    case "ip_in":
    case "matches":
    case "regex":
    case "contains":
    case "starts_with":
      terms(condition.item);
      break;
    case "under":
      terms(condition.item, condition.prefix);
      break;
    case "includes":
      visit(condition.list);
      terms(condition.item);
      break;
    case "subset":
    case "overlaps":
      visit(condition.list);
      if (condition.set.kind === "list") visit(condition.set.list);
      break;
    case "quantifier":
      condition.lists.forEach(visit);
      visitReferences(condition.body, visit);
      break;
    default:
      unreachable(condition);
  }
}
