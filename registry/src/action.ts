/**
 * The vocabulary of the catalogue: what is said about one action of a cloud or service.
 *
 * Level (how bad is it) and effect (what does it do) are separate on purpose: reading a secret has the effect `read` and
 * the level CRITICAL. How a level is found is in classify/; where levels are kept is in catalogue.ts.
 */

/** How bad one unwanted call is, weakest first. Ordered: `LEVELS.indexOf` compares. */
export const LEVELS = ["READ", "WRITE", "DESTRUCTIVE", "CRITICAL"] as const;
export type Level = (typeof LEVELS)[number];

export const EFFECTS = ["read", "write", "delete", "execute"] as const;
export type Effect = (typeof EFFECTS)[number];

/** What else is true of an action. The order is the order in the data files and in the module encoding: append only. */
export const FLAGS = [
  "secret",
  "credential",
  "data",
  "privesc",
  "exposure",
  "exec",
  "audit",
  "irreversible",
  "payment",
  "dns",
  "crypto",
  "dynamic",
] as const;
export type Flag = (typeof FLAGS)[number];

export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** The step of the classifier that decided, with what it says to a reader. First match wins, in this order. */
export const RULES = {
  curated: "decided by hand",
  permissions: "changes who may do what (the provider calls it permissions management)",
  identity: "writes to the identity plane",
  secret: "returns a secret",
  credential: "returns, mints or sets a credential",
  tagging: "changes tags or labels only",
  read: "reads",
  audit: "stops, deletes or thins out what records or detects",
  purge: "deletes for good",
  delete_light: "deletes something that is easily made again",
  delete_stateful: "deletes something that holds state",
  delete: "deletes",
  exposure: "opens something to others",
  dynamic: "does whatever its argument says",
  disrupt: "stops, detaches or takes away",
  payment: "moves or commits money",
  execute: "runs something",
  write: "an ordinary change",
  unknown_verb: "its verb is not known, so the worse is assumed",
  overlay: "set by the host's own entries",
} as const;
export type Rule = keyof typeof RULES;

export interface Classification {
  readonly level: Level;
  readonly effect: Effect;
  readonly rule: Rule;
  /** Sorted in the order of FLAGS, each once. */
  readonly flags: readonly Flag[];
  readonly confidence: Confidence;
  /** Why, where a person wrote it down (curated rows, overlays); otherwise the rule's own text says it. */
  readonly because?: string;
}

export const PROVIDERS = ["aws", "azure", "gcp", "github", "kubernetes", "slack", "stripe"] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What a provider itself says about an action, one letter in the data files:
 * AWS access levels (r read, l list, w write, t tagging, p permissions management), HTTP methods (g get, s post, u put,
 * a patch, x delete), `-` where the name is all there is.
 */
export const SIGNALS = ["r", "l", "w", "t", "p", "g", "s", "u", "a", "x", "-"] as const;
export type Signal = (typeof SIGNALS)[number];

export function isAtLeast(level: Level, floor: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(floor);
}

export function highest(levels: Iterable<Level>): Level | undefined {
  let top = -1;
  for (const level of levels) top = Math.max(top, LEVELS.indexOf(level));
  return LEVELS[top];
}

/** Why an action has its level, in a reader's words: what `lookup` and a decision's explanation say. */
export function reasonOf(classification: Classification): string {
  const { rule, because } = classification;
  return because === undefined ? RULES[rule] : `${RULES[rule]}: ${because}`;
}
