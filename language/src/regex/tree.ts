/** What a regular expression says, read (parse.ts) and not yet an automaton (automaton.ts). */
import type { Ranges } from "./ranges.ts";

export type Regex =
  /** One character of the set. */
  | { readonly kind: "set"; readonly of: Ranges }
  /** Nothing, at the beginning or the end of the text. */
  | { readonly kind: "start" | "end" }
  | { readonly kind: "sequence"; readonly parts: readonly Regex[] }
  | { readonly kind: "choice"; readonly options: readonly Regex[] }
  /** `most` undefined: any number. */
  | { readonly kind: "repeat"; readonly of: Regex; readonly least: number; readonly most: number | undefined };

/** Why an expression is none: its characters from `start` up to `end`, the message and what would help. */
export interface RegexFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string | undefined;
}
