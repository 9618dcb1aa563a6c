/**
 * Names into words: `DeleteDBInstance` → delete, db, instance; `listkeys` → list, keys; `create-or-update` → create, or,
 * update. Deterministic and total. What the words mean is in verbs.ts and nouns.ts.
 */

import { isVerb } from "./verbs.ts";

const WORD = /[A-Z]+s?(?=[A-Z][a-z]|[^A-Za-z]|$)|[A-Z]?[a-z]+|[A-Z]+|\d+/g;

/** Verbs that services glue to their object without a capital (`listkeys`, `resetpassword`, `poweroff`). */
const GLUED =
  /^(list|get|regenerate|reset|refresh|resync|check|validate|download|generate|create|delete|update|disconnect|new|stop|start|query|cancel|set|restore|renew|remove|sync|detect|find|calculate|export|import|apply|switch|confirm|verify|rotate|retrieve|run|swap)(?=[a-z]{3})/;

/** Lower-case words of one segment of a name. */
export function wordsOf(segment: string): readonly string[] {
  const words: string[] = [];
  for (const match of segment.matchAll(WORD)) words.push(match[0].toLowerCase());
  if (words.length !== 1) return words;
  const only = words[0]!;
  if (isVerb(only)) return words;
  const glued = GLUED.exec(only);
  return glued === null ? words : [glued[1]!, only.slice(glued[1]!.length)];
}

/** A singular that is the same for singular and plural; it need not be English. */
export function singular(word: string): string {
  if (word.length < 4 || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

const PREPOSITIONS = new Set([
  "for",
  "from",
  "in",
  "on",
  "with",
  "by",
  "to",
  "of",
  "using",
  "via",
  "at",
  "into",
  "as",
  "and",
  "or",
  "within",
  "between",
]);

/** The object of an operation: what stands before the first preposition (`RemoveRoleFromInstanceProfile` → role). */
export function objectOf(words: readonly string[]): readonly string[] {
  const cut = words.findIndex((word) => PREPOSITIONS.has(word));
  return (cut < 0 ? words : words.slice(0, cut)).map(singular);
}

/** Every ending of a phrase, longest first, glued: db instance → dbinstance, instance. */
export function endings(words: readonly string[]): readonly string[] {
  return words.map((_, from) => words.slice(from).join(""));
}
