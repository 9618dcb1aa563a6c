/** `inspect`: what is looked at, and for what. */
import { error } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { readSought } from "../resolve/inspectors.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import type { Inspect } from "./contract.ts";
import type { Scope } from "./scope.ts";

const INSPECTED = ["args"] as const;
const LATER: readonly string[] = ["results", "messages", "descriptions"];

/** Undefined when something was reported. */
export function readInspect(
  head: Extract<Ast.Head, { kind: "inspect" }>,
  { names, report }: Scope,
): Pick<Inspect, "what" | "inspector" | "classes" | "atLeast"> | undefined {
  const { text, span } = head.what;
  const what = INSPECTED.find((each) => each === text);
  const sought = readSought(head, names.inspectors, report);
  if (LATER.includes(text)) return void report(notAvailable(`\`inspect ${text}\` is`, span));
  if (what === undefined) {
    const help = didYouMean(text, [...INSPECTED, ...LATER]) ?? "write `args`";
    return void report(error("THC3120", `\`${text}\` cannot be inspected`, span, "not known here", { help }));
  }
  if (sought === undefined) return undefined;
  return { what, inspector: sought.inspector.name, classes: sought.classes, atLeast: sought.atLeast };
}
