/**
 * What an inspector is: a table of literals with a little structure around them (docs/formats/inspector.md). Data alone: whoever compiles a
 * contract hands it to the checker. What no literal can say honestly (natural language, statistics) is not here.
 */

export interface Inspector {
  readonly name: string;
  readonly patterns: readonly Pattern[];
}
export interface Pattern {
  readonly class: string;
  readonly severity: Severity;
  readonly literal: string;
  readonly fold: boolean;
  readonly starts: boolean;
  readonly before: Run | undefined;
  readonly after: Run | undefined;
}
export interface Run {
  readonly of: string;
  readonly least: number;
}
export type Severity = "low" | "medium" | "high" | "critical";

type Rest = Partial<Pick<Pattern, "starts" | "before" | "after">>;

/** Sought as it is written. */
export function exact(name: string, severity: Severity, literal: string, rest: Rest = {}): Pattern {
  return { class: name, severity, literal, fold: false, starts: false, before: undefined, after: undefined, ...rest };
}
/** Small and capital letters are alike. */
export function anyCase(name: string, severity: Severity, literal: string, rest: Rest = {}): Pattern {
  return { ...exact(name, severity, literal, rest), fold: true };
}
