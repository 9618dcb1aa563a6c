/**
 * Words of the language whose statements come in a later version: known, reserved in their place, and answered with one clear
 * sentence instead of a syntax error. Making a word available means taking it out of here.
 */
import { type Diagnostic, error } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import { spanOf, type Token } from "./tokens.ts";

/** After `NAME:`. */
export const LATER_VERBS: ReadonlySet<string> = new Set(["halt", "trust", "report", "ladder"]);
/** After `require`. */
export const LATER_REQUIREMENTS: ReadonlySet<string> = new Set(["confirmed"]);
/** Words that begin a declaration. */
export const LATER_DECLARATIONS: ReadonlySet<string> = new Set([
  "channel",
  "remember",
  "ledger",
  "ladder",
  "distrust",
  "prove",
  "confirm",
]);
export const LATER_FLAGS: ReadonlySet<string> = new Set(["trusted"]);
export const LATER_AGENT_ITEMS: ReadonlySet<string> = new Set(["providers", "credentials"]);
export const LATER_OUTCOMES: ReadonlySet<string> = new Set(["suspend"]);
export const LATER_OBLIGATIONS: ReadonlySet<string> = new Set(["quarantine"]);
export const LATER_LEDGERS: ReadonlySet<string> = new Set(["key"]);
export const LATER_CONDITIONS: ReadonlySet<string> = new Set(["time"]);
/** Request fields that come later. */
export const LATER_FIELDS: ReadonlySet<string> = new Set(["context.time"]);

/** Words that can only stand where the parser stops when it does not know them. */
const LATER_CLAUSES: ReadonlySet<string> = new Set(["suggesting", "by", "while", "halt", "signed"]);
const LATER_KINDS: { readonly [tokenType: string]: string } = {
  Clock: "times of day are",
};

/** The diagnostic for a place where parsing stopped, if what stands there is a later word. */
export function laterAt(found: Token, before: readonly Token[]): Diagnostic | undefined {
  const { image } = found;
  const previous = before.at(-1);
  const is = (what: string, at: Token = found): Diagnostic => notAvailable(what, spanOf(at));
  const kind = LATER_KINDS[found.tokenType.name];
  if (kind !== undefined) return is(kind);
  if (previous === undefined) return undefined;
  if (previous.image === "channel") return is("`channel` is", previous);
  return LATER_CLAUSES.has(image) ? is(`\`${image}\` is`) : undefined;
}

/** `what`: the words and their verb, such as `` `loop` is ``. */
export function notAvailable(what: string, span: Span): Diagnostic {
  return error("THC1004", `${what} not available in this version`, span);
}
