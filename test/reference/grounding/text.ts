/** Texts as grounding reads them: folded, cut into chunks, cut into words (docs/semantics/grounding.md). */

/** ASCII upper case to lower case; other characters stay. */
export function fold(text: string): string {
  return text.replace(/[A-Z]/g, (c) => c.toLowerCase());
}

/** Blanks, brackets and quotes of all kinds, dashes and dots of typography. */
const CUT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every byte up to the space cuts
  /[\x00-\x20;|<>()[\]{}"`\u00a0\u00ab\u00bb\u2000-\u200b\u2013\u2014\u2018-\u201f\u2026\u2039\u203a\u3000\u3001\u300c-\u300f\uff08\uff09\uff0c]|(?<![0-9]),|,(?![0-9])/;

/** The tokens of a message before they are typed. */
export function chunks(text: string): readonly string[] {
  return text
    .split(CUT)
    .map(stripped)
    .filter((chunk) => chunk !== "");
}

function stripped(piece: string): string {
  return piece.replace(/^['*_#]+/, "").replace(/['*_#.:!?]+$/, "");
}

export function words(text: string): readonly string[] {
  return (text.match(/[A-Za-z0-9\u{80}-\u{10ffff}]+/gu) ?? []).map(fold);
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "the and for you your with from this that are was were has have had not but all any can will would could should " +
    "our out into about what when where which who whom why how please its his her their them they she him been being " +
    "than then there here also just only"
  ).split(" "),
);

/** Words that can be looked for: some, and not a single one that says nothing. */
export function isRunWord(run: readonly string[]): boolean {
  const [first] = run;
  return first !== undefined && (run.length > 1 || ([...first].length >= 3 && !STOP_WORDS.has(first)));
}

/** Are the words of `value` a contiguous run of a message? */
export function isRunOf(value: string, messages: readonly (readonly string[])[]): boolean {
  const run = words(value);
  return (
    isRunWord(run) &&
    messages.some((message) => message.some((_, at) => run.every((word, i) => message[at + i] === word)))
  );
}
