/**
 * A diagnostic for people (a terminal, in the manner of rustc) and for programs (JSON). Control characters of the source are never
 * passed on to the terminal.
 */
import type { Source } from "../source.ts";
import { type Diagnostic, type Label, place } from "./diagnostic.ts";

export interface RenderOptions {
  /** ANSI colours. */
  readonly color: boolean;
}

export const pageOf = (diagnostic: Diagnostic): string => `docs/diagnostics/${diagnostic.code}.md`;

export function renderDiagnostic(diagnostic: Diagnostic, source: Source, { color }: RenderOptions): string {
  const paint = (style: string, text: string): string => (color ? `\x1b[${style}m${text}\x1b[0m` : text);
  const accent = diagnostic.severity === "error" ? "1;31" : "1;33";
  const own = diagnostic.primary.source ?? source;
  const at = place(own, diagnostic.primary.span.start);
  const labels = [diagnostic.primary, ...diagnostic.related];
  const width = Math.max(...labels.map((label) => String(place(label.source ?? source, label.span.start).line).length));
  const margin = " ".repeat(width);
  const bar = paint("1;34", "|");
  const lines = [
    `${paint(accent, `${diagnostic.severity}[${diagnostic.code}]`)}${paint("1", `: ${printable(diagnostic.message)}`)}`,
    `${margin}${paint("1;34", "-->")} ${printable(own.path)}:${at.line}:${at.column}`,
    `${margin} ${bar}`,
  ];
  labels.forEach((label, i) => {
    const file = label.source ?? source;
    if (file.path !== (labels[i - 1]?.source ?? (i === 0 ? file : source)).path) {
      const there = place(file, label.span.start);
      lines.push(`${margin}${paint("1;34", ":::")} ${printable(file.path)}:${there.line}:${there.column}`);
    }
    const { number, code, underline } = excerpt(file, label, i === 0 ? "^" : "-");
    lines.push(`${paint("1;34", number.padStart(width))} ${bar} ${code}`);
    lines.push(`${margin} ${bar} ${paint(i === 0 ? accent : "1;34", underline)}`);
  });
  if (diagnostic.help !== undefined) lines.push(`${margin} ${paint("1;34", "=")} help: ${printable(diagnostic.help)}`);
  lines.push(`${margin} ${paint("1;34", "=")} see ${pageOf(diagnostic)}`);
  return `${lines.join("\n")}\n`;
}

const MAX_COLUMNS = 160;

/** The first line of what a label underlines; long lines are shown around the underlined part. */
function excerpt(source: Source, label: Label, mark: string): { number: string; code: string; underline: string } {
  const { line, from, to } = place(source, label.span.start);
  const start = label.span.start - from;
  const end = Math.max(start + 1, Math.min(label.span.end, to) - from);
  const skipped = end > MAX_COLUMNS ? Math.max(0, start - 40) : 0;
  const whole = source.text.slice(from, to);
  const show = (a: number, b: number): string => printable(whole.slice(a, b)).replaceAll("\t", " ");
  const before = (skipped > 0 ? "..." : "") + show(skipped, start);
  const marked = show(start, Math.min(end, skipped + MAX_COLUMNS)) || " ";
  const after = show(end, Math.max(end, skipped + MAX_COLUMNS));
  const underline = `${" ".repeat(columns(before))}${mark.repeat(Math.max(1, columns(marked)))} ${printable(label.text)}`;
  return { number: String(line), code: `${before}${marked}${after}`.trimEnd(), underline: underline.trimEnd() };
}

/** How many columns a terminal gives a text: wide characters two. An approximation; being wrong moves an underline only. */
function columns(text: string): number {
  let count = 0;
  for (const c of text)
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|[\u{1f300}-\u{1faff}]/u.test(c)
        ? 2
        : 1;
  return count;
}

/** Nothing that steers a terminal or hides text gets through. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]|\p{Cs}|\p{Cf}|[\u2028\u2029]/gu, "\ufffd");
}

/** Positions are 1-based; `offset`s count UTF-16 code units from 0. */
export function diagnosticToJson(diagnostic: Diagnostic, source: Source): object {
  const own = diagnostic.primary.source ?? source;
  const label = ({ span, text, source: there = source }: Label): object => {
    const [start, end] = [place(there, span.start), place(there, span.end)];
    return {
      ...(there.path === own.path ? {} : { path: there.path }),
      start: { offset: span.start, line: start.line, column: start.column },
      end: { offset: span.end, line: end.line, column: end.column },
      text,
    };
  };
  const { code, severity, message, help } = diagnostic;
  return {
    code,
    severity,
    message,
    path: own.path,
    primary: label(diagnostic.primary),
    related: diagnostic.related.map(label),
    help: help ?? null,
    page: pageOf(diagnostic),
  };
}
