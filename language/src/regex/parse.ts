/**
 * Regular expressions as LANGUAGE §3 has them: a subset of RE2's syntax with RE2's meaning, and nothing that would need more than one pass over
 * the text. What other dialects read differently (`{` alone, `[]…]`) is refused, with the spelling that all read alike.
 */
import { complement, type Range, type Ranges, union, withCases } from "./ranges.ts";
import type { Regex, RegexFault } from "./tree.ts";

const MOST_CHARACTERS = 2_000;
const MOST_REPEATS = 1_000;
const MOST_NESTED = 50;

const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [...DIGIT, [65, 90], [95, 95], [97, 122]];
const SPACE: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
];
/** By small letter; the capital one is all the others. */
const SETS: { readonly [letter: string]: Ranges } = { d: DIGIT, w: WORD, s: SPACE };
const NOT_A_LINE_BREAK = complement([[10, 10]]);
const CONTROL: { readonly [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const LINEAR = "expressions are matched in one pass over the text, which leaves these out";
/** Letters behind a backslash that mean something elsewhere. */
const ELSEWHERE: { readonly [letter: string]: string } = {
  b: "name what stands around the word: `(^|\\W)word(\\W|$)`",
  B: "name what stands around",
  A: "write `^`",
  z: "write `$`",
  Z: "write `$`",
  p: "write ranges: `[а-я]`",
  P: "write ranges: `[^а-я]`",
  u: "write `\\x{1F600}`",
  k: LINEAR,
  Q: "escape each sign by a backslash",
};

export function parseRegex(source: string, ignoreCase: boolean): Regex | RegexFault {
  const text = [...source];
  /** Offsets in UTF-16, as spans count. */
  const offsets: number[] = [];
  for (let i = 0, at = 0; i <= text.length; at += text[i]?.length ?? 0, i++) offsets.push(at);
  let i = 0;
  let depth = 0;

  const fail = (message: string, from: number, to: number, help?: string): never => {
    const fault: RegexFault = {
      start: offsets[from] ?? 0,
      end: offsets[Math.min(to, text.length)] ?? 0,
      message,
      help,
    };
    throw Object.assign(new Error(message), { fault });
  };
  // as RE2: other cases are added to what is named before a class is turned round
  const cased = (of: Ranges): Ranges => (ignoreCase ? withCases(of) : of);
  const oneOf = (found: number): Ranges => cased([[found, found]]);

  function choice(): Regex {
    const options = [sequence()];
    while (text[i] === "|") {
      i++;
      options.push(sequence());
    }
    return options.length === 1 ? options[0]! : { kind: "choice", options };
  }
  function sequence(): Regex {
    const parts: Regex[] = [];
    while (i < text.length && text[i] !== "|" && text[i] !== ")") parts.push(repeated());
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }
  function repeated(): Regex {
    const from = i;
    const of = atom();
    const times = repetition();
    if (times === undefined) return of;
    if (text[from] === "^" || text[from] === "$") fail("there is nothing to repeat", from, i);
    const more = i;
    const next = text[i];
    if (next === "?" || next === "+")
      fail(
        `\`${next}\` behind a repetition changes nothing here`,
        more,
        more + 1,
        "an expression matches or not: leave it out",
      );
    if (repetition() !== undefined)
      fail("a repetition is repeated", from, i, "write one of them, or put the first into `(…)`");
    return { kind: "repeat", of, ...times };
  }
  /** `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`; undefined: none stands here. */
  function repetition(): { readonly least: number; readonly most: number | undefined } | undefined {
    const sign = text[i];
    if (sign === "?" || sign === "*" || sign === "+") {
      i++;
      return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : undefined };
    }
    if (sign !== "{") return undefined;
    const from = i;
    const end = text.indexOf("}", i);
    const found = end === -1 ? null : /^(\d{1,5})(?:(,)(\d{0,5}))?$/.exec(text.slice(i + 1, end).join(""));
    if (found === null)
      return fail("`{` begins no repetition", from, from + 1, "write `\\{` for the sign, `{2,5}` for a repetition");
    i = end + 1;
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] === "" ? undefined : Number(found[3]);
    if (most !== undefined && most < least) fail("the repetition ends below its beginning", from, i);
    if (Math.max(least, most ?? 0) > MOST_REPEATS) fail(`a repetition counts to ${MOST_REPEATS} at most`, from, i);
    return { least, most };
  }
  function atom(): Regex {
    const from = i;
    const c = text[i++]!;
    switch (c) {
      case "(":
        return group(from);
      case "[":
        return { kind: "set", of: bracket(from) };
      case "\\": {
        const found = escaped(from);
        return { kind: "set", of: typeof found === "number" ? oneOf(found) : found };
      }
      case ".":
        return { kind: "set", of: NOT_A_LINE_BREAK };
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case "*":
      case "+":
      case "?":
        return fail("there is nothing to repeat", from, i, `write \`\\${c}\` for the sign`);
      case "{":
      case "}":
      case "]":
        return fail(`\`${c}\` opens or closes nothing here`, from, i, `write \`\\${c}\` for the sign`);
      default:
        return { kind: "set", of: oneOf(c.codePointAt(0)!) };
    }
  }
  function group(from: number): Regex {
    if (++depth > MOST_NESTED) fail(`groups stand in each other ${MOST_NESTED} deep at most`, from, i);
    if (text[i] === "?") {
      if (text[i + 1] === ":") i += 2;
      else badGroup(from);
    }
    const inner = choice();
    if (text[i] !== ")") fail("the group is not closed", from, from + 1, "write `\\(` for the sign");
    i++;
    depth--;
    return inner;
  }
  function badGroup(from: number): never {
    const [, , next, second] = text.slice(from, from + 4);
    const around = next === "=" || next === "!" || (next === "<" && (second === "=" || second === "!"));
    if (around) return fail("an expression cannot look around", from, from + (next === "<" ? 4 : 3), LINEAR);
    if (next === "<" || next === "P" || next === "'")
      return fail("groups have no names here", from, from + 3, "write `(…)`");
    return fail("flags stand behind the expression", from, from + 3, "write `/…/i`");
  }
  /** Behind its bracket. */
  function bracket(from: number): Ranges {
    const negated = text[i] === "^";
    if (negated) i++;
    const first = i;
    const found: Range[] = [];
    for (;;) {
      const start = i;
      const c = text[i];
      if (c === undefined) return fail("the class is not closed", from, from + 1, "write `\\[` for the sign");
      if (c === "]" && i > first) break;
      if (c === "]") return fail("the class is empty", from, i + 1, "write `\\]` for the sign");
      const low = member();
      if (text[i] !== "-" || text[i + 1] === "]") {
        found.push(...(typeof low === "number" ? oneOf(low) : low));
        continue;
      }
      i++;
      if (text[i] === undefined) continue;
      const high = member();
      if (typeof low !== "number" || typeof high !== "number")
        return fail("a range lies between two characters", start, i, "write `\\-` for the sign");
      if (high < low) return fail("the range ends before its beginning", start, i);
      found.push(...cased([[low, high]]));
    }
    i++;
    return negated ? complement(found) : union(found);
  }
  function member(): number | Ranges {
    const from = i;
    const c = text[i++]!;
    if (c === "\\") return escaped(from);
    if (c === "[" && (text[i] === ":" || text[i] === "." || text[i] === "="))
      return fail("classes have no names here", from, i + 1, "write `a-z`, `\\d`, `\\w`, `\\s`");
    if (c === "-" && text[from - 1] !== "[" && text[from - 1] !== "^" && text[i] !== "]")
      return fail("`-` stands between no two characters", from, i, "write `\\-` for the sign");
    return c.codePointAt(0)!;
  }
  /** Behind its backslash: a character, or a set of them. */
  function escaped(from: number): number | Ranges {
    const c = text[i++];
    if (c === undefined) return fail("`\\` stands alone", from, i);
    const named = Object.hasOwn(SETS, c.toLowerCase()) ? SETS[c.toLowerCase()] : undefined;
    if (named !== undefined) return c === c.toLowerCase() ? cased(named) : complement(cased(named));
    if (Object.hasOwn(CONTROL, c)) return CONTROL[c]!;
    if (c === "x") return hexadecimal(from);
    if (/[0-9]/.test(c)) return fail("an expression cannot refer to a group", from, i, LINEAR);
    if (Object.hasOwn(ELSEWHERE, c)) return fail(`\`\\${c}\` is not available in expressions`, from, i, ELSEWHERE[c]);
    if (/^[!-/:-@[-`{-~ ]$/.test(c)) return c.codePointAt(0)!;
    return fail(`\`\\${c}\` means nothing`, from, i, /[A-Za-z]/.test(c) ? undefined : "leave the backslash out");
  }
  function hexadecimal(from: number): number {
    const found = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(text.slice(i, i + 8).join(""));
    if (found === null)
      return fail("`\\x` is followed by no character's number", from, i, "write `\\x41` or `\\x{1F600}`");
    i += found[0].length;
    const code = Number.parseInt(found[1] ?? found[2]!, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return fail("there is no such character", from, i);
    return code;
  }

  try {
    if (text.length > MOST_CHARACTERS) return fail("the expression is too long", 0, 1, "write several rules, or `or`");
    const whole = choice();
    if (i < text.length) return fail("`)` closes no group", i, i + 1, "write `\\)` for the sign");
    return whole;
  } catch (thrown) {
    if (thrown instanceof Error && "fault" in thrown) return thrown.fault as RegexFault;
    throw thrown;
  }
}
