/**
 * Tokens to statements: where each statement of the contract begins and ends, found before any of them is parsed, so that a broken
 * one takes no other with it. Brackets are matched here, and nesting is bounded here.
 *
 * A statement begins at `NAME :`, or at a declaring word followed by what only its declaration has. INVARIANT: neither can stand inside a
 * correct statement outside of brackets. Inside of brackets only unmistakable beginnings count, and mean that a bracket is not closed.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import { LATER_VERBS } from "./later-words.ts";
import * as T from "./tokens.ts";

const MAX_DEPTH = 64;
const MAX_BRACKET_ERRORS = 50;

export interface Segments {
  /** Up to and with the first `{`; empty when the file does not begin with `contract`. */
  readonly header: readonly T.Token[];
  readonly statements: readonly Segment[];
}
export interface Segment {
  readonly tokens: readonly T.Token[];
  /** Its brackets do not match (reported), so parsing it would only repeat that. */
  readonly broken: boolean;
}

const VERBS: ReadonlySet<string> = new Set([
  "allow",
  "deny",
  "oblige",
  "require",
  "budget",
  "loop",
  "flow",
  "observe",
  "inspect",
  ...LATER_VERBS,
]);
/** A map: a name may be a member that every object has. */
const CLOSES: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["(", ")"],
  ["[", "]"],
]);

export function segment(tokens: readonly T.Token[], report: Report): Segments {
  const begin = bodyStart(tokens);
  const isRuleset = tokens[0]?.image === "ruleset";
  const header = isRuleset || tokens[0]?.image === "contract" ? tokens.slice(0, begin) : [];
  const statements: Segment[] = [];
  let open: T.Token[] = [];
  let errors = 0;
  let from = begin;
  let broken = false;
  let deep = false;
  const fail = (diagnostic: Parameters<Report>[0]): void => {
    broken = true;
    if (++errors <= MAX_BRACKET_ERRORS) report(diagnostic);
  };
  const cut = (to: number): void => {
    const unclosed = open.at(-1);
    if (unclosed !== undefined) fail(notClosed(unclosed));
    if (to > from) statements.push({ tokens: tokens.slice(from, to), broken });
    [open, from, broken, deep] = [[], to, false, false];
  };
  for (let i = begin; i < tokens.length; i++) {
    const token = tokens[i]!;
    const isGiven = isRuleset && open.length === 0 && isGivenAt(tokens, i);
    // what `given` stands before is cut with it
    const isCut = isRuleset && i === from + 1 && isGivenAt(tokens, from);
    if (
      i > from &&
      !isCut &&
      (isGiven || beginsStatement(tokens, i, open.length > 0, agentAt(tokens, from, isRuleset)))
    )
      cut(i);
    const { image } = token;
    if (token.tokenType === T.Quoted || token.tokenType === T.Text) continue;
    if (CLOSES.has(image) || isTypeOpener(tokens, i)) {
      open.push(token);
      if (open.length > MAX_DEPTH && !deep) {
        deep = true;
        fail(error("THC1009", `brackets are nested more than ${MAX_DEPTH} deep`, T.spanOf(token), "here"));
      }
    } else if (image === ">" && open.at(-1)?.image === "<") {
      open.pop();
    } else if (image === "}" && !open.some((o) => o.image === "{")) {
      // the contract's own: brackets that are still open were forgotten
      cut(i);
      if (i === tokens.length - 1) return { header, statements };
      from = i + 1;
      const next = tokens[i + 1]!;
      if (beginsStatement(tokens, i + 1, false, false)) fail(closesNothing(token));
      else {
        fail(error("THC1001", "nothing may follow the end of the contract", T.spanOf(next), "unexpected"));
        return { header, statements };
      }
      broken = false;
    } else if (image === "}" || image === ")" || image === "]") {
      while (open.at(-1)?.image === "<") open.pop();
      const last = open.at(-1);
      if (last !== undefined && CLOSES.get(last.image) === image) open.pop();
      else if (last !== undefined && open.some((o) => CLOSES.get(o.image) === image)) {
        fail(notClosed(last));
        while (CLOSES.get(open.pop()!.image) !== image);
      } else fail(closesNothing(token));
    }
  }
  cut(tokens.length);
  const brace = header.at(-1);
  if (brace !== undefined && errors === 0) report(notClosed(brace));
  return { header, statements };
}

function bodyStart(tokens: readonly T.Token[]): number {
  if (tokens[0] === undefined || beginsStatement(tokens, 0, false, false)) return 0;
  for (let i = 1; i < tokens.length; i++) {
    if (tokens[i]!.tokenType === T.P["{"]) return i + 1;
    if (beginsStatement(tokens, i, true, false)) return i;
  }
  return tokens.length;
}

/** `given` before a statement: of a ruleset's own tests. */
export function isGivenAt(tokens: readonly T.Token[], i: number): boolean {
  const { image, tokenType } = tokens[i]!;
  return (
    image === "given" && tokenType !== T.Quoted && i + 1 < tokens.length && beginsStatement(tokens, i + 1, false, false)
  );
}
function agentAt(tokens: readonly T.Token[], from: number, isRuleset: boolean): boolean {
  return tokens[isRuleset && isGivenAt(tokens, from) ? from + 1 : from]!.image === "agent";
}

function beginsStatement(tokens: readonly T.Token[], i: number, inside: boolean, inAgent: boolean): boolean {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  if (next === undefined) return false;
  const { image } = token;
  if (next.tokenType === T.P[":"]) {
    if (!T.isName(token) && !T.isHard(token)) return false;
    const before = tokens[i - 1];
    if (before?.tokenType === T.P["."] || before?.tokenType === T.W.fact) return false;
    if (!inside) return true;
    return !inAgent && VERBS.has(tokens[i + 2]?.image ?? "") && tokens[i + 2]?.tokenType !== T.Quoted;
  }
  if (token.tokenType === T.Quoted || !T.isName(token)) return false;
  if (tokens[i - 1]?.tokenType === T.P["."]) return false; // a field may be named like a statement
  const after = tokens[i + 2];
  const isSet = (...images: string[]): boolean => images.includes(next.image);
  switch (image) {
    case "tool":
      return T.isName(next) && next.image !== "where" && (after?.image === "." || after?.image === "(");
    case "agent":
      return T.isName(next) && after?.image === "{";
    case "test":
      return next.tokenType === T.Text && after?.image === "{";
    case "owner":
      return !inside && next.tokenType === T.Text;
    case "fact":
      return !inside && T.isName(next) && (after?.image === "." || after?.image === ":");
    case "let":
    case "remember":
      return !inside && (next.image === "=" || (T.isName(next) && after?.image === "="));
    case "use":
      return !inside && (next.tokenType === T.Text || isSet("tools", "registry"));
    case "inside":
      return !inside && isSet("hosts");
    case "delegate":
      return !inside && isSet("from", "to");
    case "channel":
      return !inside && T.isName(next) && after?.image === "(";
    case "decision":
      return !inside && isSet("valid");
    case "observe":
      // behind a name and a colon it is a rule's
      return (
        !inside &&
        tokens[i - 1]?.tokenType !== T.P[":"] &&
        (isSet("until", "}") || beginsStatement(tokens, i + 1, false, false))
      );
    case "confirm":
      return !inside && isSet("words");
    case "state":
      return !inside && isSet("{");
    case "ledger":
      return !inside && T.isName(next) && after?.image === "by";
    case "ladder":
      return !inside && T.isName(next) && after?.image === "on";
    case "labels":
      if (!inside && T.isName(next) && after?.image === "<") return true;
      return !inside && (next.tokenType === T.Ident || next.tokenType === T.Quoted);
    case "distrust":
      return !inside && (next.tokenType === T.Ident || next.tokenType === T.Quoted);
    case "classify":
    case "refine":
      return !inside && tokens[i - 1]?.image !== "agent" && isToolPattern(next, after);
    default:
      return false;
  }
}

/** What only `classify` and `refine` are followed by: a name, a glob or braces; a soft word only as the first part of a name. */
function isToolPattern(next: T.Token, after: T.Token | undefined): boolean {
  const { tokenType } = next;
  if (tokenType === T.Ident || tokenType === T.Quoted || tokenType === T.Glob || tokenType === T.P["{"]) return true;
  return T.isName(next) && after?.tokenType === T.P["."];
}

/** `List<…>`: counts as a bracket, so that types cannot nest without bound either. */
function isTypeOpener(tokens: readonly T.Token[], i: number): boolean {
  return (
    tokens[i]!.image === "<" && /^[A-Z]/.test(tokens[i - 1]?.image ?? "") && /^["{A-Z]/.test(tokens[i + 1]?.image ?? "")
  );
}

const notClosed = (opener: T.Token) =>
  error("THC1008", `\`${opener.image}\` is not closed`, span(opener), "opened here", {
    help: opener.image === "<" ? undefined : `a \`${CLOSES.get(opener.image)}\` is missing`,
  });
const closesNothing = (closer: T.Token) =>
  error("THC1008", `\`${closer.image}\` closes nothing`, span(closer), "no open bracket before it");
const span = (token: T.Token): Span => T.spanOf(token);
