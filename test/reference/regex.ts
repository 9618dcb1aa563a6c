/**
 * Regular expressions (docs/semantics/expressions.md): what an expression means, as the places at which a match that begins at one of
 * some places can end. There is no automaton and nothing to backtrack over; each part is asked once for all places.
 */

/** Some characters; of the rest of an expression the places behind it. */
type Ends = (text: readonly string[], from: ReadonlySet<number>) => ReadonlySet<number>;
type IsOne = (character: string) => boolean;

/** Somewhere in the text is a match. */
export function matchesRegex(source: string, ignoreCase: boolean, text: string): boolean {
  const characters = [...text];
  const everywhere = new Set(characters.keys()).add(characters.length);
  return read(source, ignoreCase)(characters, everywhere).size > 0;
}

function read(source: string, ignoreCase: boolean): Ends {
  const pattern = [...source];
  let at = 0;
  const next = () => pattern[at++]!;
  const isNext = (sign: string) => pattern[at] === sign;

  function choice(): Ends {
    const options = [sequence()];
    while (isNext("|")) {
      next();
      options.push(sequence());
    }
    return (text, from) => new Set(options.flatMap((ends) => [...ends(text, from)]));
  }
  function sequence(): Ends {
    const parts: Ends[] = [];
    while (at < pattern.length && !isNext("|") && !isNext(")")) parts.push(repeated());
    return (text, from) => parts.reduce((places, ends) => ends(text, places), from);
  }
  function repeated(): Ends {
    const once = atom();
    const [least, most] = repetition();
    return (text, from) => {
      let places = from;
      for (let n = 0; n < least; n += 1) places = once(text, places);
      const all = new Set(places);
      for (let n = least; n < most && places.size > 0; n += 1) {
        places = new Set([...once(text, places)].filter((place) => !all.has(place)));
        for (const place of places) all.add(place);
      }
      return all;
    };
  }
  function repetition(): readonly [least: number, most: number] {
    const short = SHORT[pattern[at] ?? ""];
    if (short !== undefined) next();
    if (short !== undefined || !isNext("{")) return short ?? [1, 1];
    const end = pattern.indexOf("}", at);
    const [least, most] = pattern
      .slice(at + 1, end)
      .join("")
      .split(",");
    at = end + 1;
    return [Number(least), most === undefined ? Number(least) : most === "" ? Infinity : Number(most)];
  }
  function atom(): Ends {
    const sign = next();
    switch (sign) {
      case "(": {
        if (isNext("?")) at += 2;
        const inner = choice();
        next();
        return inner;
      }
      case "^":
        return (_, from) => new Set([...from].filter((place) => place === 0));
      case "$":
        return (text, from) => new Set([...from].filter((place) => place === text.length));
      case ".":
        return one((c) => c !== "\n");
      case "[":
        return one(bracket());
      case "\\":
        return one(escaped());
      default:
        return one(is(sign));
    }
  }
  function bracket(): IsOne {
    const negated = isNext("^");
    if (negated) next();
    const members: IsOne[] = [];
    while (!isNext("]")) {
      const begin = at;
      const low = next();
      const member = low === "\\" ? escaped() : is(low);
      if (!isNext("-") || pattern[at + 1] === "]") {
        members.push(member);
        continue;
      }
      const first = characterAt(begin);
      next();
      const last = characterAt(at);
      if (next() === "\\") escaped();
      members.push((c) => casesOf(c).some((each) => codeOf(each) >= codeOf(first) && codeOf(each) <= codeOf(last)));
    }
    next();
    return (c) => members.some((isMember) => isMember(c)) !== negated;
  }
  /** The single character that is written from here on. */
  function characterAt(place: number): string {
    const found = /^\\(?:x\{(.*?)\}|x(..)|([tnvfr])|(.))/su.exec(pattern.slice(place, place + 12).join(""));
    if (found === null) return pattern[place]!;
    const [, long, short, control, itself] = found;
    const code = long ?? short;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return control === undefined ? itself! : CONTROL[control]!;
  }
  function escaped(): IsOne {
    const character = characterAt(at - 1);
    const sign = next();
    if (sign === "x") at = isNext("{") ? pattern.indexOf("}", at) + 1 : at + 2;
    const named = NAMED[sign.toLowerCase()];
    if (named === undefined) return is(character);
    const isNamed: IsOne = (c) => casesOf(c).some((each) => named.test(each));
    return sign === sign.toLowerCase() ? isNamed : (c) => !isNamed(c);
  }
  function is(character: string): IsOne {
    return (c) => casesOf(c).includes(character);
  }
  function casesOf(c: string): readonly string[] {
    return ignoreCase ? allCases(c) : [c];
  }
  return choice();
}

function one(isIn: IsOne): Ends {
  return (text, from) =>
    new Set([...from].filter((place) => place < text.length && isIn(text[place]!)).map((place) => place + 1));
}

const SHORT: Readonly<Record<string, readonly [number, number]>> = {
  "*": [0, Infinity],
  "+": [1, Infinity],
  "?": [0, 1],
};
const codeOf = (c: string) => c.codePointAt(0)!;
const CONTROL: Readonly<Record<string, string>> = { t: "\t", n: "\n", v: "\v", f: "\f", r: "\r" };
const NAMED: Readonly<Record<string, RegExp>> = { d: /^[0-9]$/, w: /^[0-9A-Za-z_]$/, s: /^[\t\n\f\r ]$/ };

/** Of a character, what differs from it in case alone. */
function allCases(c: string): readonly string[] {
  if (cases.size === 0)
    for (let code = 0; code < 0x20000; code += 1) {
      const each = String.fromCodePoint(code);
      cases.set(folded(each), [...(cases.get(folded(each)) ?? []), each]);
    }
  return cases.get(folded(c)) ?? [c];
}
const cases = new Map<string, string[]>();

/** One for all cases: the small letter of the capital one, as far as those are single characters. */
function folded(c: string): string {
  if (c === "ı") return c;
  const upper = ALIKE[c] ?? c.toUpperCase();
  const lower = ([...upper].length === 1 ? upper : c).toLowerCase();
  return [...lower].length === 1 ? lower : c;
}
/** Whose capitals are several characters, and the same ones. */
const ALIKE: Readonly<Record<string, string>> = { "\u1fd3": "\u0390", "\u1fe3": "\u03b0", "\ufb05": "\ufb06" };
