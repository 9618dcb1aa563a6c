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
import { LOOK_BACK, type Tokens } from "./lex.ts";
import * as T from "./tokens.ts";

const MAX_DEPTH = 64;
const MAX_BRACKET_ERRORS = 50;

export interface Segments {
  /** Up to and with the first `{`; empty when the file does not begin with `contract`. */
  readonly header: readonly T.Token[];
  /** One after the other: the next one is cut when it is asked for. */
  readonly statements: Iterable<Segment>;
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

const OPENS: ReadonlyMap<string, string> = new Map([...CLOSES].map(([opener, closer]) => [closer, opener]));

export function segment(tokens: Tokens, report: Report): Segments {
  const begin = bodyStart(tokens);
  const kind = tokens.at(0)?.image;
  const header = kind === "ruleset" || kind === "contract" ? tokens.slice(0, begin) : [];
  return { header, statements: cutAll(tokens, begin, kind === "ruleset", header.at(-1), report) };
}

/** Brackets that are open, innermost last, and how many of each kind. */
interface Open {
  readonly tokens: T.Token[];
  readonly count: Map<string, number>;
}
function push({ tokens, count }: Open, token: T.Token): void {
  tokens.push(token);
  count.set(token.image, (count.get(token.image) ?? 0) + 1);
}
function pop({ tokens, count }: Open): T.Token | undefined {
  const token = tokens.pop();
  if (token !== undefined) count.set(token.image, (count.get(token.image) ?? 0) - 1);
  return token;
}
const holds = ({ count }: Open, opener: string): boolean => (count.get(opener) ?? 0) > 0;

function* cutAll(
  tokens: Tokens,
  begin: number,
  isRuleset: boolean,
  brace: T.Token | undefined,
  report: Report,
): Generator<Segment, void> {
  let open: Open = { tokens: [], count: new Map() };
  let errors = 0;
  let from = begin;
  let broken = false;
  let deep = false;
  const fail = (diagnostic: Parameters<Report>[0]): void => {
    broken = true;
    if (++errors <= MAX_BRACKET_ERRORS) report(diagnostic);
  };
  const cut = (to: number): Segment | undefined => {
    const unclosed = open.tokens.at(-1);
    if (unclosed !== undefined) fail(notClosed(unclosed));
    const found = to > from ? { tokens: tokens.slice(from, to), broken } : undefined;
    if (unclosed !== undefined) open = { tokens: [], count: new Map() };
    [from, broken, deep] = [to, false, false];
    tokens.forget(from - LOOK_BACK);
    return found;
  };
  let i = begin;
  for (let token = tokens.at(i); token !== undefined; token = tokens.at(++i)) {
    const isGiven = isRuleset && open.tokens.length === 0 && isGivenAt(tokens, i);
    // what `given` stands before is cut with it
    const isCut = isRuleset && i === from + 1 && isGivenAt(tokens, from);
    if (
      i > from &&
      !isCut &&
      (isGiven || beginsStatement(tokens, i, open.tokens.length > 0, agentAt(tokens, from, isRuleset)))
    ) {
      const found = cut(i);
      if (found !== undefined) yield found;
    }
    const { image } = token;
    if (token.tokenType === T.Quoted || token.tokenType === T.Text) continue;
    if (CLOSES.has(image) || isTypeOpener(tokens, i)) {
      push(open, token);
      if (open.tokens.length > MAX_DEPTH && !deep) {
        deep = true;
        fail(error("THC1009", `brackets are nested more than ${MAX_DEPTH} deep`, T.spanOf(token), "here"));
      }
    } else if (image === ">" && open.tokens.at(-1)?.image === "<") {
      pop(open);
    } else if (image === "}" && !holds(open, "{")) {
      // the contract's own: brackets that are still open were forgotten
      const found = cut(i);
      if (found !== undefined) yield found;
      const next = tokens.at(i + 1);
      if (next === undefined) return;
      from = i + 1;
      if (beginsStatement(tokens, i + 1, false, false)) fail(closesNothing(token));
      else return fail(error("THC1001", "nothing may follow the end of the contract", T.spanOf(next), "unexpected"));
      broken = false;
    } else if (image === "}" || image === ")" || image === "]") {
      while (open.tokens.at(-1)?.image === "<") pop(open);
      const last = open.tokens.at(-1);
      const opener = OPENS.get(image)!;
      if (last?.image === opener) pop(open);
      else if (last !== undefined && holds(open, opener)) {
        fail(notClosed(last));
        while (pop(open)?.image !== opener);
      } else fail(closesNothing(token));
    }
  }
  const found = cut(i);
  if (found !== undefined) yield found;
  if (brace !== undefined && errors === 0) report(notClosed(brace));
}

function bodyStart(tokens: Tokens): number {
  if (tokens.at(0) === undefined || beginsStatement(tokens, 0, false, false)) return 0;
  let i = 1;
  for (let token = tokens.at(i); token !== undefined; token = tokens.at(++i)) {
    if (token.tokenType === T.P["{"]) return i + 1;
    if (beginsStatement(tokens, i, true, false)) return i;
  }
  return i;
}

/** Words that statements begin with, those of a rule's name aside; all of them are names too. */
const DECLARING: ReadonlySet<string> = new Set(
  (
    "tool agent test owner fact let remember use inside delegate channel decision observe confirm state ledger ladder labels " +
    "distrust classify refine"
  ).split(" "),
);

/** `given` before a statement: of a ruleset's own tests. */
export function isGivenAt(tokens: Pick<Tokens, "at">, i: number): boolean {
  const token = tokens.at(i);
  return token?.image === "given" && token.tokenType !== T.Quoted && beginsStatement(tokens, i + 1, false, false);
}
function agentAt(tokens: Tokens, from: number, isRuleset: boolean): boolean {
  return tokens.at(isRuleset && isGivenAt(tokens, from) ? from + 1 : from)?.image === "agent";
}

function beginsStatement(tokens: Pick<Tokens, "at">, i: number, inside: boolean, inAgent: boolean): boolean {
  const token = tokens.at(i);
  const next = tokens.at(i + 1);
  if (token === undefined || next === undefined) return false;
  const { image } = token;
  if (next.tokenType === T.P[":"]) {
    if (!T.isName(token) && !T.isHard(token)) return false;
    const before = i === 0 ? undefined : tokens.at(i - 1);
    if (before?.tokenType === T.P["."] || before?.tokenType === T.W.fact) return false;
    if (!inside) return true;
    const verb = tokens.at(i + 2);
    return !inAgent && verb !== undefined && VERBS.has(verb.image) && verb.tokenType !== T.Quoted;
  }
  if (!DECLARING.has(image) || token.tokenType === T.Quoted) return false;
  const before = i === 0 ? undefined : tokens.at(i - 1);
  if (before?.tokenType === T.P["."]) return false; // a field may be named like a statement
  const after = tokens.at(i + 2);
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
        before?.tokenType !== T.P[":"] &&
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
      return !inside && before?.image !== "agent" && isToolPattern(next, after);
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
function isTypeOpener(tokens: Tokens, i: number): boolean {
  if (tokens.at(i)?.image !== "<" || i === 0) return false;
  return /^[A-Z]/.test(tokens.at(i - 1)?.image ?? "") && /^["{A-Z]/.test(tokens.at(i + 1)?.image ?? "");
}

const notClosed = (opener: T.Token) =>
  error("THC1008", `\`${opener.image}\` is not closed`, span(opener), "opened here", {
    help: opener.image === "<" ? undefined : `a \`${CLOSES.get(opener.image)}\` is missing`,
  });
const closesNothing = (closer: T.Token) =>
  error("THC1008", `\`${closer.image}\` closes nothing`, span(closer), "no open bracket before it");
const span = (token: T.Token): Span => T.spanOf(token);
