/**
 * Inspectors: what `inspect` looks for, as tables of literals (docs/formats/inspector.md). They come in as values; a contract holds those
 * that its rules name, so that it means the same wherever it is read.
 */
import type { Severity } from "../vocabulary.ts";

export interface Inspector {
  readonly name: string;
  /** In the order of the table. */
  readonly patterns: readonly InspectorPattern[];
}
export interface InspectorPattern {
  /** What a match is a sign of; a rule may name some classes. */
  readonly class: string;
  readonly severity: Severity;
  /** 1 to 64 characters of ASCII; with `fold` without capital letters. */
  readonly literal: string;
  /** `A` to `Z` in the text count as small letters. */
  readonly fold: boolean;
  /** No letter, digit or `_` of ASCII stands directly before it. */
  readonly starts: boolean;
  /** What stands directly before it. */
  readonly before: Run | undefined;
  /** What stands directly behind it. */
  readonly after: Run | undefined;
}
/** At least so many (1 to 64) of these characters of ASCII: single ones and ranges, `A-Z0-9_-`, a `-` that stands for itself last. */
export interface Run {
  readonly of: string;
  readonly least: number;
}
