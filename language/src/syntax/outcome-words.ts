/** Words that begin an outcome in the list behind `then` or `else`; in it, a role of such a name stands in backquotes. */
export const OUTCOME_WORDS: ReadonlySet<string> = new Set([
  ...["deny", "approval", "warn", "with", "redact", "label", "suspend", "cancel"],
]);
