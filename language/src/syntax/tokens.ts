/**
 * Token types. Hard words are never names; soft words are words only in their place and count as names everywhere else
 * (Chevrotain's token categories say so). The lexer is our own (`lex.ts`), so the types carry no patterns.
 */
import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Span } from "../source.ts";

export type Token = IToken & { readonly endOffset: number };

const named = (name: string, label: string, categories: TokenType[] = []): TokenType =>
  createToken({ name, label, pattern: Lexer.NA, categories });

/** Anything that can be a name: identifiers, backquoted names, soft words. */
export const Name = named("Name", "a name");
export const Ident = named("Ident", "a name", [Name]);
export const Quoted = named("Quoted", "a name in backquotes", [Name]);
export const Glob = named("Glob", "a glob");
export const Text = named("Text", "a text in quotes");
export const Regex = named("Regex", "a regular expression");
export const Moment = named("Moment", "a date");
export const Clock = named("Clock", "a time of day");
export const Duration = named("Duration", "a duration such as `15m`");
export const Percent = named("Percent", "a percentage");
export const Num = named("Num", "a number");
export const CloudAction = named("CloudAction", "a cloud action");

const PUNCTUATION = {
  "..": "DotDot",
  "=>": "Arrow",
  "==": "EqEq",
  "!=": "NotEq",
  "<=": "LessEq",
  ">=": "GreaterEq",
  "<": "Less",
  ">": "Greater",
  "=": "Equals",
  "{": "OpenBrace",
  "}": "CloseBrace",
  "(": "Open",
  ")": "Close",
  "[": "OpenBracket",
  "]": "CloseBracket",
  ",": "Comma",
  ":": "Colon",
  ".": "Dot",
  "?": "Question",
  "|": "Bar",
  "*": "Star",
  "+": "Plus",
  "-": "Minus",
  "@": "At",
} as const;
type Mark = keyof typeof PUNCTUATION;

/** Punctuation by its spelling. */
export const P = Object.fromEntries(
  Object.entries(PUNCTUATION).map(([mark, name]) => [mark, named(name, `\`${mark}\``)]),
) as { readonly [mark in Mark]: TokenType };

/** The whole grammar's hard words, also of statements that come later (LANGUAGE, "Grammar"). */
export const HARD_WORDS = [
  ...["and", "or", "not", "in", "has", "true", "false", "every", "any", "no"],
  ...["when", "then", "else", "with", "for", "because"],
] as const;

/** Soft words that the grammar looks for. A word is listed here once a parser rule consumes it. */
const SOFT_WORDS = [
  ...["contract", "version", "owner", "agent", "tool", "fact", "let", "test", "returns", "risk", "dest"],
  ...[
    "allow",
    "deny",
    "oblige",
    "require",
    "budget",
    "loop",
    "same",
    "cycle",
    "denied",
    "calls",
    "prior",
    "ok",
    "allowed",
    "approval",
    "grounded",
  ],
  ...["matching", "within", "where", "from", "on", "of", "per", "maps", "except", "level"],
  ...["urls", "emails", "named", "scope", "that", "since", "last"],
  ...["use", "registry", "is", "suggest", "blast"],
  ...["tools", "pin", "classify", "refine", "inside"],
  ...["labels", "gives", "accepts", "session", "flow", "above", "into", "value", "inspect"],
  ...["label", "suspend", "state", "role", "user", "quorum", "expires", "once", "binds", "all", "requester"],
  ...["matches", "under", "contains", "starts", "count", "keys", "sum", "min", "max", "subset", "overlaps", "includes"],
  ...["hosts", "paths", "words", "decision", "valid", "observe", "until", "ruleset", "granting"],
  ...["delegate", "to", "budgets", "depth", "ttl"],
  ...[
    "as",
    "at",
    "after",
    "result",
    "chunk",
    "says",
    "attempt",
    "approved",
    "failed",
    "call",
    "expect",
    "by",
    "only",
    "observed",
    "scopes",
  ],
] as const;

type HardWord = (typeof HARD_WORDS)[number];
type SoftWord = (typeof SOFT_WORDS)[number];

/** Words by their spelling. */
export const W = Object.fromEntries([
  ...HARD_WORDS.map((word) => [word, named(`Word_${word}`, `\`${word}\``)] as const),
  ...SOFT_WORDS.map((word) => [word, named(`Word_${word}`, `\`${word}\``, [Name])] as const),
]) as { readonly [word in HardWord | SoftWord]: TokenType };

export const VOCABULARY: TokenType[] = [
  ...[Name, Ident, Quoted, Glob, Text, Regex, Moment, Clock, Duration, Percent, Num, CloudAction],
  ...Object.values(P),
  ...Object.values(W),
];

const words = new Map<string, TokenType>(Object.entries(W));
const marks = new Map<string, TokenType>(Object.entries(P));

export const wordType = (image: string): TokenType => words.get(image) ?? Ident;
export const markType = (image: string): TokenType | undefined => marks.get(image);

const hard: ReadonlySet<TokenType> = new Set(HARD_WORDS.map((word) => W[word]));
const soft: ReadonlySet<TokenType> = new Set([Ident, Quoted, ...SOFT_WORDS.map((word) => W[word])]);

export const isHard = (token: IToken | undefined): boolean => token !== undefined && hard.has(token.tokenType);
export const isName = (token: IToken | undefined): boolean => token !== undefined && soft.has(token.tokenType);

export const spanOf = (token: Token): Span => ({ start: token.startOffset, end: token.endOffset + 1 });
