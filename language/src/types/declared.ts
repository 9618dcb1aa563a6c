/** What a contract declares that rests on nothing else: agents, labels, lists of tools, sizes of tables. */
import type { Span } from "../source.ts";

/** A principal is this agent when one of the globs (`*` is any run of characters) matches the whole of its id. */
export interface Agent {
  readonly name: string;
  readonly ids: readonly string[];
  /** What `principal.team` reads; a request that says another is no request of this agent. Undefined: what the host sends. */
  readonly team: string | undefined;
  readonly span: Span;
}

export interface Label {
  readonly name: string;
  /** Indexes into `labels`, ascending: what stands higher in its order. A label counts as every one below it. */
  readonly above: readonly number[];
  readonly span: Span;
}
export interface ImportedList {
  readonly alias: string;
  /** `sha256:` and 64 hex digits (docs/formats/pin.md). */
  readonly pin: string;
}

/** Rows that a session keeps at most. */
export interface StateRows {
  readonly pending: number;
  readonly evidence: number;
  readonly tokens: number;
  readonly approvals: number;
  readonly values: number;
  readonly loop: number;
}

/** A ruleset that a contract uses; its rules are called `alias.rule`. */
export interface UsedRuleset {
  readonly name: string;
  readonly version: string;
  readonly alias: string;
}
