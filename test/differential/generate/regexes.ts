/**
 * Regular expressions and texts for them. `makePattern` keeps to what LANGUAGE §3 and ECMAScript with flag `u` read alike, so that a third matcher can
 * be asked; characters that `.` or `\s` take differently are not among the texts.
 */
import type { Random } from "../random.ts";

/** As a condition has it: sometimes one that finds something in the pools' texts. */
export function makeRegex(random: Random): { readonly source: string; readonly ignoreCase: boolean } {
  const source = random.chance(0.5) ? random.pick(USUAL) : makePattern(random);
  return { source, ignoreCase: random.chance(0.3) };
}

const USUAL = [
  "^hello",
  "report$",
  "in(voice|form)",
  "[0-9]{2,}",
  "^$",
  "\\d+(,\\d{3})*\\.\\d\\d",
  "[^\\x00-\\x7f]",
  "https?:\\/\\/[a-z.]+\\/",
  "(a|b|c)*x",
  "gr(ü|ue)(ß|ss)e",
  "^.{3,8}$",
  "(?:\\w+\\s){2}",
];

const LETTERS = ["a", "b", "A", "x", "0", "9", "_", " ", "\n", "-", ".", "ü", "Ü", "ß", "я", "€", "😀", "\u{10ffff}"];
const CASED = [...LETTERS, "k", "\u212a", "S", "\u017f", "\u03c2", "\u03a3"];

export function makePattern(random: Random, depth = 3): string {
  return random.weighted<string>([
    [6, () => random.several(1, 4, () => makePart(random, depth)).join("")],
    [1, () => `${makePart(random, depth)}|${makePart(random, depth)}`],
    [1, () => `^${makePart(random, depth)}`],
    [1, () => `${makePart(random, depth)}$`],
  ]);
}

function makePart(random: Random, depth: number): string {
  const atom = makeAtom(random, depth);
  if (atom === "^" || atom === "$") return atom;
  return random.weighted<string>([
    [6, () => atom],
    [1, () => `${atom}*`],
    [1, () => `${atom}+`],
    [1, () => `${atom}?`],
    [
      1,
      () => {
        const least = random.below(3);
        return `${atom}{${random.pick([`${least}`, `${least},`, `${least},${least + random.below(3)}`])}}`;
      },
    ],
  ]);
}

function makeAtom(random: Random, depth: number): string {
  return random.weighted<string>([
    [8, () => literal(random.pick(CASED))],
    [2, () => makeClass(random)],
    [1, () => random.pick([".", "\\d", "\\D", "\\w", "\\s", "\\S"])],
    [1, () => random.pick(["^", "$"])],
    [depth > 0 ? 3 : 0, () => `(${random.pick(["", "?:"])}${makePattern(random, depth - 1)})`],
  ]);
}

function makeClass(random: Random): string {
  const members = random.several(1, 3, () =>
    random.weighted<string>([
      [3, () => literal(random.pick(CASED)).replace("-", "\\-")],
      [
        2,
        () =>
          random.pick(["a-z", "A-Z", "0-9", "а-я", "\\x{80}-\\x{10ffff}", "\\x00-\\x7f", "ü-я", "\\x{fff}-\\x{1f700}"]),
      ],
      [1, () => random.pick(["\\d", "\\w", "\\s", "\\D"])],
    ]),
  );
  return `[${random.chance(0.3) ? "^" : ""}${members.join("")}]`;
}

const literal = (c: string): string => (c === "\n" ? "\\n" : c === "." ? "\\." : c);

export function makeSubject(random: Random): string {
  return random.several(0, 8, () => random.pick(CASED)).join("");
}
