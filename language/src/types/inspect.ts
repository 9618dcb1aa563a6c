/** `inspect`: what is looked at, for what, and what may happen then. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { readSought } from "../resolve/inspectors.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import type { Clauses } from "./clauses.ts";
import type { Inspect, Outcome } from "./contract.ts";
import type { Scope } from "./scope.ts";

type InspectHead = Extract<Ast.Head, { kind: "inspect" }>;

const INSPECTED = ["args", "results", "messages"] as const;
const LATER: readonly string[] = ["descriptions"];

/** Undefined when something was reported. */
export function readInspect(
  head: InspectHead,
  clauses: Clauses,
  { names, report }: Scope,
): Pick<Inspect, "what" | "inspector" | "classes" | "atLeast"> | undefined {
  const { text, span } = head.what;
  const what = INSPECTED.find((each) => each === text);
  const sought = readSought(head, names.inspectors, report);
  if (LATER.includes(text)) return void report(notAvailable(`\`inspect ${text}\` is`, span));
  if (what === undefined) {
    const help = didYouMean(text, [...INSPECTED, ...LATER]) ?? "write `args`, `results` or `messages`";
    return void report(error("THC3120", `\`${text}\` cannot be inspected`, span, "not known here", { help }));
  }
  if (sought === undefined || !fits(head, what, clauses, report)) return undefined;
  return { what, inspector: sought.inspector.name, classes: sought.classes, atLeast: sought.atLeast };
}

/** Conditions are about calls; a message is of no tool. */
function fits({ targets }: InspectHead, what: Inspect["what"], { when }: Clauses, report: Report): boolean {
  if (what !== "args" && when !== undefined) {
    const help = "what comes back, and what is said, is always looked at";
    return misplaced(`\`when\` has no place in \`inspect ${what}\``, when.span, help, report);
  }
  const isAll = targets.except.length === 0 && targets.include.some(({ kind }) => kind === "star");
  if (what !== "messages" || isAll) return true;
  return misplaced("a message is of no tool", targets.span, "write `inspect messages of * for …`", report);
}

/** What happens at a call alone has no place where there is none. */
export function fitsOutcome(
  what: Inspect["what"],
  outcome: Outcome,
  nodes: readonly Ast.OutcomeNode[],
  report: Report,
): boolean {
  if (what === "args") return true;
  const spanOf = (kind: string): Span => nodes.find((node) => node.kind === kind)!.span;
  if (outcome.some((part) => part.kind === "with" && part.obligations.some(({ kind }) => kind === "rate"))) {
    const help = "a rate counts calls: write a rule about calls";
    return misplaced(`\`rate\` has no place in \`inspect ${what}\``, spanOf("with"), help, report);
  }
  if (outcome.some((part) => part.kind === "with" && part.obligations.some(({ kind }) => kind === "redact"))) {
    const help = "`then redact` takes out what was found";
    return misplaced(`an obligation to redact has no place in \`inspect ${what}\``, spanOf("with"), help, report);
  }
  const redacted = nodes.find((node) => node.kind === "word" && node.word.text === "redact");
  if (what === "messages" && redacted !== undefined) {
    const help = "what somebody says is let through or not: write `then deny`";
    return misplaced("`redact` has no place in `inspect messages`", redacted.span, help, report);
  }
  if (what === "messages" && outcome.some(({ kind }) => kind === "suspend"))
    return misplaced("a message is of no run", spanOf("suspend"), "write `then deny`, or `then label …`", report);
  return true;
}

function misplaced(message: string, span: Span, help: string, report: Report): false {
  report(error("THC3122", message, span, "not here", { help }));
  return false;
}
