/** What a text may be in another writing (docs/semantics/inspection.md §3). Texts are bytes here: one character a byte, up to U+00FF. */

const ESCAPES =
  /%([0-9a-f]{2})|\\x([0-9a-f]{2})|\\u\{([0-9a-f]{1,6})\}|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});/gi;
const LETTERS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };
/** In this case alone. */
const SHORT = /\\(["\\/bfnrt])|&(lt|gt|amp|quot|apos|nbsp);/y;
const AT = new RegExp(ESCAPES.source, "iy");

export const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** Undefined when the text has no escapes. */
export function unescaped(text: string): string | undefined {
  let out = "";
  let any = false;
  for (let at = 0; at < text.length; ) {
    const found = escapeAt(text, at);
    out += found?.means ?? text[at];
    any ||= found !== undefined;
    at += found?.length ?? 1;
  }
  return any ? out : undefined;
}

function escapeAt(text: string, at: number): { readonly means: string; readonly length: number } | undefined {
  if (!"%\\&".includes(text[at]!)) return undefined;
  SHORT.lastIndex = at;
  const short = SHORT.exec(text);
  if (short !== null) {
    const [whole, letter, entity] = short;
    return { means: letter === undefined ? ENTITIES[entity!]! : (LETTERS[letter] ?? letter), length: whole.length };
  }
  AT.lastIndex = at;
  const long = AT.exec(text);
  // `\X41` and `\U0041` are no escapes; `&#X41;` is one
  if (long === null || /^\\[XU]/.test(long[0])) return undefined;
  const [whole, percent, byte, braces, high, low, unit, hex, decimal] = long;
  const raw = percent ?? byte;
  if (raw !== undefined) return { means: String.fromCharCode(Number.parseInt(raw, 16)), length: whole.length };
  if (high !== undefined) {
    if (whole[7] !== "u") return undefined;
    const pair = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low!, 16));
    return { means: utf8(pair), length: whole.length };
  }
  const scalar = decimal === undefined ? Number.parseInt((braces ?? unit ?? hex)!, 16) : Number(decimal);
  if (scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff)) return undefined;
  return { means: utf8(String.fromCodePoint(scalar)), length: whole.length };
}

/** Runs of base64 read from each of their first four letters, runs of hexadecimal digits from each of their first two. */
export function decodedRuns(text: string): readonly string[] {
  const base64 = (text.match(/[A-Za-z0-9+/_-](?:[\r\n]*[A-Za-z0-9+/_-])*/g) ?? []).map((run) =>
    run.replace(/[\r\n]/g, ""),
  );
  const hex = text.match(/[0-9a-f]{16,}/gi) ?? [];
  return [
    ...base64.filter((run) => run.length >= 12).flatMap((run) => [0, 1, 2, 3].map((skip) => base64Of(run.slice(skip)))),
    ...hex.flatMap((run) => [0, 1].map((skip) => hexOf(run.slice(skip)))),
  ];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64Of(letters: string): string {
  const bits = [...letters.replaceAll("-", "+").replaceAll("_", "/")].map((c) =>
    ALPHABET.indexOf(c).toString(2).padStart(6, "0"),
  );
  return (bits.join("").match(/[01]{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join("");
}

function hexOf(digits: string): string {
  return (digits.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");
}

/** As a whole one writing of something. */
export function isEncoded(text: string): boolean {
  return unescaped(text) !== undefined || /^[A-Za-z0-9+/_=\r\n-]{12,}$/.test(text);
}
