/** The language as the verbs use it: a file to a checked contract, diagnostics to lines. The parser is loaded on first use. */
import type { Contract, Diagnostic, Source } from "@thc/language";
import { type Read, readText } from "../files/read.ts";
import type { Paint } from "../terminal/paint.ts";
import { visible, visibleInPlace } from "../terminal/visible.ts";
import { checkOptionsFor } from "./check-options.ts";

export interface Checked {
  readonly source: Source;
  /** Undefined iff a diagnostic is an error. */
  readonly contract: Contract | undefined;
  readonly isRuleset: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param now milliseconds; given, what is observed must have an end that lies ahead */
export async function checkFile(path: string, now?: number): Promise<Read<Checked>> {
  const text = readText(path);
  if (!text.ok) return text;
  const { check } = await import("@thc/language");
  const source = { path, text: text.value };
  const options = await checkOptionsFor(source);
  if (!options.ok) return options;
  return {
    ok: true,
    value: { source, ...check(source, now === undefined ? options.value : { ...options.value, now }) },
  };
}

export type Formatted = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

export async function formatSource(source: Source): Promise<Formatted> {
  const { format } = await import("@thc/language");
  return format(source);
}

/** As a compiler prints them, safe to show whatever the file holds. */
export async function renderDiagnostics(
  source: Source,
  diagnostics: readonly Diagnostic[],
  paint: Paint,
): Promise<string[]> {
  const { renderDiagnostic } = await import("@thc/language");
  return diagnostics.flatMap((diagnostic) => [
    renderDiagnostic(safe(diagnostic), shown(source), { color: paint.enabled }).trimEnd(),
    "",
  ]);
}

const shown = ({ path, text }: Source): Source => ({ path: visible(path), text: visibleInPlace(text) });

function safe(diagnostic: Diagnostic): Diagnostic {
  const label = ({ source, ...one }: Diagnostic["primary"]) => ({
    ...one,
    text: visible(one.text),
    ...(source === undefined ? {} : { source: shown(source) }),
  });
  return {
    ...diagnostic,
    message: visible(diagnostic.message),
    primary: label(diagnostic.primary),
    related: diagnostic.related.map(label),
    help: diagnostic.help === undefined ? undefined : visibleInPlace(diagnostic.help),
  };
}

export const errorsOf = (diagnostics: readonly Diagnostic[]): number =>
  diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
