/** `inspect`: what is looked at, for what, and what may happen then. */
import { error, quote, type Report, warning } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { look } from "../inspect/look.ts";
import { readSought } from "../resolve/inspectors.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Clauses } from "./clauses.ts";
import type { Inspect, Outcome } from "./contract.ts";
import type { Scope } from "./scope.ts";

type InspectHead = Extract<Ast.Head, { kind: "inspect" }>;

const INSPECTED = ["args", "results", "messages", "descriptions"] as const;

/** Undefined when something was reported. */
export function readInspect(
  head: InspectHead,
  clauses: Clauses,
  { names, report }: Scope,
): Pick<Inspect, "what" | "inspector" | "classes" | "atLeast"> | undefined {
  const { text, span } = head.what;
  const what = INSPECTED.find((each) => each === text);
  const sought = readSought(head, names.inspectors, report);
  if (what === undefined) {
    const help = didYouMean(text, INSPECTED) ?? "write `args`, `results`, `messages` or `descriptions`";
    return void report(error("THC3120", `\`${text}\` cannot be inspected`, span, "not known here", { help }));
  }
  if (sought === undefined || !fits(head, what, clauses, report)) return undefined;
  return { what, inspector: sought.inspector.name, classes: sought.classes, atLeast: sought.atLeast };
}

/** Conditions are about calls; a message is of no tool. */
function fits({ targets }: InspectHead, what: Inspect["what"], { when }: Clauses, report: Report): boolean {
  if (what !== "args" && when !== undefined) {
    const help =
      what === "descriptions" ? "there is no call yet" : "what comes back, and what is said, is always looked at";
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
  const other = what === "descriptions" ? nodes.find((node) => !isDenyOrWarn(node)) : undefined;
  if (other !== undefined) {
    const help = "a contract is refused by `then deny`, or warned about by `then warn`";
    return misplaced("nothing is called while a contract is checked", other.span, help, report);
  }
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

const isDenyOrWarn = (node: Ast.OutcomeNode): boolean =>
  node.kind === "word" && (node.word.text === "deny" || node.word.text === "warn");

/** What the servers say of the targets that were imported. */
export function inspectDescriptions(
  { targets: { span } }: InspectHead,
  sought: Pick<Inspect, "inspector" | "classes" | "atLeast" | "otherwise">,
  { names, tools, report }: Scope,
): void {
  const inspector = names.inspectors?.().find(({ name }) => name === sought.inspector);
  const all = new Map(names.imports.flatMap(({ definitions }) => [...definitions]));
  const imported = tools.filter(({ name }) => all.has(name));
  if (inspector === undefined) return;
  if (imported.length === 0)
    return void misplaced(
      "none of these tools was imported",
      span,
      "a tool has a description where a server gives one",
      report,
    );
  for (const { name } of imported) {
    const { found, overLimit } = look(all.get(name)!, inspector, sought.classes, sought.atLeast);
    const what = found.map((each) => `\`${inspector.name} ${each.class}\` in ${quote(each.place)}`);
    if (overLimit) what.push("more than can be read, or encoded too deep");
    if (what.length === 0) continue;
    const message = `the definition of \`${name}\` holds ${what.slice(0, 3).join(", ")}`;
    const isDenied = sought.otherwise.some(({ kind }) => kind === "deny");
    const help = isDenied
      ? "what a server says is read by the model: leave the tool out, or look at it and write `then warn`"
      : undefined;
    report((isDenied ? error : warning)("THC3123", message, span, "found in what was imported", { help }));
  }
}

function misplaced(message: string, span: Span, help: string, report: Report): false {
  report(error("THC3122", message, span, "not here", { help }));
  return false;
}
