/** Approvals: who is asked, under which terms, and what the answer binds beside the call itself. */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { readBinds, requestFields } from "./binds.ts";
import type { Approval, Condition } from "./contract.ts";
import { positiveCount, positiveDuration } from "./numbers.ts";
import type { Scope } from "./scope.ts";

const MAX_QUORUM = 16;

/** `conditions`: all of the rule's. Undefined when something was reported. */
export function readApproval(
  node: Ast.ApproversNode,
  conditions: readonly (Condition | undefined)[],
  scope: Scope,
): Approval | undefined {
  const { report, tools, narrowed = [] } = scope;
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
  const all = [...narrowed, ...conditions];
  const listed = node.options.find((option) => option.kind === "binds");
  const binds = listed === undefined ? requestFields(all, tools) : readBinds(listed, all, scope);
  if (listed !== undefined && seen.has("binds all")) {
    ok = false;
    report(error("THC3019", "what binds all cannot bind less", listed.span));
  }
  if (!ok || quorum === undefined || binds === undefined) return undefined;
  return {
    roles: node.roles?.map((role) => role.text),
    quorum,
    expires,
    once: seen.has("once"),
    orRequester: seen.has("or requester"),
    whole: listed === undefined,
    binds,
  };
}
