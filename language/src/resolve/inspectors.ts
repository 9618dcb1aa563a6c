/** The inspectors that a contract can name, and which of their classes and severities a rule is about. */
import { error, list, type Report, warning } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Rule } from "../types/contract.ts";
import type { Inspector } from "../types/inspector.ts";
import { SEVERITIES, type Severity } from "../vocabulary.ts";
import { byBytes } from "./order.ts";

/** By name; made when a contract first asks for one. */
export type Shelf = () => readonly Inspector[];

export interface Sought {
  readonly inspector: Inspector;
  /** Undefined: all of its classes. Sorted. */
  readonly classes: readonly string[] | undefined;
  readonly atLeast: Severity;
}

/** Undefined when something was reported. */
export function readSought(
  head: Extract<Ast.Head, { kind: "inspect" }>,
  shelf: Shelf | undefined,
  report: Report,
): Sought | undefined {
  const atLeast = readSeverity(head.atLeast, report);
  const inspector = findInspector(head.inspector, shelf, report);
  if (inspector === undefined) return undefined;
  const known = [...new Set(inspector.patterns.map((pattern) => pattern.class))];
  let ok = atLeast !== undefined;
  for (const { text, span } of head.classes) {
    if (known.includes(text)) continue;
    const help = didYouMean(text, known) ?? `its classes are ${list([...known].sort(byBytes), "and")}`;
    report(error("THC2091", `\`${inspector.name}\` has no class \`${text}\``, span, "not known here", { help }));
    ok = false;
  }
  if (!ok || atLeast === undefined) return undefined;
  const classes =
    head.classes.length === 0 ? undefined : [...new Set(head.classes.map(({ text }) => text))].sort(byBytes);
  const sought = { inspector, classes, atLeast };
  if (inspector.patterns.some((pattern) => isSought(pattern, sought))) {
    for (const { text, span } of head.classes) {
      if (inspector.patterns.some((pattern) => isSought(pattern, { classes: [text], atLeast }))) continue;
      const help = `write a lower severity, \`>= ${mostOf(inspector, [text])}\`, or leave \`${text}\` out`;
      report(warning("THC3121", `no \`${text}\` is as grave as \`${atLeast}\``, span, "never found", { help }));
    }
    return sought;
  }
  const help = `write a lower severity: \`>= ${mostOf(inspector, classes)}\``;
  return void report(
    error("THC3121", `nothing that it looks for is \`${atLeast}\``, head.atLeast.span, "finds nothing", { help }),
  );
}

function isSought(
  pattern: Inspector["patterns"][number],
  { classes, atLeast }: Pick<Sought, "classes" | "atLeast">,
): boolean {
  return (
    (classes === undefined || classes.includes(pattern.class)) &&
    SEVERITIES.indexOf(pattern.severity) >= SEVERITIES.indexOf(atLeast)
  );
}

function mostOf({ patterns }: Inspector, classes: readonly string[] | undefined): Severity {
  return SEVERITIES.findLast((severity) =>
    patterns.some((p) => p.severity === severity && isSought(p, { classes, atLeast: "low" })),
  )!;
}

function readSeverity({ text, span }: Ast.Word, report: Report): Severity | undefined {
  const found = SEVERITIES.find((severity) => severity === text);
  if (found !== undefined) return found;
  const help = didYouMean(text, SEVERITIES) ?? `severities are ${list(SEVERITIES, "and")}`;
  return void report(error("THC2092", `unknown severity \`${text}\``, span, "not known here", { help }));
}

function findInspector({ text, span }: Ast.Word, shelf: Shelf | undefined, report: Report): Inspector | undefined {
  const all = shelf?.() ?? [];
  const found = all.find(({ name }) => name === text);
  if (found !== undefined) return found;
  const names = all.map(({ name }) => name).sort(byBytes);
  const help =
    names.length === 0
      ? "no inspectors are at hand here"
      : (didYouMean(text, names) ?? `inspectors are ${list(names, "and")}`);
  return void report(error("THC2090", `unknown inspector \`${text}\``, span, "not known here", { help }));
}

/** Those that the contract's rules name, by name. */
export function namedInspectors(
  rules: readonly Rule[],
  shelf: Shelf | undefined,
): { readonly inspectors?: readonly Inspector[] } {
  const named = new Set(rules.flatMap((rule) => (rule.kind === "inspect" ? [rule.inspector] : [])));
  if (named.size === 0) return {};
  return {
    inspectors: (shelf?.() ?? []).filter(({ name }) => named.has(name)).sort((a, b) => byBytes(a.name, b.name)),
  };
}
