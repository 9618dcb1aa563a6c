/** Obligations and their arguments: `log_full`, `sandbox(profile)`, `throttle(5 per 1m)`, `redact(note, pii)`, `rate(20 per 1h)` and the others. */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_OBLIGATIONS, notAvailable } from "../syntax/later-words.ts";
import { OBLIGATION_KINDS, type ObligationKind } from "../vocabulary.ts";
import type { Carried } from "./contract.ts";
import { positiveCount, positiveDuration } from "./numbers.ts";
import type { Scope } from "./scope.ts";

const MAX_ROWS = 2_147_483_647;
/** As they are written; a rate is none of the host's. */
const WORDS = [...OBLIGATION_KINDS, "rate"] as const;
const EXAMPLES: { readonly [kind in ObligationKind | "rate"]: string } = {
  log_full: "log_full",
  signed_receipt: "signed_receipt",
  snapshot_first: "snapshot_first",
  sandbox: "sandbox(read_replica)",
  row_limit: "row_limit(200)",
  timeout: "timeout(10m)",
  credential: "credential(15m)",
  throttle: "throttle(5 per 1m)",
  redact: "redact(note, pii)",
  rate: "rate(20 per 1h)",
};

/** Undefined when something was reported. */
export function readObligations(nodes: readonly Ast.ObligationNode[], scope: Scope): readonly Carried[] | undefined {
  const all: Carried[] = [];
  let ok = true;
  for (const node of nodes) {
    const obligation = readObligation(node, scope);
    if (obligation === undefined) ok = false;
    else all.push(obligation);
  }
  return ok ? all : undefined;
}

function readObligation(node: Ast.ObligationNode, scope: Scope): Carried | undefined {
  const { report } = scope;
  const { text, span } = node.name;
  const kind = WORDS.find((known) => known === text);
  if (kind === undefined) {
    if (LATER_OBLIGATIONS.has(text)) return void report(notAvailable(`\`${text}\` is`, span));
    const help = didYouMean(text, WORDS) ?? `obligations are ${list(WORDS, "and")}`;
    return void report(error("THC2008", `unknown obligation \`${text}\``, span, "not known here", { help }));
  }
  const wrong = (): undefined =>
    report(
      error("THC3018", `\`${kind}\` is not written so`, node.span, "", { help: `write \`${EXAMPLES[kind]}\`` }),
    ) as undefined;
  const [first, ...more] = node.args;
  switch (kind) {
    case "log_full":
    case "signed_receipt":
    case "snapshot_first":
      return first === undefined ? { kind } : wrong();
    case "sandbox": {
      const profile = first && more.length === 0 ? nameOf(first) : undefined;
      return profile === undefined ? wrong() : { kind, profile };
    }
    case "row_limit": {
      if (first?.value.kind !== "number" || first.per !== undefined || more.length > 0) return wrong();
      const rows = positiveCount(first.value, MAX_ROWS, report);
      return rows === undefined ? undefined : { kind, rows };
    }
    case "timeout":
    case "credential": {
      if (first?.value.kind !== "duration" || first.per !== undefined || more.length > 0) return wrong();
      const ms = positiveDuration(first.value, report);
      return ms === undefined ? undefined : { kind, ms };
    }
    case "throttle":
    case "rate": {
      if (first?.value.kind !== "number" || first.per === undefined || more.length > 0) return wrong();
      const count = positiveCount(first.value, MAX_ROWS, report);
      const ms = positiveDuration(first.per, report);
      return count === undefined || ms === undefined ? undefined : { kind, count, ms };
    }
    case "redact": {
      const names = more.map(nameOf);
      const field = first && fieldOf(first);
      if (field === undefined || names.length === 0 || !names.every((name) => name !== undefined)) return wrong();
      if (!isField(field, scope)) {
        const help =
          didYouMean(field, ["result", "args", ...argumentNames(scope)]) ??
          "a field is `result`, `args`, or an argument of the tool";
        return void report(error("THC2004", `there is no field \`${field}\` to redact`, first!.span, "", { help }));
      }
      return { kind, field, classes: [...new Set(names)].sort() };
    }
  }
}

/** A plain word, or a text in quotes. */
function nameOf({ value, per }: Ast.ObligationArg): string | undefined {
  if (per !== undefined) return undefined;
  if (value.kind === "text" && value.value !== "") return value.value;
  return value.kind === "path" && value.names.length === 1 ? value.names[0]!.text : undefined;
}

function fieldOf({ value, per }: Ast.ObligationArg): string | undefined {
  if (per !== undefined || value.kind !== "path") return undefined;
  const names = value.names.map((word) => word.text);
  return (names[0] === "args" && names.length > 1 ? names.slice(1) : names).join(".");
}

const argumentNames = ({ tools }: Scope): string[] => tools.flatMap((tool) => tool.params.map((param) => param.name));
function isField(field: string, scope: Scope): boolean {
  const first = field.split(".")[0]!;
  return first === "result" || field === "args" || argumentNames(scope).includes(first);
}
